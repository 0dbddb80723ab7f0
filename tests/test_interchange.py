"""JSON in and out: nothing is lost, nothing slips in, and every refusal says where."""

from __future__ import annotations

import contextlib
import json
import math
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdao_article.interchange import MAX_DEPTH, from_json, to_json
from newsdao_article.model.article import Article, Section
from newsdao_article.model.as_read import AsRead
from newsdao_article.model.attributes import Attributes
from newsdao_article.model.blocks import (
    Cell,
    CodeBlock,
    Division,
    Heading,
    List,
    Paragraph,
    RawBlock,
    Rule,
    Spacer,
    Table,
)
from newsdao_article.model.front_matter import FrontMatter, FrontMatterMapping
from newsdao_article.model.inlines import Comment, Highlight, Image, Link, RawInline, Span, Strong, Text
from newsdao_article.model.url import Url
from newsdao_article.model.walk import walk
from newsdao_article.problems import ArticleError, DecodeError, InvalidValueError, LimitExceeded
from newsdao_article.testing import strategies


def in_article(*blocks: Any) -> str:
    """The JSON of an article whose lead is `blocks`."""
    return json.dumps({"type": "article", "lead": blocks})


def lead(article: Article) -> Any:
    return json.loads(to_json(article)).get("lead")


# --- there and back --------------------------------------------------------------------------


@given(strategies.articles())
def test_what_is_written_reads_back_equal(article: Article) -> None:
    text = to_json(article)
    assert from_json(text) == article
    assert from_json(text.encode()) == article
    assert from_json(to_json(article, indent=2)) == article


# Any text whatever, with the surrogates that JSON would pair.
anything = st.text(st.one_of(st.characters(), st.sampled_from("\ud83d\ude00\udfff\x00\n\x85"))).map(AsRead)


@given(
    anything,
    anything,
    st.dictionaries(anything, anything, max_size=3),
    st.dictionaries(anything, st.one_of(anything, st.lists(anything).map(tuple)), max_size=3),
)
def test_what_was_read_although_a_constructor_refuses_it_comes_back(
    text: AsRead, url: AsRead, attributes: dict[str, str], extra: dict[str, Any]
) -> None:
    extra.pop(AsRead("<<"), None)
    bag = Attributes.as_read(attributes)
    content = (Text("a"), Strong(Text(text)), Link((), Url.as_read(url), text), Image(Url.as_read(url), text))
    article = Article(
        FrontMatter(
            title=text,
            categories=[text],
            excerpt=text,
            extra=FrontMatterMapping({"x": FrontMatterMapping(extra)}),
        ),
        [
            Paragraph(content),
            CodeBlock(text, text),
            Division((), text, attributes=bag),
            RawBlock(text),
            Comment(text),
            Paragraph(RawInline(text)),
        ],
    )
    written = to_json(article)
    written.encode()
    assert from_json(written) == article


def test_as_read_values_stay_as_read_and_others_do_not() -> None:
    link = Link(
        "a",
        Url.as_read("javascript:a()"),
        AsRead("fine"),
        attributes=Attributes.as_read({"onclick": "a()", "id": "b"}),
    )
    article = Article(lead=[Paragraph(link)])
    assert lead(article) == [
        {
            "type": "paragraph",
            "content": [
                {
                    "type": "link",
                    "content": ["a"],
                    "url": {"type": "as_read", "value": "javascript:a()"},
                    "title": {"type": "as_read", "value": "fine"},
                    "attributes": {"onclick": {"type": "as_read", "value": "a()"}, "id": "b"},
                }
            ],
        }
    ]
    read = next(found for found in walk(from_json(to_json(article))) if isinstance(found, Link))
    assert isinstance(read.title, AsRead)
    assert type(read.url) is Url
    plain = Article(lead=[Paragraph(Link("a", Url.as_read("/fine"), "fine"))])
    assert "as_read" not in to_json(plain)


