"""Replacements of stretches of a text."""

from __future__ import annotations

import attrs

__all__ = ["Edit", "Unwritable", "apply_edits", "minimal_edit"]


class Unwritable(Exception):
    """A change that cannot be made where it is; whoever wrote the node around it writes it anew."""


@attrs.frozen
class Edit:
    """`text` in place of the half-open range of characters from `start` to `end`."""

    start: int
    end: int
    text: str


def apply_edits(source: str, start: int, end: int, edits: list[Edit]) -> str:
    """The characters of `source` from `start` to `end` with all `edits` made; raises `Unwritable` if they overlap."""
    parts: list[str] = []
    position = start
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < position or edit.end > end:
            raise Unwritable
        parts += (source[position : edit.start], edit.text)
        position = edit.end
    parts.append(source[position:end])
    return "".join(parts)


def minimal_edit(old: str, new: str) -> tuple[int, int, str]:
    """The one stretch of `old` to replace, and by what, so that it becomes `new`."""
    limit = min(len(old), len(new))
    before = 0
    while before < limit and old[before] == new[before]:
        before += 1
    after = 0
    while after < limit - before and old[-1 - after] == new[-1 - after]:
        after += 1
    return before, len(old) - after, new[before : len(new) - after]
