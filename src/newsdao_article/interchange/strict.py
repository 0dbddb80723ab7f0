"""JSON text read strictly: nothing beyond RFC 8259, nothing dropped, nothing too deep, every fault with its place."""

from __future__ import annotations

import collections
import itertools
import json
import math
import re
from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias, cast

from newsdao_article.problems import DecodeError, InvalidValueError, LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "MAX_DEPTH",
    "MAX_SIZE",
    "Json",
    "JsonObject",
    "PlaceFault",
    "RefusedValue",
    "check_size",
    "decoded_items",
    "escape",
    "located",
    "member_step",
    "parse",
    "refuse",
    "unique_members",
]

MAX_DEPTH: Final = 100
"""How many nodes may stand inside one another, the article included."""

MAX_SIZE: Final = 64 * 1024 * 1024
"""How many characters (of bytes: how many bytes) the JSON of an article may have."""

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""What `json` writes."""

# A level of nodes takes two brackets at most; front matter and the forms of odd values take less than the rest.
_MAX_BRACKETS: Final = 2 * MAX_DEPTH + 56
_MAX_DIGITS: Final = 640
# A quoted string (closed or not, so that no start is tried twice) or anything else that nests nothing.
_FLAT: Final = re.compile(r'"(?>(?:[^"\\]++|\\.)*)"?|[^"\[\]{}]++', re.DOTALL)
# Legal in JSON strings, but not safe in terminals, JavaScript or UTF-8.
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class JsonObject(tuple[tuple[str, object], ...]):
    """The members of a JSON object as written, repeated ones included."""

    __slots__ = ()


class RefusedValue:
    """A JSON value that is refused once its place is known."""

    __slots__ = ("fault",)

    def __init__(self, fault: str) -> None:
        self.fault = fault


_TYPE_NAMES: Final[tuple[tuple[type, str], ...]] = (
    (JsonObject, "an object"),
    (list, "an array"),
    (str, "a string"),
    (bool, "true or false"),
    (type(None), "null"),
)


class PlaceFault(InvalidValueError):
    """A refused value and the way to it, innermost step first."""

    def __init__(self, message: str, step: str) -> None:
        super().__init__(message)
        self.steps = [step]

    @property
    def path(self) -> str:
        """The steps from the outermost, as one expression."""
        return "".join(reversed(self.steps))


def located(error: InvalidValueError, step: str) -> PlaceFault:
    """`error` with one more step, outside those it has."""
    if not isinstance(error, PlaceFault):
        return PlaceFault(str(error), step)
    error.steps.append(step)
    return error


def member_step(name: str) -> str:
    """The step into the member `name` of an object."""
    return f".{name}" if _PLAIN_NAME.match(name) else f"[{json.dumps(name)}]"


def refuse(expected: str, value: object) -> NoReturn:
    """Raises `InvalidValueError` for a parsed `value` that is not what was `expected`."""
    if isinstance(value, RefusedValue):
        raise InvalidValueError(value.fault)
    got = next((name for cls, name in _TYPE_NAMES if isinstance(value, cls)), "a number")
    raise InvalidValueError(f"expected {expected}, got {got}")


def unique_members(pairs: JsonObject) -> dict[str, object]:
    """The members of an object by name; raises `InvalidValueError` where a name is repeated."""
    members = dict(pairs)
    if len(members) != len(pairs):
        counts = collections.Counter(name for name, _ in pairs)
        repeated = next(name for name, count in counts.items() if count > 1)
        raise InvalidValueError(f"the member {json.dumps(repeated)} is given twice")
    return members


def decoded_items(value: object, decode: Callable[[object], object]) -> Iterator[object]:
    """Each item of an array, decoded; a fault tells the item's index."""
    if not isinstance(value, list):
        refuse("an array", value)
    for index, item in enumerate(cast("list[object]", value)):
        try:
            yield decode(item)
        except InvalidValueError as error:
            raise located(error, f"[{index}]") from None


def check_size(text: str | bytes) -> None:
    """Raises `LimitExceeded` for a text beyond `MAX_SIZE`."""
    if len(text) > MAX_SIZE:
        raise LimitExceeded(
            f"the JSON of an article may have {MAX_SIZE:,} characters, this one has {len(text):,}"
        )


def escape(text: str) -> str:
    """JSON `text` with what must not stand in it as it is (lone surrogates, line separators) escaped."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DecodeError(
            f"not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}",
            offset=error.start,
            line=line,
        ) from None


def parse(source: str | bytes) -> object:
    """The values of JSON text: objects as `JsonObject`, numbers beyond all measure as `RefusedValue`; O(n).

    Raises `InvalidValueError` for text that is no JSON, `DecodeError` for bytes that are not
    UTF-8, `LimitExceeded` for what is too large or too deep.
    """
    check_size(source)
    text = _decode(source) if isinstance(source, bytes) else source
    brackets = _FLAT.sub("", text)
    depth = max(itertools.accumulate(1 if bracket in "[{" else -1 for bracket in brackets), default=0)
    if depth > _MAX_BRACKETS:
        raise LimitExceeded(
            f"the JSON of an article may nest {_MAX_BRACKETS} deep, this nests {depth:,} deep"
        )
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=JsonObject,
            parse_constant=lambda name: RefusedValue(f"{name} is no JSON value"),
            parse_float=_float,
            parse_int=_integer,
        )
    except json.JSONDecodeError as error:
        raise InvalidValueError(
            f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        ) from None


def _float(text: str) -> float | RefusedValue:
    value = float(text)
    return value if math.isfinite(value) else RefusedValue(f"{text[:20]} is too large a number")


def _integer(text: str) -> int | RefusedValue:
    return (
        int(text)
        if len(text) <= _MAX_DIGITS
        else RefusedValue(f"a number may have {_MAX_DIGITS} digits at most")
    )
