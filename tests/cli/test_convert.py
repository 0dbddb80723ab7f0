"""The command `newsdao-article convert`: formats, streams, messages and exit codes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import IO

import attrs
import pytest
from click.testing import CliRunner, Result

import newsdao_article as na
from newsdao_article.cli import main
from newsdao_article.cli.commands import newsdao_article

POST = """---
title: 제목
---

<h2 data-ke-size="size26">가나</h2>

<p data-ke-size="size16">값은 <b><span style="color: #ee2323;">삼천</span></b> 원 <x-y>입니다</x-y></p>
"""
#: What Jekyll cannot read: it is converted with a problem.
FAULTY = "---\ntitle: [가] 나\n---\n\n<p>가</p>\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write("good.md", POST)
    write("faulty.md", FAULTY)
    (tmp_path / "latin.md").write_bytes(b"---\ntitle: x\n---\n\ncaf\xe9\n")
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).write_bytes(text.encode("utf-8"))


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(newsdao_article, ["convert", *arguments], input=stdin)


def environment(**changes: str) -> dict[str, str]:
    """The variables of this process, with the package under test where Python looks for packages."""
    package_place = Path(str(na.__file__)).parent.parent
    return {**os.environ, "PYTHONPATH": str(package_place), "PYTHONUTF8": "1", **changes}


def start(
    *arguments: str,
    stdin: bytes = b"",
    stdout: int | IO[bytes] = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
    variables: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "newsdao_article", *arguments],
        env=environment() if variables is None else variables,
        input=stdin,
        stdout=stdout,
        stderr=stderr,
        check=False,
        timeout=60,
    )


@pytest.mark.usefixtures("folder")
class TestFormats:
    article = na.parse(POST).article

    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            ("html", na.render_html(article) + "\n"),
            ("markdown", na.render_markdown(article)),
            ("text", na.render_text(article) + "\n"),
            ("post", na.render_post(article)),
            ("json", na.to_json(article, indent=2) + "\n"),
        ],
    )
    def test_are_those_of_the_library(self, target: str, expected: str) -> None:
        result = run("good.md", "--to", target)
        assert result.exit_code == 0
        assert result.stdout_bytes.decode("utf-8") == expected
        assert result.stderr == ""

    @pytest.mark.parametrize("target", ["html", "markdown", "text", "post", "json"])
    def test_end_with_one_line_end_or_as_the_house_style_does(self, target: str) -> None:
        printed = run("good.md", "--to", target).stdout
        assert printed.endswith("\n\n\n" if target == "post" else "\n")
        assert target == "post" or not printed.endswith("\n\n")

    def test_html_follows_raw(self) -> None:
        assert "<x-y>" not in run("good.md", "--to", "html").stdout
        assert "<x-y>입니다</x-y>" in run("good.md", "--to", "html", "--raw", "keep").stdout

    def test_markdown_follows_flavor_and_fidelity(self) -> None:
        write("bold.md", "<p>**경고(위험)**는 <span style='color: red'>빨강</span></p>\n\n**경고(위험)**는\n")
        assert "**경고(위험)**는" in run("bold.md", "--to", "markdown").stdout
        assert "**경고(위험)**는" not in run("bold.md", "--to", "markdown", "--flavor", "gfm").stdout
        assert "color" in run("good.md", "--to", "markdown").stdout
        assert "color" not in run("good.md", "--to", "markdown", "--fidelity", "plain").stdout
        assert "size16" in run("good.md", "--to", "markdown", "--fidelity", "exact").stdout

    def test_markdown_follows_layout_and_site(self) -> None:
        write("long.md", "---\ntitle: 제목\nexcerpt: 요약\n---\n밤새 눈이 [많이](/a) 왔습니다\n")
        assert run("long.md", "--to", "markdown", "--wrap", "9").stdout == "밤새 눈이\n[많이](/a)\n왔습니다\n"
        assert run("long.md", "--to", "markdown", "--links", "reference").stdout.endswith("\n\n[1]: /a\n")
        hugo = run("long.md", "--to", "markdown", "--front-matter", "hugo").stdout
        assert hugo.startswith("---\ntitle: 제목\nsummary: 요약\n---\n\n밤새")

    def test_text_follows_width(self) -> None:
        assert "값은\n삼천\n원\n입니다" in run("good.md", "--to", "text", "--width", "6").stdout

    def test_json_reads_back(self) -> None:
        printed = run("good.md", "--to", "json").stdout
        assert json.loads(printed)["type"] == "article"
        assert na.from_json(printed) == self.article

    def test_post_of_a_house_post_is_that_post(self) -> None:
        write("again.md", run("good.md", "--to", "post").stdout)
        assert run("again.md", "--to", "post").stdout_bytes == Path("again.md").read_bytes()


@pytest.mark.usefixtures("folder")
class TestStreams:
    def test_a_hyphen_is_standard_input_and_standard_output(self) -> None:
        result = run("-", "--to", "html", "-o", "-", stdin=POST.encode())
        assert result.exit_code == 0
        assert result.stdout == na.render_html(na.parse(POST).article) + "\n"

    def test_messages_call_it_stdin(self) -> None:
        result = run("-", "--to", "html", stdin=b"\xff")
        assert result.exit_code == 1
        assert result.stderr.startswith("<stdin>:1:1: not-utf-8 ")

    def test_bytes_pass_through_untranslated(self) -> None:
        source = "---\r\ntitle: 가\r\n---\r\n\r\n<p>나</p>\r\n"
        finished = start("convert", "-", "--to", "post", stdin=source.encode())
        assert finished.returncode == 0
        assert finished.stderr == b""
        assert finished.stdout.decode() == na.render_post(na.parse(source).article)
        assert b"\r" not in finished.stdout

    def test_output_is_utf_8_whatever_the_terminal_is_set_to(self) -> None:
        ascii_only = environment(LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
        finished = start("convert", "good.md", "--to", "text", variables=ascii_only)
        assert finished.returncode == 0
        assert "가나" in finished.stdout.decode("utf-8")

    def test_a_reader_that_has_enough_is_no_error_to_speak_of(self) -> None:
        read_end, write_end = os.pipe()
        os.close(read_end)
        try:
            finished = start("convert", "good.md", "--to", "html", stdout=write_end)
        finally:
            os.close(write_end)
        assert finished.stderr == b""
        assert finished.returncode == 1

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
    def test_a_full_disk_is_an_error(self) -> None:
        with Path("/dev/full").open("wb") as full:
            finished = start("convert", "good.md", "--to", "html", stdout=full)
        assert finished.returncode != 0
        assert finished.stderr.decode().startswith("good.md:1:1: file-error No space left on device")
        assert b"Traceback" not in finished.stderr


@pytest.mark.usefixtures("folder")
class TestFiles:
    def test_several_posts_go_into_a_folder(self) -> None:
        result = run("good.md", "faulty.md", "--to", "text", "-o", "out")
        assert result.exit_code == 0
        assert result.stdout == ""
        assert sorted(path.name for path in Path("out").iterdir()) == ["faulty.txt", "good.txt"]
        assert Path("out/good.txt").read_bytes().decode() == na.render_text(na.parse(POST).article) + "\n"

    def test_one_post_goes_to_a_file(self) -> None:
        assert run("good.md", "--to", "json", "-o", "deep/new.json").exit_code == 0
        assert na.from_json(Path("deep/new.json").read_bytes()) == na.parse(POST).article

    def test_a_post_with_an_error_does_not_keep_the_others(self) -> None:
        result = run("latin.md", "good.md", "--to", "html", "-o", "out")
        assert result.exit_code == 1
        assert result.stderr.startswith("latin.md:5:1: not-utf-8 ")
        assert result.stderr.count("\n") == 1
        assert [path.name for path in Path("out").iterdir()] == ["good.html"]

    def test_a_post_with_an_error_does_not_touch_what_was_there(self) -> None:
        write("old.html", "old")
        assert run("latin.md", "--to", "html", "-o", "old.html").exit_code == 1
        assert Path("old.html").read_bytes() == b"old"

    def test_a_post_that_is_too_deep_says_so(self) -> None:
        write("deep.md", "<div>" * 5_000)
        result = run("deep.md", "--to", "html")
        assert result.exit_code == 1
        assert result.stderr.startswith("deep.md:1:1: limit-exceeded ")
        assert result.stdout == ""

    def test_a_post_that_cannot_be_opened_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_: Path) -> bytes:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_bytes", refuse)
        result = run("good.md", "--to", "html")
        assert result.exit_code == 1
        assert result.stderr == "good.md:1:1: file-error Permission denied\n"

    def test_the_posts_themselves_stay_as_they_are(self) -> None:
        run(".", "--to", "post", "-o", "../out")
        assert Path("good.md").read_bytes() == POST.encode()

    def test_a_second_run_writes_the_same_files(self) -> None:
        for _ in range(2):
            run("good.md", "faulty.md", "--to", "markdown", "-o", "out")
        assert sorted(path.name for path in Path("out").iterdir()) == ["faulty.md", "good.md"]

    def test_results_inside_the_folder_are_not_converted_again_and_again(self) -> None:
        assert run(".", "--to", "markdown", "-o", "out", "-q").exit_code == 1
        result = run(".", "--to", "markdown", "-o", "out", "-q")
        assert result.exit_code == 2
        assert "would be replaced" in result.stderr


@pytest.mark.usefixtures("folder")
class TestUsage:
    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["good.md"],
            ["--to", "html"],
            ["good.md", "--to", "pdf"],
            ["no.md", "--to", "html"],
            ["good.md", "no.md", "--to", "html", "-o", "out"],
            ["good.md", "faulty.md", "--to", "html"],
            ["good.md", "--to", "post", "-o", "good.md"],
            ["good.md", "--to", "text", "--width", "0"],
            ["good.md", "--to", "html", "--raw", "trust"],
        ],
    )
    def test_commands_that_make_no_sense_exit_with_2_and_write_nothing(self, arguments: list[str]) -> None:
        result = run(*arguments)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "Usage:" in result.stderr
        assert not Path("out").exists()
        assert Path("good.md").read_bytes() == POST.encode()

    def test_a_missing_file_is_named(self) -> None:
        assert "no such file: no.md" in run("no.md", "--to", "html").stderr

    @pytest.mark.parametrize("option", ["-h", "--help"])
    def test_help_says_what_the_exit_codes_mean(self, option: str) -> None:
        result = run(option)
        assert result.exit_code == 0
        assert "Exit status" in result.stdout

    def test_the_version_is_that_of_the_package(self) -> None:
        result = CliRunner().invoke(newsdao_article, ["--version"])
        assert result.stdout == f"newsdao-article, version {na.__version__}\n"


@pytest.mark.usefixtures("folder")
class TestProblems:
    def test_are_printed_with_file_line_column_and_code(self) -> None:
        result = run("faulty.md", "--to", "html")
        assert result.exit_code == 0
        assert result.stdout == "<p>가</p>\n"
        problem = na.parse(FAULTY).problems[0]
        assert result.stderr.startswith(f"faulty.md:{problem.line}:{problem.column}: front-matter-invalid ")

    def test_are_all_printed(self) -> None:
        write("two.md", FAULTY + "\n<p>글</b></p>\n")
        printed = run("two.md", "--to", "html").stderr
        assert len(printed.splitlines()) == len(na.parse(FAULTY + "\n<p>글</b></p>\n").problems)

    def test_fail_the_command_if_it_is_strict_but_the_post_is_written(self) -> None:
        assert run("faulty.md", "--to", "html", "--strict").exit_code == 1
        assert run("faulty.md", "good.md", "--to", "html", "--strict", "-o", "out").exit_code == 1
        assert Path("out/faulty.html").exists()
        assert run("good.md", "--to", "html", "--strict").exit_code == 0

    def test_are_not_printed_if_it_is_quiet(self) -> None:
        for strict in ([], ["--strict"]):
            result = run("faulty.md", "--to", "html", "--quiet", *strict)
            assert result.stderr == ""
            assert result.exit_code == len(strict)

    def test_quiet_commands_still_report_errors(self) -> None:
        result = run("latin.md", "--to", "html", "-q")
        assert result.exit_code == 1
        assert "not-utf-8" in result.stderr


class TestTerminals:
    def test_controls_in_the_name_of_a_post_are_spelled_out(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        write("\x1b[2J\u202e.md", FAULTY)
        assert on_a_terminal("convert", "\x1b[2J\u202e.md", "--to", "text", "-o", "out").startswith(
            "\\u001b[2J\\u202e.md:2:"
        )
        assert "\x1b" not in on_a_terminal("convert", "\x1b]0;x\x07", "--to", "text")

    def test_controls_in_a_message_are_spelled_out(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        write("a.md", "---\ntitle: \x1b[31m[가\n---\n\n<\x1b[2J>\n<p \x1b>x</q>\n")
        printed = on_a_terminal("convert", "a.md", "--to", "html", "-o", "out")
        assert printed
        assert not [character for character in printed if character < " " and character not in "\r\n"]

    @pytest.mark.usefixtures("folder")
    def test_whatever_the_message_quotes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        problem = na.Problem("a-code", "\x07\x1b[2J\u202e", na.SourceSpan(0, 1))
        post = attrs.evolve(na.parse(POST), problems=(problem,))

        def parse(_: str) -> na.Post:
            return post

        monkeypatch.setattr("newsdao_article.cli.commands.parse", parse)
        assert run("good.md", "--to", "text").stderr == "good.md:1:1: a-code \\u0007\\u001b[2J\\u202e\n"

    def test_long_work_shows_how_far_it_is(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("posts").mkdir()
        for number in range(60):
            write(f"posts/{number}.md", POST)
        assert "Converting" in on_a_terminal("convert", "posts", "--to", "text", "-o", "out")
        assert len(list(Path("out").iterdir())) == 60
        assert start("convert", "posts", "--to", "text", "-o", "out").stderr == b""


def on_a_terminal(*arguments: str) -> str:
    """What the command prints to standard error if that is a terminal."""
    ours, theirs = pty.openpty()
    try:
        finished = start(*arguments, stderr=theirs)
        os.close(theirs)
        assert finished.returncode in (0, 2)
        parts: list[bytes] = []
        while True:
            try:
                data = os.read(ours, 65536)
            except OSError:  # Linux says so when the other side is closed and all is read.
                break
            if not data:
                break
            parts.append(data)
    finally:
        os.close(ours)
    return b"".join(parts).decode("utf-8")


class TestWithoutItsExtra:
    @pytest.mark.parametrize("missing", ["click", "rich"])
    def test_says_how_to_install_it(
        self, missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setitem(sys.modules, missing, None)
        for name in [name for name in sys.modules if name.startswith(("rich.", "newsdao_article.cli."))]:
            monkeypatch.delitem(sys.modules, name)
        with pytest.raises(SystemExit) as exit_:
            main()
        assert exit_.value.code == 2
        assert "python -m pip install 'newsdao-article[cli]'" in capsys.readouterr().err

    def test_other_missing_modules_are_not_explained_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delitem(sys.modules, "newsdao_article.cli.commands")
        monkeypatch.setitem(sys.modules, "newsdao_article.interchange", None)
        with pytest.raises(ModuleNotFoundError):
            main()

    def test_the_library_itself_needs_neither(self) -> None:
        code = (
            "import sys; sys.modules.update(click=None, rich=None)\n"
            "import newsdao_article as na; print(na.render_text(na.parse('<p>a</p>').article), end='')"
        )
        finished = subprocess.run(
            [sys.executable, "-c", code], env=environment(), capture_output=True, check=True, timeout=60
        )
        assert finished.stdout == b"a"
