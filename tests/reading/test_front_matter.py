from __future__ import annotations

import math
import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsdao_article.model.as_read import AsRead
from newsdao_article.model.front_matter import MAX_DEPTH, FrontMatter, FrontMatterMapping
from newsdao_article.problems import SourceSpan
from newsdao_article.reading import front_matter as reading
from newsdao_article.reading import yaml_events
from newsdao_article.reading.front_matter import FrontMatterReading, read_front_matter
from newsdao_article.reading.yaml_values import type_plain_scalar

HOUSE = """---
title: 첫 눈 소식
categories:
  - News
excerpt: >
  오늘 밤 눈이 온다
feature_text: >
  ## 뉴스

  오늘 밤 눈이 온다
image: 'https://example.com/눈.png'
---

<p>본문</p>
"""


def read(head: str) -> FrontMatterReading:
    return read_front_matter(f"---\n{head}\n---\n본문")


def codes(result: FrontMatterReading) -> list[str]:
    return [problem.code for problem in result.problems]


def assert_tiles(result: FrontMatterReading) -> None:
    position = result.opening.end
    for entry in result.entries:
        assert entry.span.start == position
        position = entry.span.end
    assert position == result.closing.start


# --- Delimiters ---


def test_a_house_post_is_read_with_every_key() -> None:
    result = read_front_matter(HOUSE)
    assert result.front_matter == FrontMatter(
        title="첫 눈 소식",
        categories="News",
        excerpt="오늘 밤 눈이 온다\n",
        feature_text="## 뉴스\n오늘 밤 눈이 온다\n",
        image="https://example.com/눈.png",
    )
    assert HOUSE[result.body_start :] == "<p>본문</p>\n"
    assert result.problems == ()
    assert [entry.key for entry in result.entries] == [
        "title",
        "categories",
        "excerpt",
        "feature_text",
        "image",
    ]


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("---\ntitle: a\n---\n본문", "본문"),
        ("---\ntitle: a\n...\n본문", "본문"),
        ("---  \t\ntitle: a\n--- \n본문", "본문"),
        ("---\r\ntitle: a\r\n---\r\n본문", "본문"),
        ("\ufeff---\ntitle: a\n---\n본문", "본문"),
        ("---\n\n \ntitle: a\n---\n\n\n  본문", "  본문"),
        ("---\ntitle: a\n---", ""),
        ("---\ntitle: a\n--- 아직\n---\n본문", "본문"),
    ],
)
def test_delimiters_are_found_as_jekyll_finds_them(source: str, body: str) -> None:
    result = read_front_matter(source)
    assert result.present
    assert source[result.body_start :] == body
    assert result.front_matter.title == "a"
    assert_tiles(result)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "본문",
        "\n---\ntitle: a\n---\n",
        " ---\ntitle: a\n---\n",
        "----\na: 1\n---\n",
        "--- # 글\na: 1\n---\n",
    ],
)
def test_without_front_matter_the_whole_file_is_body(source: str) -> None:
    result = read_front_matter(source)
    assert (result.present, result.body_start, result.entries, result.problems) == (False, 0, (), ())


def test_a_byte_order_mark_belongs_to_no_body() -> None:
    assert read_front_matter("\ufeff본문").body_start == 1
    assert read_front_matter("\ufeff\ufeff---\n---\n").present is False


def test_unclosed_front_matter_is_body_and_reported() -> None:
    result = read_front_matter("---\ntitle: a\n본문\n")
    assert (result.present, result.body_start) == (False, 0)
    assert codes(result) == ["front-matter-unclosed"]


@pytest.mark.parametrize("head", ["", "# 메모", "~", "false"])
def test_empty_front_matter_is_no_fault(head: str) -> None:
    result = read(head)
    assert (result.present, result.front_matter, result.problems) == (True, FrontMatter(), ())


