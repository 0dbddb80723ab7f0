"""Which files a command reads and writes: settled before any work begins, and written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from newsdao_article.cli.files import Job, PlanError, jobs, terminal_safe


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two sites that have posts of the same name, and the working directory there."""
    for name in ("one/_posts/a.md", "one/_posts/b.md", "two/_posts/a.md"):
        post = tmp_path / name
        post.parent.mkdir(parents=True, exist_ok=True)
        post.write_bytes(b"x")
    (tmp_path / "one" / "style.css").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def planned(names: list[str], output: str, extension: str = ".html") -> list[tuple[str, str]]:
    here = Path.cwd()
    return [
        (
            "-" if job.source is None else job.source.resolve().relative_to(here).as_posix(),
            "-" if job.target is None else job.target.resolve().relative_to(here).as_posix(),
        )
        for job in jobs(names, output, extension)
    ]


@pytest.mark.usefixtures("site")
class TestJobs:
    def test_one_post_goes_to_standard_output(self) -> None:
        assert planned(["one/_posts/a.md"], "-") == [("one/_posts/a.md", "-")]
        assert planned(["-"], "-") == [("-", "-")]

    def test_one_post_goes_to_a_file(self) -> None:
        assert planned(["one/_posts/a.md"], "new.html") == [("one/_posts/a.md", "new.html")]
        assert planned(["-"], "new.html") == [("-", "new.html")]

    def test_one_post_goes_into_a_folder_that_exists_or_is_named_as_one(self) -> None:
        Path("there").mkdir()
        assert planned(["one/_posts/a.md"], "there") == [("one/_posts/a.md", "there/a.html")]
        assert planned(["one/_posts/a.md"], "new/") == [("one/_posts/a.md", "new/a.html")]
        assert planned(["-"], "new/") == [("-", "new/stdin.html")]

    def test_several_posts_keep_their_place_below_the_folder_that_they_share(self) -> None:
        assert planned(["one/_posts/a.md", "two/_posts/a.md"], "new") == [
            ("one/_posts/a.md", "new/one/_posts/a.html"),
            ("two/_posts/a.md", "new/two/_posts/a.html"),
        ]
        assert planned(["one/_posts/a.md", "one/_posts/b.md"], "new", ".json") == [
            ("one/_posts/a.md", "new/a.json"),
            ("one/_posts/b.md", "new/b.json"),
        ]

    def test_a_folder_stands_for_the_posts_below_it_in_order(self) -> None:
        assert planned(["."], "new") == [
            ("one/_posts/a.md", "new/one/_posts/a.html"),
            ("one/_posts/b.md", "new/one/_posts/b.html"),
            ("two/_posts/a.md", "new/two/_posts/a.html"),
        ]

    def test_a_folder_of_one_post_is_written_to_a_folder_too(self) -> None:
        assert planned(["two"], "new") == [("two/_posts/a.md", "new/a.html")]

    def test_posts_may_be_converted_beside_themselves_to_another_format(self) -> None:
        assert planned(["one"], "one/_posts") == [
            ("one/_posts/a.md", "one/_posts/a.html"),
            ("one/_posts/b.md", "one/_posts/b.html"),
        ]

    def test_standard_input_may_stand_among_files(self) -> None:
        assert planned(["one/_posts/a.md", "-"], "new") == [
            ("one/_posts/a.md", "new/a.html"),
            ("-", "new/stdin.html"),
        ]

    @pytest.mark.parametrize(
        ("names", "output", "message"),
        [
            (["one", "two"], "-", "standard output"),
            (["-", "-"], "new", "once"),
            (["no.md"], "-", "no such file: no.md"),
            (["one/no"], "new", "no such file"),
            (["empty"], "new", "no .md files in empty"),
            (["one/_posts/a.md", "one/_posts/a.md"], "new", "two posts would be written to"),
            (["one/_posts/a.md", "one"], "new", "two posts would be written to"),
            (["one"], "one/style.css", "is a file"),
        ],
    )
    def test_arguments_that_do_not_fit_together_are_refused(
        self, names: list[str], output: str, message: str
    ) -> None:
        Path("empty").mkdir()
        with pytest.raises(PlanError, match=message):
            jobs(names, output, ".html")

    def test_names_that_would_meet_after_conversion_are_refused(self) -> None:
        Path("a.md").write_bytes(b"x")
        Path("a.markdown").write_bytes(b"x")
        with pytest.raises(PlanError, match=r"two posts would be written to new[/\\]a.html"):
            jobs(["a.md", "a.markdown"], "new", ".html")

    @pytest.mark.parametrize(
        ("names", "output"),
        [
            (["one/_posts/a.md"], "one/_posts/a.md"),
            (["one/_posts/a.md"], "one/_posts"),
            (["one/_posts/a.md"], "one/../one/_posts/a.md"),
            (["one/_posts/a.md"], "hard.md"),
            (["one/_posts/a.md"], "soft.md"),
            (["one/_posts"], "one/_posts/"),
        ],
    )
    def test_a_post_is_never_replaced_by_its_own_conversion(self, names: list[str], output: str) -> None:
        os.link("one/_posts/a.md", "hard.md")
        Path("soft.md").symlink_to("one/_posts/a.md")
        with pytest.raises(PlanError, match="would be replaced"):
            jobs(names, output, ".md")

    def test_nor_by_that_of_another_post(self) -> None:
        Path("c.md").write_bytes(b"x")
        Path("one/c.md").write_bytes(b"x")
        with pytest.raises(PlanError, match="would be replaced"):
            jobs(["c.md", "one/c.md"], "one", ".md")