def test_text_that_json_would_change_is_written_in_parts() -> None:
    article = Article(lead=[RawBlock("a\ud83d\ude00b")])
    assert lead(article) == [
        {"type": "raw_block", "html": {"type": "as_read", "value": ["a\ud83d", "\ude00b"]}}
    ]
    assert from_json(to_json(article)) == article


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (1, "1"),
        (1.0, "1.0"),
        (2**2000, str(2**2000)),
        (math.nan, '{"type": "float", "value": "nan"}'),
        (math.inf, '{"type": "float", "value": "infinity"}'),
        (-math.inf, '{"type": "float", "value": "-infinity"}'),
        (date(2024, 7, 1), '{"type": "date", "value": "2024-07-01"}'),
        (datetime(2024, 7, 1, 9, tzinfo=UTC), '{"type": "datetime", "value": "2024-07-01T09:00:00+00:00"}'),
        (
            datetime(2024, 7, 1, 9, 0, 0, 5, tzinfo=timezone(timedelta(hours=9))),
            '{"type": "datetime", "value": "2024-07-01T09:00:00.000005+09:00"}',
        ),
        (("a", ("b",)), '["a", ["b"]]'),
        (FrontMatterMapping({"a": 1}), '{"a": 1}'),
        (FrontMatterMapping({"type": 1}), '{"type": "mapping", "entries": {"type": 1}}'),
        (
            FrontMatterMapping([(AsRead(""), 1)]),
            '{"type": "mapping", "entries": [[{"type": "as_read", "value": ""}, 1]]}',
        ),
    ],
)
def test_front_matter_values_keep_their_type(value: Any, written: str) -> None:
    article = Article(FrontMatter(extra={"x": value}))
    assert (
        to_json(article)
        == f'{{"type": "article", "front_matter": {{"type": "front_matter", "extra": {{"x": {written}}}}}}}'
    )
    assert from_json(to_json(article)) == article


def test_the_shape_is_readable_and_holds_no_defaults() -> None:
    article = Article(
        FrontMatter(title="제목"),
        sections=[
            Section("머리", [Paragraph(["글 ", Highlight("색", "#ee2323")]), Spacer(), Rule(), List(["가"])])
        ],
    )
    assert json.loads(to_json(article)) == {
        "type": "article",
        "front_matter": {"type": "front_matter", "title": "제목"},
        "sections": [
            {
                "type": "section",
                "heading": {"type": "heading", "level": 2, "content": ["머리"]},
                "blocks": [
                    {
                        "type": "paragraph",
                        "content": ["글 ", {"type": "highlight", "content": ["색"], "color": "#ee2323"}],
                    },
                    {"type": "spacer"},
                    {"type": "rule"},
                    {"type": "list", "items": [{"type": "list_item", "content": ["가"]}]},
                ],
            }
        ],
    }
    assert "제목" in to_json(article)


def test_a_default_that_depends_on_another_field_is_left_out() -> None:
    assert lead(Article(lead=[Paragraph("a", bare=True)])) == [
        {"type": "paragraph", "content": ["a"], "bare": True}
    ]
    assert lead(Article(lead=[Paragraph("a", size=None)])) == [
        {"type": "paragraph", "content": ["a"], "size": None}
    ]
    heading = json.loads(to_json(Article(sections=[Section(Heading(3, "a", 26))])))["sections"][0]["heading"]
    assert heading == {"type": "heading", "level": 3, "content": ["a"], "size": 26}


def test_lists_of_blocks_and_cells_keep_every_field() -> None:
    table = Table([[Cell("a", header=True, align="left", colspan=2, rowspan=0)]], [["b"]], caption="c")
    assert from_json(to_json(Article(lead=[table]))).lead == (table,)


def test_what_is_unsafe_in_a_script_or_terminal_is_escaped() -> None:
    text = to_json(Article(lead=[RawBlock("\u2028\x7f\x9b\ufeff\x1b가")]))
    assert "\\u2028\\u007f\\u009b\\ufeff\\u001b가" in text