# --- Values ---


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("Null", None),
        ("nUll", "nUll"),
        ("yes", True),
        ("ON", True),
        ("yEs", "yEs"),
        ("y", "y"),
        ("Off", False),
        ("1,000", 1000),
        ("1,", 1),
        ("_1", 1),
        ("-1_0", -10),
        ("012", 10),
        ("08", "08"),
        ("0o14", "0o14"),
        ("-0x1F", -31),
        ("0b101", 5),
        ("12:30", 750.0),
        ("-1:30", 30.0),
        ("1:30.5", 90.5),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1_000.5e+3", 1000500.0),
        ("1.", "1."),
        ("1e3", "1e3"),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        (":sym", ":sym"),
        ("=", "="),
        ("2024-07-01", date(2024, 7, 1)),
        ("2024-7-1", "2024-7-1"),
        ("2024-02-30", "2024-02-30"),
        ("2024-7-1 1:02:03", datetime(2024, 7, 1, 1, 2, 3, tzinfo=UTC)),
        (
            "2024-07-01 10:00:00.25 +0930",
            datetime(2024, 7, 1, 10, 0, 0, 250000, timezone(timedelta(hours=9.5))),
        ),
        ("2024-07-01T24:00:00Z", datetime(2024, 7, 2, tzinfo=UTC)),
        ("2024-07-01 10:00:60", datetime(2024, 7, 1, 10, 0, 59, tzinfo=UTC)),
        ("2024-07-01 10:00:00 +24:00", "2024-07-01 10:00:00 +24:00"),
        ("2024-07-01 25:00:00", "2024-07-01 25:00:00"),
        ("9" * 5000, "9" * 5000),
        ("한글", "한글"),
    ],
)
def test_unquoted_scalars_are_typed_as_jekyll_types_them(text: str, value: object) -> None:
    typed = type_plain_scalar(text)
    assert typed == value
    assert type(typed) is type(value)
    assert str(typed) == str(value)


@pytest.mark.parametrize("text", ["-3._", "1__0.5", "1:30._", "1_.5"])
def test_numbers_on_which_jekyll_fails_cost_the_front_matter(text: str) -> None:
    with pytest.raises(ValueError):
        type_plain_scalar(text)
    result = read(f"title: 제목\nweight: {text}")
    assert codes(result) == ["front-matter-invalid"]
    assert result.front_matter == FrontMatter()


def test_quoted_and_block_scalars_are_text() -> None:
    extra = read("a: '1'\nb: \"yes\"\nc: |-\n  12:30\nd: >-\n  ~").front_matter.extra
    assert extra == {"a": "1", "b": "yes", "c": "12:30", "d": "~"}


def test_unknown_keys_are_kept_in_order_with_their_types() -> None:
    result = read("layout: post\nb: [1, {c: no}]\na:\n  - ~\n  - 1.5\ntitle: 제목")
    assert list(result.front_matter.extra.items()) == [
        ("layout", "post"),
        ("b", (1, FrontMatterMapping({"c": False}))),
        ("a", (None, 1.5)),
    ]
    assert result.problems == ()


@pytest.mark.parametrize(
    ("head", "key", "value"),
    [
        ("title: 2024", "title", 2024),
        ("title: [가]", "title", ("가",)),
        ("image: no", "image", False),
        ("excerpt: 2024-07-01", "excerpt", date(2024, 7, 1)),
        ("categories: 2024", "categories", 2024),
        ("categories: [가, 1]", "categories", ("가", 1)),
    ],
)
def test_known_keys_hold_only_their_own_type(head: str, key: str, value: Any) -> None:
    result = read(head)
    assert result.front_matter == FrontMatter(extra={key: value})
    assert codes(result) == ["front-matter-type"]
    assert "quotes" in result.problems[0].message
    assert result.problems[0].span.slice(f"---\n{head}\n---\n") == head.partition(": ")[2]


def test_null_is_absence() -> None:
    result = read("title:\ncategories: ~\nlayout:")
    assert result.front_matter == FrontMatter(extra={"layout": None})
    assert result.problems == ()


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("가 나\t다", ("가", "나", "다")),
        ("가\u00a0나", ("가\u00a0나",)),
        ("''", ()),
        ("[]", ()),
        ("[가 나, 다]", ("가 나", "다")),
    ],
)
def test_categories_may_be_one_text_or_a_list(value: str, names: tuple[str, ...]) -> None:
    assert read(f"categories: {value}").front_matter.categories == names


def test_what_a_constructor_would_refuse_is_held_as_read() -> None:
    result = read('title: "두\\n줄"\nexcerpt: "\\a"\ncategories: [""]\nx: ["\\0"]\n"": 1')
    front_matter = result.front_matter
    assert type(front_matter.title) is AsRead
    assert front_matter.title == "두\n줄"
    assert type(front_matter.excerpt) is AsRead
    assert type(front_matter.categories[0]) is AsRead
    assert front_matter.extra == FrontMatterMapping({"x": [AsRead("\0")], AsRead(""): 1})
    assert type(read("title: 제목").front_matter.title) is str


def test_the_last_of_two_equal_keys_wins() -> None:
    result = read("title: 하나\nlayout: a\ntitle: 둘")
    assert result.front_matter == FrontMatter(title="둘", extra={"layout": "a"})
    assert codes(result) == ["front-matter-duplicate"]
    assert (result.problems[0].line, result.problems[0].column) == (4, 1)
    assert [entry.key for entry in result.entries] == ["title", "layout", "title"]


def test_keys_that_are_no_text_are_read_by_their_spelling() -> None:
    result = read("2024: 가\nyes: 나\n~: 다")
    assert result.front_matter.extra == {"2024": "가", "yes": "나", "~": "다"}
    assert codes(result) == ["front-matter-key"] * 3


