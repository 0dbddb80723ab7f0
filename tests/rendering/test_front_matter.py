from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsdao_article.model.as_read import AsRead, TextRule, character_fault, held, name_fault
from newsdao_article.model.front_matter import KNOWN_KEYS, MAX_CHARACTERS, FrontMatter, FrontMatterValue
from newsdao_article.problems import LimitExceeded
from newsdao_article.reading.front_matter import read_front_matter
from newsdao_article.rendering.front_matter import ImageQuote, render_entry, render_front_matter


def test_house_style() -> None:
    front_matter = FrontMatter(
        title="첫 눈 소식",
        categories="News",
        excerpt="오늘 밤 눈이 온다\n",
        feature_text="## 뉴스\n오늘 밤 눈이 온다\n",
        image="https://example.com/눈.png",
        feature_image="https://example.com/눈.png",
        extra={"layout": "post"},
    )
    assert render_front_matter(front_matter) == (
        "---\n"
        "title: 첫 눈 소식\n"
        "categories:\n"
        "  - News\n"
        "excerpt: >\n"
        "  오늘 밤 눈이 온다\n"
        "feature_text: >\n"
        "  ## 뉴스\n"
        "\n"
        "  오늘 밤 눈이 온다\n"
        "feature_image: 'https://example.com/눈.png'\n"
        "image: 'https://example.com/눈.png'\n"
        "layout: post\n"
        "---\n"
    )


def test_empty_front_matter_is_two_delimiters() -> None:
    assert render_front_matter(FrontMatter()) == "---\n---\n"


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("눈이 온다", "눈이 온다"),
        ("10년 만의 눈", "10년 만의 눈"),
        ("눈, 비: 내일", "'눈, 비: 내일'"),
        ("눈:비", "눈:비"),
        ("[속보] 눈", "'[속보] 눈'"),
        ("'첫눈' 소식", "'''첫눈'' 소식'"),
        ("눈 #1", "'눈 #1'"),
        ("눈#1", "눈#1"),
        ("내일:", "'내일:'"),
        ("2024", "'2024'"),
        ("1,000", "'1,000'"),
        ("12:30", "'12:30'"),
        ("2024-07-01 10:00:00 +0900", "'2024-07-01 10:00:00 +0900'"),
        ("Yes", "'Yes'"),
        ("null", "'null'"),
        ("= 1", "= 1"),
        ("눈\ufeff비", '"눈\\uFEFF비"'),
        (AsRead("눈\n비"), '"눈\\n비"'),
        (AsRead('눈\t\\"\x85\0\x07'), '"눈\\t\\\\\\"\\x85\\0\\x07"'),
        (AsRead("\u3000눈"), "'\u3000눈'"),
        (AsRead(""), "''"),
        (AsRead("\ud800"), '"\\uFFFD"'),
    ],
)
def test_titles_are_quoted_only_where_plain_would_read_differently(title: str, written: str) -> None:
    assert render_entry("title", title) == f"title: {written}\n"


@pytest.mark.parametrize(
    ("excerpt", "written"),
    [
        ("눈\n", ">\n  눈\n"),
        ("눈", ">-\n  눈\n"),
        ("눈\n비\n", ">\n  눈\n\n  비\n"),
        ("눈 \n", ">\n  눈 \n"),
        ("# 눈: '비'\n", ">\n  # 눈: '비'\n"),
        ("---\n", ">\n  ---\n"),
        ("", '""\n'),
        ("\n", '"\\n"\n'),
        (" 눈\n", '" 눈\\n"\n'),
        ("눈\n\n비\n", '"눈\\n\\n비\\n"\n'),
        ("눈\u2028비\n", '"눈\\u2028비\\n"\n'),
    ],
)
def test_teasers_are_folded_where_folding_reads_back(excerpt: str, written: str) -> None:
    assert render_entry("excerpt", excerpt) == f"excerpt: {written}"


@pytest.mark.parametrize(
    ("quote", "written"), [("'", "'a.png?b=''c''&d=\"e\"'"), ('"', '"a.png?b=\'c\'&d=\\"e\\""')]
)
def test_images_are_quoted_as_asked(quote: ImageQuote, written: str) -> None:
    assert render_entry("image", "a.png?b='c'&d=\"e\"", image_quote=quote) == f"image: {written}\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "x: null\n"),
        (True, "x: true\n"),
        (-5, "x: -5\n"),
        (1e300, "x: 1.0e+300\n"),
        (float("-inf"), "x: -.inf\n"),
        (date(2024, 7, 1), "x: 2024-07-01\n"),
        (datetime(2024, 7, 1, 9, tzinfo=timezone(timedelta(hours=9))), "x: 2024-07-01 09:00:00 +09:00\n"),
        (datetime(2024, 7, 1, 9, 0, 0, 5, tzinfo=UTC), "x: 2024-07-01 09:00:00.000005 +00:00\n"),
        ((), "x: []\n"),
        (("가", ("나",), ()), "x:\n  - 가\n  -\n    - 나\n  - []\n"),
        ("눈\n비\n", "x: >\n  눈\n\n  비\n"),
    ],
)
def test_other_values_are_written_as_block_yaml(value: FrontMatterValue, written: str) -> None:
    assert render_entry("x", value) == written


