"""Corrections in one line: words, colours, and a value at a path."""

from __future__ import annotations

import pytest

import newsdao_article as na


@pytest.fixture
def article() -> na.Article:
    return na.Article(
        na.FrontMatter(
            title="서울 날씨", excerpt="서울은 맑음", extra={"author": "서울지국", "layout": {"wide": True}}
        ),
        [
            na.Paragraph(["서울은 ", na.Strong("서울"), na.Link("서울", "https://example.org/서울")]),
            na.CodeBlock("서울\n"),
        ],
        [
            na.Section(
                "서울 소식",
                [
                    na.Paragraph(["값 ", na.Highlight("7%", color="#EE2323")]),
                    na.Paragraph(na.Highlight("9%", color="#006dd7", background="rgb(238, 35, 35)")),
                ],
            )
        ],
    )


class TestReplaceText:
    def test_words_change_in_texts_code_title_and_teasers(self, article: na.Article) -> None:
        changed = article.replace_text("서울", "부산")
        assert changed.front_matter.title == "부산 날씨"
        assert changed.front_matter.excerpt == "부산은 맑음"
        assert na.plain_text(changed.lead[0]) == "부산은 부산부산"
        assert changed.lead[1] == na.CodeBlock("부산\n")
        assert changed.sections[0].heading == na.Heading(2, "부산 소식")

    def test_addresses_and_other_keys_stay(self, article: na.Article) -> None:
        changed = article.replace_text("서울", "부산")
        assert changed.front_matter.extra == article.front_matter.extra
        assert [str(link.url) for link in na.links(changed)] == ["https://example.org/서울"]

    def test_front_matter_can_be_left_alone(self, article: na.Article) -> None:
        assert article.replace_text("서울", "부산", front_matter=False).front_matter == article.front_matter

    def test_text_that_becomes_empty_is_gone(self) -> None:
        article = na.Article(lead=[na.Paragraph(["앞 ", na.Strong("광고")])])
        assert article.replace_text("광고", "").lead == (na.Paragraph(["앞 ", na.Strong(())]),)

    def test_what_does_not_occur_changes_nothing(self, article: na.Article) -> None:
        assert article.replace_text("대전", "부산") == article

    def test_nothing_to_look_for_is_refused(self, article: na.Article) -> None:
        with pytest.raises(na.InvalidValueError, match="must not be empty"):
            article.replace_text("", "부산")


class TestReplaceColors:
    def test_colors_change_wherever_they_stand_however_they_are_written(self, article: na.Article) -> None:
        changed = article.replace_colors({"#ee2323": "#c00000"})
        found = [node for node in na.walk(changed) if isinstance(node, na.Highlight)]
        assert found == [
            na.Highlight("7%", color="#c00000"),
            na.Highlight("9%", color="#006dd7", background="#c00000"),
        ]

    def test_two_colors_can_change_places(self, article: na.Article) -> None:
        changed = article.replace_colors({"#ee2323": "#006dd7", "#006dd7": "#ee2323"})
        found = [node for node in na.walk(changed) if isinstance(node, na.Highlight)]
        assert found[0].color == na.Color("#006dd7")
        assert (found[1].color, found[1].background) == (na.Color("#ee2323"), na.Color("#006dd7"))

    @pytest.mark.parametrize("colors", [{"nocolor": "#fff"}, {"#fff": "expression(1)"}])
    def test_what_is_no_color_is_refused(self, article: na.Article, colors: dict[str, str]) -> None:
        with pytest.raises(na.InvalidValueError, match="colo"):
            article.replace_colors(colors)


class TestSet:
    def test_key_of_the_front_matter_may_stand_alone(self, article: na.Article) -> None:
        assert article.set("title", "눈").front_matter.title == "눈"
        assert article.set("categories", ["News"]).front_matter.categories == ("News",)

    def test_other_keys_are_reached_through_extra(self, article: na.Article) -> None:
        assert article.set("front_matter.extra.author", "지국").front_matter.extra["author"] == "지국"
        assert article.set("front_matter.extra.layout.wide", False).front_matter.extra["layout"] == {
            "wide": False
        }
        assert article.set("front_matter.extra.new", 3).front_matter.extra["new"] == 3

    def test_blocks_count_through_all_sections(self, article: na.Article) -> None:
        heading = article.set("blocks[2].level", 3).blocks[2]
        assert isinstance(heading, na.Heading)
        assert (heading.level, heading.content) == (3, (na.Text("서울 소식"),))
        assert article.set("blocks[-1].content[0].color", "#000").blocks[-1] == na.Paragraph(
            na.Highlight("9%", color="#000", background="rgb(238, 35, 35)")
        )

    def test_fields_of_the_article_are_reached_by_name(self, article: na.Article) -> None:
        assert na.plain_text(article.set("lead[0].content[0].text", "부산은 ").lead[0]) == "부산은 서울서울"
        assert article.set("sections[0].heading.content", "부산").sections[0].heading == na.Heading(2, "부산")

    def test_value_that_fits_no_field_gives_way_to_one_that_does(self) -> None:
        article = na.parse("---\ntitle: 7\n---\n\n가\n").article
        assert article.front_matter.extra == {"title": 7}
        changed = article.set("title", "일곱")
        assert changed.front_matter == na.FrontMatter(title="일곱")

    @pytest.mark.parametrize(
        ("path", "message"),
        [
            ("blocks[99].level", "blocks has 5 entries, so there is no 99"),
            ("blocks[2].colour", "blocks\\[2\\] has no 'colour': it has level, content"),
            ("front_matter.name", "article.front_matter has no 'name'"),
            ("blocks[", "not a path: 'blocks\\[' cannot be read from '\\['"),
            ("title.first", "article.front_matter.title has no 'first': it is '서울 날씨'"),
            ("sections.heading", "article.sections has 1 entries, so there is no 'heading'"),
        ],
    )
    def test_path_that_leads_nowhere_says_how_far_it_goes(
        self, article: na.Article, path: str, message: str
    ) -> None:
        with pytest.raises(na.InvalidValueError, match=message):
            article.set(path, "x")

    @pytest.mark.parametrize(
        ("path", "value"),
        [("blocks[2].level", 9), ("title", 7), ("blocks[0].content[2].url", "javascript:1")],
    )
    def test_constructors_check_the_value(self, article: na.Article, path: str, value: object) -> None:
        with pytest.raises((na.InvalidValueError, TypeError)):
            article.set(path, value)
