"""Which attributes, URLs and declarations may be written, and that nothing of them leaves its quotes."""

from __future__ import annotations

import pytest
import tinycss2
import tinycss2.ast
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import newsdao_article as na
from newsdao_article.model.attributes import SAFE_ATTRIBUTES, URL_ATTRIBUTES
from newsdao_article.model.url import SAFE_SCHEMES
from newsdao_article.rendering.html_attributes import SAFE_PROPERTIES, safe_style, write_attributes

#: What a value may consist of; an address (`url(x)`) is a type of its own.
HARMLESS_VALUES = frozenset(
    "ident string number dimension percentage hash literal whitespace function error () [] {}".split()
)


def written(**bag: str) -> str:
    return write_attributes((), bag, trusted=False)


def attributes_in_a_browser(html: str) -> dict[str, str | None]:
    element = LexborHTMLParser(f"<p{html}>x</p>").css_first("p")
    assert element is not None
    return dict(element.attributes)


class TestNames:
    @pytest.mark.parametrize("name", ["class", "id", "rel", "itemprop", "data-ke-size", "aria-label", "role"])
    def test_that_describe_are_written(self, name: str) -> None:
        assert write_attributes((), {name: "x"}, trusted=False) == f' {name}="x"'

    @pytest.mark.parametrize(
        "name",
        [
            "onclick",
            "onerror",
            "ONLOAD",
            "on-x",
            "srcdoc",
            "srcset",
            "formaction",
            "action",
            "ping",
            "poster",
            "background",
            "xlink:href",
            "name",
            "is",
            "slot",
            "nonce",
            "form",
            "xmlns",
            "data-x onclick",
            'data-x"onclick',
            "data-x=1 onclick",
            "data-x>",
            "data-x/onclick",
            "data-",
            "",
            " class",
            "CLASS",
        ],
    )
    def test_of_any_other_kind_are_written_only_with_trust(self, name: str) -> None:
        assert write_attributes((), {name: "x"}, trusted=False) == ""
        assert write_attributes((), {name: "x"}, trusted=True) == f' {name}="x"'

    def test_no_event_handler_is_on_the_list(self) -> None:
        assert not [name for name in SAFE_ATTRIBUTES if name.startswith("on")]

    def test_typed_values_win_over_the_bag(self) -> None:
        assert write_attributes((("id", "a"),), {"id": "b"}, trusted=True) == ' id="a"'

    def test_typed_values_that_are_unset_leave_the_bag_its_own(self) -> None:
        assert write_attributes((("id", None),), {"id": "b"}, trusted=True) == ' id="b"'


class TestUrls:
    @pytest.mark.parametrize("name", sorted(URL_ATTRIBUTES))
    @pytest.mark.parametrize(
        "url",
        ["/a", "a?b=c:d", "#x", "//example.org/", "https://example.org/가", "mailto:a@example.org", "TEL:1"],
    )
    def test_that_are_relative_or_of_a_listed_scheme_are_written(self, name: str, url: str) -> None:
        assert write_attributes((), {name: url}, trusted=False) == f' {name}="{url}"'

    @pytest.mark.parametrize("name", sorted(URL_ATTRIBUTES))
    @pytest.mark.parametrize(
        "url",
        [
            "javascript:x",
            "JavaScript:x",
            " javascript:x",
            "java\nscript:x",
            "\x01javascript:x",
            "java\tscript\r:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/hosts",
            "blob:x",
            "view-source:x",
        ],
    )
    def test_of_any_other_scheme_are_written_only_with_trust(self, name: str, url: str) -> None:
        assert write_attributes((), {name: url}, trusted=False) == ""
        assert write_attributes((), {name: url}, trusted=True) != ""

    def test_of_a_typed_field_fall_under_the_same_rule(self) -> None:
        assert write_attributes((("href", na.Url.as_read("javascript:x")),), {}, trusted=False) == ""

    def test_references_in_a_url_are_not_read_twice(self) -> None:
        assert written(href="&#106;avascript:x") == ' href="&amp;#106;avascript:x"'

    def test_no_listed_scheme_runs_anything(self) -> None:
        assert not SAFE_SCHEMES & {"javascript", "vbscript", "data", "blob", "file", "view-source", "about"}


