"""Where two articles first differ."""

from __future__ import annotations

from typing import cast

import attrs

from newsdao_article.model.article import Article

__all__ = ["first_disagreement"]

_LONGEST = 200


def first_disagreement(requested: Article, read: Article) -> tuple[str, str, str]:
    """The path of the innermost difference, and both sides of it as Python shows them."""
    if requested.front_matter != read.front_matter:
        path, one, other = _descend("front_matter", requested.front_matter, read.front_matter)
    else:
        path, one, other = _descend("blocks", requested.blocks, read.blocks)
    return path, _shown(one), _shown(other)


def _descend(path: str, one: object, other: object) -> tuple[str, object, object]:
    while True:
        steps = _steps(one, other)
        different = next(((step, a, b) for step, a, b in steps if a != b), None)
        if different is None:
            return path, one, other
        step, one, other = different
        path += step


def _steps(one: object, other: object) -> list[tuple[str, object, object]]:
    """The parts of two values of one kind, with how a path leads to them."""
    if isinstance(one, tuple):
        pairs = zip(cast("tuple[object, ...]", one), cast("tuple[object, ...]", other), strict=False)
        return (
            [(f"[{index}]", a, b) for index, (a, b) in enumerate(pairs)] if isinstance(other, tuple) else []
        )
    if type(one) is type(other) and attrs.has(type(one)):
        names = [field.name for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(one)))]
        return [(f".{name}", getattr(one, name), getattr(other, name)) for name in names]
    return []


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
