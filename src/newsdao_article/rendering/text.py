"""Article → plain text: every visible character in order, words whole, nothing that drives a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

import attrs

from newsdao_article.model.article import Article, Section
from newsdao_article.model.as_read import AsRead
from newsdao_article.model.blocks import (
    Block,
    Cell,
    CodeBlock,
    Details,
    Division,
    Faq,
    Figure,
    Flow,
    Heading,
    List,
    Paragraph,
    Quote,
    RawBlock,
    Rule,
    Spacer,
    Table,
    is_inline_level,
)
from newsdao_article.model.inlines import (
    Code,
    Comment,
    Emphasis,
    Highlight,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    RawInline,
    Small,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from newsdao_article.model.visibility import HTML_SPACE, is_invisible_text
from newsdao_article.problems import LimitExceeded
from newsdao_article.rendering.escape import without_controls
from newsdao_article.rendering.text_list import BULLET, list_markers
from newsdao_article.rendering.text_options import TextOptions, TextOverride
from newsdao_article.rendering.text_table import draw_table
from newsdao_article.rendering.text_wrap import (
    LineWriter,
    Room,
    display_width,
    expand_tabs,
    prefixed,
    trimmed,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["TextContext", "TextOptions", "render_text"]

Renderable: TypeAlias = Article | Section | Block | Inline

_MAX_DEPTH: Final = 120
_RULE_WIDTH: Final = 40
_CODE_INDENT: Final = "    "
_QUOTE_PREFIX: Final = "> "
#: Prefixes of the parts of lists that became divisions: on the first line, and on the others.
_PREFIXES: Final = {
    "li": (BULLET, "  "),
    "dd": (_CODE_INDENT, _CODE_INDENT),
    "blockquote": (_QUOTE_PREFIX, _QUOTE_PREFIX),
}
#: Divisions of these tags follow one another without a blank line between them.
_TIGHT_TAGS: Final = frozenset(("dd", "dt", "li", "td", "th", "tr"))


def render_text(node: Renderable, options: TextOptions | None = None) -> str:
    """`node` as plain text for people; of an article, its body. No line feed at the end.

    Blocks stand one blank line apart; spacers, comments and blocks without a visible character give nothing.
    White space collapses as in a browser. With the default options every visible character of `render_html`
    appears, in order, and no space is added inside a word. List markers, quote marks and the lines of
    tables are all that is added. Control characters of texts that were read become U+FFFD, as browsers show them,
    so no escape sequence reaches a terminal; marks of direction and zero-width characters stay.

    O(n). Raises `LimitExceeded` for content nested deeper than any post.
    """
    context = TextContext(options or TextOptions())
    try:
        return context.document(node)
    except RecursionError:
        raise LimitExceeded("content is nested too deeply for the stack that is left; flatten it") from None


class TextContext:
    """One rendering under way; what an override gets to render children with."""

    __slots__ = ("_cells", "_depth", "_footnotes", "_room", "options")

    def __init__(self, options: TextOptions) -> None:
        self.options = options
        self._room = Room(options.width, options.break_words)
        self._depth = 0
        self._footnotes: dict[str, int] = {}
        # Cells of nested tables are asked for again by each table around them.
        self._cells: dict[tuple[int, Room], list[str]] = {}

    @property
    def width(self) -> int | None:
        """The columns that the current block may take; None if it has no bounds, 0 if indents took them all."""
        return self._room.width

    def measure(self, text: str) -> int:
        """How many columns `text` takes."""
        return display_width(text, self.options.ambiguous_width)

    def render(self, node: Block | Inline) -> str:
        """`node` as text, overrides considered."""
        return self.flow((node,))

    def default(self, node: Block | Inline) -> str:
        """`node` as this library writes it, even if its class is overridden; children still heed overrides."""
        if not isinstance(node, Inline):
            return "\n".join(self._default_block(node, self._room))
        writer = LineWriter(preformatted=self._room.preformatted)
        self._write((node,), writer, spared=node)
        return "\n".join(writer.lines())

    def inlines(self, content: Inlines) -> str:
        """Inlines one after the other; line feeds are line breaks, nothing is wrapped."""
        writer = LineWriter(preformatted=self._room.preformatted)
        self._write(content, writer)
        return "\n".join(writer.lines())

    def flow(self, content: Flow, *, indent: int = 0) -> str:
        """Blocks and runs of inlines, wrapped `indent` columns before the current width."""
        return "\n".join(self._flow(content, self._room.less(indent)))

    def document(self, node: Renderable) -> str:
        """A whole rendering with what comes before and after it."""
        parts: list[list[str]] = []
        if isinstance(node, Article):
            if self.options.title and node.front_matter.title is not None:
                parts.append(self._heading((Text(node.front_matter.title),), 1, self._room))
            parts.append(self._stacked(self._room, *((block,) for block in node.blocks)))
        elif isinstance(node, Section):
            parts.append(self._stacked(self._room, *((block,) for block in (node.heading, *node.blocks))))
        else:
            parts.append(self._flow((node,), self._room))
        parts.append([f"[{number}] {url}" for url, number in self._footnotes.items()])
        return "\n\n".join(["\n".join(lines) for lines in parts if lines])

    def _flow(self, content: Iterable[Block | Inline], room: Room) -> list[str]:
        self._enter()
        lines: list[str] = []
        previous: Block | None = None
        for node, shown in self._parts(content, room):
            if lines and not (_is_tight(previous) and _is_tight(node)):
                lines.append("")
            lines.extend(shown)
            previous = node
        self._depth -= 1
        return lines

    def _parts(
        self, content: Iterable[Block | Inline], room: Room
    ) -> Iterator[tuple[Block | None, list[str]]]:
        """Each block, and each run of inlines between blocks (None), with its lines; only what shows something."""
        run: list[Inline] = []
        stack = list(content)
        stack.reverse()
        while stack:
            node = stack.pop()
            if isinstance(node, Inline):
                run.append(node)
                continue
            if type(node) not in self.options.overrides and (
                is_inline_level(node) or (room.preformatted and isinstance(node, Paragraph) and node.bare)
            ):
                # It begins no line of its own. Outside preformatted text a bare paragraph does, by the white
                # space that the HTML has between blocks.
                assert isinstance(node, (Division, Paragraph))
                stack.extend(reversed(node.content))
                continue
            if run:
                if lines := self._run(run, room):
                    yield None, lines
                run = []
            override = self.options.overrides.get(type(node))
            if override is None:
                lines = self._default_block(node, room)
            else:
                lines = self._overridden_block(override, node, room)
            if lines:
                yield node, lines
        if run and (lines := self._run(run, room)):
            yield None, lines

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise LimitExceeded(f"content is nested more than {_MAX_DEPTH} levels deep; flatten it")

    def _stacked(self, room: Room, *contents: Flow) -> list[str]:
        """Several contents, a blank line between them."""
        lines: list[str] = []
        for content in contents:
            shown = self._flow(content, room)
            if shown and lines:
                lines.append("")
            lines.extend(shown)
        return lines

    def _run(self, content: Iterable[Inline], room: Room) -> list[str]:
        """The lines of inlines; none if nothing is to be seen."""
        writer = LineWriter(preformatted=room.preformatted)
        outer, self._room = self._room, room
        self._write(content, writer)
        self._room = outer
        lines = trimmed(writer.lines())
        if room.preformatted:
            return [expand_tabs(line, self.measure) for line in lines]
        if room.width is None:
            return lines
        return [
            part
            for line in lines
            for part in wrap(line, room.width, self.measure, break_words=room.break_words)
        ]

    def _write(self, content: Iterable[Inline], writer: LineWriter, spared: Inline | None = None) -> None:
        """Hands the text of inlines to `writer`; not recursive, since nothing bounds how deep they nest.

        `spared` is the node to which no override applies.
        """
        overrides = self.options.overrides
        stack: list[Inline | _MarkEnd | _LinkEnd] = list(content)
        stack.reverse()
        while stack:
            node = stack.pop()
            if overrides and node is not spared and (override := overrides.get(type(node))) is not None:
                assert not isinstance(node, (_MarkEnd, _LinkEnd))
                writer.write_lines(self._overridden(override, node))
                continue
            match node:
                case Text() | Code():
                    writer.write(_characters(node.text))
                case (
                    Strong()
                    | Emphasis()
                    | Underline()
                    | Strikethrough()
                    | Small()
                    | Superscript()
                    | Subscript()
                ):
                    stack.extend(reversed(node.content))
                case Highlight() | Span():
                    if self.options.highlights is not None and (
                        isinstance(node, Highlight) or node.tag == "mark"
                    ):
                        opening, closing = self.options.highlights
                        writer.open_mark(opening)
                        stack.append(_MarkEnd(closing))
                    stack.extend(reversed(node.content))
                case Link():
                    if (address := self._address(node)) is not None:
                        stack.append(_LinkEnd(address, writer.position(), writer.length))
                    stack.extend(reversed(node.content))
                case LineBreak():
                    writer.break_line()
                case Image():
                    if self.options.images == "alt" and node.alt and not is_invisible_text(node.alt):
                        writer.write(f"[{_one_line(node.alt)}]")
                case RawInline():
                    writer.write(without_controls(node.html))
                case Comment():
                    pass
                case _MarkEnd():
                    writer.close_mark(node.mark)
                case _LinkEnd():
                    self._end_link(node, writer)
                case _:
                    assert_never(node)

    def _overridden(self, override: TextOverride, node: Block | Inline) -> str:
        # An override may render the very node that it was called for.
        self._enter()
        text = override(node, self)
        self._depth -= 1
        return text

    def _address(self, link: Link) -> str | None:
        """The URL to write beside a link, or None."""
        if self.options.links == "none" or not link.url.is_safe:
            return None
        address = _one_line(link.url)
        return None if not address or address.startswith("#") else address

    def _end_link(self, link: _LinkEnd, writer: LineWriter) -> None:
        # Only a text as short as the URL is looked at again, so that links in links stay linear.
        text = writer.since(link.position) if writer.length - link.length <= len(link.address) else ""
        if text and _bare_address(text) == _bare_address(link.address):
            return
        if self.options.links == "inline":
            writer.append(f"({link.address})", spaced=True)
        else:
            number = self._footnotes.setdefault(link.address, len(self._footnotes) + 1)
            writer.append(f"[{number}]", spaced=False)

    def _overridden_block(self, override: TextOverride, node: Block, room: Room) -> list[str]:
        outer, self._room = self._room, room
        text = self._overridden(override, node)
        self._room = outer
        return text.split("\n") if text else []

    def _default_block(self, node: Block, room: Room) -> list[str]:
        match node:
            case Heading():
                return self._heading(node.content, node.level, room)
            case Paragraph():
                return self._run(node.content, room)
            case Spacer() | Comment():
                return []
            case Rule():
                return ["-" * (_RULE_WIDTH if room.width is None else max(1, min(room.width, _RULE_WIDTH)))]
            case Figure():
                return self._stacked(room, node.content, node.caption)
            case List():
                return self._list(node, room)
            case Table():
                return self._table(node, room)
            case Quote():
                lines = self._flow(node.content, room.less(len(_QUOTE_PREFIX)))
                return prefixed(lines, _QUOTE_PREFIX, _QUOTE_PREFIX)
            case CodeBlock():
                return self._code(node)
            case Details():
                return self._stacked(room, node.summary, node.content)
            case Division():
                return self._division(node, room)
            case Faq():
                return self._stacked(
                    room, *(part for item in node.items for part in (item.question, item.answer))
                )
            case RawBlock():
                return self._run((RawInline(node.html),), room)
            case _:
                assert_never(node)

    def _heading(self, content: Inlines, level: int, room: Room) -> list[str]:
        if self.options.headings == "marks":
            marks = "#" * level + " "
            return prefixed(self._run(content, room.less(len(marks))), marks, " " * len(marks))
        lines = self._run(content, room)
        if self.options.headings == "underlined" and lines:
            width = max(map(self.measure, lines))
            if room.width is not None:
                width = min(width, max(1, room.width))
            lines.append(("=" if level == 1 else "-") * width)
        return lines

    def _code(self, node: CodeBlock) -> list[str]:
        if is_invisible_text(node.text):
            return []
        writer = LineWriter(preformatted=True)
        writer.write(_characters(node.text))
        lines = [expand_tabs(line, self.measure) for line in writer.lines()]
        while lines and not lines[-1]:
            lines.pop()
        return prefixed(lines, _CODE_INDENT, _CODE_INDENT)

    def _division(self, node: Division, room: Room) -> list[str]:
        if node.tag == "pre":
            inner = attrs.evolve(room.less(len(_CODE_INDENT)), preformatted=True)
            return prefixed(self._flow(node.content, inner), _CODE_INDENT, _CODE_INDENT)
        if node.tag in _PREFIXES:
            first, others = _PREFIXES[node.tag]
            return prefixed(self._flow(node.content, room.less(len(first))), first, others)
        return self._flow(node.content, room)

    def _list(self, node: List, room: Room) -> list[str]:
        markers = list_markers(node)
        indent = max((len(marker) for marker in markers), default=0)
        items = [self._item(item.content, room.less(indent)) for item in node.items]
        is_loose = any(loose for _, loose in items)
        lines: list[str] = []
        for marker, (shown, _) in zip(markers, items, strict=True):
            if not shown:
                continue
            if is_loose and lines:
                lines.append("")
            lines.extend(prefixed(shown, marker.ljust(indent), " " * indent))
        return lines

    def _item(self, content: Flow, room: Room) -> tuple[list[str], bool]:
        """The lines of a list item, lists close below their introduction, and whether other blocks stand apart."""
        self._enter()
        lines: list[str] = []
        is_loose = False
        for node, shown in self._parts(content, room):
            if lines and not isinstance(node, List):
                lines.append("")
                is_loose = True
            lines.extend(shown)
        self._depth -= 1
        return lines, is_loose

    def _table(self, node: Table, room: Room) -> list[str]:
        side_by_side = self.options.cells == "side_by_side"
        caption = self._flow(node.caption, room)
        rows = draw_table(node, room, self._cell, self.measure, side_by_side=side_by_side)
        return [*caption, "", *rows] if caption and rows else caption or rows

    def _cell(self, cell: Cell, room: Room) -> list[str]:
        key = id(cell), room
        if (lines := self._cells.get(key)) is None:
            lines = self._cells[key] = self._flow(cell.content, room)
        return lines


@attrs.frozen
class _MarkEnd:
    """The end of highlighted text, among the inlines that are still to be written."""

    mark: str


@attrs.frozen
class _LinkEnd:
    """The end of a link whose URL is to be written, and where its text began."""

    address: str
    position: tuple[int, int]
    length: int


def _is_tight(node: Block | None) -> bool:
    return isinstance(node, Division) and node.tag in _TIGHT_TAGS


def _characters(text: str) -> str:
    # Only what was read can hold controls; constructors refuse them.
    return without_controls(text) if isinstance(text, AsRead) else text


def _one_line(text: str) -> str:
    return " ".join(part for part in re.split(f"[{HTML_SPACE}]+", without_controls(text)) if part)


def _bare_address(address: str) -> str:
    """A URL as people abbreviate it: no scheme, no slash at the end."""
    for scheme in ("https://", "http://", "mailto:", "tel:"):
        address = address.removeprefix(scheme)
    return address.removesuffix("/")
