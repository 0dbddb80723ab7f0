"""What a command says while it works, and when something goes wrong with a post."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import Final, TypeVar

import click
from rich.console import Console
from rich.progress import track

from newsdao_article.cli.files import terminal_safe
from newsdao_article.problems import ArticleError, DecodeError

__all__ = ["progress", "reported"]

_Item = TypeVar("_Item")

#: From how many posts on a progress bar is worth its lines.
_MANY: Final = 50


def progress(items: Sequence[_Item], description: str) -> Iterable[_Item]:
    """The items, with a progress bar on a terminal if they are many."""
    console = Console(stderr=True)
    if len(items) < _MANY or not console.is_terminal:
        return items
    return track(items, description=description, console=console)


@contextmanager
def reported(label: str) -> Generator[list[bool], None, None]:
    """Turn what goes wrong with one post into a line for people; the others go on."""
    try:
        yield []
    except DecodeError as error:
        click.echo(f"{label}:{error.line}:1: not-utf-8 {terminal_safe(str(error))}", err=True)
    except ArticleError as error:
        click.echo(f"{label}:1:1: {_code(error)} {terminal_safe(str(error))}", err=True)
    except BrokenPipeError:
        # Whoever reads the result has enough of it. Nothing is left to say, nor to flush when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        click.echo(f"{label}:1:1: file-error {error.strerror or error}", err=True)


def _code(error: ArticleError) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in type(error).__name__).strip("-")
