"""URLs, colours, styles, attributes, texts held as read."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdao_article.model.as_read import AsRead, character_fault, checked, held, line_fault, name_fault
from newsdao_article.model.attributes import NO_ATTRIBUTES, SAFE_ATTRIBUTES, Attributes
from newsdao_article.model.css import Color, Declaration, Style
from newsdao_article.model.url import SAFE_SCHEMES, Url
from newsdao_article.problems import InvalidValueError
from newsdao_article.testing import strategies


class TestAsRead:
    def test_it_is_the_text_in_every_respect_but_its_type(self) -> None:
        held_text = AsRead("a\x00")
        assert held_text == "a\x00"
        assert hash(held_text) == hash("a\x00")
        assert repr(held_text) == "AsRead('a\\x00')"
        assert type(held_text + "b") is str
        for again in (pickle.loads(pickle.dumps(held_text)), copy.deepcopy(held_text)):
            assert type(again) is AsRead

    def test_readers_hold_only_what_breaks_a_rule(self) -> None:
        assert type(held("a", character_fault)) is str
        assert type(held("\x00", character_fault)) is AsRead
        assert checked("a field", AsRead("\x00"), character_fault) == "\x00"

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("a\nb", "holds a line break (U+000A, index 1)"),
            ("a\u2028", "holds a line break (U+2028, index 1)"),
            ("a\tb", "holds a control character (U+0009, index 1)"),
            ("\u3000a", "begins or ends with white space"),
            ("a\u00a0", "begins or ends with white space"),
            ("a\u200b", None),
            ("", None),
        ],
    )
    def test_a_line_has_no_break_and_no_white_space_around_it(self, text: str, fault: str | None) -> None:
        assert line_fault(text) == fault
        assert name_fault(text) == (fault if text else "is empty")

    @given(strategies.texts())
    def test_drawn_texts_break_no_rule(self, text: str) -> None:
        assert character_fault(text) is None


class TestUrl:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "/",
            "#a",
            "?a=b:c",
            "a/b:c",
            "//example.com",
            "https://뉴스.kr/기사",
            "HTTP://a",
            "mailto:a@b",
            "tel:1",
            "%20",
            "a&b",
        ],
    )
    def test_relative_ones_and_safe_schemes_are_taken(self, text: str) -> None:
        assert Url(text) == text
        assert Url(text).is_safe

    @pytest.mark.parametrize(
        "text",
        [
            "javascript:a",
            "JaVaScRiPt:a",
            "data:text/html,a",
            "vbscript:a",
            "file:///a",
            "blob:a",
            "view-source:a",
            "a:b",
        ],
    )
    def test_other_schemes_are_refused(self, text: str) -> None:
        with pytest.raises(InvalidValueError, match="must be relative or use one of ftp, geo, http"):
            Url(text)
        assert not Url.as_read(text).is_safe

    @pytest.mark.parametrize("character", [*' \t\n\r\x00\x1f\x7f\x85\u00a0\u3000\u2028<>"\\`\ud800\ufffe'])
    def test_what_hides_or_ends_a_url_is_refused(self, character: str) -> None:
        for text in (f"/a{character}b", f"{character}/", f"/{character}"):
            with pytest.raises(InvalidValueError, match=r"a URL may not hold .* percent-encode it"):
                Url(text)

    @pytest.mark.parametrize(
        "text", [" javascript:a", "java\tscript:a", "\x01javascript:a", "java\r\nscript\n:a"]
    )
    def test_schemes_are_found_where_browsers_find_them(self, text: str) -> None:
        assert Url.as_read(text).scheme == "javascript"
        assert not Url.as_read(text).is_safe

    def test_the_scheme_is_in_lower_case(self) -> None:
        assert Url("HTTPS://a").scheme == "https"
        assert Url("//a").scheme is None
        assert all(Url(f"{scheme}:a").scheme == scheme for scheme in SAFE_SCHEMES)

    def test_one_that_was_read_stays_so_when_copied(self) -> None:
        url = Url.as_read("javascript:a")
        assert Url(url) is url
        assert pickle.loads(pickle.dumps(url)) == copy.deepcopy(url) == url
        assert type(copy.deepcopy(url)) is Url


class TestColor:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("#ee2323", "rgb(238, 35, 35)"),
            ("#FFF", "white"),
            ("red", "RED"),
            ("#ff000080", "rgba(255, 0, 0, 0.502)"),
            ("hsl(0 100% 50%)", "red"),
            ("transparent", "#00000000"),
        ],
    )
    def test_spellings_of_one_colour_are_equal(self, one: str, other: str) -> None:
        assert Color(one) == Color(other)
        assert hash(Color(one)) == hash(Color(other))
        assert str(Color(one)) == one

    @pytest.mark.parametrize(
        "text", ["", "reddish", "ee2323", "#ee232", "rgb(1,2)", "currentcolor", "red;", "url(a)"]
    )
    def test_what_no_browser_takes_is_refused(self, text: Any) -> None:
        with pytest.raises(InvalidValueError, match="not a CSS colour"):
            Color(text)

    @pytest.mark.parametrize("value", [1, None, b"red"])
    def test_a_colour_is_given_as_text(self, value: Any) -> None:
        with pytest.raises(InvalidValueError, match=f"given as text, not as {type(value).__name__}"):
            Color(value)

    def test_contrast_is_that_of_wcag(self) -> None:
        assert Color("black").contrast() == pytest.approx(21)
        assert Color("white").contrast() == pytest.approx(1)
        assert Color("#ee2323").contrast() == pytest.approx(4.29, abs=0.005)
        assert Color("white").contrast(Color("black")) == pytest.approx(21)
        assert Color("#00000000").contrast() == pytest.approx(1)

    def test_red_green_and_blue_are_fractions(self) -> None:
        assert Color("#ff0080").rgb == pytest.approx((1, 0, 128 / 255), abs=1e-4)
        assert Color("#00000080").alpha == pytest.approx(0.502, abs=1e-3)

    @given(strategies.colors())
    def test_any_colour_survives_pickling(self, color: Color) -> None:
        again = pickle.loads(pickle.dumps(color))
        assert again == color
        assert again.text == color.text


class TestStyle:
    def test_declarations_are_read_as_browsers_read_them(self) -> None:
        style = Style("Color:red; font-weight : bold !important;; x")
        assert style.declarations == (Declaration("color", "red"), Declaration("font-weight", "bold", True))
        assert not style.well_formed
        assert Style("color: red").well_formed

    def test_the_last_one_counts_unless_an_earlier_is_important(self) -> None:
        assert Style("color: red; color: blue").get("color") == "blue"
        assert Style("color: red !important; color: blue").get("color") == "red"
        assert Style("").get("color") is None

    def test_a_colour_is_one_or_none(self) -> None:
        assert Style("color: #f00").color("color") == Color("red")
        assert Style("color: reddish").color("color") is None
        assert Style("").color("color") is None

    @pytest.mark.parametrize(
        ("text", "values", "result"),
        [
            ("color:red", {"color": "blue"}, "color:blue"),
            ("a: b; color : red !important ; c:d", {"color": "blue"}, "a: b; color : blue !important ; c:d"),
            ("a: b", {"color": "blue"}, "a: b; color: blue;"),
            ("", {"color": "blue"}, "color: blue;"),
            ("color: red; a: b", {"color": None}, "a: b"),
            ("color: red", {"color": None}, ""),
            ("color: red; color: blue", {"color": "green"}, "color: green;"),
            ("ee2323; color: red", {"color": "blue"}, "ee2323; color: blue"),
            ("background: url(a;b); color: red", {"color": "blue"}, "background: url(a;b); color: blue"),
        ],
    )
    def test_setting_values_leaves_the_rest_as_it_was(
        self, text: str, values: dict[str, str | None], result: str
    ) -> None:
        assert Style(text).with_values(values).text == result


class TestAttributes:
    def test_they_are_a_mapping_in_order_and_equal_in_any(self) -> None:
        attributes = Attributes([("id", "a"), ("class", "b c")])
        assert list(attributes.items()) == [("id", "a"), ("class", "b c")]
        assert attributes == Attributes({"class": "b c", "id": "a"})
        assert hash(attributes) == hash(Attributes({"class": "b c", "id": "a"}))
        assert attributes != Attributes({"id": "a"})
        assert not NO_ATTRIBUTES

    def test_they_cannot_be_changed(self) -> None:
        attributes: Any = Attributes()
        with pytest.raises(AttributeError, match="immutable"):
            Attributes().anything = 1
        with pytest.raises(TypeError):
            attributes["id"] = "a"

    @pytest.mark.parametrize(
        "name", ["onclick", "srcdoc", "ID", "", "a b", 'a"', "formaction", "is", "data-", "가", "action"]
    )
    def test_names_that_may_run_or_break_something_are_refused(self, name: str) -> None:
        with pytest.raises(InvalidValueError, match="may not be published"):
            Attributes({name: "a"})
        assert Attributes.as_read({name: "a"})[name] == "a"

    def test_descriptive_names_are_taken(self) -> None:
        values = {
            "style": "",
            **dict.fromkeys(SAFE_ATTRIBUTES - {"style"}, "1"),
            "data-ke-a": "",
            "aria-label": "",
        }
        assert dict(Attributes(values)) == values

    @pytest.mark.parametrize(
        ("name", "value", "message"),
        [
            ("id", "\x00", "holds the control character"),
            ("id", "a\nb", "must be one line"),
            ("id", "\ud800", "holds the control character"),
            ("href", "javascript:a", "a URL must be relative"),
            ("cite", "a b", "a URL may not hold"),
            ("style", "ee2323;", "not a list of CSS declarations"),
        ],
    )
    def test_values_that_must_not_be_published_are_refused(self, name: str, value: str, message: str) -> None:
        with pytest.raises(InvalidValueError, match=message):
            Attributes({name: value})
        with pytest.raises(InvalidValueError, match=message):
            NO_ATTRIBUTES.with_value(name, value)
        assert Attributes.as_read({name: value})[name] == value

    @pytest.mark.parametrize("pairs", [{"id": 1}, {1: "a"}, {"id": None}])
    def test_names_and_values_are_text(self, pairs: Any) -> None:
        with pytest.raises(InvalidValueError, match="attributes map names to text"):
            Attributes(pairs)

    def test_values_are_set_in_place_and_taken_out(self) -> None:
        attributes = Attributes({"id": "a", "lang": "ko"})
        assert list(attributes.with_value("id", "b").items()) == [("id", "b"), ("lang", "ko")]
        assert list(attributes.with_value("dir", "ltr")) == ["id", "lang", "dir"]
        assert attributes.with_value("id", "a") is attributes
        assert dict(attributes.without("id", "dir")) == {"lang": "ko"}
        assert attributes.without("dir") is attributes

    def test_what_was_read_stays_when_something_else_changes(self) -> None:
        read = Attributes.as_read({"onclick": "a"})
        assert Attributes(read) is read
        assert dict(read.with_value("id", "b")) == {"onclick": "a", "id": "b"}
        assert pickle.loads(pickle.dumps(read)) == copy.deepcopy(read) == read

    def test_classes_and_style_are_at_hand(self) -> None:
        attributes = Attributes({"class": " btn\tbtn-primary ", "style": "color: red"})
        assert attributes.classes == ("btn", "btn-primary")
        assert attributes.style == Style("color: red")
        assert NO_ATTRIBUTES.classes == ()
        assert NO_ATTRIBUTES.style.text == ""

    @given(st.dictionaries(st.text(), st.text()))
    def test_anything_can_be_held_as_read(self, pairs: dict[str, str]) -> None:
        assert dict(Attributes.as_read(pairs)) == pairs
