"""Lines of plain text: white space as browsers collapse it, display width, and breaks at spaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

import attrs
import wcwidth

from newsdao_article.model.visibility import HTML_SPACE, is_invisible_text

__all__ = ["LineWriter", "Measure", "Room", "display_width", "expand_tabs", "prefixed", "trimmed", "wrap"]

#: How many columns of a terminal a line takes.
Measure: TypeAlias = Callable[[str], int]

_SPACE_RUN = re.compile(f"[{HTML_SPACE}]+")
_LINE_END = re.compile("\r\n?")
_TAB_STOP: Final = 8
_EMOJI_SELECTOR: Final = "\ufe0f"


@attrs.frozen
class Room:
    """The place that a block gets: `width` columns (None: as many as it needs)."""

    width: int | None = None
    break_words: bool = False
    preformatted: bool = False

    def less(self, columns: int) -> Room:
        """What is left beside an indent: at least 0, where each word stands on its own line."""
        return self if self.width is None else attrs.evolve(self, width=max(0, self.width - columns))


def display_width(text: str, ambiguous_width: int = 1) -> int:
    """How many columns `text` takes in a terminal, by wcwidth; O(n).

    Combining and zero-width characters take none, Hangul and joined emoji two. `ambiguous_width` is
    that of the characters which East Asian fonts draw wide and others narrow (UAX #11).
    """
    if text.isascii() and text.isprintable():
        return len(text)
    columns = wcwidth.wcswidth(text, ambiguous_width=ambiguous_width)
    # Only what an override returned can hold controls; the width of the rest counts then.
    return (
        columns
        if columns >= 0
        else wcwidth.width(text, control_codes="ignore", ambiguous_width=ambiguous_width)
    )


class LineWriter:
    """Takes inline text piece by piece and gives the lines that a browser would show.

    Runs of ASCII white space become one space, across the borders of pieces too, and vanish at
    both ends of a line (CSS Text 3, section 4.1); U+00A0 and U+3000 are no such white space. A preformatted
    writer keeps everything. `length` counts the characters written so far.
    """

    __slots__ = ("_line", "_lines", "_marks", "_preformatted", "_space", "length")

    def __init__(self, *, preformatted: bool = False) -> None:
        self._preformatted = preformatted
        self._lines: list[str] = []
        self._line: list[str] = []
        self._marks: list[str] = []
        self._space = False
        self.length = 0

    def write(self, text: str) -> None:
        """Add text, its line ends being white space like any other."""
        if self._preformatted:
            self.write_lines(_LINE_END.sub("\n", text))
            return
        text = _SPACE_RUN.sub(" ", text)
        words = text.strip(" ")
        if words:
            self._space = self._space or text[0] == " "
            self._put(words)
            self._space = text[-1] == " "
        elif text:
            self._space = True

    def write_lines(self, text: str) -> None:
        """Add text whose line feeds end lines."""
        first, *others = text.split("\n")
        self._put(first) if self._preformatted else self.write(first)
        for line in others:
            self.break_line()
            self._put(line) if self._preformatted else self.write(line)

    def append(self, text: str, *, spaced: bool) -> None:
        """Add `text` to the last word, before any white space that followed; `spaced` sets it off by a space."""
        followed = self._space
        self._space = spaced
        self._put(text)
        self._space = followed

    def break_line(self) -> None:
        """End the line."""
        self._lines.append("".join(self._line))
        self._line.clear()
        self._space = False

    def open_mark(self, mark: str) -> None:
        """Put `mark` directly before the next character that is shown."""
        self._marks.append(mark)

    def close_mark(self, mark: str) -> None:
        """Put `mark` directly after the last character; nothing was shown since the opening: leave both out."""
        if self._marks:
            self._marks.pop()
        else:
            self._line.append(mark)

    def position(self) -> tuple[int, int]:
        """Where the next piece will stand, for `since`."""
        return len(self._lines), len(self._line)

    def since(self, position: tuple[int, int]) -> str:
        """What was added to the line since `position`; nothing if another line was begun."""
        line, piece = position
        return "".join(self._line[piece:]).strip(" ") if line == len(self._lines) else ""

    def lines(self) -> list[str]:
        """The finished lines."""
        self.break_line()
        return self._lines

    def _put(self, text: str) -> None:
        if not text:
            return
        if self._space and self._line:
            self._line.append(" ")
        self._space = False
        if self._marks:
            self._line.extend(self._marks)
            self._marks.clear()
        self._line.append(text)
        self.length += len(text)


def trimmed(lines: list[str]) -> list[str]:
    """`lines` without those at both ends in which nothing is to be seen."""
    start, end = 0, len(lines)
    while start < end and is_invisible_text(lines[start]):
        start += 1
    while end > start and is_invisible_text(lines[end - 1]):
        end -= 1
    return lines[start:end]


def prefixed(lines: Iterable[str], first: str, others: str) -> list[str]:
    """`lines` behind a prefix: `first` on the first one, `others` below it; no space at the end of empty lines."""
    result: list[str] = []
    prefix = first
    for line in lines:
        result.append(prefix + line if line else prefix.rstrip(" "))
        prefix = others
    return result


def expand_tabs(line: str, measure: Measure) -> str:
    """`line` with spaces up to every eighth column for each tab, as terminals and browsers show them."""
    if "\t" not in line:
        return line
    *parts, last = line.split("\t")
    expanded: list[str] = []
    for part in parts:
        expanded.append(part)
        expanded.append(" " * (_TAB_STOP - measure(part) % _TAB_STOP))
    expanded.append(last)
    return "".join(expanded)


def wrap(line: str, width: int, measure: Measure, *, break_words: bool = False) -> list[str]:
    """`line` in pieces of at most `width` columns, broken at spaces only; O(n).

    A word that is wider stands alone on its line, unless `break_words` allows to break it between
    characters (grapheme clusters, UAX #29). U+00A0 holds words together.
    """
    if measure(line) <= width:
        return [line]
    lines: list[str] = []
    current: list[str] = []
    used = 0
    for word in line.split(" "):
        columns = measure(word)
        if current and used + 1 + columns <= width:
            current.append(word)
            used += 1 + columns
            continue
        if current:
            lines.append(" ".join(current))
        if break_words and columns > width:
            *full, word = _cut(word, width, measure)
            lines.extend(full)
            columns = measure(word)
        current = [word]
        used = columns
    lines.append(" ".join(current))
    return lines


def _cut(word: str, width: int, measure: Measure) -> list[str]:
    pieces: list[str] = []
    piece: list[str] = []
    used = 0
    for cluster in wcwidth.iter_graphemes(word):
        # Behind a zero-width character this selector stands alone, yet it widens what is before that.
        columns = measure(cluster) + cluster.startswith(_EMOJI_SELECTOR)
        if piece and used + columns > width:
            pieces.append("".join(piece))
            piece = []
            used = 0
        piece.append(cluster)
        used += columns
    pieces.append("".join(piece))
    return pieces
