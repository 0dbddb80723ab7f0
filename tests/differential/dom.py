"""Two pieces of HTML as a browser reads them: equal trees, or the first difference.

Both are put into the body of an empty document, parsed by an HTML5 parser (lexbor), and compared node by node:
element names, attributes (name and exact value; their order means nothing), text, and comments. What is *not* a
difference, and all of it:

1. **White space that no browser shows.** White space is space, tab, line feed and carriage return, as in CSS;
   U+00A0, U+3000 and the form feed are text.

   - A run of white space counts as one space. Not so in `pre`, `textarea`, `listing`, `xmp`, `plaintext`, `script`,
     `style` and under a `style` attribute that sets `white-space`: there every character counts.
   - At the edge of a block (the start or the end of a block element, or right beside one) and right beside a `br`,
     white space does not count; text that is nothing else is not there at all. Comments and elements that are never
     shown (`script`, `style`, `template`, `link`, `meta`, `title`, `base`) are looked through when the neighbour is
     sought. Only the text's own parent and siblings are looked at: `<b> x</b>` and `<b>x</b>` differ even at the
     start of a paragraph.
   - Text that is only white space directly in `table`, `thead`, `tbody`, `tfoot`, `tr`, `colgroup` does not count, in
     preformatted text neither: browsers make no box for it there.

   What is a block is what the HTML standard's own style sheet displays as one (or as a list item, or as a part of a
   table), unless a `style` attribute makes it `inline`, `contents` or `none`.
2. **The spelling of the source**, because it is gone after parsing: quotes, entities, `<br/>`, an implied `tbody`,
   where text of one parent was cut in two.
3. **How an instruction is spelt.** `<?php x ?>` is a comment to browsers and an instruction to newer parsers, which
   read its name apart. Both count as one comment, `?php x`, whatever white space stands behind the name, and
   whatever white space and question mark at the end.

4. **Comments behind the body**: where the source holds `</body>` a comment after it stands outside of the body, whose
   content alone is compared.

Everything else is a difference: a comment's exact text, an empty element, one space more inside a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import attrs
from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["Comment", "Difference", "Element", "Node", "Text", "build", "compare", "first_difference"]


@attrs.define(eq=False)
class Text:
    """Character data with white space as a browser shows it."""

    value: str


@attrs.define(eq=False)
class Comment:
    """A comment, or an instruction."""

    value: str


@attrs.define(eq=False)
class Element:
    """An element with its attributes; a name without a value has the value ''."""

    name: str
    attributes: dict[str, str]
    children: list[Node] = attrs.field(factory=list["Node"])
    keeps_space: bool = False


Node: TypeAlias = Text | Comment | Element


@attrs.frozen
class Difference:
    """The first place in document order where two trees part.

    `kind` is short and names elements, never words of the text, so that differences of one cause group under it.
    `left` and `right` show what stands there, as Python literals where white space or characters matter.
    """

    kind: str
    path: str
    left: str
    right: str

    def __str__(self) -> str:
        return f"{self.kind}\n  at    {self.path}\n  left  {self.left}\n  right {self.right}"


_SPACE = " \t\n\r"
_SPACES = re.compile(r"[ \t\n\r]+")
_KEEPING = frozenset({"listing", "plaintext", "pre", "script", "style", "textarea", "xmp"})
_HIDDEN = frozenset({"base", "link", "meta", "script", "style", "template", "title"})
_TABLE_PARTS = frozenset({"colgroup", "table", "tbody", "tfoot", "thead", "tr"})
_BLOCKS = _TABLE_PARTS | frozenset(
    "address article aside blockquote body caption center col dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol "
    "optgroup option p plaintext pre search section summary td th ul xmp".split()
)
_AFTER_NAME = re.compile(r"[ \t\n\r\f]+")
_WHITE_SPACE_PROPERTY = re.compile(r"white-space", re.IGNORECASE)
_NOT_A_BLOCK = re.compile(r"display\s*:\s*(?:inline|contents|none)", re.IGNORECASE)


def first_difference(left: str, right: str) -> Difference | None:
    """The first difference between two pieces of HTML, or None where a browser shows the same.

    Linear in the size of both.
    """
    return None if left == right else compare(build(left), build(right))


def build(html: str) -> Element:
    """The document tree, normalised, that a browser builds when `html` is all that stands in the body."""
    parser = LexborHTMLParser(f"<!DOCTYPE html><html><head></head><body>{html}")
    root = parser.root
    if root is None:
        raise ValueError("the parser built no document")
    document = _copied(root)
    document.children = [node for node in document.children if not isinstance(node, Comment)]
    return _normalised(document)


def compare(left: Element, right: Element) -> Difference | None:
    """The first difference, in document order, between two normalised trees."""
    found = _node_difference(left, right, "")
    if found is not None:
        return found
    open_pairs = [(left.name, _paired(left, right))]
    while open_pairs:
        path, pairs = open_pairs[-1]
        for step, parent, one, other in pairs:
            place = f"{path}/{step}"
            found = _missing(parent, one, other, place) or _node_difference(one, other, place, parent)
            if found is not None:
                return found
            if isinstance(one, Element) and isinstance(other, Element):
                open_pairs.append((place, _paired(one, other)))
                break
        else:
            open_pairs.pop()
    return None


def _paired(left: Element, right: Element) -> Iterator[tuple[str, Element, Node | None, Node | None]]:
    """Children side by side, with the path step that leads to the left one (or to the right one if it has none)."""
    seen: dict[str, int] = {}
    for index in range(max(len(left.children), len(right.children))):
        one = left.children[index] if index < len(left.children) else None
        other = right.children[index] if index < len(right.children) else None
        name = _label(one if one is not None else other)
        seen[name] = seen.get(name, 0) + 1
        yield f"{name}[{seen[name]}]", left, one, other


def _missing(parent: Element, left: Node | None, right: Node | None, path: str) -> Difference | None:
    nothing = f"nothing more in {parent.name}"
    if right is None:
        return Difference(f"only left has {_label(left)} in {parent.name}", path, _shown(left), nothing)
    if left is None:
        return Difference(f"only right has {_label(right)} in {parent.name}", path, nothing, _shown(right))
    return None


def _node_difference(
    left: Node | None, right: Node | None, path: str, parent: Element | None = None
) -> Difference | None:
    """How two nodes differ, their children aside."""
    inside = f" in {parent.name}" if parent is not None else ""
    if isinstance(left, Element) and isinstance(right, Element) and left.name == right.name:
        return _attribute_difference(left, right, path)
    if isinstance(left, Text) and isinstance(right, Text):
        if left.value == right.value:
            return None
        return Difference(f"text{inside}", path, *_around_difference(left.value, right.value))
    if isinstance(left, Comment) and isinstance(right, Comment):
        if left.value == right.value:
            return None
        return Difference(f"comment{inside}", path, *_around_difference(left.value, right.value))
    return Difference(f"{_label(left)} against {_label(right)}{inside}", path, _shown(left), _shown(right))


def _attribute_difference(left: Element, right: Element, path: str) -> Difference | None:
    if left.attributes == right.attributes:
        return None
    for name, value in left.attributes.items():
        place = f"{path}/@{name}"
        if name not in right.attributes:
            return Difference(f"only left has {left.name}/@{name}", place, repr(value), "no such attribute")
        if value != right.attributes[name]:
            around = _around_difference(value, right.attributes[name])
            return Difference(f"value of {left.name}/@{name}", place, *around)
    name = next(name for name in right.attributes if name not in left.attributes)
    return Difference(
        f"only right has {left.name}/@{name}",
        f"{path}/@{name}",
        "no such attribute",
        repr(right.attributes[name]),
    )


def _label(node: Node | None) -> str:
    match node:
        case Element():
            return node.name
        case Text():
            return "#text"
        case Comment():
            return "#comment"
        case None:
            return "#nothing"


def _shown(node: Node | None, limit: int = 120) -> str:
    """A short view of a node for people: the start of its HTML, characters escaped as in a Python literal."""
    match node:
        case Text():
            return repr(node.value[:limit])
        case Comment():
            return repr(f"<!--{node.value[:limit]}-->")
        case Element():
            attributes = "".join(f' {name}="{value}"' for name, value in node.attributes.items())
            return repr(f"<{node.name}{attributes}>{_text_of(node, limit)}"[:limit])
        case None:
            return "nothing"


def _text_of(element: Element, limit: int) -> str:
    """The first characters of an element's text."""
    parts: list[str] = []
    length = 0
    pending: list[Node] = [element]
    while pending and length < limit:
        node = pending.pop()
        if isinstance(node, Element):
            pending += reversed(node.children)
        elif isinstance(node, Text):
            parts.append(node.value)
            length += len(node.value)
    return "".join(parts)


