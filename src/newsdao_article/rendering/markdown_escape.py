"""Text and markup put together as one stretch of Markdown in which all text stays text.

Nothing is escaped that would read as itself: what a character needs depends on its neighbours, on whether it
begins a line, on the flavour, and on what else the stretch holds. Escapes are a backslash where
the flavour takes one, a character reference otherwise.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Final

from newsdao_article.model.inlines import LineBreak
from newsdao_article.rendering.markdown_flavors import Flavor, is_inline_everywhere
from newsdao_article.rendering.markdown_formatted import FORMATTED, escaped_brackets, formatted_escape
from newsdao_article.rendering.markdown_line_starts import escaped_start
from newsdao_article.rendering.markdown_pieces import Piece, Place, joined, refuse_blanks, settled
from newsdao_article.rendering.markdown_wrap import filled
from newsdao_article.rendering.text_wrap import Measure, display_width

__all__ = ["ENTITY", "assemble"]


def assemble(
    pieces: Iterable[Piece],
    flavor: Flavor,
    place: Place,
    *,
    strict: bool = False,
    width: int | None = None,
    measure: Measure = display_width,
) -> tuple[str, list[LineBreak]]:
    """The Markdown of `pieces`, texts escaped, and the line breaks that had to be written as HTML. O(n).

    With a `width`, lines of text are filled up to it, as `measure` counts columns.
    White space that shows nothing goes, unless `strict`: then `BlanksError` is raised where it would have to.
    """
    unread: list[LineBreak] = []
    parts = joined(pieces)
    if strict:
        refuse_blanks(parts, one_line=place in ("heading", "cell"))
    is_filled = width is not None and place in ("paragraph", "item")
    parts = settled(parts, unread, one_line=is_filled or place in ("heading", "cell"))
    written = _Escaper(parts, flavor, place, is_filled=is_filled).written()
    if is_filled and width is not None:
        return filled(written, width, measure), unread
    return "".join([text for text, _ in written]), unread


# What may need an escape inside a line; everything else never does.
_SPECIAL = re.compile(r"[\\`\[\]!<&{$|\n:.@^]|\*+|_+|~+")
#: What some reader of Markdown takes for a character reference.
ENTITY: Final = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z:_][\w:.\-]*);")
_LINK_END = re.compile(r"\][(\[]")
_BRACKET = re.compile(r"[\[\]]")
# What links nowhere: every reader pairs such brackets before it looks for a link's own.
_HARMLESS_BRACKETS = re.compile(r"(?<!!)\[(?!\^)[^\[\]]*\](?=[^(\[:])")
_TICKS_AT_LINE_START = re.compile("^[ \t]*```", re.MULTILINE)
_DOLLARS_AT_LINE_START = re.compile(r"^[ \t]*\$\$", re.MULTILINE)
_TAG_NAME = re.compile(r"[a-z][a-z0-9]*(?![\w:.\-])")
_DOMAIN = re.compile(r"[\w.\-]*\.[\w\-]")
_TAG_START = re.compile(r"[^\W\d]|[/!?:]")
_AUTOLINK_COLON = re.compile(r"(?:https?|ftp|mailto|xmpp)\Z", re.IGNORECASE)
_WWW = re.compile(r"(?<![0-9A-Za-z])www\Z", re.IGNORECASE)
# Stands for markup that follows on the same line: no blank, no end.
_MORE: Final = "\x01"


class _Escaper:
    def __init__(self, pieces: Sequence[Piece], flavor: Flavor, place: Place, *, is_filled: bool) -> None:
        self._pieces = pieces
        self._is_filled = is_filled
        self._flavor = flavor
        self._place = place
        texts = [piece.text for piece in pieces if piece.is_text]
        everything = "".join(piece.text for piece in pieces)
        self._escapes_ticks = (
            len(re.findall("`+", everything)) > 1 or _TICKS_AT_LINE_START.search(everything) is not None
        )
        # kramdown looks for the end of a formula at the start of a line in all that follows.
        self._escapes_dollars = flavor.is_kramdown and (
            everything.count("$$") > 1 or _DOLLARS_AT_LINE_START.search(everything) is not None
        )
        # What begins so may define the target of links, a footnote or an abbreviation, and vanish.
        self._defines = place in ("paragraph", "item") and everything.startswith(("[", "*["))
        self._escapes_pipes = place == "cell" or (
            flavor.is_kramdown and place != "heading" and all("|" in line for line in everything.split("\n"))
        )
        # kramdown looks for the end of a bracket in the links that follow.
        self._last_link = max(
            (i for i, piece in enumerate(pieces) if not piece.is_text and _LINK_END.search(piece.text)),
            default=-1,
        )
        # A tag needs the sign that ends it.
        self._last_angle = max(
            ((i, piece.text.rfind(">")) for i, piece in enumerate(pieces) if ">" in piece.text),
            default=(-1, -1),
        )
        self._unclosed: dict[int, frozenset[int]] = {}
        self._brackets: dict[int, frozenset[int]] = {}
        self._active = {c for c in "*_~" if any(c in text for text in texts) and self._is_active(c)}

    def _is_active(self, character: str) -> bool:
        """Whether runs of `character` in the texts could open and close anything, together or with our own."""
        if character == "~" and not self._flavor.strikes:
            return False
        if any(piece.delimiter.startswith(character) for piece in self._pieces if piece.delimiter):
            return True
        # To comrak, tildes are neither letters nor punctuation for the emphasis that they touch.
        if character == "~" and any(
            beside.delimiter and piece.is_text and piece.text[edge] == "~"
            for one, other in itertools.pairwise(self._pieces)
            for piece, edge, beside in ((one, -1, other), (other, 0, one))
        ):
            return True
        opened = False
        for index, piece in enumerate(self._pieces):
            if not piece.is_text:
                # kramdown looks for the end of emphasis that a link's text begins in the link's address, too.
                if opened and character in piece.text and self._flavor.is_kramdown:
                    return True
                continue
            for run in re.finditer(re.escape(character) + "+", piece.text):
                can_open, can_close = self._reach(run, index)
                if can_close and (opened or (len(run[0]) > 3 and self._flavor.is_kramdown)):
                    return True
                opened = opened or can_open
        return False

    def _reach(self, run: re.Match[str], index: int) -> tuple[bool, bool]:
        """Whether a run of delimiters in a text might open, or close; yes where in doubt."""
        flavor = self._flavor
        if run[0][0] == "~" and not flavor.strikes_single and len(run[0]) < 2:
            return False, False
        before, after = self._around(run.start(), run.end(), index)
        can_open = not flavor.is_surely_blank(after)
        can_close = not flavor.is_surely_blank(before)
        if run[0][0] == "_":
            if flavor.is_kramdown:
                can_open = can_open and not (before.isalpha() and after.isalpha())
            else:
                can_open = can_open and not before.isalnum()
            can_close = can_close and not after.isalnum()
        if flavor.is_kramdown:
            # It looks for signs within a run, too.
            return can_open or len(run[0]) > 2, can_close or len(run[0]) > 1
        return can_open, can_close

    def _around(self, start: int, end: int, index: int) -> tuple[str, str]:
        text = self._pieces[index].text
        before = text[start - 1] if start else self._pieces[index - 1].text[-1] if index else ""
        if end < len(text):
            return before, text[end]
        return before, self._pieces[index + 1].text[0] if index + 1 < len(self._pieces) else ""

    def written(self) -> list[tuple[str, bool]]:
        """Each piece as Markdown, and whether it is text."""
        parts: list[tuple[str, bool]] = []
        at_line_start = True
        for index, piece in enumerate(self._pieces):
            if piece.is_text:
                parts.append((self._text(index, at_line_start=at_line_start, first=index == 0), True))
            else:
                parts.append((piece.text, False))
            at_line_start = piece.text.endswith("\n")
        return parts

    def _text(self, index: int, *, at_line_start: bool, first: bool) -> str:
        text = self._pieces[index].text
        parts: list[str] = []
        position = 0
        if at_line_start and self._place != "heading":
            position = self._line_start(text, 0, index, parts, first=first)
        elif first:
            position = self._edge(text, parts)
        while (match := _SPECIAL.search(text, position)) is not None:
            parts.append(text[position : match.start()])
            position = match.end()
            if match[0] == "\n":
                parts.append("\n")
                position = self._line_start(text, position, index, parts, first=False)
            else:
                parts.append(self._special(match, index))
        rest = text[position:]
        if index + 1 == len(self._pieces):
            rest = self._ending(rest)
        parts.append(rest)
        return "".join(parts)

    def _edge(self, text: str, parts: list[str]) -> int:
        """Write a leading space that some engine would strip as a reference; the position after it."""
        # At the start of a file U+FEFF would be taken for the mark of its encoding.
        if (text[0].isspace() or text[0] == "\ufeff") and not self._flavor.is_kramdown:
            parts.append(self._reference(text[0]))
            return 1
        return 0

    def _ending(self, rest: str) -> str:
        if not rest:
            return rest
        if self._place == "heading" and rest.endswith("#"):
            return f"{rest[:-1]}\\#"
        if rest[-1].isspace() and not self._flavor.is_kramdown:
            return rest[:-1] + self._reference(rest[-1])
        return rest

    def _ends_in_reference(self, position: int, index: int) -> bool:
        """Whether from `position` on there is only the one blank that `_ending` writes as a reference."""
        last = self._pieces[index].text[position:]
        is_end = index + 1 == len(self._pieces) and len(last) == 1
        return is_end and last.isspace() and not self._flavor.is_kramdown

    def _reference(self, character: str) -> str:
        return f"&#{ord(character)};" if self._flavor.formatted else _reference(character)

    def _line_start(self, text: str, position: int, index: int, parts: list[str], *, first: bool) -> int:
        """Escape what would begin a block at `position`, the start of a line; the position after it."""
        if first and (after := self._edge(text, parts)):
            return after
        end = text.find("\n", position)
        line = text[position:] if end < 0 else text[position:end]
        if not line:
            return position
        if end < 0 and index + 1 < len(self._pieces) and not self._pieces[index + 1].text.startswith("\n"):
            line += _MORE
        character = line[0]
        if self._place == "cell":
            return position
        if character == "^" and self._flavor.is_kramdown and line.rstrip(" \t") == "^":
            parts.append("&#94;")
            return position + 1
        length, escaped = escaped_start(
            line, self._flavor, in_item=self._place == "item", escapes_pipes=self._escapes_pipes
        )
        parts.append(escaped)
        return position + length

    def _special(self, match: re.Match[str], index: int) -> str:
        found = match[0]
        piece = self._pieces[index]
        before, after = self._around(match.start(), match.end(), index)
        if self._flavor.formatted and found[0] in FORMATTED:
            return formatted_escape(match)
        match found[0]:
            case "*" | "_" | "~":
                if found[0] in self._active and any(self._reach(match, index)):
                    return "".join(["\\" + c for c in found])
                return found
            case "\\":
                if self._ends_in_reference(match.end(), index):
                    after = "&"
                return self._backslash(after, is_last=match.end() == len(piece.text))
            case "`":
                if self._place == "cell" and self._flavor.is_kramdown:
                    return "&#96;"  # Escaped or not, it would pair with one in another cell.
                return "\\`" if self._escapes_ticks else found
            case "[" | "]":
                return self._bracket(match, index)
            case "!":
                return "\\!" if after == "[" and match.end() == len(piece.text) else found
            case "<":
                if match.end() == len(piece.text) and after == "<":
                    return "&lt;"  # kramdown takes two in a row for one sign, escaped or not.
                return "\\<" if _TAG_START.match(after) and self._may_be_tag(match, index, before) else found
            case "&":
                return "&amp;" if ENTITY.match(piece.text, match.start()) else found
            case "^":
                # kramdown would read the text of a link as a footnote's name.
                return "&#94;" if before == "[" and self._flavor.is_kramdown else found
            case "{":
                return self._brace(before, after)
            case "$":
                return "\\$" if self._escapes_dollars and "$" in (before, after) else found
            case "|":
                # Behind these, kramdown would take even a lone pipe for the end of a list marker.
                return (
                    "\\|" if self._escapes_pipes or (before in "*+-." and self._flavor.is_kramdown) else found
                )
            case _:
                if found == ":" and before == "]" and self._defines and not self._is_escaped(match, index):
                    return "\\:"
                return self._address_mark(match, piece.text, after)

    def _may_be_tag(self, match: re.Match[str], index: int, before: str) -> bool:
        """Whether a sign before a name may begin a tag: one that ends, or one that begins a block."""
        # A reader without tables would look for the end in the cells that follow.
        if self._place == "cell" or (index, match.start()) < self._last_angle:
            return True
        if before not in ("", "\n"):
            return False
        name = _TAG_NAME.match(match.string, match.end())
        return name is None or not is_inline_everywhere(name[0])

    def _bracket(self, match: re.Match[str], index: int) -> str:
        """A square bracket, escaped where it might be taken for that of a link."""
        piece, position = self._pieces[index], match.start()
        if self._flavor.formatted or piece.in_link:
            if index not in self._brackets:
                self._brackets[index] = (
                    escaped_brackets(piece.text)
                    if self._flavor.formatted
                    else _brackets_beside_a_link(piece.text)
                )
            needed = position in self._brackets[index]
        elif match[0] == "[":
            needed = self._reaches_a_link(position, index)
        else:
            needed = piece.text.startswith("(", match.end())
        return f"\\{match[0]}" if needed else match[0]

    def _is_escaped(self, match: re.Match[str], index: int) -> bool:
        """Whether the bracket before `match` is escaped already."""
        return self._flavor.formatted and match.start() - 1 in self._brackets.get(index, ())

    def _reaches_a_link(self, position: int, index: int) -> bool:
        """Whether kramdown would look for the end of a bracket beyond its text, in a link."""
        if not self._flavor.is_kramdown or index >= self._last_link:
            return False
        if index not in self._unclosed:
            opened: list[int] = []
            for bracket in _BRACKET.finditer(self._pieces[index].text):
                if bracket[0] == "[":
                    opened.append(bracket.start())
                elif opened:
                    opened.pop()
            self._unclosed[index] = frozenset(opened)
        return position in self._unclosed[index]

    def _backslash(self, after: str, *, is_last: bool) -> str:
        at_item_end = is_last and not after and self._place == "item" and self._flavor.is_kramdown
        if after == "\n" or (is_last and after == "\\") or at_item_end:
            return "&#92;"  # kramdown takes any backslash before a line end for a break.
        needed = (
            after in self._flavor.escapable
            or (is_last and (after or self._place == "cell"))
            or (self._is_filled and after == " ")
        )
        return "\\\\" if needed else "\\"

    def _brace(self, before: str, after: str) -> str:
        flavor = self._flavor
        if flavor.liquid and after and after in "{%":
            return "&#123;"
        if flavor.is_kramdown and (after == ":" or (after == "#" and self._place == "heading")):
            return "\\{"
        return "{"

    def _address_mark(self, match: re.Match[str], text: str, after: str) -> str:
        """A colon, full stop or at sign, which may make an address of the text around it (GFM 6.9)."""
        found, start = match[0], match.start()
        if not self._flavor.autolinks:
            return found
        match found:
            case ":":
                is_address = _AUTOLINK_COLON.search(text, max(0, start - 6), start) is not None and bool(
                    after
                )
            case ".":
                is_address = _WWW.search(text, max(0, start - 4), start) is not None
            case _:
                is_address = (
                    start > 0
                    and (text[start - 1].isalnum() or text[start - 1] in "._+-")
                    and _DOMAIN.match(text, match.end()) is not None
                )
        return "\\" + found if is_address else found


def _brackets_beside_a_link(text: str) -> frozenset[int]:
    """Where in the text of a link square brackets have to be told from the link's own."""
    harmless = {
        position
        for pair in _HARMLESS_BRACKETS.finditer(text + _MORE)
        for position in (pair.start(), pair.end() - 1)
    }
    return frozenset(match.start() for match in _BRACKET.finditer(text)) - harmless


def _reference(character: str) -> str:
    return "&nbsp;" if character == "\N{NO-BREAK SPACE}" else f"&#{ord(character)};"
