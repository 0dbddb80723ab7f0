"""The public names: all there, all documented, nothing else."""

from __future__ import annotations

import inspect
import types
from typing import Any, get_args

import attrs
import pytest

import newsdao_article as na
from newsdao_article import problems
from newsdao_article.model import article, attributes, blocks, css, front_matter, inlines, url, walk

MODEL_MODULES = (article, blocks, inlines, front_matter, css, url, attributes)


def public_names(module: types.ModuleType) -> set[str]:
    return {
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType) and name != "annotations"
    }


def test_all_is_sorted_and_names_each_thing_once() -> None:
    # Constants, then classes, then functions, as ruff sorts them.
    assert list(na.__all__) == sorted(
        set(na.__all__), key=lambda name: (not name.isupper(), name[0].islower(), name)
    )


def test_all_is_what_the_package_holds() -> None:
    assert set(na.__all__) == public_names(na)


def test_every_class_of_the_model_is_exported() -> None:
    defined = {
        name
        for module in MODEL_MODULES
        for name, value in vars(module).items()
        if isinstance(value, type) and value.__module__ == module.__name__ and not name.startswith("_")
    }
    assert defined <= set(na.__all__)


def test_every_block_and_inline_is_exported() -> None:
    for cls in get_args(na.Block) + get_args(na.Inline) + get_args(walk.Part):
        assert getattr(na, cls.__name__) is cls


def test_every_error_is_exported() -> None:
    errors = {
        name
        for name, value in vars(problems).items()
        if isinstance(value, type) and issubclass(value, Exception)
    }
    assert errors <= set(na.__all__)
    assert all(issubclass(getattr(na, name), na.ArticleError) for name in errors)


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in na.__all__
        if inspect.isclass(getattr(na, name)) or inspect.isfunction(getattr(na, name))
    ],
)
def test_every_public_class_and_function_is_documented(name: str) -> None:
    thing: Any = getattr(na, name)
    assert inspect.getdoc(thing)
    if not inspect.isclass(thing):
        return
    for attribute, value in vars(thing).items():
        if not attribute.startswith("_") and (inspect.isfunction(value) or isinstance(value, property)):
            assert inspect.getdoc(value), f"{name}.{attribute}"


@pytest.mark.parametrize(
    "module",
    [
        "interchange",
        "interchange.nodes",
        "interchange.strict",
        "interchange.values",
        "model.article",
        "model.blocks",
        "model.inlines",
        "model.walk",
        "model.attributes",
        "model.css",
        "model.url",
        "model.as_read",
        "model.front_matter",
        "problems",
        "testing.strategies",
    ],
)
def test_modules_say_what_is_public(module: str) -> None:
    names = __import__(f"newsdao_article.{module}", fromlist=["__all__"]).__all__
    assert len(names) == len(set(names))


def test_public_values_are_frozen() -> None:
    for name in na.__all__:
        thing = getattr(na, name)
        if isinstance(thing, type) and attrs.has(thing):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                object.__new__(thing).__setattr__("anything", 1)


def test_nothing_is_imported_from_hypothesis() -> None:
    import subprocess
    import sys

    code = "import sys, newsdao_article; assert not any(name.startswith(('hypothesis', 'click', 'rich')) for name in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
