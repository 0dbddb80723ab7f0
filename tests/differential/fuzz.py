"""Differential fuzzing: random bodies, read by the reference engine and by this package, until the time is up.

    python -m tests.differential.fuzz --minutes 30
    python -m tests.differential.fuzz --minutes 5 --seed 7 --posts DIRECTORY

The bodies come from `strategies.bodies()`; with `--posts`, every second batch is cut together from the posts (`*.md`)
below a directory, with slips added. Every new disagreement is made small and printed at once; the end lists them all,
grouped. Exit code 0 if there is none, 1 if there is.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import attrs
from hypothesis import HealthCheck, Phase, given, seed, settings

from .dom import Difference
from .engine import KramdownEngine, why_missing
from .minimise import minimise, shape
from .pasted import PASTED
from .readings import difference_from, file_with_body, jekyll_body
from .strategies import bodies, is_comparable

__all__ = ["Campaign", "Finding", "differences", "main"]

_TOKENS = ("<b>", "</b>", "<p>", "</p>", "**", "*", "_", "[", "](", ")", "|", "\n", "\n\n", "<", ">", "&", "`", "\\",
           "  \n", " ", "- ", "1. ", "## ", "> ", "    ", "---\n", "<br>", "</span>", "<span", "\"", "<!--", "-->")  # fmt: skip
_MINIMISED_OF_A_KIND = 40
_WHOLE_POSTS = 0.05


@attrs.define
class Finding:
    """One disagreement: the smallest text that shows it, and how often its like was seen."""

    text: str
    difference: Difference
    count: int = 1

    def __str__(self) -> str:
        indented = str(self.difference).replace("\n", "\n    ")
        return f"{self.count} x {self.text!r}\n    {indented}"


def differences(engine: KramdownEngine, texts: Sequence[str]) -> list[Difference | None]:
    """For each body, where the readings part; None where they agree or where the engine itself fails."""
    files = [file_with_body(text) for text in texts]
    answers = engine.render_all(jekyll_body(file) for file in files)
    return [
        None if answer.html is None else difference_from(answer, file)
        for answer, file in zip(answers, files, strict=True)
    ]


@attrs.define
class Campaign:
    """What a run has seen so far."""

    engine: KramdownEngine
    cases: int = 0
    disagreements: int = 0
    findings: dict[tuple[str, str], Finding] = attrs.field(factory=dict[tuple[str, str], Finding])
    minimised: dict[str, int] = attrs.field(factory=dict[str, int])

    def run(self, texts: Sequence[str]) -> list[Finding]:
        """Compare the texts; the findings that are new."""
        new: list[Finding] = []
        self.cases += len(texts)
        for text, difference in zip(texts, differences(self.engine, texts), strict=True):
            if difference is None:
                continue
            self.disagreements += 1
            finding = self._record(text, difference)
            if finding is not None:
                new.append(finding)
        return new

    def _record(self, text: str, difference: Difference) -> Finding | None:
        kind = difference.kind
        self.minimised[kind] = self.minimised.get(kind, 0) + 1
        if self.minimised[kind] > _MINIMISED_OF_A_KIND:
            return None
        small = minimise(text, partial(self._all_of_kind, kind))
        key = (kind, shape(small))
        if key in self.findings:
            self.findings[key].count += 1
            return None
        (again,) = differences(self.engine, [small])
        self.findings[key] = Finding(small, again or difference)
        return self.findings[key]

    def _all_of_kind(self, kind: str, texts: Sequence[str]) -> list[bool]:
        return [
            found is not None and found.kind == kind and is_comparable(text)
            for text, found in zip(texts, differences(self.engine, texts), strict=True)
        ]


def generated(number: int, count: int) -> list[str]:
    """`count` bodies, the same for the same number."""
    texts: list[str] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(bodies())
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    return texts


def cut_together(posts: Sequence[str], number: int, count: int) -> list[str]:
    """`count` bodies of neighbouring lines from posts, now and then of all lines, with a few slips.

    The same for the same number.
    """
    choice = random.Random(number)
    texts: list[str] = []
    for _ in range(count):
        pieces: list[str] = []
        for _ in range(choice.randint(1, 3)):
            lines = choice.choice(posts).split("\n")
            start = choice.randrange(len(lines))
            whole = choice.random() < _WHOLE_POSTS
            pieces.append("\n".join(lines if whole else lines[start : start + choice.randint(1, 8)]))
        text = choice.choice(("\n", "\n\n", "")).join(pieces)
        for _ in range(choice.randint(0, 4)):
            at = choice.randint(0, len(text))
            token = choice.choice(choice.choice((_TOKENS, PASTED))) if choice.random() < 0.6 else ""
            text = text[:at] + token + text[at + choice.choice((0, 0, 1, 2, 5)) :]
        if is_comparable(text):
            texts.append(text)
    return texts


def _batches(first: int, size: int, posts: Sequence[str]) -> Iterator[list[str]]:
    number = first
    while True:
        yield generated(number, size)
        if posts:
            yield cut_together(posts, number, size)
        number += 1


def _bodies_below(directory: Path | None) -> list[str]:
    if directory is None:
        return []
    return [jekyll_body(path.read_bytes().decode()) for path in sorted(directory.rglob("*.md"))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until the time is up; 1 if the readings part anywhere."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.differential.fuzz", description="Differential fuzzing."
    )
    parser.add_argument("--minutes", type=float, default=1.0, help="how long (default: 1)")
    parser.add_argument("--seed", type=int, help="the first seed (default: another one every run)")
    parser.add_argument("--batch", type=int, default=1000, help="cases per batch (default: 1000)")
    parser.add_argument("--posts", type=Path, help="a directory of posts to cut together as well")
    chosen = parser.parse_args(arguments)
    reason = why_missing()
    if reason is not None:
        print(reason, file=sys.stderr)
        return 2
    first = chosen.seed if chosen.seed is not None else random.randrange(1 << 32)
    print(f"seed {first}", flush=True)
    warnings.filterwarnings("ignore", "Generating overly large repr")
    with KramdownEngine() as engine:
        campaign = Campaign(engine)
        _run(campaign, _batches(first, chosen.batch, _bodies_below(chosen.posts)), chosen.minutes)
    _print_summary(campaign)
    return 1 if campaign.disagreements else 0


def _run(campaign: Campaign, batches: Iterator[list[str]], minutes: float) -> None:
    start = time.monotonic()
    for batch in batches:
        for finding in campaign.run(batch):
            print(f"new: {finding}", flush=True)
        passed = (time.monotonic() - start) / 60
        print(
            f"{passed:.1f} min: {campaign.cases} cases, {campaign.cases / passed:.0f} a minute, "
            f"{campaign.disagreements} disagree in {len(campaign.findings)} ways",
            flush=True,
        )
        if passed >= minutes:
            return


def _print_summary(campaign: Campaign) -> None:
    groups: dict[str, list[Finding]] = {}
    for (kind, _), finding in campaign.findings.items():
        groups.setdefault(kind, []).append(finding)
    for kind, findings in sorted(groups.items(), key=lambda group: -campaign.minimised[group[0]]):
        print(f"\n{campaign.minimised[kind]} x {kind}")
        for finding in sorted(findings, key=lambda finding: (-finding.count, len(finding.text))):
            print(f"  {finding.count} x {finding.text!r}")


if __name__ == "__main__":
    sys.exit(main())
