"""Lists → Markdown, where the flavour reads the same list back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsdao_article.model.blocks import Block, CodeBlock, List, ListItem, Paragraph, Quote
from newsdao_article.model.inlines import INLINE_TYPES, Inline
from newsdao_article.rendering.reduction_ledger import runs

if TYPE_CHECKING:
    from newsdao_article.rendering.markdown import MarkdownContext

__all__ = ["is_tight", "may_be_indented", "may_follow_a_line", "write_list"]

#: The numbers that CommonMark takes for an item.
_NUMBERS: Final = range(1_000_000_000)


def is_tight(node: List) -> bool:
    """Whether every item is a line of inlines, perhaps with a list below it, and none is a paragraph."""
    return all(bool(item.content) and isinstance(item.content[0], INLINE_TYPES) for item in node.items)


def may_follow_a_line(node: List) -> bool:
    """Whether a list can stand directly below a line: only one that begins with 1 interrupts a paragraph (CommonMark 5.3)."""
    return is_tight(node) and node.start in (None, 1)


def may_be_indented(code: CodeBlock) -> bool:
    """Whether the lines of `code` keep their blanks in an item: those of blanks alone would not."""
    return all(not line or line.strip(" \t") for line in code.text.split("\n"))


def write_list(node: List, context: MarkdownContext, marker: str) -> list[str] | None:
    """The lines of a list whose items begin with `marker` (behind their number if it is ordered).

    None where no Markdown of the flavour says the same: attributes, mixed or empty items, a
    first number that the flavour does not read. A list is tight (items are lines) or loose (items are
    paragraphs), as a whole: CommonMark 5.3; kramdown decides item by item, which comes to the same here.
    """
    if node.attributes or not node.items or any(item.attributes or not item.content for item in node.items):
        return None
    start = 1 if node.start is None else node.start
    if node.start is not None and (not context.flavor.list_start or start == 1):
        return None
    if start not in _NUMBERS or start + len(node.items) not in _NUMBERS:
        return None
    tight = is_tight(node)
    if not tight and not _is_loose(node):
        return None
    lines: list[str] = []
    for number, item in enumerate(node.items, start):
        head = f"{number}{marker} " if node.ordered else f"{marker} "
        margin = " " * len(head)
        with context.indented(len(head)):
            content = _tight_item(item, context) if tight else _loose_item(item, context)
        if content is None:
            return None
        if lines and not tight:
            lines.append("")
        lines.append(head + content[0])
        lines.extend([margin + line if line else "" for line in content[1:]])
    return lines


def _is_loose(node: List) -> bool:
    """Whether each item begins with a paragraph, and blank lines between or in the items will say so."""
    for item in node.items:
        if any(isinstance(block, INLINE_TYPES) for block in item.content):
            return False
        first = item.content[0] if item.content else None
        if not isinstance(first, Paragraph):
            return False
        for block in item.content[1:-1]:
            if not isinstance(block, (Paragraph, CodeBlock, Quote)):
                return False
        if not isinstance(item.content[-1], (Paragraph, CodeBlock, Quote, List)):
            return False
    return len(node.items) > 1 or any(len(item.content) > 1 for item in node.items)


def _tight_item(item: ListItem, context: MarkdownContext) -> list[str] | None:
    line: list[Inline] = []
    below: list[Block] = []
    for part in runs(item.content):
        if not isinstance(part, tuple):
            below.append(part)
        elif below:
            return None
        else:
            line.extend(part)
    if not below:
        nested: list[str] | None = []
    elif len(below) == 1 and isinstance(nested_list := below[0], List) and may_follow_a_line(nested_list):
        nested = write_list(nested_list, context, "." if nested_list.ordered else "-")
    else:
        return None
    written = context.line(tuple(line), "item")
    return None if written is None or nested is None else [*written.split("\n"), *nested]


def _loose_item(item: ListItem, context: MarkdownContext) -> list[str] | None:
    lines: list[str] = []
    for node in item.content:
        written: list[str] | None
        match node:
            case Paragraph():
                plain = node.size is None and not node.bare and not node.attributes
                line = context.line(node.content, "item") if plain else None
                written = None if line is None else line.split("\n")
            case List():
                written = write_list(node, context, "." if node.ordered else "-")
            case CodeBlock() if not may_be_indented(node):
                written = None
            case CodeBlock() | Quote():
                block = context.markdown(node)
                written = None if block is None else block.split("\n")
            case _:
                written = None
        if written is None:
            return None
        if lines:
            lines.append("")
        lines.extend(written)
    return lines
