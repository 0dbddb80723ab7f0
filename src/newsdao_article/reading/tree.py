"""What the scanner reads: the element tree that kramdown would hand to its HTML writer.

The tree is internal. `blocks`, `spans` and `tags` build it, `repair` does to it what a
browser does, and `nodes` turns it into the model. Every node knows its half-open character
range in the source text, so that a piece, a leaf or a fault can be found again, and `became`
the node of the model that was read from it (None for what only holds others, such as `<tbody>`).
"""

from __future__ import annotations

__all__ = ["Comment", "Element", "Node", "Text", "Verbatim", "set_apart"]


class Text:
    """Character data, entities and escapes already decoded."""

    __slots__ = ("became", "end", "start", "value")

    def __init__(self, value: str, start: int, end: int) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.became: object = None

    def __repr__(self) -> str:
        return f"Text({self.value!r}, {self.start}, {self.end})"


class Comment:
    """An HTML comment; `value` is what stands between `<!--` and `-->`."""

    __slots__ = ("became", "end", "start", "value")

    def __init__(self, value: str, start: int, end: int) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.became: object = None

    def __repr__(self) -> str:
        return f"Comment({self.value!r}, {self.start}, {self.end})"


class Verbatim:
    """HTML that kramdown passes through unread: processing instructions, CDATA, nomarkdown."""

    __slots__ = ("became", "end", "html", "start")

    def __init__(self, html: str, start: int, end: int) -> None:
        self.html = html
        self.start = start
        self.end = end
        self.became: object = None

    def __repr__(self) -> str:
        return f"Verbatim({self.html!r}, {self.start}, {self.end})"


class Element:
    """One element of kramdown's output, whether it was written as HTML or as Markdown.

    `attributes` maps names to decoded values in the order of first appearance; the last
    duplicate wins, as in kramdown. `start`/`end` cover the whole construct, `inner_start`/
    `inner_end` its content (for a void element all content offsets equal `end`).
    `markdown` tells how it was written, `closed` whether its end was written at all, and
    `self_closing` that kramdown writes the start tag as `<div />`, which a browser takes for
    a start tag without an end.
    """

    __slots__ = (
        "attributes",
        "became",
        "children",
        "closed",
        "end",
        "inner_end",
        "inner_start",
        "markdown",
        "self_closing",
        "start",
        "tag",
    )

    def __init__(
        self,
        tag: str,
        attributes: dict[str, str],
        start: int,
        end: int = -1,
        *,
        markdown: bool = False,
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node] = []
        self.start = start
        self.end = end
        self.inner_start = end
        self.inner_end = end
        self.markdown = markdown
        self.closed = True
        self.self_closing = False
        self.became: object = None

    def __repr__(self) -> str:
        return f"Element({self.tag!r}, {self.attributes!r}, {self.children!r})"


Node = Text | Comment | Verbatim | Element


def set_apart(blocks: list[Node], *, after_tag: bool = False) -> None:
    """Put between `blocks` the line ends that kramdown writes there.

    `after_tag` puts one before the first of them as well. They show only beside elements that a browser takes for inline ones or leaves open; Markdown makes none.
    """
    if not any(map(_holds_html, blocks)):
        return
    apart: list[Node] = [Text("\n", blocks[0].start, blocks[0].start)] if after_tag else []
    for node in blocks:
        apart += (node, Text("\n", node.end, node.end))
    blocks[:] = apart


def _holds_html(block: Node) -> bool:
    if type(block) is not Element or not block.markdown:
        return type(block) in (Element, Verbatim)
    # Only `set_apart` puts text behind the blocks of a block.
    last = block.children[-1] if block.children else None
    return type(last) is Text and last.value == "\n"
