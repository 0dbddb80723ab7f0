"""The attributes of an element that no field of its class holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Self, TypeAlias

from newsdao_article.model.as_read import AsRead
from newsdao_article.model.css import Style
from newsdao_article.problems import InvalidValueError

__all__ = [
    "NO_ATTRIBUTES",
    "SAFE_ATTRIBUTES",
    "URL_ATTRIBUTES",
    "AttributeSource",
    "Attributes",
    "is_safe_attribute",
    "settled",
]

#: What may be given for attributes: a mapping, or pairs in order.
AttributeSource: TypeAlias = "Mapping[str, str] | Iterable[tuple[str, str]]"

#: Attributes that describe, size or label an element and run nothing, in any browser.
SAFE_ATTRIBUTES: Final = frozenset(
    """
    abbr align alt aria-hidden axis bgcolor border cellpadding cellspacing char charoff checked cite class
    clear color colspan compact contenteditable content coords datetime decoding dir disabled download draggable
    face frame headers height hidden href hreflang hspace id ismap itemid itemprop itemref itemscope itemtype
    lang language loading longdesc nowrap noshade open referrerpolicy rel rev reversed role rowspan rules
    scope shape size sizes span spellcheck src start style summary tabindex target title translate type usemap
    valign value vspace width xml:lang
    """.split()
)
#: Those of `SAFE_ATTRIBUTES` whose value is a URL and falls under the URL policy.
URL_ATTRIBUTES: Final = frozenset({"cite", "href", "itemid", "longdesc", "src", "usemap"})

_NAME = re.compile(r"[a-z_][a-z0-9_.:\-]*\Z")
_PREFIXED = re.compile(r"(?:data|aria)-[a-z0-9_.\-]+\Z")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def is_safe_attribute(name: str) -> bool:
    """Whether an attribute of that name may be written without trust in its author."""
    return name in SAFE_ATTRIBUTES or _PREFIXED.match(name) is not None


class Attributes(Mapping[str, str]):
    """An immutable, hashable mapping of attribute names to values that remembers their order.

    Two are equal when they hold the same pairs, since the order of attributes means nothing in
    HTML. The constructor refuses names that must not be published (event handlers, anything
    outside `SAFE_ATTRIBUTES`, `data-…` and `aria-…`), broken `style` declarations, line ends and control
    characters; `Attributes.as_read` keeps what a post holds.
    """

    __slots__ = ("_hash", "_pairs")
    _pairs: dict[str, str]
    _hash: int | None

    def __new__(cls, pairs: AttributeSource = ()) -> Self:
        if isinstance(pairs, cls):
            return pairs
        items = _items(pairs)
        for name, value in items.items():
            _check(name, value)
        return cls.as_read(items)

    @classmethod
    def as_read(cls, pairs: AttributeSource) -> Self:
        """The attributes exactly as a post has them, whatever they are."""
        self = super().__new__(cls)
        object.__setattr__(self, "_pairs", dict(pairs))
        object.__setattr__(self, "_hash", None)
        return self

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("attributes are immutable; use with_value() or without()")

    def __getitem__(self, name: str) -> str:
        return self._pairs[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Attributes):
            return self._pairs == other._pairs
        return NotImplemented

    def __hash__(self) -> int:
        if self._hash is None:
            object.__setattr__(self, "_hash", hash(frozenset(self._pairs.items())))
        assert self._hash is not None
        return self._hash

    def __repr__(self) -> str:
        return f"Attributes({self._pairs!r})"

    def __reduce__(self) -> tuple[object, tuple[dict[str, str]]]:
        return type(self).as_read, (self._pairs,)

    @property
    def style(self) -> Style:
        """The declarations of the `style` attribute (none where it is absent)."""
        return Style(self._pairs.get("style", ""))

    @property
    def classes(self) -> tuple[str, ...]:
        """The names in the `class` attribute."""
        return tuple(filter(None, re.split("[ \t\n\r\f]+", self._pairs.get("class", ""))))

    def with_value(self, name: str, value: str) -> Self:
        """The same attributes with one more, or with another value in its old place."""
        if self._pairs.get(name) == value:
            return self
        if value.__class__ is not AsRead:
            _check(name, value)
        return self.as_read({**self._pairs, name: value})

    def without(self, *names: str) -> Self:
        """The same attributes less those named."""
        if not any(name in self._pairs for name in names):
            return self
        return self.as_read({name: value for name, value in self._pairs.items() if name not in names})


def _items(pairs: AttributeSource) -> dict[str, str]:
    try:
        if isinstance(pairs, str):
            raise TypeError
        return dict(pairs)
    except (TypeError, ValueError):
        raise InvalidValueError(
            f"attributes are a mapping or pairs of names and values, got {pairs!r}"[:120]
        ) from None


NO_ATTRIBUTES: Final = Attributes.as_read({})


def settled(
    attributes: Attributes, typed: Mapping[str, tuple[str | None, re.Pattern[str] | None]]
) -> Attributes:
    """`attributes` without those that the fields of a class hold.

    `typed` maps an attribute's name to the text that its field stands for (None where the field is
    unset) and to the pattern of values that the field can hold. A set field wins over the bag; for an unset one
    the bag may keep what the field cannot hold, and nothing else: `InvalidValueError`.
    """
    for name, (value, pattern) in typed.items():
        if name not in attributes:
            continue
        if value is not None:
            attributes = attributes.without(name)
        elif pattern is None or pattern.fullmatch(attributes[name]):
            raise InvalidValueError(f"{name}={attributes[name]!r} has a field of its own; set that instead")
    return attributes


def _check(name: str, value: str) -> None:
    if not all(isinstance(part, str) for part in (name, value)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError(f"attributes map names to text, got {name!r}: {value!r}")
    if not _NAME.match(name) or not is_safe_attribute(name):
        raise InvalidValueError(
            f"the attribute {name!r} may not be published; use one of HTML's descriptive attributes, data-… or aria-…"
        )
    if isinstance(value, AsRead):
        return
    if control := _CONTROL.search(value):
        raise InvalidValueError(f"the value of {name!r} holds the control character {control[0]!r}")
    if "\n" in value:
        raise InvalidValueError(f"the value of {name!r} must be one line")
    if name in URL_ATTRIBUTES:
        from newsdao_article.model.url import Url

        Url(value)
    elif name == "style" and not Style(value).well_formed:
        raise InvalidValueError(f"not a list of CSS declarations: {value!r}; write 'property: value;'")
