"""The page of what each output keeps says what the code does."""

from __future__ import annotations

from typing import get_args

import newsdao_article as na
from newsdao_article.rendering.reduction import LOSSES
from tests.rendering.fidelity_page import PAGE, SAMPLES, page, prose_of


def test_page_is_what_is_measured() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(prose_of(text)), "run python -m tests.rendering.fidelity_page"


def test_every_kind_of_block_and_inline_is_measured() -> None:
    measured = {type(node) for _, block in SAMPLES for node in na.walk(block)}
    # Raw inlines and spans are written as their blocks and elements are.
    assert {*get_args(na.Block), *get_args(na.Inline)} - measured <= {na.RawInline}


def test_nothing_but_raw_markup_is_lost_where_nothing_may_be() -> None:
    for name, block in SAMPLES:
        article = na.Article.from_blocks([block])
        for flavor in ("kramdown", "commonmark", "gfm"):
            assert na.render_markdown(article, na.MarkdownOptions(flavor=flavor, fidelity="exact")), name
        assert na.parse(na.render_post(article)).article == article, name


def test_every_loss_that_is_listed_has_words() -> None:
    for kind, (level, description) in LOSSES.items():
        assert level in ("reader", "plain"), kind
        assert description, kind
