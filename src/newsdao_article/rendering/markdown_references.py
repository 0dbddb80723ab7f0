"""Links whose addresses stand at the end of the document: `[text][1]`, `[1]: https://…`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count

from newsdao_article.model.blocks import CodeBlock, RawBlock
from newsdao_article.model.inlines import Code, Image, Link, RawInline, Text
from newsdao_article.model.walk import Node, plain_text, walk
from newsdao_article.rendering.markdown_flavors import Flavor
from newsdao_article.rendering.markdown_targets import escape_destination, escape_title

__all__ = ["LinkDefinitions"]

_BRACKETED_NUMBER = re.compile(r"\[([0-9]+)\]")
_REFERENCE = re.compile(r"\]\[([0-9]+)\]")


class LinkDefinitions:
    """The addresses of one document and their labels: numbers that stand in brackets nowhere else in it."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._targets: dict[str, str] = {}
        texts: list[str] = []
        self._taken: set[str] = set()
        for node in (found for top in nodes for found in walk(top)):
            match node:
                case Text() | Code() | CodeBlock():
                    texts.append(node.text)
                case RawInline() | RawBlock():
                    texts.append(node.html)
                case Image():
                    texts.append(node.alt or "")
                case Link():
                    self._taken.add(plain_text(node).strip())
                case _:
                    pass
        self._taken.update(_BRACKETED_NUMBER.findall("".join(texts)))
        self._numbers = self._free_numbers()

    def label(self, link: Link, flavor: Flavor, *, before: str, following: str) -> str | None:
        """The label for a link between these characters; None if the address has to stand beside its text."""
        if not link.content or before == "]" or (following and following in "[({:"):
            return None
        url, title = str(link.url), link.title
        if not url or escape_destination(url, flavor) != url:
            return None
        if title is not None and escape_title(title, flavor) != title:
            return None
        target = url if title is None else f'{url} "{title}"'
        if target not in self._targets:
            self._targets[target] = next(self._numbers)
        return self._targets[target]

    def renumber(self, markdown: str) -> bool:
        """Number by first use in `markdown`, which did not take all that was asked for; whether anything changes."""
        by_label = {label: target for target, label in self._targets.items()}
        used = dict.fromkeys(label for label in _REFERENCE.findall(markdown) if label in by_label)
        self._numbers = self._free_numbers()
        before, self._targets = self._targets, {}
        for label in used:
            self._targets[by_label[label]] = next(self._numbers)
        return any(before[target] != label for target, label in self._targets.items())

    def lines(self) -> list[str]:
        """The definitions."""
        return [f"[{label}]: {target}" for target, label in self._targets.items()]

    def _free_numbers(self) -> Iterator[str]:
        return (label for label in map(str, count(1)) if label not in self._taken)
