"""Tags where they stand: the name and the attributes that a node asks for, changed in the spelling of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from newsdao_article.model.blocks import (
    Cell,
    Column,
    Details,
    Division,
    Heading,
    List,
    Paragraph,
    Spacer,
)
from newsdao_article.model.inlines import (
    Emphasis,
    Highlight,
    Image,
    Link,
    Span,
    Strikethrough,
    Strong,
    Underline,
)
from newsdao_article.model.walk import Node
from newsdao_article.reading.tree import Element
from newsdao_article.rendering.escape import escape_liquid
from newsdao_article.writing.edits import Edit, Unwritable, minimal_edit

__all__ = ["edit_attributes", "edit_tag", "written_attributes"]

_NAME = re.compile(r"<([^\s<>/=\"']+)")
_ATTRIBUTE = re.compile(r"[ \t\r\n\f\v/]*([^\s=<>/\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


def written_attributes(node: Node) -> dict[str, str]:
    """The attributes of the tag of `node` by name, typed fields first."""
    attributes = {name: value for name, value in _typed(node) if value is not None}
    bag: Mapping[str, str] = getattr(node, "attributes", {})
    for name, value in bag.items():
        attributes.setdefault(name, value)
    return attributes


def _typed(node: Node) -> Iterator[tuple[str, str | None]]:
    match node:
        case Heading() | Paragraph() | Spacer():
            yield "data-ke-size", None if node.size is None else f"size{node.size}"
        case Highlight():
            yield "style", node.attributes.get("style", node.own_style) or None
        case Link():
            yield from (("href", node.url), ("title", node.title))
        case Image():
            yield from (("src", node.url), ("alt", node.alt), ("title", node.title))
        case List():
            yield "start", None if node.start is None else str(node.start)
        case Cell():
            yield "colspan", None if node.colspan == 1 else str(node.colspan)
            yield "rowspan", None if node.rowspan == 1 else str(node.rowspan)
            yield "style", node.attributes.get("style", node.own_style) or None
        case Column():
            yield "span", None if node.span == 1 else str(node.span)
        case Details():
            yield "open", "" if node.open else None
        case _:
            pass


def _tag_of(node: Node) -> str:
    """The name of the element of `node`; empty for a class that has but one."""
    match node:
        case Heading():
            return f"h{node.level}"
        case Strong() | Emphasis() | Underline() | Strikethrough() | Span() | Division():
            return node.tag
        case List():
            return "ol" if node.ordered else "ul"
        case Cell():
            return "th" if node.header else "td"
        case _:
            return ""


def edit_tag(source: str, element: Element, old: Node, new: Node) -> list[Edit]:
    """The edits of the tags of `element` that make `old` into `new`, their content apart."""
    before, after = written_attributes(old), written_attributes(new)
    if _tag_of(old) == _tag_of(new) and before == after and list(before) == list(after):
        return []
    if element.markdown:
        return _edit_signs(source, element, old, new)
    edits = _rename(source, element, _tag_of(new)) if _tag_of(old) != _tag_of(new) else []
    return edits + edit_attributes(source, element, before, after)


def _rename(source: str, element: Element, name: str) -> list[Edit]:
    tag = _NAME.match(source, element.start)
    if tag is None or not element.closed:
        raise Unwritable
    edits = [Edit(*tag.span(1), name)]
    if source.startswith("</", element.inner_end):
        end = element.inner_end + 2
        edits.append(Edit(end, end + len(tag[1]), name))
    return edits


def edit_attributes(
    source: str, element: Element, before: Mapping[str, str], after: Mapping[str, str]
) -> list[Edit]:
    """The edits of a start tag that change, add and remove attributes, and leave the others as they stand."""
    tag = _NAME.match(source, element.start)
    if tag is None:
        raise Unwritable
    found: dict[str, re.Match[str]] = {}
    position = tag.end()
    while attribute := _ATTRIBUTE.match(source, position, element.end):
        # Of two attributes of one name the last counts.
        found[attribute[1].lower()] = attribute
        position = attribute.end()
    edits: list[Edit] = []
    for name, value in before.items():
        if name not in after:
            edits.append(Edit(*_present(found, name).span(), ""))
        elif after[name] != value:
            edits.append(_revalue(source, _present(found, name), value, after[name]))
    added = [name for name in after if name not in before]
    if added:
        quote = "'" if any(attribute[3] is not None for attribute in found.values()) else '"'
        written = "".join(f" {name}={quote}{_escaped(after[name], quote)}{quote}" for name in added)
        edits.append(Edit(position, position, written))
    return edits


def _present(found: Mapping[str, re.Match[str]], name: str) -> re.Match[str]:
    if name not in found:
        raise Unwritable
    return found[name]


def _revalue(source: str, attribute: re.Match[str], old: str, new: str) -> Edit:
    for group, quote in ((2, '"'), (3, "'")):
        if attribute[group] is not None:
            start, end = attribute.span(group)
            if source[start:end] == old:
                first, last, inserted = minimal_edit(old, new)
                return Edit(start + first, start + last, _escaped(inserted, quote))
            return Edit(start, end, _escaped(new, quote))
    return Edit(attribute.end(1), attribute.end(), f'="{_escaped(new, chr(34))}"')


def _escaped(value: str, quote: str) -> str:
    value = str.__str__(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escape_liquid(value.replace(quote, "&quot;" if quote == '"' else "&#39;"))


# --- What Markdown writes with signs -----------------------------------------------------------

_HASHES = re.compile("#{1,6}")
_UNDERLINES = {1: "=", 2: "-"}


def _edit_signs(source: str, element: Element, old: Node, new: Node) -> list[Edit]:
    if (
        isinstance(old, Heading)
        and isinstance(new, Heading)
        and (old.size, old.attributes)
        == (
            new.size,
            new.attributes,
        )
    ):
        return [_relevel(source, element, new.level)]
    if isinstance(old, Link) and isinstance(new, Link) and old.attributes == new.attributes:
        return _retarget(source, element, (old.url, old.title), (new.url, new.title))
    if isinstance(old, Image) and isinstance(new, Image) and old.attributes == new.attributes:
        edits = _retarget(source, element, (old.url, old.title), (new.url, new.title))
        if old.alt != new.alt:
            edits.append(_relabel(source, element, old.alt, new.alt))
        return edits
    raise Unwritable


def _relevel(source: str, element: Element, level: int) -> Edit:
    hashes = _HASHES.match(source, element.start)
    if hashes is not None:
        return Edit(*hashes.span(), "#" * level)
    underline = source[element.inner_end : element.end]
    signs = underline.strip()
    if level not in _UNDERLINES or not signs or signs.strip("=-"):
        raise Unwritable
    start = element.inner_end + underline.index(signs)
    return Edit(start, start + len(signs), _UNDERLINES[level] * len(signs))


_TARGET_SIGN = re.compile(r"[\s<>()\"'\\]")


def _retarget(
    source: str, element: Element, old: tuple[str, str | None], new: tuple[str, str | None]
) -> list[Edit]:
    edits: list[Edit] = []
    for before, after in zip(old, new, strict=True):
        if before == after:
            continue
        if (
            not before
            or after is None
            or _TARGET_SIGN.search(after if before is old[0] else after.replace(" ", ""))
        ):
            raise Unwritable
        start = source.find(before, element.inner_end, element.end)
        if not source.startswith("](", element.inner_end) or start < 0:
            raise Unwritable
        first, last, inserted = minimal_edit(before, after)
        edits.append(Edit(start + first, start + last, escape_liquid(str.__str__(inserted))))
    return edits


def _relabel(source: str, element: Element, old: str | None, new: str | None) -> Edit:
    if old is None or new is None or source[element.inner_start : element.inner_end] != old:
        raise Unwritable
    if re.search(r"[\[\]\\*_`<&!|]", new):
        raise Unwritable
    first, last, inserted = minimal_edit(old, new)
    return Edit(element.inner_start + first, element.inner_start + last, inserted)
