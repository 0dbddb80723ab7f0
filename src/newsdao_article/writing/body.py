"""A body in which some blocks are others: everything else stands where it stood, letter by letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

import attrs

from newsdao_article.model.article import Article
from newsdao_article.model.blocks import Block, Paragraph
from newsdao_article.reading.body import BlockReading, read_body
from newsdao_article.reading.tree import Comment, Element, Text, Verbatim
from newsdao_article.rendering.html import HtmlContext, HtmlOptions
from newsdao_article.rendering.markdown import MarkdownOptions, render_markdown
from newsdao_article.rendering.style import NEWSDAO
from newsdao_article.writing.alignment import align
from newsdao_article.writing.edits import Unwritable, apply_edits
from newsdao_article.writing.gaps import Gaps
from newsdao_article.writing.leaves import MOST_ESCAPED
from newsdao_article.writing.nodes import NodeEditor
from newsdao_article.writing.places import Container, Place

__all__ = ["BodyDraft", "Rewritten"]

#: How a part of the body is written, the gentlest way first: the characters that stand somewhere in the source,
#: edits inside them with ever more of the new text escaped, the whole part anew in Markdown, in HTML, in HTML apart.
#: What stays as it stands can be `closed` instead: with end tags for what its author left open.
Way: TypeAlias = Literal[
    "source", "closed", "edits", "escaped edits", "safest edits", "markdown", "html", "apart"
]
_WAYS: Final[tuple[Way, ...]] = (
    "source",
    "edits",
    "escaped edits",
    "safest edits",
    "markdown",
    "html",
    "apart",
)
_STRENGTHS: Final = {"edits": 0, "escaped edits": 1, "safest edits": MOST_ESCAPED}
# Each version costs a parse; what takes more of them than this is written anew as a whole.
_MOST_VERSIONS: Final = 40
_EXACT: Final = MarkdownOptions(flavor="kramdown", fidelity="exact", raw="keep")


@attrs.define(eq=False)
class _Part:
    """Consecutive new blocks that are written together; `home` is where their old ones stand, if they do.

    `loosened` asks for an empty line before it.
    """

    blocks: tuple[Block, ...]
    way: Way
    home: int | None = None
    copied: int | None = None
    text: str = ""
    loosened: bool = False

    def escalate(self) -> bool:
        if self.way == "closed":
            self.way = "html"
            return True
        place = _WAYS.index(self.way)
        if place + 1 == len(_WAYS):
            return False
        self.way = _WAYS[place + 1]
        return True


@attrs.frozen
class Rewritten:
    """A block of which more was written than what changed; offsets are those of the new body.

    It could not be edited inside and was written anew, or else `closed`: end tags were added to it.
    """

    start: int
    end: int
    closed: bool = False


class BodyDraft:
    """The new body under way: `text` writes it, `refine` takes a stronger way where it was not read as asked."""

    def __init__(self, source: str, start: int, new: Sequence[Block]) -> None:
        self._source = source
        self._start = start
        self._new = tuple(new)
        self._readings = read_body(source, start).readings
        self._options = HtmlOptions(raw="keep", style=NEWSDAO)
        self._newline = "\r\n" if "\r\n" in source else "\n"
        self._parts = self._planned()
        self._whole = False
        self._versions = 0
        self.rewritten: list[Rewritten] = []

    # --- The plan: which old block became which new one ---

    def _planned(self) -> list[_Part]:
        readings = self._readings
        old = [block for reading in readings for block in reading.blocks]
        homes = [index for index, reading in enumerate(readings) for _ in reading.blocks]
        copies = {
            reading.blocks[0]: index for index, reading in enumerate(readings) if len(reading.blocks) == 1
        }
        steps = align(old, self._new)
        counts = {index: len(reading.blocks) for index, reading in enumerate(readings)}
        whole = self._whole_homes(steps, homes, counts)
        parts: list[_Part] = []
        for i, j in steps:
            if j is None:
                continue
            block = self._new[j]
            home = homes[i] if i is not None else None
            if home is None or (counts[home] > 1 and home not in whole):
                copied = copies.get(block)
                if copied is not None:
                    parts.append(_Part((block,), "source", copied=copied))
                elif home is not None and (not parts or parts[-1].home != home):
                    parts.append(_Part((block,), "html", home=home))
                else:
                    parts.append(_Part((block,), "markdown"))
            elif parts and parts[-1].home == home:
                parts[-1].blocks += (block,)
            else:
                parts.append(_Part((block,), "source", home=home))
        self._insert_empty(parts)
        for index, part in enumerate(parts):
            if part.way == "source" and part.home is not None and part.blocks != readings[part.home].blocks:
                part.way = "edits"
            elif part.way == "markdown" and not self._among_markdown(parts, index):
                part.way = "html"
        return parts

    @staticmethod
    def _whole_homes(
        steps: Sequence[tuple[int | None, int | None]], homes: Sequence[int], counts: dict[int, int]
    ) -> set[int]:
        """The readings of several blocks all of which are still there, with nothing in between."""
        whole: set[int] = set()
        run: list[int] = []
        for i, j in [*steps, (None, None)]:
            home = homes[i] if i is not None and j is not None else None
            if run and run[0] != home:
                if len(run) == counts[run[0]]:
                    whole.add(run[0])
                run = []
            if home is not None:
                run.append(home)
        return whole

    def _insert_empty(self, parts: list[_Part]) -> None:
        """Keep what is in the source and gives no block: it stays where it stands."""
        for index, reading in enumerate(self._readings):
            if reading.blocks:
                continue
            place = next(
                (k for k, part in enumerate(parts) if part.home is not None and part.home > index), len(parts)
            )
            parts.insert(place, _Part((), "source", home=index))

    def _among_markdown(self, parts: Sequence[_Part], index: int) -> bool:
        for neighbour in [*reversed(parts[:index]), *parts[index + 1 :]]:
            if neighbour.home is not None:
                return self._readings[neighbour.home].is_markdown
        return False

    # --- Writing ---

    def text(self) -> str:
        """The body as the plan says; raises what the renderers raise."""
        self.rewritten = []
        if self._whole:
            return self._house_body()
        written: list[str] = []
        length = 0
        before: _Part | None = None
        gaps = Gaps(self._source, self._start, self._readings, self._newline)
        for part in self._parts:
            self._write(part)
            if not part.text and part.blocks:
                self._write_strongly(part)
            loose = part.loosened or self._is_loose(before) or self._is_loose(part)
            gap = gaps.before(part.home, at_top=before is None, loose=loose)
            written += (gap, part.text)
            length += len(gap)
            if part.way in ("closed", "markdown", "html", "apart") and part.home is not None:
                self.rewritten.append(Rewritten(length, length + len(part.text), part.way == "closed"))
            length += len(part.text)
            before = part
        written.append(gaps.rest())
        return "".join(written)

    def _is_loose(self, part: _Part | None) -> bool:
        """Whether a part needs an empty line around it."""
        if part is None or part.way in ("source", "closed", *_STRENGTHS):
            return False
        return part.way != "html" or any(isinstance(block, Paragraph) and block.bare for block in part.blocks)

    def _write_strongly(self, part: _Part) -> None:
        while not part.text and part.escalate():
            self._write(part)

    def _write(self, part: _Part) -> None:
        while True:
            try:
                part.text = self._written(part)
            except Unwritable:
                if part.way in _STRENGTHS:
                    part.way = "markdown" if self._is_markdown(part) else "html"
                else:
                    part.escalate()
                continue
            return

    def _is_markdown(self, part: _Part) -> bool:
        return part.home is not None and self._readings[part.home].is_markdown

    def _written(self, part: _Part) -> str:
        if part.way in ("source", "closed"):
            index = part.home if part.home is not None else part.copied
            assert index is not None
            reading = self._readings[index]
            text = self._source[reading.start : reading.end]
            return text if part.way == "source" else text + self._missing_end_tags(reading)
        if part.way in _STRENGTHS:
            return self._edited(part, _STRENGTHS[part.way])
        if part.way == "markdown":
            if part.home is not None and not self._is_markdown(part):
                raise Unwritable
            written = "\n\n".join(render_markdown(block, _EXACT).strip("\n") for block in part.blocks)
            return written.replace("\n", self._newline)
        context = HtmlContext(self._options, liquid=True)
        written = "".join(context.gapped([context.top_level(block) for block in part.blocks]))
        return written.replace("\n", self._newline)

    def _missing_end_tags(self, reading: BlockReading) -> str:
        """The end tags that the source of a block lacks; raises `Unwritable` if it lacks none."""
        tags = [self._source[start + 1 : start + 1 + length] for start, length in _left_open(reading)]
        if not tags:
            raise Unwritable
        return "".join(f"</{tag}>" for tag in reversed(tags))

    def _edited(self, part: _Part, strength: int) -> str:
        if part.home is None:
            raise Unwritable
        reading = self._readings[part.home]
        editor = NodeEditor(self._source, strength, self._options)
        for old, new in zip(reading.blocks, part.blocks, strict=True):
            if old != new:
                self._edit_block(editor, reading, old, new)
        return apply_edits(self._source, reading.start, reading.end, editor.edits)

    @staticmethod
    def _edit_block(editor: NodeEditor, reading: BlockReading, old: Block, new: Block) -> None:
        if isinstance(old, Paragraph) and isinstance(new, Paragraph) and old.bare and new.bare:
            content = Container(old.content, new.content, reading.nodes)
            editor.edit_content(content, raw=not reading.is_markdown)
            return
        for node in reading.nodes:
            if not isinstance(node, Text) and node.became is old:
                editor.edit(old, new, _place(node), raw=False)
                return
        raise Unwritable

    def _house_body(self) -> str:
        context = HtmlContext(self._options, liquid=True)
        written = "".join(context.gapped([context.top_level(block) for block in self._new]))
        self.rewritten = [Rewritten(0, len(written))]
        return f"{written}\n" if written else ""

    # --- Reading back ---

    def refine(self, read: Article) -> bool:
        """Take the next stronger way for what was not read as asked; False if there is none."""
        if self._whole:
            return False
        self._versions += 1
        if self._versions > _MOST_VERSIONS:
            self._whole = True
            return True
        blocks = read.blocks
        moved = False
        position = 0
        for index, part in enumerate(self._parts):
            end = position + len(part.blocks)
            if blocks[position:end] != part.blocks:
                moved = self._escalate(index) or moved
                if len(blocks) != len(self._new):
                    break
            position = end
        else:
            if len(blocks) > len(self._new) and self._parts:
                moved = self._escalate(len(self._parts) - 1) or moved
        if not moved:
            self._whole = True
        return True

    def _escalate(self, index: int) -> bool:
        """Strengthen a part; where it can go no further, or is not to blame, its neighbours."""
        part = self._parts[index]
        if part.way == "source" and part.blocks:
            # What stands as it stood reads otherwise because of what is beside it.
            if self._loosen(index):
                return True
            neighbours = [k for k in (index - 1, index + 1) if 0 <= k < len(self._parts)]
            changed = [k for k in neighbours if self._parts[k].way != "source" and self._parts[k].escalate()]
            if changed:
                return True
            part.way = "closed"
            return True
        return part.escalate()

    def _loosen(self, index: int) -> bool:
        """Ask for empty lines between a part and neighbours that it did not have; False if it has them."""
        loosened = False
        for place in (index, index + 1):
            if not 0 < place < len(self._parts):
                continue
            before, after = self._parts[place - 1], self._parts[place]
            is_new = before.home is None or after.home != before.home + 1
            if is_new and not after.loosened:
                after.loosened = loosened = True
        return loosened


def _left_open(reading: BlockReading) -> list[tuple[int, int]]:
    """Where the start tags stand that have no end tag up to the end of the block, and how long their names are."""
    found: dict[int, int] = {}
    waiting = list(reading.nodes)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Element) and not node.markdown:
            if not node.closed and node.end >= reading.end:
                # The browser's repair may have made several elements of one tag.
                found[node.start] = len(node.tag)
            waiting.extend(node.children)
    return sorted(found.items())


def _place(node: Element | Comment | Verbatim) -> Place:
    return Place(node.start, node.end, node)
