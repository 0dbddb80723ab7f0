"""What each tag does inside `<table>`: the table modes of the HTML standard.

Sections 13.2.6.4.9 to 13.2.6.4.15: "in table", "in caption", "in column group", "in table
body", "in row" and "in cell".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsdao_article.reading.content_models import CELLS, ROW_GROUPS, TABLE_BOUNDARIES, TABLE_PARTS
from newsdao_article.reading.html_body import BodyRules, Mode
from newsdao_article.reading.html_tokens import lower

if TYPE_CHECKING:
    from newsdao_article.reading.html_tokens import Tag
    from newsdao_article.reading.tree import Element

__all__ = ["TableRules"]

_IGNORED_ENDS: Final = frozenset({"body", "caption", "col", "colgroup", "html"})
_ROWS_CONTEXT: Final = TABLE_BOUNDARIES - {"table"} | ROW_GROUPS
_ROW_CONTEXT: Final = TABLE_BOUNDARIES - {"table"} | {"tr"}


class TableRules(BodyRules):
    """The rules for start and end tags in a table and its parts."""

    def __init__(self, *, quirks: bool) -> None:
        super().__init__(quirks=quirks)
        self.implied_bodies: list[Element] = []
        self.starts |= {
            Mode.TABLE: self.start_in_table,
            Mode.CAPTION: self.start_in_caption,
            Mode.COLUMNS: self.start_in_columns,
            Mode.ROWS: self.start_in_rows,
            Mode.ROW: self.start_in_row,
            Mode.CELL: self.start_in_cell,
        }
        self.ends |= {
            Mode.TABLE: self.end_in_table,
            Mode.CAPTION: self.end_in_caption,
            Mode.COLUMNS: self.end_in_columns,
            Mode.ROWS: self.end_in_rows,
            Mode.ROW: self.end_in_row,
            Mode.CELL: self.end_in_cell,
        }

    def start_in_table(self, tag: Tag) -> None:
        name = tag.name
        if name in TABLE_PARTS:
            self.pop_until_in(TABLE_BOUNDARIES)
            self._start_table_part(tag)
        elif name == "table":
            if self.open.has_in_scope("table", TABLE_BOUNDARIES):
                self._close_table()
                self.starts[self.mode](tag)
        elif name in ("script", "style", "template"):
            self.start_in_head(tag)
        elif name == "input" and lower(tag.attributes.get("type", "")) == "hidden":
            self.insert_empty(tag)
        elif name == "form":
            self.start_form_in_table(tag)
        else:
            self.fostering = True
            self.start_in_body(tag)
            self.fostering = False

    def _start_table_part(self, tag: Tag) -> None:
        name = tag.name
        if name == "caption":
            self.formatting.mark()
            self.insert(tag)
            self.mode = Mode.CAPTION
        elif name == "colgroup":
            self.insert(tag)
            self.mode = Mode.COLUMNS
        elif name in ROW_GROUPS:
            self.insert(tag)
            self.mode = Mode.ROWS
        elif name == "col":
            self.insert_implied("colgroup")
            self.mode = Mode.COLUMNS
            self.start_in_columns(tag)
        else:
            self.implied_bodies.append(self.insert_implied("tbody"))
            self.mode = Mode.ROWS
            self.start_in_rows(tag)

    def _close_table(self) -> None:
        self.pop_until(frozenset({"table"}))
        self.reset_mode()

    def end_in_table(self, name: str) -> None:
        if name == "table":
            if self.open.has_in_scope("table", TABLE_BOUNDARIES):
                self._close_table()
        elif name == "template":
            self.end_template()
        elif name not in _IGNORED_ENDS and name not in TABLE_PARTS:
            self.fostering = True
            self.end_in_body(name)
            self.fostering = False

    # Captions.

    def start_in_caption(self, tag: Tag) -> None:
        if tag.name not in TABLE_PARTS:
            self.start_in_body(tag)
        elif self._close_caption():
            self.start_in_table(tag)

    def end_in_caption(self, name: str) -> None:
        if name == "caption":
            self._close_caption()
        elif name == "table":
            if self._close_caption():
                self.end_in_table(name)
        elif name not in _IGNORED_ENDS and name not in TABLE_PARTS:
            self.end_in_body(name)

    def _close_caption(self) -> bool:
        if not self.open.has_in_scope("caption", TABLE_BOUNDARIES):
            return False
        self.imply_ends()
        self.pop_until(frozenset({"caption"}))
        self.formatting.clear_to_marker()
        self.mode = Mode.TABLE
        return True

    # Columns.

    def start_in_columns(self, tag: Tag) -> None:
        if tag.name == "col":
            self.insert_empty(tag)
        elif tag.name == "template":
            self.start_in_head(tag)
        elif tag.name != "html" and self.leave_columns():
            self.start_in_table(tag)

    def end_in_columns(self, name: str) -> None:
        if name == "colgroup":
            self.leave_columns()
        elif name == "template":
            self.end_template()
        elif name != "col" and self.leave_columns():
            self.end_in_table(name)

    def leave_columns(self) -> bool:
        if self.open.names[-1] != "colgroup":
            return False
        self.pop()
        self.mode = Mode.TABLE
        return True

    # Groups of rows.

    def start_in_rows(self, tag: Tag) -> None:
        name = tag.name
        if name == "tr":
            self.pop_until_in(_ROWS_CONTEXT)
            self.insert(tag)
            self.mode = Mode.ROW
        elif name in CELLS:
            self.pop_until_in(_ROWS_CONTEXT)
            self.insert_implied("tr")
            self.mode = Mode.ROW
            self.start_in_row(tag)
        elif name not in TABLE_PARTS or self._close_rows(ROW_GROUPS):
            self.start_in_table(tag)

    def end_in_rows(self, name: str) -> None:
        if name in ROW_GROUPS:
            self._close_rows(frozenset({name}))
        elif name == "table":
            if self._close_rows(ROW_GROUPS):
                self.end_in_table(name)
        elif name not in TABLE_PARTS:
            self.end_in_table(name)

    def _close_rows(self, names: frozenset[str]) -> bool:
        if not self.open.has_any_in_scope(names, TABLE_BOUNDARIES):
            return False
        self.pop_until_in(_ROWS_CONTEXT)
        self.pop()
        self.mode = Mode.TABLE
        return True

    # Rows.

    def start_in_row(self, tag: Tag) -> None:
        if tag.name in CELLS:
            self.pop_until_in(_ROW_CONTEXT)
            self.insert(tag)
            self.mode = Mode.CELL
            self.formatting.mark()
        elif tag.name not in TABLE_PARTS:
            self.start_in_table(tag)
        elif self._close_row():
            self.start_in_rows(tag)

    def end_in_row(self, name: str) -> None:
        if name == "tr":
            self._close_row()
        elif name == "table":
            if self._close_row():
                self.end_in_rows(name)
        elif name in ROW_GROUPS:
            if self.open.has_in_scope(name, TABLE_BOUNDARIES) and self._close_row():
                self.end_in_rows(name)
        elif name not in TABLE_PARTS:
            self.end_in_table(name)

    def _close_row(self) -> bool:
        if not self.open.has_in_scope("tr", TABLE_BOUNDARIES):
            return False
        self.pop_until_in(_ROW_CONTEXT)
        self.pop()
        self.mode = Mode.ROWS
        return True

    # Cells.

    def start_in_cell(self, tag: Tag) -> None:
        if tag.name not in TABLE_PARTS:
            self.start_in_body(tag)
        elif self._close_cell(CELLS):
            self.start_in_row(tag)

    def end_in_cell(self, name: str) -> None:
        if name in CELLS:
            self._close_cell(frozenset({name}))
        elif name in ROW_GROUPS or name in ("table", "tr"):
            if self.open.has_in_scope(name, TABLE_BOUNDARIES) and self._close_cell(CELLS):
                self.end_in_row(name)
        elif name not in _IGNORED_ENDS:
            self.end_in_body(name)

    def _close_cell(self, names: frozenset[str]) -> bool:
        if not self.open.has_any_in_scope(names, TABLE_BOUNDARIES):
            return False
        self.imply_ends()
        self.pop_until(names)
        self.formatting.clear_to_marker()
        self.mode = Mode.ROW
        return True
