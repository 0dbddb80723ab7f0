"""Plain text: what each node prints, how lines break, and that no visible character is lost or moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from newsdao_article.model.article import Article, Section
from newsdao_article.model.as_read import AsRead
from newsdao_article.model.blocks import (
    Block,
    Cell,
    CodeBlock,
    Details,
    Division,
    Faq,
    FaqItem,
    Figure,
    Heading,
    List,
    ListItem,
    Paragraph,
    Quote,
    RawBlock,
    Row,
    Rule,
    Spacer,
    Table,
)
from newsdao_article.model.front_matter import FrontMatter
from newsdao_article.model.inlines import (
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
    Strong,
    Superscript,
    Text,
    is_invisible,
)
from newsdao_article.model.url import Url
from newsdao_article.problems import InvalidValueError, LimitExceeded
from newsdao_article.rendering.text import TextContext, TextOptions, render_text
from newsdao_article.testing.strategies import sections
from tests.rendering.visible_words import html_words, letters, words

BR = LineBreak()
URL = "https://example.com/a"


def lines(*texts: str) -> str:
    return "\n".join(texts)


class TestInlines:
    def test_no_space_is_added_where_formatting_begins_or_ends(self) -> None:
        assert render_text(Paragraph([Strong("강조"), "된 ", Emphasis("말"), "씀"])) == "강조된 말씀"

    def test_white_space_collapses_across_the_borders_of_formatting(self) -> None:
        content: list[str | Inline] = ["하나 ", Strong([" ", Small("\n 둘\t")]), "  ", Span(" 셋 ")]
        assert render_text(Paragraph(content)) == "하나 둘 셋"

    def test_no_break_and_ideographic_spaces_stay_as_they_are(self) -> None:
        assert render_text(Text("가\u00a0\u00a0나\u3000 다")) == "가\u00a0\u00a0나\u3000 다"

    def test_a_line_break_ends_the_line_and_takes_the_white_space_around_it(self) -> None:
        assert render_text(Paragraph(["하나 ", BR, "\n둘", BR, BR, "셋", BR])) == lines(
            "하나", "둘", "", "셋"
        )

    def test_comments_and_images_do_not_split_a_word(self) -> None:
        assert (
            render_text(Paragraph(["가", Comment("쪽지"), "나", Image("/a.png", alt="그림"), "다"]))
            == "가나다"
        )

    def test_code_and_superscript_are_text(self) -> None:
        assert render_text(Paragraph([Code("a  b"), Superscript("2")])) == "a b2"

    def test_raw_markup_is_shown_as_its_source(self) -> None:
        assert render_text(Paragraph(["가", RawInline("<x\n y>")])) == "가<x y>"

    def test_alternative_text_stands_in_brackets_when_asked_for(self) -> None:
        content: list[str | Inline] = [
            Image("/a.png", alt="산과\n 강"),
            "가",
            Image("/b.png", alt=""),
            Image("/c.png", alt=None),
        ]
        assert render_text(Paragraph(content), TextOptions(images="alt")) == "[산과 강]가"

    def test_direction_marks_and_joiners_are_kept(self) -> None:
        text = "가\u202eab\u202c\u200d👨\u200d👩\u200d👧\u200b나"
        assert render_text(Text(text)) == text


class TestHighlights:
    def test_marks_stand_directly_around_the_highlighted_words(self) -> None:
        content: list[str | Inline] = [
            "이것은 ",
            Highlight(" 아주 중요 ", color="#ee2323"),
            "하다",
            Span("표시", tag="mark"),
            "됨",
        ]
        assert (
            render_text(Paragraph(content), TextOptions(highlights=("[", "]")))
            == "이것은 [아주 중요] 하다[표시]됨"
        )

    def test_a_highlight_that_shows_nothing_gets_no_marks(self) -> None:
        content: list[str | Inline] = [
            "가 ",
            Highlight([" ", Highlight("", color="red")], color="red"),
            " 나",
        ]
        assert render_text(Paragraph(content), TextOptions(highlights=("[", "]"))) == "가 나"

    def test_marks_of_nested_highlights_nest(self) -> None:
        content = Highlight(["가", Highlight("나", color="red")], color="blue")
        assert render_text(content, TextOptions(highlights=("<", ">"))) == "<가<나>>"


class TestLinks:
    PARAGRAPH = Paragraph(["먼저 ", Link("여기 ", URL), "를 보고 ", Link("저기", URL), "도 보라"])

    def test_by_default_only_the_text_is_printed(self) -> None:
        assert render_text(self.PARAGRAPH) == "먼저 여기 를 보고 저기도 보라"

    def test_inline_links_print_the_url_after_the_text(self) -> None:
        text = render_text(self.PARAGRAPH, TextOptions(links="inline"))
        assert text == f"먼저 여기 ({URL}) 를 보고 저기 ({URL})도 보라"

    def test_footnotes_number_each_url_once_and_list_them_at_the_end(self) -> None:
        other = Paragraph(Link("또", "https://example.com/b"))
        text = render_text(Article(lead=[self.PARAGRAPH, other]), TextOptions(links="footnotes"))
        expected = lines(
            "먼저 여기[1] 를 보고 저기[1]도 보라", "", "또[2]", "", f"[1] {URL}", "[2] https://example.com/b"
        )
        assert text == expected

    @pytest.mark.parametrize(
        ("text", "url"),
        [
            (URL, URL),
            ("example.com/a", URL),
            ("example.com", "http://example.com/"),
            ("a@b.kr", "mailto:a@b.kr"),
        ],
    )
    def test_a_url_that_is_the_text_is_not_repeated(self, text: str, url: str) -> None:
        assert render_text(Link([" ", Strong(text)], url), TextOptions(links="inline")) == text

    @pytest.mark.parametrize("url", [Url.as_read("javascript:alert(1)"), Url("#top"), Url.as_read("")])
    def test_urls_that_lead_nowhere_are_not_printed(self, url: Url) -> None:
        assert render_text(Link("글", url), TextOptions(links="inline")) == "글"

    def test_a_link_without_text_prints_its_url(self) -> None:
        link = Link(Image("/a.png"), URL)
        assert render_text(Paragraph(["가 ", link, " 나"]), TextOptions(links="inline")) == f"가 ({URL}) 나"

    def test_footnotes_in_a_table_are_numbered_in_reading_order(self) -> None:
        table = Table([[Link("가", URL), Link("나", "https://example.com/b")], [Link("다", URL), "라"]])
        text = render_text(table, TextOptions(links="footnotes", width=12))
        assert re.findall(r"\w\[\d\]", text) == ["가[1]", "나[2]", "다[1]"]


class TestControls:
    @pytest.mark.parametrize("character", [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\ud800"])
    def test_no_control_gets_out_of_text_that_was_read(self, character: str) -> None:
        text = AsRead(f"가{character}[31m나")
        article = Article(
            FrontMatter(title=AsRead(text)),
            [
                Paragraph(text),
                CodeBlock(text),
                Division(text, tag="pre"),
                RawBlock(text),
                Paragraph(Code(text)),
                Table([[text]]),
            ],
        )
        options = TextOptions(title=True, images="alt", links="inline")
        for node in (article, Image("/a", alt=text), Link("다", Url.as_read(text))):
            printed = render_text(node, options)
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", printed)
            assert "[31m나" in printed

    def test_a_control_shows_as_in_the_html(self) -> None:
        assert render_text(Paragraph(AsRead("가\x1b[0m나"))) == "가\ufffd[0m나"

    def test_a_carriage_return_ends_a_line_of_code(self) -> None:
        assert render_text(CodeBlock(AsRead("a\r\nb\rc\n"))) == lines("    a", "    b", "    c")


class TestBlocks:
    def test_blocks_stand_one_blank_line_apart_and_what_shows_nothing_leaves_no_gap(self) -> None:
        lead: list[Block] = [
            Paragraph("하나"), Spacer(), Comment("쪽지"), Paragraph(Image("/a.png")), Paragraph([BR, "둘"]),
        ]  # fmt: skip
        article = Article(lead=lead, sections=[Section("제목", [Paragraph("셋")])])
        assert render_text(article) == lines("하나", "", "둘", "", "제목", "", "셋")
        assert render_text(article.sections[0]) == lines("제목", "", "셋")

    def test_nothing_visible_is_nothing(self) -> None:
        assert (
            render_text(
                Article(lead=[Spacer(), Quote([Spacer()]), List(["", [Spacer()]]), Table([["", ""]])])
            )
            == ""
        )

    def test_the_title_comes_first_when_asked_for(self) -> None:
        article = Article(FrontMatter(title="큰 제목"), [Paragraph("글")])
        assert render_text(article) == "글"
        assert render_text(article, TextOptions(title=True)) == lines("큰 제목", "", "글")
        assert render_text(Article(), TextOptions(title=True)) == ""

    def test_runs_of_inlines_between_blocks_are_paragraphs(self) -> None:
        quote = Division(["가", Strong("나"), Paragraph("다"), "라", Comment("쪽지"), "마", Rule()])
        assert render_text(quote) == lines("가나", "", "다", "", "라마", "", "-" * 40)

    def test_an_inline_element_around_blocks_breaks_no_word_at_its_own_edges(self) -> None:
        content: list[str | Block | Inline] = ["가", Division(["나", Paragraph("다"), "라"], tag="b"), "마"]
        assert render_text(Quote(content)) == lines("> 가나", ">", "> 다", ">", "> 라마")
        blocks = [Division("가", tag="b"), Division([Paragraph("나"), "다"], tag="b")]
        assert render_text(Article(lead=blocks)) == lines("가", "", "나", "", "다")

    def test_quotes_are_prefixed_on_every_line(self) -> None:
        assert render_text(Quote([Paragraph("가"), Quote("나")])) == lines("> 가", ">", "> > 나")

    def test_code_is_verbatim_with_tabs_as_the_columns_they_reach(self) -> None:
        code = CodeBlock("if a:\n\n\t가\tb  \n")
        assert render_text(code, TextOptions(width=5)) == lines("    if a:", "", "            가      b  ")

    def test_white_space_in_preformatted_divisions_is_kept(self) -> None:
        content: list[str | Block | Inline] = [
            "가  나\n",
            Strong("   다\n"),
            Paragraph(" 라", bare=True),
            Division([" 마"], tag="b"),
            Paragraph("바"),
        ]
        expected = lines("    가  나", "       다", "     라 마", "", "    바")
        assert render_text(Division(content, tag="pre"), TextOptions(width=6)) == expected

    def test_tabs_in_preformatted_divisions_reach_every_eighth_column(self) -> None:
        assert render_text(Division("가\tb", tag="pre")) == "    가      b"

    def test_a_rule_is_bounded_by_the_width(self) -> None:
        assert render_text(Rule()) == "-" * 40
        assert render_text(Quote(Rule()), TextOptions(width=12)) == "> " + "-" * 10

    def test_figures_details_and_questions_print_their_parts_in_order(self) -> None:
        assert render_text(Figure(["그림", Image("/a.png")], "설명")) == lines("그림", "", "설명")
        assert render_text(Details("요약", [Paragraph("글")])) == lines("요약", "", "글")
        faq = Faq([FaqItem("질문?", "답."), FaqItem("또?", [Paragraph("네.")])])
        assert render_text(faq) == lines("질문?", "", "답.", "", "또?", "", "네.")

    def test_raw_blocks_are_shown_as_their_source(self) -> None:
        assert render_text(RawBlock("<script>\n  x()\n</script>")) == "<script> x() </script>"

    def test_list_parts_that_became_divisions_keep_their_look(self) -> None:
        parts: list[str | Block] = [
            Division("가", tag="li"),
            Division([Paragraph("나"), "다"], tag="li"),
            "라",
        ]
        assert render_text(Division(parts, tag="ul")) == lines("- 가", "- 나", "", "  다", "", "라")
        terms = [Division("말", tag="dt"), Division("뜻", tag="dd")]
        assert render_text(Division(terms, tag="dl")) == lines("말", "    뜻")


class TestLists:
    def test_nested_lists_are_indented_below_their_item(self) -> None:
        inner = List(["안", "쪽"], ordered=True)
        assert render_text(List(["가", ["나", inner], "다"])) == lines(
            "- 가", "- 나", "  1. 안", "  2. 쪽", "- 다"
        )

    def test_numbers_begin_at_start_and_contents_are_aligned(self) -> None:
        assert render_text(List(["가", ["나", BR, "다"]], ordered=True, start=9)) == lines(
            "9.  가", "10. 나", "    다"
        )

    def test_numbers_follow_reversed_and_value(self) -> None:
        items = [ListItem("가"), ListItem("나", attributes={"value": " 7"}), ListItem("다")]
        assert render_text(List(items, ordered=True)) == lines("1. 가", "7. 나", "8. 다")
        assert render_text(List(items, ordered=True, attributes={"reversed": ""})) == lines(
            "3. 가", "7. 나", "6. 다"
        )

    def test_items_of_several_blocks_stand_apart(self) -> None:
        assert render_text(List(["가", [Paragraph("나"), Paragraph("다")]])) == lines(
            "- 가", "", "- 나", "", "  다"
        )

    def test_an_item_that_shows_nothing_takes_its_number_along(self) -> None:
        assert render_text(List(["가", "", "나"], ordered=True)) == lines("1. 가", "3. 나")

    def test_absurd_numbers_are_ignored(self) -> None:
        items = [ListItem("가", attributes={"value": "9" * 5000})]
        assert render_text(List(items, ordered=True)) == "1. 가"


class TestTables:
    def test_columns_are_padded_by_display_width_below_a_header_rule(self) -> None:
        table = Table([["서울", "a"], ["b", "👨\u200d👩\u200d👧 가족"]], head=[["도시", "수"]], caption="표")
        assert render_text(table) == lines(
            "표", "", "도시 | 수", "-----+--------", "서울 | a", "b    | 👨\u200d👩\u200d👧 가족"
        )

    def test_leading_rows_of_header_cells_are_the_header_and_a_foot_is_ruled_off(self) -> None:
        header = [Cell("가", header=True), Cell("나", header=True)]
        assert render_text(Table([header, ["1", "2"]], foot=[["3", "4"]])) == lines(
            "가 | 나", "---+---", "1  | 2", "---+---", "3  | 4"
        )

    def test_each_cell_is_aligned_by_itself(self) -> None:
        def cells(text: str) -> list[Cell]:
            return [Cell(text, align="right"), Cell(text, align="center"), Cell(text, align="end")]

        assert render_text(Table([cells("가나다"), cells("x")])) == lines(
            "가나다 | 가나다 | 가나다", "     x |   x    |      x"
        )

    def test_a_cell_over_several_columns_covers_their_borders(self) -> None:
        table = Table([[Cell("가운데 놓인 제목", colspan=2, align="center"), "다"], ["1", "2", "3"]])
        assert render_text(table) == lines("가운데 놓인 제목 | 다", "1       | 2      | 3")

    def test_a_cell_over_several_rows_leaves_room_below_it(self) -> None:
        table = Table([[Cell("가", rowspan=2), "1"], ["2"], ["나", "3"]])
        assert render_text(table) == lines("가 | 1", "   | 2", "나 | 3")

    def test_a_cell_down_to_the_end_of_its_group_does_not_reach_into_the_next(self) -> None:
        table = Table([["1"], ["2"]], head=[[Cell("가", rowspan=0), "나"]])
        assert render_text(table) == lines("가 | 나", "---+---", "1", "2")

    def test_a_span_that_would_run_into_a_cell_from_above_ends_before_it(self) -> None:
        table = Table([["가", Cell("나", rowspan=2)], [Cell("다", colspan=3), "라"]])
        assert render_text(table) == lines("가 | 나", "다 |    | 라")

    def test_rows_may_be_ragged_or_empty(self) -> None:
        assert render_text(Table([["1", "2", "3"], ["4"], [], ["", "5"]])) == lines("1 | 2 | 3", "4", "  | 5")

    def test_cells_of_several_lines_keep_the_reading_order(self) -> None:
        table = Table([[["가", BR, "나"], ["1", BR, "2"]], ["다", "3"]], head=[["글", "수"]])
        assert render_text(table) == lines(
            "글 | 수", "===+===", "가 |", "나 | 1", "   | 2", "---+---", "다 | 3"
        )

    def test_cells_of_several_lines_stand_side_by_side_when_asked_for(self) -> None:
        table = Table([[["가", BR, "나"], ["1", BR, "2"]], ["다", "3"]])
        text = render_text(table, TextOptions(cells="side_by_side"))
        assert text == lines("가 | 1", "나 | 2", "---+--", "다 | 3")

    def test_row_rules_leave_out_cells_that_reach_through_them(self) -> None:
        table = Table([[Cell("가", rowspan=2), ["1", BR, "2"]], ["3"]])
        assert render_text(table) == lines("가 | 1", "   | 2", "   +--", "   | 3")

    def test_a_list_in_a_cell_is_aligned_as_a_whole(self) -> None:
        table = Table([[Cell(List(["a", "bcd"]), align="right")], ["가나다라"]])
        assert render_text(table) == lines("   - a", "   - bcd", "--------", "가나다라")

    def test_blocks_and_tables_in_cells_are_drawn_in_place(self) -> None:
        inner = Table([["1", "2"], ["3", "4"]])
        assert render_text(Table([["가", inner]])) == lines("가 | 1 | 2", "   | 3 | 4")

    def test_cells_wrap_inside_the_width_and_short_columns_stay_whole(self) -> None:
        table = Table([["가을 축제", "강가에서 열리는 음악회와 불꽃놀이"], ["겨울", "눈"]])
        expected = lines(
            "가을 축제 | 강가에서 열리는",
            "          | 음악회와",
            "          | 불꽃놀이",
            "----------+----------------",
            "겨울      | 눈",
        )
        assert render_text(table, TextOptions(width=27)) == expected

    def test_a_table_that_cannot_be_so_narrow_stands_cell_by_cell(self) -> None:
        table = Table([["가나다라", "마바사아 자차"], ["1", "2"]])
        assert render_text(table, TextOptions(width=10)) == lines(
            "가나다라", "마바사아", "자차", "", "1", "2"
        )

    def test_words_in_narrow_cells_are_broken_only_when_allowed(self) -> None:
        table = Table([["가나다라", "마바사아"]])
        text = render_text(table, TextOptions(width=11, break_words=True, cells="side_by_side"))
        assert text == lines("가나 | 마바", "다라 | 사아")

    def test_a_joiner_at_the_end_of_a_cell_moves_no_border(self) -> None:
        # wcwidth counts a space after U+200D as part of the character before it.
        text = render_text(Table([["가\u200d", "1"], ["나", "2"]]))
        assert text == lines("가\u200d  | 1", "나 | 2")

    def test_nothing_follows_a_zero_width_joiner_at_the_end_of_a_line(self) -> None:
        last = Cell("가\u200d", align="right")
        assert render_text(Table([["a", last]]), TextOptions(width=6)) == "a | 가\u200d"

    def test_ambiguous_characters_take_the_width_that_the_terminal_gives_them(self) -> None:
        table = Table([["※", "1"], ["가나", "2"]])
        assert render_text(table) == lines("※    | 1", "가나 | 2")
        assert render_text(table, TextOptions(ambiguous_width=2)) == lines("※   | 1", "가나 | 2")


class TestWrapping:
    def test_lines_break_at_spaces_and_words_stay_whole(self) -> None:
        text = "대한민국의 수도는 서울특별시이다 ok"
        assert render_text(Text(text), TextOptions(width=10)) == lines(
            "대한민국의", "수도는", "서울특별시이다", "ok"
        )

    def test_a_word_that_is_wider_than_the_line_is_broken_when_allowed(self) -> None:
        options = TextOptions(width=5, break_words=True)
        assert render_text(Text("가나다라마 ab cd"), options) == lines("가나", "다라", "마 ab", "cd")

    def test_breaking_a_word_keeps_what_makes_up_a_character_together(self) -> None:
        family = "👨\u200d👩\u200d👧"
        options = TextOptions(width=2, break_words=True)
        assert render_text(Text(f"{family}e\u0301가"), options) == lines(family, "e\u0301", "가")

    def test_joined_emoji_and_combining_characters_count_as_they_are_shown(self) -> None:
        text = "❤\ufe0f 👨\u200d👩\u200d👧 e\u0301e\u0301 가"
        assert render_text(Text(text), TextOptions(width=8)) == lines(
            "❤\ufe0f 👨\u200d👩\u200d👧 e\u0301e\u0301", "가"
        )

    def test_no_break_space_holds_words_together(self) -> None:
        assert render_text(Text("가 10\u00a0km 나"), TextOptions(width=6)) == lines("가", "10\u00a0km", "나")

    def test_list_items_hang_below_their_first_word(self) -> None:
        items = List(["하나 둘 셋", Quote("넷 다섯")], ordered=True)
        assert render_text(items, TextOptions(width=9)) == lines(
            "1. 하나", "   둘 셋", "2. > 넷", "   > 다섯"
        )

    def test_nesting_beyond_the_width_still_prints_every_word(self) -> None:
        node: Block = Paragraph("가나 \u0301 다")
        for _ in range(3):
            node = Quote(node)
        assert render_text(node, TextOptions(width=4)) == lines("> > > 가나", "> > > \u0301", "> > > 다")

    @pytest.mark.parametrize("options", [{"width": 0}, {"width": True}, {"width": 2.5}, {"links": "all"},
                                         {"images": True}, {"ambiguous_width": 3}, {"highlights": "[]"},
                                         {"highlights": ("[",)}, {"cells": "x"}, {"overrides": {str: str}}])  # fmt: skip
    def test_meaningless_options_are_refused(self, options: dict[str, object]) -> None:
        with pytest.raises(ValueError):
            TextOptions(**options)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

    def test_refusals_of_our_own_rules_are_invalid_values(self) -> None:
        with pytest.raises(InvalidValueError, match="columns"):
            TextOptions(width=-1)


class TestOverrides:
    def test_an_inline_override_writes_its_node_and_may_render_the_children(self) -> None:
        def stars(node: Block | Inline, context: TextContext) -> str:
            assert isinstance(node, Strong)
            return f"*{context.inlines(node.content)}*"

        options = TextOptions(overrides={Strong: stars})
        content: list[str | Inline] = ["가", Strong(["나", Strong("다"), BR, "라"]), "마"]
        assert render_text(Paragraph(content), options) == lines("가*나*다*", "라*마")

    def test_a_block_override_writes_finished_lines_within_the_width_it_is_told(self) -> None:
        def framed(node: Block | Inline, context: TextContext) -> str:
            assert isinstance(node, Quote)
            inside = context.flow(node.content, indent=2)
            return "\n".join(["~" * (context.width or 0), *[f": {line}" for line in inside.split("\n")]])

        options = TextOptions(width=8, overrides={Quote: framed})
        assert render_text(List([Quote("가나 다라 마")]), options) == lines(
            "- ~~~~~~", "  : 가나", "  : 다라", "  : 마"
        )

    def test_default_writes_the_node_as_if_it_were_not_overridden(self) -> None:
        def loud(node: Block | Inline, context: TextContext) -> str:
            return context.default(node) + "!"

        options = TextOptions(overrides={Heading: loud, Strong: loud, Spacer: lambda *_: "~"})
        article = Article(lead=[Spacer()], sections=[Section(["제", Strong("목")])])
        assert render_text(article, options) == lines("~", "", "제목!!")

    def test_an_override_that_renders_itself_again_hits_the_limit(self) -> None:
        options = TextOptions(overrides={Strong: lambda node, context: context.render(node)})
        with pytest.raises(LimitExceeded):
            render_text(Strong("가"), options)


class TestLimits:
    @pytest.mark.parametrize(
        "wrapped",
        [
            Quote,
            Division,
            lambda node: List([node]),
            lambda node: Table([[node]]),
            lambda node: Details(node, "나"),
        ],
        ids=["quote", "division", "list", "table", "details"],
    )
    @pytest.mark.parametrize("width", [None, 20])
    def test_content_nests_as_deep_as_posts_may_and_no_deeper(
        self, wrapped: Callable[[Block], Block], width: int | None
    ) -> None:
        node: Block = Paragraph("가")
        for _ in range(60):
            node = wrapped(node)
        assert "가" in render_text(node, TextOptions(width=width))
        for _ in range(2000):
            node = wrapped(node)
        with pytest.raises(LimitExceeded):
            render_text(node, TextOptions(width=width))

    def test_formatting_may_nest_without_bounds(self) -> None:
        node: Inline = Text("가")
        for _ in range(20_000):
            node = Strong(node)
        assert render_text(node) == "가"

    def test_links_in_links_stay_linear(self) -> None:
        node: Inline = Text("가" * 10_000)
        for _ in range(10_000):
            node = Link(node, URL)
        assert len(render_text(node, TextOptions(links="footnotes"))) < 60_000

    @pytest.mark.parametrize(
        "table",
        [
            Table([["가" * 20_000, "1"], *[["a", "b"]] * 5_000]),
            Table(
                [["1", Cell("가" * 20_000, align="right")], *[Row(["a", Cell("b", align="center")])] * 5_000]
            ),
            Table([[Cell(["가" * 20_000, BR, "나"]), "1"], *[["a", "b"]] * 5_000]),
            Table([[Cell([Text("a"), BR] * 5_000), "b" * 20_000]]),
            Table([["a"] * 5_000, *[["b"]] * 5_000]),
            Table([[Cell("a", rowspan=5_000)] * 5_000, *[["b"]] * 5_000]),
            Table([[Cell("a", colspan=9_999)] * 5_000, *[["b"]] * 5_000]),
            Table([Row([Cell("a", rowspan=2, colspan=3)] * 40)] * 500),
        ],
        ids=["tall", "aligned", "ruled", "long", "ragged", "rowspans", "colspans", "overlapping"],
    )
    def test_padding_never_outgrows_the_text(self, table: Table) -> None:
        characters = sum(
            len(render_text(node)) for row in table.body for cell in row.cells for node in cell.content
        )
        for width in (None, 60):
            assert len(render_text(table, TextOptions(width=width))) < 40 * characters + 100_000

    def test_tables_in_tables_are_not_laid_out_again_and_again(self) -> None:
        laid_out: list[object] = []

        def counted(node: Block | Inline, context: TextContext) -> str:
            laid_out.append(node)
            return context.default(node)

        node: Block = Rule()
        for _ in range(20):
            node = Table([[node, "가나 다라"]])
        render_text(node, TextOptions(width=60, overrides={Rule: counted}))
        assert len(laid_out) <= 3 * 20


# Law: the visible characters of the HTML, in order, with no space added inside a word.

_CHARACTERS = st.text(
    st.sampled_from("가나다라마ab한글字 é👍❤ \u00a0\u3000\u200b\u200d\u0301\ufe0f\u202e\n\t"), max_size=8
)
_TEXTS = st.one_of(
    _CHARACTERS.map(Text),
    st.sampled_from([Text(" "), Text("한국어 문장이다."), Text(AsRead("가\x1b[1m나\r다\x0c라"))]),
)


def _paragraph(content: list[Inline]) -> Block:
    return Spacer(content=content) if is_invisible(tuple(content)) else Paragraph(content)


def _inlines() -> st.SearchStrategy[list[Inline]]:
    leaves: st.SearchStrategy[Inline] = st.one_of(
        _TEXTS,
        _CHARACTERS.map(Code),
        st.sampled_from([BR, Comment("쪽지"), Image("/a.png", alt="그림"), RawInline("<가 나>")]),
    )

    def wrapped(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
        contents = st.lists(inner, max_size=3)
        return st.one_of(
            contents.map(Strong),
            contents.map(lambda content: Link(content, URL)),
            contents.map(lambda content: Highlight(content, color="red")),
            contents.map(Span),
        )

    return st.lists(st.recursive(leaves, wrapped, max_leaves=6), max_size=4)


def _rows(cells: st.SearchStrategy[Cell]) -> st.SearchStrategy[list[list[Cell]]]:
    return st.lists(st.lists(cells, max_size=4), max_size=4)


@st.composite
def _cells(draw: st.DrawFn, content: st.SearchStrategy[Sequence[Block | Inline]]) -> Cell:
    return Cell(
        draw(content),
        header=draw(st.booleans()),
        align=draw(st.sampled_from([None, "left", "center", "right"])),
        colspan=draw(st.integers(0, 3)),
        rowspan=draw(st.integers(0, 3)),
    )


def _blocks() -> st.SearchStrategy[Block]:
    inlines = _inlines()
    leaves: st.SearchStrategy[Block] = st.one_of(
        inlines.map(_paragraph),
        st.builds(lambda text, bare: Paragraph(f"가{text}", bare=bare), _CHARACTERS, st.booleans()),
        inlines.map(lambda content: Heading(2, content)),
        st.sampled_from([Rule(), Comment("쪽지"), RawBlock("<나\n다>"), CodeBlock("가  나\n\t다\n")]),
    )

    def containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
        flow = st.lists(st.one_of(_TEXTS, inlines.map(Strong), inner), max_size=3)
        cells = _cells(flow)
        return st.one_of(
            flow.map(Quote),
            st.builds(Division, flow, st.sampled_from(["div", "section", "pre", "li", "b"])),
            st.builds(List, st.lists(flow, max_size=3), st.booleans()),
            st.builds(Table, _rows(cells), _rows(cells), caption=flow),
            st.builds(Figure, flow, flow),
            st.builds(Details, flow, flow),
            st.lists(st.builds(FaqItem, inlines, flow), max_size=2).map(Faq),
        )

    return st.recursive(leaves, containers, max_leaves=8)


BLOCKS = _blocks()
ARTICLES = st.lists(BLOCKS, max_size=4).map(Article.from_blocks)
_AMBIGUOUS: st.SearchStrategy[Literal[1, 2]] = st.sampled_from((1, 2))
WIDTHS = st.one_of(st.none(), st.integers(1, 60))


class TestLaw:
    @given(ARTICLES)
    def test_the_words_of_the_html_are_the_words_of_the_text(self, article: Article) -> None:
        assert words(render_text(article)) == html_words(article)

    @given(st.lists(sections(), max_size=2), WIDTHS)
    def test_the_words_of_any_section_are_kept_at_any_width(
        self, parts: list[Section], width: int | None
    ) -> None:
        article = Article(sections=parts)
        assert words(render_text(article, TextOptions(width=width))) == html_words(article)

    @given(ARTICLES, WIDTHS, _AMBIGUOUS)
    def test_wrapping_changes_no_word_and_no_order(
        self, article: Article, width: int | None, ambiguous: Literal[1, 2]
    ) -> None:
        text = render_text(article, TextOptions(width=width, ambiguous_width=ambiguous))
        assert words(text) == html_words(article)

    @given(ARTICLES, WIDTHS)
    def test_breaking_words_loses_no_character(self, article: Article, width: int | None) -> None:
        text = render_text(article, TextOptions(width=width, break_words=True))
        assert letters(text) == letters("".join(html_words(article)))

    @given(ARTICLES, WIDTHS)
    def test_cells_side_by_side_keep_every_word(self, article: Article, width: int | None) -> None:
        text = render_text(article, TextOptions(width=width, cells="side_by_side"))
        assert sorted(words(text)) == sorted(html_words(article))

    @given(ARTICLES, st.integers(1, 40), st.booleans())
    def test_no_line_that_could_be_broken_is_too_wide(
        self, article: Article, width: int, break_words: bool
    ) -> None:
        text = render_text(article, TextOptions(width=width, break_words=break_words, overrides=_NO_CODE))
        for line in text.split("\n"):
            content = re.sub(r"^(?:[ >]|- |\d+\. )*", "", line)
            if wcwidth.wcswidth(line) > width:
                assert " " not in content

    @given(ARTICLES, WIDTHS)
    def test_lines_have_no_blanks_at_their_end_and_blocks_one_blank_line_between_them(
        self, article: Article, width: int | None
    ) -> None:
        text = render_text(article, TextOptions(width=width, overrides=_NO_CODE))
        assert not re.search(r" $|\t|\A\n|\n\Z", text, re.MULTILINE)
        assert "\n" not in (text[:1], text[-1:])

    @given(
        st.lists(st.lists(_CHARACTERS, min_size=3, max_size=3), min_size=1, max_size=4),
        _AMBIGUOUS,
    )
    def test_the_borders_of_a_table_stand_in_the_same_columns(
        self, rows: list[list[str]], ambiguous: Literal[1, 2]
    ) -> None:
        options = TextOptions(ambiguous_width=ambiguous)
        text = render_text(Table([["가", "나", "다"], *rows]), options)
        borders = {tuple(_columns(line, ambiguous)) for line in text.split("\n")}
        assert len(borders) == 1


_NO_CODE = {CodeBlock: lambda *_: "", Division: lambda node, context: context.flow(node.content)}


def _columns(line: str, ambiguous: int) -> list[int]:
    return [
        wcwidth.wcswidth(line[: match.start()], ambiguous_width=ambiguous)
        for match in re.finditer(r"\|", line)
    ]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("plain", "새 소식\n\n눈 소식\n\n밤새 왔다"),
        ("marks", "# 새 소식\n\n### 눈 소식\n\n밤새 왔다"),
        ("underlined", "새 소식\n=======\n\n눈 소식\n-------\n\n밤새 왔다"),
    ],
)
def test_headings_can_be_marked(headings: Literal["plain", "marks", "underlined"], expected: str) -> None:
    article = Article(
        FrontMatter(title="새 소식"), [], [Section(Heading(3, "눈 소식"), [Paragraph("밤새 왔다")])]
    )
    assert render_text(article, TextOptions(title=True, headings=headings)) == expected


def test_heading_marks_count_for_the_width() -> None:
    heading = Heading(2, "가나 다라 마바")
    assert render_text(heading, TextOptions(headings="marks", width=11)) == "## 가나\n   다라\n   마바"
    assert render_text(heading, TextOptions(headings="underlined", width=9)) == "가나 다라\n마바\n---------"
