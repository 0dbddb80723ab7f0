"""Which files a command reads and writes, settled before any work begins."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import attrs

from newsdao_article.writing.files import replace_file

__all__ = ["STREAM", "Job", "PlanError", "jobs", "posts_named", "terminal_safe"]

#: The name that stands for standard input and standard output.
STREAM: Final = "-"

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class PlanError(Exception):
    """Arguments that cannot be carried out together."""


@attrs.frozen
class Job:
    """One post to read and the place for the result; None for a standard stream."""

    source: Path | None
    target: Path | None

    @property
    def label(self) -> str:
        """How messages name the post."""
        return terminal_safe("<stdin>" if self.source is None else str(self.source))

    def read(self) -> bytes:
        """The bytes of the post."""
        return sys.stdin.buffer.read() if self.source is None else self.source.read_bytes()

    def write(self, data: bytes) -> None:
        """Write the result, in one piece or not at all."""
        if self.target is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        if self.target.exists() and not self.target.is_file():
            # A device or a pipe is written to, never replaced by a file.
            self.target.write_bytes(data)
            return
        self.target.resolve().parent.mkdir(parents=True, exist_ok=True)
        replace_file(self.target, data)


def jobs(names: Sequence[str], output: str, extension: str) -> list[Job]:
    """What to read and where to write it; raises `PlanError` for arguments that do not fit together.

    Into a folder, posts keep their place below the folder that they share, so that posts of the same
    name on two sites do not meet.
    """
    sources = posts_named(names)
    if output == STREAM:
        if len(sources) > 1:
            raise PlanError("several posts cannot share standard output; give a folder with -o DIR")
        return [Job(sources[0], None)]
    into_folder = (
        len(sources) > 1
        or output.endswith(("/", os.sep))
        or Path(output).is_dir()
        or any(name != STREAM and Path(name).is_dir() for name in names)
    )
    if not into_folder:
        targets = [Path(output)]
    elif Path(output).exists() and not Path(output).is_dir():
        raise PlanError(f"{output} is a file; several posts need a folder")
    else:
        targets = _targets(sources, Path(output), extension)
    posts = {_identity(source) for source in sources if source is not None}
    for target in targets:
        if target.exists() and _identity(target) in posts:
            raise PlanError(
                f"{target} is a post that is to be converted, and would be replaced; choose another -o"
            )
    return [Job(source, target) for source, target in zip(sources, targets, strict=True)]


def _identity(path: Path) -> tuple[int, int]:
    """What two names of one file share."""
    status = path.stat()
    return status.st_dev, status.st_ino


def posts_named(names: Sequence[str]) -> list[Path | None]:
    """The posts that arguments stand for, None for standard input; raises `PlanError` where there is none."""
    found: list[Path | None] = []
    for name in names:
        if name == STREAM:
            if None in found:
                raise PlanError("standard input can be read once")
            found.append(None)
            continue
        path = Path(name)
        if path.is_dir():
            below = sorted(p for p in path.rglob("*.md") if p.is_file())
            if not below:
                raise PlanError(f"no .md files in {name}")
            found.extend(below)
        elif path.exists():
            found.append(path)
        else:
            raise PlanError(f"no such file: {name}")
    return found


def _targets(sources: list[Path | None], folder: Path, extension: str) -> list[Path]:
    files = [source.resolve() for source in sources if source is not None]
    shared = Path(os.path.commonpath([file.parent for file in files])) if files else Path()
    targets: list[Path] = []
    for source in sources:
        relative = Path("stdin.md") if source is None else source.resolve().relative_to(shared)
        targets.append(folder / relative.with_suffix(extension))
    if len(set(targets)) < len(targets):
        twice = next(target for target in targets if targets.count(target) > 1)
        raise PlanError(f"two posts would be written to {twice}; convert them one by one")
    return targets


def terminal_safe(text: str) -> str:
    """`text` with controls and marks of direction spelled out, so that no file can steer a terminal."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