def test_mappings_nest_and_odd_keys_are_quoted() -> None:
    extra = FrontMatter(extra={"a": {"yes": 1, "b: c": {}, "d": [{"e": "눈\n비"}]}}).extra
    assert render_entry("a", extra["a"]) == (
        "a:\n  'yes': 1\n  'b: c': {}\n  d:\n    -\n      e: \"눈\\n비\"\n"
    )


def test_keys_too_long_for_one_line_are_written_explicitly() -> None:
    front_matter = FrontMatter(extra={"가" * 2_000: [1], "나" * 2_000: "글", "다": {"라" * 2_000: 1}})
    assert read_front_matter(render_front_matter(front_matter)).front_matter == front_matter


def test_what_would_not_be_read_again_is_refused() -> None:
    with pytest.raises(LimitExceeded, match="65536"):
        render_front_matter(FrontMatter(excerpt="눈" * MAX_CHARACTERS))


# --- What is written reads back ---

FRAGMENTS = st.sampled_from(
    [
        "---",
        "...",
        "'",
        '"',
        ": ",
        ":",
        " #",
        "#",
        "- ",
        "-",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a",
        "*a",
        "!x",
        "|",
        ">",
        "%",
        "@",
        "`",
        "~",
        "null",
        "yes",
        "No",
        "12:30",
        "1,000",
        "2024-07-01",
        "1e3",
        "0x1F",
        "012",
        ".5",
        ".inf",
        "=",
        "<<",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\r",
        "\x00",
        "\x7f",
        "\x85",
        "\x9f",
        "\xa0",
        "\u3000",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffe",
        "\xad",
        "😀",
        "👩\u200d👧",
        "한글",
        "é",
        "\\",
        "\\n",
        "{{ x }}",
        "{% y %}",
        "_",
        "+1",
    ]
)
TEXTS = st.lists(FRAGMENTS, max_size=8).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=20
)


def as_met(rule: TextRule) -> st.SearchStrategy[str]:
    return TEXTS.map(lambda text: held(text, rule))


NAMES, LONG_TEXTS = as_met(name_fault), as_met(character_fault)
KEYS = NAMES.filter(lambda key: key != "<<" and key not in KNOWN_KEYS)
OFFSETS = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
SCALARS: st.SearchStrategy[FrontMatterValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**2047), 2**2047),
    st.integers(-100, 100),
    st.floats(),
    LONG_TEXTS,
    st.dates(),
    st.datetimes(timezones=OFFSETS),
)
VALUES: st.SearchStrategy[FrontMatterValue] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=4).map(lambda values: FrontMatter(extra=values).extra)
    ),
    max_leaves=10,
)


@st.composite
def front_matters(draw: st.DrawFn) -> FrontMatter:
    extra = draw(st.dictionaries(KEYS, VALUES, max_size=3))
    title = draw(st.none() | NAMES)
    if title is None:
        extra |= draw(st.sampled_from([{}, {"title": 2024}, {"title": (1, "글")}]))
    return FrontMatter(
        title=title,
        categories=draw(st.lists(NAMES, max_size=3)),
        excerpt=draw(st.none() | LONG_TEXTS),
        feature_text=draw(st.none() | LONG_TEXTS),
        image=draw(st.none() | NAMES),
        feature_image=draw(st.none() | NAMES),
        extra=extra,
    )


QUOTES: st.SearchStrategy[ImageQuote] = st.sampled_from(["'", '"'])


@given(front_matters(), QUOTES)
def test_what_is_written_reads_back(front_matter: FrontMatter, quote: ImageQuote) -> None:
    source = render_front_matter(front_matter, image_quote=quote)
    result = read_front_matter(source)
    assert result.front_matter == front_matter
    assert result.body_start == len(source)
    assert {problem.code for problem in result.problems} <= {"front-matter-type"}


@given(front_matters(), QUOTES)
def test_entries_of_what_is_written_are_its_keys(front_matter: FrontMatter, quote: ImageQuote) -> None:
    source = render_front_matter(front_matter, image_quote=quote)
    for entry in read_front_matter(source).entries:
        assert entry.key is not None
        value = front_matter.extra.get(entry.key, getattr(front_matter, entry.key, None))
        assert entry.span.slice(source) == render_entry(entry.key, value, image_quote=quote)


@given(front_matters(), QUOTES, st.sampled_from([yaml.CSafeLoader, yaml.SafeLoader]))
def test_another_reader_of_yaml_finds_the_same_texts(
    front_matter: FrontMatter, quote: ImageQuote, loader: type[yaml.SafeLoader]
) -> None:
    for key in KNOWN_KEYS:
        value = getattr(front_matter, key)
        if value is not None and value != ():
            found = yaml.load(render_entry(key, value, image_quote=quote), Loader=loader)
            assert found == {key: list(value) if isinstance(value, tuple) else value}
