"""`TreeBuilder`, which tokens are fed to, and the rules for text, templates and foreign content.

Sections 13.2.6.2 (which rules apply), 13.2.6.4.10 (text in tables), 13.2.6.4.16 to 20
(templates, after the body) and 13.2.6.5 (svg and math) of the HTML standard.
"""

from __future__ import annotations

from typing import Final

from newsdao_article.reading.content_models import (
    CELLS,
    FOREIGN_BREAKOUTS,
    HTML_INTEGRATION,
    MATH_INTEGRATION,
    ROW_GROUPS,
    SVG_NAMES,
)
from newsdao_article.reading.html_body import IN_HEAD, Mode
from newsdao_article.reading.html_tables import TableRules
from newsdao_article.reading.html_tokens import Tag, lower
from newsdao_article.reading.tree import Comment, Text

__all__ = ["TreeBuilder"]

_WHITE_SPACE: Final = "\t\n\f\r "
_TAKE_TABLE_TEXT: Final = ROW_GROUPS | {"table", "template", "tr"}
_BREAKOUT_FONT: Final = frozenset({"color", "face", "size"})
_HTML_ENCODINGS: Final = frozenset({"application/xhtml+xml", "text/html"})
_TEMPLATE_MODES: Final = (
    dict.fromkeys(ROW_GROUPS | {"caption", "colgroup"}, Mode.TABLE)
    | dict.fromkeys(CELLS, Mode.ROW)
    | {"col": Mode.COLUMNS, "tr": Mode.ROWS}
)


