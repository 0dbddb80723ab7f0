"""Other colours for an article: a table, a class for each, or a rule that keeps text readable on a dark page."""

from __future__ import annotations

import colorsys
import functools
import re
from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias, TypeVar, cast

import attrs

from newsdao_article.model.attributes import Attributes
from newsdao_article.model.css import Color
from newsdao_article.model.inlines import Highlight, Inline, Span
from newsdao_article.model.walk import Node, child_fields
from newsdao_article.problems import InvalidValueError, LimitExceeded

__all__ = ["DARK", "Palette"]

ColorMap: TypeAlias = Mapping[Color, Color] | Mapping[str, str] | Mapping[str, Color] | Mapping[Color, str]
_NodeType = TypeVar("_NodeType", bound=Node)

_MAX_DEPTH: Final = 200
_STEPS: Final = 100
_CLASS_NAME = re.compile(r"-?[A-Za-z_\u0080-\U0010ffff][\w\-]*\Z")
_NO_CLASS_LETTER = re.compile(r"[^0-9A-Za-z]+")


def _color(value: Color | str) -> Color:
    return value if isinstance(value, Color) else Color(value)


def _opaque(value: Color | str) -> Color:
    color = _color(value)
    if color.alpha != 1:
        raise InvalidValueError(f"page and text have opaque colours, got {color.text!r}")
    return color


def _colors(value: ColorMap) -> Mapping[Color, Color]:
    return {_color(old): _color(new) for old, new in value.items()}


def _classes(value: Mapping[Color, str] | Mapping[str, str]) -> Mapping[Color, str]:
    for name in value.values():
        if _CLASS_NAME.match(str(name)) is None:
            raise InvalidValueError(
                f"not a class name: {name!r}; write one word of letters, digits, '-' and '_'"
            )
    return {_color(old): name for old, name in value.items()}


def _is_contrast(_: object, __: attrs.Attribute[float | None], value: float | None) -> None:
    if value is not None and not 1 <= value <= 4.5:
        raise InvalidValueError(
            f"contrast must be from 1 to 4.5, which every background allows, got {value!r}"
        )


