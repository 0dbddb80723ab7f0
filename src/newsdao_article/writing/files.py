"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from newsdao_article.problems import WriteConflictError

__all__ = ["replace_file", "write_source"]


def write_source(path: Path, data: bytes, *, as_read: bytes) -> None:
    """Replace the file at `path`, which must hold what was read from it, or nothing, or `data` already."""
    try:
        present = path.read_bytes()
    except FileNotFoundError:
        present = None
    if present == data:
        return
    if present is not None and present != as_read:
        raise WriteConflictError(
            f"{path} is not what was read: it was changed in the meantime, or is another file; read it again"
        )
    replace_file(path, data)


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` to `path` in one step, so that no reader and no crash ever meets a part of it.

    A temporary file beside it is written, forced to the disk and renamed; a link stays a link, and a file keeps
    its permissions. Raises `OSError`, after which the old file is as it was.
    """
    target = path.resolve()
    # Not named after the target, whose name may be as long as a name can be.
    temporary = target.with_name(f".newsdao-article.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            if target.exists():
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Force the new name to the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
