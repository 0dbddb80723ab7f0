"""Which attributes, URLs and declarations may be written, and how."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from newsdao_article.model.attributes import URL_ATTRIBUTES, is_safe_attribute
from newsdao_article.model.css import Style
from newsdao_article.model.url import Url
from newsdao_article.rendering.escape import escape_attribute, without_controls

__all__ = ["SAFE_PROPERTIES", "Typed", "safe_style", "write_attributes"]

#: Attributes that fields of a node stand for, in the order in which they are written; None is not written.
Typed: TypeAlias = Iterable[tuple[str, str | None]]

#: Properties that colour, size, space and align an element within its own box.
SAFE_PROPERTIES: Final = frozenset(
    """
    background background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width
    border-collapse border-color border-left border-left-color border-left-style border-left-width border-radius
    border-right border-right-color border-right-style border-right-width border-spacing border-style border-top
    border-top-color border-top-style border-top-width border-width caption-side clear color direction display
    empty-cells float font font-family font-size font-style font-variant font-weight height letter-spacing
    line-height list-style list-style-position list-style-type margin margin-bottom margin-left margin-right
    margin-top max-height max-width min-height min-width opacity overflow overflow-wrap padding padding-bottom
    padding-left padding-right padding-top table-layout text-align text-decoration text-decoration-color
    text-decoration-line text-indent text-transform vertical-align white-space width word-break word-spacing word-wrap
    """.split()
)
# Functions that only compute: everything else (url(), image-set(), expression()…) may load or run something.
_SAFE_FUNCTIONS: Final = (
    "rgb(",
    "rgba(",
    "hsl(",
    "hsla(",
    "hwb(",
    "lab(",
    "lch(",
    "oklab(",
    "oklch(",
    "calc(",
    "color(",
)


def write_attributes(typed: Typed, bag: Mapping[str, str], *, trusted: bool) -> str:
    """The attributes with a leading blank each, values escaped; unless `trusted`, only what the allow-lists hold."""
    parts: list[str] = []
    written: set[str] = set()
    for name, value in typed:
        if value is not None:
            written.add(name)
            _write(name, value, parts, trusted=trusted)
    for name, value in bag.items():
        if name not in written and (trusted or is_safe_attribute(name)):
            _write(name, value, parts, trusted=trusted)
    return "".join(parts)


def _write(name: str, value: str, parts: list[str], *, trusted: bool) -> None:
    if type(value) is not str:
        # A subclass may do the work of `replace` in its own way: Markup escapes what it is told to look for.
        value = str.__str__(value)
    if not trusted:
        if name in URL_ATTRIBUTES and not Url.as_read(value).is_safe:
            return
        value = safe_style(value) if name == "style" else without_controls(value)
        if not value and name == "style":
            return
    parts.append(f' {name}="{escape_attribute(value)}"')


@functools.lru_cache(maxsize=4096)
def safe_style(text: str) -> str:
    """The declaration list less what is not in `SAFE_PROPERTIES` or could load something.

    A list of which nothing has to go keeps its spelling, malformed parts included: no browser
    acts on them.
    """
    text = without_controls(text)
    lowered = text.lower()
    # Escapes and comments could hide a name from the checks below; no list of these sites has any.
    if any(mark in lowered for mark in ("\\", "/*", "@", "<", "{", "}", "[")):
        return ""
    style = Style(text)
    kept = [d for d in style.declarations if d.name in SAFE_PROPERTIES and _is_safe_value(d.value)]
    if len(kept) == len(style.declarations) and _is_safe_value(text):
        return text
    return " ".join(f"{d.name}: {d.value}{' !important' if d.important else ''};" for d in kept)


def _is_safe_value(value: str) -> bool:
    lowered = value.lower()
    for function in _SAFE_FUNCTIONS:
        lowered = lowered.replace(function, "")
    return "(" not in lowered
