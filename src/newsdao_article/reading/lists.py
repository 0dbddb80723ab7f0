"""Lists, with kramdown's rules for indentation, lazy lines and the paragraphs in items."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.grammar import (
    ATTRIBUTE_LIST,
    BLANK,
    END_OF_BLOCK,
    NULL_AND_SPACE,
    RULE,
    html_line,
)
from newsdao_article.reading.references import SpanTask
from newsdao_article.reading.source import PositionMap
from newsdao_article.reading.tree import Element, Node, set_apart

if TYPE_CHECKING:
    from newsdao_article.reading.block_reader import BlockReader

__all__ = ["read_definition_list", "read_list"]

LIST_START: Final = re.compile(r" {0,3}(?:[+*\-]|[0-9]+\.)[\t| ][^\n]*\n")
_MARKERS: Final = {"ul": r"[+*\-]", "ol": r"[0-9]+\.", "dl": r":"}
_ITEM_ATTRIBUTES: Final = re.compile(
    r"[ \t\n\r\f\v]*\{:(?!(?:[A-Za-z0-9_][A-Za-z0-9_\-]*)?:|/)((?:\\\}|[^}\n])+)\}[ \t\n\r\f\v]*"
)
_EMPTY_LINE: Final = re.compile(
    r"(?:[ \t\r\f\v]*\{:(?!(?:[A-Za-z0-9_][A-Za-z0-9_\-]*)?:|/)(?:\\\}|[^}\n])+\})?[ \t\r\f\v]*\n"
)
_TASK: Final = re.compile(r"[ \t\n\r\f\v]*\[([ xX])\][ \t\n\r\f\v]+")
_SPACES: Final = re.compile(" *")
_SPACES_AND_TABS: Final = re.compile("( *)(\t+)")
_TABS: Final = re.compile("\t+")


@lru_cache(maxsize=64)
def marker_pattern(kind: str, indentation: int) -> re.Pattern[str]:
    """A line that begins the next item of a list whose content is indented this far."""
    return re.compile(rf"( {{0,{min(3, indentation - 1)}}}{_MARKERS[kind]})([\t| ][^\n]*\n)")


@lru_cache(maxsize=64)
def item_patterns(indentation: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Lines that belong to an item by their indentation, and those that follow lazily."""
    tabs, spaces = divmod(indentation, 4)
    filled = r"[ \t\r\f\v]*[^ \t\r\f\v\n][^\n]*\n"
    content = re.compile(rf"(?:(?:\t| {{4}}){{{tabs}}} {{{spaces}}}|(?:\t| {{4}}){{{tabs + 1}}}){filled}")
    lazy = re.compile(rf"(?! {{0,{min(indentation, 3)}}}(?:{ATTRIBUTE_LIST}|{html_line('')})){filled}")
    return content, lazy


