"""What this package reads is what Jekyll's engine reads, and then a browser.

Ruby's kramdown (2.4, GFM input, automatic ids and typography off) renders the body; `render_html` with `raw="keep"`
renders what `parse` made of the whole file. Both are parsed by an HTML5 parser and compared as documents.

**The comparison is strict: only white space that no browser shows may differ.** In full, and this is all of it:

- A run of space, tab, line feed and carriage return counts as one space; not in `pre`, `textarea` and their like, in
  scripts and styles, and where a `style` attribute sets `white-space`: there every character counts. U+00A0 and
  U+3000 are text everywhere.
- White space at the edge of a block, between blocks, and right beside a `br` does not count; comments and elements
  that are never shown are looked through for that. White space inside an inline element counts even there.
- White space directly in the parts of a table does not count.
- How the source spells the same document (quotes, entities, `<br/>`, the order of attributes, an implied `tbody`) is
  gone after parsing, and so is the white space behind the name and at the end of an instruction `<?x ?>`.
- Comments behind `</body>` are outside of what is compared.

Element names, the exact value of every attribute, text, comments, their order and their nesting all count.
`dom.py` is the comparison, `test_dom.py` shows what it catches.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import attrs
import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from .dom import first_difference
from .engine import Answer, KramdownEngine, Request, why_missing
from .fuzz import differences
from .readings import difference_from, file_with_body, jekyll_body, our_problems
from .report import Disagreement, render_report
from .strategies import bodies, inline_texts, is_comparable, soups

pytestmark = [
    pytest.mark.differential,
    pytest.mark.skipif(why_missing() is not None, reason=why_missing() or "the reference engine is there"),
]

MATERIAL = Path(__file__).resolve().parents[3] / "shared" / "material"
OWN_CASES = Path(os.environ.get("NEWSDAO_MATERIAL", MATERIAL)) / "kramdown_pairs.json"

# Cases of the engine's own suite that are about what this package leaves to the site, by the pattern of their names.
OUT_OF_SCOPE = (
    (r"(^|/)\d\d_math/|/math/", "mathematics is the site's"),
    (r"/highlighting|/rouge/|guess_lang", "colouring of code is the site's"),
    (r"/16_toc/", "a table of contents is made by the engine and is no part of the article"),
    (r"/04_footnote/(backlink|.*prefix|.*_nr|.*placement)", "options of the engine's footnotes"),
    (r"auto_ids|header_ids", "automatic ids are the site's"),
)


@attrs.frozen
class OwnCase:
    """A case of the engine's own suite: its name, its text, and the HTML and options stored with it."""

    name: str
    text: str
    html: str | None
    options: str | None
    dialect: str

    @property
    def folder(self) -> str:
        return self.name.rpartition("/")[0] or "(top level)"

    @property
    def out_of_scope(self) -> str | None:
        return next((reason for pattern, reason in OUT_OF_SCOPE if re.search(pattern, self.name)), None)


@pytest.fixture(scope="module")
def engine() -> Iterator[KramdownEngine]:
    with KramdownEngine(timeout=60) as running:
        yield running


def own_cases() -> list[OwnCase]:
    if not OWN_CASES.is_file():
        return []
    stored = cast("list[dict[str, str | None]]", json.loads(OWN_CASES.read_bytes()))
    return [
        OwnCase(case["name"] or "", case["text"] or "", case["html"], case["options"], case["source"] or "")
        for case in stored
    ]


