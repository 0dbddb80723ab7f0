"""The figures of laws 7 and 9, printed: `python -m tests.corpus.markdown [--articles N] [--every N] [--only KEY]`.

Law 7 is counted for every flavour and level over every post of the corpus and over generated articles: by this package's
own reading and by Ruby's kramdown for the flavour of kramdown, by markdown-it-py and comrak for the others. The suite
asserts the same on a sample. The corpus is found as the tests find it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import attrs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

import newsdao_article as na
from newsdao_article.rendering.markdown import Fidelity
from newsdao_article.rendering.markdown_flavors import FlavorName
from newsdao_article.testing import strategies
from tests.conftest import posts_of_the_corpus
from tests.corpus.edits import difference as stretch
from tests.differential import dom
from tests.differential.engine import KramdownEngine
from tests.differential.markdown_engines import Engine, commonmark_engines, difference
from tests.rendering.loss_counts import differing_counts, is_countable
from tests.rendering.markdown_articles import signed_articles

FLAVORS: Final[tuple[FlavorName, ...]] = ("kramdown", "commonmark", "gfm")
LEVELS: Final[tuple[Fidelity, ...]] = ("exact", "reader", "plain")
#: Requests that the Ruby process gets at once.
_BATCH: Final = 200


@attrs.define
class Tally:
    """What was asked and what failed, by the name of the question."""

    asked: Counter[str] = attrs.field(factory=Counter[str])
    failed: dict[str, list[str]] = attrs.field(factory=dict[str, "list[str]"])

    def note(self, question: str, name: str, fault: object) -> None:
        """Count an answer; None is a good one."""
        self.asked[question] += 1
        if fault is not None:
            self.failed.setdefault(question, []).append(f"{name}: {fault}")

    def show(self, examples: int) -> bool:
        """Print every question with its figures; whether nothing failed."""
        for question, asked in self.asked.items():
            failed = self.failed.get(question, [])
            print(
                f"{question}: {asked - len(failed):,} of {asked:,} ({100 * (1 - len(failed) / asked):.3f} %)"
            )
            for fault in failed[:examples]:
                print("    " + fault.replace("\n", "\n    "))
        return not self.failed


def check(
    articles: Iterable[tuple[str, na.Article]], tally: Tally, ruby: KramdownEngine, only: str | None
) -> None:
    """Ask everything about each article."""
    engines = {flavor: commonmark_engines(flavor) for flavor in FLAVORS if flavor != "kramdown"}
    waiting: list[tuple[str, str, str, str]] = []
    for name, article in articles:
        for flavor in FLAVORS:
            for level in LEVELS:
                key = f"{flavor} {level}"
                if only is not None and only not in key:
                    continue
                options = na.MarkdownOptions(flavor=flavor, fidelity=level)
                text = na.render_markdown(article, options)
                reduction = (
                    na.Reduction(article, ()) if level == "exact" else na.reduce(article, level, flavor)
                )
                reduced = reduction.article
                expected = str(na.render_html(reduced))
                if level != "exact":
                    if is_countable(article):
                        wrong = differing_counts(article, reduced, reduction.losses)
                        tally.note(f"losses counted, {key}", name, wrong)
                    again = na.reduce(reduced, level, flavor)
                    twice = None if again == na.Reduction(reduced, ()) else again.losses or "changed"
                    tally.note(f"reduced once for all, {key}", name, twice)
                if flavor == "kramdown":
                    read = na.parse(f"---\n---\n\n{text}").article
                    own = dom.first_difference(str(na.render_html(read)), expected)
                    tally.note(f"law 7, {key}, our reading, document", name, own)
                    if read.blocks != reduced.blocks:
                        # Elements that only a post knows are written for those who trust it alone.
                        trusted = na.render_markdown(article, attrs.evolve(options, raw="keep"))
                        read = na.parse(f"---\n---\n\n{trusted}").article
                    same = None if read.blocks == reduced.blocks else _first(read, reduced)
                    tally.note(f"law 7, {key}, our reading, article", name, same)
                    waiting.append((f"law 7, {key}, kramdown", name, text, expected))
                else:
                    by_engines(engines[flavor], f"law 7, {key}", name, text, expected, flavor, tally)
                if level == "plain":
                    tally.note(f"no HTML, {key}", name, _html_in(text, flavor))
        if len(waiting) >= _BATCH:
            by_ruby(waiting, ruby, tally)
            waiting.clear()
    by_ruby(waiting, ruby, tally)


def _first(read: na.Article, reduced: na.Article) -> str:
    for one, other in zip(read.blocks, reduced.blocks, strict=False):
        if one != other:
            start = max(0, stretch(str(one), str(other))[0] - 120)
            return f"{str(one)[start : start + 240]}\n != {str(other)[start : start + 240]}"
    return f"{len(read.blocks)} != {len(reduced.blocks)} blocks"


def _common(one: str, other: str) -> int:
    """Where to begin to show what two texts differ in."""
    same = next((index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    return max(0, same - 120)


def by_engines(
    engines: list[Engine],
    question: str,
    name: str,
    text: str,
    expected: str,
    flavor: FlavorName,
    tally: Tally,
) -> None:
    """Ask CommonMark's engines."""
    for engine, who in zip(engines, ("markdown-it-py", "comrak"), strict=True):
        tally.note(f"{question}, {who}", name, difference(engine(text), expected, flavor))