class TestStyles:
    @pytest.mark.parametrize(
        "style",
        [
            "color: #ee2323;",
            "background-color: #21538527; color: #1a5490",
            "text-align:center;height:17px",
            "width: calc(100% - 2em); color: rgb(1 2 3 / 50%);",
            "font-family: 'Noto Sans KR', sans-serif;",
            "ee2323;",
            "color: red;; ;",
            "",
        ],
    )
    def test_of_listed_properties_keep_their_spelling(self, style: str) -> None:
        assert safe_style(style) == style

    @pytest.mark.parametrize(
        ("style", "kept"),
        [
            ("color: red; position: fixed", "color: red;"),
            ("POSITION:fixed;COLOR:Red", "color: Red;"),
            ("background: url(//e.example/x)", ""),
            ("background: red url(x); color: blue !important", "color: blue !important;"),
            ("background-image: image-set('x' 1x)", ""),
            ("width: expression(alert(1))", ""),
            ("color: var(--x)", ""),
            ("behavior: url(x)", ""),
            ("-moz-binding: url(x)", ""),
            ("--x: red", ""),
            ("z-index: 9; top: 0; left: 0; margin: 0", "margin: 0;"),
        ],
    )
    def test_lose_the_declarations_that_are_not_listed_or_could_load(self, style: str, kept: str) -> None:
        assert safe_style(style) == kept

    @pytest.mark.parametrize(
        "style",
        [
            r"color: \72 ed",
            "color: red /* x */",
            "color: red; @import x",
            "color: red</style>",
            "a { color: red }",
            "color: red; b: [x]",
        ],
    )
    def test_that_could_hide_a_name_are_left_out(self, style: str) -> None:
        assert safe_style(style) == ""
        assert written(style=style) == ""

    def test_lose_control_characters(self) -> None:
        assert safe_style("color: red;\x00") == "color: red;\ufffd"

    def test_no_listed_property_moves_its_element_out_of_its_place_or_loads(self) -> None:
        assert not SAFE_PROPERTIES & {
            "position",
            "z-index",
            "top",
            "left",
            "inset",
            "transform",
            "filter",
            "behavior",
            "content",
            "cursor",
            "background-image",
            "list-style-image",
            "border-image",
            "mask",
            "-moz-binding",
        }

    @given(
        st.lists(
            st.sampled_from(
                [
                    "color",
                    "background",
                    "position",
                    "width",
                    ":",
                    ";",
                    " ",
                    "red",
                    "url",
                    "(",
                    ")",
                    "rgb(",
                    "calc(",
                    "x",
                    "'",
                    '"',
                    "\\",
                    "/*",
                    "*/",
                    "!important",
                    "{",
                    "}",
                    "\n",
                    "#fff",
                    "-->",
                    "fixed",
                    "1px",
                ]
            ),
            max_size=14,
        ).map("".join)
    )
    def test_hold_only_listed_properties_and_functions_whatever_is_given(self, style: str) -> None:
        for node in tinycss2.parse_blocks_contents(safe_style(style)):
            if isinstance(node, tinycss2.ast.Declaration):
                assert node.lower_name in SAFE_PROPERTIES
                assert {value.type for value in node.value} <= HARMLESS_VALUES
                functions = [value for value in node.value if isinstance(value, tinycss2.ast.FunctionBlock)]
                assert {function.lower_name for function in functions} <= {"rgb", "calc"}
        # What is kept is kept again.
        assert safe_style(safe_style(style)) == safe_style(style)


@given(
    st.dictionaries(
        st.sampled_from(["class", "title", "id", "alt", "data-x"]), st.text(max_size=8), max_size=3
    )
)
def test_values_come_back_in_a_browser_as_they_were_but_for_controls(bag: dict[str, str]) -> None:
    def shown(value: str) -> str:
        lines = value.replace("\r\n", "\n").replace("\r", "\n")
        return "".join("\ufffd" if _is_control(character) else character for character in lines)

    found = attributes_in_a_browser(write_attributes((), bag, trusted=False))
    assert {name: value or "" for name, value in found.items()} == {n: shown(v) for n, v in bag.items()}


def _is_control(character: str) -> bool:
    code = ord(character)
    return (code < 0x20 and character not in "\t\n") or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3))
def test_names_and_values_never_end_the_tag(bag: dict[str, str]) -> None:
    html = f"<p{write_attributes((), bag, trusted=False)}>x</p>"
    body = LexborHTMLParser(html).body
    assert body is not None
    assert [node.tag for node in body.iter()] == ["p"]
    assert body.text() == "x"
