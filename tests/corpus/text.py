"""Law 9 counted on every post and on many articles: `python -m tests.corpus.text`.

Every Article is written as text at several widths. Counted independently of the library, with wcwidth: that the words
are those of the HTML, in order, none of them parted; that no line which could be broken is too wide; that the
borders of tables stand below one another. The suite asks the same of a few articles.

    python -m tests.corpus.text [--articles 20000] [--every 1] [--widths 72,40,20,8]
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterable, Sequence
from typing import Final

import attrs
import wcwidth

import newsdao_article as na
from newsdao_article.testing import strategies
from tests.conftest import posts_of_the_corpus
from tests.corpus.markdown import Tally, generated
from tests.rendering.markdown_articles import signed_articles
from tests.rendering.visible_words import html_words, letters, words

#: What may stand before the first word of a line, and may not be parted from it.
_MARKERS: Final = re.compile(r"^(?:[ >]|- |-?\d+\. |\[\d+\] |# )*")
_BORDERS: Final = frozenset("|+")
_NO_CODE: Final = {
    na.CodeBlock: lambda *_: "",
    na.Division: lambda node, context: context.flow(node.content) if isinstance(node, na.Division) else "",
}


def check(articles: Iterable[tuple[str, na.Article]], tally: Tally, widths: Sequence[int]) -> None:
    """Ask everything about each article."""
    for name, article in articles:
        expected = html_words(article)
        for width in (None, *widths):
            where = "unwrapped" if width is None else f"width {width}"
            options = na.TextOptions(width=width)
            tally.note(f"words, {where}", name, _differing(words(na.render_text(article, options)), expected))
            if width is None:
                continue
            for break_words in (False, True):
                narrow = na.TextOptions(width=width, break_words=break_words, overrides=_NO_CODE)
                text = na.render_text(article, narrow)
                kind = f"lines, {where}{', words broken' if break_words else ''}"
                tally.note(kind, name, _too_wide(text, width, break_words=break_words))
            broken = na.render_text(article, attrs.evolve(options, break_words=True))
            lost = None if letters(broken) == letters("".join(expected)) else "letters differ"
            tally.note(f"letters, {where}, words broken", name, lost)
        for table in (node for node in na.walk(article) if isinstance(node, na.Table)):
            if (found := _misaligned(table)) is not _NOT_ASKED:
                tally.note("tables aligned", name, found)


def _differing(found: list[str], expected: list[str]) -> str | None:
    if found == expected:
        return None
    index = next((i for i, pair in enumerate(zip(found, expected, strict=False)) if pair[0] != pair[1]), -1)
    return f"{found[index : index + 3]} != {expected[index : index + 3]}"


def _too_wide(text: str, width: int, *, break_words: bool) -> str | None:
    for line in text.split("\n"):
        if wcwidth.wcswidth(line) <= width:
            continue
        content = _MARKERS.sub("", line)
        if not break_words:
            could_be = " " in content.strip(" ")
        else:
            # Room for one wide character is what each line has, however far it is indented; a character
            # with what modifies it is one (UAX #29).
            indent = wcwidth.wcswidth(line[: len(line) - len(content)])
            characters = sum(bool(letters(cluster)) for cluster in wcwidth.iter_graphemes(content))
            could_be = characters > 1 and indent + 2 < width
        if could_be:
            return repr(line)
    return None


_NOT_ASKED: Final = "not asked"


def _misaligned(table: na.Table) -> str | None:
    """What stands where no border of another line does; not asked where cells hold the signs of borders."""
    text = na.render_text(attrs.evolve(table, caption=()))
    cells = [cell for row in (*table.head, *table.body, *table.foot) for cell in row.cells]
    if any(sign in na.render_text(node) for sign in _BORDERS for cell in cells for node in cell.content):
        return _NOT_ASKED
    most = max((sum(cell.colspan or 1 for cell in row.cells) for row in _all_rows(table)), default=0)
    spans = sum(cell.rowspan != 1 for cell in cells)
    columns = {
        wcwidth.wcswidth(line[:index])
        for line in text.split("\n")
        for index, sign in enumerate(line)
        if sign in _BORDERS
    }
    # Cells that reach down may push others to further columns.
    return None if len(columns) <= max(0, most + spans - 1) else f"borders at {sorted(columns)}\n{text}"


def _all_rows(table: na.Table) -> tuple[na.Row, ...]:
    return (*table.head, *table.body, *table.foot)


def main() -> int:
    """Count, print, and exit with 1 if anything fails anywhere."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--articles", type=int, default=20_000, help="how many generated articles")
    arguments.add_argument("--every", type=int, default=1, help="take each Nth post only; 0 for none")
    arguments.add_argument("--widths", default="72,40,20,8", help="the widths in columns")
    arguments.add_argument("--examples", type=int, default=5, help="how many failures to print of a kind")
    options = arguments.parse_args()
    widths = [int(width) for width in options.widths.split(",")]
    start = time.perf_counter()
    good = True
    if options.every:
        posts = posts_of_the_corpus()[:: options.every]
        tally = Tally()
        check(((name, na.parse(data.decode("utf-8")).article) for name, data in posts), tally, widths)
        print(f"posts ({time.perf_counter() - start:.0f} s)")
        good &= tally.show(options.examples)
    for what, strategy in (("any", strategies.articles(raw=False)), ("in signs", signed_articles())):
        if options.articles:
            tally = Tally()
            check(generated(options.articles // 2, strategy), tally, widths)
            print(f"generated articles, {what} ({time.perf_counter() - start:.0f} s)")
            good &= tally.show(options.examples)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
