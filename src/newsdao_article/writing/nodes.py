"""From a changed block down to what changed in it: the edits that leave everything else as it stands."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from newsdao_article.model.article import Article, Section
from newsdao_article.model.blocks import (
    Cell,
    CodeBlock,
    Column,
    FaqItem,
    ListItem,
    Row,
    is_inline_level,
)
from newsdao_article.model.front_matter import FrontMatter
from newsdao_article.model.inlines import Code, Comment, Inline, Text
from newsdao_article.model.walk import Node
from newsdao_article.reading import tree
from newsdao_article.rendering.html import HtmlContext, HtmlOptions
from newsdao_article.writing.alignment import align
from newsdao_article.writing.edits import Edit, Unwritable, minimal_edit
from newsdao_article.writing.elements import edit_tag
from newsdao_article.writing.leaves import edit_text, write_text
from newsdao_article.writing.places import Container, Place, containers, holds_raw_text, places_of

__all__ = ["NodeEditor", "html_of"]

_BLANK: Final = " \t\r\n\f\v"


class NodeEditor:
    """Collects the edits that make nodes of one block into others.

    `strength` says how much of new text is escaped (see `leaves`). Every method raises `Unwritable` where no edit
    inside the node would do.
    """

    def __init__(self, source: str, strength: int, options: HtmlOptions) -> None:
        self._source = source
        self._strength = strength
        self._options = options
        self.edits: list[Edit] = []

    def edit(self, old: Node, new: Node, place: Place, *, raw: bool) -> None:
        """Make `old`, which stands at `place`, into `new`; `raw` is whether its surroundings are an HTML block."""
        if type(old) is not type(new):
            raise Unwritable
        if isinstance(old, Text) and isinstance(new, Text):
            edit = edit_text(self._source, place.texts, old.text, new.text, raw=raw, strength=self._strength)
            self.edits.append(edit)
        elif isinstance(old, Comment) and isinstance(new, Comment):
            self._edit_comment(old, new, place)
        elif isinstance(place.node, tree.Element):
            self._edit_element(old, new, place.node, raw=holds_raw_text(place.node, within_raw=raw))
        else:
            raise Unwritable

    def edit_content(self, container: Container, *, raw: bool) -> None:
        """Make the nodes of a container into its new ones."""
        old, new = container.old, container.new
        places = places_of(old, container.nodes)
        before: Place | None = None
        for i, j in align(old, new):
            if i is None:
                assert j is not None
                self._insert(container, places, new[j], before, raw=raw)
                continue
            before = places[i]
            if j is None:
                self._remove(old, places, i)
            elif old[i] != new[j]:
                self._change(old[i], new[j], before, raw=raw)

    def _edit_comment(self, old: Comment, new: Comment, place: Place) -> None:
        if self._source[place.start : place.end] != f"<!--{old.text}-->":
            raise Unwritable
        self.edits.append(Edit(place.start + 4, place.end - 3, new.text))

    def _edit_element(self, old: Node, new: Node, element: tree.Element, *, raw: bool) -> None:
        if isinstance(old, CodeBlock) and isinstance(new, CodeBlock):
            code = element.children[0] if element.children else None
            if old.language != new.language or not isinstance(code, tree.Element):
                raise Unwritable
            self._edit_code(old.text, new.text, code, raw=raw)
            return
        self.edits += edit_tag(self._source, element, old, new)
        if isinstance(old, Code) and isinstance(new, Code):
            self._edit_code(old.text, new.text, element, raw=raw)
            return
        for container in containers(old, new, element):
            self.edit_content(
                container, raw=raw if container.element is element else self._raw_in(container, raw=raw)
            )

    @staticmethod
    def _raw_in(container: Container, *, raw: bool) -> bool:
        return raw if container.element is None else holds_raw_text(container.element, within_raw=raw)

    def _edit_code(self, old: str, new: str, element: tree.Element, *, raw: bool) -> None:
        texts = tuple(child for child in element.children if isinstance(child, tree.Text))
        if old == new:
            return
        if not texts or (element.markdown and self._strength):
            raise Unwritable
        # Between the signs of Markdown code every character means itself.
        edit = edit_text(self._source, texts, old, new, raw=raw or element.markdown, strength=self._strength)
        if element.markdown:
            edit = Edit(edit.start, edit.end, minimal_edit(old, new)[2])
        self.edits.append(edit)

    def _change(self, old: Node, new: Node, place: Place, *, raw: bool) -> None:
        known = len(self.edits)
        try:
            self.edit(old, new, place, raw=raw)
        except Unwritable:
            del self.edits[known:]
            self.edits.append(Edit(place.start, place.end, self._written(new, place, raw=raw)))

    def _written(self, node: Node, place: Place | None, *, raw: bool) -> str:
        """`node` written anew, in HTML."""
        element = None if place is None else place.node
        if isinstance(element, tree.Element) and element.markdown and not isinstance(node, Inline):
            # A Markdown list or table cannot hold a part in HTML.
            raise Unwritable
        if isinstance(node, Text):
            return write_text(node.text, raw=raw, strength=self._strength)
        return html_of(node, self._options, raw=raw)

    def _remove(self, old: Sequence[Node], places: Sequence[Place], i: int) -> None:
        start, end = places[i].start, places[i].end
        if not _is_inline(old[i]):
            if i + 1 < len(places):
                gap = self._source[end : places[i + 1].start]
                end = end if gap.strip(_BLANK) else places[i + 1].start
            elif i:
                gap = self._source[places[i - 1].end : start]
                start = start if gap.strip(_BLANK) else places[i - 1].end
        self.edits.append(Edit(start, end, ""))

    def _insert(
        self, container: Container, places: Sequence[Place], node: Node, before: Place | None, *, raw: bool
    ) -> None:
        element = container.element
        if element is None or (element.markdown and not _is_inline(node)):
            raise Unwritable
        written = self._written(node, None, raw=raw)
        gap = "" if _is_inline(node) else self._gap(places)
        if before is not None:
            self.edits.append(Edit(before.end, before.end, gap + written))
        elif places:
            self.edits.append(Edit(places[0].start, places[0].start, written + gap))
        elif not element.markdown and self._source.startswith("<", element.start):
            self.edits.append(Edit(element.inner_end, element.inner_end, written))
        else:
            raise Unwritable

    def _gap(self, places: Sequence[Place]) -> str:
        for first, second in itertools.pairwise(places):
            gap = self._source[first.end : second.start]
            if gap and not gap.strip(_BLANK):
                return gap
        return ""


def _is_inline(node: Node) -> bool:
    return not isinstance(
        node, Article | Section | FrontMatter | ListItem | Row | Cell | Column | FaqItem
    ) and is_inline_level(node)


def html_of(node: Node, options: HtmlOptions, *, raw: bool) -> str:
    """`node` as house HTML; outside of HTML blocks with every sign of its texts escaped."""
    context = _EscapingContext(options, raw=raw)
    if isinstance(node, ListItem | Row | Cell | Column):
        return context.part(node)
    if isinstance(node, Article | Section | FrontMatter | FaqItem):
        raise Unwritable
    return context.render(node)


class _EscapingContext(HtmlContext):
    """Writes text so that it stays text where kramdown reads Markdown, too."""

    __slots__ = ("_in_html_block",)

    def __init__(self, options: HtmlOptions, *, raw: bool) -> None:
        super().__init__(options, liquid=True)
        self._in_html_block = raw

    def text(self, text: str) -> str:
        return super().text(text) if self._in_html_block else write_text(text, raw=False, strength=1)
