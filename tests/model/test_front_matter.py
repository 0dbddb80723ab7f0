from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from markupsafe import Markup

from newsdao_article.model.as_read import AsRead, character_fault, checked, held, line_fault, name_fault
from newsdao_article.model.front_matter import MAX_DEPTH, MAX_VALUES, FrontMatter, FrontMatterMapping
from newsdao_article.problems import InvalidValueError


class TestAsRead:
    def test_is_the_text_it_marks(self) -> None:
        marked = AsRead("두\n줄")
        assert marked == "두\n줄"
        assert hash(marked) == hash("두\n줄")
        assert repr(marked) == "AsRead('두\\n줄')"

    def test_stays_marked_when_copied(self) -> None:
        marked = AsRead("두\n줄")
        assert type(copy.deepcopy(marked)) is AsRead
        assert type(pickle.loads(pickle.dumps(marked))) is AsRead

    def test_marks_only_what_breaks_a_rule(self) -> None:
        assert type(held("한 줄", line_fault)) is str
        assert type(held("두\n줄", line_fault)) is AsRead

    def test_passes_a_check_that_the_same_text_fails(self) -> None:
        assert type(checked("title", AsRead("두\n줄"), line_fault)) is AsRead
        with pytest.raises(InvalidValueError, match=r"title holds a line break \(U\+000A, index 1\)"):
            checked("title", "두\n줄", line_fault)

    def test_other_subclasses_of_str_become_plain(self) -> None:
        assert type(checked("title", Markup("글"), line_fault)) is str


@pytest.mark.parametrize("character", ["\0", "\x07", "\r", "\v", "\x7f", "\x85", "\x9f", "\ud800"])
def test_no_text_may_hold_controls_or_lone_surrogates(character: str) -> None:
    assert character_fault(f"글{character}") is not None
    assert line_fault(f"글{character}글") is not None


@pytest.mark.parametrize("character", ["\n", "\t", "\u2028", "\u2029"])
def test_only_longer_texts_may_hold_line_breaks_and_tabs(character: str) -> None:
    assert character_fault(f"글{character}글") is None
    assert line_fault(f"글{character}글") is not None


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u3000"])
def test_one_line_has_no_white_space_around_it(space: str) -> None:
    assert line_fault(f"{space}글") == line_fault(f"글{space}") == "begins or ends with white space"
    assert line_fault(f"글{space}글") is None


def test_a_name_is_a_line_that_is_not_empty() -> None:
    assert line_fault("") is None
    assert name_fault("") == "is empty"


class TestMapping:
    def test_freezes_lists_and_mappings_all_the_way_down(self) -> None:
        mapping = FrontMatterMapping({"tags": ["가", {"깊이": [1]}]})
        assert mapping["tags"] == ("가", FrontMatterMapping({"깊이": (1,)}))
        assert hash(mapping) == hash(FrontMatterMapping({"tags": ("가", {"깊이": (1,)})}))

    def test_takes_pairs_and_keeps_their_order(self) -> None:
        mapping = FrontMatterMapping([("b", 1), ("a", 2), ("b", 3)])
        assert list(mapping.items()) == [("b", 3), ("a", 2)]
        assert len(mapping) == 2
        assert "b" in mapping
        assert "c" not in mapping

    def test_equals_any_mapping_of_the_same_values_in_any_order(self) -> None:
        mapping = FrontMatterMapping({"a": 1, "b": [2]})
        assert mapping == {"b": [2], "a": 1}
        assert mapping == FrontMatterMapping({"b": [2], "a": 1})
        assert hash(mapping) == hash(FrontMatterMapping({"b": [2], "a": 1}))
        assert mapping != {"a": 1}
        assert mapping != {"a": 1, "b": object()}
        assert mapping != "a"

    @pytest.mark.parametrize(("one", "other"), [(1, True), (1, 1.0), (0.0, -0.0), ("1", 1), (None, "None")])
    def test_values_of_different_type_differ(
        self, one: str | float | None, other: str | float | None
    ) -> None:
        assert FrontMatterMapping({"a": one}) != FrontMatterMapping({"a": other})
        assert FrontMatterMapping({"a": [one]}) != FrontMatterMapping({"a": [other]})

    def test_a_date_differs_from_its_midnight(self) -> None:
        midnight = datetime(2024, 7, 1, tzinfo=UTC)
        assert FrontMatterMapping({"a": midnight}) != FrontMatterMapping({"a": date(2024, 7, 1)})

    def test_not_a_number_equals_itself(self) -> None:
        assert FrontMatterMapping({"a": float("nan")}) == FrontMatterMapping({"a": float("nan")})

    def test_cannot_be_changed(self) -> None:
        mapping = FrontMatterMapping({"a": 1})
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            mapping._values = {}
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            del mapping._values

    def test_survives_pickling_with_what_was_read(self) -> None:
        mapping = FrontMatterMapping({"a": [AsRead("\0"), date(2024, 7, 1)], AsRead(""): 1})
        copied = pickle.loads(pickle.dumps(mapping))
        assert copied == mapping
        assert repr(copied) == repr(mapping)

    @pytest.mark.parametrize(
        ("value", "message"),
        [
            (object(), "cannot hold a value of type object"),
            (b"a", "cannot hold a value of type bytes"),
            ("\x07", "control character"),
            (["\ud800"], "lone surrogate"),
            ({"": 1}, "a front matter key is empty"),
            ({1: 1}, "a front matter key must be a str, not int"),
            ({"<<": {}}, "must not be <<"),
            (1 << 2_048, "2048 bits"),
            (datetime(2024, 7, 1), "time zone"),
        ],
    )
    def test_refuses_what_no_site_should_read(self, value: Any, message: str) -> None:
        with pytest.raises(InvalidValueError, match=message):
            FrontMatterMapping({"a": value})

    def test_refuses_endless_and_exploding_values(self) -> None:
        endless: list[Any] = []
        endless.append(endless)
        with pytest.raises(InvalidValueError, match=f"nest {MAX_DEPTH} deep"):
            FrontMatterMapping({"a": endless})
        bomb: list[Any] = ["x"] * 9
        for _ in range(9):
            bomb = [bomb] * 9
        with pytest.raises(InvalidValueError, match=f"{MAX_VALUES} values"):
            FrontMatterMapping({"a": bomb})

    def test_times_keep_their_offset_and_nothing_else_of_their_zone(self) -> None:
        mapping = FrontMatterMapping({"a": datetime(2024, 7, 1, 9, tzinfo=ZoneInfo("Asia/Seoul"))})
        assert repr(mapping["a"]) == repr(datetime(2024, 7, 1, 9, tzinfo=timezone(timedelta(hours=9))))

    def test_offsets_that_yaml_cannot_say_become_utc(self) -> None:
        odd = timezone(timedelta(seconds=1))
        mapping = FrontMatterMapping({"a": datetime(2024, 7, 1, 0, 0, 1, tzinfo=odd)})
        assert repr(mapping["a"]) == repr(datetime(2024, 7, 1, tzinfo=UTC))


