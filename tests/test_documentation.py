"""The README and every page of the documentation, run as a reader would type them.

- A `python` block is executed; one that starts with `>>>`, and every `pycon` block, is a doctest.
  The blocks of a page share their names.
- In a `console` block each line after `$ ` is run by a bash of its own, and what follows it is compared with
  what it prints, errors included; `...` stands for anything. `newsdao-article` and `python` are those of
  the code under test.
- All of a page runs in one temporary directory, which holds a copy of `examples/`.
- `<!-- not run: REASON -->` before a block says that it is not run, and why. The gate runs the commands after
  `<!-- main command -->` and `<!-- test command -->` itself. Any other block is data in a language listed
  below, or the page fails: nothing that looks runnable is passed over in silence.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

import pytest
from sybil import Document, Example, Region
from sybil.evaluators.doctest import OutputChecker
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser
from sybil.parsers.markdown.lexers import FencedCodeBlockLexer
from sybil.typing import Parser

import newsdao_article

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]

LEFT_OUT = re.compile(r"<!-- (not run: \S.*|main command|test command) -->")
RUN = {"console", "pycon", "python"}
DATA = {"css", "diff", "html", "json", "kramdown", "markdown", "ruby", "text", "toml", "xml", "yaml"}
DIRECTIVE = re.compile(r"\{(?!code|test|doctest)[\w:-]+\}.*")
DOCTEST_OPTIONS = doctest.ELLIPSIS
COMMAND_SECONDS = 120


class BlockParser(CodeBlockParser):
    """The blocks of a language, but for those that are marked as left out."""

    def __call__(self, document: Document) -> Iterable[Region]:
        for block in super().__call__(document):
            line_before = document.text[: block.start].rstrip().rpartition("\n")[2]
            if not LEFT_OUT.fullmatch(line_before.strip()):
                yield block


class PythonParser(PythonCodeBlockParser):
    """Python to execute, and doctests."""

    def __init__(self, language: str) -> None:
        super().__init__(doctest_optionflags=DOCTEST_OPTIONS)
        self.codeblock_parser = BlockParser(language, PythonEvaluator())


def unknown_blocks(document: Document) -> Iterable[Region]:
    """The blocks that are neither run nor data."""
    fences = FencedCodeBlockLexer(".+")(document)
    for language in sorted({str(block.lexemes["language"]) for block in fences} - RUN - DATA):
        if not DIRECTIVE.fullmatch(language):
            yield from BlockParser(language, refuse)(document)


def refuse(_: Example) -> str:
    return (
        "neither run nor data: write `console` with prompts, or `<!-- not run: REASON -->` before the block"
    )


def run_commands(example: Example) -> str | None:
    """Run the commands of a `console` block; what they should have printed otherwise."""
    commands = re.split(r"^\$ ", str(example.parsed), flags=re.MULTILINE)
    if commands[0].strip() or len(commands) == 1:
        return "a console block starts with `$ ` and a command"
    for command_and_output in commands[1:]:
        command, expected = split_command(command_and_output)
        finished = subprocess.run(
            ["bash", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=COMMAND_SECONDS,
            check=False,
        )
        printed = finished.stdout.decode("utf-8")
        as_expected = OutputChecker().check_output(expected, printed, DOCTEST_OPTIONS)
        if not as_expected or (finished.returncode and not expected.strip()):
            code = finished.returncode
            return f"$ {command}\nexpected:\n{indent(expected)}printed, exit code {code}:\n{indent(printed)}"
    return None


def split_command(text: str) -> tuple[str, str]:
    """What is typed (lines that `> ` or a backslash continue included) and what should be printed."""
    lines = text.splitlines(keepends=True)
    end = 1
    while end < len(lines) and (lines[end].startswith("> ") or lines[end - 1].endswith("\\\n")):
        end += 1
    command = "".join(line.removeprefix("> ") for line in lines[:end])
    return command.removesuffix("\n"), "".join(lines[end:])


def indent(text: str) -> str:
    return textwrap.indent(text, "    ")


PARSERS: list[Parser] = [
    PythonParser("python"),
    PythonParser("pycon"),
    BlockParser("console", run_commands),
    unknown_blocks,
]


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reader's directory: examples in it, and the commands of the code under test on the path."""
    page_directory = tmp_path / "page"
    if (ROOT / "examples").is_dir():
        shutil.copytree(ROOT / "examples", page_directory / "examples")
    else:
        page_directory.mkdir()
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "python").symlink_to(sys.executable)
    script = commands / "newsdao-article"
    script.write_text(
        f"#!{sys.executable}\nimport sys\nfrom newsdao_article.cli import main\nsys.exit(main())\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    package_place = Path(str(newsdao_article.__file__)).parent.parent
    monkeypatch.setenv("PATH", os.pathsep.join([str(commands), os.environ["PATH"]]))
    monkeypatch.setenv("PYTHONPATH", str(package_place))
    monkeypatch.setenv("PYTHONUTF8", "1")
    monkeypatch.chdir(page_directory)
    return page_directory


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
@pytest.mark.usefixtures("reader")
def test_examples_of_the_page_do_what_it_says(page: Path) -> None:
    for example in Document.parse(str(page), *PARSERS):
        example.evaluate()


def test_readme_has_examples_that_are_run() -> None:
    assert [example.line for example in Document.parse(str(README), *PARSERS)]
