"""The repair of illegal nesting, compared with lexbor, a complete HTML parser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsdao_article.problems import LimitExceeded
from newsdao_article.reading.content_models import ROW_GROUPS, VOID
from newsdao_article.reading.html_tree import MAX_REOPENED
from newsdao_article.reading.repair import needs_repair, repair
from newsdao_article.reading.tree import Comment, Element, Node, Text, Verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborNode

Signs = list[tuple[object, ...]]

# The space of trees is large and one example takes well under a millisecond.
MANY = settings(max_examples=6 * settings().max_examples)


# --- both trees in one flat form ---------------------------------------------------------------


def as_kramdown_writes(nodes: Sequence[Node]) -> str:
    """The HTML that kramdown would write, made without any code of the package."""
    parts: list[str] = []
    pending: list[tuple[str, Node | str]] = [("", node) for node in reversed(nodes)]
    while pending:
        parent, node = pending.pop()
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Text):
            parts.append(node.value if parent in ("script", "style") else escape(node.value))
        elif isinstance(node, Comment):
            parts.append(f"<!--{node.value}-->")
        elif isinstance(node, Verbatim):
            parts.append(node.html)
        else:
            attributes = "".join(
                f' {name}="{escape(value).replace(chr(34), "&quot;")}"'
                for name, value in node.attributes.items()
            )
            if node.self_closing or (node.tag in VOID and not node.children):
                parts.append(f"<{node.tag}{attributes} />")
            else:
                parts.append(f"<{node.tag}{attributes}>")
                pending.append(("", f"</{node.tag}>"))
                pending.extend((node.tag, child) for child in reversed(node.children))
    return "".join(parts)


def as_kramdown_writes_one(node: Node) -> str:
    return as_kramdown_writes([node])


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def add_text(signs: Signs, text: str) -> None:
    if text and signs and signs[-1][0] == "text":
        signs[-1] = ("text", f"{signs[-1][1]}{text}")
    elif text:
        signs.append(("text", text))


def signs_of_tree(nodes: Sequence[Node]) -> Signs:
    """The tree in document order, adjacent texts joined and every tbody written out."""
    signs: Signs = []
    pending: list[Node | None] = [*reversed(nodes)]
    while pending:
        node = pending.pop()
        if node is None:
            signs.append(("end",))
        elif isinstance(node, Text):
            add_text(signs, node.value)
        elif isinstance(node, Comment):
            signs.append(("comment", node.value))
        elif isinstance(node, Verbatim):
            signs.append(("verbatim", node.html))
        else:
            signs.append(("element", node.tag, dict(node.attributes)))
            pending.append(None)
            children = with_bodies(node.children) if node.tag == "table" else node.children
            pending.extend(reversed(children))
    return signs


def with_bodies(children: Sequence[Node]) -> list[Node]:
    result: list[Node] = []
    implied: Element | None = None
    for child in children:
        tag = child.tag if isinstance(child, Element) else ""
        if tag in ROW_GROUPS or tag in ("caption", "colgroup"):
            implied = None
        elif tag == "tr" and implied is None:
            implied = Element("tbody", {}, 0, 0)
            result.append(implied)
        (result if implied is None else implied.children).append(child)
    return result


def signs_of_page(html: str) -> Signs:
    """What lexbor has in its body after reading a page with `html` in it."""
    page = LexborHTMLParser("<!DOCTYPE html><html><head></head><body>" + html)
    assert page.body is not None
    signs: Signs = []
    parents: list[LexborNode] = []
    node = page.body.child
    while node is not None or parents:
        if node is None:
            signs.append(("end",))
            node = parents.pop().next
        elif node.is_text_node:
            add_text(signs, node.text_content or "")
            node = node.next
        elif node.tag == "-comment":
            signs.append(("comment", (node.html or "")[4:-3]))
            node = node.next
        else:
            signs.append(
                ("element", node.tag, {name: value or "" for name, value in node.attributes.items()})
            )
            parents.append(node)
            node = node.child
    return signs


# --- trees at random ---------------------------------------------------------------------------

# Left out because lexbor and the standard disagree: textarea (lexbor re-opens formatting
# elements inside), image in tables (lexbor loses it); and template, which is no part of the DOM
# tree and which lexbor fills differently where it holds forms or columns of tables.
COMMON = "p p b b span a h2 h3 hr br li ul table tbody tr tr td td div em code K-공감 오감도".split()
RARE = (
    "address article blockquote body button caption center col colgroup dd desc details dialog dl dt "
    "font foreignObject form frameset head html i iframe img input listing marquee math mi nobr "
    "noscript object ol optgroup option pre rb rp rt rtc ruby script select small strong style svg "
    "table tbody tfoot th thead title tr u unknown xmp"
).split()
TEXTS = ["가", "나 다", " ", "\n", "\n라", "a&b<c>", "&amp;", "</b>", "x\r\ny"]
ATTRIBUTES: list[dict[str, str]] = [{}, {}, {"class": "x"}, {"color": 'r"<'}, {"type": "hidden"}]

Step = tuple[str, str, dict[str, str]]


def within_body(nodes: list[Node]) -> list[Node]:
    """Without the empty elements that stand for what the browser adds to the document."""
    return [node for node in nodes if not (isinstance(node, Element) and node.tag in ("body", "html"))]


def steps(tags: Sequence[str]) -> st.SearchStrategy[list[Step]]:
    return st.lists(
        st.one_of(
            st.tuples(st.just("open"), st.sampled_from(tags), st.sampled_from(ATTRIBUTES)),
            st.tuples(st.just("close"), st.just(""), st.just(ATTRIBUTES[0])),
            st.tuples(st.just("text"), st.sampled_from(TEXTS), st.just(ATTRIBUTES[0])),
            st.tuples(
                st.just("comment"), st.sampled_from(["주", "-", ">a", "a--!>b", ""]), st.just(ATTRIBUTES[0])
            ),
        ),
        max_size=40,
    )


def grow(plan: Sequence[Step]) -> list[Node]:
    """The tree that a plan describes: open and close elements, put texts and comments between."""
    root: list[Node] = []
    branch = [root]
    for position, (action, content, attributes) in enumerate(plan):
        if action == "open":
            element = Element(content, dict(attributes), position, position + 1)
            branch[-1].append(element)
            if content not in VOID:
                branch.append(element.children)
        elif action == "text":
            branch[-1].append(Text(content, position, position + 1))
        elif action == "comment":
            branch[-1].append(Comment(content, position, position + 1))
        elif len(branch) > 1:
            branch.pop()
    return root


def trees() -> st.SearchStrategy[list[Node]]:
    return st.one_of(steps(COMMON), steps(COMMON + RARE)).map(grow)


@MANY
@given(trees())
def test_repaired_tree_is_what_a_browser_builds(nodes: list[Node]) -> None:
    assert signs_of_tree(within_body(repair(nodes))) == signs_of_page(as_kramdown_writes(nodes))


@MANY
@given(trees())
def test_tree_that_needs_no_repair_is_what_a_browser_builds(nodes: list[Node]) -> None:
    for node in nodes:
        if not needs_repair(node):
            assert signs_of_tree([node]) == signs_of_page(as_kramdown_writes([node]))


@given(trees())
def test_repair_leaves_its_input_alone(nodes: list[Node]) -> None:
    before = signs_of_tree(nodes)
    repair(nodes)
    assert signs_of_tree(nodes) == before


RAW_FRAGMENTS = (
    "<b>|</b>|<p|>|</p >|<a href=x/>|<a href='y' b|=\"c\"|<!--|-->|--!>|<!---->|<?php x ?>|<!doctype x>|<![CDATA["
    "|]]>|<table>|<tr>|<td|</table>|&lt;|&copy|&copy=1;|<svg>|<path d=1 />|<title>|</title>|<script>|</script>"
    "|</|</>|</ 가>|<가>|<plaintext>|text|\n| |<style>|</STYLE>|<Br/>|\r\n|<pre>\n\n|<xmp>|</xmp foo>|<html>|</body>"
).split("|")


@MANY
@given(st.lists(st.sampled_from(RAW_FRAGMENTS), max_size=16).map("".join))
@example("<script><!--<script></script>a</script>b")
@example("<svg><![CDATA[a<b]]></svg><![CDATA[c>d")
@example("<table>\n<!doctype x>가")
@example("<p title=a&copy=b&copyright&copy;&amp>")
def test_raw_html_is_read_as_a_browser_reads_it(html: str) -> None:
    if "<?" not in html:  # lexbor makes a processing instruction of it, which a model has no use for
        expected = signs_of_page(html)
        assert signs_of_tree(within_body(repair([Verbatim(html, 0, len(html))]))) == expected


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<a><b><u><i><em><div></a>가", id="fourth formatting element is not copied"),
        pytest.param(
            "<a><div><div><div><div><div><div><div><div><div><div></a>가", id="eight blocks are adopted"
        ),
        pytest.param("<table><tr><td><b>가</td></tr></table>나", id="formatting ends with its cell"),
        pytest.param("<table><caption><b>가</caption></table>나", id="formatting ends with its caption"),
        pytest.param("<object><b>가</object>나</b>다", id="formatting ends with its object"),
        pytest.param("<template><b>가</template>나", id="formatting ends with its template"),
        pytest.param("가</body><html><!--주-->", id="comment after the body"),
        pytest.param("<svg></body><!--주-->가", id="comment after the body in svg"),
        pytest.param("<table><form><tr><td>가</form>나<form>다", id="form in table"),
        pytest.param("<table><input type=Hidden><input>", id="hidden input in table"),
        pytest.param("<table><tr><table>가", id="table in row"),
        pytest.param("<table><colgroup> 가<col>", id="text in columns"),
        pytest.param("<select><input>가", id="input ends select"),
        pytest.param("<select><option>가<optgroup><option>나<hr>다</select>라", id="options"),
        pytest.param("<math><mi><p>가<annotation-xml encoding=text/html>나", id="HTML in math"),
        pytest.param("<math><annotation-xml encoding='Text/HTML'><p>가", id="HTML in annotation"),
        pytest.param("<svg><font color=a>가</svg><svg><font>나", id="font leaves svg only with a colour"),
        pytest.param("<svg><desc><p>가</desc>나</p>", id="HTML in svg"),
        pytest.param("<svg><g /><b>가</svg>", id="bold leaves svg"),
        pytest.param("<p>가<plaintext>나</p>", id="plaintext never ends"),
        pytest.param("<style><!--</style>--></style>", id="comment does not hide the end of style"),
        pytest.param("</p>가</br>나</b></h1></li></td></tr></object>", id="stray end tags"),
    ],
)
def test_rare_rules_are_those_of_a_browser(html: str) -> None:
    expected = signs_of_page(html)
    if "<template" in html:  # its content is no part of lexbor's tree
        expected = [
            ("element", "template", {}),
            ("element", "b", {}),
            ("text", "가"),
            ("end",),
            ("end",),
            ("text", "나"),
        ]
    assert signs_of_tree(within_body(repair([Verbatim(html, 0, len(html))]))) == expected


# --- what becomes of what ----------------------------------------------------------------------


def element(tag: str, *children: Node | str, **attributes: str) -> Element:
    result = Element(tag, attributes, 0, 9)
    result.children = [Text(child, 0, len(child)) if isinstance(child, str) else child for child in children]
    return result


def self_closing(tag: str) -> Element:
    result = element(tag)
    result.self_closing = True
    return result


def parts(*nodes: Node) -> list[Node]:
    return list(nodes)


TABLE = element("table", element("tr", element("td", "가")))

REPAIRS = [
    pytest.param(
        parts(element("p", "가", element("p", "나"), "다")),
        "<p>가</p><p>나</p>다<p></p>",
        id="paragraph in paragraph",
    ),
    pytest.param(
        parts(element("p", "가", element("hr"), "나")), "<p>가</p><hr />나<p></p>", id="rule in paragraph"
    ),
    pytest.param(
        parts(element("p", element("ul", element("li", "가")))),
        "<p></p><ul><li>가</li></ul><p></p>",
        id="list in paragraph",
    ),
    pytest.param(
        parts(element("p", element("b", "가", element("h2", "나")))),
        "<p><b>가</b></p><h2><b>나</b></h2><p></p>",
        id="heading in bold in paragraph",
    ),
    pytest.param(
        parts(element("h2", "가", element("h3", "나"))), "<h2>가</h2><h3>나</h3>", id="heading in heading"
    ),
    pytest.param(
        parts(element("a", "가", element("a", "나", href="v"), href="u")),
        '<a href="u">가</a><a href="v">나</a>',
        id="link in link",
    ),
    pytest.param(
        parts(element("ul", element("li", "가", element("li", "나")))),
        "<ul><li>가</li><li>나</li></ul>",
        id="item in item",
    ),
    pytest.param(
        parts(element("b", element("p", "가", element("b", "나")), "다")),
        "<b><p>가<b>나</b></p>다</b>",
        id="bold paragraph stays",
    ),
    pytest.param(parts(element("tr", element("td", "가"))), "가", id="row outside of a table"),
    pytest.param(
        parts(element("table", "가", element("tr", element("td", "나")), element("b", "다"))),
        "가<b>다</b><table><tr><td>나</td></tr></table>",
        id="text and bold in table go before it",
    ),
    pytest.param(
        parts(element("table", " ", "가", element("tr", " ", element("td")))),
        " 가<table><tr> <td></td></tr></table>",
        id="white space beside text in table goes with it",
    ),
    pytest.param(
        parts(element("table", element("td", "가"))),
        "<table><tr><td>가</td></tr></table>",
        id="cell without row",
    ),
    pytest.param(
        parts(element("table", element("col"))),
        "<table><colgroup><col /></colgroup></table>",
        id="column without group",
    ),
    pytest.param(
        parts(element("p", "가", TABLE)),
        "<p>가</p><table><tr><td>가</td></tr></table><p></p>",
        id="table in paragraph",
    ),
    pytest.param(
        parts(element("오감도", "가", title='"')),
        '&lt;오감도 title="""&gt;가<!--오감도-->',
        id="Hangul name is text",
    ),
    pytest.param(parts(element("K-공감", "가")), "<k-공감>가</k-공감>", id="ASCII capitals are lowered"),
    pytest.param(parts(element("image"), element("div")), "<img /><div></div>", id="image is img"),
    pytest.param(
        parts(element("html", element("head", element("meta")), element("body", "가"))),
        "<meta />가",
        id="document in body",
    ),
    pytest.param(parts(element("pre", "\n\n가")), "<pre>\n가</pre>", id="first line break of pre"),
    pytest.param(parts(element("p", "가\r\n나\0다")), "<p>가\n나다</p>", id="line ends and NUL"),
    pytest.param(
        parts(Verbatim("<?php echo ?>가", 0, 14)), "<!--?php echo ?-->가", id="processing instruction"
    ),
    pytest.param(
        parts(self_closing("b"), element("p", "가")), "<b><p>가</p></b>", id="<b /> is not the end of b"
    ),
    pytest.param(
        parts(element("textarea", "가", element("b", "나 & 다"))),
        "<textarea>가&lt;b&gt;나 &amp; 다&lt;/b&gt;</textarea>",
        id="textarea holds text only",
    ),
    pytest.param(
        parts(element("xmp", "나 & 다", element("b"))),
        "<xmp>나 &amp;amp; 다&lt;b&gt;&lt;/b&gt;</xmp>",
        id="xmp does not even decode",
    ),
    pytest.param(
        parts(element("template", element("tr", element("td", "가")))),
        "<template><tr><td>가</td></tr></template>",
        id="template takes rows",
    ),
    pytest.param(parts(element("form", element("form", "가"))), "<form>가</form>", id="form in form"),
    pytest.param(
        parts(element("svg", element("lineargradient"), element("p", "가"))),
        "<svg><linearGradient></linearGradient></svg><p>가</p>",
        id="paragraph leaves svg",
    ),
]


