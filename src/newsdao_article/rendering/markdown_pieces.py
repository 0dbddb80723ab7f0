"""The pieces of a stretch of Markdown, text and markup, and the white space between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias

import attrs

from newsdao_article.model.inlines import LineBreak

__all__ = ["BlanksError", "Piece", "Place", "joined", "refuse_blanks", "settled"]

#: Where a stretch stands: each place has constructs of its own that text must not become.
Place: TypeAlias = Literal["paragraph", "item", "heading", "cell"]


@attrs.define(eq=False)
class Piece:
    """A stretch of text, still to be escaped, or of finished markup."""

    text: str
    is_text: bool = False
    #: In the text of a link, where square brackets have to be told from the link's own.
    in_link: bool = False
    #: The emphasis delimiter that this markup is, if it is one.
    delimiter: str = ""
    #: For a line break: its HTML, for where the sign would not be read, and the node.
    break_html: str = ""
    node: LineBreak | None = None


class BlanksError(Exception):
    """White space stands where Markdown would not keep it."""


_LINE_END = re.compile(r"[ \t\r\f\v]*\n[ \t\r\n\f\v]*")
_EDGE: Final = " \t\r\n\f\v"
_BLANKS: Final = tuple(_EDGE)
# Kept nowhere but in HTML: blanks beside a line end, and an empty line.
_FRAGILE = re.compile(r"[ \t\f\v]\n|\n[ \t\n\f\v]|\r")


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces that say something, adjacent texts joined."""
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        last = joined[-1] if joined else None
        if piece.is_text and last is not None and last.is_text and last.in_link == piece.in_link:
            joined[-1] = Piece(last.text + piece.text, is_text=True, in_link=piece.in_link)
        else:
            joined.append(piece)
    return joined


def refuse_blanks(pieces: Sequence[Piece], *, one_line: bool) -> None:
    """Raise `BlanksError` where `pieces` hold white space that Markdown does not keep."""
    line_ended = True
    for index, piece in enumerate(pieces):
        text = piece.text
        if piece.is_text:
            inside = text[1:] if index and pieces[index - 1].break_html and text[0] == "\n" else text
            is_last = index + 1 == len(pieces)
            ends = is_last or bool(pieces[index + 1].break_html)
            if (
                _FRAGILE.search(text)
                or (one_line and "\n" in text)
                or (line_ended and inside.startswith(_BLANKS))
                or (ends and (text if is_last else inside).endswith(_BLANKS))
            ):
                raise BlanksError
        line_ended = text.endswith("\n")


def settled(joined: Sequence[Piece], unread: list[LineBreak], *, one_line: bool) -> list[Piece]:
    """Pieces without blanks at line ends and edges, where they show nothing and could mean something."""
    settled: list[Piece] = []
    for index, piece in enumerate(joined):
        if piece.is_text:
            text = _LINE_END.sub(" " if one_line else "\n", piece.text)
            if not settled or settled[-1].text.endswith("\n"):
                text = text.lstrip(_EDGE)
            if index + 1 == len(joined):
                text = text.rstrip(_EDGE)
            elif joined[index + 1].break_html:
                text = text.rstrip(" \t")
            if not text:
                continue
            piece = Piece(text, is_text=True, in_link=piece.in_link)
        elif piece.break_html and (not settled or settled[-1].text.endswith("\n")):
            piece = _break_as_html(piece, unread)
        settled.append(piece)
    if settled and settled[-1].break_html:
        settled[-1] = _break_as_html(settled[-1], unread)
    return settled


def _break_as_html(piece: Piece, unread: list[LineBreak]) -> Piece:
    if piece.node is not None:
        unread.append(piece.node)
    return Piece(piece.break_html)
