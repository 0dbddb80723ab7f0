"""Blocks: what their constructors accept, refuse and put in order."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from newsdao_article.model.as_read import AsRead
from newsdao_article.model.attributes import NO_ATTRIBUTES, Attributes
from newsdao_article.model.blocks import (
    ALIGNMENTS,
    BLOCK_TAGS,
    Cell,
    CodeBlock,
    Column,
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
    Row,
    Rule,
    Spacer,
    Table,
    as_flow,
)
from newsdao_article.model.inlines import Comment, Image, LineBreak, Strong, Text
from newsdao_article.problems import InvalidValueError


class TestHeading:
    @pytest.mark.parametrize("level", [0, 7, -1, "2", 2.0, True, None])
    def test_levels_are_1_to_6(self, level: Any) -> None:
        with pytest.raises(InvalidValueError, match="level must be 1 to 6"):
            Heading(level, "a")

    def test_level_2_has_the_size_of_the_house_and_the_others_none(self) -> None:
        assert [Heading(level, "a").size for level in range(1, 7)] == [None, 26, None, None, None, None]
        assert Heading(2, "a", None).size is None

    def test_it_may_be_empty(self) -> None:
        assert Heading(2, "").content == ()


class TestParagraph:
    def test_it_has_the_size_of_the_house(self) -> None:
        assert Paragraph("a").size == 16
        assert Paragraph("a", bare=True).size is None

    @pytest.mark.parametrize(
        "content", ["", " ", "\u00a0", "\u200b", [LineBreak()], [Strong("")], [Comment("a")]]
    )
    def test_it_must_show_something(self, content: Any) -> None:
        with pytest.raises(InvalidValueError, match=r"must show something; for an empty line use Spacer\(\)"):
            Paragraph(content)

    def test_a_bare_one_has_neither_size_nor_attributes(self) -> None:
        with pytest.raises(InvalidValueError, match="has no tag"):
            Paragraph("a", bare=True, size=16)
        with pytest.raises(InvalidValueError, match="has no tag"):
            Paragraph("a", bare=True, attributes={"id": "b"})

    @pytest.mark.parametrize("content", ["", " \n", [Comment("a")], [Comment("a"), " "]])
    def test_a_bare_one_needs_content(self, content: Any) -> None:
        with pytest.raises(InvalidValueError, match="needs content"):
            Paragraph(content, bare=True)

    def test_it_holds_no_blocks(self) -> None:
        rule: Any = Rule()
        with pytest.raises(InvalidValueError, match="only inlines can stand here, got Rule"):
            Paragraph(["a", rule])


class TestSpacer:
    def test_it_is_a_no_break_space_of_house_size(self) -> None:
        assert Spacer() == Spacer(16, "\u00a0")

    @pytest.mark.parametrize("content", ["", "\u200b", [LineBreak()], [Strong("\u00a0")], [Comment("a")]])
    def test_it_has_many_spellings(self, content: Any) -> None:
        assert Spacer(content=content) != Spacer()

    @pytest.mark.parametrize("content", ["a", [Image("/a")]])
    def test_it_shows_nothing(self, content: Any) -> None:
        with pytest.raises(InvalidValueError, match="a spacer shows nothing; use Paragraph"):
            Spacer(content=content)


@pytest.mark.parametrize(
    "make", [lambda size: Paragraph("a", size=size), Spacer, lambda size: Heading(2, "a", size)]
)
class TestSize:
    @pytest.mark.parametrize("size", [0, -1, 10_000, "16", 1.5, True])
    def test_it_is_a_whole_number_that_the_attribute_can_hold(self, make: Any, size: Any) -> None:
        with pytest.raises(InvalidValueError, match="size must be a whole number from 1 to 9999"):
            make(size)

    def test_the_attribute_gives_way_to_the_field(self, make: Any) -> None:
        node = attrs.evolve(make(18), attributes=Attributes({"data-ke-size": "size16", "id": "a"}))
        assert dict(node.attributes) == {"id": "a"}

    def test_the_attribute_may_keep_what_the_field_cannot_hold(self, make: Any) -> None:
        assert (
            attrs.evolve(make(None), attributes={"data-ke-size": "big"}).attributes["data-ke-size"] == "big"
        )
        with pytest.raises(InvalidValueError, match="has a field of its own"):
            attrs.evolve(make(None), attributes={"data-ke-size": "size16"})


class TestFlow:
    @pytest.mark.parametrize("make", [Quote, ListItem, Cell, Figure, Division])
    @pytest.mark.parametrize(
        ("given", "content"),
        [
            ("a", (Text("a"),)),
            ("", ()),
            (" \n", ()),
            (Rule(), (Rule(),)),
            (Text("a"), (Text("a"),)),
            (["a", "b"], (Text("ab"),)),
            (["a", Rule(), "b"], (Text("a"), Rule(), Text("b"))),
            ([" ", Rule(), "\n", Rule(), "\t"], (Rule(), Rule())),
            (["a ", Rule(), " b "], (Text("a"), Rule(), Text("b "))),
            (["\u00a0", Rule()], (Text("\u00a0"), Rule())),
            ([" ", Comment("c"), " ", Rule()], (Comment("c"), Rule())),
            ([" ", Strong("a"), " ", Rule()], (Text(" "), Strong("a"), Rule())),
            ([" a "], (Text(" a "),)),
        ],
    )
    def test_white_space_beside_blocks_is_left_out(self, make: Any, given: Any, content: Any) -> None:
        assert make(given).content == content

    @pytest.mark.parametrize("wrong", [1, None, [None], [ListItem("a")], b"a"])
    def test_nothing_else_is_taken(self, wrong: Any) -> None:
        with pytest.raises(InvalidValueError, match="block"):
            Quote(wrong)

    def test_putting_it_in_order_twice_changes_nothing(self) -> None:
        flow = as_flow([" ", Comment("a"), " b ", Rule(), "\n", Comment("c"), " ", Division("d", "b"), " e"])
        assert as_flow(flow) == flow


class TestList:
    def test_items_may_be_given_as_text(self) -> None:
        assert List(["a", ListItem("b"), [Strong("c"), "d"]]).items == (
            ListItem("a"),
            ListItem("b"),
            ListItem([Strong("c"), "d"]),
        )

    def test_text_is_no_sequence_of_items(self) -> None:
        with pytest.raises(InvalidValueError, match="items must be a sequence"):
            List("abc")

    @pytest.mark.parametrize("start", [1.0, "1", True, 100_000, -100_000])
    def test_a_start_is_a_whole_number(self, start: Any) -> None:
        with pytest.raises(InvalidValueError, match="start is a whole number"):
            List(["a"], True, start)

    def test_only_an_ordered_list_has_a_start(self) -> None:
        assert List(["a"], True, 0).start == 0
        with pytest.raises(InvalidValueError, match="for an ordered list only"):
            List(["a"], start=2)

    def test_the_attribute_gives_way_to_the_field(self) -> None:
        assert List(["a"], True, 3, attributes={"start": "4"}).attributes == NO_ATTRIBUTES
        with pytest.raises(InvalidValueError, match="start='4' has a field of its own"):
            List(["a"], True, attributes={"start": "4"})
        assert List(["a"], attributes={"start": "4"}).attributes["start"] == "4"


class TestTable:
    def test_rows_and_cells_may_be_given_as_text(self) -> None:
        table = Table([["a", Cell("b")], Row(["c"])], head=[["d"]], foot=[["e"]], caption="f")
        assert table.body == (Row([Cell("a"), Cell("b")]), Row([Cell("c")]))
        assert (table.head, table.foot, table.caption) == ((Row(["d"]),), (Row(["e"]),), (Text("f"),))

    def test_text_is_no_sequence(self) -> None:
        with pytest.raises(InvalidValueError, match="rows must be a sequence"):
            Table("ab")
        with pytest.raises(InvalidValueError, match="cells must be a sequence"):
            Row("ab")

    @pytest.mark.parametrize("count", [-1, 10_000, "2", 2.0, True])
    def test_cells_and_columns_span_a_number_that_fits(self, count: Any) -> None:
        for make in (
            lambda: Cell("a", colspan=count),
            lambda: Cell("a", rowspan=count),
            lambda: Column(count),
        ):
            with pytest.raises(InvalidValueError, match="span must be 0 to 9999"):
                make()

    def test_alignment_is_one_that_css_knows(self) -> None:
        for align in ALIGNMENTS:
            assert Cell("a", align=align).own_style == f"text-align: {align};"  # type: ignore[arg-type]
        wrong: Any = "middle"
        with pytest.raises(InvalidValueError, match=r"align must be one of center, .*, got 'middle'"):
            Cell("a", align=wrong)

    def test_spans_belong_into_their_fields(self) -> None:
        assert Cell("a", colspan=2, attributes={"colspan": "3", "id": "b"}).attributes == Attributes(
            {"id": "b"}
        )
        for name in ("colspan", "rowspan"):
            with pytest.raises(InvalidValueError, match=f"{name}='3' has a field of its own"):
                Cell("a", attributes={name: "3"})
        with pytest.raises(InvalidValueError, match="span='3' has a field of its own"):
            Column(attributes={"span": "3"})

    def test_the_style_of_a_cell_is_kept_in_step_with_its_alignment(self) -> None:
        assert Cell("a", align="left", attributes={"style": "text-align: left;"}).attributes == NO_ATTRIBUTES
        cell = Cell("a", align="left", attributes={"style": "height: 18px; text-align: center"})
        assert cell.attributes["style"] == "height: 18px; text-align: left"
        assert attrs.evolve(cell, align=None).attributes["style"] == "height: 18px;"
        assert attrs.evolve(cell, align="right").attributes["style"] == "height: 18px; text-align: right"


class TestCodeBlock:
    @pytest.mark.parametrize("language", ["", "a b", "a\n", "\x01"])
    def test_a_language_is_one_word(self, language: str) -> None:
        with pytest.raises(InvalidValueError, match="a language"):
            CodeBlock("a", language)
        assert CodeBlock("a", AsRead(language)).language == language

    def test_code_keeps_every_letter(self) -> None:
        assert CodeBlock("\n a\t\n").text == "\n a\t\n"
        with pytest.raises(InvalidValueError, match="code holds a control character"):
            CodeBlock("\x00")


class TestDivision:
    def test_it_is_any_container_but_none_that_runs_or_loads(self) -> None:
        for tag in BLOCK_TAGS | {"b", "span"}:
            assert Division("a", tag).tag == tag
        for tag in ("script", "iframe", "DIV", "", "div onclick"):
            with pytest.raises(InvalidValueError, match="a division cannot be"):
                Division("a", tag)
        assert Division("a", AsRead("script")).tag == "script"


class TestDetails:
    def test_open_is_a_field(self) -> None:
        assert Details("a", "b", True, attributes={"open": ""}).attributes == NO_ATTRIBUTES
        with pytest.raises(InvalidValueError, match="open='' has a field of its own"):
            Details("a", "b", attributes={"open": ""})


class TestFaq:
    def test_questions_are_inlines_and_answers_flow(self) -> None:
        faq = Faq([FaqItem("a", [Paragraph("b"), "c"], "d")])
        assert faq.items[0].question == (Text("a"),)
        assert faq.items[0].answer == (Paragraph("b"), Text("c"))
        rule: Any = Rule()
        with pytest.raises(InvalidValueError, match="only inlines"):
            FaqItem(rule, "a")
