"""Checks an installed newsdao-article from outside its checkout: `python smoke.py`, nothing else needed.

It runs with the bare package and with the `cli` extra, and says which of the two it found.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import newsdao_article as na

POST = (
    "---\r\n"
    "title: '시험 삼아 쓴 글'\r\n"
    "categories: [연습]\r\n"
    "---\r\n"
    '<p data-ke-size="size16">짧은 <b>문장</b> 하나.</p>\r\n'
    "\r\n"
    "## 작은 제목\r\n"
    "**굵게**는 이렇게 쓴다.\r\n"
).encode()


def check_the_installation() -> None:
    package = Path(str(na.__file__)).parent
    assert package.is_relative_to(sys.prefix), f"not the installed package: {package}"
    assert (package / "py.typed").is_file(), "type checkers would not see the annotations"
    metadata = importlib.metadata.metadata("newsdao-article")
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert {"cli", "testing", "docs"} <= set(metadata.get_all("Provides-Extra") or ())
    top_level = {
        str(path).split("/", maxsplit=1)[0] for path in importlib.metadata.files("newsdao-article") or ()
    }
    assert not top_level & {"tests", "docs", "examples", "src"}, f"stray files were installed: {top_level}"


def check_the_library(path: Path) -> None:
    for name in na.__all__:
        assert hasattr(na, name), name
    post = na.read(path)
    assert post.source.encode() == POST, "the post did not come back byte for byte"
    assert post.article.front_matter.title == "시험 삼아 쓴 글"
    assert "<b>문장</b>" in na.render_html(post.article)
    assert "**굵게**는" in na.render_markdown(post.article)
    assert "굵게는 이렇게 쓴다." in na.render_text(post.article)
    assert na.parse(na.render_post(post.article)).article == post.article


def check_the_command(path: Path) -> None:
    command = Path(sysconfig.get_path("scripts")) / "newsdao-article"
    arguments = [str(command), "convert", str(path), "--to", "post"]
    finished = subprocess.run(arguments, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    errors = finished.stderr.decode("utf-8", "replace")
    if importlib.util.find_spec("click") is None:
        assert finished.returncode, "without click the command cannot have worked"
        assert "newsdao-article[cli]" in errors, f"it should say which extra to install:\n{errors}"
        assert "Traceback" not in errors, errors
    else:
        assert finished.returncode == 0, errors
        assert "시험 삼아 쓴 글" in finished.stdout.decode("utf-8")


def main() -> None:
    check_the_installation()
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "post.md"
        path.write_bytes(POST)
        check_the_library(path)
        check_the_command(path)
    extra = "with" if importlib.util.find_spec("click") else "without"
    print(f"newsdao-article {importlib.metadata.version('newsdao-article')} works, {extra} the cli extra")


if __name__ == "__main__":
    main()
