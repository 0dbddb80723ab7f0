"""What stands between the blocks of a body, kept or made like what stands near by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsdao_article.reading.body import BlockReading

__all__ = ["Gaps"]

_BLANK: Final = " \t\r\n\f\v"


class Gaps:
    """What stands between blocks: the source's own gaps where both neighbours stayed, else one like those near by.

    A gap that holds more than blanks (definitions, abbreviations) is written in any case, once.
    """

    def __init__(self, source: str, start: int, readings: Sequence[BlockReading], newline: str) -> None:
        self._newline = newline
        edges = [start, *(edge for reading in readings for edge in (reading.start, reading.end)), len(source)]
        #: The gap before each block, and the one after the last.
        self._gaps = [source[edges[k] : edges[k + 1]] for k in range(0, len(edges), 2)]
        self._next = 0
        self._usual = next(filter(_is_plain, self._gaps[1:-1]), newline * 2)

    def before(self, home: int | None, *, at_top: bool, loose: bool) -> str:
        """The gap before the block `home` of the source, or before a new one; `loose` asks for an empty line."""
        if home is not None:
            gap = self._up_to(home, at_top=at_top)
        else:
            gap = self._lead() if at_top else self._typical()
        return self._loosened(gap) if loose and not at_top else gap

    def rest(self) -> str:
        """What stands behind the last block."""
        rest = self._gaps[self._next : -1]
        kept = "".join(gap for gap in rest if gap.strip(_BLANK))
        return kept + (self._gaps[-1] if self._next < len(self._gaps) else "")

    def _lead(self) -> str:
        gap = self._gaps[0]
        if len(self._gaps) > 1 and not gap.strip(_BLANK) and self._next == 0:
            # The new first block stands where the old one stood, and that one below it.
            self._gaps[0] = self._typical()
            return gap
        return ""

    def _up_to(self, home: int, *, at_top: bool) -> str:
        """The gap before the block `home`; what stands in gaps that were passed over is kept."""
        passed = [gap for gap in self._gaps[self._next : home] if gap.strip(_BLANK)]
        if home < self._next:
            gap = self._typical()
        else:
            gap = self._gaps[0 if at_top and not self._gaps[home].strip(_BLANK) else home]
        self._next = max(self._next, home + 1)
        if not passed:
            return gap
        return self._loosened("".join(passed)) + gap.lstrip(_BLANK)

    def _typical(self) -> str:
        """A gap as it stands near by, without anything but blanks."""
        for place in (self._next - 1, self._next):
            if 0 < place < len(self._gaps) - 1 and _is_plain(self._gaps[place]):
                return self._gaps[place]
        return self._usual

    def _loosened(self, gap: str) -> str:
        if gap.strip(_BLANK):
            return f"{self._newline * 2}{gap.strip(_BLANK)}{self._newline * 2}"
        return gap if gap.count("\n") > 1 and gap.endswith("\n") else self._newline * 2


def _is_plain(gap: str) -> bool:
    return gap.endswith("\n") and not gap.strip(_BLANK)
