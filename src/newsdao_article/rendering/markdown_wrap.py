"""Lines of Markdown filled up to a width, broken only where a line end means no more than the space it replaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsdao_article.rendering.text_wrap import Measure

__all__ = ["filled"]

_GAP = re.compile(r"([ \t]+)")
# What begins no block, definition, marker or tag at the start of a line, in any flavour. Anything else stays where it is.
_HARMLESS_START = re.compile(
    r"(?![0-9]+[.)](?:[\s|]|\Z))(?:[^\W_]|[(\"'“‘「『《〈…]|\*{1,3}[^\W_]|!?\[(?!\^))"
)


def filled(parts: Iterable[tuple[str, bool]], width: int, measure: Measure) -> str:
    """Stretches of Markdown as lines of at most `width` columns where spaces in its texts allow it; O(n).

    Each part comes with whether it is text: no line ends within markup. A word is never cut, so a
    longer one stands alone; nor is a line ended before what would mean something at the start of one.
    """
    written: list[str] = []
    line: list[str] = []
    columns = 0
    for gap, word in _words(parts):
        word_columns = measure(word.partition("\n")[0])
        if gap and columns + len(gap) + word_columns > width and _may_break(line, word):
            written.extend((*line, "\n"))
            line, columns = [word], word_columns
        else:
            line += (gap, word) if gap else (word,)
            columns += len(gap) + word_columns
        if "\n" in word:
            ended, _, last = line.pop().rpartition("\n")
            written.extend((*line, ended, "\n"))
            line, columns = [last], measure(last)
    return "".join([*written, *line])


def _may_break(line: list[str], word: str) -> bool:
    if _HARMLESS_START.match(word) is None or line[-1].endswith("\\"):
        return False
    # A tag alone on the first line would be a block of HTML (CommonMark 4.6).
    return not (line[0].startswith("<") and line[-1].endswith(">"))


def _words(parts: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, str]]:
    """What stands between the spaces of texts, each with the space before it."""
    gap = ""
    word: list[str] = []
    for text, is_text in parts:
        if not is_text:
            word.append(text)
            continue
        for index, piece in enumerate(_GAP.split(text)):
            if index % 2:
                yield gap, "".join(word)
                gap, word = piece, []
            else:
                word.append(piece)
    yield gap, "".join(word)