@pytest.mark.parametrize(("nodes", "expected"), REPAIRS)
def test_repair(nodes: list[Node], expected: str) -> None:
    assert as_kramdown_writes(repair(nodes)) == expected


@pytest.mark.parametrize("nodes", [case.values[0] for case in REPAIRS if case.id != "bold paragraph stays"])
def test_illegal_nesting_is_noticed(nodes: list[Node]) -> None:
    assert any(map(needs_repair, nodes))


LEGAL = [
    element("p", "가", element("b", element("span", "나"), element("br")), element("a", element("img"))),
    TABLE,
    element(
        "table",
        " ",
        element("caption", element("p", "가")),
        element("colgroup", element("col"), "\n"),
        element("thead", element("tr", element("th", "가"))),
        "\n",
        element("tr", " ", element("td", element("p", "가"), TABLE, Comment("주", 0, 1))),
    ),
    element("ul", element("li", element("p", "가"), element("ol", element("li", "나")))),
    element("blockquote", element("h2", "가"), element("hr"), element("pre", element("code", "\n가"))),
    element("a", element("div", element("h3", "가"), element("p", "나"))),
    element("a", element("table", element("tr", element("td", element("a", "가"))))),
    element("b", element("b", element("b", element("b", element("p", "가"))))),
    element("dl", element("dt", "가"), element("dd", element("p", "나"))),
    element("ruby", "가", element("rp", "("), element("rt", "나"), element("rp", ")")),
    element("details", element("summary", element("b", "가")), element("p", "나")),
    element("button", element("span", "가")),
    element("object", element("p", element("object", element("p", "가")))),
    element("k-공감", "가", element("mark", "나")),
    element("iframe", src="u"),
    element("script", "if (a < b && c) { d() }"),
    Comment("주 - 석", 0, 9),
    Text("가 & <나>", 0, 9),
]


