"""Disagreeing texts are made as small as they can be, and like ones get one name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from .minimise import minimise, shape

pytestmark = pytest.mark.differential


def test_leaves_only_what_matters() -> None:
    def holds_both(texts: Sequence[str]) -> list[bool]:
        return ["<b>" in text and "|" in text for text in texts]

    assert minimise("가나다 <p>라</p>\n\n<b>마</b> 바 | 사\n" * 20, holds_both) in {"<b>|", "|<b>"}


def test_makes_words_and_numbers_simple() -> None:
    def is_a_word_and_a_number(texts: Sequence[str]) -> list[bool]:
        return [any("가" <= c <= "힣" for c in text) and any("0" <= c <= "9" for c in text) for text in texts]

    assert minimise("하늘은 2024년 맑다", is_a_word_and_a_number) in {"가1", "1가"}


def test_a_text_that_cannot_shrink_stays() -> None:
    assert minimise("**가**", lambda texts: [text == "**가**" for text in texts]) == "**가**"


def test_texts_that_differ_in_words_only_have_one_shape() -> None:
    assert shape("**하늘은 맑다** 2024") == shape("**비가 온다** 7")
    assert shape("**가**") != shape("*가*")
