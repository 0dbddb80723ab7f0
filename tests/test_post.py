"""Posts: the exact source, the pieces that tile it, the article, and where problems stand."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import attrs
import markupsafe
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import newsdao_article as na
from newsdao_article.post import MAX_LENGTH, decode
from newsdao_article.problems import LineMap
from newsdao_article.testing import strategies

POST = "---\ntitle: 제목\n---\n\n<h2>가</h2>\n\n나\n\n\n"

#: Texts that a reader who strips, translates or normalises would not give back.
AWKWARD = [
    "",
    "\n",
    " ",
    "\ufeff",
    "\ufeff---\ntitle: a\n---\nb",
    "---\r\ntitle: a\r\n---\r\n\r\n<p>b\r\nc</p>\r\n",
    "---\rtitle: a\r---\r<p>b</p>\r",
    "a\x00b\x0bc\x0cd\x1ce\x85f\u2028g",
    "\ud800 \udfff",
    "\u3000a\u00a0\u200b",
    "<p>a\n",
    "</p></b>",
    "<!-- ",
    "---\ntitle: [a\n---\n",
    "---\n",
    "---",
    "{{ a }}{% b %}",
    "e\u0301 \u1112\u1161\u11ab 한",
]


class TestParse:
    def test_gives_source_article_and_pieces(self) -> None:
        post = na.parse(POST)
        assert post.source == POST
        assert str(post) == POST
        assert post.article == na.Article(
            na.FrontMatter(title="제목"),
            sections=[na.Section(na.Heading(2, "가", None), [na.Paragraph("나", size=None)])],
        )
        assert post.problems == ()

    @pytest.mark.parametrize("text", AWKWARD)
    def test_keeps_every_character(self, text: str) -> None:
        post = na.parse(text)
        assert post.source == text
        assert "".join(piece.span.slice(text) for piece in post.pieces) == text

    def test_takes_subclasses_of_str_for_what_they_say(self) -> None:
        """Markup would escape what is put together from slices of it."""
        post = na.parse(markupsafe.Markup("<p>a & b</p>"))
        assert type(post.source) is str
        assert post.article == na.parse("<p>a & b</p>").article

    def test_refuses_texts_that_no_post_is_as_long_as(self) -> None:
        with pytest.raises(na.LimitExceeded, match="16,777,217 characters"):
            na.parse(" " * (MAX_LENGTH + 1))

    @pytest.mark.parametrize(
        "unit", ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "> ", "* ", "[", "*a ", "![x]("]
    )
    def test_gives_a_post_or_a_clear_error_however_deep(self, unit: str) -> None:
        for levels in (10, 30, 99, 101, 3_000):
            text = unit * levels + "x"
            try:
                post = na.parse(text)
            except na.LimitExceeded as error:
                assert "nest" in str(error)  # noqa: PT017 - either outcome is right
            else:
                assert post.source == text
                assert "x" in na.plain_text(post.article)

    def test_of_everything_it_accepts_all_renderers_give_something(self) -> None:
        for unit in ("<div>", "<b>", "<ul><li>", "<table><tr><td>", "<table><thead><tr><td>", "> "):
            deepest = None
            for levels in range(10, 101):
                try:
                    deepest = na.parse(unit * levels + "x")
                except na.LimitExceeded:
                    break
            assert deepest is not None
            assert "x" in na.render_html(deepest.article)
            assert na.parse(na.render_post(deepest.article)).article == deepest.article

    @given(st.one_of(strategies.posts(), st.text()))
    def test_keeps_every_character_of_any_text(self, text: str) -> None:
        post = na.parse(text)
        assert post.source == text
        assert [0, *(piece.end for piece in post.pieces)] == [
            *(piece.start for piece in post.pieces),
            len(text),
        ]


class TestPieces:
    def test_tile_the_source_in_order(self) -> None:
        pieces = na.parse(POST).pieces
        assert [piece.span.slice(POST) for piece in pieces] == [
            "---\ntitle: 제목\n---\n\n",
            "<h2>가</h2>",
            "\n\n",
            "나",
            "\n\n\n",
        ]

    def test_know_the_blocks_that_were_read_from_them(self) -> None:
        post = na.parse(POST)
        assert [len(piece.blocks) for piece in post.pieces] == [0, 1, 0, 1, 0]
        assert tuple(block for piece in post.pieces for block in piece.blocks) == post.article.blocks

    def test_hold_several_blocks_where_a_browser_splits_one(self) -> None:
        post = na.parse("<p>가<hr>나</p>")
        (piece,) = post.pieces
        assert [type(block) for block in piece.blocks] == [na.Paragraph, na.Rule, na.Paragraph, na.Spacer]

    def test_of_definitions_hold_no_block(self) -> None:
        text = "[a]: /b\n\n[a]\n"
        post = na.parse(text)
        assert [len(piece.blocks) for piece in post.pieces if piece.span.slice(text).startswith("[a]: ")] == [
            0
        ]
        assert na.links(post.article)[0].url == "/b"

    def test_begin_with_the_front_matter(self) -> None:
        post = na.parse(POST)
        assert post.pieces[0].start == 0
        assert post.pieces[0].end == post.body_start == POST.index("<h2>")
        assert na.parse("가").body_start == 0


class TestValue:
    def test_posts_of_the_same_text_are_equal(self) -> None:
        assert na.parse(POST) == na.parse(POST)
        assert na.parse(POST) != na.parse(POST + "\n")

    def test_posts_are_immutable(self) -> None:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            na.parse(POST).source = "x"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]

    def test_posts_survive_pickling_and_copying(self) -> None:
        post = na.parse(POST)
        assert pickle.loads(pickle.dumps(post)) == post
        assert copy.deepcopy(post) == post


class TestProblems:
    text = "---\ntitle: [가] 나\n---\n\n<p>글</b></p>\n\n<p>글</i></p>\n"

    def test_come_in_order_with_line_and_column(self) -> None:
        problems = na.parse(self.text).problems
        assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
        assert {problem.line for problem in problems} == {2, 5, 7}
        for problem in problems:
            line = self.text.split("\n")[problem.line - 1]
            assert self.text[problem.span.start :].startswith(line[problem.column - 1 :])

    def test_are_printed_as_editors_read_them(self) -> None:
        problem = na.Problem("a-code", "가나다", na.SourceSpan(3, 4), line=2, column=5)
        assert str(problem) == "2:5: a-code 가나다"

    def test_of_a_clean_post_are_none(self) -> None:
        assert na.parse(POST).problems == ()

    def test_of_front_matter_come_with_the_title_that_was_meant(self) -> None:
        post = na.parse(self.text)
        assert post.article.front_matter == na.FrontMatter()
        assert post.recovered_title is not None
        assert post.recovered_title.text == "[가] 나"
        assert na.parse(POST).recovered_title is None


class TestRead:
    @pytest.mark.parametrize("text", [text for text in AWKWARD if "\ud800" not in text])
    def test_keeps_every_byte(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "post.md"
        path.write_bytes(text.encode("utf-8"))
        post = na.read(path)
        assert post.source.encode("utf-8") == path.read_bytes()
        assert post == na.parse(text)

    def test_takes_paths_of_every_kind(self, tmp_path: Path) -> None:
        path = tmp_path / "글.md"
        path.write_bytes(POST.encode("utf-8"))
        assert na.read(str(path)) == na.read(path) == na.parse(POST)

    def test_of_a_missing_file_is_the_error_of_the_system(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            na.read(tmp_path / "no.md")

    def test_of_other_encodings_says_where_the_first_bad_byte_is(self, tmp_path: Path) -> None:
        path = tmp_path / "post.md"
        path.write_bytes("---\ntitle: 가\n---\n\n나".encode("euc-kr"))
        with pytest.raises(na.DecodeError, match=r"0xB0 at offset 11 \(line 2\)") as caught:
            na.read(path)
        assert (caught.value.offset, caught.value.line) == (11, 2)


class TestDecode:
    @pytest.mark.parametrize(
        ("data", "offset", "line"),
        [
            (b"\xff", 0, 1),
            (b"a\nb\n\xe9c", 4, 3),
            ("가".encode()[:2], 0, 1),
            (b"ab\xc0\x80", 2, 1),
            (b"\xed\xa0\x80", 0, 1),
            (b"\r\n\r\n\xf8", 4, 3),
        ],
    )
    def test_refuses_what_is_not_strictly_utf_8(self, data: bytes, offset: int, line: int) -> None:
        with pytest.raises(na.DecodeError) as caught:
            decode(data)
        assert (caught.value.offset, caught.value.line) == (offset, line)
        assert isinstance(caught.value, ValueError)

    @given(st.binary())
    def test_gives_back_the_bytes_or_says_why_not(self, data: bytes) -> None:
        try:
            assert decode(data).encode("utf-8") == data
        except na.DecodeError as error:
            assert data[: error.offset].decode("utf-8").encode("utf-8") == data[: error.offset]  # noqa: PT017


class TestSpans:
    def test_are_half_open(self) -> None:
        assert na.SourceSpan(1, 3).slice("가나다라") == "나다"
        assert na.SourceSpan(2, 2).slice("가나다라") == ""

    @pytest.mark.parametrize(("start", "end"), [(2, 1), (-1, 1), (-2, -1)])
    def test_run_forwards_from_the_beginning(self, start: int, end: int) -> None:
        with pytest.raises(na.InvalidValueError, match="forwards"):
            na.SourceSpan(start, end)


class TestLineMap:
    @pytest.mark.parametrize(
        ("source", "positions"),
        [
            ("", [(1, 1)]),
            ("ab", [(1, 1), (1, 2), (1, 3)]),
            ("a\nb", [(1, 1), (1, 2), (2, 1), (2, 2)]),
            ("a\r\nb", [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]),
            ("a\rb", [(1, 1), (1, 2), (2, 1), (2, 2)]),
            ("\n\r\r\n", [(1, 1), (2, 1), (3, 1), (3, 2), (4, 1)]),
            ("\u2028\x85\x0c", [(1, 1), (1, 2), (1, 3), (1, 4)]),
            ("가😀\n", [(1, 1), (1, 2), (1, 3), (2, 1)]),
        ],
    )
    def test_counts_lines_as_editors_do(self, source: str, positions: list[tuple[int, int]]) -> None:
        lines = LineMap(source)
        assert [lines.position(offset) for offset in range(len(source) + 1)] == positions

    @given(st.text(st.sampled_from("ab\r\n\u2028")))
    @example("\r\n")
    @example("a\r")
    def test_agrees_with_counting(self, source: str) -> None:
        lines = LineMap(source)
        line, column = 1, 1
        for offset, character in enumerate(source):
            assert lines.position(offset) == (line, column)
            ends = character == "\n" or (character == "\r" and source[offset + 1 : offset + 2] != "\n")
            line, column = (line + 1, 1) if ends else (line, column + 1)
        assert lines.position(len(source)) == (line, column)
