"""Which of the old nodes became which of the new ones."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Final, TypeAlias

from newsdao_article.model.walk import Node, plain_text
from newsdao_article.writing.edits import minimal_edit

__all__ = ["Step", "align"]

#: An old and a new node that belong together: None for an old one that went, or a new one that came.
Step: TypeAlias = tuple[int | None, int | None]

# Beyond so many comparisons, nodes are paired by their order alone.
_MOST_COMPARISONS: Final = 400


def align(old: Sequence[Node], new: Sequence[Node]) -> list[Step]:
    """Steps from `old` to `new` in order: equal nodes paired, and between those the changed ones by likeness.

    Nodes that occur once on both sides are anchors; O(n log n) beside the comparisons of what changed.
    """
    steps: list[Step] = []
    _align(old, new, 0, len(old), 0, len(new), steps)
    return steps


def _align(
    old: Sequence[Node], new: Sequence[Node], a: int, b: int, c: int, d: int, steps: list[Step]
) -> None:
    while a < b and c < d and old[a] == new[c]:
        steps.append((a, c))
        a, c = a + 1, c + 1
    tail: list[Step] = []
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
        tail.append((b, d))
    if a < b and c < d:
        for i, j in _anchors(old, new, a, b, c, d):
            _between(old, new, a, i, c, j, steps)
            steps.append((i, j))
            a, c = i + 1, j + 1
    _pair(old, new, range(a, b), range(c, d), steps)
    steps.extend(reversed(tail))


def _between(
    old: Sequence[Node], new: Sequence[Node], a: int, b: int, c: int, d: int, steps: list[Step]
) -> None:
    """Align what stands between two anchors, where repeated nodes (spacers) may match at either side."""
    while a < b and c < d and old[a] == new[c]:
        steps.append((a, c))
        a, c = a + 1, c + 1
    tail: list[Step] = []
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
        tail.append((b, d))
    _pair(old, new, range(a, b), range(c, d), steps)
    steps.extend(reversed(tail))


def _anchors(
    old: Sequence[Node], new: Sequence[Node], a: int, b: int, c: int, d: int
) -> list[tuple[int, int]]:
    """The longest run of nodes that occur once on either side, in the order of both."""
    old_counts: Counter[Hashable] = Counter(old[a:b])
    new_places = {node: j for j, node in enumerate(new[c:d], c)}
    new_counts: Counter[Hashable] = Counter(new[c:d])
    pairs = [
        (i, new_places[node])
        for i, node in enumerate(old[a:b], a)
        if old_counts[node] == 1 and new_counts[node] == 1
    ]
    # Longest increasing run of the second places (patience sorting).
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        place = bisect.bisect_left(ends, j)
        before.append(last[place - 1] if place else -1)
        if place == len(ends):
            ends.append(j)
            last.append(index)
        else:
            ends[place] = j
            last[place] = index
    found: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _pair(old: Sequence[Node], new: Sequence[Node], rows: range, columns: range, steps: list[Step]) -> None:
    if not rows or not columns or len(rows) == len(columns):
        paired = min(len(rows), len(columns))
        steps.extend(zip(rows[:paired], columns[:paired], strict=True))
        steps.extend((i, None) for i in rows[paired:])
        steps.extend((None, j) for j in columns[paired:])
    elif len(rows) * len(columns) > _MOST_COMPARISONS:
        _pair(old, new, rows[: len(columns)], columns[: len(rows)], steps)
        steps.extend((i, None) for i in rows[len(columns) :])
        steps.extend((None, j) for j in columns[len(rows) :])
    else:
        steps.extend(_best_pairs(old, new, rows, columns))


def _best_pairs(old: Sequence[Node], new: Sequence[Node], rows: range, columns: range) -> list[Step]:
    """The pairing in order with the greatest likeness, as many pairs as there can be."""
    width = len(columns)
    best = [[0.0] * (width + 1) for _ in range(len(rows) + 1)]
    likeness = [[_likeness(old[i], new[j]) for j in columns] for i in rows]
    for r in range(len(rows) - 1, -1, -1):
        for c in range(width - 1, -1, -1):
            best[r][c] = max(best[r + 1][c], best[r][c + 1], best[r + 1][c + 1] + likeness[r][c])
    steps: list[Step] = []
    r = c = 0
    while r < len(rows) or c < width:
        if r < len(rows) and c < width and best[r][c] == best[r + 1][c + 1] + likeness[r][c]:
            steps.append((rows[r], columns[c]))
            r, c = r + 1, c + 1
        elif r < len(rows) and (c == width or best[r][c] == best[r + 1][c]):
            steps.append((rows[r], None))
            r += 1
        else:
            steps.append((None, columns[c]))
            c += 1
    return steps


def _likeness(old: Node, new: Node) -> float:
    """How much of the text of two nodes of one class is the same, from 1 to 2; 0.01 for different classes."""
    if type(old) is not type(new):
        return 0.01
    before, after = plain_text(old), plain_text(new)
    start, end, _ = minimal_edit(before, after)
    longest = max(len(before), len(after))
    return 1 + ((len(before) - (end - start)) / longest if longest else 1)
