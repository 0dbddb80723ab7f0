"""Corrections of an article in one line: other words, another value at a path, other colours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

import attrs

from newsdao_article.model.article import Article
from newsdao_article.model.blocks import CodeBlock
from newsdao_article.model.css import Color
from newsdao_article.model.front_matter import KNOWN_KEYS, FrontMatter, FrontMatterMapping
from newsdao_article.model.inlines import Code, Highlight, Text
from newsdao_article.model.walk import Node, map_nodes
from newsdao_article.problems import InvalidValueError

__all__ = ["replace_colors", "replace_text", "set_value"]

_STEP: Final = re.compile(r"\.?([^.\[\]]+)|\[(-?[0-9]+)\]")
_TEXTS: Final = ("title", "excerpt", "feature_text")


def replace_text(article: Article, old: str, new: str, *, front_matter: bool = True) -> Article:
    """`article` with `new` for every `old` in its texts and code, and in title and teasers unless told otherwise.

    Each text node is looked at on its own: words of which a part is bold are two texts. A text that becomes
    empty is removed. Addresses, attributes and raw markup are left alone.
    """
    if not old:
        raise InvalidValueError("the text to replace must not be empty")

    def replaced(node: Node) -> Node | tuple[Node, ...]:
        if isinstance(node, Text) and old in node.text:
            text = node.text.replace(old, new)
            return Text(text) if text else ()
        if isinstance(node, (Code, CodeBlock)) and old in node.text:
            return attrs.evolve(node, text=node.text.replace(old, new))
        return node

    article = map_nodes(article, replaced)
    if not front_matter:
        return article
    values = article.front_matter
    texts: dict[str, str | None] = {name: getattr(values, name) for name in _TEXTS}
    changed = {
        name: text.replace(old, new) for name, text in texts.items() if text is not None and old in text
    }
    return (
        attrs.evolve(article, front_matter=attrs.evolve(values, **cast("Any", changed)))
        if changed
        else article
    )


def replace_colors(article: Article, colors: Mapping[str, str] | Mapping[Color, Color]) -> Article:
    """`article` with the text and background colours of its highlights replaced.

    Colours compare by value, so `#EE2323` and `rgb(238, 35, 35)` are one. Raises `InvalidValueError` for what is
    no colour.
    """
    wanted = {Color(str(old)): Color(str(new)) for old, new in colors.items()}

    def recolored(node: Node) -> Node:
        if not isinstance(node, Highlight):
            return node
        changes = {
            name: wanted[color]
            for name, color in (("color", node.color), ("background", node.background))
            if color is not None and color in wanted
        }
        return attrs.evolve(node, **cast("Any", changes)) if changes else node

    return map_nodes(article, recolored)


def set_value(article: Article, path: str, value: object) -> Article:
    """`article` with `value` at `path`: `title`, `front_matter.extra.author`, `blocks[3].content[0].text`.

    A path goes through fields and positions (negative ones count from the end); `blocks` is everything below
    one another, and a key of the front matter may stand alone. Constructors check the value as ever. Raises
    `InvalidValueError` that says how far the path leads and what there is.
    """
    steps = list(_steps(path))
    if steps and isinstance(steps[0], str):
        if steps[0] in KNOWN_KEYS:
            steps.insert(0, "front_matter")
        elif steps[0] == "blocks":
            blocks = _set_in(article.blocks, steps[1:], value, "blocks")
            return Article.from_blocks(cast("Any", blocks), article.front_matter)
    return cast("Article", _set_in(article, steps, value, "article"))


def _steps(path: str) -> Iterator[str | int]:
    position = 0
    while position < len(path):
        step = _STEP.match(path, position)
        if step is None:
            raise InvalidValueError(
                f"not a path: {path!r} cannot be read from {path[position:]!r} on; write name.name[0]"
            )
        yield step[1] if step[1] is not None else int(step[2])
        position = step.end()


def _set_in(holder: object, steps: list[str | int], value: object, so_far: str) -> object:
    if not steps:
        return value
    step = steps[0]
    if isinstance(holder, tuple):
        items = cast("tuple[object, ...]", holder)
        if not isinstance(step, int) or not -len(items) <= step < len(items):
            raise InvalidValueError(f"{so_far} has {len(items)} entries, so there is no {step!r} in it")
        index = step % len(items)
        changed = _set_in(items[index], steps[1:], value, f"{so_far}[{index}]")
        return (*items[:index], changed, *items[index + 1 :])
    if isinstance(holder, FrontMatterMapping) and isinstance(step, str):
        values = dict(holder)
        values[step] = cast("Any", _set_in(values.get(step), steps[1:], value, f"{so_far}.{step}"))
        return FrontMatterMapping(values)
    fields = (
        [field.name for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(holder)))]
        if attrs.has(type(holder))
        else []
    )
    if not isinstance(step, str) or step not in fields:
        there = f"it has {', '.join(fields)}" if fields else f"it is {holder!r}"[:80]
        raise InvalidValueError(f"{so_far} has no {step!r}: {there}")
    changed = _set_in(getattr(holder, step), steps[1:], value, f"{so_far}.{step}")
    if isinstance(holder, FrontMatter) and step in holder.extra:
        # A value of a type that the field does not take stands in `extra` until it gets one that it does.
        others = {key: kept for key, kept in holder.extra.items() if key != step}
        return attrs.evolve(holder, extra=others, **{step: cast("Any", changed)})
    return attrs.evolve(cast("Any", holder), **{step: changed})