class TestWriting:
    def test_makes_the_folders_that_are_missing(self, tmp_path: Path) -> None:
        target = tmp_path / "a" / "b" / "c.html"
        Job(None, target).write(b"\xea\xb0\x80\r\n")
        assert target.read_bytes() == b"\xea\xb0\x80\r\n"

    def test_replaces_what_was_there(self, tmp_path: Path) -> None:
        target = tmp_path / "c.html"
        target.write_bytes(b"a much longer text")
        Job(None, target).write(b"new")
        assert target.read_bytes() == b"new"
        assert [path.name for path in tmp_path.iterdir()] == ["c.html"]

    def test_that_fails_leaves_the_old_file_and_nothing_else(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target = tmp_path / "c.html"
        target.write_bytes(b"old")

        def fail(*_: object) -> Path:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(Path, "replace", fail)
        with pytest.raises(OSError, match="No space"):
            Job(None, target).write(b"new")
        assert target.read_bytes() == b"old"
        assert [path.name for path in tmp_path.iterdir()] == ["c.html"]

    def test_never_writes_into_the_target_itself(self, tmp_path: Path) -> None:
        """Whoever reads the old file meanwhile goes on reading the old file."""
        target = tmp_path / "c.html"
        target.write_bytes(b"old")
        with target.open("rb") as reader:
            Job(None, target).write(b"new")
            assert reader.read() == b"old"

    def test_goes_through_a_link_to_the_file_behind_it(self, tmp_path: Path) -> None:
        target, link = tmp_path / "c.html", tmp_path / "latest.html"
        target.write_bytes(b"old")
        link.symlink_to(target)
        Job(None, link).write(b"new")
        assert link.is_symlink()
        assert target.read_bytes() == b"new"

    def test_goes_into_a_pipe_and_does_not_replace_it(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        try:
            Job(None, pipe).write(b"new")
            assert os.read(reader, 10) == b"new"
        finally:
            os.close(reader)
        assert pipe.is_fifo()

    def test_takes_names_as_long_as_the_file_system_does(self, tmp_path: Path) -> None:
        target = tmp_path / ("가" * 83 + ".html")
        Job(None, target).write(b"x")
        assert target.read_bytes() == b"x"

    def test_does_not_follow_a_link_that_waits_under_its_temporary_name(self, tmp_path: Path) -> None:
        victim = tmp_path / "victim"
        victim.write_bytes(b"old")
        (tmp_path / f".newsdao-article.{os.getpid()}.tmp").symlink_to(victim)
        Job(None, tmp_path / "c.html").write(b"new")
        assert victim.read_bytes() == b"old"


class TestTerminalSafe:
    @pytest.mark.parametrize("text", ["가나다 abc", "é 😀 ~", ""])
    def test_leaves_what_can_be_printed(self, text: str) -> None:
        assert terminal_safe(text) == text

    @pytest.mark.parametrize(
        "character",
        [
            "\x00",
            "\x07",
            "\x08",
            "\n",
            "\r",
            "\x1b",
            "\x7f",
            "\x85",
            "\x9b",
            "\u200e",
            "\u202e",
            "\u2066",
            "\udcff",
        ],
    )
    def test_spells_out_what_could_steer_a_terminal(self, character: str) -> None:
        assert terminal_safe(f"a{character}b") == f"a\\u{ord(character):04x}b"

    def test_labels_are_safe(self) -> None:
        assert Job(Path("\x1b[2J.md"), None).label == "\\u001b[2J.md"
        assert Job(None, None).label == "<stdin>"
