"""Where two articles first differ."""

from __future__ import annotations

from typing import Any

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


def _descend(path: str, one: Any, other: Any) -> tuple[str, Any, Any]:
    while True:
        if isinstance(one, tuple) and isinstance(other, tuple):
            if len(one) != len(other):
                index = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
                if index is None:
                    return path, one, other
            else:
                index = next(k for k, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
            path, one, other = f"{path}[{index}]", one[index], other[index]
        elif type(one) is type(other) and attrs.has(type(one)):
            names = [field.name for field in attrs.fields(type(one))]
            name = next((name for name in names if getattr(one, name) != getattr(other, name)), None)
            if name is None:
                return path, one, other
            path, one, other = f"{path}.{name}", getattr(one, name), getattr(other, name)
        else:
            return path, one, other


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
