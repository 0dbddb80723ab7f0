"""What type checkers see of the public names: the files of tests/typing, under mypy and under pyright.

Such a file states types with `assert_type`, and mistakes that must be reported with `type: ignore[code]`
and `pyright: ignore[code]`: both checkers complain about an ignore that ignores nothing.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STATEMENTS = sorted((ROOT / "tests" / "typing").glob("*.py"))


def run_checker(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed (dependency group `typing`)")
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_there_are_types_to_check() -> None:
    assert STATEMENTS
    for path in STATEMENTS:
        assert "assert_type(" in path.read_bytes().decode("utf-8"), f"{path.name} states no type"


def test_mypy_sees_the_stated_types() -> None:
    finished = run_checker("mypy", "--strict", *map(str, STATEMENTS))
    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_pyright_sees_the_stated_types() -> None:
    if run_checker("pyright", "--version").returncode:
        pytest.skip("pyright cannot start here: it needs Node.js and its npm package")
    finished = run_checker("pyright", "--pythonpath", sys.executable, *map(str, STATEMENTS))
    assert finished.returncode == 0, finished.stdout + finished.stderr