class TestFrontMatter:
    def test_is_empty_by_default(self) -> None:
        assert FrontMatter() == FrontMatter(title=None, categories=(), extra={})

    def test_one_category_may_be_given_as_a_text(self) -> None:
        assert FrontMatter(categories="News").categories == ("News",)
        assert FrontMatter(categories=iter(["가", "나"])).categories == ("가", "나")

    def test_is_a_hashable_value_that_evolves_and_pickles(self) -> None:
        front_matter = FrontMatter(title="제목", extra={"tags": ["가"]})
        changed = attrs.evolve(front_matter, excerpt="요약\n")
        assert changed.title == "제목"
        assert changed != front_matter
        assert attrs.evolve(changed, excerpt=None) == front_matter
        assert hash(pickle.loads(pickle.dumps(front_matter))) == hash(front_matter)

    def test_evolves_with_what_was_read(self) -> None:
        front_matter = FrontMatter(title=AsRead("두\n줄"))
        assert attrs.evolve(front_matter, image="a.png").title == "두\n줄"

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"title": "두\n줄"}, "title holds a line break"),
            ({"title": " 제목"}, "title begins or ends with white space"),
            ({"title": ""}, "title is empty"),
            ({"title": 2024}, "title must be a str, not int"),
            ({"categories": ["가", ""]}, "a category is empty"),
            ({"categories": ["가", 1]}, "a category must be a str, not int"),
            ({"excerpt": "가\r\n"}, "excerpt holds a line break"),
            ({"feature_text": "\ud800"}, "feature_text holds a lone surrogate"),
            ({"image": "a.png\n"}, "image holds a line break"),
            ({"feature_image": "\t"}, "feature_image holds a control character"),
        ],
    )
    def test_says_what_is_wrong_with_a_value(self, arguments: dict[str, Any], message: str) -> None:
        with pytest.raises(InvalidValueError, match=message):
            FrontMatter(**arguments)

    @pytest.mark.parametrize(
        "extra",
        [{"title": "글"}, {"title": None}, {"categories": ["가"]}, {"categories": "가"}, {"categories": []}],
    )
    def test_extra_is_no_second_place_for_what_has_a_field(
        self, extra: dict[str, list[str] | str | None]
    ) -> None:
        with pytest.raises(InvalidValueError, match="field of its own"):
            FrontMatter(extra=extra)

    def test_extra_holds_known_keys_with_values_of_another_type(self) -> None:
        front_matter = FrontMatter(extra={"title": 2024, "categories": [1, "가"]})
        assert front_matter.extra["title"] == 2024
        with pytest.raises(InvalidValueError, match="title is given twice"):
            attrs.evolve(front_matter, title="제목")
