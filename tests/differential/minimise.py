"""Making a disagreeing text small, and giving like ones one name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

__all__ = ["minimise", "shape"]

_BATCH = 24
_SIMPLER = (
    (re.compile(r"[가-힣]{2,}|[가-힣]"), "가"),
    (re.compile(r"[0-9]+"), "1"),
    (re.compile(r"\n{3,}"), "\n\n"),
)


def minimise(text: str, still_fails: Callable[[Sequence[str]], Sequence[bool]]) -> str:
    """A text that still fails though nothing can be left out of it: no character, and no longer piece that was tried.

    `still_fails` judges many candidates at once. Cost: some times the length of the text in candidates where few
    characters matter, its square at worst.
    """
    size = max(1, len(text) // 2)
    while True:
        smaller = _first_failing(_without_pieces(text, size), still_fails)
        if smaller is not None:
            text = smaller
            size = min(size, max(1, len(text) // 2))
        elif size > 1:
            size //= 2
        else:
            simpler = _first_failing(_simplified(text), still_fails)
            if simpler is None:
                return text
            text = simpler


def shape(text: str) -> str:
    """A text with its words and numbers made alike: texts that fail for one reason mostly share their shape."""
    for pattern, replacement in _SIMPLER:
        text = pattern.sub(replacement, text)
    return re.sub(r"[가]+(?:[ ]가+)*", "가", text)


def _first_failing(
    candidates: Iterator[str], still_fails: Callable[[Sequence[str]], Sequence[bool]]
) -> str | None:
    while batch := list(islice(candidates, _BATCH)):
        for candidate, fails in zip(batch, still_fails(batch), strict=True):
            if fails:
                return candidate
    return None


def _without_pieces(text: str, size: int) -> Iterator[str]:
    for start in range(0, len(text), size):
        yield text[:start] + text[start + size :]


def _simplified(text: str) -> Iterator[str]:
    """The text with one word or number made the simplest of its kind; each is simpler, so this comes to an end."""
    for pattern, replacement in _SIMPLER:
        for found in pattern.finditer(text):
            if found.group() != replacement:
                yield text[: found.start()] + replacement + text[found.end() :]
