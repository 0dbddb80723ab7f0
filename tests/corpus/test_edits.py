"""Edits of real posts change what they are asked to change. `python -m tests.corpus.edits` counts them on all posts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import newsdao_article as na
from tests.corpus.edits import Outcome, measure

#: Enough posts for every kind of edit; all of them take some minutes.
EVERY = 80
#: What a tag that its author left open may spoil: it has to be closed before a block can come behind it.
REARRANGEMENTS = ("block inserted", "block removed", "block moved", "block repeated")
#: What pipes cannot say, so that the table is written anew.
IN_PIPES = "cell alignment, table of pipes"


@pytest.fixture(scope="module")
def outcomes(corpus: Sequence[tuple[str, bytes]]) -> list[Outcome]:
    found, _, _ = measure([(name, data.decode("utf-8")) for name, data in corpus][::EVERY], seed=11)
    return found


def test_every_edit_is_made_and_reads_back(outcomes: list[Outcome]) -> None:
    assert len(outcomes) > 1000
    assert [outcome for outcome in outcomes if outcome.result == "refused"] == []


def test_values_change_alone(outcomes: list[Outcome]) -> None:
    values = [outcome for outcome in outcomes if outcome.kind not in (*REARRANGEMENTS, IN_PIPES)]
    assert {"text", "key title", "colour", "link target", "heading level", "image alt"} <= {
        o.kind for o in values
    }
    assert [outcome for outcome in values if outcome.result != "local"] == []


def test_blocks_come_and_go_beside_others_that_stay(outcomes: list[Outcome]) -> None:
    rearranged = [outcome for outcome in outcomes if outcome.kind in REARRANGEMENTS]
    spoilt = [outcome for outcome in rearranged if outcome.result != "local"]
    assert len(spoilt) * 100 <= len(rearranged), spoilt


def test_writing_back_what_was_read_changes_nothing(corpus: Sequence[tuple[str, bytes]]) -> None:
    for name, data in corpus:
        post = na.parse(data.decode("utf-8"))
        same = na.Article.from_blocks(post.article.blocks, post.article.front_matter)
        assert post.with_article(same).source.encode("utf-8") == data, name
