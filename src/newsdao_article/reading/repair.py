"""What a browser makes of kramdown's output: the repair of illegal nesting.

kramdown writes what authors nested, `<p>` in `<p>` or `<hr>` in `<p>` included. Readers see
what the HTML parsing rules of the WHATWG (https://html.spec.whatwg.org/#tree-construction,
no-quirks mode, content directly in `<body>`) make of that. `repair` does the same to the tree
and keeps the positions; `needs_repair` tells, much faster, when there is nothing to do.

The result equals the browser's DOM but for three things: adjacent texts are not joined, a
`<tbody>` that only the browser added is left out, and attributes are carried over unread.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.content_models import (
    FLOW,
    LOSES_FIRST_NEWLINE,
    NOTHING,
    ORDINARY,
    RAW,
    ROW_GROUPS,
    RULES,
    SPECIAL,
    TOP,
    UNREAD,
    Rule,
)
from newsdao_article.reading.html_modes import TreeBuilder
from newsdao_article.reading.html_tokens import feed_tree, is_odd_comment
from newsdao_article.reading.markup import serialize
from newsdao_article.reading.names import BLOCK_NAMES, SPAN_NAMES
from newsdao_article.reading.tree import Comment, Element, Node, Text, Verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["needs_repair", "repair", "repair_apart"]

_WHITE_SPACE: Final = "\t\n\f "
_ORDINARY_NAME: Final = re.compile(r"[a-z][^A-Z\t\n\f\r\0 />]*")
_EXTRAORDINARY: Final = (
    SPECIAL | UNREAD | {"command", "image", "math", "optgroup", "option", "rb", "rp", "rt", "rtc", "svg"}
)
_CONTAINERS: Final = frozenset("blockquote dd div dl li ol table tbody tfoot thead tr ul".split())
_ENDS_IMPLIED_BODY: Final = ROW_GROUPS | {"caption", "colgroup"}


def needs_repair(node: Node) -> bool:
    """Whether a browser could build anything but exactly `node` from kramdown's output of it.

    Conservative: False is a promise (up to adjacent texts and implied `<tbody>`), True is not.
    One pass, linear; on posts it looks at an element in well under a microsecond.
    """
    pending: list[tuple[Sequence[Node], int, int]] = [((node,), FLOW, TOP)]
    while pending:
        nodes, content, context = pending.pop()
        rules = RULES[content]
        for child in nodes:
            if type(child) is Element:
                children = child.children
                rule = rules.get(child.tag) or _rule_for_ordinary(child.tag, content)
                if rule is None or context & rule[0]:
                    return True
                if children:
                    if child.tag in LOSES_FIRST_NEWLINE and _begins_with_newline(children):
                        return True
                    pending.append((children, rule[3], (context & rule[1]) | rule[2]))
                elif child.self_closing and rule[3] != NOTHING:
                    return True
            elif type(child) is Text:
                if content and not _fits(child.value, content):
                    return True
                if "\r" in child.value or "\0" in child.value:
                    return True
            elif type(child) is not Comment or content >= RAW or is_odd_comment(child.value):
                return True
    return False


def _rule_for_ordinary(tag: str, content: int) -> Rule | None:
    if content == FLOW and tag not in _EXTRAORDINARY and _ORDINARY_NAME.fullmatch(tag):
        return ORDINARY
    return None


def _fits(text: str, content: int) -> bool:
    """Whether `text` may stand in content other than flow."""
    if content == RAW:
        return "</" not in text and "<!--" not in text
    return not text or (content < NOTHING and not text.strip(_WHITE_SPACE))


def _begins_with_newline(nodes: Sequence[Node]) -> bool:
    for node in nodes:
        if type(node) is not Text or node.value:
            return type(node) is Text and node.value.startswith("\n")
    return False


def repair(nodes: Sequence[Node], *, quirks: bool = False) -> list[Node]:
    """The content of the `<body>` that a browser builds from kramdown's output of `nodes`.

    The given tree is left alone; elements of the result are new, and one that comes from a
    given element has its attributes (the same dict), range, `markdown` and `closed`, even if
    it was moved or re-opened elsewhere. Elements that the browser adds (the p of a stray
    `</p>`, the tr of a bare td) have an empty range where they arise. Raw HTML is read and
    turned into nodes; a processing instruction becomes a comment. An `<html>` or `<body>` whose
    attributes the browser adds to the document follows at the end, as an empty element.

    `quirks` lets a table stand in a paragraph, as in documents without a doctype.

    Linear in the input and the output. Raises `LimitExceeded` if formatting elements would be
    re-opened more than `html_tree.MAX_REOPENED` times.
    """
    builder = TreeBuilder(quirks=quirks)
    feed_tree(nodes, builder)
    return _finished(builder)


def repair_apart(nodes: Sequence[Node]) -> Iterator[tuple[Sequence[Node], Sequence[Node]]]:
    """Each of the top-level `nodes` with what a browser makes of it.

    What leaves an element open (`<div />`, which a browser takes for a start tag) goes on into everything that
    follows, so it comes together with all the rest.
    """
    for index, node in enumerate(nodes):
        content = _content(node)
        if not any(map(needs_repair, content)):
            yield (node,), content
            continue
        _set_blocks_apart(content)
        builder = TreeBuilder(quirks=False)
        feed_tree(content, builder)
        if not builder.is_unfinished:
            yield (node,), _that_html_can_say(_finished(builder), content)
            continue
        rest = nodes[index:]
        _set_blocks_apart(rest)
        spaced = _with_line_ends(rest)
        yield rest, _that_html_can_say(repair(spaced), spaced)
        return


def _that_html_can_say(repaired: list[Node], written: Sequence[Node]) -> list[Node]:
    """`repaired`, if a browser reads that as it is; else the HTML that makes it.

    A browser moves what stands straight in a table to before it, even where no tag could put it: an item into
    an item, a link into a link.
    """
    if not any(map(needs_repair, repaired)):
        return repaired
    html = serialize(repaired)
    start, end = written[0].start, written[-1].end
    if serialize(repair((Verbatim(html, start, end),))) == html:
        return repaired
    return [Verbatim(serialize(written, scanned=True), start, end)]


def _with_line_ends(nodes: Sequence[Node]) -> list[Node]:
    """`nodes` with the white space that kramdown writes between blocks."""
    spaced: list[Node] = []
    for node in nodes:
        spaced += (*_content(node), Text("\n", node.end, node.end))
    return spaced


def _set_blocks_apart(nodes: Sequence[Node]) -> None:
    """Put the blocks that Markdown made inside `nodes` on lines of their own, as kramdown writes them."""
    pending = list(nodes)
    while pending:
        node = pending.pop()
        if type(node) is Element:
            pending += node.children
            holds_blocks = node.markdown and node.tag in _CONTAINERS
            if holds_blocks or any(map(_is_markdown_block, node.children)):
                node.children = _on_lines(node.children)


def _is_markdown_block(node: Node) -> bool:
    return type(node) is Element and node.markdown and node.tag in BLOCK_NAMES


def _on_lines(children: Sequence[Node]) -> list[Node]:
    apart: list[Node] = []
    if children and (_is_markdown_block(children[0]) or _is_set_apart(children)):
        apart.append(Text("\n", children[0].start, children[0].start))
    for child in children:
        apart.append(child)
        if _is_markdown_block(child):
            apart.append(Text("\n", child.end, child.end))
    return apart


def _is_set_apart(children: Sequence[Node]) -> bool:
    """Whether the first of `children` is an HTML block with the line end of `set_apart` behind it."""
    first, following = children[0], children[1] if len(children) > 1 else None
    is_line_end = type(following) is Text and following.value == "\n" and following.start == following.end
    return is_line_end and type(first) is Element and first.tag not in SPAN_NAMES


def _content(node: Node) -> Sequence[Node]:
    """`node`, or what it holds if it has no tag."""
    return node.children if type(node) is Element and not node.tag else (node,)


def _finished(builder: TreeBuilder) -> list[Node]:
    builder.finish()
    _drop_implied_bodies(builder)
    return [*builder.body.children, *builder.document]


def _drop_implied_bodies(builder: TreeBuilder) -> None:
    """Put the rows of a `<tbody>` that no tag asked for into the table itself.

    It stays where reading the result again would give another tree: before anything that
    does not end an implied tbody.
    """
    implied = {id(body) for body in builder.implied_bodies}
    parents = [builder.parent_of(body) for body in builder.implied_bodies]
    tables = {id(parent): parent for parent in parents if parent.tag == "table"}
    for table in tables.values():
        children: list[Node] = []
        for index, child in enumerate(table.children):
            if (
                type(child) is Element
                and id(child) in implied
                and _ends_body(table.children[index + 1 : index + 2], implied)
            ):
                children += child.children
            else:
                children.append(child)
        table.children = children


def _ends_body(following: Sequence[Node], implied: set[int]) -> bool:
    return all(
        type(node) is Element and node.tag in _ENDS_IMPLIED_BODY and id(node) not in implied
        for node in following
    )
