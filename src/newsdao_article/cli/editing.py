"""The command `edit`: everyday corrections in many posts."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Literal

import attrs
import click

from newsdao_article.cli.files import PlanError, posts_named, terminal_safe
from newsdao_article.cli.reporting import progress, reported
from newsdao_article.model.article import Article
from newsdao_article.model.css import Color
from newsdao_article.model.front_matter import KNOWN_KEYS
from newsdao_article.post import Post, decode, parse
from newsdao_article.problems import InvalidValueError

__all__ = ["edit"]


@attrs.frozen
class _Corrections:
    """What is to be changed in every post."""

    values: tuple[tuple[str, str], ...]
    replacements: tuple[tuple[str, str], ...]
    colors: dict[Color, Color]

    def applied(self, article: Article) -> Article:
        for key, value in self.values:
            path = f"front_matter.{key}" if key in KNOWN_KEYS else f"front_matter.extra.{key}"
            article = article.set(path, _categories(value) if key == "categories" else value)
        for old, new in self.replacements:
            article = article.replace_text(old, new)
        return article.replace_colors(self.colors) if self.colors else article


def _categories(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


@click.command()
@click.argument("posts", nargs=-1, required=True, metavar="POST...")
@click.option("--set", "values", multiple=True, metavar="KEY=VALUE", help="Set a key of the front matter.")
@click.option(
    "--replace",
    "replacements",
    multiple=True,
    nargs=2,
    metavar="OLD NEW",
    help="Replace words in texts and teasers.",
)
@click.option(
    "--map-color", "colors", multiple=True, nargs=2, metavar="OLD NEW", help="Replace a colour of highlights."
)
@click.option("--diff", "show", is_flag=True, help="Show what would change.")
@click.option("--in-place", is_flag=True, help="Write the posts.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def edit(
    posts: tuple[str, ...],
    values: tuple[str, ...],
    replacements: tuple[tuple[str, str], ...],
    colors: tuple[tuple[str, str], ...],
    show: bool,
    in_place: bool,
    quiet: bool,
) -> None:
    """Correct posts, and leave every other character of them as it is.

    POST is a file, a folder (all .md files below it) or - for standard input, whose result goes to standard output.
    Files are written only with --in-place, and never if they would not read back as asked; --diff shows the changes
    on standard output. Both may be given.

    Exit status: 0 if every post was corrected or had nothing to correct; 1 if some could not be; 2 if the
    command makes no sense.
    """
    try:
        corrections = _Corrections(_pairs(values), replacements, {Color(a): Color(b) for a, b in colors})
        sources = posts_named(posts)
    except (PlanError, InvalidValueError) as error:
        raise click.UsageError(terminal_safe(str(error))) from None
    if not (values or replacements or colors):
        raise click.UsageError("nothing to change: give --set, --replace or --map-color")
    if not (show or in_place) and sources != [None]:
        raise click.UsageError("say what to do: --diff shows the changes, --in-place writes them")
    counts = Counter(
        _edit(source, corrections, show=show, in_place=in_place, quiet=quiet)
        for source in progress(sources, "Editing")
    )
    if not quiet and sources != [None]:
        verb = "changed" if in_place else "to change"
        click.echo(
            f"{counts['changed']} {verb}, {counts['unchanged']} unchanged, {counts['failed']} failed",
            err=True,
        )
    sys.exit(1 if counts["failed"] else 0)


def _pairs(values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for value in values:
        key, sign, text = value.partition("=")
        if not sign or not key.strip():
            raise InvalidValueError(f"--set takes KEY=VALUE, got {value!r}")
        pairs.append((key.strip(), text))
    return tuple(pairs)


def _edit(
    source: Path | None, corrections: _Corrections, *, show: bool, in_place: bool, quiet: bool
) -> Literal["changed", "unchanged", "failed"]:
    label = terminal_safe("<stdin>" if source is None else str(source))
    with reported(label) as done:
        post = parse(decode(sys.stdin.buffer.read() if source is None else source.read_bytes()))
        edited = post.with_article(corrections.applied(post.article))
        if not quiet:
            _report(post, edited, label)
        if show:
            _print(edited.diff("stdin" if source is None else str(source).lstrip("/")))
        elif source is None:
            _print(edited.source)
        if in_place and source is not None and edited is not post:
            edited.write(source)
        done.append(edited.source != post.source)
    if not done:
        return "failed"
    return "changed" if done[0] else "unchanged"


def _report(post: Post, edited: Post, label: str) -> None:
    """Say where more than what changed had to be written anew."""
    known = {problem.code for problem in post.problems}
    for problem in edited.problems:
        if problem.code.startswith("edit-") and problem.code not in known:
            click.echo(f"{label}:{terminal_safe(str(problem))}", err=True)


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()
