"""What stands above an article: title, categories, teaser, picture, and whatever else a site keeps.

Values are typed as Jekyll types them (SafeYAML 1.0.5), so `title: 2024` is the integer that a
template would get, not text.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, TypeAlias, assert_never, cast

import attrs

from newsdao_article.model.as_read import character_fault, checked, name_fault
from newsdao_article.problems import InvalidValueError

__all__ = [
    "KNOWN_KEYS",
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MAX_INTEGER_BITS",
    "MAX_VALUES",
    "FrontMatter",
    "FrontMatterInput",
    "FrontMatterMapping",
    "FrontMatterValue",
    "holds_categories",
]

FrontMatterValue: TypeAlias = (
    "bool | int | float | str | date | datetime | tuple[FrontMatterValue, ...] | FrontMatterMapping | None"
)
"""A front matter value, immutable all the way down: the closed set that Jekyll's YAML can give."""

FrontMatterInput: TypeAlias = "FrontMatterValue | Sequence[FrontMatterInput] | Mapping[str, FrontMatterInput]"
"""What constructors accept for a `FrontMatterValue`: lists and mappings are frozen."""

KNOWN_KEYS: Final = ("title", "categories", "excerpt", "feature_text", "feature_image", "image")
"""The keys that `FrontMatter` has fields for, in the order in which house posts write them."""

MAX_CHARACTERS: Final = 65_536
"""How long front matter may be when it is read or written."""

MAX_DEPTH: Final = 32
"""How deep lists and mappings may nest."""

MAX_VALUES: Final = 10_000
"""How many values a `FrontMatterMapping` may hold in all."""

MAX_INTEGER_BITS: Final = 2_048
"""Integers beyond this are refused: Python may refuse to print what has over 640 digits."""


class FrontMatterMapping(Mapping[str, FrontMatterValue]):
    """An immutable, hashable, ordered mapping of front matter values.

    Takes a mapping or pairs; lists inside become tuples and mappings become
    `FrontMatterMapping`. Later pairs win over earlier ones of the same key.

    Two of them are equal if the same keys hold the same values, in whatever order (as for
    `dict`), but stricter than `dict` in one respect: values of different type differ
    (`True`, `1` and `1.0` are three values in YAML), and `nan` equals itself.

    Raises `InvalidValueError` for a key or text with control characters or lone surrogates
    (see `AsRead`), the key `<<`, a time without a time zone, a value of any other type, and input beyond `MAX_DEPTH`, `MAX_VALUES` or
    `MAX_INTEGER_BITS`.
    """

    __slots__ = ("_hash", "_values")

    _hash: int | None
    _values: dict[str, FrontMatterValue]

    def __init__(
        self,
        values: Mapping[str, FrontMatterInput] | Iterable[tuple[str, FrontMatterInput]] = (),
        /,
    ) -> None:
        frozen = _Freezer().pairs(values, 1)
        object.__setattr__(self, "_values", frozen)
        object.__setattr__(self, "_hash", None)

    def __getitem__(self, key: str) -> FrontMatterValue:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __setattr__(self, name: str, value: object) -> None:
        raise attrs.exceptions.FrozenInstanceError

    def __delattr__(self, name: str) -> None:
        raise attrs.exceptions.FrozenInstanceError

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, FrontMatterMapping):
            if not isinstance(other, Mapping):
                return NotImplemented
            try:
                other = FrontMatterMapping(other)  # pyright: ignore[reportUnknownArgumentType]
            except InvalidValueError:
                return False
        return self._values.keys() == other._values.keys() and _identity(self) == _identity(other)

    def __hash__(self) -> int:
        if self._hash is None:
            object.__setattr__(self, "_hash", hash(_identity(self)))
        assert self._hash is not None
        return self._hash

    def __repr__(self) -> str:
        return f"FrontMatterMapping({self._values!r})"

    def __reduce__(self) -> tuple[type[FrontMatterMapping], tuple[tuple[tuple[str, FrontMatterValue], ...]]]:
        return FrontMatterMapping, (tuple(self._values.items()),)


def holds_categories(value: FrontMatterValue) -> bool:
    """Whether `FrontMatter.categories` is the place for this value of the key `categories`.

    It is for a text (which Jekyll splits on white space), a list of texts, and nothing at all.
    """
    if isinstance(value, tuple):
        return all(isinstance(item, str) for item in value)
    return value is None or isinstance(value, str)