@pytest.mark.parametrize("node", LEGAL, ids=as_kramdown_writes_one)
def test_legal_nesting_needs_no_repair(node: Node) -> None:
    assert not needs_repair(node)
    assert signs_of_tree(repair([node])) == signs_of_tree([node]) == signs_of_page(as_kramdown_writes([node]))


@pytest.mark.parametrize(
    "node",
    [
        element("table", element("td", "가")),
        element("table", "가"),
        element("tr", " 가", element("td")),
        element("ul", element("li", element("span", element("li")))),
        element("dl", element("dd", element("div", element("dt")))),
        element("button", element("b", element("button"))),
        element("nobr", element("nobr")),
        element("form", element("div", element("form"))),
        element("h2", element("h3")),
        element("p", element("button", element("p")), element("center")),
        element("br", "가"),
        element("script", "'</script >'"),
        element("script", "<!-- <script>"),
        element("span", element("rt", "가")),
        element("select", element("option", "가")),
        element("command"),
        Comment(">가", 0, 9),
        Comment("가--!>나", 0, 9),
        Text("가\r", 0, 2),
    ],
    ids=as_kramdown_writes_one,
)
def test_what_a_browser_reads_otherwise_needs_repair(node: Node) -> None:
    assert needs_repair(node)


def test_attributes_that_a_browser_gives_to_the_document_follow_the_content() -> None:
    page = element("html", element("p"), lang="ko")
    assert as_kramdown_writes(repair([page])) == '<p></p><html lang="ko"></html>'
    assert as_kramdown_writes(repair(repair([page]))) == '<p></p><html lang="ko"></html>'


