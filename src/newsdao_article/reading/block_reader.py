"""The loop that finds the blocks of one buffer, and what its parts tell each other.

kramdown tries its block parsers in a fixed order at the beginning of each line; here the first
character of the line chooses the few that can match, in the same order. After an HTML block
the rest of its line counts as a line of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.definitions import read_bracket_definition, read_notation, read_star_definition
from newsdao_article.reading.grammar import BLANK, BOUNDARY, Grammar
from newsdao_article.reading.html_blocks import read_html, read_marked, read_plain_html
from newsdao_article.reading.leaf_blocks import (
    read_fence,
    read_heading,
    read_indented_code,
    read_paragraph,
    read_rule,
    read_underlined_heading,
)
from newsdao_article.reading.lists import read_definition_list, read_list
from newsdao_article.reading.mathematics import read_mathematics
from newsdao_article.reading.quotes import read_quote
from newsdao_article.reading.references import Attributes, References, SpanTask
from newsdao_article.reading.source import PositionMap, clamp, translate, translate_problems
from newsdao_article.reading.tables import read_table
from newsdao_article.reading.tags import DEPTH_LIMIT, END, RawReader, Tag, classify, too_deep
from newsdao_article.reading.tree import Comment, Element, Node, Verbatim

if TYPE_CHECKING:
    from collections.abc import Callable

    _Readers = tuple[Callable[["BlockReader", int], int], ...]

__all__ = ["BlockReader"]

_UNDERLINES: Final = ("-", "=")
_STRAY_LINE: Final = re.compile(r"[^\n]*\n")
_FENCE_CLOSE: Final = re.compile(r"^ {0,3}([~`]{3,})[ \t\r\f\v]*\n", re.MULTILINE)


class BlockReader:
    """Reads the blocks of one buffer: a body, or the content of a list item or a quotation.

    `previous` says what stood before the place that is being read: nothing (""), "blank",
    "end" for an end-of-block mark, or the kind of block. `paragraph` is the text of the
    paragraph just before, which further lines join.
    """

    __slots__ = (
        "children",
        "depth",
        "element_name",
        "end_tag",
        "grammar",
        "inside_html",
        "kinds",
        "no_fence_after",
        "no_formula_after",
        "no_stop_after",
        "paragraph",
        "pending",
        "positions",
        "previous",
        "previous_attributes",
        "previous_element",
        "raw",
        "references",
        "term",
        "text",
    )

    def __init__(
        self, text: str, references: References, grammar: Grammar, positions: PositionMap | None, depth: int
    ) -> None:
        self.text = text
        self.references = references
        self.grammar = grammar
        self.positions = positions
        self.depth: int = depth
        self.children: list[Node] = []
        self.kinds: list[str] = []
        self.element_name = ""
        self.inside_html = False
        self.end_tag: tuple[int, int] | None = None
        self.previous = ""
        self.previous_element: Element | None = None
        self.paragraph: SpanTask | None = None
        self.term: SpanTask | None = None
        self.pending: list[str] | None = None
        self.previous_attributes: Attributes | None = None
        self.no_formula_after = len(text)
        self.no_fence_after: dict[str, int] = {}
        self.no_stop_after: dict[str, int] = {}
        self.raw = RawReader(text, references.problems, self._marked)

    def _marked(self, element: Element, tag: Tag, position: int, depth: int) -> int:
        return read_marked(self, element, tag, position, depth)

    def append(self, node: Element | Comment | Verbatim, kind: str = "block") -> None:
        """Add a block."""
        self.children.append(node)
        self.previous = kind
        self.kinds.append(kind)
        if type(node) is Element:
            self.previous_element = node
            self.previous_attributes = node.attributes
        else:
            self.previous_element = None
            self.previous_attributes = {}
        self.paragraph = None

    def note(self, kind: str) -> None:
        """Note something that is not in the tree but parts blocks."""
        if kind != self.previous:
            self.kinds.append(kind)
        self.previous = kind
        self.previous_element = None
        self.previous_attributes = None
        self.paragraph = None
        self.term = None
        self.pending = None

    def take_attributes(self, written: Attributes | None = None) -> Attributes:
        """The attributes of a new block: those in its tag, later those of a list just before it."""
        attributes: Attributes = {} if written is None else dict(written)
        if self.pending is not None:
            tasks = self.references.attribute_tasks
            for attribute_list in self.pending:
                tasks.append((attributes, attribute_list))
            self.references.owned_attributes.add(id(attributes))
            self.pending = None
        return attributes

    def at_boundary(self) -> bool:
        """Whether a block that needs room before it may begin here."""
        return self.previous in {"", "blank", "end"} or self.pending is not None

    def before_boundary(self, position: int) -> bool:
        """Whether a block that needs room after it may end here."""
        return BOUNDARY.match(self.text, position) is not None

    def add_task(self, element: Element, first: int, last: int) -> SpanTask:
        """Have the text between two offsets read as the content of an element."""
        task = SpanTask(element, self.text[first:last], first, self.positions, self.depth)
        task.breaks = self.grammar.gfm and not self.inside_html and element.markdown
        self.references.tasks.append(task)
        return task

    def inner_reader(self, text: str, local: list[int], outer: list[int]) -> BlockReader:
        """A reader for a buffer made of pieces of this one."""
        if self.depth >= DEPTH_LIMIT:
            raise too_deep(outer[0] if self.positions is None else self.positions.source(outer[0]))
        positions = PositionMap(local, outer, self.positions)
        inner = BlockReader(text, self.references, self.grammar, positions, self.depth + 1)
        inner.inside_html = self.inside_html
        return inner

    def read_buffer(self, end: int) -> list[Node]:
        """Read the whole buffer; the blocks have the offsets of the buffer around it, up to `end`."""
        problems = self.references.problems
        known_problems = len(problems)
        self.read(0)
        positions = self.positions
        if positions is not None:
            translate(self.children, positions)
            clamp(self.children, end)
            translate_problems(problems, known_problems, positions.outer, positions.outer_end)
        return self.children

    def read_inside(self, element: Element, position: int, depth: int) -> tuple[int, int] | None:
        """Read the blocks inside an element up to its end tag, whose extent is returned."""
        saved = (
            self.children,
            self.previous,
            self.previous_element,
            self.paragraph,
            self.element_name,
            self.depth,
        )
        kinds, self.kinds = self.kinds, []
        inside_html, self.inside_html = self.inside_html, True
        pending, self.pending = self.pending, None
        self.children = element.children
        self.element_name = element.tag
        self.depth = depth
        self.previous = ""
        self.previous_element = None
        self.previous_attributes = None
        self.paragraph = None
        self.read(position)
        self.children, self.previous, self.previous_element, self.paragraph, self.element_name, self.depth = (
            saved
        )
        self.pending = pending
        self.kinds = kinds
        self.inside_html = inside_html
        self.previous_attributes = element.attributes
        found, self.end_tag = self.end_tag, None
        return found

    def find_end_tag(self, name: str, position: int) -> tuple[int, int] | None:
        """The extent of the first end tag with the given name."""
        text = self.text
        while True:
            at = text.find("</", position)
            if at < 0:
                return None
            tag = classify(text, at)
            if tag.kind == END and tag.name.lower() == name.lower():
                return at, at + tag.length
            position = at + 2

    def closing_fence(self, fence: str, position: int) -> tuple[int, int] | None:
        """Where the line that closes a fence begins and ends."""
        if position >= self.no_fence_after.get(fence, position + 1):
            return None
        for match in _FENCE_CLOSE.finditer(self.text, position):
            marks = match[1]
            if marks.startswith(fence) and not marks[len(fence) :].strip(fence[-1]):
                return match.start(), match.end()
        self.no_fence_after[fence] = position
        return None

    def read(self, position: int) -> None:
        """Read blocks up to the end of the buffer, or of the element that is being read."""
        text = self.text
        length = len(text)
        blank = BLANK.match
        readers = _READERS
        while position < length:
            character = text[position]
            if character == "\n":
                match = blank(text, position)
                assert match is not None
                position = match.end()
                self.blank(match[0])
                continue
            at = position
            if character in " \t":
                match = blank(text, position)
                if match is not None:
                    position = match.end()
                    self.blank(match[0])
                    continue
                if character == "\t" or text.startswith("    ", position):
                    end = read_indented_code(self, position)
                    if end >= 0:
                        position = end
                        continue
                while text[at] == " " and at < position + 3:
                    at += 1
                character = text[at]
            elif character in "\r\f\v":
                match = blank(text, position)
                if match is not None:
                    position = match.end()
                    self.blank(match[0])
                    continue
            if character == "<":
                if at == position and self.pending is None:
                    end = read_plain_html(self, position)
                    if end != position:
                        position = end
                        continue
                end = read_html(self, position, at)
                if self.end_tag is not None:
                    return
                if end >= 0:
                    position = end
                    continue
            else:
                attempts = readers.get(character, _NO_READERS)
                for attempt in attempts:
                    end = attempt(self, position)
                    if end >= 0:
                        break
                else:
                    end = -1
                if end >= 0:
                    position = end
                    continue
            position = self._text_block(position, character)

    def blank(self, written: str) -> None:
        """Note blank lines; the first one takes an attribute list that waits for a block."""
        if self.previous != "blank":
            paragraph = self.paragraph if written == "\n" else None
            self.note("blank")
            self.term = paragraph
        else:
            self.term = None

    def definition_terms(self) -> tuple[SpanTask | None, bool]:
        """The paragraph whose lines are terms, and whether a blank line follows it."""
        if self.paragraph is not None:
            return self.paragraph, False
        if self.previous == "blank":
            return self.term, True
        return None, False

    def open_definition_list(self) -> Element | None:
        """Take away the paragraph with the terms; the definition list before it, if there is one."""
        self.children.pop()
        self.references.tasks.pop()
        kinds = self.kinds
        if kinds[-1] == "blank":
            kinds.pop()
        kinds.pop()
        last = self.children[-1] if self.children else None
        if (
            type(last) is not Element
            or not kinds
            or kinds[-2 if kinds[-1] == "blank" and len(kinds) > 1 else -1] != "dl"
        ):
            return None
        if kinds[-1] == "blank":
            kinds.pop()
        self.previous = "dl"
        self.previous_element = last
        self.previous_attributes = last.attributes
        self.paragraph = None
        return last

    def _text_block(self, position: int, character: str) -> int:
        if self.previous in {"", "blank", "end"} or self.pending is not None:
            text = self.text
            line_end = text.find("\n", position)
            if text.startswith(_UNDERLINES, line_end + 1):
                end = read_underlined_heading(self, position)
                if end >= 0:
                    return end
            if text.find("|", position, line_end) >= 0:
                end = read_table(self, position)
                if end >= 0:
                    return end
        attempts = _LATE_READERS.get(character, _NO_READERS)
        for attempt in attempts:
            end = attempt(self, position)
            if end >= 0:
                return end
        if character == "\t":
            match = _STRAY_LINE.match(self.text, position)
            assert match is not None
            self._bare_line(position, match.end())
            return match.end()
        return read_paragraph(self, position)

    def _bare_line(self, position: int, end: int) -> None:
        """A line indented by spaces and a tab, which no parser of kramdown takes: text without a paragraph."""
        last = self.children[-1] if self.children else None
        task = self.references.tasks[-1] if type(last) is Element and not last.tag else None
        if task is not None and task.element is last and self.kinds[-1] == "block":
            # Such lines run on, as one text.
            task.text += self.text[position:end]
            assert type(last) is Element
            last.end = last.inner_end = end
            return
        element = Element("", {}, position, end, markdown=True)
        element.inner_start = position
        self.append(element)
        self.add_task(element, position, end)
        self.references.has_bare_lines = True


_NO_READERS: Final[_Readers] = ()
_READERS: Final[dict[str, _Readers]] = {
    "~": (read_fence,),
    "`": (read_fence,),
    ">": (read_quote,),
    "#": (read_heading,),
    "*": (read_rule, read_list),
    "-": (read_rule, read_list),
    "_": (read_rule,),
    "+": (read_list,),
    ":": (read_definition_list,),
    **dict.fromkeys("0123456789", (read_list,)),
}
_LATE_READERS: Final[dict[str, _Readers]] = {
    "$": (read_mathematics,),
    "[": (read_bracket_definition,),
    "*": (read_star_definition,),
    "{": (read_notation,),
    "^": (read_notation,),
}
