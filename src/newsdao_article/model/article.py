"""An article: its front matter, what stands before the first heading, and its sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Self, TypeAlias

import attrs

from newsdao_article.model.blocks import Block, Heading
from newsdao_article.model.css import Color
from newsdao_article.model.front_matter import FrontMatter
from newsdao_article.model.inlines import InlineContent
from newsdao_article.model.representation import compact_repr
from newsdao_article.problems import InvalidValueError

__all__ = ["Article", "OutlineEntry", "Section"]

Blocks: TypeAlias = tuple[Block, ...]


def _blocks(values: Block | Iterable[Block]) -> Blocks:
    if isinstance(values, str):
        raise InvalidValueError(f"text is no block; write Paragraph({values[:40]!r})")
    blocks = tuple(values) if isinstance(values, Iterable) else (values,)
    for block in blocks:
        if not isinstance(block, Block):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidValueError(f"not a block: {type(block).__name__} {block!r}"[:120])
        if isinstance(block, Heading):
            raise InvalidValueError(
                "a heading starts a section of its own; use Article.from_blocks to cut a sequence"
            )
    return blocks


def _heading(value: Heading | InlineContent) -> Heading:
    return value if isinstance(value, Heading) else Heading(2, value)


@attrs.frozen(weakref_slot=False)
class Section:
    """A top-level heading and the blocks up to the next one. Text for the heading makes a level-2 one."""

    __repr__ = compact_repr

    heading: Heading = attrs.field(converter=_heading)
    blocks: Blocks = attrs.field(default=(), converter=_blocks)


def _sections(values: Iterable[Section]) -> tuple[Section, ...]:
    sections = tuple(values)
    for section in sections:
        if not isinstance(section, Section):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidValueError(f"not a section: {type(section).__name__} {section!r}"[:120])
    return sections


def _is_front_matter(_: object, __: attrs.Attribute[FrontMatter], value: FrontMatter) -> None:
    if not isinstance(value, FrontMatter):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError(f"front_matter must be a FrontMatter, got {value!r}"[:120])


@attrs.frozen(weakref_slot=False)
class OutlineEntry:
    """A section with the deeper sections that follow it."""

    __repr__ = compact_repr

    section: Section
    children: tuple[OutlineEntry, ...] = ()


@attrs.frozen(weakref_slot=False)
class Article:
    """An article as its readers take it in; knows nothing of how it was written down.

    Sections are flat: each top-level heading starts one, whatever its level. `blocks` is
    everything in order, `outline()` the nested view.
    """

    __repr__ = compact_repr

    front_matter: FrontMatter = attrs.field(factory=FrontMatter, validator=_is_front_matter)
    lead: Blocks = attrs.field(default=(), converter=_blocks)
    sections: tuple[Section, ...] = attrs.field(default=(), converter=_sections)

    @classmethod
    def from_blocks(cls, blocks: Iterable[Block], front_matter: FrontMatter | None = None) -> Self:
        """The article whose `blocks` are these, cut into sections at the headings."""
        lead: list[Block] = []
        sections: list[tuple[Heading, list[Block]]] = []
        current: list[Block] = lead
        for block in blocks:
            if isinstance(block, Heading):
                current = []
                sections.append((block, current))
            else:
                current.append(block)
        return cls(
            front_matter or FrontMatter(), lead, tuple(Section(heading, body) for heading, body in sections)
        )

    @property
    def blocks(self) -> Blocks:
        """The lead and all sections, headings included, in order."""
        found = list(self.lead)
        for section in self.sections:
            found.append(section.heading)
            found.extend(section.blocks)
        return tuple(found)

    def outline(self) -> tuple[OutlineEntry, ...]:
        """The sections nested by level: each holds the deeper ones up to the next of its level or above.

        A skipped level makes no empty entry: a level-4 section after a level-2 one is its child.
        """
        return _nested(iter(self.sections))

    def replace_text(self, old: str, new: str, *, front_matter: bool = True) -> Article:
        """A copy with `new` for every `old` in texts and code, and in title and teasers unless told otherwise.

        Each text is looked at on its own: words of which a part is bold are two texts. Addresses, attributes and
        raw markup are left alone. Raises `InvalidValueError` for an empty `old`.
        """
        from newsdao_article.model.editing import replace_text

        return replace_text(self, old, new, front_matter=front_matter)

    def replace_colors(self, colors: Mapping[str, str] | Mapping[Color, Color]) -> Article:
        """A copy with the text and background colours of its highlights replaced, old ones by new ones.

        Colours compare by value, not by spelling. Raises `InvalidValueError` for what is no colour.
        """
        from newsdao_article.model.editing import replace_colors

        return replace_colors(self, colors)

    def set(self, path: str, value: object) -> Article:
        """A copy with `value` at `path`: `title`, `front_matter.extra.author`, `blocks[3].content[0].text`.

        Paths are those of `Post.changes()`. Raises `InvalidValueError` where a path leads nowhere, saying what
        there is, and for values that the constructors refuse.
        """
        from newsdao_article.model.editing import set_value

        return set_value(self, path, value)

    def summary(self, max_chars: int = 200) -> str:
        """The first sentences of the text, at most `max_chars` characters long.

        The text is that of paragraphs, those of quotes and divisions included; headings, lists, tables and captions
        are no sentences, nor is a paragraph that does not end with one, unless there is no other. A sentence ends with a full stop, question or exclamation mark or an ellipsis, with its closing
        quotation marks, before a space: not in a quotation or brackets, nor at the stops of dates and abbreviations. A
        first sentence that is longer is cut between two words and ends with `…`; where not even one word has room,
        that is all. Empty if there is no paragraph. Raises `InvalidValueError` unless `max_chars` is at least 1; O(n).
        """
        from newsdao_article.rendering.summary import summarize

        return summarize(self, max_chars)

    def __html__(self) -> str:
        """The body as inert HTML, so that templates can print an article as it is."""
        from newsdao_article.rendering.html import render_html

        return render_html(self)


def _nested(sections: Iterator[Section]) -> tuple[OutlineEntry, ...]:
    # Built from the end: the open entries of deeper levels become the children of the next shallower one.
    open_entries: list[OutlineEntry] = []
    for section in reversed(tuple(sections)):
        children: list[OutlineEntry] = []
        while open_entries and open_entries[-1].section.heading.level > section.heading.level:
            children.append(open_entries.pop())
        open_entries.append(OutlineEntry(section, tuple(children)))
    return tuple(reversed(open_entries))
