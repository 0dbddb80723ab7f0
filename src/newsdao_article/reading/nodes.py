"""What was scanned → Blocks and Inlines.

Each element becomes the class that means it. Where its content is not what that class may
hold, it becomes a `Division` (around blocks) or a `Span` (around inlines) of the same tag, so that
nothing is lost and the HTML stays the same; only what is active or embedded becomes raw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from newsdao_article.model.as_read import AsRead, character_fault, held
from newsdao_article.model.attributes import NO_ATTRIBUTES, Attributes
from newsdao_article.model.blocks import (
    BLOCK_TAGS,
    SIZE,
    Block,
    CodeBlock,
    Division,
    Flow,
    Heading,
    Paragraph,
    Quote,
    RawBlock,
    Rule,
    Spacer,
    as_flow,
    is_inline_level,
)
from newsdao_article.model.css import Style
from newsdao_article.model.inlines import (
    INLINE_TAGS,
    Code,
    Comment,
    Emphasis,
    Highlight,
    Image,
    Inline,
    LineBreak,
    Link,
    RawInline,
    Small,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
    is_invisible,
)
from newsdao_article.model.url import Url
from newsdao_article.model.visibility import HTML_SPACE
from newsdao_article.model.walk import walk
from newsdao_article.problems import InvalidValueError
from newsdao_article.reading import compounds, tree
from newsdao_article.reading.markup import serialize

__all__ = ["read_blocks", "read_flow"]

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
#: Elements whose content is no text, or that load or run something: kept verbatim, never typed.
_RAW_TAGS: Final = frozenset(
    "applet audio canvas embed frame frameset iframe listing math noembed noframes noscript object picture plaintext "
    "script select slot style svg template textarea video xmp".split()
)
_PHRASING_RAW_TAGS: Final = frozenset(
    "applet audio canvas embed frame iframe math noembed noframes noscript object picture select slot svg textarea "
    "video".split()
)
_TABLE_PARTS: Final = frozenset("colgroup table tbody tfoot thead tr".split())
#: Elements without a place in a line of text: among blocks they count as blocks.
_METADATA_TAGS: Final = frozenset(
    "base basefont bgsound body form fieldset html legend link meta optgroup title".split()
)


def read_blocks(nodes: Sequence[tree.Node]) -> list[Block]:
    """The top-level blocks for `nodes`; runs of inlines become bare paragraphs."""
    blocks: list[Block] = []
    run: list[Block | Inline] = []
    for node in read_flow(nodes):
        if is_inline_level(node):
            run.append(node)
            continue
        _end_run(run, blocks)
        assert not isinstance(node, Inline) or isinstance(node, Comment)
        blocks.append(node)
    _end_run(run, blocks)
    return blocks


def _end_run(run: list[Block | Inline], blocks: list[Block]) -> None:
    """Add what `run` holds; comments that white space parts from all else stand alone."""
    first, last = 0, len(run)
    for index, node in enumerate(run):
        if _is_blank(node):
            first = index + 1
        elif not isinstance(node, Comment):
            break
    else:
        first = last
    for index in range(last - 1, first - 1, -1):
        if _is_blank(run[index]):
            last = index
        elif not isinstance(run[index], Comment):
            break
    blocks.extend(node for node in run[:first] if isinstance(node, Comment))
    if first < last:
        for part in _parted(run[first:last]):
            blocks.extend(_joined(part))
    blocks.extend(node for node in run[last:] if isinstance(node, Comment))
    run.clear()


def _is_blank(node: Block | Inline) -> bool:
    return isinstance(node, Text) and not node.text.strip(HTML_SPACE)


def _parted(run: list[Block | Inline]) -> list[list[Block | Inline]]:
    """`run` in parts between which white space stands: that between blocks shows the same."""
    if all(isinstance(node, Inline) for node in run):
        return [run]
    parts: list[list[Block | Inline]] = [[]]
    for index, node in enumerate(run):
        if not isinstance(node, Text):
            parts[-1].append(node)
            continue
        text = node.text
        if index and isinstance(run[index - 1], Division) and text[0] in HTML_SPACE:
            parts.append([])
            text = text.lstrip(HTML_SPACE)
        following = run[index + 1] if index + 1 < len(run) else None
        ends = isinstance(following, Division) and node.text[-1] in HTML_SPACE
        if ends:
            text = text.rstrip(HTML_SPACE)
        if text:
            parts[-1].append(Text(held(text, character_fault)))
        if ends:
            parts.append([])
    return [part for part in parts if part]


def _joined(part: list[Block | Inline]) -> list[Block]:
    """One block for what no white space parts, but for comments alone."""
    comments = [node for node in part if isinstance(node, Comment)]
    if len(comments) == len(part):
        return list[Block](comments)
    inlines = [node for node in part if isinstance(node, Inline)]
    if len(inlines) == len(part):
        return [Paragraph(tuple(inlines), bare=True)]
    if len(part) == 1 and isinstance(only := part[0], Division):
        return [only]
    # Outside of a table browsers drop the tag and keep what it holds.
    return [Division(tuple(part), "tbody")]


def read_flow(nodes: Iterable[tree.Node]) -> Flow:
    """Blocks and inlines for `nodes`, blank runs between blocks left out."""
    return as_flow(_convert(nodes, phrasing=False))


def _convert(nodes: Iterable[tree.Node], *, phrasing: bool) -> list[Block | Inline]:
    found: list[Block | Inline] = []
    for node in nodes:
        if isinstance(node, tree.Text):
            if node.value:
                found.append(Text(held(node.value, character_fault)))
            continue
        if isinstance(node, tree.Element):
            made = _element(node, phrasing=phrasing)
        elif isinstance(node, tree.Comment):
            made = _comment(node.value)
        else:
            made = RawInline(node.html) if phrasing else RawBlock(node.html)
        node.became = made
        found.append(made)
    return found


def _comment(value: str) -> Comment:
    try:
        return Comment(value)
    except InvalidValueError:
        return Comment(AsRead(value))


def _element(element: tree.Element, *, phrasing: bool) -> Block | Inline:
    tag = element.tag
    if (read := _READERS.get(tag)) is not None:
        return read(element)
    if (inline := _INLINE_CLASSES.get(tag)) is not None:
        return inline(element)
    if tag in _RAW_TAGS:
        html = serialize((element,))
        return RawInline(html) if phrasing or tag in _PHRASING_RAW_TAGS else RawBlock(html)
    if tag in BLOCK_TAGS or (tag in _METADATA_TAGS and not phrasing):
        return division(element)
    return _span(element)


def read_attributes(element: tree.Element, *typed: str) -> Attributes:
    """The bag of `element`: its attributes less those that typed fields hold."""
    attributes = element.attributes
    if not attributes:
        return NO_ATTRIBUTES
    if typed:
        attributes = {name: value for name, value in attributes.items() if name not in typed}
    return Attributes.as_read(attributes) if attributes else NO_ATTRIBUTES


def _size(element: tree.Element) -> tuple[int | None, Attributes]:
    match = SIZE.fullmatch(element.attributes.get("data-ke-size", ""))
    if match is None:
        return None, read_attributes(element)
    return int(match[1]), read_attributes(element, "data-ke-size")


def _inlines(element: tree.Element) -> tuple[Inline, ...] | Division:
    """The content of `element` if a browser keeps it in one line of text, else `element` as a division.

    Children are converted once, whatever becomes of them: doing it anew for the division would double the
    work with every level of nesting.
    """
    content = _convert(element.children, phrasing=True)
    inlines = [node for node in content if isinstance(node, Inline)]
    if len(inlines) == len(content):
        return tuple(inlines)
    return _division(element, as_flow(_among_blocks(content, element)))


def _among_blocks(content: list[Block | Inline], element: tree.Element) -> list[Block | Inline]:
    """`content`, read as a line of text, with the raw markup that is a block among blocks."""
    phrasing = {
        serialize((child,))
        for child in element.children
        if isinstance(child, tree.Element) and child.tag in _PHRASING_RAW_TAGS
    }
    return [
        RawBlock(node.html) if isinstance(node, RawInline) and node.html not in phrasing else node
        for node in content
    ]


def division(element: tree.Element) -> Division:
    """`element` as a container of its own tag."""
    return _division(element, read_flow(element.children))


def _division(element: tree.Element, content: Flow) -> Division:
    tag = element.tag
    known = tag in BLOCK_TAGS or tag in INLINE_TAGS
    return Division(content, tag if known else AsRead(tag), attributes=read_attributes(element))


def _paragraph(element: tree.Element) -> Block:
    content = _inlines(element)
    if isinstance(content, Division):
        return content
    size, attributes = _size(element)
    if is_invisible(content):
        return Spacer(size, content, attributes=attributes)
    return Paragraph(content, size=size, attributes=attributes)


def _heading(element: tree.Element) -> Block:
    content = _inlines(element)
    if isinstance(content, Division):
        return content
    size, attributes = _size(element)
    return Heading(_HEADINGS[element.tag], content, size, attributes=attributes)


def _rule(element: tree.Element) -> Block:
    return Rule(attributes=read_attributes(element))


def _quote(element: tree.Element) -> Block:
    return Quote(read_flow(element.children), attributes=read_attributes(element))


def _preformatted(element: tree.Element) -> Block:
    code = element.children[0] if len(element.children) == 1 else None
    if not isinstance(code, tree.Element) or code.tag != "code" or element.attributes:
        return _letter_by_letter(element)
    text = _only_text(code)
    names = code.attributes.get("class", "")
    if text is None or (code.attributes and (len(code.attributes) > 1 or not names.startswith("language-"))):
        return _letter_by_letter(element)
    language = names.removeprefix("language-") if names else None
    if language is not None and (not language or any(c in HTML_SPACE for c in language)):
        language = AsRead(language)
    return CodeBlock(
        held(text, character_fault), language if language is None else held(language, character_fault)
    )


def _letter_by_letter(element: tree.Element) -> Block:
    """A `<pre>` as a division, if that holds all of its white space."""
    found = division(element)
    return found if _length(found) == _written_length(element) else RawBlock(serialize((element,)))


def _length(block: Block) -> int:
    length = 0
    for node in walk(block):
        if isinstance(node, (Code, CodeBlock, Text)):
            length += len(node.text)
    return length


def _written_length(element: tree.Element) -> int:
    """How many characters of text `element` holds, raw markup aside."""
    length = 0
    pending = list(element.children)
    while pending:
        node = pending.pop()
        if isinstance(node, tree.Text):
            length += len(node.value)
        elif isinstance(node, tree.Element) and node.tag not in _RAW_TAGS:
            pending += node.children
            if node.tag in _TABLE_PARTS:
                # White space shows nowhere between the parts of a table.
                length -= sum(len(text.value) for text in node.children if isinstance(text, tree.Text))
    return length


def _only_text(element: tree.Element) -> str | None:
    parts: list[str] = []
    for child in element.children:
        if not isinstance(child, tree.Text):
            return None
        parts.append(child.value)
    return "".join(parts)


def _line_break(element: tree.Element) -> Inline:
    return LineBreak(attributes=read_attributes(element))


def _image(element: tree.Element) -> Inline:
    attributes = element.attributes
    url = attributes.get("src")
    if url is None:
        return Span((), AsRead("img"), attributes=read_attributes(element))
    alt = attributes.get("alt")
    title = attributes.get("title")
    return Image(
        Url.as_read(url),
        None if alt is None else held(alt, character_fault),
        None if title is None else held(title, character_fault),
        attributes=read_attributes(element, "src", "alt", "title"),
    )


def _code(element: tree.Element) -> Block | Inline:
    text = _only_text(element)
    if text is None:
        return _span(element)
    return Code(held(text, character_fault), attributes=read_attributes(element))


def _link(element: tree.Element) -> Block | Inline:
    content = _inlines(element)
    if isinstance(content, Division):
        return content
    url = element.attributes.get("href")
    if url is None:
        return Span(content, "a", attributes=read_attributes(element))
    title = element.attributes.get("title")
    return Link(
        content,
        Url.as_read(url),
        None if title is None else held(title, character_fault),
        attributes=read_attributes(element, "href", "title"),
    )


def _styled(element: tree.Element) -> Block | Inline:
    """A `<span>`: a highlight if its style names a colour."""
    content = _inlines(element)
    if isinstance(content, Division):
        return content
    attributes = read_attributes(element)
    text = attributes.get("style")
    if text is not None and "color" in text.lower():
        style = Style(text)
        color, background = style.color("color"), style.color("background-color")
        if color is not None or background is not None:
            return Highlight(content, color, background, attributes=attributes)
    return Span(content, attributes=attributes)


def _span(element: tree.Element) -> Block | Inline:
    content = _inlines(element)
    if isinstance(content, Division):
        return content
    tag = element.tag
    return Span(content, tag if tag in INLINE_TAGS else AsRead(tag), attributes=read_attributes(element))


def _formatting(
    make: Callable[[tuple[Inline, ...], str, Attributes], Inline],
) -> Callable[[tree.Element], Block | Inline]:
    def read(element: tree.Element) -> Block | Inline:
        content = _inlines(element)
        if isinstance(content, Division):
            return content
        return make(content, element.tag, read_attributes(element))

    return read


_strong = _formatting(
    lambda content, tag, bag: Strong(content, "b" if tag == "b" else "strong", attributes=bag)
)
_emphasis = _formatting(
    lambda content, tag, bag: Emphasis(content, "em" if tag == "em" else "i", attributes=bag)
)
_underline = _formatting(
    lambda content, tag, bag: Underline(content, "u" if tag == "u" else "ins", attributes=bag)
)

_INLINE_CLASSES: Final[dict[str, Callable[[tree.Element], Block | Inline]]] = {
    "a": _link,
    "b": _strong,
    "br": _line_break,
    "code": _code,
    "del": _formatting(lambda content, _, bag: Strikethrough(content, "del", attributes=bag)),
    "em": _emphasis,
    "i": _emphasis,
    "img": _image,
    "ins": _underline,
    "s": _formatting(lambda content, _, bag: Strikethrough(content, "s", attributes=bag)),
    "small": _formatting(lambda content, _, bag: Small(content, attributes=bag)),
    "span": _styled,
    "strike": _formatting(lambda content, _, bag: Strikethrough(content, "strike", attributes=bag)),
    "strong": _strong,
    "sub": _formatting(lambda content, _, bag: Subscript(content, attributes=bag)),
    "sup": _formatting(lambda content, _, bag: Superscript(content, attributes=bag)),
    "u": _underline,
}


class _Reading:
    """Reads the content of compound elements as that of any other."""

    def flow(self, nodes: Iterable[tree.Node]) -> Flow:
        return read_flow(nodes)

    def inlines(self, element: tree.Element) -> tuple[Inline, ...] | None:
        content = _inlines(element) if _holds_no_block(element) else None
        return None if isinstance(content, Division) else content

    def attributes(self, element: tree.Element, *typed: str) -> Attributes:
        return read_attributes(element, *typed)


def _holds_no_block(element: tree.Element) -> bool:
    pending = list(element.children)
    while pending:
        node = pending.pop()
        if isinstance(node, tree.Element) and node.tag not in _RAW_TAGS:
            if node.tag in BLOCK_TAGS or node.tag == "hr":
                return False
            pending.extend(node.children)
    return True


def _compound(read: compounds.CompoundReader) -> Callable[[tree.Element], Block]:
    reading = _Reading()

    def reader(element: tree.Element) -> Block:
        return read(element, reading) or division(element)

    return reader


_READERS: Final[dict[str, Callable[[tree.Element], Block]]] = {
    "p": _paragraph,
    "hr": _rule,
    "blockquote": _quote,
    "pre": _preformatted,
    "ul": _compound(compounds.read_list),
    "ol": _compound(compounds.read_list),
    "table": _compound(compounds.read_table),
    "figure": _compound(compounds.read_figure),
    "details": _compound(compounds.read_details),
    "div": _compound(compounds.read_faq),
    **dict.fromkeys(_HEADINGS, _heading),
}
