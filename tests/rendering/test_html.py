"""HTML: what each node becomes, how it is laid out, and what the options change."""

from __future__ import annotations

import html as standard_html
import sys
from collections.abc import Callable, Iterator
from typing import Literal

import markupsafe
import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

import newsdao_article as na
from newsdao_article.testing import strategies

BR = na.LineBreak()
Raw = Literal["escape", "drop", "keep"]


def plain(*content: str | na.Inline) -> na.Paragraph:
    """A paragraph without the editor's size, to keep what is expected short."""
    return na.Paragraph(content, size=None)


def lines(*texts: str) -> str:
    return "\n".join(texts)


class TestTags:
    @pytest.mark.parametrize(
        ("node", "expected"),
        [
            (na.Text("글"), "글"),
            (na.Strong("글"), "<b>글</b>"),
            (na.Strong("글", "strong"), "<strong>글</strong>"),
            (na.Emphasis("글"), "<em>글</em>"),
            (na.Emphasis("글", "i"), "<i>글</i>"),
            (na.Underline("글"), "<u>글</u>"),
            (na.Underline("글", "ins"), "<ins>글</ins>"),
            (na.Strikethrough("글"), "<del>글</del>"),
            (na.Strikethrough("글", "strike"), "<strike>글</strike>"),
            (na.Small("글"), "<small>글</small>"),
            (na.Superscript("2"), "<sup>2</sup>"),
            (na.Subscript("2"), "<sub>2</sub>"),
            (na.Code("a < b"), "<code>a &lt; b</code>"),
            (na.Highlight("글", "#ee2323"), '<span style="color: #ee2323;">글</span>'),
            (
                na.Highlight("글", "#fff", "#000"),
                '<span style="background-color: #000; color: #fff;">글</span>',
            ),
            (na.Link("글", "/a"), '<a href="/a">글</a>'),
            (na.Link("글", "/a", "풀이"), '<a href="/a" title="풀이">글</a>'),
            (na.Image("/a.png"), '<img src="/a.png" alt="" />'),
            (na.Image("/a.png", None), '<img src="/a.png" />'),
            (na.LineBreak(), "<br />"),
            (na.Span("글", "kbd"), "<kbd>글</kbd>"),
            (na.Span((), "wbr"), "<wbr />"),
            (na.Comment(" 글 "), "<!-- 글 -->"),
        ],
    )
    def test_of_an_inline(self, node: na.Inline, expected: str) -> None:
        assert na.render_html(node) == expected

    @pytest.mark.parametrize(
        ("node", "expected"),
        [
            (na.Heading(2, "글"), '<h2 data-ke-size="size26">글</h2>'),
            (na.Heading(3, "글"), "<h3>글</h3>"),
            (na.Paragraph("글"), '<p data-ke-size="size16">글</p>'),
            (na.Paragraph("글", size=18), '<p data-ke-size="size18">글</p>'),
            (na.Spacer(), '<p data-ke-size="size16">&nbsp;</p>'),
            (na.Spacer(None, BR), "<p><br /></p>"),
            (na.Rule(), "<hr />"),
            (na.Figure(na.Image("/a.png")), '<figure><img src="/a.png" alt="" /></figure>'),
            (na.Figure("글", "풀이"), "<figure>글<figcaption>풀이</figcaption></figure>"),
            (na.Quote("글"), "<blockquote>글</blockquote>"),
            (na.CodeBlock("a <\n"), "<pre><code>a &lt;\n</code></pre>"),
            (na.CodeBlock("x", "python"), '<pre><code class="language-python">x</code></pre>'),
            (na.Details("더", "글"), "<details><summary>더</summary>글</details>"),
            (na.Details("더", "글", open=True), '<details open=""><summary>더</summary>글</details>'),
            (na.Division("글"), "<div>글</div>"),
            (na.Division("글", "footer"), "<footer>글</footer>"),
        ],
    )
    def test_of_a_block(self, node: na.Block, expected: str) -> None:
        assert na.render_html(node) == expected

    def test_of_questions_and_answers_are_schema_org_microdata(self) -> None:
        faq = na.Faq([na.FaqItem("언제?", plain("오늘."), "q1")])
        assert na.render_html(faq) == lines(
            '<div itemscope="" itemtype="https://schema.org/FAQPage">',
            "<blockquote>",
            '<div itemscope="" itemprop="mainEntity" itemtype="https://schema.org/Question">',
            '<h3 itemprop="name" id="q1">언제?</h3>',
            '<div itemscope="" itemprop="acceptedAnswer" itemtype="https://schema.org/Answer">',
            '<span itemprop="text">',
            "    <p>오늘.</p>",
            "</span>",
            "</div>",
            "</div>",
            "</blockquote>",
            "</div>",
        )

    def test_void_elements_are_spelled_as_the_style_says(self) -> None:
        article = na.Article(lead=[na.Rule(), plain("가", BR, "나")])
        for void_end in (" />", "/>", ">"):
            options = na.HtmlOptions(style=na.HouseStyle(void_end=void_end))
            rendered = na.render_html(article, options)
            assert rendered == f"<hr{void_end}\n\n<p>가<br{void_end}나</p>"