class _Freezer:
    """Makes input immutable; counts values, so that shared or endless input ends in an error."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = MAX_VALUES

    def pairs(self, values: object, depth: int) -> dict[str, FrontMatterValue]:
        if isinstance(values, FrontMatterMapping) and depth == 1:
            return dict(values)
        items = cast("Mapping[object, object]", values).items() if isinstance(values, Mapping) else values
        frozen: dict[str, FrontMatterValue] = {}
        for key, value in cast("Iterable[tuple[object, object]]", items):
            if not isinstance(key, str):
                raise InvalidValueError(f"a front matter key must be a str, not {type(key).__name__}")
            if key == "<<":
                raise InvalidValueError(
                    "a front matter key must not be <<: Jekyll merges its value, even if quoted"
                )
            frozen[checked("a front matter key", key, name_fault)] = self.value(value, depth)
        return frozen

    def value(self, value: object, depth: int) -> FrontMatterValue:
        self._left -= 1
        if self._left < 0:
            raise InvalidValueError(f"front matter may hold {MAX_VALUES} values at most")
        if isinstance(value, str):
            return checked("a front matter text", value, character_fault)
        if isinstance(value, Mapping | list | tuple):
            if depth >= MAX_DEPTH:
                raise InvalidValueError(f"front matter values may nest {MAX_DEPTH} deep at most")
            if isinstance(value, Mapping):
                return _mapping(self.pairs(value, depth + 1))  # pyright: ignore[reportUnknownArgumentType]
            sequence = cast("Sequence[object]", value)
            return tuple([self.value(item, depth + 1) for item in sequence])
        return _scalar(value)


def _mapping(values: dict[str, FrontMatterValue]) -> FrontMatterMapping:
    """A mapping of values that are already frozen and checked."""
    mapping = FrontMatterMapping()
    object.__setattr__(mapping, "_values", values)
    return mapping


def _scalar(value: object) -> FrontMatterValue:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if value.bit_length() > MAX_INTEGER_BITS:
            raise InvalidValueError(f"a front matter integer may have {MAX_INTEGER_BITS} bits at most")
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value
    raise InvalidValueError(f"front matter cannot hold a value of type {type(value).__name__}")


def _instant(value: datetime) -> datetime:
    """`value` with a fixed offset, which is all that YAML can say of a time zone."""
    offset = value.utcoffset()
    if offset is None:
        raise InvalidValueError("a time needs a time zone (Jekyll reads one without as UTC): give tzinfo")
    if offset % timedelta(minutes=1):
        return value.astimezone(UTC)
    return value.replace(tzinfo=timezone(offset), fold=0)


def _identity(value: FrontMatterValue) -> tuple[str, Hashable]:
    """What makes two values the same: their type, then their content."""
    match value:
        case FrontMatterMapping():
            return "mapping", frozenset([(key, _identity(item)) for key, item in value.items()])
        case tuple():
            return "sequence", tuple([_identity(item) for item in value])
        case bool() | None:
            return "constant", str(value)
        case float():
            return "float", "nan" if math.isnan(value) else value.hex()
        case datetime():
            return "datetime", value.isoformat()
        case date():
            return "date", value
        case int():
            return "int", value
        case str():
            return "str", value
        case _:
            assert_never(value)


def _line(field: str, value: str | None) -> str | None:
    return None if value is None else checked(field, value, name_fault)


def _text(field: str, value: str | None) -> str | None:
    return None if value is None else checked(field, value, character_fault)


def _title(value: str | None) -> str | None:
    return _line("title", value)


def _image(value: str | None) -> str | None:
    return _line("image", value)


def _feature_image(value: str | None) -> str | None:
    return _line("feature_image", value)


def _excerpt(value: str | None) -> str | None:
    return _text("excerpt", value)


def _feature_text(value: str | None) -> str | None:
    return _text("feature_text", value)


def _categories(value: str | Iterable[str]) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else value
    return tuple([checked("a category", name, name_fault) for name in names])


def _extra(
    value: Mapping[str, FrontMatterInput] | Iterable[tuple[str, FrontMatterInput]],
) -> FrontMatterMapping:
    return value if isinstance(value, FrontMatterMapping) else FrontMatterMapping(value)


@attrs.frozen(kw_only=True)
class FrontMatter:
    r"""The front matter of a post.

    A field holds its own type only. Where a post gives a known key a value of another type
    (`title: 2024` is an integer), the field stays empty and the value is in `extra`, under its
    key, typed as Jekyll types it. Unknown keys are in `extra` too, in their order. A key that
    is null (`title:`) reads as absent.

    Texts are exactly the YAML values. The house writes teasers in the folded form, whose value
    ends with a line feed; leave that out and they are written with `>-`::

        FrontMatter(
            title="제목",
            categories="News",        # or any iterable of names
            excerpt="한 줄 요약\n",    # excerpt: >
            image="https://example.com/a.png",
        )

    Constructors refuse (`InvalidValueError`) an empty title, category or image, one with a line
    break or with white space around it, and control characters (except line feed and tab in
    `excerpt`, `feature_text` and `extra`) or lone surrogates anywhere. What a reader met all
    the same is held as `AsRead`.
    """

    title: str | None = attrs.field(default=None, converter=_title)
    categories: tuple[str, ...] = attrs.field(default=(), converter=_categories)
    excerpt: str | None = attrs.field(default=None, converter=_excerpt)
    feature_text: str | None = attrs.field(default=None, converter=_feature_text)
    image: str | None = attrs.field(default=None, converter=_image)
    feature_image: str | None = attrs.field(default=None, converter=_feature_image)
    extra: FrontMatterMapping = attrs.field(factory=FrontMatterMapping, converter=_extra)

    def __attrs_post_init__(self) -> None:
        for key in KNOWN_KEYS:
            if key not in self.extra:
                continue
            value = self.extra[key]
            if value is None or (holds_categories(value) if key == "categories" else isinstance(value, str)):
                raise InvalidValueError(
                    f"{key} has a field of its own: do not put this value of it into extra"
                )
            if getattr(self, key) not in (None, ()):
                raise InvalidValueError(f"{key} is given twice: by its field and in extra")
