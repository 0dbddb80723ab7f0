"""YAML read as Jekyll reads it: libyaml's grammar, SafeYAML 1.0.5's values.

SafeYAML types unquoted scalars only (`yaml_values`), ignores tags (except `!!binary`), lets the
last of several equal keys win, reads an undefined alias as null and merges `<<` in stream order.
All of that is kept, and noted.

What Jekyll reads but this module does not: mappings and sequences as keys, nesting beyond
`MAX_DEPTH`, much more than `MAX_VALUES` values (an alias counts as often as it is used, so
an alias bomb ends here), and an alias inside its own anchor, which is read as null.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final, cast

import attrs
import yaml

from newsdao_article.model.as_read import character_fault, held, name_fault
from newsdao_article.model.front_matter import MAX_DEPTH, MAX_VALUES, FrontMatterMapping, FrontMatterValue
from newsdao_article.problems import InvalidValueError
from newsdao_article.reading.yaml_values import type_plain_scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["YamlDocument", "YamlEntry", "YamlFault", "YamlNote", "read_yaml"]


class YamlFault(Exception):
    """YAML that gives no value; `position` is an offset into the text, `code` a `Problem.code`."""

    def __init__(self, message: str, position: int, code: str = "front-matter-invalid") -> None:
        super().__init__(message)
        self.message: Final = message
        self.position: Final = position
        self.code: Final = code


@attrs.frozen
class YamlNote:
    """Something that is read differently from what its author is likely to have meant."""

    code: str
    message: str
    start: int
    end: int


@attrs.frozen
class YamlEntry:
    """A key of the top-level mapping with its value; offsets are characters of the text."""

    key: str
    value: FrontMatterValue
    line_start: int
    value_start: int
    value_end: int


@attrs.frozen
class YamlDocument:
    """What a text holds: `entries` in source order if it is a mapping, else `root`.

    `by_lines` tells whether each key starts a line of its own and no value leans on another,
    so that the lines of one key can be replaced without touching the rest.
    """

    root: FrontMatterValue
    entries: tuple[YamlEntry, ...] | None
    notes: tuple[YamlNote, ...]
    by_lines: bool


_NOT_YAML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LOADER: Final = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))
_BINARY_TAGS: Final = ("tag:yaml.org,2002:binary", "!binary")


def read_yaml(text: str) -> YamlDocument:
    """The first document of `text`, typed as Jekyll types it. Raises `YamlFault`.

    Works on libyaml's event stream (PyYAML's own parser where libyaml is missing), never
    recursively, and stops at the first excess of depth or number. The caller bounds the size:
    libyaml's time for deeply nested brackets is quadratic.
    """
    if match := _NOT_YAML.search(text):
        raise YamlFault(
            f"it holds the character U+{ord(match.group()):04X}, which YAML does not allow", match.start()
        )
    composer = _Composer(text)
    try:
        for event in _events(text):
            if composer.take(event):
                break
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlFault(str(error.problem or error.context), mark.index if mark else 0) from error
    except (yaml.YAMLError, RecursionError, UnicodeError) as error:
        raise YamlFault("it is not YAML", 0) from error
    return composer.document()


def _events(text: str) -> Iterator[yaml.Event]:
    parse = cast("Callable[..., Iterator[yaml.Event]]", yaml.parse)
    return parse(text, Loader=_LOADER)


@attrs.frozen
class _Node:
    """A value, and of how many it consists with all uses of aliases counted."""

    value: FrontMatterValue
    size: int = 1


@attrs.define
class _Collection:
    """A mapping or sequence whose end has not been read yet."""

    start: int
    anchor: str | None
    mapping: dict[str, FrontMatterValue] | None
    items: list[FrontMatterValue] = attrs.field(factory=list[FrontMatterValue])
    # Keys of its own: one that a merge brought may be given again.
    given: set[str] = attrs.field(factory=set[str])
    key: str | None = None
    key_start: int = 0
    key_end: int = 0
    size: int = 1


class _Composer:
    """Builds values from events, one at a time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[_Collection] = []
        self._anchors: dict[str, _Node] = {}
        self._root: FrontMatterValue = None
        self._entries: list[YamlEntry] | None = None
        self._notes: list[YamlNote] = []
        self._by_lines = True

    def document(self) -> YamlDocument:
        entries = None if self._entries is None else tuple(self._entries)
        return YamlDocument(self._root, entries, tuple(self._notes), self._by_lines and entries is not None)

    def take(self, event: yaml.Event) -> bool:
        """Handles one event; whether the first document has ended."""
        assert event.start_mark is not None
        assert event.end_mark is not None
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, start, end)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin(event, start)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._finish(end)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor or "", start, end)
        return isinstance(event, yaml.DocumentEndEvent)

    def _scalar(self, event: yaml.ScalarEvent, start: int, end: int) -> None:
        text = event.value
        value: FrontMatterValue = text
        # Not the style decides but libyaml's flag: a tag takes the protection of quotes away.
        is_quoted = event.implicit[1]
        tag = event.tag
        if tag is not None:
            self._lean("front-matter-tag", f"Jekyll ignores the tag {tag}", start, end)
        if tag in _BINARY_TAGS:
            value = _decoded(text)
        elif not is_quoted:
            try:
                value = type_plain_scalar(text)
            except ValueError:
                raise YamlFault(f"Jekyll fails on the number {text[:40]!r}", start) from None
        if isinstance(value, str):
            value = held(value, character_fault)
        anchor = event.anchor
        self._add(_Node(value), start, end, anchor, spelling=text)

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, start: int) -> None:
        if self._open and self._expects_key():
            raise YamlFault("a mapping or sequence as a key is not supported", start)
        if len(self._open) >= MAX_DEPTH:
            raise YamlFault(f"it nests more than {MAX_DEPTH} levels deep", start, "front-matter-limit")
        if event.tag is not None:
            self._lean("front-matter-tag", f"Jekyll ignores the tag {event.tag}", start, start)
        anchor = event.anchor
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        if not self._open:
            self._entries = [] if is_mapping else None
            self._by_lines = self._by_lines and not event.flow_style
        self._open.append(_Collection(start, anchor, {} if is_mapping else None))

    def _finish(self, end: int) -> None:
        done = self._open.pop()
        # The top-level mapping is not frozen: its known keys have rules of their own.
        value: FrontMatterValue = None
        if self._open:
            value = tuple(done.items) if done.mapping is None else self._frozen(done.mapping, done.start)
        elif done.mapping is None:
            value = tuple(done.items)
        self._add(_Node(value, done.size), done.start, end, done.anchor)

    @staticmethod
    def _frozen(mapping: dict[str, FrontMatterValue], start: int) -> FrontMatterMapping:
        try:
            return FrontMatterMapping(mapping)
        except InvalidValueError as error:
            raise YamlFault(str(error), start, "front-matter-limit") from None

    def _alias(self, name: str, start: int, end: int) -> None:
        node = self._anchors.get(name)
        if node is None:
            self._lean("front-matter-alias", f"*{name} refers to nothing that is read before it", start, end)
            node = _Node(None)
        self._by_lines = False
        self._add(node, start, end, None)

    def _lean(self, code: str, message: str, start: int, end: int) -> None:
        """Notes something that makes values depend on more than their own lines."""
        self._notes.append(YamlNote(code, message, start, max(end, start)))
        self._by_lines = False

    def _expects_key(self) -> bool:
        return self._open[-1].mapping is not None and self._open[-1].key is None

    def _add(
        self, node: _Node, start: int, end: int, anchor: str | None, spelling: str | None = None
    ) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
            self._by_lines = False
        if not self._open:
            self._root = node.value
            return
        parent = self._open[-1]
        parent.size += node.size
        # Keys count as well here; what exactly a mapping may hold, and how deep, is checked when it is made.
        if parent.size > 2 * MAX_VALUES:
            raise YamlFault(f"it holds more than {MAX_VALUES} values", start, "front-matter-limit")
        if parent.mapping is None:
            parent.items.append(node.value)
        elif parent.key is None:
            self._take_key(parent, node.value, spelling, start, end)
        else:
            self._take_value(parent, parent.mapping, parent.key, node, start, end)

    def _take_key(
        self, parent: _Collection, value: FrontMatterValue, spelling: str | None, start: int, end: int
    ) -> None:
        if isinstance(value, tuple | FrontMatterMapping):
            raise YamlFault("a mapping or sequence as a key is not supported", start)
        if not isinstance(value, str):
            key = str(value) if spelling is None else spelling
            kind = type(value).__name__
            self._notes.append(
                YamlNote("front-matter-key", f"the key {key!r} is no text but {kind}: quote it", start, end)
            )
            value = key
        parent.key, parent.key_start, parent.key_end = held(value, name_fault), start, end

    def _take_value(
        self,
        parent: _Collection,
        mapping: dict[str, FrontMatterValue],
        key: str,
        node: _Node,
        start: int,
        end: int,
    ) -> None:
        parent.key = None
        if key == "<<":
            self._by_lines = False
            self._merge(mapping, node.value, parent, end)
            return
        if key in parent.given:
            message = f"the key {key!r} is given before: the value here wins"
            self._notes.append(YamlNote("front-matter-duplicate", message, parent.key_start, parent.key_end))
        parent.given.add(key)
        mapping[key] = node.value
        self._record(key, node.value, parent, start, end)

    def _merge(
        self, mapping: dict[str, FrontMatterValue], value: FrontMatterValue, parent: _Collection, end: int
    ) -> None:
        if not isinstance(value, FrontMatterMapping):
            raise YamlFault("Jekyll fails on << without a mapping", parent.key_start)
        mapping.update(value)
        for key, item in value.items():
            self._record(key, item, parent, parent.key_start, end)

    def _record(self, key: str, value: FrontMatterValue, parent: _Collection, start: int, end: int) -> None:
        if len(self._open) > 1 or self._entries is None:
            return
        line_start = self._text.rfind("\n", 0, parent.key_start) + 1
        before = self._text[line_start : parent.key_start]
        if before and before.rstrip(" ") != "?":
            self._by_lines = False
        self._entries.append(YamlEntry(key, value, line_start, start, end))


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=False).decode("utf-8")
    except (binascii.Error, ValueError):
        return text
