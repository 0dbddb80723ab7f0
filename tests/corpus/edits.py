"""What edits of real posts change, counted: `python -m tests.corpus.edits [--every N] [--seed N]`.

Each edit is made on its own to a post as it stands in its file. The old and the new text are compared
character by character, without asking the library where anything stands.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

import attrs

import newsdao_article as na
from tests.conftest import posts_of_the_corpus

#: How an edit came out: as asked for ("local"), more than that but inside its block, further, or not at all.
OUTCOMES = ("local", "within its block", "beyond", "refused")
WORDS = ("새말", "값 3.5%", "바꾼 글", "A/S 2.0", "(괄호)는")


@attrs.frozen
class Outcome:
    """One edit: what kind, in which post, how it came out, what it replaced by what."""

    kind: str
    name: str
    result: str
    removed: str
    inserted: str


def difference(old: str, new: str) -> tuple[int, int, str]:
    """The stretch of `old` that differs, from its start to its end, and what stands there in `new`."""
    limit = min(len(old), len(new))
    start = next((k for k in range(limit) if old[k] != new[k]), limit)
    end = next((k for k in range(limit - start) if old[-1 - k] != new[-1 - k]), limit - start)
    return start, len(old) - end, new[start : len(new) - end]


def replaced(article: na.Article, target: na.Node, node: na.Node | tuple[na.Node, ...]) -> na.Article:
    """The article with the first node that is `target` (that very object) replaced."""
    done = False

    def replace(candidate: na.Node) -> na.Node | tuple[na.Node, ...]:
        nonlocal done
        if candidate is target and not done:
            done = True
            return node
        return candidate

    return na.map_nodes(article, replace)


def _letters(source: str) -> str:
    """Source as a reader would see it, near enough to compare: references decoded, escapes and markers gone."""
    return re.sub(r"[\\\s>*_`]", "", html.unescape(source))


class Edits:
    """All edits of one post."""

    def __init__(self, name: str, source: str, random_source: random.Random) -> None:
        self.name = name
        self.post = na.parse(source)
        self.random = random_source
        self.seconds: list[float] = []

    def outcomes(self) -> Iterator[Outcome]:
        """Every edit that the post has room for."""
        yield from self._nothing()
        yield from self._keys()
        yield from self._leaves()
        yield from self._attributes()
        yield from self._blocks()

    def _made(self, kind: str, article: na.Article, judge: Callable[[str, str], bool]) -> Iterator[Outcome]:
        old = self.post.source
        if article == self.post.article:
            return
        start = time.perf_counter()
        try:
            post = self.post.with_article(article)
        except na.RoundTripError as error:
            yield Outcome(kind, self.name, "refused", "", str(error)[:200])
            return
        self.seconds.append(time.perf_counter() - start)
        if na.parse(post.source).article != article:
            yield Outcome(kind, self.name, "beyond", "", "does not read back")
            return
        first, last, inserted = difference(old, post.source)
        removed = old[first:last]
        if judge(removed, inserted):
            result = "local"
        elif any(p.start <= first and last <= p.end for p in self.post.pieces):
            result = "within its block"
        else:
            result = "beyond"
        yield Outcome(kind, self.name, result, removed[:150], inserted[:150])

    def _nothing(self) -> Iterator[Outcome]:
        same = self.post.with_article(na.parse(self.post.source).article).source == self.post.source
        yield Outcome("no edit", self.name, "local" if same else "beyond", "", "")

    def _keys(self) -> Iterator[Outcome]:
        front_matter = self.post.article.front_matter
        if not self.post.front_matter.present:
            return
        entries = {entry.key: entry.span for entry in self.post.front_matter.entries}
        for key in ("title", "excerpt", "feature_text", "image", "feature_image", "categories"):
            old = getattr(front_matter, key)
            if key not in entries or not old:
                continue
            new = ("새소식", *old[1:]) if key == "categories" else f"새 값: {key} #1"
            changed = self.post.article.set(key, new)
            span = entries[key]
            before, after = self.post.source[: span.start], self.post.source[span.end :]
            try:
                source = self.post.with_article(changed).source
            except na.RoundTripError as error:
                yield Outcome(f"key {key}", self.name, "refused", "", str(error)[:200])
                continue
            only_its_lines = source.startswith(before) and source.endswith(after)
            good = only_its_lines and na.parse(source).article == changed
            lines = source[span.start : len(source) - len(after)]
            yield Outcome(
                f"key {key}",
                self.name,
                "local" if good else "beyond",
                span.slice(self.post.source)[:150],
                lines[:150],
            )

    def _leaves(self) -> Iterator[Outcome]:
        leaves = [
            node for node in na.walk(self.post.article) if isinstance(node, na.Text) and node.text.strip()
        ]
        for leaf in self.random.sample(leaves, min(5, len(leaves))):
            text = self._changed(leaf.text)
            try:
                article = replaced(self.post.article, leaf, na.Text(text))
            except na.InvalidValueError:
                continue  # A spacer shows no text.

            def judge(removed: str, inserted: str, old: str = leaf.text, new: str = text) -> bool:
                return (
                    _letters(removed) in _letters(old)
                    and _letters(inserted) in _letters(new)
                    and len(inserted) <= 2 * len(new) + 8
                )

            yield from self._made("text", article, judge)

    def _changed(self, text: str) -> str:
        word = self.random.choice(WORDS)
        shown = text.strip()
        place = self.random.randrange(len(shown) + 1)
        changed = self.random.choice(
            (
                shown[:place] + word + shown[place:],
                word,
                shown.replace(self.random.choice(shown.split()), word, 1),
            )
        )
        return text.replace(shown, changed, 1)

    def _attributes(self) -> Iterator[Outcome]:
        nodes = list(na.walk(self.post.article))
        self.random.shuffle(nodes)
        in_html = {
            id(node)
            for piece in self.post.pieces
            if "<td" in piece.span.slice(self.post.source).lower()
            for block in piece.blocks
            for node in na.walk(block)
        }
        seen: set[str] = set()
        for node in nodes:
            for kind, changed in _attribute_edits(node, in_html=id(node) in in_html):
                if kind not in seen:
                    seen.add(kind)
                    yield from self._made(kind, replaced(self.post.article, node, changed), _is_in_tags)

    def _blocks(self) -> Iterator[Outcome]:
        blocks = list(self.post.article.blocks)
        if not blocks:
            return
        front_matter = self.post.article.front_matter
        place = self.random.randrange(len(blocks) + 1)
        other = self.random.randrange(len(blocks))
        new = self.random.choice(
            (na.Paragraph("새 문단입니다."), na.Heading(2, "새 제목"), na.Spacer(), na.List(["하나", "둘"]))
        )
        without = blocks[:other] + blocks[other + 1 :]
        target = self.random.randrange(len(without) + 1)
        for kind, changed in (
            ("block inserted", [*blocks[:place], new, *blocks[place:]]),
            ("block removed", without),
            ("block moved", [*without[:target], blocks[other], *without[target:]]),
            ("block repeated", [*blocks[:place], blocks[other], *blocks[place:]]),
        ):
            yield from self._rearranged(kind, na.Article.from_blocks(changed, front_matter))

    def _rearranged(self, kind: str, article: na.Article) -> Iterator[Outcome]:
        """Every piece whose blocks are still there must be there, letter by letter."""
        try:
            post = self.post.with_article(article)
        except na.RoundTripError as error:
            yield Outcome(kind, self.name, "refused", "", str(error)[:200])
            return
        if na.parse(post.source).article != article:
            yield Outcome(kind, self.name, "beyond", "", "does not read back")
            return
        kept = _runs(article.blocks)
        lost = [
            text
            for blocks, texts in self._texts(self.post).items()
            for text, _ in zip(texts.elements(), range(kept(blocks)), strict=False)
            if text not in post.source
        ]
        yield Outcome(kind, self.name, "beyond" if lost else "local", lost[0][:150] if lost else "", "")

    @staticmethod
    def _texts(post: na.Post) -> dict[tuple[na.Block, ...], Counter[str]]:
        texts: dict[tuple[na.Block, ...], Counter[str]] = defaultdict(Counter)
        for piece in post.pieces:
            if piece.blocks:
                texts[piece.blocks][piece.span.slice(post.source)] += 1
        return texts


def _runs(blocks: Sequence[na.Block]) -> Callable[[tuple[na.Block, ...]], int]:
    """How often blocks that were written as one stand together in `blocks`."""

    def count(run: tuple[na.Block, ...]) -> int:
        return sum(tuple(blocks[k : k + len(run)]) == run for k in range(len(blocks) - len(run) + 1))

    return count


def _attribute_edits(node: na.Node, *, in_html: bool) -> Iterator[tuple[str, na.Node]]:
    if isinstance(node, na.Highlight) and node.color is not None:
        yield "colour", attrs.evolve(node, color="#0b5394")
    if isinstance(node, na.Link):
        yield "link target", attrs.evolve(node, url="https://example.kr/new?a=1&b=2")
    if isinstance(node, na.Cell):
        # Nothing in a table of pipes says how a single cell is aligned.
        kind = "cell alignment" if in_html else "cell alignment, table of pipes"
        yield kind, attrs.evolve(node, align="right" if node.align != "right" else "left")
    if isinstance(node, na.Heading):
        yield "heading level", attrs.evolve(node, level=node.level % 6 + 1)
    if isinstance(node, na.Image):
        yield "image alt", attrs.evolve(node, alt="새 설명")


def _is_in_tags(removed: str, inserted: str) -> bool:
    """Whether two stretches differ in tags (or Markdown's signs for them) alone."""
    signs = re.compile(r"</?[^<>]*>|^[^<>]*>|</?[^<>]*$|^[^<>]*$|#+|[=-]{2,}")
    if "<" not in removed and "<" not in inserted and ">" not in removed and ">" not in inserted:
        return "\n" not in removed + inserted
    return signs.sub("", removed).strip() == signs.sub("", inserted).strip()


def measure(texts: Sequence[tuple[str, str]], seed: int) -> tuple[list[Outcome], list[float], list[float]]:
    """All outcomes, the seconds of each edit, and of parsing each post."""
    outcomes: list[Outcome] = []
    edits: list[float] = []
    parses: list[float] = []
    for name, text in texts:
        start = time.perf_counter()
        na.parse(text)
        parses.append(time.perf_counter() - start)
        post = Edits(name, text, random.Random(f"{seed} {name}"))
        outcomes += post.outcomes()
        edits += post.seconds
    return outcomes, edits, parses


def main() -> int:
    """Print the counts, and exit with 1 if an edit was refused or went beyond its block."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take every Nth post")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    texts = [(name, data.decode()) for name, data in posts_of_the_corpus()][:: options.every]
    outcomes, edits, parses = measure(texts, options.seed)
    kinds = dict.fromkeys(outcome.kind for outcome in outcomes)
    for kind in kinds:
        counts = Counter(outcome.result for outcome in outcomes if outcome.kind == kind)
        total = counts.total()
        shares = ", ".join(f"{result} {counts[result]:,}" for result in OUTCOMES if counts[result])
        print(f"{kind}: {total:,} edits, {counts['local'] / total:.3%} local ({shares})")
    for outcome in [outcome for outcome in outcomes if outcome.result != "local"][:40]:
        print(
            f"    {outcome.kind} {outcome.name} {outcome.result}: {outcome.removed!r} -> {outcome.inserted!r}"
        )
    print(
        f"an edit costs {statistics.median(edits) * 1e6:,.0f} µs, parsing {statistics.median(parses) * 1e6:,.0f} µs"
    )
    return any(outcome.result in ("beyond", "refused") for outcome in outcomes)


if __name__ == "__main__":
    sys.exit(main())
