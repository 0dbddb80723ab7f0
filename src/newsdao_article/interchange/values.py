"""How the values of fields are written as JSON and read back: one kind for each type of value."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Final, TypeVar, assert_never, cast

import attrs

from newsdao_article.interchange.strict import (
    Json,
    JsonObject,
    RefusedValue,
    decoded_items,
    located,
    member_step,
    refuse,
    unique_members,
)
from newsdao_article.model.as_read import AsRead
from newsdao_article.model.attributes import Attributes
from newsdao_article.model.css import Color
from newsdao_article.model.front_matter import FrontMatterMapping, FrontMatterValue
from newsdao_article.model.url import Url
from newsdao_article.problems import InvalidValueError

__all__ = [
    "ATTRIBUTES",
    "BOOLEAN",
    "COLOR",
    "INTEGER",
    "MAPPING",
    "TEXT",
    "URL",
    "Kind",
    "choice",
    "optional",
    "plain_string",
    "sequence",
]

_Expected = TypeVar("_Expected")

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# A high and a low surrogate side by side: JSON would make one character of them.
_PAIR: Final = re.compile("[\ud800-\udbff](?=[\udc00-\udfff])")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_DATETIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{6})?)?)?\Z"
)
_FLOATS: Final = {"nan": math.nan, "infinity": math.inf, "-infinity": -math.inf}


@attrs.frozen
class Kind:
    """How one type of value is written and read; both functions also get the depth of the node.

    `encode` raises `InvalidValueError` for a value of another type, `decode` for parsed JSON
    that the field does not take.
    """

    encode: Callable[[object, int], Json]
    decode: Callable[[object, int], object]


def plain_string(value: object) -> str:
    """`value` if it is a string that UTF-8 can hold; raises `InvalidValueError` otherwise."""
    if not isinstance(value, str):
        refuse("a string", value)
    if surrogate := _SURROGATE.search(value):
        code = ord(surrogate[0])
        raise InvalidValueError(f"holds a lone surrogate (U+{code:04X}, index {surrogate.start()})")
    return value


def _instance(value: object, expected: type[_Expected]) -> _Expected:
    if not isinstance(value, expected):
        raise InvalidValueError(f"expected {expected.__name__}, got {type(value).__name__} {value!r}"[:120])
    return value


def _is_accepted(make: Callable[[], object]) -> bool:
    try:
        make()
    except InvalidValueError:
        return False
    return True


def _encode_as_read(text: str) -> Json:
    parts: list[Json] = []
    start = 0
    for match in _PAIR.finditer(text):
        parts.append(text[start : match.end()])
        start = match.end()
    return {"type": "as_read", "value": [*parts, text[start:]] if parts else str(text)}


def _decode_as_read(value: object) -> AsRead | None:
    """What an `as_read` object stands for, None for any other value."""
    if not isinstance(value, JsonObject) or ("type", "as_read") not in value:
        return None
    members = unique_members(value)
    parts = members.get("value")
    texts = cast("list[object]", parts) if isinstance(parts, list) else [parts]
    if len(members) != 2 or not all(isinstance(text, str) for text in texts):
        raise InvalidValueError('as_read takes one more member, "value": a string or a list of strings')
    return AsRead("".join(cast("list[str]", texts)))


def _encode_text(value: object, _: int = 0) -> Json:
    text = _instance(value, str)
    if isinstance(text, AsRead) or _SURROGATE.search(text):
        return _encode_as_read(text)
    return str(text)


def _decode_text(value: object, _: int = 0) -> str:
    text = _decode_as_read(value)
    return plain_string(value) if text is None else text


#: Any text, or what was read in its place.
TEXT: Final = Kind(_encode_text, _decode_text)


def _encode_url(value: object, _: int) -> Json:
    text = str(_instance(value, Url))
    return text if _is_accepted(lambda: Url(text)) else _encode_as_read(text)


def _decode_url(value: object, _: int) -> Url:
    text = _decode_as_read(value)
    return Url(plain_string(value)) if text is None else Url.as_read(text)


#: A URL, as read where its constructor would refuse it.
URL: Final = Kind(_encode_url, _decode_url)

#: A colour as it is spelled.
COLOR: Final = Kind(
    lambda value, _: _instance(value, Color).text, lambda value, _: Color(plain_string(value))
)


def _decode_boolean(value: object, _: int) -> bool:
    return value if isinstance(value, bool) else refuse("true or false", value)


#: True or false.
BOOLEAN: Final = Kind(lambda value, _: _instance(value, bool), _decode_boolean)


def _decode_integer(value: object, _: int) -> int:
    is_integer = isinstance(value, int) and not isinstance(value, bool)
    return cast("int", value) if is_integer else refuse("a whole number", value)


#: A whole number.
INTEGER: Final = Kind(lambda value, _: _instance(value, int), _decode_integer)


def choice(choices: tuple[str, ...]) -> Kind:
    """One of some strings."""

    def decode(value: object, _: int) -> str:
        text = plain_string(value)
        if text not in choices:
            raise InvalidValueError(f"must be one of {', '.join(choices)}, got {json.dumps(text[:40])}")
        return text

    return Kind(lambda value, _: str(_instance(value, str)), decode)


def optional(kind: Kind) -> Kind:
    """A value of `kind`, or null."""
    return Kind(
        lambda value, depth: None if value is None else kind.encode(value, depth),
        lambda value, depth: None if value is None else kind.decode(value, depth),
    )


def sequence(kind: Kind) -> Kind:
    """An array of values of `kind`, a tuple in the model."""

    def encode(value: object, depth: int) -> Json:
        return [kind.encode(item, depth) for item in cast("tuple[object, ...]", _instance(value, tuple))]

    def decode(value: object, depth: int) -> tuple[object, ...]:
        return tuple(decoded_items(value, lambda item: kind.decode(item, depth)))

    return Kind(encode, decode)


def _encode_attributes(value: object, _: int) -> Json:
    pairs = _instance(value, Attributes).items()
    return _encode_mapping((name, _encode_attribute(name, str(text))) for name, text in pairs)


def _encode_attribute(name: str, text: str) -> Json:
    return text if _is_accepted(lambda: Attributes({name: text})) else _encode_as_read(text)


def _decode_attributes(value: object, _: int) -> Attributes:
    pairs = _decode_mapping(value, _decode_attribute)
    return Attributes.as_read({name: cast("str", text) for name, text in pairs.items()})


def _decode_attribute(name: str, value: object) -> str:
    text = _decode_as_read(value)
    return Attributes({name: plain_string(value)})[name] if text is None else str(text)


#: Attributes as an object of strings; those that the constructor would refuse are as read.
ATTRIBUTES: Final = Kind(_encode_attributes, _decode_attributes)


def _encode_front_matter(value: object, _: int) -> Json:
    pairs = _instance(value, FrontMatterMapping).items()
    return _encode_mapping((key, _encode_value(item)) for key, item in pairs)


def _decode_front_matter(value: object, _: int = 0) -> FrontMatterMapping:
    decoded = _decode_mapping(value, lambda _, item: _decode_value(item))
    return FrontMatterMapping(cast("dict[str, FrontMatterValue]", decoded))


#: An object of front matter values.
MAPPING: Final = Kind(_encode_front_matter, _decode_front_matter)


def _encode_mapping(pairs: Iterable[tuple[str, Json]]) -> Json:
    members = dict(pairs)
    if any(isinstance(key, AsRead) or _SURROGATE.search(key) for key in members):
        return [[_encode_text(key), value] for key, value in members.items()]
    return members


def _decode_mapping(value: object, decode: Callable[[str, object], object]) -> dict[str, object]:
    decoded: dict[str, object] = {}
    for key, item in _entries(value).items():
        try:
            decoded[key] = decode(key, item)
        except InvalidValueError as error:
            raise located(error, member_step(key)) from None
    return decoded


def _entries(value: object) -> Mapping[str, object]:
    if isinstance(value, JsonObject):
        return unique_members(value)
    if not isinstance(value, list):
        refuse("an object", value)
    pairs = decoded_items(cast("list[object]", value), _decode_pair)
    return unique_members(JsonObject(cast("Iterable[tuple[str, object]]", pairs)))


def _decode_pair(value: object) -> tuple[str, object]:
    pair = cast("list[object]", value) if isinstance(value, list) else []
    if len(pair) != 2:
        raise InvalidValueError("expected a pair [key, value]")
    return _decode_text(pair[0]), pair[1]


def _encode_value(value: FrontMatterValue) -> Json:
    match value:
        case FrontMatterMapping():
            members = _encode_mapping((key, _encode_value(item)) for key, item in value.items())
            is_plain = isinstance(members, dict) and "type" not in members
            return members if is_plain else {"type": "mapping", "entries": members}
        case tuple():
            return [_encode_value(item) for item in value]
        case datetime():
            return {"type": "datetime", "value": value.isoformat()}
        case date():
            return {"type": "date", "value": value.isoformat()}
        case str():
            return _encode_text(value)
        case float():
            return value if math.isfinite(value) else {"type": "float", "value": _float_name(value)}
        case None | bool() | int():
            return value
        case _:
            assert_never(value)


def _float_name(value: float) -> str:
    if math.isnan(value):
        return "nan"
    return "infinity" if value > 0 else "-infinity"


def _decode_value(value: object) -> FrontMatterValue:
    if isinstance(value, list):
        items = decoded_items(cast("list[object]", value), _decode_value)
        return cast("FrontMatterValue", tuple(items))
    if isinstance(value, JsonObject):
        return _decode_typed(value)
    if isinstance(value, str):
        return plain_string(value)
    if isinstance(value, RefusedValue):
        refuse("a value", value)
    return cast("bool | int | float | None", value)


def _decode_typed(value: JsonObject) -> FrontMatterValue:
    members = unique_members(value)
    if "type" not in members:
        return _decode_front_matter(value)
    name = members["type"]
    if name == "as_read":
        return _decode_as_read(value)
    if name == "mapping" and len(members) == 2 and "entries" in members:
        try:
            return _decode_front_matter(members["entries"])
        except InvalidValueError as error:
            raise located(error, ".entries") from None
    text = members.get("value")
    if len(members) == 2 and isinstance(text, str):
        if name == "float" and text in _FLOATS:
            return _FLOATS[text]
        if name == "date" and _DATE.match(text):
            return _moment(date.fromisoformat, text)
        if name == "datetime" and _DATETIME.match(text):
            return _moment(datetime.fromisoformat, text)
    raise InvalidValueError(
        'an object with a type must be {"type": "date", "value": "2024-07-01"}, likewise "datetime", "float" '
        '(nan, infinity, -infinity) or "as_read", or {"type": "mapping", "entries": {…}}'
    )


def _moment(read: Callable[[str], date], text: str) -> date:
    try:
        return read(text)
    except ValueError:
        raise InvalidValueError(f"the calendar has no {text}") from None
