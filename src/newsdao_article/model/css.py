"""CSS values that posts use: colours, and the declarations of a `style` attribute.

Parsing is tinycss2's (CSS Syntax 3, CSS Color 4); what is here adds value equality,
remembered spelling, and edits that leave the rest of a declaration list as it was.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Final, Protocol, cast

import attrs
import tinycss2
import tinycss2.ast
import tinycss2.color4

from newsdao_article.model.representation import compact_repr
from newsdao_article.problems import InvalidValueError

__all__ = ["Color", "Declaration", "Style"]

_WHITE: Final = (1.0, 1.0, 1.0)


@attrs.frozen(weakref_slot=False)
class Color:
    """A CSS colour (CSS Color 4), equal by value, written as it was spelled.

    `Color("#EE2323") == Color("rgb(238, 35, 35)")`. Raises `InvalidValueError` for anything
    that a browser would not take as a colour, and for `currentcolor`, which is no colour of its own.
    """

    __repr__ = compact_repr

    text: str = attrs.field(eq=False)
    #: Colour space, coordinates and alpha, rounded so that spellings of one colour agree.
    value: tuple[str, tuple[float, ...], float] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "value", _color_value(self.text))

    def __str__(self) -> str:
        return self.text

    @property
    def alpha(self) -> float:
        """Opacity from 0 (invisible) to 1."""
        return self.value[2]

    @property
    def rgb(self) -> tuple[float, float, float]:
        """Red, green and blue in sRGB, each from 0 to 1, without the alpha."""
        space, coordinates, alpha = self.value
        if space == "srgb":
            red, green, blue = coordinates
        else:
            converted = _known(tinycss2.color4.Color(space, coordinates, alpha).to("srgb"))
            red, green, blue = (min(1.0, max(0.0, c or 0.0)) for c in converted.coordinates)
        return red, green, blue

    def contrast(self, background: Color | None = None) -> float:
        """The WCAG 2 contrast ratio (1 to 21) of this colour as text on `background` (default white).

        Translucent colours are laid over what is behind them first.
        """
        ground = _WHITE if background is None else _blend(background.rgb, background.alpha, _WHITE)
        text = _blend(self.rgb, self.alpha, ground)
        lighter, darker = sorted((_luminance(text), _luminance(ground)), reverse=True)
        return (lighter + 0.05) / (darker + 0.05)


@functools.lru_cache(maxsize=2048)
def _color_value(text: str) -> tuple[str, tuple[float, ...], float]:
    if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError(f"a colour is given as text, not as {type(text).__name__}")
    read = tinycss2.color4.parse_color(text)
    if read is None or isinstance(read, str):
        raise InvalidValueError(
            f"not a CSS colour: {text!r}; write one such as '#ee2323' or 'rgb(238 35 35)'"
        )
    parsed = _known(read)
    if parsed.space in ("hsl", "hwb"):
        parsed = _known(read.to("srgb"))
    # tinycss2 writes a missing coordinate (`none`) as None, which reads as 0 outside interpolation.
    coordinates = tuple(round(c or 0.0, 4) for c in parsed.coordinates)
    return parsed.space, coordinates, round(parsed.alpha or 0.0, 4)


class _Known(Protocol):
    """What tinycss2's colours have and their type stubs leave out."""

    space: str
    coordinates: tuple[float | None, ...]
    alpha: float | None


def _known(color: tinycss2.color4.Color) -> _Known:
    return cast("_Known", color)


def _blend(top: tuple[float, ...], alpha: float, below: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(alpha * t + (1 - alpha) * b for t, b in zip(top, below, strict=True))


def _luminance(rgb: tuple[float, ...]) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@attrs.frozen(weakref_slot=False)
class Declaration:
    """One `property: value` of a declaration list; the property in lower case, the value as spelled."""

    name: str
    value: str
    important: bool = False


_PARTS = re.compile(r"(?s)([^:]*:\s*)(.*?)(\s*(?:!\s*important)?\s*;?\s*)\Z", re.IGNORECASE)


@attrs.frozen(weakref_slot=False)
class Style:
    """The declaration list of a `style` attribute, equal by its text.

    What is not a declaration (`ee2323;`) stays in the text and has no entry in `declarations`.
    """

    text: str
    declarations: tuple[Declaration, ...] = attrs.field(init=False, repr=False, eq=False)
    #: Whether every part of the text is a declaration.
    well_formed: bool = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        declarations, well_formed = _declarations(self.text)
        object.__setattr__(self, "declarations", declarations)
        object.__setattr__(self, "well_formed", well_formed)

    def __str__(self) -> str:
        return self.text

    def get(self, name: str) -> str | None:
        """The value that counts for the property `name`: the last one, unless an earlier is important."""
        found = [d for d in self.declarations if d.name == name]
        decisive = [d for d in found if d.important] or found
        return decisive[-1].value if decisive else None

    def color(self, name: str) -> Color | None:
        """The colour of the property `name`, None where it is absent or no colour."""
        value = self.get(name)
        if value is None:
            return None
        try:
            return Color(value)
        except InvalidValueError:
            return None

    def with_values(self, values: Mapping[str, str | None]) -> Style:
        """The same list with each property of `values` set, or removed where the value is None.

        Everything else keeps its spelling; a property that is new comes last.
        """
        pending = dict(values)
        parts: list[str] = []
        for segment, name in _segments(self.text):
            if name is None or name not in values:
                parts.append(segment)
            elif (value := pending.pop(name, None)) is not None and (match := _PARTS.match(segment)):
                parts.append(match[1] + value + match[3])
        text = "".join(parts).strip(" \t\n\r\f")
        for name, value in pending.items():
            if value is not None:
                text = f"{text}{'' if not text or text.endswith(';') else ';'}{' ' if text else ''}{name}: {value};"
        return Style(text)


@functools.lru_cache(maxsize=4096)
def _declarations(text: str) -> tuple[tuple[Declaration, ...], bool]:
    found: list[Declaration] = []
    well_formed = True
    for node in tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True):
        if isinstance(node, tinycss2.ast.Declaration):
            value = tinycss2.serialize(node.value).strip(" \t\n\r\f")
            found.append(Declaration(node.lower_name, value, node.important))
        else:
            well_formed = False
    return tuple(found), well_formed


def _segments(text: str) -> list[tuple[str, str | None]]:
    """`text` cut after each top-level semicolon, each part with the property that it declares."""
    segments: list[tuple[str, str | None]] = []
    part: list[tinycss2.ast.Node] = []
    for node in tinycss2.parse_component_value_list(text):
        part.append(node)
        if isinstance(node, tinycss2.ast.LiteralToken) and node.value == ";":
            segments.append(_segment(part))
            part = []
    if part:
        segments.append(_segment(part))
    return segments


def _segment(part: list[tinycss2.ast.Node]) -> tuple[str, str | None]:
    text = tinycss2.serialize(part)
    declarations, _ = _declarations(text)
    return text, declarations[0].name if declarations else None