class TestEscaping:
    def test_of_text_leaves_no_character_that_opens_markup(self) -> None:
        assert na.render_html(na.Text("a < b & c > d &lt; \"e\" 'f'")) == (
            "a &lt; b &amp; c &gt; d &amp;lt; \"e\" 'f'"
        )

    def test_of_attributes_leaves_no_way_out_of_the_quotes(self) -> None:
        image = na.Image("/a?b=1&c=2", 'a"b<c>&d', attributes={"class": '" onload="x'})
        assert na.render_html(image) == (
            '<img src="/a?b=1&amp;c=2" alt="a&quot;b&lt;c&gt;&amp;d" class="&quot; onload=&quot;x" />'
        )

    def test_no_break_spaces_are_written_so_that_editors_show_them(self) -> None:
        assert na.render_html(na.Text("가\u00a0나")) == "가&nbsp;나"

    def test_ideographic_spaces_and_other_characters_stay_themselves(self) -> None:
        assert na.render_html(na.Text("가\u3000나\u200b다😀")) == "가\u3000나\u200b다😀"

    @pytest.mark.parametrize("text", ["</code>", "</pre><b>", "&lt;"])
    def test_of_code_keeps_it_inside_its_element(self, text: str) -> None:
        written = standard_html.escape(text, quote=False)
        assert na.render_html(na.Code(text)) == f"<code>{written}</code>"
        assert na.render_html(na.CodeBlock(text)) == f"<pre><code>{written}</code></pre>"

    def test_of_a_language_keeps_it_inside_its_attribute(self) -> None:
        assert na.render_html(na.CodeBlock("", 'a"b')) == (
            '<pre><code class="language-a&quot;b"></code></pre>'
        )

    def test_of_an_anchor_keeps_it_inside_its_attribute(self) -> None:
        rendered = na.render_html(na.Faq([na.FaqItem("가", "나", '"><b>')]))
        assert ' id="&quot;&gt;&lt;b&gt;"' in rendered
        assert "<b>" not in rendered

    @pytest.mark.parametrize("raw", ["escape", "drop", "keep"])
    @pytest.mark.parametrize("name", ["style", "class", "title", "href"])
    def test_does_not_trust_strings_that_call_themselves_markup(self, raw: Raw, name: str) -> None:
        value = markupsafe.Markup('color: red" onmouseover="x')
        span = na.Span("가", attributes=na.Attributes.as_read({name: value}))
        element = LexborHTMLParser(na.render_html(span, na.HtmlOptions(raw=raw))).css_first("span")
        assert element is not None
        is_unlisted = raw != "keep" and name == "href"
        assert dict(element.attributes) == ({} if is_unlisted else {name: str(value)})

    def test_does_not_trust_raw_nodes_of_markup(self) -> None:
        for node in (na.RawInline(markupsafe.Markup("<b>")), na.RawBlock(markupsafe.Markup("<b>"))):
            assert "&lt;b&gt;" in na.render_html(node)

    def test_liquid_is_left_to_the_post_file(self) -> None:
        """HTML goes to browsers; `render_post` writes for Jekyll."""
        assert na.render_html(na.Text("{{ a }} {% b %}")) == "{{ a }} {% b %}"


