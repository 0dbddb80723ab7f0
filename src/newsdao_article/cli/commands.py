"""The commands, their arguments and their exit codes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final, Literal

import click

from newsdao_article import __version__
from newsdao_article.cli.editing import edit
from newsdao_article.cli.files import STREAM, Job, PlanError, jobs, terminal_safe
from newsdao_article.cli.reporting import progress, reported
from newsdao_article.interchange import to_json
from newsdao_article.post import Post, decode, parse
from newsdao_article.rendering.html import HtmlOptions, render_html
from newsdao_article.rendering.markdown import MarkdownOptions, render_markdown
from newsdao_article.rendering.post_file import render_post
from newsdao_article.rendering.text import TextOptions, render_text

__all__ = ["newsdao_article"]

_EXTENSIONS: Final = {"html": ".html", "markdown": ".md", "text": ".txt", "post": ".md", "json": ".json"}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="newsdao-article")
def newsdao_article() -> None:
    """Read Jekyll posts as their site shows them, and write them as something else."""


@newsdao_article.command()
@click.argument("posts", nargs=-1, required=True, metavar="POST...")
@click.option("--to", "target", type=click.Choice(list(_EXTENSIONS)), required=True, help="What to write.")
@click.option(
    "-o",
    "--output",
    metavar="FILE|DIR",
    default=STREAM,
    help="Where to write; a folder for several posts. Default: -",
)
@click.option(
    "--raw",
    type=click.Choice(["escape", "drop", "keep"]),
    default="escape",
    show_default=True,
    help="HTML: what becomes of markup that no type vouches for. Keep it only from authors whom you trust.",
)
@click.option(
    "--flavor",
    type=click.Choice(["kramdown", "commonmark", "gfm"]),
    default="kramdown",
    show_default=True,
    help="Markdown: for which reader.",
)
@click.option(
    "--fidelity",
    type=click.Choice(["exact", "reader", "plain"]),
    default="reader",
    show_default=True,
    help="Markdown: how much to keep.",
)
@click.option("--wrap", type=click.IntRange(min=1), help="Markdown: fill lines up to this display width.")
@click.option(
    "--links",
    type=click.Choice(["inline", "reference"]),
    default="inline",
    show_default=True,
    help="Markdown: where addresses stand.",
)
@click.option(
    "--front-matter",
    type=click.Choice(["jekyll", "hugo", "astro"]),
    help="Markdown: begin with front matter in the keys of this site generator. Default: none",
)
@click.option("--width", type=click.IntRange(min=1), help="Text: wrap lines at this display width.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if any post has problems.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of problems in the posts.")
def convert(
    posts: tuple[str, ...],
    target: str,
    output: str,
    raw: Literal["escape", "drop", "keep"],
    flavor: Literal["kramdown", "commonmark", "gfm"],
    fidelity: Literal["exact", "reader", "plain"],
    wrap: int | None,
    links: Literal["inline", "reference"],
    front_matter: Literal["jekyll", "hugo", "astro"] | None,
    width: int | None,
    strict: bool,
    quiet: bool,
) -> None:
    """Convert posts to HTML, Markdown, plain text, a post file in house style, or JSON.

    POST is a file, a folder (all .md files below it) or - for standard input. Problems and errors go to standard error,
    a line each: FILE:LINE:COLUMN: CODE message.

    Exit status: 0 if every post was converted; 1 if some could not be, or, with --strict, if
    any has problems; 2 if the command makes no sense.
    """
    write: dict[str, Callable[[Post], str]] = {
        "html": lambda post: render_html(post.article, HtmlOptions(raw=raw)),
        "markdown": lambda post: render_markdown(
            post.article,
            MarkdownOptions(
                flavor=flavor, fidelity=fidelity, wrap=wrap, links=links, front_matter=front_matter
            ),
        ),
        "text": lambda post: render_text(post.article, TextOptions(width=width)),
        "post": lambda post: render_post(post.article),
        "json": lambda post: to_json(post.article, indent=2),
    }
    try:
        planned = jobs(posts, output, _EXTENSIONS[target])
    except PlanError as error:
        raise click.UsageError(terminal_safe(str(error))) from None
    failed = False
    for job in progress(planned, "Converting"):
        failed |= not _convert(job, write[target], strict=strict, quiet=quiet)
    sys.exit(1 if failed else 0)


def _convert(job: Job, write: Callable[[Post], str], *, strict: bool, quiet: bool) -> bool:
    with reported(job.label) as outcome:
        post = parse(decode(job.read()))
        if not quiet:
            for problem in post.problems:
                click.echo(f"{job.label}:{terminal_safe(str(problem))}", err=True)
        job.write(_with_final_newline(write(post)).encode("utf-8", "surrogatepass"))
        outcome.append(not (strict and post.problems))
    return bool(outcome and outcome[0])


def _with_final_newline(text: str) -> str:
    return text if text.endswith("\n") or not text else f"{text}\n"


newsdao_article.add_command(edit)
