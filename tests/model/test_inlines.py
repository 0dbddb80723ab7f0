"""Inlines: what their constructors accept, refuse and put in order."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from newsdao_article.model.as_read import AsRead
from newsdao_article.model.attributes import NO_ATTRIBUTES, Attributes
from newsdao_article.model.blocks import Paragraph, Rule
from newsdao_article.model.css import Color
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
    as_inlines,
    is_invisible,
)
from newsdao_article.model.url import Url
from newsdao_article.problems import InvalidValueError


@pytest.mark.parametrize(
    "cls", [Strong, Emphasis, Underline, Strikethrough, Small, Superscript, Subscript, Span]
)
@pytest.mark.parametrize(
    ("given", "content"),
    [
        ("a", (Text("a"),)),
        ("", ()),
        (Text("a"), (Text("a"),)),
        (LineBreak(), (LineBreak(),)),
        (["a", "b"], (Text("ab"),)),
        (["a", Text("b"), "", Text(""), Code("c"), "d", "e"], (Text("ab"), Code("c"), Text("de"))),
        ((), ()),
        (Text(""), ()),
    ],
)
def test_content_is_a_tuple_of_inlines_whatever_was_given(
    cls: type, given: Any, content: tuple[Any, ...]
) -> None:
    assert cls(given).content == content


def test_content_may_come_from_an_iterator() -> None:
    given: list[str | Inline] = ["a", Code("b")]
    assert Strong(iter(given)).content == (Text("a"), Code("b"))


def test_joined_texts_stay_as_read_where_they_must() -> None:
    (text,) = as_inlines([Text("a"), Text(AsRead("\x00"))])
    assert isinstance(text, Text)
    assert isinstance(text.text, AsRead)
    (fine,) = as_inlines([Text("a"), Text(AsRead("b"))])
    assert isinstance(fine, Text)
    assert type(fine.text) is str


@pytest.mark.parametrize("wrong", [1, None, [1], [None], Rule(), [Paragraph("a")], b"a", {"a": 1}.values()])
def test_content_is_refused_unless_it_is_text_or_inlines(wrong: Any) -> None:
    with pytest.raises(InvalidValueError, match="only inlines can stand here"):
        Strong(wrong)


@pytest.mark.parametrize("cls", [Text, Code, Comment])
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a\x00", r"holds a control character \(U\+0000, index 1\)"),
        ("\r", r"holds a line break \(U\+000D, index 0\)"),
        ("\x0c", r"holds a line break \(U\+000C"),
        ("\x1b[31m", r"holds a control character \(U\+001B"),
        ("\x7f", r"U\+007F"),
        ("\x85", r"holds a line break \(U\+0085"),
        ("\x9b", r"U\+009B"),
        ("\ud800", r"holds a lone surrogate \(U\+D800"),
    ],
)
def test_controls_and_lone_surrogates_are_refused_with_their_place(cls: type, text: str, fault: str) -> None:
    with pytest.raises(InvalidValueError, match=fault):
        cls(text)
    assert cls(AsRead(text)).text == text


@pytest.mark.parametrize(
    "text", ["", "a\nb", "\t", "\u00a0", "\u2028", "\ufeff", "\u200b", "😀", "\uffff", "<b>&amp;"]
)
def test_any_other_character_is_text(text: str) -> None:
    assert Text(text).text == text


@pytest.mark.parametrize("wrong", [1, None, b"a", ["a"]])
@pytest.mark.parametrize("cls", [Text, Code, Comment])
def test_text_must_be_a_str(cls: type, wrong: Any) -> None:
    with pytest.raises(InvalidValueError, match=f"must be a str, not {type(wrong).__name__}"):
        cls(wrong)


def test_subclasses_of_str_become_plain() -> None:
    class Sneaky(str):
        __slots__ = ()

        def __str__(self) -> str:
            return "something else"

    assert type(Text(Sneaky("a")).text) is str
    assert Text(Sneaky("a")).text == "a"


@pytest.mark.parametrize("text", ["--", "a--b", ">", "->", "a-", "<!--", "<!", "-"])
def test_comments_refuse_what_would_end_them(text: str) -> None:
    with pytest.raises(InvalidValueError, match="comment may not hold"):
        Comment(text)
    assert Comment(AsRead(text)).text == text


@pytest.mark.parametrize("text", ["", "a-b", "a > b", " -> ", "<b>"])
def test_comments_take_other_text(text: str) -> None:
    assert Comment(text).text == text


@pytest.mark.parametrize(
    ("cls", "tags"),
    [
        (Strong, ("b", "strong")),
        (Emphasis, ("em", "i")),
        (Underline, ("u", "ins")),
        (Strikethrough, ("del", "s", "strike")),
    ],
)
def test_formatting_remembers_its_tag_and_refuses_others(cls: Any, tags: tuple[str, ...]) -> None:
    assert cls("a").tag == tags[0]
    for tag in tags:
        assert cls("a", tag).tag == tag
    assert len({cls("a", tag) for tag in tags}) == len(tags)
    with pytest.raises(
        InvalidValueError, match=rf"{cls.__name__}\.tag must be one of {', '.join(tags)}, got 'p'"
    ):
        cls("a", "p")


def test_spans_refuse_tags_that_are_no_inline_elements() -> None:
    for tag in INLINE_TAGS:
        assert Span("a", tag).tag == tag
    for tag in ("p", "script", "SPAN", "", "span onclick"):
        with pytest.raises(InvalidValueError, match="a span cannot be"):
            Span("a", tag)
    assert Span("a", AsRead("가")).tag == "가"


def test_links_check_their_url_and_title() -> None:
    link = Link("a", "https://example.com/", "b")
    assert isinstance(link.url, Url)
    with pytest.raises(InvalidValueError, match="a URL must be relative or use one of"):
        Link("a", "javascript:a()")
    with pytest.raises(InvalidValueError, match="a title or alternative text holds a control"):
        Link("a", "/", "\x01")
    assert Link("a", Url.as_read("javascript:a()")).url == "javascript:a()"


def test_images_say_what_they_show_unless_told_not_to() -> None:
    assert Image("/a.png").alt == ""
    assert Image("/a.png", None).alt is None
    assert Image("/a.png", "가", "나") == Image(Url("/a.png"), alt="가", title="나")
    with pytest.raises(InvalidValueError, match="title or alternative text"):
        Image("/a.png", "\x01")


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda bag: Image("/a", None, attributes=bag), "alt"),
        (lambda bag: Image("/a", attributes=bag), "title"),
        (lambda bag: Link("a", "/a", attributes=bag), "title"),
    ],
)
def test_attributes_that_fields_stand_for_belong_into_the_fields(make: Any, name: str) -> None:
    with pytest.raises(InvalidValueError, match=f"{name}='b' has a field of its own"):
        make({name: "b"})


def test_a_field_wins_over_the_attribute_of_its_name() -> None:
    assert Link("a", "/a", "b", attributes={"title": "c", "href": "/d", "id": "e"}) == Link(
        "a", "/a", "b", attributes={"id": "e"}
    )
    assert Image("/a", "b", attributes={"src": "/c", "alt": "d"}) == Image("/a", "b")


class TestHighlight:
    def test_it_needs_a_colour(self) -> None:
        with pytest.raises(InvalidValueError, match="needs a color or a background"):
            Highlight("a")

    def test_it_takes_colours_as_text(self) -> None:
        highlight = Highlight("a", "#ee2323", "#21538527")
        assert highlight.color == Color("#ee2323")
        assert highlight.background == Color("#21538527")
        with pytest.raises(InvalidValueError, match="not a CSS colour: 'reddish'"):
            Highlight("a", "reddish")

    def test_it_is_equal_by_the_value_of_its_colours(self) -> None:
        assert Highlight("a", "#EE2323") == Highlight("a", "rgb(238, 35, 35)")
        assert Highlight("a", "#ee2323") != Highlight("a", background="#ee2323")

    def test_its_own_declarations_are_in_house_spelling(self) -> None:
        assert Highlight("a", "red").own_style == "color: red;"
        assert Highlight("a", "red", "#fff").own_style == "background-color: #fff; color: red;"

    def test_a_style_that_says_no_more_than_the_fields_goes(self) -> None:
        assert Highlight("a", "red", attributes={"style": "color: red;"}).attributes == NO_ATTRIBUTES

    def test_a_style_of_another_spelling_stays_as_it_is(self) -> None:
        assert Highlight("a", "red", attributes={"style": "color:red"}).attributes["style"] == "color:red"

    def test_a_style_that_says_more_is_kept_in_step(self) -> None:
        highlight = Highlight("a", "red", attributes={"style": "font-weight: bold; color: blue"})
        assert highlight.attributes["style"] == "font-weight: bold; color: red"
        blue = attrs.evolve(highlight, color="#00f", background="#fff")
        assert blue.attributes["style"] == "font-weight: bold; color: #00f; background-color: #fff;"
        bare = attrs.evolve(blue, color=None)
        assert bare.attributes["style"] == "font-weight: bold; background-color: #fff;"

    def test_a_style_without_the_colour_gets_it(self) -> None:
        highlight = Highlight("a", "red", attributes={"style": "font-weight: bold"})
        assert highlight.attributes["style"] == "font-weight: bold; color: red;"

    def test_a_colour_that_no_browser_takes_stays_in_the_style(self) -> None:
        bag = Attributes.as_read({"style": "color: reddish; background-color: #fff;"})
        assert Highlight("a", background="#fff", attributes=bag).attributes == bag


@pytest.mark.parametrize(
    "content",
    [
        "",
        " \n\t",
        "\u00a0\u3000",
        "\u200b\ufeff\u00ad\u2060\u3164",
        [LineBreak(), Comment("a")],
        [Strong([Emphasis("\u00a0"), Link((), "/")])],
    ],
)
def test_nothing_that_shows_is_invisible(content: Any) -> None:
    assert is_invisible(as_inlines(content))


@pytest.mark.parametrize(
    "content",
    [
        "a",
        ".",
        "가",
        "\u00a0.",
        [Image("/a")],
        [Code("")],
        [RawInline("")],
        [Strong([Emphasis("a")])],
        [Span((), "input")],
    ],
)
def test_anything_that_may_show_is_not_invisible(content: Any) -> None:
    assert not is_invisible(as_inlines(content))


def test_deep_content_is_judged_without_recursion() -> None:
    content = as_inlines("\u00a0")
    for _ in range(50_000):
        content = (Strong(content),)
    assert is_invisible(content)
