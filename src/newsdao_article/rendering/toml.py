"""Front matter values as TOML 1.0."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final, assert_never

from newsdao_article.model.front_matter import FrontMatterMapping, FrontMatterValue

__all__ = ["render_toml"]

_BARE_KEY = re.compile(r"[A-Za-z0-9_\-]+\Z")
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff]')
_SHORT_ESCAPES: Final = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\b": "\\b",
    "\f": "\\f",
}
_INTEGERS: Final = range(-(2**63), 2**63)


def render_toml(values: Mapping[str, FrontMatterValue]) -> str:
    """`values` as a TOML document: a line for each key, then a table for each mapping.

    TOML knows no null, so keys and entries without a value are left out. An integer beyond 64 bits, which readers may
    refuse, becomes text; a lone surrogate becomes U+FFFD. O(n).
    """
    lines = [
        f"{_key(key)} = {_value(value)}\n"
        for key, value in values.items()
        if value is not None and not isinstance(value, FrontMatterMapping)
    ]
    for key, value in values.items():
        if isinstance(value, FrontMatterMapping):
            lines.append(f"{'' if not lines else chr(10)}[{_key(key)}]\n")
            lines.extend(f"{pair}\n" for pair in _pairs(value))
    return "".join(lines)


def _pairs(values: Mapping[str, FrontMatterValue]) -> Iterator[str]:
    for key, value in values.items():
        if value is not None:
            yield f"{_key(key)} = {_value(value)}"


def _key(key: str) -> str:
    return key if _BARE_KEY.match(key) else _text(key)


# Recursive: the model bounds the depth of values.
def _value(value: FrontMatterValue) -> str:
    match value:
        case None:
            return '""'
        case bool():
            return "true" if value else "false"
        case int():
            return str(value) if value in _INTEGERS else _text(str(value))
        case float():
            return _float(value)
        case str():
            return _text(value)
        case datetime() | date():
            return value.isoformat()
        case tuple():
            return f"[{', '.join([_value(item) for item in value if item is not None])}]"
        case FrontMatterMapping():
            pairs = ", ".join(_pairs(value))
            return f"{{ {pairs} }}" if pairs else "{}"
        case _:
            assert_never(value)


def _float(value: float) -> str:
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return repr(value)


def _text(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = 0xFFFD if "\ud800" <= character <= "\udfff" else ord(character)
    return _SHORT_ESCAPES.get(character) or f"\\u{code:04X}"