def show(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{report}")


@pytest.fixture(scope="module")
def texts(corpus: Sequence[tuple[str, bytes]]) -> list[tuple[str, str]]:
    return [(name, content.decode()) for name, content in corpus]


@pytest.fixture(scope="module")
def answers(engine: KramdownEngine, texts: list[tuple[str, str]]) -> list[Answer]:
    return engine.render_all(jekyll_body(text) for _, text in texts)


def test_every_post_reads_as_the_engine_reads_it(
    texts: list[tuple[str, str]], answers: list[Answer], capsys: pytest.CaptureFixture[str]
) -> None:
    disagreements: list[Disagreement] = []
    for (name, text), answer in zip(texts, answers, strict=True):
        difference = difference_from(answer, text)
        if difference is not None:
            disagreements.append(Disagreement(name, difference))
    show(render_report(disagreements, len(texts)), capsys)
    assert not disagreements, render_report(disagreements, len(texts))


def test_where_the_engine_warns_the_post_has_a_problem(
    texts: list[tuple[str, str]], answers: list[Answer]
) -> None:
    silent = [
        f"{name}: {answer.warnings[0]}"
        for (name, text), answer in zip(texts, answers, strict=True)
        if answer.warnings and not our_problems(text)
    ]
    assert not silent


def test_the_comparison_tells_the_posts_from_their_source(
    texts: list[tuple[str, str]], answers: list[Answer]
) -> None:
    """A body taken for HTML is nearly never what the engine makes of it: the comparison is no rubber stamp."""
    equal = [
        name
        for (name, text), answer in zip(texts, answers, strict=True)
        if first_difference(answer.html or "", jekyll_body(text)) is None
    ]
    assert len(equal) <= len(texts) // 1000


@pytest.mark.skipif(
    not OWN_CASES.is_file(), reason=f"no {OWN_CASES.name}: set NEWSDAO_MATERIAL to the folder that holds it"
)
def test_the_engine_s_own_cases_read_as_the_engine_reads_them(
    engine: KramdownEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every text of the engine's own suite, read with Jekyll's settings by both; the live engine says what is right.

    The HTML stored with a case belongs to a newer engine, to the engine's own dialect and to the case's options, so
    it is compared with the engine's answer and counted, but decides nothing.
    """
    cases = own_cases()
    inside = [case for case in cases if case.out_of_scope is None]
    disagreements: list[Disagreement] = []
    counts: dict[str, list[int]] = {}
    files = [file_with_body(case.text) for case in inside]
    answers = engine.render_all(jekyll_body(file) for file in files)
    for case, file, answer in zip(inside, files, answers, strict=True):
        assert answer.html is not None, f"{case.name}: {answer.error}"
        difference = difference_from(answer, file)
        count = counts.setdefault(case.folder, [0, 0])
        count[0] += difference is None
        count[1] += 1
        if difference is not None:
            disagreements.append(Disagreement(case.name, difference))
    lines = [f"  {folder}: {equal} of {total}" for folder, (equal, total) in sorted(counts.items())]
    lines += [f"  out of scope: {case.name} ({case.out_of_scope})" for case in cases if case.out_of_scope]
    report = render_report(disagreements, len(inside), examples=100) + "\n\n" + "\n".join(lines)
    show(report + "\n" + stored_html_report(engine, cases), capsys)
    assert not disagreements, report


def stored_html_report(engine: KramdownEngine, cases: Sequence[OwnCase]) -> str:
    """How the installed engine does on its own suite, in the case's dialect and with the case's options."""
    stored = [case for case in cases if case.html is not None]
    requests = [Request(case.text, "kramdown", engine_options(case)) for case in stored]
    differing = [
        f"{case.name} ({(answer.error or 'other HTML').splitlines()[0]})"
        for case, answer in zip(stored, engine.render_all(requests), strict=True)
        if answer.html is None or first_difference(answer.html, case.html or "") is not None
    ]
    agreeing = len(stored) - len(differing)
    return f"  the installed engine gives the stored HTML in {agreeing} of {len(stored)}; not in {', '.join(differing)}"


def engine_options(case: OwnCase) -> dict[str, object]:
    """The options stored with a case: YAML, its names and some of its values written as Ruby's symbols."""
    stored = cast("object", yaml.safe_load(case.options or "{}"))
    options: dict[str, object] = {} if case.dialect == "kramdown" else {"input": "GFM"}
    if isinstance(stored, dict):
        for name, value in cast("dict[str, object]", stored).items():
            options[name.removeprefix(":")] = value.removeprefix(":") if isinstance(value, str) else value
    return options


def assert_agreement(engine: KramdownEngine, text: str) -> None:
    (difference,) = differences(engine, [text])
    assert difference is None, f"{text!r}\n{difference}"


@pytest.mark.parametrize(
    "text",
    [
        "<div><a/></div>\n\n- [가](/나)\n- 다",
        "<div><a/></div>\n\n> [가](/나)",
        "<div><body class='a'></body></div>\n\n<!-- 가 -->\n\n나",
        "1. <body class='a'>\n\n<!-- 가 -->나",
        "<p><b><footer markdown='1'>가",
        "<p><b><footer markdown='1'><div>가</div><div>나</div></footer>",
        "<p><b><div markdown='1'>- 가\n- 나\n\n> 다\n</div>",
        "<p><b><div markdown='1'><span>가</span> <video></video></div>",
        "- 가<svg/>나\n- 다",
        "- 가<오감도/>나",
        "<html lang='ko'><body><p>가</p></body></html>\n\n<!-- 나 -->\n\n다",
    ],
)
def test_what_html_leaves_open_goes_on_as_in_a_browser(engine: KramdownEngine, text: str) -> None:
    assert_agreement(engine, text)


@pytest.mark.parametrize(
    "text",
    [
        "<pre>가</pre>",
        "<pre>\n<b>가</b>\n",
        "<iframe src='/a'></iframe>",
        "<textarea>가 <b>나</b></textarea>",
        "{::nomarkdown}<pre>가</pre>{:/}",
        "<script>가</script>\n\n<div markdown='1'>나</div>",
        "<!-- 가 --> <b>나</b>",
        "<!-- 가",
    ],
)
def test_what_people_write_is_compared(text: str) -> None:
    assert is_comparable(text)


def test_every_post_is_compared(texts: list[tuple[str, str]]) -> None:
    assert [name for name, text in texts if not is_comparable(text)] == []


thoroughly = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@thoroughly
@given(bodies())
def test_any_body_reads_as_the_engine_reads_it(engine: KramdownEngine, text: str) -> None:
    assert_agreement(engine, text)


@thoroughly
@given(inline_texts())
def test_any_paragraph_reads_as_the_engine_reads_it(engine: KramdownEngine, text: str) -> None:
    assert_agreement(engine, text)


@thoroughly
@given(soups())
def test_any_soup_reads_as_the_engine_reads_it(engine: KramdownEngine, text: str) -> None:
    assert_agreement(engine, text)
