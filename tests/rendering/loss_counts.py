"""What an article has and its reduction has not, counted on the two articles alone: no code of the reducer is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final

import newsdao_article as na
from newsdao_article.model.blocks import is_inline_level
from newsdao_article.model.inlines import INLINE_TYPES, is_invisible
from newsdao_article.model.walk import Node

__all__ = ["differing_counts", "is_countable"]

#: Kinds of loss of which each is a node of some class that is no longer there.
_CLASSES: Final[dict[str, tuple[type, ...]]] = {
    "comment": (na.Comment,),
    "color": (na.Highlight,),
    "underline": (na.Underline,),
    "small": (na.Small,),
    "superscript": (na.Superscript,),
    "subscript": (na.Subscript,),
    "raw": (na.RawBlock, na.RawInline),
    "spacer": (na.Spacer,),
}
#: Kinds that together are the divisions, figures and spans that are gone.
_CONTAINERS: Final = ("wrapper", "division", "span")
#: Declarations that a field of the class says again.
_TYPED: Final[dict[type, tuple[str, ...]]] = {
    na.Cell: ("text-align",),
    na.Highlight: ("color", "background-color"),
}


def differing_counts(before: na.Article, after: na.Article, losses: tuple[na.Loss, ...]) -> str | None:
    """The first kind whose count is not the difference between the articles; None if all are right."""
    counted = _facts(before)
    counted.subtract(_facts(after))
    stated = Counter({loss.kind: loss.count for loss in losses})
    for kind in ("size", "editor-attribute", "attribute", "style", "column-format", *_CLASSES):
        told = stated[kind]
        if kind == "column-format":
            told = min(stated["column"], counted[kind]) if stated["column"] else 0
        if kind == "spacer" and 0 < told - counted[kind] <= counted["container"] + counted["empty-run"]:
            continue  # What stood in a container beside blocks is an empty line once the container is gone.
        if counted[kind] != told:
            return f"{kind}: counted {counted[kind]}, told {told}"
    containers = sum(stated[kind] for kind in _CONTAINERS)
    if counted["container"] != containers:
        return f"containers: counted {counted['container']}, told {containers}"
    return None


def is_countable(article: na.Article) -> bool:
    """Whether no element of it changes its class when something within it goes (an inline element around blocks)."""
    odd = ("table", "ul", "ol", "tbody", "thead", "tfoot", "tr", "td", "th", "li")
    return not any(
        isinstance(node, na.Division) and (is_inline_level(node) or node.tag in odd)
        for node in na.walk(article)
    )


def _facts(article: na.Article) -> Counter[str]:
    facts: Counter[str] = Counter()
    for node in _nodes(article):
        for kind, classes in _CLASSES.items():
            facts[kind] += isinstance(node, classes)
        facts["spacer"] += _is_empty_line(node)
        if isinstance(node, (na.Heading, na.Paragraph, na.Spacer)):
            facts["size"] += node.size is not None and not (isinstance(node, na.Paragraph) and node.bare)
        if isinstance(node, na.Column):
            facts["column-format"] += 1
        if isinstance(node, (na.Division, na.Figure, na.Details, na.Faq, na.Span)):
            facts["container"] += 1
            facts["empty-run"] += sum(map(_empty_runs, _flows(node)))
        if isinstance(node, na.Cell):
            facts["container"] += _is_lone_paragraph(node)
        _count_attributes(node, facts)
    return facts


def _nodes(article: na.Article) -> Iterator[Node]:
    for block in article.blocks:
        yield from na.walk(block)


def _is_empty_line(node: Node) -> bool:
    """Whether a paragraph without a tag shows nothing: what keeps it from being one is not kept, and it is a spacer."""
    return isinstance(node, na.Paragraph) and node.bare and is_invisible(node.content)


def _flows(node: Node) -> Iterator[tuple[Node, ...]]:
    match node:
        case na.Division(content=content):
            yield content
        case na.Figure(content=content, caption=caption):
            yield from (content, caption)
        case na.Details(summary=summary, content=content):
            yield from (summary, content)
        case na.Faq(items=items):
            yield from (item.answer for item in items)
        case _:
            pass


def _empty_runs(flow: tuple[Node, ...]) -> int:
    """How many times blocks are parted by inlines of which nothing is to be seen."""
    runs = groupby(flow, lambda node: isinstance(node, INLINE_TYPES))
    return sum(
        is_inline and is_invisible(tuple(node for node in run if isinstance(node, INLINE_TYPES)))
        for is_inline, run in runs
    )


def _is_lone_paragraph(holder: na.Cell | na.Division | na.Figure) -> bool:
    """Whether all that a cell holds is a paragraph, perhaps in divisions that go."""
    match [node for node in holder.content if not isinstance(node, na.Comment)]:
        case [na.Paragraph() as only]:
            return not any(name in _KEPT for name in only.attributes)
        case [na.Division() | na.Figure() as only]:
            goes = only.tag in _WRAPPERS if isinstance(only, na.Division) else not only.caption
            return goes and not any(name in _KEPT for name in only.attributes) and _is_lone_paragraph(only)
        case _:
            return False


_WRAPPERS: Final = frozenset("address article div footer header main search section".split())
_KEPT: Final = frozenset(("lang", "dir", "hidden", "rel", "cite", "style"))


def _count_attributes(node: Node, facts: Counter[str]) -> None:
    bag = getattr(node, "attributes", None)
    if not isinstance(bag, na.Attributes):
        return
    for name in bag:
        if name == "style":
            typed = _TYPED.get(type(node), ())
            declarations = bag.style.declarations
            facts["style"] += sum(d.name not in typed for d in declarations) if declarations else 1
        else:
            is_editor = name.startswith("data-") or name == "contenteditable"
            facts["editor-attribute" if is_editor else "attribute"] += 1
