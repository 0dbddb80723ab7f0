"""What is put into the tree when all of it was read: footnotes, abbreviations, classes of code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.source import translate
from newsdao_article.reading.tree import Element, Node, Text

if TYPE_CHECKING:
    from newsdao_article.reading.references import Attributes, References

__all__ = ["finish_references", "mark_abbreviations"]

_LANGUAGE: Final = re.compile(r"\b(language-[^ \t\n\r\f\v]+)(?: |$)")
_SHOWN_SPACES: Final = re.compile(r"\bshow-whitespaces\b")
_BLANKS: Final = re.compile(r"(^[ \t]+)|([ \t]+$)|([ \t]+)", re.MULTILINE)
_RETURN: Final = "\u21a9"


def finish_references(children: list[Node], references: References, length: int) -> None:
    """Number the footnotes and add them to the end; mark the abbreviations."""
    for content, positions in references.foreign:
        translate([content], positions, to_source=True)
    for element in references.formulas:
        classes = element.attributes.get("class")
        element.attributes["class"] = "kdmath" if classes is None else f"{classes} kdmath"
    for outer, inner in references.code_blocks:
        _name_language(outer, inner)
        if _SHOWN_SPACES.search(outer.attributes.get("class", "")):
            _show_spaces(inner)
    used: list[tuple[str, int]] = []
    if references.footnote_marks:
        used = _number_footnotes(children, references)
    if used:
        children.append(_footnotes(used, references, length))


def _name_language(block: Element, code: Element) -> None:
    """Move the class that names the language from an attribute list to the code itself."""
    language = _LANGUAGE.search(block.attributes.get("class", ""))
    if language is None or code.attributes:
        return
    code.attributes["class"] = language[1]
    rest = (
        block.attributes["class"][: language.start()] + block.attributes["class"][language.end() :]
    ).strip(" ")
    if rest:
        block.attributes["class"] = rest
    else:
        del block.attributes["class"]


def _show_spaces(code: Element) -> None:
    """Put blanks of a code block into elements that a style sheet can make visible."""
    shown: list[Node] = []
    for text in code.children:
        assert type(text) is Text
        position = 0
        for blanks in _BLANKS.finditer(text.value):
            if blanks.start() > position:
                shown.append(Text(text.value[position : blanks.start()], text.start, text.start))
            place = "-l" if blanks[1] else "-r" if blanks[2] else ""
            for blank in blanks[0]:
                kind, value = ("tab", blank) if blank == "\t" else ("space", "\u22c5")
                element = Element(
                    "span", {"class": f"ws-{kind}{place}"}, text.start, text.start, markdown=True
                )
                element.children.append(Text(value, text.start, text.start))
                shown.append(element)
            position = blanks.end()
        shown.append(Text(text.value[position:], text.start, text.end))
    code.children = shown


def _number_footnotes(children: list[Node], references: References) -> list[tuple[str, int]]:
    """The names of the footnotes in the order of their first marks, with the number of marks."""
    numbers: dict[str, int] = {}
    counts: dict[str, int] = {}
    roots: list[list[Node]] = [children]
    for root in roots:
        pending = root[::-1]
        while pending:
            node = pending.pop()
            if type(node) is not Element:
                continue
            mark = references.footnote_marks.get(id(node))
            if mark is None or mark[0] is not node:
                pending += node.children[::-1]
                continue
            name = mark[1]
            if name not in numbers:
                numbers[name] = len(numbers) + 1
                counts[name] = 0
                roots.append(references.footnotes[name].content.children)
            repeated = f":{counts[name]}" if counts[name] else ""
            node.attributes["id"] = f"fnref:{name}{repeated}"
            counts[name] += 1
            link = node.children[0]
            assert type(link) is Element
            text = link.children[0]
            assert type(text) is Text
            text.value = str(numbers[name])
    return [(name, counts[name]) for name in numbers]


def _footnotes(used: list[tuple[str, int]], references: References, length: int) -> Element:
    division = Element("div", {"class": "footnotes", "role": "doc-endnotes"}, length, length, markdown=True)
    numbered = Element("ol", {}, length, length, markdown=True)
    division.children.append(numbered)
    for name, count in used:
        item = references.footnotes[name].content
        item.attributes = {"id": f"fn:{name}", "role": "doc-endnote"}
        last = None
        if references.footnotes[name].ends_in_paragraph:
            last = next((child for child in reversed(item.children) if type(child) is Element), None)
        if last is not None:
            paragraph, lead = last, "\u00a0"
        else:
            paragraph, lead = Element("p", {}, item.end, item.end, markdown=True), ""
            item.children.append(paragraph)
        end = paragraph.end
        for index in range(count):
            if lead:
                paragraph.children.append(Text(lead, end, end))
            repeated = f":{index}" if index else ""
            link = Element(
                "a",
                {"href": f"#fnref:{name}{repeated}", "class": "reversefootnote", "role": "doc-backlink"},
                end,
                end,
                markdown=True,
            )
            link.children.append(Text(_RETURN, end, end))
            if index:
                times = Element("sup", {}, end, end, markdown=True)
                times.children.append(Text(str(index + 1), end, end))
                link.children.append(times)
            paragraph.children.append(link)
            lead = "\u00a0"
        numbered.children.append(item)
    return division


def mark_abbreviations(children: list[Node], references: References) -> None:
    """Put the abbreviations in the text of spans into elements of their own."""
    abbreviations = references.abbreviations
    unread = references.raw_elements.keys() | references.footnote_marks.keys() | references.symbols.keys()
    names = sorted(abbreviations, key=len, reverse=True)
    pattern = re.compile(rf"(?:(?<![A-Za-z0-9_])|^)(?:{'|'.join(map(re.escape, names))})(?![A-Za-z0-9_])")
    pending: list[list[Node]] = [children]
    while pending:
        nodes = pending.pop()
        replaced: list[Node] = []
        for node in nodes:
            if type(node) is Text and id(node) not in unread:
                replaced += _split(node, pattern, abbreviations)
                continue
            replaced.append(node)
            if (
                type(node) is Element
                and not (node.markdown and node.tag == "code")
                and id(node) not in unread
            ):
                pending.append(node.children)
        nodes[:] = replaced


def _split(
    text: Text, pattern: re.Pattern[str], abbreviations: dict[str, tuple[str, Attributes]]
) -> list[Node]:
    value = text.value
    nodes: list[Node] = []
    # Offsets are exact as long as the text stands in the source as it is.
    exact = text.end - text.start == len(value)
    first = text.start
    position = 0
    for match in pattern.finditer(value):
        start, end = (first + match.start(), first + match.end()) if exact else (first, first)
        if match.start() > position:
            nodes.append(Text(value[position : match.start()], first + position if exact else first, start))
        title, attributes = abbreviations[match[0]]
        element = Element("abbr", {**attributes, "title": title} if title else dict(attributes), start, end)
        element.markdown = True
        element.inner_start = start
        element.children.append(Text(match[0], start, end))
        nodes.append(element)
        position = match.end()
    if not nodes:
        return [text]
    if position < len(value):
        nodes.append(Text(value[position:], first + position if exact else first, text.end))
    return nodes
