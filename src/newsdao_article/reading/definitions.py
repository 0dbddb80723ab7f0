"""Blocks that leave no trace where they stand: definitions, attribute lists and extensions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.entities import decode_attribute
from newsdao_article.reading.grammar import CODE, END_OF_BLOCK, MARGIN, NULL_AND_SPACE
from newsdao_article.reading.references import Footnote, LinkDefinition, join_attribute_lists, normalize_id
from newsdao_article.reading.span_extensions import EXTENSION_NAMES, wants_html
from newsdao_article.reading.tree import Comment, Element, Verbatim, set_apart

if TYPE_CHECKING:
    from newsdao_article.reading.block_reader import BlockReader

__all__ = ["read_bracket_definition", "read_notation", "read_star_definition"]

_SPACE: Final = r"[ \t\r\f\v]*"
_IDENTIFIER: Final = r"[A-Za-z0-9_][A-Za-z0-9_\-]*"
_LIST: Final = r"((?:\\\}|[^}])+)"
_LINK: Final = re.compile(
    rf"{MARGIN}\[([^\n\]]+)\]:[ \t]*(?:<([^\n]*?)>|([^\n]*?[^ \t\n\r\f\v][^\n]*?))"
    r"(?:(?:[ \t]*?\n|[ \t]+?)[ \t]*?([\"'])([^\n]+?)\4)?[ \t]*?\n"
)
_QUOTE_IN_URL: Final = re.compile(r"[ \t]+[\"']")
_FOOTNOTE: Final = re.compile(rf"{MARGIN}\[\^({_IDENTIFIER})\]:[ \t\r\f\v]*?([^\n]*\n)")
_ABBREVIATION: Final = re.compile(rf"{MARGIN}\*\[([^\n]+?)\]:([^\n]*?)\n")
_ATTRIBUTES: Final = re.compile(rf"{MARGIN}\{{:(?![:/]){_LIST}\}}{_SPACE}\n")
_NAMED_ATTRIBUTES: Final = re.compile(rf"{MARGIN}\{{:({_IDENTIFIER}):{_LIST}\}}{_SPACE}\n")
_EXTENSION: Final = re.compile(
    rf"{MARGIN}\{{::({_IDENTIFIER})(?:[ \t\n\r\f\v]((?:\\\}}|[^}}])*?))?(/)?\}}{_SPACE}\n"
)
_STOP: Final = {
    name: re.compile(rf"^{MARGIN}\{{:/(?:{name})?\}} *\n", re.MULTILINE) for name in EXTENSION_NAMES
}
_INDENT: Final = re.compile(r"\t| {4}")


def read_bracket_definition(reader: BlockReader, position: int) -> int:
    """The definition of a link or a footnote."""
    footnote = _FOOTNOTE.match(reader.text, position)
    if footnote is not None:
        return _read_footnote(reader, footnote)
    match = _LINK.match(reader.text, position)
    if match is None or _QUOTE_IN_URL.search(match[3] or ""):
        return -1
    url: str = match[2] if match[2] is not None else match[3]
    definition = LinkDefinition(url, match[5], reader.take_attributes())
    reader.references.links[normalize_id(match[1])] = definition
    reader.note("definition")
    reader.previous_attributes = definition.attributes
    return match.end()


def _read_footnote(reader: BlockReader, match: re.Match[str]) -> int:
    text = reader.text
    start = match.start(2)
    following = CODE.match(text, match.end())
    end = following.end() if following is not None else match.end()
    pieces: list[str] = []
    local: list[int] = []
    outer: list[int] = []
    length = 0
    line = start
    while line < end:
        next_line = text.index("\n", line) + 1
        indent = _INDENT.match(text, line)
        first = indent.end() if indent is not None else line
        pieces.append(text[first:next_line])
        local.append(length)
        outer.append(first)
        length += next_line - first
        line = next_line
    last = position_end(text, match.start(), end)
    content = Element("li", {}, match.start(), last, markdown=True)
    content.inner_start = min(start, last)
    inner = reader.inner_reader("".join(pieces), local, outer)
    content.children = inner.read_buffer(last)
    set_apart(content.children)
    positions = reader.positions
    reader.references.footnotes[match[1]] = Footnote(
        content, match.start(), end, ends_in_paragraph=inner.kinds[-1:] == ["p"]
    )
    if positions is not None:
        reader.references.foreign.append((content, positions))
    reader.note("definition")
    reader.previous_attributes = {}
    return end


def position_end(text: str, start: int, end: int) -> int:
    """Where the last character that is no white space ends."""
    return start + len(text[start:end].rstrip(NULL_AND_SPACE))


def read_star_definition(reader: BlockReader, position: int) -> int:
    """The definition of an abbreviation."""
    match = _ABBREVIATION.match(reader.text, position)
    if match is None:
        return -1
    attributes = reader.take_attributes()
    title = decode_attribute(match[2].strip(NULL_AND_SPACE))
    reader.references.abbreviations[match[1]] = (title, attributes)
    reader.note("definition")
    reader.previous_attributes = attributes
    return match.end()


def read_notation(reader: BlockReader, position: int) -> int:
    """An attribute list, an extension or an end-of-block mark."""
    text = reader.text
    end_of_block = END_OF_BLOCK.match(text, position)
    if end_of_block is not None:
        reader.note("end")
        return end_of_block.end()
    match = _NAMED_ATTRIBUTES.match(text, position)
    if match is not None:
        lists = reader.references.attribute_lists
        earlier = lists.get(match[1])
        lists[match[1]] = match[2] if earlier is None else join_attribute_lists((earlier, match[2]))
        reader.note("definition")
        return match.end()
    match = _ATTRIBUTES.match(text, position)
    if match is not None:
        _apply(reader, match[1])
        return match.end()
    match = _EXTENSION.match(text, position)
    return -1 if match is None else _extension(reader, match)


def _apply(reader: BlockReader, written: str) -> None:
    if reader.previous_attributes is None:
        reader.pending = [*(reader.pending or []), written]
        return
    attributes = reader.previous_attributes
    element = reader.previous_element
    owned = reader.references.owned_attributes
    if element is not None and not element.markdown and id(attributes) not in owned:
        # Elements that were written in the same way share their attributes.
        element.attributes = attributes = dict(attributes)
    owned.add(id(attributes))
    reader.references.attribute_tasks.append((attributes, written))
    reader.note("attributes")
    reader.previous_attributes = attributes


def _extension(reader: BlockReader, match: re.Match[str]) -> int:
    text = reader.text
    name = match[1]
    if name not in EXTENSION_NAMES:
        return -1
    if match[3]:
        return match.end()
    if match.start() >= reader.no_stop_after.get(name, match.end()):
        return -1
    stop = _STOP[name].search(text, match.end())
    if stop is None:
        reader.no_stop_after[name] = match.start()
        return -1
    content = text[match.end() : stop.start()]
    start, end = match.start(), position_end(text, match.start(), stop.end())
    if name == "comment":
        reader.append(Comment(f" {content.removesuffix(chr(10))} ", start, end))
    elif name == "nomarkdown" and wants_html(match[2]):
        reader.append(Verbatim(content, start, end))
    return stop.end()