def test_tags_are_ignored_and_take_away_the_protection_of_quotes() -> None:
    result = read('a: !x 1\nb: !!str 12\nc: ! "3"\nd: !!binary 6riA')
    assert result.front_matter.extra == {"a": 1, "b": 12, "c": 3, "d": "글"}
    assert codes(result) == ["front-matter-tag"] * 4


def test_aliases_and_merge_keys_are_resolved() -> None:
    result = read("a: &a {x: 1, y: 2}\nb: *a\nc:\n  y: 0\n  <<: *a\n  x: 3")
    assert result.front_matter.extra == {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 2}, "c": {"y": 2, "x": 3}}
    assert result.problems == ()
    assert [entry.key for entry in result.entries] == [None]


@pytest.mark.parametrize("head", ["a: *none", "a: &a [*a]"])
def test_aliases_of_nothing_are_null(head: str) -> None:
    result = read(head)
    assert codes(result) == ["front-matter-alias"]
    assert result.front_matter.extra["a"] in {None, (None,)}


# --- Faults ---


@pytest.mark.parametrize(
    "head",
    [
        "title: [속보] 눈",
        "title: '눈' 소식",
        "title: 눈: 소식",
        "title: 하나\n둘\nlayout: a",
        "- 가\n- 나",
        "그냥 글",
        "a: \x07",
        "a: \ud800",
        "<<: [1]",
        "? [a]\n: b",
        "{[a]: b}",
        "a: 글\r 글: 글",
    ],
)
def test_what_jekyll_cannot_read_gives_empty_front_matter_and_says_so(head: str) -> None:
    result = read(head)
    assert result.present
    assert result.front_matter == FrontMatter()
    assert codes(result) == ["front-matter-invalid"]
    assert "without title" in result.problems[0].message
    assert_tiles(result)


def test_a_fault_is_reported_where_it_stands() -> None:
    problem = read("title: [속보] 눈\nlayout: a").problems[0]
    assert (problem.line, problem.column) == (2, 13)
    assert "single quotes" in problem.message
    elsewhere = read("title: 눈\nlayout: [a] b").problems[0]
    assert elsewhere.line == 3
    assert "mend the YAML here" in elsewhere.message


@pytest.mark.parametrize(
    ("block", "title", "certain"),
    [
        ("title: [속보] 눈이 온다", "[속보] 눈이 온다", True),
        ("title:   '눈' 소식  ", "'눈' 소식", True),
        ("title: 1. 첫 눈\n2. 함박눈", "첫 눈", False),
        ("title: 제목을 지었습니다.\n\n눈이 온다", "눈이 온다", False),
        ("title: 평범한 제목\nlayout: [a] b", "평범한 제목", True),
        ("title: '따옴표 제목'\nlayout: [a] b", "따옴표 제목", True),
    ],
)
def test_the_title_that_was_meant_is_recovered(block: str, title: str, certain: bool) -> None:
    result = read(f"{block}\nexcerpt: >\n  요약")
    assert result.recovered_title is not None
    assert (result.recovered_title.text, result.recovered_title.certain) == (title, certain)
    assert result.recovered_title.span == next(entry.span for entry in result.entries if entry.key == "title")


@pytest.mark.parametrize("head", ["layout: [a] b", "title:\nlayout: [a] b", "title: 눈\x07이\nlayout: a"])
def test_no_title_is_invented(head: str) -> None:
    assert read(head).recovered_title is None


@pytest.mark.parametrize("source", [HOUSE, "---\ntitle: 2024\n---\n", "본문"])
def test_front_matter_that_jekyll_reads_has_no_recovered_title(source: str) -> None:
    assert read_front_matter(source).recovered_title is None


def laughs(reference: str) -> str:
    lines = ["a0: &a0 {x: 1, y: 2}"]
    lines += [
        f"a{n}: &a{n} {{{', '.join(f'k{i}: {reference}{n - 1}' for i in range(9))}}}" for n in range(1, 9)
    ]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "head",
    [
        "a: " + "[" * 60_000,
        "a: " + "{b: " * 15_000,
        "- " * 30_000,
        laughs("*a"),
        "a: x\n" * 200_000,
        "[" + "1," * 25_000,
    ],
    ids=["brackets", "braces", "dashes", "laughs", "long", "wide"],
)
def test_bombs_end_at_a_limit(head: str) -> None:
    start = time.process_time()
    result = read(head)
    assert time.process_time() - start < 5
    assert result.front_matter == FrontMatter()
    assert result.problems[0].code.startswith("front-matter-")
    assert_tiles(result)


