"""Files that are there whole or not at all, and never over somebody else's work."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import newsdao_article as na

SOURCE = "\ufeff---\r\ntitle: 제목\r\n---\r\n\r\n<p>가&nbsp;나</p>\r\n\n\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "2024-11-01-post.md"
    path.write_bytes(SOURCE.encode())
    return path


def edited(path: Path) -> na.Post:
    post = na.read(path)
    return post.with_article(post.article.set("title", "새 제목"))


def test_edited_post_is_written_and_everything_else_stays(path: Path) -> None:
    edited(path).write(path)
    assert path.read_bytes().decode() == SOURCE.replace("제목", "새 제목")
    assert list(path.parent.iterdir()) == [path]


def test_new_file_is_written(path: Path) -> None:
    target = path.with_name("new.md")
    edited(path).write(target)
    assert target.read_bytes().decode() == SOURCE.replace("제목", "새 제목")


def test_permissions_stay(path: Path) -> None:
    path.chmod(0o640)
    edited(path).write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_link_stays_a_link(path: Path) -> None:
    link = path.with_name("link.md")
    link.symlink_to(path.name)
    edited(link).write(link)
    assert link.is_symlink()
    assert "새 제목" in path.read_bytes().decode()


def test_post_that_says_the_same_is_not_written(path: Path) -> None:
    os.utime(path, (1, 1))
    na.read(path).write(path)
    assert path.stat().st_mtime == 1


def test_file_that_changed_since_it_was_read_is_kept(path: Path) -> None:
    post = edited(path)
    path.write_bytes(b"somebody else's work\n")
    with pytest.raises(na.WriteConflictError, match=r"is not what was read.*read it again"):
        post.write(path)
    assert path.read_bytes() == b"somebody else's work\n"


def test_edits_one_after_another_can_be_written_one_after_another(path: Path) -> None:
    post = edited(path)
    post.write(path)
    # What stands there now is not what was read, but what this very post says.
    post.write(path)
    again = na.read(path)
    again.with_article(again.article.set("title", "셋째")).write(path)
    assert na.read(path).article.front_matter.title == "셋째"


def test_lone_surrogate_is_refused_with_its_place(path: Path) -> None:
    post = na.parse("---\ntitle: 제목\n---\n\n가\ud800\n")
    with pytest.raises(na.InvalidValueError, match="lone surrogate at line 5, column 2"):
        post.write(path)
    assert path.read_bytes().decode() == SOURCE


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_failure_half_way_leaves_the_old_file_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    post = edited(path)
    monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
    with pytest.raises(OSError, match="No space left"):
        post.write(path)
    monkeypatch.undo()
    assert path.read_bytes().decode() == SOURCE
    assert list(path.parent.iterdir()) == [path]


def test_longest_name_that_a_folder_takes_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("가" * 84 + ".md")
    path.write_bytes(SOURCE.encode())
    edited(path).write(path)
    assert "새 제목" in path.read_bytes().decode()


_WRITER = """
import sys
import pathlib
from newsdao_article.writing.files import replace_file

path = pathlib.Path(sys.argv[1])
print("ready", flush=True)
while True:
    replace_file(path, b"a" * 1_000_000)
    replace_file(path, b"b" * 2_000_000)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
def test_killed_writer_leaves_one_version_or_the_other(tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_bytes(b"a" * 1_000_000)
    source = random.Random(7)
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(source.uniform(0, 0.03))
            process.kill()
        assert path.read_bytes() in (b"a" * 1_000_000, b"b" * 2_000_000)