@attrs.frozen(kw_only=True)
class Palette:
    """What becomes of the colours of an article: of its highlights, and of declarations in its `style` attributes.

    `colors` and `backgrounds` give a text or background colour another one, `classes` and `background_classes` a
    class instead (a highlight becomes a `<span class="…">`; where a class is asked for a colour that is no highlight's,
    the colour is kept). Colours compare by value. What is listed is taken as it is given; a class wins over a colour.

    For colours that are not listed: `unlisted="class"` names a class for each (`color-ee2323`, `background-fff3cd`).
    Else `invert` turns light ones dark and dark ones light (HSL lightness, hue and saturation kept), and
    `contrast` moves their lightness, by no more than it takes, until text stands out from what is behind it by that
    WCAG 2 ratio: a text colour from its background, a background from the text on it whose colour is inherited. Translucent
    text becomes opaque then.
    `page` and `text` are the colours of the page around the article. Without any of these, they are kept.

    `DARK` is the palette of a dark page. Raises `InvalidValueError` for what is no colour or no class name, and for
    a `contrast` over 4.5, which not every background allows.
    """

    colors: Mapping[Color, Color] = attrs.field(factory=dict[Color, Color], converter=_colors, hash=False)
    backgrounds: Mapping[Color, Color] = attrs.field(
        factory=dict[Color, Color], converter=_colors, hash=False
    )
    classes: Mapping[Color, str] = attrs.field(factory=dict[Color, str], converter=_classes, hash=False)
    background_classes: Mapping[Color, str] = attrs.field(
        factory=dict[Color, str], converter=_classes, hash=False
    )
    unlisted: Literal["keep", "class"] = attrs.field(
        default="keep", validator=attrs.validators.in_(("keep", "class"))
    )
    invert: bool = False
    contrast: float | None = attrs.field(default=None, validator=_is_contrast)
    page: Color = attrs.field(default=Color("white"), converter=_opaque)
    text: Color = attrs.field(default=Color("black"), converter=_opaque)

    def recolor(self, node: _NodeType) -> _NodeType:
        """`node` in the colours of this palette; what has none keeps its identity. O(n).

        A highlight that only gets classes becomes a `Span`; `node` itself is then one. Raises `LimitExceeded` beyond 200
        levels of nesting.
        """
        return cast("_NodeType", self._recolored(node, _Ground(self.page, self.text), 0))

    def _recolored(self, node: Node, ground: _Ground, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise LimitExceeded(f"content is nested more than {_MAX_DEPTH} levels deep; flatten it")
        changed = node
        if isinstance(node, Highlight):
            changed, ground = self._highlight(node, ground)
        else:
            attributes = getattr(node, "attributes", None)
            if isinstance(attributes, Attributes) and "style" in attributes:
                style, ground = self._style(attributes, ground)
                if style != attributes["style"]:
                    changed = _with_attributes(node, attributes, style)
        changes: dict[str, Any] = {}
        for name in child_fields(changed):
            old: Node | tuple[Node, ...] = getattr(changed, name)
            if isinstance(old, tuple):
                new = tuple([self._recolored(child, ground, depth + 1) for child in old])
                if any(a is not b for a, b in zip(new, old, strict=True)):
                    changes[name] = new
            elif (found := self._recolored(old, ground, depth + 1)) is not old:
                changes[name] = found
        return attrs.evolve(changed, **changes) if changes else changed

    def _highlight(self, node: Highlight, ground: _Ground) -> tuple[Inline, _Ground]:
        names: list[str] = []
        background, color = node.background, node.color
        if background is not None and (
            name := self._class(background, self.background_classes, "background")
        ):
            names.append(name)
            background = None
        if color is not None and (name := self._class(color, self.classes, "color")):
            names.append(name)
            color = None
        new_background, new_color, inner = self._pair(background, color, ground)
        if (new_background, new_color) == (node.background, node.color):
            return node, inner
        if not names:
            return attrs.evolve(node, background=new_background, color=new_color), inner
        attributes = dict(node.attributes)
        if "style" in attributes:
            gone = {"background-color": new_background, "color": new_color}
            rest = node.attributes.style.with_values(
                {key: None if value is None else value.text for key, value in gone.items()}
            )
            attributes["style"] = rest.text
            if not rest.text:
                del attributes["style"]
        attributes["class"] = " ".join([*attributes.get("class", "").split(), *names])
        bag = Attributes.as_read(attributes)
        if new_background is None and new_color is None:
            return Span(node.content, "span", attributes=bag), inner
        return Highlight(node.content, new_color, new_background, attributes=bag), inner

    def _style(self, attributes: Attributes, ground: _Ground) -> tuple[str, _Ground]:
        """A declaration list in other colours; its spelling is kept where nothing changes."""
        style = attributes.style
        behind = "background-color" if style.color("background-color") else "background"
        background, color = style.color(behind), style.color("color")
        if background is None and color is None:
            return attributes["style"], ground
        new_background, new_color, inner = self._pair(background, color, ground)
        values: dict[str, str | None] = {}
        if new_background is not None and new_background != background:
            values[behind] = new_background.text
        if new_color is not None and new_color != color:
            values["color"] = new_color.text
        return (style.with_values(values).text if values else attributes["style"]), inner

    def _class(self, color: Color, classes: Mapping[Color, str], prefix: str) -> str | None:
        name = classes.get(color)
        if name is None and self.unlisted == "class":
            listed = self.colors if prefix == "color" else self.backgrounds
            if color not in listed:
                name = f"{prefix}-{_NO_CLASS_LETTER.sub('-', color.text.lower()).strip('-')}"
        return name

    def _pair(
        self, background: Color | None, color: Color | None, ground: _Ground
    ) -> tuple[Color | None, Color | None, _Ground]:
        """The colours for text and what is behind it, and what children find."""
        new_background, new_color = background, color
        if background is not None:
            new_background = self.backgrounds.get(background)
            if new_background is None:
                new_background = self._inverted(background)
                if self.contrast is not None and color is None:
                    new_background = _background_behind(
                        new_background, ground.background, ground.text, self.contrast
                    )
            ground = attrs.evolve(ground, background=_over(new_background, ground.background))
        if color is not None:
            new_color = self.colors.get(color)
            if new_color is None:
                new_color = self._inverted(color)
                if self.contrast is not None:
                    # Translucent text might not stand out from any background that it meets further in.
                    solid = (
                        new_color
                        if new_color.alpha == 1
                        else _rgb(_over(new_color, ground.background).rgb, 1)
                    )
                    new_color = _text_on(solid, ground.background, self.contrast)
            ground = attrs.evolve(ground, text=new_color)
        return new_background, new_color, ground

    def _inverted(self, color: Color) -> Color:
        if not self.invert:
            return color
        hue, lightness, saturation = colorsys.rgb_to_hls(*color.rgb)
        return _hsl(hue, 1 - lightness, saturation, color.alpha)


@attrs.frozen
class _Ground:
    """What a node stands on: an opaque background, and the colour that text has without one of its own."""

    background: Color
    text: Color


def _with_attributes(node: Node, attributes: Attributes, style: str) -> Node:
    bag = Attributes.as_read({**attributes, "style": style})
    changes: dict[str, Any] = {"attributes": bag}
    return attrs.evolve(node, **changes)


@functools.lru_cache(maxsize=2048)
def _text_on(color: Color, background: Color, contrast: float) -> Color:
    """`color`, lighter or darker by as much as it takes to stand out from an opaque background."""
    if color.contrast(background) >= contrast:
        return color
    return next(
        candidate
        for candidate in _towards(color, _farthest(background))
        if candidate.contrast(background) >= contrast
    )


@functools.lru_cache(maxsize=2048)
def _background_behind(color: Color, below: Color, text: Color, contrast: float) -> Color:
    """`color`, lighter or darker by as much as it takes for `text` to stand out from it."""
    if text.contrast(_over(color, below)) >= contrast:
        return color
    # A translucent text, taken from a table as it is, may stand out from no background.
    return next(
        (
            candidate
            for candidate in _towards(color, _farthest(_over(text, below)))
            if text.contrast(_over(candidate, below)) >= contrast
        ),
        color,
    )


def _farthest(color: Color) -> float:
    """The lightness, 0 or 1, that contrasts more with `color`."""
    return max((0.0, 1.0), key=lambda lightness: _hsl(0, lightness, 0, 1).contrast(color))


def _towards(color: Color, goal: float) -> list[Color]:
    """`color` in equal steps to the lightness `goal`, first as translucent as it is, then opaque."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*color.rgb)
    return [
        _hsl(hue, lightness + (goal - lightness) * step / _STEPS, saturation, alpha)
        for alpha in (color.alpha, 1.0)
        for step in range(1, _STEPS + 1)
    ]


def _hsl(hue: float, lightness: float, saturation: float, alpha: float) -> Color:
    return _rgb(colorsys.hls_to_rgb(hue, lightness, saturation), alpha)


def _over(top: Color, below: Color) -> Color:
    """The opaque colour that `top` gives on an opaque one."""
    if top.alpha == 1:
        return top
    mixed = [top.alpha * t + (1 - top.alpha) * b for t, b in zip(top.rgb, below.rgb, strict=True)]
    # Finer than eight bits, so that no rounding spoils a contrast.
    return Color(f"rgb({' '.join([f'{100 * channel:.4f}%' for channel in mixed])})")


def _rgb(rgb: tuple[float, float, float], alpha: float) -> Color:
    channels = (*rgb, alpha) if alpha != 1 else rgb
    return Color("#" + "".join([f"{round(255 * min(1.0, max(0.0, channel))):02x}" for channel in channels]))


#: The palette of a dark page: lightness inverted, contrast at least 4.5 (WCAG 2 level AA).
DARK: Final = Palette(invert=True, contrast=4.5, page=Color("#121212"), text=Color("#e6e6e6"))