class TestAttributes:
    def test_typed_ones_come_first(self) -> None:
        link = na.Link("글", "/a", attributes={"rel": "nofollow", "class": "x"})
        assert na.render_html(link) == '<a href="/a" rel="nofollow" class="x">글</a>'
        image = na.Image("/a.png", "그림", attributes={"width": "10"})
        assert na.render_html(image) == '<img src="/a.png" alt="그림" width="10" />'
        heading = na.Heading(2, "글", attributes={"id": "a"})
        assert na.render_html(heading) == '<h2 data-ke-size="size26" id="a">글</h2>'
        cell = na.Cell("글", colspan=2, rowspan=3, align="center", attributes={"class": "x"})
        assert '<td colspan="2" rowspan="3" style="text-align: center;" class="x">' in na.render_html(
            na.Table([[cell]])
        )

    def test_of_the_bag_keep_their_order(self) -> None:
        division = na.Division("글", attributes={"id": "b", "class": "a", "data-x": "1", "aria-label": "c"})
        assert na.render_html(division) == '<div id="b" class="a" data-x="1" aria-label="c">글</div>'

    def test_a_style_that_says_more_than_the_fields_is_written_whole_and_once(self) -> None:
        highlight = na.Highlight("글", "#ee2323", attributes={"style": "color:#ee2323; font-weight: bold"})
        assert na.render_html(highlight) == '<span style="color:#ee2323; font-weight: bold">글</span>'
        cell = na.Cell("글", align="right", attributes={"style": "text-align: right; height: 17px;"})
        assert na.render_html(na.Table([[cell]])).count("style=") == 1


