"""The reference engine runs with Jekyll's settings and survives whatever it is given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .engine import Answer, EngineError, KramdownEngine, Request, why_missing

pytestmark = [
    pytest.mark.differential,
    pytest.mark.skipif(why_missing() is not None, reason=why_missing() or "the reference engine is there"),
]


@pytest.fixture(scope="module")
def engine() -> Iterator[KramdownEngine]:
    with KramdownEngine() as running:
        yield running


def html_of(engine: KramdownEngine, text: str) -> str:
    answer = engine.render(text)
    assert answer.error is None
    assert answer.html is not None
    return answer.html


def test_reads_with_the_dialect_of_github(engine: KramdownEngine) -> None:
    assert html_of(engine, "~~가~~\n") == "<p><del>가</del></p>\n"
    assert html_of(engine, "가\n- 나\n") == "<p>가</p>\n<ul>\n  <li>나</li>\n</ul>\n"


def test_leaves_typography_and_ids_alone(engine: KramdownEngine) -> None:
    text = "\"가\" '나' it's -- --- ... << 다 >>"
    assert html_of(engine, text) == "<p>\"가\" '나' it's -- --- ... &lt;&lt; 다 &gt;&gt;</p>\n"
    assert html_of(engine, "## 제목\n") == "<h2>제목</h2>\n"


def test_colours_no_code(engine: KramdownEngine) -> None:
    expected = '<pre><code class="language-ruby">1\n</code></pre>\n'
    assert html_of(engine, "```ruby\n1\n```\n") == expected


def test_reports_the_warnings(engine: KramdownEngine) -> None:
    (warning,) = engine.render("<b>가\n").warnings
    assert "'b'" in warning


def test_reads_its_own_dialect_with_options(engine: KramdownEngine) -> None:
    own = Request("가\n- 나\n", "kramdown")
    with_ids = Request("# a\n", "kramdown", {"auto_ids": True})
    assert engine.render_all([own, with_ids]) == [Answer("<p>가\n- 나</p>\n"), Answer('<h1 id="a">a</h1>\n')]


def test_one_document_never_changes_the_next(engine: KramdownEngine) -> None:
    plain = html_of(engine, '"가" --- <b>\n')
    engine.render('{::options auto_ids="true" smart_quotes="lsquo,rsquo,ldquo,rdquo" /}\n\n# "가" ---\n')
    assert html_of(engine, '"가" --- <b>\n') == plain


def test_an_exception_of_the_engine_is_an_answer(engine: KramdownEngine) -> None:
    broken = Request("가", "kramdown", {"template": "no such template"})
    first, second = engine.render_all([broken, "가"])
    assert first.html is None
    assert first.error is not None
    assert first.error.startswith("RuntimeError")
    assert second == Answer("<p>가</p>\n")


def test_thousands_of_documents_come_back_in_order(engine: KramdownEngine) -> None:
    texts = [f"가 {number} " + "나" * 200 for number in range(3000)]
    answers = engine.render_all(texts)
    assert [answer.html for answer in answers] == [f"<p>{text}</p>\n" for text in texts]


def test_every_character_survives_the_way(engine: KramdownEngine) -> None:
    text = "가\u00a0나\u3000다\u2028라 \U0001f448 \x01 \x7f"
    assert html_of(engine, text) == f"<p>{text}</p>\n"


def test_text_that_no_file_can_hold_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        Request("\ud800")


def test_a_document_past_the_time_limit_costs_only_itself() -> None:
    hours = "*a " * 200_000
    with KramdownEngine(timeout=3.0) as slow:
        answers = slow.render_all(["가", hours, "나"])
    assert answers[0] == Answer("<p>가</p>\n")
    assert answers[1] == Answer(None, error="TimeLimit: no answer within 3 s")
    assert answers[2] == Answer("<p>나</p>\n")


def test_an_engine_that_is_not_running_says_so() -> None:
    with pytest.raises(EngineError, match="with statement"):
        KramdownEngine().render("가")