def _around_difference(left: str, right: str, before: int = 30, after: int = 50) -> tuple[str, str]:
    """Both texts near the first character that differs, as literals that show every space."""
    index = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        index += 1
    start = max(0, index - before)
    dots = "…" if start else ""
    return dots + repr(left[start : index + after]), dots + repr(right[start : index + after])


def _copied(root: LexborNode) -> Element:
    """lexbor's tree as ours. Iterative: the input decides the depth."""
    top = Element(_name(root), _attributes(root))
    pending = [(root, top)]
    while pending:
        node, copy = pending.pop()
        for child in _children(node):
            if child.is_element_node:
                element = Element(_name(child), _attributes(child))
                copy.children.append(element)
                pending.append((child, element))
            elif child.is_text_node:
                value = child.text_content or ""
                last = copy.children[-1] if copy.children else None
                if isinstance(last, Text):
                    last.value += value
                else:
                    copy.children.append(Text(value))
            else:
                copy.children.append(Comment(_comment(child)))
    return top


def _children(node: LexborNode) -> Iterator[LexborNode]:
    if node.tag == "template":
        # What a template holds is not among its children, and its fragment is the first of the list.
        content: LexborNode | None = next(iter(node.template_fragments()), None)
        node = content if content is not None else node
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _name(node: LexborNode) -> str:
    return node.tag or ""


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def _comment(node: LexborNode) -> str:
    # `comment_content` strips, so the text is taken from the serialised node.
    html = node.html or ""
    value = html[4:-3] if node.is_comment_node else html[1:-1]
    if not value.startswith("?"):
        return value
    return _AFTER_NAME.sub(" ", value.removesuffix("?").rstrip(_SPACE), count=1)