# --- refusals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"not JSON: .* \(line 1, column 1\)"),
        ('{\n"type": }', r"not JSON: .* \(line 2, column 9\)"),
        ("[]", r"\$: expected an object \(article\), got an array"),
        ('"a"', r"\$: expected an object \(article\), got a string"),
        ("{}", r'\$: a node needs a "type": article'),
        ('{"type": "post"}', r'\$: the type "post" cannot stand here; use article'),
        ('{"type": 1}', r"\$: the type that cannot stand here"),
        (
            '{"type": "article", "body": []}',
            r'\$: article has no field "body"; its fields: front_matter, lead, sections',
        ),
        ('{"type": "article", "type": "article"}', r'\$: the member "type" is given twice'),
        ('{"type": "article", "lead": {}}', r"\$\.lead: expected an array, got an object"),
        ('{"type": "article", "lead": [NaN]}', r"\$\.lead\[0\]: NaN is no JSON value"),
        ('{"type": "article", "lead": [-Infinity]}', r"\$\.lead\[0\]: -Infinity is no JSON value"),
        (
            in_article({"type": "text", "text": "a"}),
            r'\$\.lead\[0\]: the type "text" cannot stand here; use heading',
        ),
        (in_article("a"), r"\$\.lead\[0\]: expected an object \(heading, .*\), got a string"),
        (
            in_article({"type": "rule"}, {"type": "heading", "content": []}),
            r"\$\.lead\[1\]: heading needs the field level",
        ),
        (in_article({"type": "heading", "level": 2, "content": []}), r"\$: a heading starts a section"),
        (
            in_article({"type": "spacer", "size": True}),
            r"\$\.lead\[0\]\.size: expected a whole number, got true or false",
        ),
        (
            in_article({"type": "spacer", "size": 1.0}),
            r"\$\.lead\[0\]\.size: expected a whole number, got a number",
        ),
        (in_article({"type": "spacer", "size": 0}), r"\$\.lead\[0\]: .*from 1 to"),
        (
            in_article({"type": "list", "items": [], "ordered": 1}),
            r"\.ordered: expected true or false, got a number",
        ),
        (
            in_article({"type": "paragraph", "content": ["\u200b"]}),
            r"\$\.lead\[0\]: a paragraph must show something",
        ),
        (
            in_article(
                {
                    "type": "paragraph",
                    "content": ["a", {"type": "link", "content": [], "url": "javascript:a"}],
                }
            ),
            r"\$\.lead\[0\]\.content\[1\]\.url: a URL must be relative",
        ),
        (
            in_article({"type": "paragraph", "content": [{"type": "strong", "content": ["a"], "tag": "h1"}]}),
            r'\.content\[0\]\.tag: must be one of b, strong, got "h1"',
        ),
        (
            in_article({"type": "paragraph", "content": [{"type": "rule"}]}),
            r'\.content\[0\]: the type "rule" cannot',
        ),
        (
            in_article({"type": "rule", "attributes": {"onclick": "a"}}),
            r"\.attributes\.onclick: the attribute 'onclick'",
        ),
        (in_article({"type": "rule", "attributes": {"a b": ""}}), r'\.attributes\["a b"\]: the attribute'),
        (
            in_article({"type": "rule", "attributes": {"id": 1}}),
            r"\.attributes\.id: expected a string, got a number",
        ),
        (in_article({"type": "rule", "attributes": [["id"]]}), r"\.attributes\[0\]: expected a pair"),
        (
            in_article({"type": "rule", "attributes": [["id", ""], ["id", ""]]}),
            r'the member "id" is given twice',
        ),
        (in_article({"type": "rule", "attributes": None}), r"\.attributes: expected an object, got null"),
        (
            in_article({"type": "raw_block", "html": "\ud800"}),
            r"\.html: holds a lone surrogate \(U\+D800, index 0\)",
        ),
        (
            in_article({"type": "raw_block", "html": {"type": "as_read"}}),
            r"\.html: as_read takes one more member",
        ),
        (
            in_article({"type": "raw_block", "html": {"type": "as_read", "value": [1]}}),
            r"\.html: as_read takes",
        ),
        (
            in_article(
                {"type": "paragraph", "content": [{"type": "highlight", "content": ["a"], "color": "redd"}]}
            ),
            r"\.color: not a CSS colour",
        ),
        (
            '{"type": "article", "front_matter": {"type": "front_matter", "title": "a\\nb"}}',
            r"\$\.front_matter: title holds a line break",
        ),
    ],
)
def test_a_refusal_says_where_and_why(text: str, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        from_json(text)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('{"type": "date", "value": "2024-02-30"}', "the calendar has no 2024-02-30"),
        ('{"type": "date", "value": "20240701"}', "an object with a type must be"),
        ('{"type": "datetime", "value": "2024-07-01"}', "an object with a type must be"),
        ('{"type": "float", "value": "NaN"}', "an object with a type must be"),
        ('{"type": "mapping"}', "an object with a type must be"),
        ('{"type": "mapping", "entries": {"a": NaN}}', r"\.x\.entries\.a: NaN"),
        ('{"type": "mapping", "entries": 1}', r"\.x\.entries: expected an object"),
        ("[1e999]", r"\.x\[0\]: 1e999 is too large a number"),
        (f"[{'9' * 5000}]", r"\.x\[0\]: a number may have 640 digits"),
        ('{"a": {"a": 1, "a": 2}}', r'\.x\.a: the member "a" is given twice'),
        ('"\\ud800"', r"\.x: holds a lone surrogate"),
        ('{" a": 1}', "a front matter key"),
        ("[" * 40 + "]" * 40, "nest"),
    ],
)
def test_front_matter_values_are_read_strictly(value: str, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        from_json(
            f'{{"type": "article", "front_matter": {{"type": "front_matter", "extra": {{"x": {value}}}}}}}'
        )


def test_bytes_must_be_utf_8() -> None:
    assert from_json(b'\xef\xbb\xbf{"type": "article"}') == Article()
    with pytest.raises(DecodeError, match="offset 12") as caught:
        from_json(b'{"type":\n  "\xff"}')
    assert (caught.value.offset, caught.value.line) == (12, 2)


def nested(depth: int) -> Article:
    block = Division("a")
    for _ in range(depth - 3):
        block = Division(block)
    return Article(lead=[block])


def test_nodes_may_nest_to_the_limit_and_no_further() -> None:
    assert from_json(to_json(nested(MAX_DEPTH))) == nested(MAX_DEPTH)
    with pytest.raises(LimitExceeded, match="100 deep"):
        to_json(nested(MAX_DEPTH + 1))
    inner = '{"type": "division", "content": [' * MAX_DEPTH
    with pytest.raises(LimitExceeded, match="100 deep"):
        from_json('{"type": "article", "lead": [' + inner + "]}" * (MAX_DEPTH + 1))


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"type":"article","lead":[', "[[{"])
def test_depth_never_ends_in_a_recursion_error(opening: str) -> None:
    with pytest.raises(LimitExceeded, match="deep"):
        from_json(opening * 200_000)


@pytest.mark.parametrize("unit", ['"', '\\"', '"\\"', "[]", "{", '"[', '"a', "\\"])
def test_broken_input_is_refused_in_linear_time(unit: str) -> None:
    with pytest.raises(ArticleError):
        from_json('"' + unit * 200_000)


def test_brackets_in_strings_do_not_count_as_depth() -> None:
    text = "[" * 1000 + '"' + "{" * 1000
    assert from_json(to_json(Article(lead=[Paragraph(text)]))) == Article(lead=[Paragraph(text)])


def test_too_large_input_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsdao_article.interchange.strict.MAX_SIZE", 100)
    with pytest.raises(LimitExceeded, match="100 characters"):
        from_json("[" * 101)
    with pytest.raises(LimitExceeded, match="100 characters"):
        to_json(Article(lead=[Paragraph("a" * 100)]))


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
        lambda inner: st.one_of(
            st.lists(inner),
            st.dictionaries(
                st.one_of(st.text(), st.sampled_from(("type", "lead", "content", "value"))),
                st.one_of(inner, st.sampled_from(("article", "paragraph", "as_read", "mapping"))),
            ),
        ),
        max_leaves=20,
    )
)
def test_any_json_is_an_article_or_a_refusal(value: Any) -> None:
    for text in (json.dumps(value), json.dumps({"type": "article", "lead": [value]})):
        with contextlib.suppress(ArticleError):
            assert isinstance(from_json(text), Article)


@given(strategies.articles(), st.data())
def test_damaged_json_is_an_article_or_a_refusal(article: Article, data: st.DataObject) -> None:
    text = to_json(article)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 10)))
    damaged = text[:start] + data.draw(st.text(max_size=3)) + text[end:]
    with contextlib.suppress(ArticleError):
        assert isinstance(from_json(damaged), Article)


# --- what cannot be written ------------------------------------------------------------------


def test_a_value_of_a_wrong_type_is_not_written() -> None:
    text: Any = "a"
    with pytest.raises(InvalidValueError, match="expected article, got str"):
        to_json(text)


def test_a_caller_deep_in_the_stack_gets_the_same_answer() -> None:
    text = to_json(nested(MAX_DEPTH))

    def at_depth(depth: int) -> Article:
        return at_depth(depth - 1) if depth else from_json(text)

    assert at_depth(sys.getrecursionlimit() // 4) == nested(MAX_DEPTH)


def test_tags_that_were_read_come_back() -> None:
    article = Article(lead=[Paragraph(Span("a", AsRead("가")))])
    assert from_json(to_json(article)) == article
