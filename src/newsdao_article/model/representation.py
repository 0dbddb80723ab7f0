"""How nodes print themselves: short enough to read in a test failure, complete enough to type in again."""

from __future__ import annotations

from typing import Any

import attrs

__all__ = ["compact_repr"]

_POSITIONAL = ("html", "text")
# `attrs.Factory` is a class to Python and a function to type checkers.
_FACTORY: Any = attrs.Factory(tuple)


def compact_repr(self: attrs.AttrsInstance) -> str:
    """A call that makes an equal value: fields with their default values are left out."""
    parts: list[str] = []
    for field in attrs.fields(type(self)):
        value = getattr(self, field.name)
        if not field.init or value == _default(self, field):
            continue
        named = field.name not in _POSITIONAL or parts
        parts.append(f"{field.name}={value!r}" if named else repr(value))
    return f"{type(self).__name__}({', '.join(parts)})"


def _default(self: attrs.AttrsInstance, field: attrs.Attribute[Any]) -> object:
    default: Any = field.default
    if not isinstance(default, type(_FACTORY)):
        return default
    return default.factory(self) if default.takes_self else default.factory()
