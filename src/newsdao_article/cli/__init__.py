"""The command `newsdao-article`; needs the extra `cli`."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; without the extra `cli`, say how to get it and exit with status 2."""
    try:
        from newsdao_article.cli.commands import newsdao_article
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("click", "rich"):
            raise
        print(
            "newsdao-article needs its extra: python -m pip install 'newsdao-article[cli]'", file=sys.stderr
        )
        sys.exit(2)
    newsdao_article()