def test_row_group_that_only_the_browser_adds_is_left_out() -> None:
    rows = element(
        "table", element("tr", element("td", "가")), element("tbody", element("tr", element("td")))
    )
    assert as_kramdown_writes(repair([rows])) == as_kramdown_writes([rows])


@pytest.mark.parametrize("between", ["", " ", "<!--주-->"])
def test_row_group_that_ended_before_more_rows_is_kept(between: str) -> None:
    html = f"<table><tr></tr></tbody>{between}<tr></tr></table>"
    assert as_kramdown_writes(repair([Verbatim(html, 0, len(html))])) == (
        f"<table><tbody><tr></tr></tbody>{between}<tr></tr></table>"
    )


def test_table_stays_in_its_paragraph_in_quirks_mode() -> None:
    nodes = parts(element("p", "가", TABLE))
    assert as_kramdown_writes(repair(nodes, quirks=True)) == as_kramdown_writes(nodes)


def test_at_most_three_equal_formatting_elements_are_opened_again() -> None:
    nested = element("b", "나")
    for _ in range(5):
        nested = element("b", nested)
    paragraph = element("p", element("b", element("b", element("b", element("b", element("p", "가"))))))
    assert "<p><b><b><b>가</b></b></b></p>" in as_kramdown_writes(repair([paragraph]))
    assert not needs_repair(nested)