class TestLayout:
    def test_blocks_of_an_article_stand_apart_by_the_gap_of_the_style(self) -> None:
        article = na.Article(lead=[plain("가")], sections=[na.Section(na.Heading(3, "나"), [plain("다")])])
        assert na.render_html(article) == "<p>가</p>\n\n<h3>나</h3>\n\n<p>다</p>"
        tight = na.HtmlOptions(style=na.HouseStyle(gap="\n"))
        assert na.render_html(article, tight) == "<p>가</p>\n<h3>나</h3>\n<p>다</p>"

    def test_a_section_is_its_heading_and_its_blocks(self) -> None:
        section = na.Section(na.Heading(3, "나"), [plain("다")])
        assert na.render_html(section) == "<h3>나</h3>\n\n<p>다</p>"

    def test_an_article_without_blocks_is_empty(self) -> None:
        assert na.render_html(na.Article()) == ""

    def test_lists_within_lists_step_in(self) -> None:
        nested = na.List(["가", [plain("나"), na.List(["다"], ordered=True, start=3)], []])
        assert na.render_html(nested) == lines(
            "<ul>",
            "    <li>가</li>",
            "    <li>",
            "        <p>나</p>",
            '        <ol start="3">',
            "            <li>다</li>",
            "        </ol>",
            "    </li>",
            "    <li></li>",
            "</ul>",
        )

    def test_parts_of_a_table_step_in(self) -> None:
        table = na.Table(
            [["가", na.Cell([na.Table([["나"]])])]],
            head=[[na.Cell("다", header=True)]],
            foot=[["라"]],
            caption="마",
            columns=[na.Column(2)],
        )
        assert na.render_html(table) == lines(
            "<table>",
            "    <caption>마</caption>",
            "    <colgroup>",
            '        <col span="2" />',
            "    </colgroup>",
            "    <thead>",
            "        <tr>",
            "            <th>다</th>",
            "        </tr>",
            "    </thead>",
            "    <tbody>",
            "        <tr>",
            "            <td>가</td>",
            "            <td>",
            "                <table>",
            "                    <tr>",
            "                        <td>나</td>",
            "                    </tr>",
            "                </table>",
            "            </td>",
            "        </tr>",
            "    </tbody>",
            "    <tfoot>",
            "        <tr>",
            "            <td>라</td>",
            "        </tr>",
            "    </tfoot>",
            "</table>",
        )

    def test_a_table_of_body_rows_alone_has_no_tbody_as_in_house_posts(self) -> None:
        assert na.render_html(na.Table([["가"]])) == lines(
            "<table>", "    <tr>", "        <td>가</td>", "    </tr>", "</table>"
        )

    def test_the_indent_is_that_of_the_style(self) -> None:
        options = na.HtmlOptions(style=na.HouseStyle(indent="\t"))
        assert na.render_html(na.List(["가"]), options) == "<ul>\n\t<li>가</li>\n</ul>"

    def test_empty_lists_tables_and_rows_get_no_lines(self) -> None:
        assert na.render_html(na.List([])) == "<ul></ul>"
        assert na.render_html(na.Table([])) == "<table></table>"
        assert na.render_html(na.Table([[]])) == "<table>\n    <tr></tr>\n</table>"

    def test_no_white_space_is_added_beside_inlines_at_the_edge_of_a_container(self) -> None:
        quote = na.Quote(["앞", plain("가"), "뒤"])
        assert na.render_html(quote) == "<blockquote>앞\n    <p>가</p>\n    뒤</blockquote>"
        assert na.render_html(na.Quote(["앞", na.Strong("뒤")])) == "<blockquote>앞<b>뒤</b></blockquote>"

    def test_no_white_space_is_added_beside_an_inline_element_around_blocks(self) -> None:
        wrapped = na.Division([plain("가")], "b")
        assert na.render_html(na.Quote(["앞", wrapped, "뒤"])) == (
            "<blockquote>앞<b>\n    <p>가</p>\n</b>뒤</blockquote>".replace("\n    ", "\n        ").replace(
                "\n</b>", "\n    </b>"
            )
        )

    def test_blocks_that_render_to_nothing_leave_no_gap_and_no_line(self) -> None:
        drop = na.HtmlOptions(raw="drop")
        raw = na.RawBlock("<x>")
        assert na.render_html(na.Article(lead=[raw, plain("가"), raw, plain("나"), raw]), drop) == (
            "<p>가</p>\n\n<p>나</p>"
        )
        assert na.render_html(na.Quote([raw, plain("가"), raw]), drop) == (
            "<blockquote>\n    <p>가</p>\n</blockquote>"
        )
        assert na.render_html(na.Quote([raw]), drop) == "<blockquote></blockquote>"

    def test_preformatted_divisions_get_no_white_space_at_all(self) -> None:
        pre = na.Division(["가\n", na.List(["나"]), na.Table([["다"]]), na.Division([plain("라")])], "pre")
        assert na.render_html(pre) == (
            "<pre>가<ul><li>나</li></ul><table><tr><td>다</td></tr></table><div><p>라</p></div></pre>"
        )

    def test_layout_resumes_after_a_preformatted_division(self) -> None:
        both = na.Quote([na.Division(["가", na.List(["나"])], "pre"), na.List(["다"])])
        assert na.render_html(both) == lines(
            "<blockquote>",
            "    <pre>가<ul><li>나</li></ul></pre>",
            "    <ul>",
            "        <li>다</li>",
            "    </ul>",
            "</blockquote>",
        )

    @pytest.mark.parametrize("text", ["\n가", "\n\n가", "가\n"])
    def test_preformatted_divisions_keep_their_line_feeds_in_a_browser(self, text: str) -> None:
        rendered = na.render_html(na.Division([na.Text(text)], "pre"))
        element = LexborHTMLParser(rendered).css_first("pre")
        assert element is not None
        assert element.text() == text

    @pytest.mark.parametrize("text", ["\n가", "\n\n", " 가\t\n"])
    def test_code_blocks_keep_their_line_feeds_in_a_browser(self, text: str) -> None:
        element = LexborHTMLParser(na.render_html(na.CodeBlock(text))).css_first("code")
        assert element is not None
        assert element.text() == text


