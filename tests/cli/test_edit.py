"""The command `edit`: what it changes, shows, writes and refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsdao_article.cli.commands import newsdao_article

SOURCE = """---
title: '첫눈'
categories: [News]
---

<p>밤새 <span style="color: #EE2323;">눈</span>이 왔다</p>
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_bytes(SOURCE.encode())
    (tmp_path / "other.md").write_bytes("비\n".encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(newsdao_article, ["edit", *arguments], input=given)


@pytest.mark.usefixtures("site")
class TestEdit:
    def test_words_are_replaced_in_place_in_every_post_that_has_them(self, site: Path) -> None:
        result = run(".", "--replace", "밤새", "간밤에", "--in-place")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == "2 changed, 1 unchanged, 0 failed\n"
        assert (site / "a.md").read_bytes().decode() == SOURCE.replace("밤새", "간밤에")
        assert (site / "b.md").read_bytes().decode() == SOURCE.replace("밤새", "간밤에")
        assert (site / "other.md").read_bytes().decode() == "비\n"

    def test_diff_shows_and_writes_nothing(self, site: Path) -> None:
        result = run("a.md", "--set", "title=큰눈", "--diff")
        assert result.exit_code == 0
        assert "--- a/a.md\n+++ b/a.md\n" in result.stdout
        assert "-title: '첫눈'\n+title: '큰눈'\n" in result.stdout
        assert result.stderr == "1 to change, 0 unchanged, 0 failed\n"
        assert (site / "a.md").read_bytes().decode() == SOURCE

    def test_diff_and_in_place_do_both(self, site: Path) -> None:
        result = run("a.md", "--set", "title=큰눈", "--diff", "--in-place")
        assert "+title: '큰눈'\n" in result.stdout
        assert "'큰눈'" in (site / "a.md").read_bytes().decode()

    def test_colors_are_mapped_however_they_are_written(self, site: Path) -> None:
        run("a.md", "--map-color", "rgb(238, 35, 35)", "#c00000", "--in-place")
        assert (site / "a.md").read_bytes().decode() == SOURCE.replace("#EE2323", "#c00000")

    def test_categories_are_names_between_commas(self, site: Path) -> None:
        run("a.md", "--set", "categories=날씨, 사회", "--in-place")
        assert "categories: [날씨, 사회]\n" in (site / "a.md").read_bytes().decode()

    def test_any_other_key_can_be_set(self, site: Path) -> None:
        run("a.md", "--set", "author=기자", "--in-place")
        assert (site / "a.md").read_bytes().decode() == SOURCE.replace("]\n---", "]\nauthor: 기자\n---")

    def test_corrections_are_made_one_after_another(self, site: Path) -> None:
        run("a.md", "--replace", "밤새", "간밤에", "--replace", "간밤에 ", "어젯밤 ", "--in-place")
        assert "어젯밤 <span" in (site / "a.md").read_bytes().decode()

    def test_standard_input_goes_to_standard_output(self) -> None:
        result = run("-", "--replace", "첫눈", "큰눈", given=SOURCE)
        assert (result.exit_code, result.stdout) == (0, SOURCE.replace("첫눈", "큰눈"))

    def test_quiet_says_nothing(self) -> None:
        assert run("a.md", "--set", "title=큰눈", "--in-place", "--quiet").stderr == ""

    def test_block_that_had_to_be_written_anew_is_named(self, site: Path) -> None:
        (site / "a.md").write_bytes("앞\n\n가 **나**다\n".encode())
        result = run("a.md", "--replace", "나", "나 ", "--in-place")
        assert result.exit_code == 0
        assert "a.md:3:1: edit-rewrote-block the block was written anew" in result.stderr
        assert (site / "a.md").read_bytes().decode() == "앞\n\n가 <strong>나 </strong>다\n"

    def test_post_that_cannot_be_edited_does_not_keep_the_others(self, site: Path) -> None:
        (site / "a.md").write_bytes(b"\xb4\xab\n")
        result = run(".", "--replace", "밤새", "간밤에", "--in-place")
        assert result.exit_code == 1
        assert "a.md:1:1: not-utf-8 " in result.stderr
        assert result.stderr.endswith("1 changed, 1 unchanged, 1 failed\n")
        assert "간밤에" in (site / "b.md").read_bytes().decode()

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["a.md", "--in-place"], "nothing to change"),
            (["a.md", "--set", "title=가"], "say what to do"),
            (["a.md", "--set", "title", "--diff"], "--set takes KEY=VALUE"),
            (["a.md", "--map-color", "red", "nocolor", "--diff"], "nocolor"),
            (["missing.md", "--set", "title=가", "--diff"], "no such file"),
        ],
    )
    def test_command_that_makes_no_sense_touches_nothing(
        self, site: Path, arguments: list[str], message: str
    ) -> None:
        result = run(*arguments)
        assert result.exit_code == 2
        assert message in result.stderr
        assert (site / "a.md").read_bytes().decode() == SOURCE

    def test_value_that_front_matter_cannot_hold_fails_and_is_said(self) -> None:
        result = run("a.md", "--set", "title=가\x00나", "--in-place")
        assert result.exit_code == 1
        assert "a.md:1:1: invalid-value-error " in result.stderr