# --- positions ---------------------------------------------------------------------------------


def written(source: str, tag: str, content: str, *, markdown: bool = False) -> Element:
    """An element that stands in `source` as a tag around `content`."""
    inner = source.index(content)
    result = Element(tag, {"class": tag}, source.rindex("<", 0, inner), markdown=markdown)
    result.inner_start, result.inner_end = inner, inner + len(content)
    result.end = source.index(">", result.inner_end) + 1
    return result


def find(nodes: Sequence[Node], tag: str) -> list[Element]:
    return [node for node in descendants(nodes) if isinstance(node, Element) and node.tag == tag]


def descendants(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, Element):
            yield from descendants(node.children)


def test_elements_keep_their_place_attributes_and_how_they_were_written() -> None:
    source = "<p>가<b>나<p>다</p>라</b>마</p>"
    outer = written(source, "p", "가<b>나<p>다</p>라</b>마")
    bold = written(source, "b", "나<p>다</p>라", markdown=True)
    inner = written(source, "p", "다")
    inner.closed = False
    outer.children = [Text("가", 3, 4), bold, Text("마", 21, 22)]
    bold.children = [Text("나", 7, 8), inner, Text("라", 16, 17)]
    inner.children = [Text("다", 11, 12)]

    result = repair([outer])

    assert as_kramdown_writes(result) == (
        '<p class="p">가<b class="b">나</b></p><p class="p"><b class="b">다</b></p>'
        '<b class="b">라</b>마<p></p>'
    )
    first, second, stray = find(result, "p")
    for copy, original in ((first, outer), (second, inner), *((copy, bold) for copy in find(result, "b"))):
        assert copy is not original
        assert copy.attributes is original.attributes
        assert (copy.start, copy.end) == (original.start, original.end)
        assert (copy.inner_start, copy.inner_end) == (original.inner_start, original.inner_end)
        assert (copy.markdown, copy.closed) == (original.markdown, original.closed)
    assert (stray.start, stray.end, stray.attributes) == (outer.inner_end, outer.inner_end, {})
    for node in descendants(result):
        if isinstance(node, Text):
            assert source[node.start : node.end] == node.value


