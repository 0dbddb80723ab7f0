"""Text where it stands in the source: which characters write which, and how new ones are written beside them."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final

from newsdao_article.reading.tree import Text
from newsdao_article.rendering.escape import escape_liquid, escape_text
from newsdao_article.writing.edits import Edit, Unwritable, minimal_edit

__all__ = ["MOST_ESCAPED", "edit_text", "write_text"]

#: The strongest way of escaping: nothing but letters, digits and blanks is written as it is.
MOST_ESCAPED: Final = 2

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_MARKDOWN_SIGN = re.compile(r"[\\`*_\[\]|$]")
_REFERENCE_SIGN = re.compile("[&<>{}~^]")
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
_SKIPPED: Final = " \t\r>"
_ESCAPABLE: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def write_text(text: str, *, raw: bool, strength: int) -> str:
    """`text` as source; `raw` inside an HTML block, whose text kramdown leaves alone, else among Markdown.

    `strength` 0 escapes as little as may do, `MOST_ESCAPED` all signs. Liquid openers are always escaped.
    """
    if strength >= MOST_ESCAPED:
        text = text.replace("\N{NO-BREAK SPACE}", "&nbsp;")
        return re.sub(r"&(?!nbsp;)|[!-%'-/:-@\[-`{-~]", lambda sign: f"&#{ord(sign[0])};", text)
    if raw:
        return escape_liquid(escape_text(text))
    if strength:
        text = _REFERENCE_SIGN.sub(lambda sign: f"&#{ord(sign[0])};", text)
        text = _MARKDOWN_SIGN.sub(r"\\\g<0>", text)
    return escape_liquid(text.replace("\N{NO-BREAK SPACE}", "&nbsp;"))


def edit_text(source: str, run: Sequence[Text], old: str, new: str, *, raw: bool, strength: int) -> Edit:
    """The edit that makes the text `old`, read from `run`, into `new`; raises `Unwritable` where its place is unclear.

    A text of the model may lack blanks at the edges of its run.
    """
    joined = "".join(text.value for text in run)
    offset = joined.find(old)
    if offset < 0:
        raise Unwritable
    start, end, inserted = minimal_edit(old, new)
    starts: list[int] = []
    ends: list[int] = []
    for text in run:
        _characters(source, text, starts, ends, raw=raw)
    first, last = offset + start, offset + end
    if first < last:
        begin, stop = starts[first], ends[last - 1]
    else:
        begin = stop = ends[first - 1] if first else (starts[0] if starts else run[0].start)
    return Edit(begin, stop, write_text(inserted, raw=raw, strength=strength))


def _characters(source: str, text: Text, starts: list[int], ends: list[int], *, raw: bool) -> None:
    """Add where each character of `text` begins and ends in the source."""
    written = source[text.start : text.end]
    if written == text.value:
        starts.extend(range(text.start, text.end))
        ends.extend(range(text.start + 1, text.end + 1))
        return
    position = 0
    index = 0
    value = text.value
    while index < len(value):
        length, count = _next_sign(written, position, value, index, raw=raw)
        for _ in range(count):
            starts.append(text.start + position)
            ends.append(text.start + position + length)
        position += length
        index += count
    if written[position:].strip(" \t\r\n\f\v>"):
        raise Unwritable


def _next_sign(written: str, position: int, value: str, index: int, *, raw: bool) -> tuple[int, int]:
    """How many characters of the source write how many of the value."""
    if position >= len(written):
        if value[index:].strip(" \t\n"):
            raise Unwritable
        return 0, 1
    sign = written[position]
    if sign == "&" and (reference := _REFERENCE.match(written, position)):
        decoded = html.unescape(reference[0])
        if decoded != reference[0] and value.startswith(decoded, index):
            return len(reference[0]), len(decoded)
    escaped = written[position + 1 : position + 2]
    if not raw and sign == "\\" and escaped in _ESCAPABLE and escaped == value[index]:
        return 2, 1
    if sign == value[index]:
        return 1, 1
    if written.startswith("\r\n", position) and value[index] == "\n":
        return 2, 1
    if sign in _SKIPPED:
        return 1, 0
    if sign == "\n" and value[index] == " ":
        return 1, 1
    raise Unwritable