class TestBareContent:
    """kramdown would wrap it in a paragraph of its own; inside a table body it does not, and browsers ignore that."""

    def test_bare_paragraphs_among_the_blocks_of_an_article_stand_in_a_table_body(self) -> None:
        article = na.Article(lead=[na.Paragraph(["가", na.Strong("나")], bare=True)])
        assert na.render_html(article) == "<tbody>가<b>나</b></tbody>"

    def test_inline_elements_around_blocks_do_too(self) -> None:
        article = na.Article(lead=[na.Division([plain("가")], "b")])
        assert na.render_html(article) == "<tbody><b>\n    <p>가</p>\n</b></tbody>"

    def test_inside_other_blocks_it_stands_as_it_is(self) -> None:
        assert na.render_html(na.Quote([na.Division([plain("가")], "b")])).startswith("<blockquote><b>")

    def test_browsers_show_it_without_the_table_body(self) -> None:
        article = na.Article(lead=[plain("앞"), na.Paragraph("가", bare=True)])
        body = LexborHTMLParser(na.render_html(article)).body
        assert body is not None
        assert [node.tag for node in body.iter()] == ["p"]
        assert body.text(deep=False).strip() == "가"

    def test_reads_back_as_it_was(self) -> None:
        article = na.Article(
            lead=[plain("앞"), na.Paragraph("가", bare=True), plain("뒤"), na.Division([plain("나")], "b")]
        )
        assert na.parse(f"---\n---\n{na.render_html(article)}").article == article


class TestRaw:
    inline = na.RawInline("<x-y>&amp;")
    block = na.RawBlock("<x-y>&amp;")
    link = na.Link(
        "글",
        na.Url.as_read("javascript:x"),
        attributes=na.Attributes.as_read(
            {"onclick": "x", "class": "y", "style": "color: red; position: fixed"}
        ),
    )

    def test_escape_shows_raw_nodes_as_text(self) -> None:
        assert na.render_html(self.inline) == "&lt;x-y&gt;&amp;amp;"
        assert na.render_html(self.block) == "<p>&lt;x-y&gt;&amp;amp;</p>"

    def test_drop_leaves_raw_nodes_out(self) -> None:
        options = na.HtmlOptions(raw="drop")
        assert na.render_html(plain("가", self.inline, "나"), options) == "<p>가나</p>"
        assert na.render_html(self.block, options) == ""

    def test_keep_writes_raw_nodes_as_they_are(self) -> None:
        options = na.HtmlOptions(raw="keep")
        assert na.render_html(self.inline, options) == "<x-y>&amp;"
        assert na.render_html(self.block, options) == "<x-y>&amp;"

    @pytest.mark.parametrize("raw", ["escape", "drop"])
    def test_what_the_allow_lists_do_not_hold_is_left_out(self, raw: Raw) -> None:
        assert na.render_html(self.link, na.HtmlOptions(raw=raw)) == '<a class="y" style="color: red;">글</a>'

    def test_keep_writes_what_was_read(self) -> None:
        assert na.render_html(self.link, na.HtmlOptions(raw="keep")) == (
            '<a href="javascript:x" onclick="x" class="y" style="color: red; position: fixed">글</a>'
        )

    def test_unknown_elements_lose_their_tag_and_keep_their_content(self) -> None:
        span = na.Span("글", na.AsRead("x-y"))
        division = na.Division("글", na.AsRead("marquee"))
        assert na.render_html(span) == "글"
        assert na.render_html(division) == "<div>글</div>"
        assert na.render_html(span, na.HtmlOptions(raw="keep")) == "<x-y>글</x-y>"
        assert na.render_html(division, na.HtmlOptions(raw="keep")) == "<marquee>글</marquee>"

    def test_comments_that_could_end_early_are_left_out(self) -> None:
        comment = na.Comment(na.AsRead("--><script>"))
        assert na.render_html(plain("가", comment)) == "<p>가</p>"
        assert na.render_html(comment, na.HtmlOptions(raw="keep")) == "<!----><script>-->"

    def test_control_characters_that_were_read_are_shown_as_browsers_show_them(self) -> None:
        text = na.Text(na.AsRead("가\x00\x1b\x85나"))
        assert na.render_html(text) == "가\ufffd\ufffd\ufffd나"
        assert na.render_html(text, na.HtmlOptions(raw="keep")) == "가\x00\x1b\x85나"

    def test_control_characters_in_attributes_too(self) -> None:
        bag = na.Attributes.as_read({"class": "a\x00b", "style": "color: red;\x1b"})
        rendered = na.render_html(na.Span("글", attributes=bag))
        assert "\x00" not in rendered
        assert "\x1b" not in rendered
        assert 'class="a\ufffdb"' in rendered

    def test_any_other_word_is_refused(self) -> None:
        with pytest.raises(ValueError, match="raw"):
            na.HtmlOptions(raw="trust")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


