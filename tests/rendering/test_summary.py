"""Summaries: whole sentences, never too long."""

from __future__ import annotations

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

import newsdao_article as na
from newsdao_article.testing import strategies


def summary(*paragraphs: str, max_chars: int) -> str:
    return na.Article.from_blocks([na.Paragraph(text) for text in paragraphs]).summary(max_chars)


def test_as_many_sentences_as_there_is_room_for() -> None:
    text = "밤새 눈이 왔다. 길이 막혔다! 언제 녹을까요? 모릅니다."
    assert summary(text, max_chars=100) == text
    assert summary(text, max_chars=len(text) - 1) == "밤새 눈이 왔다. 길이 막혔다! 언제 녹을까요?"
    assert summary(text, max_chars=17) == "밤새 눈이 왔다. 길이 막혔다!"
    assert summary(text, max_chars=16) == "밤새 눈이 왔다."
    assert summary(text, max_chars=9) == "밤새 눈이 왔다."
    assert summary("눈이 왔다. 길이", "막혔다. 끝", max_chars=14) == "눈이 왔다. 길이 막혔다."


def test_labels_are_left_out_unless_there_is_nothing_else() -> None:
    assert (
        summary("출처: 기상청", "눈이 왔다.", "자세히 보기", "녹았다.", max_chars=100) == "눈이 왔다. 녹았다."
    )
    assert summary("출처: 기상청", "자세히 보기", max_chars=100) == "출처: 기상청 자세히 보기"
    assert summary("출처: 기상청", "자세히 보기", max_chars=10) == "출처: 기상청"


def test_only_paragraphs_are_text() -> None:
    article = na.Article.from_blocks(
        [
            na.Heading(2, "제목."),
            na.Spacer(),
            na.Table([["표."]]),
            na.List(["항목."]),
            na.Quote([na.Paragraph("인용이다.")]),
            na.Division([na.Paragraph([na.Strong("굵"), "은\n\n글이다."])]),
            na.Paragraph(na.Image("a.png", "그림.")),
        ]
    )
    assert article.summary() == "인용이다. 굵은 글이다."
    assert na.Article(lead=[na.List(["항목."])]).summary() == ""


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2026. 11. 24. 발표했다. 끝.", "2026. 11. 24. 발표했다."),
        ("3.5배 늘었다. 끝.", "3.5배 늘었다."),
        ("U.S. 정부가 Mr. Kim을 만났다. 끝.", "U.S. 정부가 Mr. Kim을 만났다."),
        ("“간다. 온다.”라고 했다. 끝.", "“간다. 온다.”라고 했다."),
        ('그는 "간다. 온다" 하고 갔다. 끝.', '그는 "간다. 온다" 하고 갔다.'),
        ("“간다.” 그는 갔다.", "“간다.”"),
        ("끝났다(내일 온다. 모레도.). 끝.", "끝났다(내일 온다. 모레도.)."),
        ("닫히지 않은 (괄호다. 끝.", "닫히지 않은 (괄호다."),
        ("그래요… 끝.", "그래요…"),
        ("정말?! 끝.", "정말?!"),
        ("끝났습니다。 끝.", "끝났습니다。"),
    ],
)
def test_sentences_end_where_readers_see_them_end(text: str, first: str) -> None:
    assert summary(text, max_chars=len(first)) == first
    assert summary(text, max_chars=len(first) + 1) == first


def test_long_first_sentence_is_cut_between_words() -> None:
    text = "대설 특보가, 내려진 가운데 눈이 왔다."
    assert summary(text, max_chars=15) == "대설 특보가, 내려진…"
    assert summary(text, max_chars=11) == "대설 특보가…"
    assert summary(text, max_chars=3) == "대설…"
    assert summary(text, max_chars=2) == "…"
    assert summary("문장 부호 없는 글", max_chars=20) == "문장 부호 없는 글"
    assert summary("“간다. 온다.”라고 했다.", max_chars=6) == "“간다…"
    assert summary("3.5배", max_chars=2) == "…", "what goes on behind the stop is no sentence's end"


@pytest.mark.parametrize("max_chars", [0, -1, True, 1.5, "9"])
def test_room_for_nothing_is_refused(max_chars: int) -> None:
    with pytest.raises(na.InvalidValueError, match="max_chars"):
        na.Article().summary(max_chars)


_WORDS = st.sampled_from(
    ["눈이", "왔다.", "“그래요?”", "(정말", "끝).", "3.", "A.", "e\u0301", "👨‍👩‍👧", "—", '"', "가" * 20]
)


@given(
    st.one_of(
        strategies.articles(),
        st.lists(_WORDS, min_size=1, max_size=30).map(
            lambda words: na.Article(lead=[na.Paragraph(" ".join(words))])
        ),
    ),
    st.integers(1, 120),
)
def test_summary_is_never_too_long_and_cuts_no_word(article: na.Article, max_chars: int) -> None:
    text = article.summary(max_chars)
    assert len(text) <= max_chars
    whole = article.summary(10**6)
    kept = text if whole.startswith(text) else text.removesuffix("…")
    assert whole.startswith(kept)
    rest = whole[len(kept) :]
    assert (
        not kept
        or not rest
        or rest[0] == " "
        or (text != kept and rest.lstrip(".,;:·-–—~/([{“‘「『《〈\"'")[:1] in ("", " "))
    )
    graphemes = list(wcwidth.iter_graphemes(whole))
    assert kept in {"".join(graphemes[:count]) for count in range(len(graphemes) + 1)}


def test_long_texts_take_linear_time() -> None:
    for text in (
        '"' * 100_000,
        "(" * 100_000,
        "." * 100_000,
        ". " * 50_000,
        "(.)" * 30_000,
        "(....)" * 20_000,
    ):
        assert len(summary(text, max_chars=90_000)) <= 90_000