def test_implied_elements_have_an_empty_range_where_they_arise() -> None:
    cell = Element("td", {}, 7, 16)
    cell.inner_start, cell.inner_end = 11, 11
    table = Element("table", {}, 0, 24)
    table.inner_start, table.inner_end = 7, 16
    table.children = [cell]
    (row,) = find(repair([table]), "tr")
    assert (row.start, row.end, row.inner_start, row.inner_end, row.closed) == (7, 7, 7, 7, False)


def test_raw_html_is_located_where_it_is_a_slice_of_the_source() -> None:
    html = "<p>가<b>나</p><!--다-->"
    result = repair([Verbatim(html, 100, 100 + len(html))])
    assert [
        html[node.start - 100 : node.end - 100]
        for node in descendants(result)
        if not (isinstance(node, Element) and node.tag == "b")
    ] == ["<p>가<b>나</p>", "가", "나", "<!--다-->"]
    (bold,) = find(result, "b")
    assert html[bold.start - 100 : bold.end - 100] == "<b>나"
    assert not bold.closed


def test_raw_html_that_is_no_slice_of_the_source_gets_the_range_of_the_whole() -> None:
    (paragraph,) = repair([Verbatim("<p>가</p>", 5, 40)])
    assert (paragraph.start, paragraph.end) == (5, 40)


# --- size --------------------------------------------------------------------------------------


def nested(tags: Sequence[str], depth: int) -> list[Node]:
    root: list[Node] = []
    children = root
    for level in range(depth):
        element = Element(tags[level % len(tags)], {}, level, level)
        children.append(element)
        children = element.children
    return root


@pytest.mark.parametrize(
    "tags",
    [["div"], ["p"], ["p", "b"], ["b"], ["a", "div"], ["ul", "li"], ["li"], ["table", "tr", "td"], ["svg"]],
)
def test_ten_thousand_levels(tags: list[str]) -> None:
    nodes = nested(tags, 10_000)
    needs_repair(nodes[0])
    assert signs_of_tree(within_body(repair(nodes))) == signs_of_page(as_kramdown_writes(nodes))


def test_ten_thousand_broken_paragraphs_side_by_side() -> None:
    nodes = parts(*(element("p", element("b", element("hr"), "가")) for _ in range(10_000)))
    assert signs_of_tree(within_body(repair(nodes))) == signs_of_page(as_kramdown_writes(nodes))


def test_reopening_is_limited() -> None:
    nodes: list[Node] = []
    children = nodes
    for level in range(1_000):
        paragraph, bold = element("p"), element("b", id=str(level))
        paragraph.children = [bold]
        children.append(paragraph)
        children = bold.children
    with pytest.raises(LimitExceeded, match=str(MAX_REOPENED)):
        repair(nodes)