def _normalised(root: Element) -> Element:
    """White space as a browser shows it, in place. Parents come before their children, so `pre` is inherited."""
    pending = [root]
    while pending:
        element = pending.pop()
        style = element.attributes.get("style", "")
        if element.name in _KEEPING or (style and _WHITE_SPACE_PROPERTY.search(style)):
            element.keeps_space = True
        if not element.keeps_space:
            element.children = _shown_children(element)
        elif element.name in _TABLE_PARTS:
            element.children = [
                c for c in element.children if not isinstance(c, Text) or c.value.strip(_SPACE)
            ]
        for child in element.children:
            if isinstance(child, Element):
                child.keeps_space = element.keeps_space
                pending.append(child)
    return root


def _shown_children(parent: Element) -> list[Node]:
    """The children with their text collapsed, trimmed at block edges, and left out where nothing remains."""
    children = parent.children
    edges = _edges(children, is_edge=_is_block(parent))
    edges_after = _edges(children[::-1], is_edge=_is_block(parent))[::-1]
    shown: list[Node] = []
    for child, edge_before, edge_after in zip(children, edges, edges_after, strict=True):
        if isinstance(child, Text):
            value = _SPACES.sub(" ", child.value)
            if edge_before or (value == " " and parent.name in _TABLE_PARTS):
                value = value.removeprefix(" ")
            if edge_after:
                value = value.removesuffix(" ")
            if not value:
                continue
            child.value = value
        shown.append(child)
    return shown


def _edges(children: Sequence[Node], *, is_edge: bool) -> list[bool]:
    """For each child, whether what is shown right before it (or nothing, in a block) is the edge of a block."""
    edges: list[bool] = []
    for child in children:
        edges.append(is_edge)
        if isinstance(child, Text):
            # White space after an edge is not shown itself, so the edge lasts.
            is_edge = is_edge and not child.value.strip(_SPACE)
        elif isinstance(child, Element) and child.name not in _HIDDEN:
            is_edge = child.name == "br" or _is_block(child)
    return edges


def _is_block(element: Element) -> bool:
    if element.name not in _BLOCKS:
        return False
    style = element.attributes.get("style", "")
    return not (style and _NOT_A_BLOCK.search(style))