class TestTitle:
    def test_is_left_to_the_layout_by_default(self) -> None:
        article = na.Article(na.FrontMatter(title="제목"), [plain("가")])
        assert na.render_html(article) == "<p>가</p>"

    def test_comes_first_if_asked_for(self) -> None:
        article = na.Article(na.FrontMatter(title="가 < 나"), [plain("다")])
        assert na.render_html(article, na.HtmlOptions(title=True)) == "<h1>가 &lt; 나</h1>\n\n<p>다</p>"

    def test_of_an_article_without_blocks_stands_alone(self) -> None:
        article = na.Article(na.FrontMatter(title="제목"))
        assert na.render_html(article, na.HtmlOptions(title=True)) == "<h1>제목</h1>"

    def test_that_is_missing_is_left_out(self) -> None:
        assert na.render_html(na.Article(lead=[plain("가")]), na.HtmlOptions(title=True)) == "<p>가</p>"


class TestOverrides:
    def test_write_a_class_of_nodes_in_another_way(self) -> None:
        def video(node: na.Block | na.Inline, _: na.HtmlContext) -> str:
            assert isinstance(node, na.Image)
            return f"[{node.alt}]"

        options = na.HtmlOptions(overrides={na.Image: video})
        assert na.render_html(plain("가", na.Image("/a.png", "나")), options) == "<p>가[나]</p>"

    def test_add_to_what_the_library_writes(self) -> None:
        def framed(node: na.Block | na.Inline, context: na.HtmlContext) -> str:
            return f"<div>{context.default(node)}</div>"

        options = na.HtmlOptions(overrides={na.Table: framed})
        inner = na.Table([["나"]])
        rendered = na.render_html(na.Table([[na.Cell([inner])]]), options)
        assert rendered.startswith("<div><table>")
        assert rendered.count("<div>") == rendered.count("<table>") == 2

    def test_render_the_children_with_their_own_overrides(self) -> None:
        def loud(node: na.Block | na.Inline, context: na.HtmlContext) -> str:
            assert isinstance(node, na.Strong)
            return f"<mark>{context.inlines(node.content)}</mark>"

        def text(node: na.Block | na.Inline, context: na.HtmlContext) -> str:
            assert isinstance(node, na.Text)
            return context.text(node.text.replace("가", "<"))

        options = na.HtmlOptions(overrides={na.Strong: loud, na.Text: text})
        assert (
            na.render_html(na.Strong(["가", na.Emphasis("가")]), options) == "<mark>&lt;<em>&lt;</em></mark>"
        )

    def test_reach_every_place_where_a_node_can_stand(self) -> None:
        options = na.HtmlOptions(overrides={na.Text: lambda _, __: "*"})
        table = na.Table([["가"]], head=[["가"]], foot=[["가"]], caption="가")
        blocks: list[na.Block] = [
            plain("가"),
            na.Figure("가", "가"),
            na.List(["가"]),
            table,
            na.Quote("가"),
            na.Details("가", "가"),
            na.Faq([na.FaqItem("가", "가")]),
            na.Division("가", "pre"),
        ]
        rendered = na.render_html(na.Article(lead=blocks, sections=[na.Section("가")]), options)
        assert "가" not in rendered
        assert rendered.count("*") == 15

    def test_keys_that_are_no_node_class_are_refused(self) -> None:
        with pytest.raises(na.InvalidValueError, match="overrides"):
            na.HtmlOptions(overrides={str: lambda _, __: ""})