class ItemLines:
    """The content of an item, as pieces of text and where they came from.

    A nested list begins a new part, which is read after the part before it.
    """

    __slots__ = ("attributes", "end", "indentation", "parts", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.indentation = 4
        self.attributes: str | None = None
        self.parts: list[tuple[list[str], list[int], list[int]]] = [([], [], [])]

    def add(self, piece: str, outer: int) -> None:
        """Add a piece that stands at `outer`."""
        pieces, local, outers = self.parts[-1]
        local.append(local[-1] + len(pieces[-1]) if local else 0)
        outers.append(outer)
        pieces.append(piece)

    def first_line(self, reader: BlockReader, width: int, start: int, end: int) -> str:
        """Take the rest of the line with the marker, `width` columns wide; its content."""
        text = reader.text
        content = text[start:end]
        if _EMPTY_LINE.match(content):
            indentation = 4
        else:
            expanded = content
            while True:
                tabs = _SPACES_AND_TABS.match(expanded)
                if tabs is None:
                    break
                column = width + len(tabs[1])
                filling = " " * (4 - column % 4 + (len(tabs[2]) - 1) * 4)
                expanded = tabs[1] + filling + expanded[tabs.end() :]
            spaces = _SPACES.match(expanded)
            indentation = width + (spaces.end() if spaces is not None else 0)
        self.indentation = indentation
        stripped = content.lstrip(" \t\n\r\f\v")
        first = end - len(stripped)
        attributes = _ITEM_ATTRIBUTES.match(stripped)
        if attributes is not None:
            self.attributes = attributes[1]
            first += attributes.end()
            stripped = stripped[attributes.end() :]
        self.add(stripped, first)
        self.end = end
        return stripped

    def read(self, reader: BlockReader, end: int) -> tuple[list[Node], list[str]]:
        """The blocks of the item and their kinds, blank lines included."""
        children: list[Node] = []
        inner: BlockReader | None = None
        kinds: list[str] = []
        for pieces, local, outer in self.parts:
            following = reader.inner_reader("".join(pieces), local, outer)
            if inner is not None:
                following.previous = inner.previous
                following.previous_element = inner.previous_element
                following.kinds = inner.kinds
            children += following.read_buffer(end)
            inner = following
            kinds = following.kinds
        return children, kinds


def read_list(reader: BlockReader, position: int) -> int:
    """A list that begins at `position`."""
    text = reader.text
    first = position
    while text[first] == " ":
        first += 1
    kind = "ol" if text[first].isdigit() else "ul"
    if marker_pattern(kind, 4).match(text, position) is None:
        return -1
    items, end, ended = _collect(reader, kind, position)
    last = items[-1].end
    last = position + len(text[position:last].rstrip(NULL_AND_SPACE))
    element = Element(kind, reader.take_attributes(), position, last, markdown=True)
    element.inner_start = position
    reader.append(element)
    trailing_blank = _read_items(reader, element, items, ended)
    set_apart(element.children)
    if trailing_blank and not ended:
        reader.note("blank")
    return end


def _collect(reader: BlockReader, kind: str, position: int) -> tuple[list[ItemLines], int, bool]:
    """The items of a list, where it ends, and whether an end-of-block mark ended it."""
    text = reader.text
    length = len(text)
    marker = marker_pattern(kind, 4)
    items: list[ItemLines] = []
    content, lazy = item_patterns(4)
    nested = after_blank = False
    while position < length:
        if after_blank and RULE.match(text, position):
            break
        ending = END_OF_BLOCK.match(text, position)
        if ending is not None:
            return items, ending.end(), True
        match = marker.match(text, position)
        if match is not None:
            item = ItemLines(position)
            items.append(item)
            line = item.first_line(reader, len(match[1]), match.end(1), match.end())
            marker = marker_pattern(kind, item.indentation)
            content, lazy = item_patterns(item.indentation)
            nested = LIST_START.match(line) is not None
            after_blank = False
            position = match.end()
            continue
        match = content.match(text, position) or (None if after_blank else lazy.match(text, position))
        if match is not None:
            nested = _add_line(items[-1], match[0], position, nested=nested)
            after_blank = False
            items[-1].end = match.end()
        else:
            match = BLANK.match(text, position)
            if match is None:
                break
            nested = after_blank = True
            items[-1].add(match[0], position)
        position = match.end()
    return items, position, False


def _add_line(item: ItemLines, line: str, position: int, *, nested: bool | None) -> bool:
    """Add a line without its indentation; whether the item holds a list from now on.

    `nested` tells whether it does already; None that it does not matter.
    """
    indentation = item.indentation
    tabs = _TABS.match(line)
    skipped = 0
    if tabs is not None:
        # The columns beyond the tabs themselves exist only here.
        skipped = 3 * tabs.end()
        line = "    " * tabs.end() + line[tabs.end() :]
    indented = line.startswith(" " * indentation)
    if indented:
        line = line[indentation:]
        skipped = indentation - skipped
    starts_list = LIST_START.match(line) is not None
    if nested is None:
        starts_list = False
    if not nested and indented and starts_list:
        item.parts.append(([], [], []))
        nested = True
    elif nested and not indented and starts_list:
        item.add(" " * (indentation + 4), position)
    item.add(line, max(position, position + skipped) if indented else position)
    return bool(nested)


def _read_items(reader: BlockReader, element: Element, items: list[ItemLines], ended: bool) -> bool:
    """Read the content of the items; whether the last one ends in a blank line."""
    text = reader.text
    task_list = False
    all_loose = True
    trailing_blank = False
    for index, item in enumerate(items):
        end = item.start + len(text[item.start : item.end].rstrip(NULL_AND_SPACE))
        child = Element("li", {}, item.start, end, markdown=True)
        if item.attributes is not None:
            reader.references.attribute_tasks.append((child.attributes, item.attributes))
        child.inner_start = min(item.parts[0][2][0], end)
        element.children.append(child)
        known_tasks = len(reader.references.tasks)
        child.children, kinds = item.read(reader, end)
        set_apart(child.children)
        if len(kinds) > 1 and kinds[0] == "p" and kinds[1] == "attributes":
            del kinds[1]
        if not kinds:
            all_loose = False
            continue
        last_item = index == len(items) - 1
        tight = (
            kinds[0] == "p"
            and (len(kinds) < 2 or kinds[1] != "blank" or (last_item and len(kinds) == 2 and not ended))
            and (not last_item or len(items) == 1 or not all_loose)
        )
        if tight:
            reader.references.transparent.append(child)
            if len(kinds) > 1 and kinds[1] != "blank":
                reader.references.tasks[known_tasks].text += "\n"
        if tight or kinds[0] != "p":
            all_loose = False
        if reader.grammar.gfm and kinds[0] == "p":
            task_list |= _mark_task(reader, known_tasks)
            if task_list:
                child.attributes["class"] = "task-list-item"
        trailing_blank = kinds[-1] == "blank"
    if task_list:
        element.attributes["class"] = "task-list"
    return trailing_blank


def _mark_task(reader: BlockReader, first_task: int) -> bool:
    """Turn `[ ]` or `[x]` at the beginning of an item into a check box."""
    tasks = reader.references.tasks
    if len(tasks) == first_task:
        return False
    task = tasks[first_task]
    match = _TASK.match(task.text)
    if match is None:
        return False
    attributes = {"type": "checkbox", "class": "task-list-item-checkbox", "disabled": "disabled"}
    if match[1] != " ":
        attributes["checked"] = "checked"
    positions = task.positions
    start, end = task.base + match.start(1) - 1, task.base + match.end(1) + 1
    if positions is not None:
        start = positions.up_to(start, reader.positions)
        end = positions.up_to(end - 1, reader.positions) + 1
    task.element.children.append(Element("input", attributes, start, end, markdown=True))
    length = match.end()
    if task.positions is None or task.base:
        task.base += length
    else:
        task.positions = PositionMap([0], [length], task.positions)
    task.text = task.text[length:]
    return True


def read_definition_list(reader: BlockReader, position: int) -> int:
    """Definitions, whose terms are the lines of the paragraph before them."""
    term_task, loose = reader.definition_terms()
    if term_task is None or marker_pattern("dl", 4).match(reader.text, position) is None:
        return -1
    paragraph = term_task.element
    items, end = _collect_definitions(reader, position)
    last = position + len(reader.text[position : items[-1][0].end].rstrip(NULL_AND_SPACE))
    element = reader.open_definition_list()
    if element is None:
        element = Element("dl", paragraph.attributes, paragraph.start, last, markdown=True)
        element.inner_start = paragraph.start
        reader.append(element, "dl")
    element.end = element.inner_end = last
    earlier, element.children = element.children, _terms(reader, term_task)
    trailing_blank = False
    for item, loose_item in items:
        trailing_blank = _read_definition(reader, element, item, trailing_blank, loose=loose or loose_item)
        loose = False
    set_apart(element.children)
    earlier += element.children
    element.children = earlier
    if trailing_blank:
        reader.note("blank")
    return end


def _terms(reader: BlockReader, task: SpanTask) -> list[Node]:
    terms: list[Node] = []
    offset = 0
    for line in task.text.split("\n"):
        start = task.base + offset
        offset += len(line) + 1
        first, last = start, start + len(line)
        if task.positions is not None:
            first = task.positions.up_to(first, reader.positions)
            last = task.positions.up_to(last - 1, reader.positions) + 1 if line else first
        term = Element("dt", {}, first, last, markdown=True)
        term.inner_start = first
        attributes = _ITEM_ATTRIBUTES.match(line)
        if attributes is not None:
            reader.references.attribute_tasks.append((term.attributes, attributes[1]))
            start += attributes.end()
            line = line[attributes.end() :]
        reader.references.tasks.append(SpanTask(term, line, start, task.positions, task.depth))
        terms.append(term)
    return terms


def _collect_definitions(reader: BlockReader, position: int) -> tuple[list[tuple[ItemLines, bool]], int]:
    text = reader.text
    length = len(text)
    marker = marker_pattern("dl", 4)
    items: list[tuple[ItemLines, bool]] = []
    content, lazy = item_patterns(4)
    loose = after_blank = False
    while position < length:
        match = marker.match(text, position)
        if match is not None:
            item = ItemLines(position)
            items.append((item, loose))
            item.first_line(reader, len(match[1]), match.end(1), match.end())
            marker = marker_pattern("dl", item.indentation)
            content, lazy = item_patterns(item.indentation)
            loose = after_blank = False
            position = match.end()
            continue
        if END_OF_BLOCK.match(text, position):
            break
        item = items[-1][0]
        match = content.match(text, position) or (None if after_blank else lazy.match(text, position))
        if match is not None:
            _add_line(item, match[0], position, nested=None)
            item.end = match.end()
            loose = after_blank = False
        else:
            match = BLANK.match(text, position)
            if match is None:
                break
            item.add(match[0], position)
            loose = after_blank = True
        position = match.end()
    return items, position


def _read_definition(
    reader: BlockReader, element: Element, item: ItemLines, trailing_blank: bool, *, loose: bool
) -> bool:
    """Read a definition; whether the last one so far that is not empty ends in a blank line."""
    text = reader.text
    end = item.start + len(text[item.start : item.end].rstrip(NULL_AND_SPACE))
    child = Element("dd", {}, item.start, end, markdown=True)
    if item.attributes is not None:
        reader.references.attribute_tasks.append((child.attributes, item.attributes))
    child.inner_start = min(item.parts[0][2][0], end)
    element.children.append(child)
    first_task = len(reader.references.tasks)
    child.children, kinds = item.read(reader, end)
    set_apart(child.children)
    if not kinds:
        return trailing_blank
    trailing_blank = kinds[-1] == "blank"
    if kinds[0] == "p" and not loose:
        reader.references.transparent.append(child)
        if len(kinds) - trailing_blank > 1:
            reader.references.tasks[first_task].text += "\n"
    return trailing_blank
