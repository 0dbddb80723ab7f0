"""Links, images and footnote marks: everything that begins with a bracket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.problems import Problem, SourceSpan
from newsdao_article.reading.entities import decode_attribute
from newsdao_article.reading.references import normalize_id
from newsdao_article.reading.span_closers import BracketCloser, Found
from newsdao_article.reading.tree import Element, Text

if TYPE_CHECKING:
    from newsdao_article.reading.references import LinkDefinition
    from newsdao_article.reading.spans import SpanReader

__all__ = ["read_bracket", "read_image"]

_FOOTNOTE_MARK: Final = re.compile(r"\[\^([A-Za-z0-9_][A-Za-z0-9_\-]*)\]")
_FOLLOWING_ID: Final = re.compile(r"[ \t\n\r\f\v]*\[([^\]]+)?\]")
_ANGLED: Final = re.compile(r"\(<([^\n]*?)>")
_TITLE: Final = re.compile(r"[ \t\n\r\f\v]*?([\"'])(.+?)\1[ \t\n\r\f\v]*?\)", re.DOTALL)
_PARENTHESIS: Final = re.compile(r"[()]|[ \t\n\r\f\v](?=[\"'])")
_ESCAPED: Final = re.compile(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=\-])")
_SPACE: Final = " \t\n\r\f\v\0"


def read_image(reader: SpanReader, at: int) -> Found | int:
    """An image, if `![` begins one."""
    text = reader.text
    if not text.startswith("[", at + 1) or text.startswith("^", at + 2) or at + 2 == len(text):
        return at + 1
    return _read(reader, at, at + 2, "img")


def read_bracket(reader: SpanReader, at: int) -> Found | int:
    """A link or the mark of a footnote, if `[` begins one."""
    text = reader.text
    if text.startswith("^", at + 1):
        return _footnote(reader, at)
    if at + 1 == len(text):
        return at + 1
    return _read(reader, at, at + 1, "a")


def _read(reader: SpanReader, at: int, inner: int, tag: str) -> Found | int:
    text = reader.text
    # There are no links in links, and none in the description of an image.
    if (
        reader.budget < 0
        or reader.is_deep()
        or (tag == "a" and ("a" in reader.open or "img" in reader.open))
        or text.find("]", inner) < 0
    ):
        return inner
    element = Element(tag, {}, reader.base + at, markdown=True)
    problems = reader.references.problems
    known_problems = len(problems)
    reader.enter(tag, at)
    after = reader.read(element.children, inner, BracketCloser())
    reader.open.pop()
    if after < 0:
        del problems[known_problems:]
        return inner
    inner_end = reader.stop
    element.inner_start = reader.base + inner
    element.inner_end = reader.base + inner_end
    description = _ESCAPED.sub(r"\1", text[inner:inner_end])
    following = _FOLLOWING_ID.match(text, after)
    if following is not None or not text.startswith("(", after):
        written: str | None = following[1] if following is not None else None
        name = normalize_id(written if written is not None else description)
        definition = reader.references.links.get(name)
        if definition is not None:
            end = following.end() if following is not None else after
            return _finish(reader, element, end, definition.url, definition.title, description, definition)
        del problems[known_problems:]
        reader.report(_undefined(reader, name, at, following.end() if following is not None else after))
        return inner
    destination = _destination(reader, after)
    if destination is None:
        del problems[known_problems:]
        return inner
    url, title, end = destination
    return _finish(reader, element, end, url, title, description, None)


def _undefined(reader: SpanReader, name: str, start: int, end: int) -> Problem:
    return Problem(
        "undefined-reference",
        f"no line [{name}]: … says where this leads; Jekyll shows the brackets as text, so define it,"
        " write the address in parentheses, or \\[ if brackets are meant",
        SourceSpan(reader.base + start, reader.base + end),
    )


def _destination(reader: SpanReader, start: int) -> tuple[str, str | None, int] | None:
    """URL, title and end of what stands in the parentheses that open at `start`."""
    text = reader.text
    angled = _ANGLED.match(text, start)
    if angled is not None:
        url = angled[1]
        end = angled.end()
        if text.startswith(")", end):
            return url, None, end + 1
    else:
        open_parentheses = 0
        end = start
        while True:
            match = _PARENTHESIS.search(text, end)
            if match is None:
                reader.budget -= (len(text) - start) // 4
                return None
            end = match.end()
            character = match[0]
            if character == "(":
                open_parentheses += 1
            elif character == ")":
                open_parentheses -= 1
                if not open_parentheses:
                    return text[start + 1 : end - 1].strip(_SPACE), None, end
            else:
                break
        url = text[start + 1 : end - 1].strip(_SPACE)
    title = _TITLE.match(text, end)
    reader.budget -= ((title.end() if title else len(text)) - start) // 4
    return (url, title[2], title.end()) if title is not None else None


def _finish(
    reader: SpanReader,
    element: Element,
    end: int,
    url: str,
    title: str | None,
    description: str,
    definition: LinkDefinition | None,
) -> Found:
    element.end = reader.base + end
    attributes = element.attributes
    if definition is not None:
        attributes.update(definition.attributes)
    if element.tag == "a":
        attributes["href"] = decode_attribute(url)
    else:
        attributes["src"] = decode_attribute(url)
        attributes["alt"] = decode_attribute(description)
        element.children.clear()
    if title is not None:
        attributes["title"] = decode_attribute(title)
    return element, end


def _footnote(reader: SpanReader, at: int) -> Found | int:
    mark = _FOOTNOTE_MARK.match(reader.text, at)
    if mark is None:
        return at + 1
    end = mark.end()
    base = reader.base
    references = reader.references
    name: str = mark[1]
    if name not in references.footnotes:
        reader.report(
            Problem(
                "undefined-footnote",
                f"there is no footnote [^{name}]: …; Jekyll shows the mark as text, write the footnote",
                SourceSpan(base + at, base + end),
            )
        )
        return end
    # Numbers and ids are known when all marks are.
    outer = Element("sup", {"id": "", "role": "doc-noteref"}, base + at, base + end, markdown=True)
    link = Element(
        "a",
        {"href": f"#fn:{name}", "class": "footnote", "rel": "footnote"},
        base + at,
        base + end,
        markdown=True,
    )
    for element in (outer, link):
        element.inner_start = base + at
    link.children.append(Text("", base + at, base + end))
    references.footnote_marks[id(outer)] = (outer, name)
    outer.children.append(link)
    return outer, end
