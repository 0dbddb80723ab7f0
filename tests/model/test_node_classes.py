"""What every class of the model keeps to: frozen, equal by value, hashable, picklable, evolvable, printable."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from typing import Any, get_args

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsdao_article as na
import newsdao_article.model.article
import newsdao_article.model.blocks
import newsdao_article.model.inlines
from newsdao_article.model.article import Article, OutlineEntry, Section
from newsdao_article.model.blocks import Block, Cell, Column, FaqItem, ListItem, Row
from newsdao_article.model.css import Color, Style
from newsdao_article.model.front_matter import FrontMatter
from newsdao_article.model.inlines import Inline
from newsdao_article.model.walk import walk
from newsdao_article.testing import strategies

PARTS = (Article, FrontMatter, Section, ListItem, Row, Cell, Column, FaqItem)
NODE_CLASSES = (*PARTS, *dict.fromkeys(get_args(Block) + get_args(Inline)))
NODES = st.one_of(
    strategies.articles(), strategies.blocks(), strategies.inlines(), strategies.tables(), strategies.faqs()
)


@pytest.fixture(params=NODE_CLASSES, ids=lambda cls: cls.__name__)
def node_class(request: pytest.FixtureRequest) -> type:
    return request.param  # type: ignore[no-any-return]


def test_the_modules_define_no_other_class() -> None:
    modules = (newsdao_article.model.article, newsdao_article.model.blocks, newsdao_article.model.inlines)
    defined = {
        cls for module in modules for cls in vars(module).values() if isinstance(cls, type) and attrs.has(cls)
    }
    assert defined - set(NODE_CLASSES) == {OutlineEntry, Color, Style}


def test_nodes_are_frozen_and_take_no_other_attributes(node_class: type) -> None:
    node: object = object.__new__(node_class)
    for name in ("content", "anything"):
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            setattr(node, name, ())
    assert not hasattr(node, "__dict__")


def test_classes_with_a_tag_of_their_own_carry_attributes(node_class: type) -> None:
    without = {
        "Article",
        "FrontMatter",
        "Section",
        "Text",
        "Comment",
        "RawInline",
        "RawBlock",
        "CodeBlock",
        "Faq",
        "FaqItem",
    }
    names = [field.name for field in attrs.fields(node_class)]
    assert ("attributes" in names) == (node_class.__name__ not in without)


def test_attributes_are_given_by_name(node_class: type) -> None:
    for field in attrs.fields(node_class):
        if field.name == "attributes":
            assert field.kw_only


@given(NODES)
def test_equal_nodes_have_equal_hashes_and_survive_pickling_and_copying(node: Any) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(node, protocol))
        assert again == node
        assert hash(again) == hash(node)
    assert copy.deepcopy(node) == node


@given(NODES)
def test_evolving_nothing_changes_nothing(node: Any) -> None:
    for found in walk(node):
        assert attrs.evolve(found) == found


@given(NODES)
def test_making_a_node_of_its_own_fields_gives_it_again(node: Any) -> None:
    """Normal forms are stable: what a constructor has put in order, it leaves alone."""
    for found in walk(node):
        fields = {field.name: getattr(found, field.name) for field in attrs.fields(type(found))}
        assert type(found)(**fields) == found


@given(NODES, NODES)
def test_nodes_are_equal_only_to_nodes_of_their_class(one: Any, other: Any) -> None:
    if type(one) is not type(other):
        assert one != other
    assert one != attrs.astuple(one, recurse=False)


@given(NODES)
def test_a_node_prints_itself_as_the_call_that_makes_it(node: Any) -> None:
    import newsdao_article as na
    from newsdao_article.model.as_read import AsRead

    names = {**vars(na), "AsRead": AsRead, "datetime": dt, "nan": float("nan"), "inf": float("inf")}
    assert eval(repr(node), names) == node


@pytest.mark.parametrize(
    "make",
    [
        lambda wrong: na.List(["a"], wrong),
        lambda wrong: na.Cell("a", header=wrong),
        lambda wrong: na.Details("a", "b", wrong),
        na.List,
        na.Table,
        lambda wrong: na.Table([wrong]),
        lambda wrong: na.Table([], columns=[wrong]),
        lambda wrong: na.Faq([wrong]),
        lambda wrong: na.FaqItem("a", "b", wrong),
        na.RawBlock,
        na.RawInline,
        lambda wrong: na.CodeBlock("a", wrong),
        lambda wrong: na.Link("a", wrong),
        na.Image,
        na.Attributes,
        na.Article,
        lambda wrong: na.Highlight("a", wrong),
    ],
)
def test_a_value_of_a_wrong_type_is_refused_by_the_library_s_own_error(make: Any) -> None:
    with pytest.raises(na.InvalidValueError):
        make(3)
