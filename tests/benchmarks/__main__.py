"""CPU time per post: parsing and rendering, beside lxml and other packages, in one run.

    python -m tests.benchmarks
    python -m tests.benchmarks --posts 200 --passes 3 --only parse --only lxml

Every contender gets the same posts: 1,000 drawn with seed 7 from those of the corpus whose front matter is valid
YAML. Passes are interleaved, so that a busy moment of the machine hits all alike; of every contender the fastest
pass counts, in CPU time of this process, warm, with the garbage collector on. `x` is the ratio to the bare lxml parse
of the same bodies in the same run. Compare ratios only for one interpreter, which the output names: builds of CPython
differ by a third, lxml does not.

The corpus is the folder or `.tar.xz` of SITE/NAME.md files that `--corpus` or the variable NEWSDAO_CORPUS names, else
the archive in `shared/` beside the checkout. Peers come from the dependency group `benchmark`; those that are not
installed are named as such. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .contenders import REFERENCE, contenders, missing_peers
from .posts import read_corpus, sample
from .timing import Measurement, describe_interpreter, measure

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table; 2 where there is no corpus."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=1000, help="how many posts (default: 1000)")
    parser.add_argument("--passes", type=int, default=5, help="timed passes of each contender (default: 5)")
    parser.add_argument("--only", action="append", help="contenders whose name holds this; may be repeated")
    parser.add_argument("--corpus", type=Path, help="a folder or .tar.xz of SITE/NAME.md files")
    chosen = parser.parse_args(arguments)
    corpus = read_corpus(chosen.corpus)
    if not corpus:
        print("no corpus: name a folder or a .tar.xz with --corpus", file=sys.stderr)
        return 2
    posts = sample(corpus, chosen.posts)
    size = sum(len(post.body.encode()) for post in posts) // len(posts)
    print(f"{len(posts)} posts, {size} bytes of body on average, {chosen.passes} passes")
    print(describe_interpreter())
    wanted = [
        contender
        for contender in contenders()
        if contender.name == REFERENCE
        or not chosen.only
        or any(part in contender.name for part in chosen.only)
    ]
    print_table(measure(wanted, posts, chosen.passes))
    for name in missing_peers():
        print(f"{name}: not installed")
    return 0


def print_table(measurements: Sequence[Measurement]) -> None:
    """One line per contender: µs per post, the ratio to the reference, timed passes if they were fewer."""
    reference = next((measured.seconds for measured in measurements if measured.name == REFERENCE), None)
    width = max(len(measured.name) for measured in measurements)
    print(f"\n{'':{width}} {'µs/post':>10} {'x':>8}")
    for measured in measurements:
        seconds = f"{measured.seconds * 1e6:.1f}" if measured.seconds else "-"
        ratio = f"{measured.seconds / reference:.2f}" if measured.seconds and reference else "-"
        print(f"{measured.name:{width}} {seconds:>10} {ratio:>8}  {measured.note}".rstrip())


if __name__ == "__main__":
    sys.exit(main())
