"""What each tag does inside `<body>`: the insertion mode "in body" of the HTML standard.

Section 13.2.6.4.7, with what it borrows from "in head" and "in template". Scripting is off,
as it is for whoever reads a page without running it.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from newsdao_article.reading.content_models import (
    BLOCKS,
    BUTTON_BOUNDARIES,
    CELLS,
    FORMATTING,
    HEADINGS,
    IMPLIED_END_THOROUGH,
    LIST_BOUNDARIES,
    LOSES_FIRST_NEWLINE,
    ROW_GROUPS,
    SCOPED,
    SPECIAL,
    TABLE_PARTS,
    UNREAD,
)
from newsdao_article.reading.html_tokens import Tag
from newsdao_article.reading.html_tree import TreeConstruction
from newsdao_article.reading.tree import Element

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet


__all__ = ["IN_HEAD", "BodyRules", "Mode"]


class Mode(Enum):
    """The insertion modes that can occur once `<body>` is open."""

    BODY = auto()
    TABLE = auto()
    CAPTION = auto()
    COLUMNS = auto()
    ROWS = auto()
    ROW = auto()
    CELL = auto()
    TEMPLATE = auto()
    AFTER_BODY = auto()
    AFTER_HTML = auto()


IN_HEAD: Final = frozenset("base basefont bgsound link meta noframes script style template title".split())

_IGNORED: Final = TABLE_PARTS | {"frame", "frameset", "head"}
_TERMS: Final = frozenset({"dd", "dt"})
_SEEN_THROUGH: Final = frozenset({"address", "div", "p"})
_MODE_OF_OPEN: Final = (
    dict.fromkeys(CELLS, Mode.CELL)
    | dict.fromkeys(ROW_GROUPS, Mode.ROWS)
    | {
        "body": Mode.BODY,
        "caption": Mode.CAPTION,
        "colgroup": Mode.COLUMNS,
        "table": Mode.TABLE,
        "tr": Mode.ROW,
    }
)


_Rule = TypeVar("_Rule")


def _by_name(*rules: tuple[AbstractSet[str], _Rule]) -> dict[str, _Rule]:
    """One rule for each tag; a later one takes precedence."""
    return {name: rule for names, rule in rules for name in names}


class BodyRules(TreeConstruction):
    """The rules for start tags, end tags and text "in body"."""

    def __init__(self, *, quirks: bool) -> None:
        super().__init__()
        self.mode = Mode.BODY
        self.template_modes: list[Mode] = []
        self.raw_text: str | None = None
        self.script_depth = 0
        self.skips_newline = False
        self.starts: dict[Mode, Callable[[Tag], None]] = {Mode.BODY: self.start_in_body}
        self.ends: dict[Mode, Callable[[str], None]] = {Mode.BODY: self.end_in_body}
        self._quirks = quirks
        self._form: Element | None = None

    def reset_mode(self) -> None:
        """Choose the insertion mode by what is open ("reset the insertion mode appropriately")."""
        for name in reversed(self.open.names):
            if name == "template":
                self.mode = self.template_modes[-1]
                return
            if name in _MODE_OF_OPEN:
                self.mode = _MODE_OF_OPEN[name]
                return

    # Start tags.

    def start_in_body(self, tag: Tag) -> None:
        rule = self._STARTS.get(tag.name)
        if rule is not None:
            rule(self, tag)
        else:
            self._start_ordinary(tag)

    def start_in_head(self, tag: Tag) -> None:
        if tag.name == "template":
            self.insert(tag)
            self.formatting.mark()
            self.mode = Mode.TEMPLATE
            self.template_modes.append(Mode.TEMPLATE)
        elif tag.name in UNREAD:
            self._start_unread(tag)
        else:
            self.insert_empty(tag)

    def _start_ordinary(self, tag: Tag) -> None:
        self.reopen()
        self.insert(tag)

    def _start_ignored(self, tag: Tag) -> None:
        """`<body>`, `<head>`, `<td>` and the like vanish here; their content stays."""

    def _start_unread(self, tag: Tag) -> None:
        """An element whose content is text until its end tag."""
        if tag.name in ("plaintext", "xmp"):
            self.close_paragraph()
        if tag.name == "xmp":
            self.reopen()
        self.insert(tag)
        self.raw_text = tag.name
        self.script_depth = 0
        self.skips_newline = tag.name in LOSES_FIRST_NEWLINE

    def _start_block(self, tag: Tag) -> None:
        self.close_paragraph()
        self.insert(tag)
        self.skips_newline = tag.name in LOSES_FIRST_NEWLINE

    def _start_heading(self, tag: Tag) -> None:
        self.close_paragraph()
        if self.open.names[-1] in HEADINGS:
            self.pop()
        self.insert(tag)

    def _start_form(self, tag: Tag) -> None:
        in_template = self.open.has("template")
        if self._form is None or in_template:
            self.close_paragraph()
            element = self.insert(tag)
            if not in_template:
                self._form = element

    def start_form_in_table(self, tag: Tag) -> None:
        if self._form is None and not self.open.has("template"):
            self._form = self.insert(tag)
            self.pop()

    def _start_item(self, tag: Tag) -> None:
        """`li` closes an open li, `dd` and `dt` an open dd or dt, unless a special element is between."""
        siblings = frozenset({"li"}) if tag.name == "li" else _TERMS
        if any(self.open.has(name) for name in siblings):
            for name in reversed(self.open.names):
                if name in siblings:
                    self.imply_ends(name)
                    self.pop_until(frozenset({name}))
                    break
                if name in SPECIAL and name not in _SEEN_THROUGH:
                    break
        self.close_paragraph()
        self.insert(tag)

    def _start_button(self, tag: Tag) -> None:
        if self.open.has_in_scope("button"):
            self.imply_ends()
            self.pop_until(frozenset({"button"}))
        self._start_ordinary(tag)

    def _start_anchor(self, tag: Tag) -> None:
        previous = self.formatting.last("a")
        if previous is not None:
            self.adopt("a")
            self.formatting.remove(previous)
            if previous in self.open:
                self.open.remove_at(self.open.index(previous))
        self._start_formatting(tag)

    def _start_document(self, tag: Tag) -> None:
        """The element is there already; the browser adds the attributes to it."""
        if tag.attributes:
            self.document.append(Element(tag.name, tag.attributes, tag.end, tag.end))

    def _start_formatting(self, tag: Tag) -> None:
        self.reopen()
        self.formatting.push(self.insert(tag))

    def _start_nobr(self, tag: Tag) -> None:
        self.reopen()
        if self.open.has_in_scope("nobr"):
            self.adopt("nobr")
        self._start_formatting(tag)

    def _start_scoped(self, tag: Tag) -> None:
        self._start_ordinary(tag)
        self.formatting.mark()

    def _start_table(self, tag: Tag) -> None:
        if not self._quirks:
            self.close_paragraph()
        self.insert(tag)
        self.mode = Mode.TABLE

    def _start_empty(self, tag: Tag) -> None:
        self.reopen()
        self.insert_empty(tag)

    def _start_input(self, tag: Tag) -> None:
        if self.open.has_in_scope("select"):
            self.pop_until(frozenset({"select"}))
        self._start_empty(tag)

    def _start_source(self, tag: Tag) -> None:
        self.insert_empty(tag)

    def _start_rule(self, tag: Tag) -> None:
        self.close_paragraph()
        if self.open.has_in_scope("select"):
            self.imply_ends()
        self.insert_empty(tag)

    def _start_image(self, tag: Tag) -> None:
        """`<image>` is `<img>`, "don't ask"."""
        tag.name = "img"
        self._start_empty(tag)

    def _start_select(self, tag: Tag) -> None:
        if self.open.has_in_scope("select"):
            self.pop_until(frozenset({"select"}))
        else:
            self._start_ordinary(tag)

    def _start_option(self, tag: Tag) -> None:
        if self.open.has_in_scope("select"):
            self.imply_ends("optgroup" if tag.name == "option" else "")
        elif self.open.names[-1] == "option":
            self.pop()
        self._start_ordinary(tag)

    def _start_ruby_part(self, tag: Tag) -> None:
        if self.open.has_in_scope("ruby"):
            self.imply_ends("rtc" if tag.name in ("rp", "rt") else "")
        self.insert(tag)

    def _start_foreign(self, tag: Tag) -> None:
        self.reopen()
        self.insert(tag, namespace=tag.name)
        if tag.self_closing:
            self.pop()

    # End tags.

    def end_in_body(self, name: str) -> None:
        rule = self._ENDS.get(name)
        if rule is not None:
            rule(self, name)
        else:
            self.close_any(name)

    def end_template(self) -> None:
        if self.open.has("template"):
            self.imply_ends(names=IMPLIED_END_THOROUGH)
            self.pop_until(frozenset({"template"}))
            self.formatting.clear_to_marker()
            self.template_modes.pop()
            self.reset_mode()

    def _end_template(self, name: str) -> None:
        self.end_template()

    def _end_body(self, name: str) -> None:
        if self.open.has_in_scope("body"):
            self.mode = Mode.AFTER_BODY if name == "body" else Mode.AFTER_HTML

    def _end_block(self, name: str) -> None:
        if self.open.has_in_scope(name):
            self.imply_ends()
            self.pop_until(frozenset({name}))

    def _end_scoped(self, name: str) -> None:
        if self.open.has_in_scope(name):
            self._end_block(name)
            self.formatting.clear_to_marker()

    def _end_form(self, name: str) -> None:
        if self.open.has("template"):
            self._end_block(name)
            return
        form, self._form = self._form, None
        if form is not None and form in self.open and self.open.has_element_in_scope(form):
            self.imply_ends()
            if self.open.elements[-1] is form:
                self.pop()
            else:
                self.open.remove_at(self.open.index(form))

    def _end_paragraph(self, name: str) -> None:
        """A stray `</p>` makes an empty p."""
        if not self.open.has_in_scope("p", BUTTON_BOUNDARIES):
            self.insert_implied("p")
        self.close_paragraph()

    def _end_item(self, name: str) -> None:
        if self.open.has_in_scope("li", LIST_BOUNDARIES):
            self.imply_ends("li")
            self.pop_until(frozenset({"li"}))

    def _end_term(self, name: str) -> None:
        if self.open.has_in_scope(name):
            self.imply_ends(name)
            self.pop_until(frozenset({name}))

    def _end_heading(self, name: str) -> None:
        """Any end tag of a heading closes any heading."""
        if self.open.has_any_in_scope(HEADINGS):
            self.imply_ends()
            self.pop_until(HEADINGS)

    def _end_formatting(self, name: str) -> None:
        self.adopt(name)

    def _end_break(self, name: str) -> None:
        self._start_empty(Tag("br", {}, *self.position))

    # Text.

    def text_in_body(self, value: str, start: int, end: int) -> None:
        value = value.replace("\0", "")
        if value:
            self.reopen()
            self.put_text(value, start, end)

    # Which rule is whose.

    _STARTS: ClassVar[dict[str, Callable[[BodyRules, Tag], None]]] = _by_name(
        (_IGNORED, _start_ignored),
        ({"body", "html"}, _start_document),
        (UNREAD, _start_unread),
        (IN_HEAD, start_in_head),
        (BLOCKS | {"listing", "p", "pre"}, _start_block),
        (HEADINGS, _start_heading),
        (FORMATTING, _start_formatting),
        (SCOPED, _start_scoped),
        (_TERMS | {"li"}, _start_item),
        ({"area", "br", "embed", "img", "keygen", "wbr"}, _start_empty),
        ({"param", "source", "track"}, _start_source),
        ({"optgroup", "option"}, _start_option),
        ({"rb", "rp", "rt", "rtc"}, _start_ruby_part),
        ({"math", "svg"}, _start_foreign),
        ({"a"}, _start_anchor),
        ({"button"}, _start_button),
        ({"form"}, _start_form),
        ({"hr"}, _start_rule),
        ({"image"}, _start_image),
        ({"input"}, _start_input),
        ({"nobr"}, _start_nobr),
        ({"select"}, _start_select),
        ({"table"}, _start_table),
    )
    _ENDS: ClassVar[dict[str, Callable[[BodyRules, str], None]]] = _by_name(
        (BLOCKS | {"button", "listing", "pre", "select"}, _end_block),
        (HEADINGS, _end_heading),
        (FORMATTING, _end_formatting),
        (SCOPED, _end_scoped),
        (_TERMS, _end_term),
        ({"body", "html"}, _end_body),
        ({"br"}, _end_break),
        ({"form"}, _end_form),
        ({"li"}, _end_item),
        ({"p"}, _end_paragraph),
        ({"template"}, _end_template),
    )
