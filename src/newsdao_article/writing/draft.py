"""A post's text on its way to another article."""

from __future__ import annotations

from newsdao_article.model.article import Article
from newsdao_article.problems import Problem, SourceSpan
from newsdao_article.reading.front_matter import FrontMatterReading
from newsdao_article.rendering.front_matter import front_matter_items
from newsdao_article.writing.body import BodyDraft
from newsdao_article.writing.edits import Unwritable
from newsdao_article.writing.front_matter import edit_front_matter, rewrite_front_matter

__all__ = ["Draft"]


class Draft:
    """The text that is to read as `requested`, in ever less gentle versions.

    `text` gives the present version. If it does not read as asked, `refine` is told how it reads
    and prepares the next; it returns False when there is none.
    """

    def __init__(
        self, source: str, reading: FrontMatterReading, current: Article, requested: Article
    ) -> None:
        self._source = source
        self._reading = reading
        self._requested = requested
        self._body = None if current.blocks == requested.blocks else self._body_draft()
        self._is_whole = False
        self._head = self._written_head()
        self._body_start = len(self._head)

    def text(self) -> str:
        """The present version."""
        if self._body is None:
            return self._head + self._source[self._reading.body_start :]
        body = self._body.text()
        # A closing delimiter may end in blanks of the last line, where nothing can begin.
        line_end = "\n" if body and self._head.strip("\ufeff") and not self._head.endswith("\n") else ""
        return self._head + line_end + body

    def refine(self, read: Article) -> bool:
        """Prepare the next version, given what the last one was read as."""
        if read.front_matter != self._requested.front_matter and not self._is_whole:
            self._is_whole = True
            self._head = rewrite_front_matter(self._source, self._reading, self._requested.front_matter)
            return True
        if read.blocks == self._requested.blocks:
            return False
        if self._body is None:
            self._body = self._body_draft()
            return True
        return self._body.refine(read)

    def problems(self) -> tuple[Problem, ...]:
        """What had to be written anew although only a part of it changed."""
        problems: list[Problem] = []
        if self._is_whole and self._reading.present:
            message = "the front matter was written anew: no edit of single lines reads as asked"
            problems.append(Problem("edit-rewrote-front-matter", message, SourceSpan(0, len(self._head))))
        for stretch in self._body.rewritten if self._body is not None else ():
            span = SourceSpan(len(self._head) + stretch.start, len(self._head) + stretch.end)
            if stretch.closed:
                message = (
                    "end tags were added for what was left open: what follows would have stood inside it"
                )
                problems.append(Problem("edit-closed-block", message, span))
                continue
            message = (
                "the block was written anew: no edit inside it reads as asked; compare it before you publish"
            )
            problems.append(Problem("edit-rewrote-block", message, span))
        return tuple(problems)

    def _body_draft(self) -> BodyDraft:
        return BodyDraft(self._source, self._reading.body_start, self._requested.blocks)

    def _written_head(self) -> str:
        old, new = self._reading.front_matter, self._requested.front_matter
        if list(front_matter_items(old)) == list(front_matter_items(new)) and old == new:
            return self._source[: self._reading.body_start]
        try:
            return edit_front_matter(self._source, self._reading, new)
        except Unwritable:
            self._is_whole = True
            return rewrite_front_matter(self._source, self._reading, new)
