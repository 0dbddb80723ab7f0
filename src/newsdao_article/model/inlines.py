"""The closed union `Inline`: what stands inside a line of text.

Every class is frozen, equal by value, hashable and picklable. Wherever inlines are taken, a
plain `str` counts as `Text`, a single inline as a sequence of one, and adjacent texts are joined,
so that equal-looking content is equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, Literal, TypeAlias, TypeVar, get_args

import attrs

from newsdao_article.model.as_read import AsRead, character_fault, checked, held
from newsdao_article.model.attributes import NO_ATTRIBUTES, Attributes, settled
from newsdao_article.model.css import Color, Style
from newsdao_article.model.representation import compact_repr
from newsdao_article.model.url import Url
from newsdao_article.model.visibility import is_invisible_text
from newsdao_article.problems import InvalidValueError

__all__ = [
    "INLINE_TAGS",
    "Code",
    "Comment",
    "Emphasis",
    "Highlight",
    "Image",
    "Inline",
    "InlineContent",
    "Inlines",
    "LineBreak",
    "Link",
    "RawInline",
    "Small",
    "Span",
    "Strikethrough",
    "Strong",
    "Subscript",
    "Superscript",
    "Text",
    "Underline",
    "as_inlines",
    "checked_markup",
    "is_invisible",
    "join_texts",
    "with_style_values",
]

_Node = TypeVar("_Node")

#: The elements that a `Span` may be.
INLINE_TAGS: Final = frozenset(
    "abbr acronym bdi bdo big cite code data dfn font input kbd label mark q rb rp rt rtc ruby samp span "
    "time tt var wbr a b strong i em u ins s del strike small sub sup".split()
)


def _one_of(*allowed: str) -> Callable[[object, attrs.Attribute[Any], Any], None]:
    def validate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if value not in allowed:
            raise InvalidValueError(
                f"{type(instance).__name__}.{attribute.name} must be one of {', '.join(allowed)}, got {value!r}"
            )

    return validate


def _text(value: str) -> str:
    return checked("text", value, character_fault)


def _optional_text(value: str | None) -> str | None:
    return None if value is None else checked("a title or alternative text", value, character_fault)


def checked_markup(value: str) -> str:
    """`value` if it is text; raw nodes hold any text as it is."""
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError(f"raw markup is given as text, not as {type(value).__name__}")
    return value


def _comment_text(value: str) -> str:
    value = checked("a comment", value, character_fault)
    if not isinstance(value, AsRead) and (
        "--" in value or value.startswith((">", "->")) or value.endswith("-") or "<!" in value
    ):
        raise InvalidValueError(
            "the text of a comment may not hold '--' or '<!', begin with '>' or end with '-'"
        )
    return value


@attrs.frozen(weakref_slot=False)
class Text:
    """Characters as a reader sees them: no markup, no entities."""

    __repr__ = compact_repr

    text: str = attrs.field(converter=_text)


@attrs.frozen(weakref_slot=False)
class LineBreak:
    """A line break inside a paragraph (`<br>`)."""

    __repr__ = compact_repr

    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


@attrs.frozen(weakref_slot=False)
class Comment:
    """An HTML comment, at home among blocks and among inlines; readers never see it."""

    __repr__ = compact_repr

    text: str = attrs.field(converter=_comment_text)


@attrs.frozen(weakref_slot=False)
class RawInline:
    """Markup that no other class fits, verbatim. Renderers escape it unless told to keep it."""

    __repr__ = compact_repr

    html: str = attrs.field(converter=checked_markup)


@attrs.frozen(weakref_slot=False)
class Image:
    """An image (`<img>`); `alt` says in words what it shows, None where the post says nothing."""

    __repr__ = compact_repr

    url: Url = attrs.field(converter=Url)
    alt: str | None = attrs.field(default="", converter=_optional_text)
    title: str | None = attrs.field(default=None, converter=_optional_text)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.attributes:
            typed = {"src": (self.url, None), "alt": (self.alt, None), "title": (self.title, None)}
            object.__setattr__(self, "attributes", settled(self.attributes, typed))


@attrs.frozen(weakref_slot=False)
class Code:
    """Text to be read letter by letter (`<code>`)."""

    __repr__ = compact_repr

    text: str = attrs.field(converter=_text)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


def as_inlines(value: InlineContent) -> Inlines:
    """The inlines that `value` stands for: text becomes `Text`, adjacent texts are joined.

    Raises `InvalidValueError` for anything that is not an inline.
    """
    if isinstance(value, str):
        return (Text(value),) if value else ()
    nodes = tuple(value) if isinstance(value, Iterable) else (value,)
    for node in nodes:
        if type(node) not in _INLINE_CLASSES and not isinstance(node, (str, Inline)):
            raise InvalidValueError(
                f"only inlines can stand here, got {type(node).__name__}; blocks hold inlines, not the reverse"
            )
    return join_texts(nodes)


def join_texts(nodes: Iterable[str | _Node]) -> tuple[Text | _Node, ...]:
    """`nodes` with strings made `Text`, adjacent texts joined and empty ones left out; O(n)."""
    joined: list[Text | _Node] = []
    texts: list[Text] = []
    for node in nodes:
        text = Text(node) if isinstance(node, str) else node
        if isinstance(text, Text):
            if text.text:
                texts.append(text)
        else:
            if texts:
                joined.append(_joined(texts))
                texts = []
            joined.append(text)
    if texts:
        joined.append(_joined(texts))
    return tuple(joined)


def _joined(texts: list[Text]) -> Text:
    if len(texts) == 1:
        return texts[0]
    # A text that came out of a reader may hold what a constructor refuses; joined, it still does.
    return Text(held("".join([text.text for text in texts]), character_fault))


def with_style_values(
    attributes: Attributes, canonical: str | None, values: dict[str, str | None]
) -> Attributes:
    """`attributes` whose `style` agrees with the typed `values`.

    A class that types some declarations leaves `style` out of its bag while `canonical` says it
    all. An authored list that says more, or spells it otherwise, stays in the bag whole, kept in step
    with the typed values, so that its spelling is not lost.
    """
    text = attributes.get("style")
    if text is None:
        return attributes
    style = Style(text)
    changed = {name: value for name, value in values.items() if not _agrees(style, name, value)}
    if changed:
        text = style.with_values(changed).text
    if text == (canonical or ""):
        return attributes.without("style")
    return Attributes.as_read({**attributes, "style": text}) if changed else attributes


def _agrees(style: Style, name: str, value: str | None) -> bool:
    authored = style.get(name)
    if authored is None or value is None:
        return authored is value or (value is None and style.color(name) is None and name.endswith("color"))
    return authored == value


@attrs.frozen(weakref_slot=False)
class Strong:
    """Strong importance, shown bold; `tag` tells `<b>` (the house's) from `<strong>`."""

    __repr__ = compact_repr

    content: Inlines = attrs.field(converter=as_inlines)
    tag: Literal["b", "strong"] = attrs.field(default="b", validator=_one_of("b", "strong"))
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


@attrs.frozen(weakref_slot=False)
class Emphasis:
    """Stress, shown italic; `tag` tells `<em>` from `<i>`."""

    __repr__ = compact_repr

    content: Inlines = attrs.field(converter=as_inlines)
    tag: Literal["em", "i"] = attrs.field(default="em", validator=_one_of("em", "i"))
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


@attrs.frozen(weakref_slot=False)
class Underline:
    """Underlined text; `tag` tells `<u>` from `<ins>` (an insertion)."""

    __repr__ = compact_repr

    content: Inlines = attrs.field(converter=as_inlines)
    tag: Literal["u", "ins"] = attrs.field(default="u", validator=_one_of("u", "ins"))
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


@attrs.frozen(weakref_slot=False)
class Strikethrough:
    """Struck-out text; `tag` tells `<del>` (Markdown's `~~`) from `<s>` and `<strike>`."""

    __repr__ = compact_repr

    content: Inlines = attrs.field(converter=as_inlines)
    tag: Literal["del", "s", "strike"] = attrs.field(default="del", validator=_one_of("del", "s", "strike"))
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


@attrs.frozen(weakref_slot=False)
class Small:
    """Side remarks in small print (`<small>`)."""

    __repr__ = compact_repr

    content: Inlines = attrs.field(converter=as_inlines)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


@attrs.frozen(weakref_slot=False)
class Superscript:
    """Text above the line (`<sup>`)."""

    __repr__ = compact_repr

    content: Inlines = attrs.field(converter=as_inlines)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


@attrs.frozen(weakref_slot=False)
class Subscript:
    """Text below the line (`<sub>`)."""

    __repr__ = compact_repr

    content: Inlines = attrs.field(converter=as_inlines)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


def _optional_color(value: Color | str | None) -> Color | None:
    return value if value is None or isinstance(value, Color) else Color(value)


@attrs.frozen(weakref_slot=False)
class Highlight:
    """Text set off by colour, as the house means by `<span style="color: #ee2323;">`.

    `color` is the text's, `background` what lies behind it; at least one is given. Declarations
    beyond these two stay in `attributes["style"]`, kept in step with both.
    """

    __repr__ = compact_repr

    content: Inlines = attrs.field(converter=as_inlines)
    color: Color | None = attrs.field(default=None, converter=_optional_color)
    background: Color | None = attrs.field(default=None, converter=_optional_color)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.color is None and self.background is None:
            raise InvalidValueError("a highlight needs a color or a background; use Span for neither")
        if "style" in self.attributes:
            values = {
                "background-color": None if self.background is None else self.background.text,
                "color": None if self.color is None else self.color.text,
            }
            object.__setattr__(self, "attributes", with_style_values(self.attributes, self.own_style, values))

    @property
    def own_style(self) -> str:
        """The declarations that the typed fields stand for, in the house's spelling."""
        parts: list[str] = []
        if self.background is not None:
            parts.append(f"background-color: {self.background.text};")
        if self.color is not None:
            parts.append(f"color: {self.color.text};")
        return " ".join(parts)


@attrs.frozen(weakref_slot=False)
class Link:
    """A hyperlink; `rel`, `target`, `class` and the like are in `attributes`."""

    __repr__ = compact_repr

    content: Inlines = attrs.field(converter=as_inlines)
    url: Url = attrs.field(converter=Url)
    title: str | None = attrs.field(default=None, converter=_optional_text)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.attributes:
            typed = {"href": (self.url, None), "title": (self.title, None)}
            object.__setattr__(self, "attributes", settled(self.attributes, typed))


def _inline_tag(value: str) -> str:
    if not isinstance(value, AsRead) and value not in INLINE_TAGS:
        raise InvalidValueError(f"a span cannot be <{value}>; use one of {', '.join(sorted(INLINE_TAGS))}")
    return value


@attrs.frozen(weakref_slot=False)
class Span:
    """Any other inline element: a `<span>`, `<mark>`, `<kbd>`, `<font>`, or one that only the post knows."""

    __repr__ = compact_repr

    content: Inlines = attrs.field(converter=as_inlines)
    tag: str = attrs.field(default="span", converter=_inline_tag)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


#: Everything that can stand inside a line of text. Closed: match it exhaustively.
Inline: TypeAlias = (
    Text
    | Strong
    | Emphasis
    | Underline
    | Strikethrough
    | Small
    | Superscript
    | Subscript
    | Code
    | Highlight
    | Link
    | Image
    | LineBreak
    | Span
    | Comment
    | RawInline
)
#: What a field of inlines holds.
Inlines: TypeAlias = tuple[Inline, ...]
#: What may be given for such a field.
InlineContent: TypeAlias = "str | Inline | Iterable[str | Inline]"

# Looked up first: asking a set is several times faster than asking a union of sixteen classes.
_INLINE_CLASSES: Final = frozenset(get_args(Inline))
INLINE_TYPES: Final[tuple[type[Inline], ...]] = get_args(Inline)


def is_invisible(content: Inlines) -> bool:
    """Whether a reader sees nothing of `content`: blanks, line breaks, comments, empty formatting."""
    stack = list(content)
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            if not is_invisible_text(node.text):
                return False
        elif isinstance(node, (LineBreak, Comment)):
            continue
        elif isinstance(node, (Image, Code, RawInline)) or (isinstance(node, Span) and node.tag == "input"):
            return False
        else:
            stack.extend(node.content)
    return True
