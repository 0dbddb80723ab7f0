"""The laws of writing back: nothing changes by itself, what is asked for is read back, and only that changes."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import newsdao_article as na
from newsdao_article.rendering.escape import escape_text
from newsdao_article.testing import strategies
from tests.corpus.edits import difference, replaced

KEYS = ("title", "excerpt", "feature_text", "image", "feature_image")


def can_be_said(article: na.Article) -> bool:
    """Whether a post file can hold the article at all."""
    return na.parse(na.render_post(article)).article == article


@given(strategies.posts())
def test_2_writing_back_what_was_read_changes_nothing(source: str) -> None:
    post = na.parse(source)
    # An equal article that is not the same object.
    article = na.Article.from_blocks(na.parse(source).article.blocks, post.article.front_matter)
    assert post.with_article(article).source == source


@given(strategies.posts(), strategies.articles())
def test_3_any_article_can_be_put_into_any_post(source: str, article: na.Article) -> None:
    post = na.parse(source)
    written = post.with_article(article)
    assert written.article == article
    assert na.parse(written.source).article == article


@given(strategies.posts(), strategies.articles())
def test_3_an_edit_can_be_taken_back(source: str, article: na.Article) -> None:
    post = na.parse(source)
    # Such as an `<iframe>` that was left open inside another one: no post can say what a browser makes of it.
    assume(can_be_said(post.article))
    assert post.with_article(article).with_article(post.article).article == post.article


@given(strategies.articles(), st.data())
def test_4_changing_a_text_changes_only_its_characters(article: na.Article, data: st.DataObject) -> None:
    post = na.parse(na.render_post(article))
    leaves = [
        node
        for block in post.article.blocks
        for node in na.walk(block)
        if isinstance(node, na.Text) and node.text.strip()
    ]
    assume(leaves)
    leaf = data.draw(st.sampled_from(leaves))
    core = leaf.text.strip()
    text = leaf.text.replace(core, data.draw(strategies.words()), 1)
    try:
        article = replaced(post.article, leaf, na.Text(text))
    except na.InvalidValueError:
        reject()  # A spacer shows no text.
    written = post.with_article(article)
    first, last, inserted = difference(post.source, written.source)
    assert last - first <= len(escape_text(core).replace("{", "&#123;"))
    assert len(inserted) <= len(escape_text(text).replace("{", "&#123;"))


@given(strategies.articles(), st.sampled_from(KEYS), strategies.lines())
def test_4_changing_a_key_changes_only_its_lines(article: na.Article, key: str, value: str) -> None:
    post = na.parse(na.render_post(article))
    before = {entry.key: entry.span.slice(post.source) for entry in post.front_matter.entries}
    written = post.with_article(post.article.set(key, value))
    after = {entry.key: entry.span.slice(written.source) for entry in written.front_matter.entries}
    assert {k: v for k, v in after.items() if k != key} == {k: v for k, v in before.items() if k != key}
    assert written.source[written.body_start :] == post.source[post.body_start :]


@given(strategies.articles(), strategies.blocks(), st.data())
def test_4_a_block_that_comes_leaves_the_others_as_they_stand(
    article: na.Article, block: na.Block, data: st.DataObject
) -> None:
    post = na.parse(na.render_post(article))
    blocks = list(post.article.blocks)
    blocks.insert(data.draw(st.integers(0, len(blocks))), block)
    changed = na.Article.from_blocks(blocks, article.front_matter)
    assume(can_be_said(changed))
    written = post.with_article(changed)
    position = 0
    for piece in post.pieces:
        if len(piece.blocks) == 1 and not isinstance(piece.blocks[0], na.Paragraph):
            text = piece.span.slice(post.source)
            position = written.source.index(text, position) + len(text)


class EditSequence(RuleBasedStateMachine):
    """Edit after edit of one post: each is read back, and all can be taken back."""

    post: na.Post
    first: na.Post

    @initialize(source=strategies.posts())
    def read(self, source: str) -> None:
        self.post = self.first = na.parse(source)

    def ask(self, article: na.Article) -> None:
        if can_be_said(article):
            self.post = self.post.with_article(article)
            assert self.post.article == article

    def rearranged(self, blocks: list[na.Block]) -> None:
        self.ask(na.Article.from_blocks(blocks, self.post.article.front_matter))

    @rule(place=st.floats(0, 1), block=strategies.blocks())
    def insert(self, place: float, block: na.Block) -> None:
        blocks = list(self.post.article.blocks)
        blocks.insert(round(place * len(blocks)), block)
        self.rearranged(blocks)

    @precondition(lambda self: self.post.article.blocks)
    @rule(place=st.floats(0, 1))
    def remove(self, place: float) -> None:
        blocks = list(self.post.article.blocks)
        del blocks[int(place * (len(blocks) - 1))]
        self.rearranged(blocks)

    @precondition(lambda self: self.post.article.blocks)
    @rule(place=st.floats(0, 1), to=st.floats(0, 1), again=st.booleans())
    def move(self, place: float, to: float, again: bool) -> None:
        blocks = list(self.post.article.blocks)
        block = blocks[int(place * (len(blocks) - 1))]
        if not again:
            blocks.remove(block)
        blocks.insert(round(to * len(blocks)), block)
        self.rearranged(blocks)

    @rule(place=st.floats(0, 1), text=strategies.texts())
    def reword(self, place: float, text: str) -> None:
        leaves = [node for node in na.walk(self.post.article) if isinstance(node, na.Text)]
        if leaves:
            leaf = leaves[int(place * (len(leaves) - 1))]
            try:
                article = replaced(self.post.article, leaf, na.Text(text))
            except na.InvalidValueError:
                return
            self.ask(article)

    @rule(key=st.sampled_from(KEYS), value=st.one_of(st.none(), strategies.lines()))
    def set_key(self, key: str, value: str | None) -> None:
        self.ask(self.post.article.set(key, value))

    @invariant()
    def reads_back(self) -> None:
        if hasattr(self, "post"):
            assert na.parse(self.post.source).article == self.post.article

    def teardown(self) -> None:
        if hasattr(self, "post") and can_be_said(self.first.article):
            assert self.post.with_article(self.first.article).article == self.first.article


TestEditSequences = EditSequence.TestCase
TestEditSequences.settings = settings(
    parent=settings(),
    stateful_step_count=8,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