def by_ruby(waiting: list[tuple[str, str, str, str]], ruby: KramdownEngine, tally: Tally) -> None:
    """Ask Ruby's kramdown."""
    answers = ruby.render_all([text for _, _, text, _ in waiting])
    for (question, name, _, expected), answer in zip(waiting, answers, strict=True):
        found = answer.error or dom.first_difference(answer.html or "", expected)
        tally.note(question, name, found)


def _html_in(text: str, flavor: FlavorName) -> str | None:
    from markdown_it import MarkdownIt

    # kramdown lets a pipe in a cell's code be.
    reader = MarkdownIt("commonmark") if flavor == "kramdown" else MarkdownIt("commonmark").enable("table")
    for block in reader.parse(text):
        for token in block.children or [block]:
            if token.type in ("html_block", "html_inline"):
                return token.content
    return None


def generated(number: int, strategy: SearchStrategy[na.Article]) -> Iterator[tuple[str, na.Article]]:
    """Articles that `strategy` draws."""
    found: list[na.Article] = []

    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
    @given(strategy)
    def draw(article: na.Article) -> None:
        found.append(article)

    draw()
    for index, article in enumerate(found):
        yield f"generated {index}", article


def main() -> int:
    """Count, print, and exit with 1 if anything fails anywhere."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--articles", type=int, default=20_000, help="how many generated articles")
    arguments.add_argument("--every", type=int, default=1, help="take each Nth post only; 0 for none")
    arguments.add_argument("--only", help="a flavour, a level, or both: 'gfm plain'")
    arguments.add_argument("--examples", type=int, default=5, help="how many failures to print of a kind")
    options = arguments.parse_args()
    start = time.perf_counter()
    good = True
    with KramdownEngine() as ruby:
        if options.every:
            posts = posts_of_the_corpus()[:: options.every]
            articles = ((name, na.parse(data.decode("utf-8")).article) for name, data in posts)
            tally = Tally()
            check(articles, tally, ruby, options.only)
            print(f"posts ({time.perf_counter() - start:.0f} s)")
            good &= tally.show(options.examples)
        if options.articles:
            start = time.perf_counter()
            for what, strategy in (("any", strategies.articles(raw=False)), ("in signs", signed_articles())):
                tally = Tally()
                check(generated(options.articles // 2, strategy), tally, ruby, options.only)
                print(f"generated articles, {what} ({time.perf_counter() - start:.0f} s)")
                good &= tally.show(options.examples)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
