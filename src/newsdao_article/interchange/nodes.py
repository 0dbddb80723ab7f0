"""Nodes as JSON objects: what fields a class has, and of what kind, is read off the model itself."""

from __future__ import annotations

import functools
import json
import re
import types
from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal, Protocol, Union, cast, get_args, get_origin, get_type_hints

import attrs

from newsdao_article.interchange.strict import (
    MAX_DEPTH,
    Json,
    JsonObject,
    located,
    member_step,
    refuse,
    unique_members,
)
from newsdao_article.interchange.values import (
    ATTRIBUTES,
    BOOLEAN,
    COLOR,
    INTEGER,
    MAPPING,
    TEXT,
    URL,
    Kind,
    choice,
    optional,
    plain_string,
    sequence,
)
from newsdao_article.model.attributes import Attributes
from newsdao_article.model.css import Color
from newsdao_article.model.front_matter import FrontMatterMapping
from newsdao_article.model.inlines import Text
from newsdao_article.model.url import Url
from newsdao_article.problems import InvalidValueError, LimitExceeded

__all__ = ["node"]


def node(classes: tuple[type[attrs.AttrsInstance], ...]) -> Kind:
    """A node of one of `classes`; a plain string where `Text` is among them."""
    names = ", ".join(map(_type_name, classes))

    def encode(value: object, depth: int) -> Json:
        if not isinstance(value, classes):
            raise InvalidValueError(f"expected {names}, got {type(value).__name__} {value!r}"[:120])
        _check_depth(depth)
        return _encode_fields(value, depth)

    def decode(value: object, depth: int) -> object:
        if isinstance(value, str) and Text in classes:
            return Text(plain_string(value))
        if not isinstance(value, JsonObject):
            refuse(f"an object ({names})", value)
        _check_depth(depth)
        members = unique_members(value)
        if "type" not in members:
            raise InvalidValueError(f'a node needs a "type": {names}')
        name = members.pop("type")
        cls = next((cls for cls in classes if name == _type_name(cls)), None)
        if cls is None:
            shown = json.dumps(name) if isinstance(name, str) else "that"
            raise InvalidValueError(f"the type {shown} cannot stand here; use {names}")
        return _make(_record(cls), members, depth)

    return Kind(encode, decode)


def _check_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise LimitExceeded(f"the nodes of an article in JSON may nest {MAX_DEPTH} deep at most")


@attrs.frozen
class _Field:
    """A field of a node class; `default` gives its default for a node, None where there is none."""

    name: str
    kind: Kind
    default: Callable[[object], object] | None


@attrs.frozen
class _Record:
    """A node class: what its type is called, and its fields."""

    cls: type[attrs.AttrsInstance]
    name: str
    fields: Mapping[str, _Field]


def _encode_fields(value: attrs.AttrsInstance, depth: int) -> Json:
    record = _record(type(value))
    members: dict[str, Json] = {"type": record.name}
    for name, field in record.fields.items():
        content = getattr(value, name)
        if field.default is None or content != field.default(value):
            members[name] = field.kind.encode(content, depth + 1)
    is_plain = isinstance(value, Text) and isinstance(members["text"], str)
    return members["text"] if is_plain else members


def _make(record: _Record, members: Mapping[str, object], depth: int) -> attrs.AttrsInstance:
    values: dict[str, object] = {}
    for name, value in members.items():
        field = record.fields.get(name)
        if field is None:
            known = ", ".join(record.fields) or "none"
            raise InvalidValueError(f"{record.name} has no field {json.dumps(name)}; its fields: {known}")
        try:
            values[name] = field.kind.decode(value, depth + 1)
        except InvalidValueError as error:
            raise located(error, member_step(name)) from None
    for field in record.fields.values():
        if field.default is None and field.name not in values:
            raise InvalidValueError(f"{record.name} needs the field {field.name}")
    return record.cls(**values)


@functools.cache
def _record(cls: type[attrs.AttrsInstance]) -> _Record:
    hints = get_type_hints(cls)
    fields = cast("Iterable[_Attribute]", attrs.fields(cls))
    known = [_Field(field.name, _kind(hints[field.name]), _default(field)) for field in fields if field.init]
    return _Record(cls, _type_name(cls), {field.name: field for field in known})


class _Attribute(Protocol):
    """What is used here of `attrs.Attribute`."""

    name: str
    init: bool
    default: object
    converter: Callable[[object], object] | None


class _DefaultFactory(Protocol):
    """What `attrs.field(factory=…)` and `@field.default` leave in `Attribute.default`."""

    factory: Callable[..., object]
    takes_self: bool


def _default(field: _Attribute) -> Callable[[object], object] | None:
    value = field.default
    if value is attrs.NOTHING:
        return None
    if hasattr(value, "takes_self"):
        default = cast("_DefaultFactory", value)
        if default.takes_self:
            return default.factory
        value = default.factory()
    if field.converter is not None:
        value = field.converter(value)
    return lambda _: value


@functools.cache
def _type_name(cls: type[object]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


def _kind(hint: object) -> Kind:
    """The kind of a field from its annotation; a field that has none cannot go unnoticed."""
    if isinstance(hint, type) and hint in _KINDS:
        return _KINDS[hint]
    arguments = get_args(hint)
    origin = get_origin(hint)
    if origin is Literal:
        return choice(arguments)
    if origin is tuple and arguments[1:] == (...,):
        return sequence(_kind(arguments[0]))
    members = arguments if origin in (Union, types.UnionType) else (hint,)
    present = [member for member in members if member is not type(None)]
    if len(present) == 1 and len(members) == 2:
        return optional(_kind(present[0]))
    if len(present) == len(members) and all(attrs.has(cast("type", member)) for member in members):
        return node(cast("tuple[type[attrs.AttrsInstance], ...]", members))
    raise TypeError(f"no JSON form for fields of type {hint}")


_KINDS: Final[Mapping[type, Kind]] = {
    str: TEXT,
    bool: BOOLEAN,
    int: INTEGER,
    Url: URL,
    Color: COLOR,
    Attributes: ATTRIBUTES,
    FrontMatterMapping: MAPPING,
}
