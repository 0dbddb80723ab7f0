"""The figures of the laws, printed: `python -m tests.corpus [--strings N] [--articles N]`.

The test suite asserts the same laws; this counts them at the size that a release states. The corpus is found as
the tests find it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings

import newsdao_article as na
from newsdao_article.testing import strategies
from tests.conftest import posts_of_the_corpus

_Item = TypeVar("_Item")

#: What is cut into posts: controls, every kind of line end, blanks that are no blanks to HTML, half-open markup.
SLIPS = (
    *(
        chr(code)
        for code in (*range(32), 0x7F, 0x85, 0xA0, 0x3000, 0x2028, 0x2029, 0xFEFF, 0xD800, 0xDFFF, 0x1F600)
    ),
    *"\r\n \r \n\n --- ... ``` ~~~ ** * __ _ ~~ [ ]( ![ ) < </ <p <p> </p> <b </b <!-- --> <?php ?> <table> <td </td>".split(
        " "
    ),
    *"<오감도> {: .a} {::comment} {:/} $$ | > # ## - 1. ^ : \\ &amp; &nbsp &#x3 <a href=' \" style= <script> <pre>".split(
        " "
    ),
)


def count(what: str, items: Sequence[_Item], holds: Callable[[_Item], bool]) -> bool:
    """Print how many of `items` keep a law, and the first that do not."""
    start = time.perf_counter()
    failing = [item for item in items if not holds(item)]
    print(f"{what}: {len(items) - len(failing):,} of {len(items):,} ({time.perf_counter() - start:.0f} s)")
    for item in failing[:5]:
        print(f"    {str(item)[:160]!r}")
    return not failing


def random_strings(texts: Sequence[str], number: int, seed: int) -> Iterable[str]:
    """Strings made of pieces of posts and slips."""
    source = random.Random(seed)
    for _ in range(number):
        parts: list[str] = ["---\ntitle: 제목\n---\n\n"] if source.random() < 0.5 else []
        for _ in range(source.randint(1, 12)):
            if source.random() < 0.5:
                text = source.choice(texts)
                begin = source.randrange(len(text))
                parts.append(text[begin : begin + source.randint(1, 200)])
            else:
                parts.append(source.choice(SLIPS))
        yield "".join(parts)


def generated(number: int, start: int) -> bool:
    """Whether all generated articles keep laws 5 and 6; what fails is printed."""
    total = 0
    failing: list[tuple[int, na.Article]] = []

    @seed(start)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
    @given(strategies.articles())
    def run(article: na.Article) -> None:
        nonlocal total
        total += 1
        if na.parse(na.render_post(article)).article != article:
            failing.append((5, article))
        html = na.render_html(article, na.HtmlOptions(raw="keep"))
        if na.parse(f"---\n---\n\n{html}").article.blocks != article.blocks:
            failing.append((6, article))

    run()
    for law in (5, 6):
        print(f"law {law}, generated articles: {total - sum(n == law for n, _ in failing):,} of {total:,}")
    for law, article in failing[:5]:
        print(f"    law {law}: {article!r}")
    return not failing


def main() -> int:
    """Count, print, and exit with 1 if any law fails anywhere."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--strings", type=int, default=100_000)
    arguments.add_argument("--articles", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    texts = [data.decode("utf-8") for _, data in posts_of_the_corpus()]
    posts = [na.parse(text) for text in texts]
    keep = na.HtmlOptions(raw="keep")
    good = count("law 1, posts", texts, lambda text: na.parse(text).source == text)
    good &= count(
        "law 1, random strings",
        list(random_strings(texts, options.strings, options.seed)),
        lambda text: na.parse(text).source == text,
    )
    good &= count(
        "no raw node",
        posts,
        lambda post: not any(isinstance(n, (na.RawBlock, na.RawInline)) for n in na.walk(post.article)),
    )
    good &= count(
        "law 5, posts", posts, lambda post: na.parse(na.render_post(post.article)).article == post.article
    )
    good &= count(
        "law 6, posts, raw=keep",
        posts,
        lambda post: (
            na.parse(f"---\n---\n\n{na.render_html(post.article, keep)}").article.blocks
            == post.article.blocks
        ),
    )
    count(
        "law 6, posts, default options",
        posts,
        lambda post: (
            na.parse(f"---\n---\n\n{na.render_html(post.article)}").article.blocks == post.article.blocks
        ),
    )
    good &= generated(options.articles, options.seed)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
