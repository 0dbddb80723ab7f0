"""What an edit changed, as values and as lines."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import cast

import attrs

from newsdao_article.model.article import Article
from newsdao_article.model.walk import Node
from newsdao_article.rendering.front_matter import front_matter_items
from newsdao_article.writing.alignment import align

__all__ = ["Change", "changes_between", "unified_diff"]


@attrs.frozen
class Change:
    """One value that differs between two articles, as far down as it can be told.

    `path` is where it stands (`front_matter.title`, `blocks[3].content[0].text`), in the new article, or in the
    old one for what was removed. `old` is None for what was added, `new` for what was removed.
    """

    path: str
    old: object
    new: object


def changes_between(old: Article, new: Article) -> tuple[Change, ...]:
    """The changes from `old` to `new`, front matter first, in order; a moved block was removed and added."""
    before, after = dict(front_matter_items(old.front_matter)), dict(front_matter_items(new.front_matter))
    found = [
        Change(f"front_matter.{key}", before.get(key), after.get(key))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key) or (key in before) != (key in after)
    ]
    found.extend(_between("blocks", old.blocks, new.blocks))
    return tuple(found)


def _between(path: str, old: Sequence[object], new: Sequence[object]) -> Iterator[Change]:
    for i, j in align(cast("Sequence[Node]", old), cast("Sequence[Node]", new)):
        if i is None:
            assert j is not None
            yield Change(f"{path}[{j}]", None, new[j])
        elif j is None:
            yield Change(f"{path}[{i}]", old[i], None)
        elif old[i] != new[j]:
            yield from _inside(f"{path}[{j}]", old[i], new[j])


def _inside(path: str, old: object, new: object) -> Iterator[Change]:
    if type(old) is not type(new) or not attrs.has(type(old)):
        yield Change(path, old, new)
        return
    for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(old))):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before == after:
            continue
        if isinstance(before, tuple) and isinstance(after, tuple):
            yield from _between(
                f"{path}.{field.name}", cast("tuple[object, ...]", before), cast("tuple[object, ...]", after)
            )
        else:
            yield Change(f"{path}.{field.name}", cast("object", before), cast("object", after))


_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")


def unified_diff(old: str, new: str, name: str) -> str:
    """The lines that differ with three lines around them, as `diff -u` and `git apply` write and read them."""
    lines = difflib.unified_diff(_LINE.findall(old), _LINE.findall(new), f"a/{name}", f"b/{name}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