def test_merging_the_same_mapping_over_and_over_ends_at_a_limit() -> None:
    keys = ", ".join(f"k{number}: 1" for number in range(1_000))
    assert codes(read(f"a: &a {{{keys}}}\nb:\n" + "  <<: *a\n" * 1_000)) == ["front-matter-limit"]


@pytest.mark.parametrize("value", ["[{}]", "{{a: {}}}"])
def test_nesting_is_read_up_to_the_limit_of_the_model(value: str) -> None:
    def nested(levels: int) -> str:
        text = "1"
        for _ in range(levels):
            text = value.format(text)
        return f"a: {text}"

    assert read(nested(MAX_DEPTH - 1)).problems == ()
    assert codes(read(nested(MAX_DEPTH))) == ["front-matter-limit"]


# --- Entries ---


def test_entries_own_comments_and_empty_lines_up_to_the_next_key() -> None:
    head = "# 머리\ntitle: 눈\n# 달린 글\n\n'layout' : a\n? b\n: 1\n"
    result = read_front_matter(f"---\n{head}---\n")
    assert [(entry.key, entry.span.slice(f"---\n{head}")) for entry in result.entries] == [
        (None, "# 머리\n"),
        ("title", "title: 눈\n# 달린 글\n\n"),
        ("layout", "'layout' : a\n"),
        ("b", "? b\n: 1\n"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "{a: 1, b: 2}",
        "{\na: 1,\nb: 2\n}",
        "  a: 1\n  b: 2",
        "a: &x 1\nb: 2",
        "a: !x 1\nb: 2",
        "<<: {b: 1}\nc: 2",
    ],
)
def test_front_matter_that_lines_cannot_cut_is_one_entry(head: str) -> None:
    result = read(head)
    assert result.front_matter.extra
    assert [(entry.key, entry.span) for entry in result.entries] == [(None, SourceSpan(4, 5 + len(head)))]


def test_invalid_front_matter_is_cut_by_lines_that_begin_with_a_key() -> None:
    result = read("title: [a] b\n글: 글\nexcerpt: >\n  x: y\nfeature_text:\nurl:x")
    assert [entry.key for entry in result.entries] == ["title", "excerpt", "feature_text"]


# --- Two ways to the same result ---


FRAGMENTS = st.sampled_from(
    [
        "---",
        "...",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "  ",
        "\t",
        ": ",
        ":",
        " #",
        "-",
        "- ",
        "'",
        '"',
        "\\",
        ">",
        "|",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a ",
        "*a",
        "!x ",
        "%",
        "~",
        "yes",
        "12:30",
        "title: ",
        "categories:",
        "excerpt: >\n",
        "제목",
        "\xa0",
        "\u3000",
        "\ufeff",
        "\u2028",
        "\x85",
        "\x00",
        "�",
        "😀",
        "<<: ",
        "? ",
        "1",
        "_",
        ".",
    ]
)


@given(st.lists(FRAGMENTS).map("".join))
def test_any_text_is_read_and_tiled(text: str) -> None:
    assert_tiles(read_front_matter(text))
    assert_tiles(read_front_matter(f"---\n{text}\n---\n"))


@pytest.mark.parametrize(
    "title", ["눈 #1", "눈: 비", "눈:", "눈 ", "2024", "1,000", "yes", "1_.5", "눈'", "눈\u3000"]
)
def test_house_posts_with_odd_titles_are_read_as_any_other(title: str) -> None:
    house = read_front_matter(HOUSE.replace("첫 눈 소식", title)).front_matter
    other = read_front_matter(HOUSE.replace("첫 눈 소식", f"{title}\n")).front_matter
    assert (house.title, house.extra) == (other.title, other.extra)


@given(st.integers(4, HOUSE.index("\n<p>")), st.integers(0, 3), FRAGMENTS)
def test_the_house_expression_reads_what_the_yaml_parser_reads(
    position: int, removed: int, inserted: str
) -> None:
    source = HOUSE[:position] + inserted + HOUSE[position + removed :]
    quickly = read_front_matter(source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_read_house_style", lambda text: None)
        assert repr(read_front_matter(source)) == repr(quickly)


def test_the_house_expression_reads_house_posts() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(reading, "read_yaml")
        assert read_front_matter(HOUSE).front_matter.title == "첫 눈 소식"


@pytest.mark.parametrize(
    "head", ["title: '눈'\ntags: [가, 나: 1]\nn: 1,000", "title: [속보] 눈", "a: &a {b: *c}\nd: *a"]
)
def test_the_parser_without_libyaml_reads_the_same(head: str, monkeypatch: pytest.MonkeyPatch) -> None:
    result = read(head)
    monkeypatch.setattr(yaml_events, "_LOADER", yaml.SafeLoader)
    without = read(head)
    assert without.front_matter == result.front_matter
    assert codes(without) == codes(result)