class TestDepth:
    containers: tuple[tuple[str, Callable[[na.Block], na.Block], int], ...] = (
        ("div", lambda block: na.Division([block]), 1),
        ("blockquote", lambda block: na.Quote([block]), 1),
        ("figure", lambda block: na.Figure([block]), 1),
        ("details", lambda block: na.Details("가", [block]), 1),
        ("ul", lambda block: na.List([[block]]), 2),
        ("table", lambda block: na.Table([[na.Cell([block])]]), 3),
        ("span", lambda block: na.Faq([na.FaqItem("가", [block])]), 5),
    )

    @staticmethod
    def nested(wrap: Callable[[na.Block], na.Block], levels: int) -> na.Block:
        block: na.Block = plain("가")
        for _ in range(levels):
            block = wrap(block)
        return block

    @pytest.mark.parametrize(("tag", "wrap", "elements"), containers)
    def test_of_a_hundred_elements_is_no_problem(
        self, tag: str, wrap: Callable[[na.Block], na.Block], elements: int
    ) -> None:
        levels = 100 // elements
        rendered = na.render_html(self.nested(wrap, levels))
        assert rendered.count(f"<{tag}") >= levels
        assert rendered.count("가</p>") == 1

    @pytest.mark.parametrize("levels", [121, 1_000, 10_000])
    @pytest.mark.parametrize(("tag", "wrap", "elements"), containers)
    def test_beyond_the_limit_is_a_clear_error(
        self, tag: str, wrap: Callable[[na.Block], na.Block], elements: int, levels: int
    ) -> None:
        del tag
        block = self.nested(wrap, levels // elements + 1)
        with pytest.raises(na.LimitExceeded, match="nested"):
            na.render_html(block)

    @pytest.mark.parametrize("levels", [121, 10_000])
    def test_of_inlines_beyond_the_limit_is_a_clear_error(self, levels: int) -> None:
        inline: na.Inline = na.Text("가")
        for _ in range(levels):
            inline = na.Strong(inline)
        with pytest.raises(na.LimitExceeded, match="nested"):
            na.render_html(inline)

    @pytest.mark.parametrize(("tag", "wrap", "elements"), containers)
    def test_beyond_the_callers_stack_is_the_same_error(
        self, tag: str, wrap: Callable[[na.Block], na.Block], elements: int
    ) -> None:
        del tag
        block = self.nested(wrap, 100 // elements)

        def call(levels: int) -> str:
            return call(levels - 1) if levels else na.render_html(block)

        here = sum(1 for _ in _frames())
        with pytest.raises(na.LimitExceeded, match="nested"):
            call(sys.getrecursionlimit() - here - 60)


def _frames() -> Iterator[object]:
    frame = sys._getframe()
    while frame.f_back is not None:
        yield frame
        frame = frame.f_back


class TestTemplates:
    article = na.Article(lead=[plain("가 < 나")])

    def test_take_the_result_as_markup(self) -> None:
        rendered = na.render_html(self.article)
        assert isinstance(rendered, markupsafe.Markup)
        assert markupsafe.escape(rendered) == rendered
        assert str(rendered) == "<p>가 &lt; 나</p>"

    def test_take_an_article_as_it_is(self) -> None:
        assert markupsafe.escape(self.article) == "<p>가 &lt; 나</p>"

    def test_of_jinja_print_an_article_and_a_rendering_once_escaped(self) -> None:
        jinja2 = pytest.importorskip("jinja2", reason="Jinja2 is not installed")
        template = jinja2.Environment(autoescape=True).from_string("{{ article }}|{{ html }}|{{ text }}")
        rendered = template.render(article=self.article, html=na.render_html(self.article), text="<")
        assert rendered == "<p>가 &lt; 나</p>|<p>가 &lt; 나</p>|&lt;"

    def test_get_inert_html_from_an_article(self) -> None:
        article = na.Article(lead=[na.RawBlock("<script>x</script>")])
        assert markupsafe.escape(article) == "<p>&lt;script&gt;x&lt;/script&gt;</p>"


@given(strategies.sections())
def test_reads_back_as_the_body_it_was_made_from(section: na.Section) -> None:
    rendered = na.render_html(section, na.HtmlOptions(raw="keep"))
    assert na.parse(f"---\n---\n\n{rendered}").article == na.Article(sections=[section])


@given(strategies.sections())
def test_browsers_find_no_open_or_misplaced_tag_to_repair(section: na.Section) -> None:
    """What a browser builds and writes out again, it builds again: nothing moves on the second reading."""
    once = LexborHTMLParser(na.render_html(section)).html
    assert once is not None
    assert LexborHTMLParser(once).html == once