class TreeBuilder(TableRules):
    """Builds what a browser builds from the tokens that it is fed."""

    def __init__(self, *, quirks: bool = False) -> None:
        super().__init__(quirks=quirks)
        self._table_text: list[Text] = []
        self.starts |= {
            Mode.TEMPLATE: self._start_in_template,
            Mode.AFTER_BODY: self._start_after_body,
            Mode.AFTER_HTML: self._start_after_body,
        }
        self.ends |= {
            Mode.TEMPLATE: self._end_in_template,
            Mode.AFTER_BODY: self._end_after_body,
            Mode.AFTER_HTML: self._end_after_body,
        }

    # The tokens.

    def start(self, tag: Tag) -> None:
        self._begin_token(tag.start, tag.end)
        if self._is_foreign(tag):
            self._start_in_foreign(tag)
        else:
            self.starts[self.mode](tag)

    def end(self, name: str, start: int, end: int) -> None:
        self._begin_token(start, end)
        self.ending = name
        if self.raw_text is not None:
            self.raw_text = None
            self.pop()
        elif " " in self.open.names[-1]:
            self._end_in_foreign(name)
        else:
            self.ends[self.mode](name)
        self.ending = ""

    def comment(self, value: str, start: int, end: int) -> None:
        self._begin_token(start, end)
        # What follows </body> stands outside of the body, where nobody sees it.
        if self.mode not in (Mode.AFTER_BODY, Mode.AFTER_HTML) or self.in_foreign_content():
            self.put_here(Comment(value, start, end))

    def doctype(self, start: int, end: int) -> None:
        """Nothing comes of a doctype here, but it separates the texts around it."""
        self._begin_token(start, end)

    def text(self, value: str, start: int, end: int) -> None:
        self.position = (start, end)
        if self.skips_newline and value:
            self.skips_newline = False
            if value[0] == "\n":
                value, start = value[1:], _after_first(value, start, end)
        if self.raw_text not in (None, "plaintext"):
            self.put_text(value, start, end)
        elif self._is_foreign(None):
            self.put_text(value.replace("\0", "\ufffd"), start, end)
        else:
            self._text_in_html(value, start, end)

    def finish(self) -> None:
        """The input has ended: close whatever is open."""
        self._begin_token(self.position[1], self.position[1])
        while len(self.open.elements) > 2:
            self.pop()

    @property
    def is_unfinished(self) -> bool:
        """Whether anything is still open, or the body goes on behind the end tag of a `<body>` with attributes."""
        return super().is_unfinished or (bool(self.document) and self.mode is Mode.BODY)

    def in_foreign_content(self) -> bool:
        return " " in self.open.names[-1]

    def _begin_token(self, start: int, end: int) -> None:
        if self._table_text:
            self._flush_table_text()
        self.position = (start, end)
        self.skips_newline = False

    # Text.

    def _text_in_html(self, value: str, start: int, end: int) -> None:
        mode = self.mode
        if mode in (Mode.TABLE, Mode.ROWS, Mode.ROW):
            if self.open.names[-1] in _TAKE_TABLE_TEXT:
                self._table_text.append(Text(value.replace("\0", ""), start, end))
            else:
                self._foster_text(value, start, end)
        elif mode is Mode.COLUMNS:
            self._text_in_columns(value, start, end)
        else:
            if mode in (Mode.AFTER_BODY, Mode.AFTER_HTML) and value.strip(_WHITE_SPACE):
                self.mode = Mode.BODY
            self.text_in_body(value, start, end)

    def _flush_table_text(self) -> None:
        """White space stays in the table; if there is anything else, all of it goes before."""
        texts, self._table_text = self._table_text, []
        moves = any(text.value.strip(_WHITE_SPACE) for text in texts)
        for text in texts:
            if moves:
                self._foster_text(text.value, text.start, text.end)
            else:
                self.put_text(text.value, text.start, text.end)

    def _foster_text(self, value: str, start: int, end: int) -> None:
        self.fostering = True
        self.text_in_body(value, start, end)
        self.fostering = False

    def _text_in_columns(self, value: str, start: int, end: int) -> None:
        rest = value.lstrip(_WHITE_SPACE)
        space = value[: len(value) - len(rest)]
        middle = start + len(space) if len(value) == end - start else start
        self.put_text(space, start, middle if rest else end)
        if rest and self.leave_columns():
            self._text_in_html(rest, middle, end)

    # Templates, and what follows the body.

    def _start_in_template(self, tag: Tag) -> None:
        if tag.name in IN_HEAD:
            self.start_in_head(tag)
            return
        self.mode = self.template_modes[-1] = _TEMPLATE_MODES.get(tag.name, Mode.BODY)
        self.starts[self.mode](tag)

    def _end_in_template(self, name: str) -> None:
        if name == "template":
            self.end_template()

    def _start_after_body(self, tag: Tag) -> None:
        if tag.name != "html":
            self.mode = Mode.BODY
            self.start_in_body(tag)

    def _end_after_body(self, name: str) -> None:
        if name == "html" and self.mode is Mode.AFTER_BODY:
            self.mode = Mode.AFTER_HTML
        else:
            self.mode = Mode.BODY
            self.end_in_body(name)

    # Foreign content.

    def _is_foreign(self, tag: Tag | None) -> bool:
        """Whether the rules for svg and math apply to a start tag, or to text if there is none."""
        name = self.open.names[-1]
        if " " not in name:
            return False
        if name in MATH_INTEGRATION and (tag is None or tag.name not in ("malignmark", "mglyph")):
            return False
        if name == "math annotation-xml":
            if tag is not None and tag.name == "svg":
                return False
            encoding = self.open.elements[-1].attributes.get("encoding", "")
            return lower(encoding) not in _HTML_ENCODINGS
        return name not in HTML_INTEGRATION

    def _start_in_foreign(self, tag: Tag) -> None:
        if tag.name in FOREIGN_BREAKOUTS or (tag.name == "font" and _BREAKOUT_FONT & tag.attributes.keys()):
            self._leave_foreign()
            self.starts[self.mode](tag)
            return
        namespace = self.open.names[-1].partition(" ")[0]
        if namespace == "svg":
            tag.name = SVG_NAMES.get(tag.name, tag.name)
        self.insert(tag, namespace=namespace)
        if tag.self_closing:
            self.pop()

    def _leave_foreign(self) -> None:
        """Close foreign elements up to one in which HTML may stand."""
        while self.open.names[-1].startswith(("math ", "svg ")) and self._is_foreign(None):
            self.pop()

    def _end_in_foreign(self, name: str) -> None:
        if name in ("br", "p"):
            self._leave_foreign()
            self.ends[self.mode](name)
            return
        names = self.open.names
        for index in range(len(names) - 1, -1, -1):
            if " " not in names[index]:
                self.ends[self.mode](name)
                return
            if lower(names[index].partition(" ")[2]) == name:
                self.pop_to(index)
                return


def _after_first(value: str, start: int, end: int) -> int:
    """Where the second character of `value` stands in the source, as far as that is known."""
    return start + 1 if len(value) == end - start else start
