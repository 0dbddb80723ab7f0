"""How plain text is written: the options of `render_text`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from newsdao_article.model.blocks import BLOCK_TYPES, Block
from newsdao_article.model.inlines import INLINE_TYPES, Inline
from newsdao_article.problems import InvalidValueError

if TYPE_CHECKING:
    from newsdao_article.rendering.text import TextContext

__all__ = ["TextOptions", "TextOverride"]

#: Writes a node in its own way.
TextOverride: TypeAlias = "Callable[[Block | Inline, TextContext], str]"


def _optional_width(_: object, __: attrs.Attribute[int | None], value: int | None) -> None:
    if value is not None and (type(value) is not int or value < 1):
        raise InvalidValueError(f"width must be a whole number of columns from 1, or None, got {value!r}")


def _marks(value: Iterable[object] | None) -> tuple[str, str] | None:
    if value is None:
        return None
    match () if isinstance(value, str) else tuple(value):
        case (str(opening), str(closing)):
            return opening, closing
        case _:
            raise InvalidValueError(
                f"highlights must be an opening and a closing mark, or None, got {value!r}"
            )


def _known_types(
    _: object, __: attrs.Attribute[Mapping[type, TextOverride]], value: Mapping[type, TextOverride]
) -> None:
    for key in value:
        if key not in BLOCK_TYPES and key not in INLINE_TYPES:
            raise InvalidValueError(f"overrides are for blocks and inlines, got {key!r}")


@attrs.frozen
class TextOptions:
    """How plain text is written.

    `width` wraps lines at that many terminal columns (None: never). Lines break at spaces only, so
    that no Korean word is cut, unless `break_words` allows to break a word that is wider than a line. Code
    is never wrapped.

    `links`: `"none"` writes the text of links, `"inline"` adds the URL in parentheses, `"footnotes"` a number
    and the URLs at the end. URLs that the HTML renderer would not publish, and those within the page, are left out.

    `headings`: `"plain"` writes their text, `"marks"` puts as many `#` before it as their level, `"underlined"` draws a
    line below it, of `=` for level 1 and of `-` for the others.

    `highlights` are two marks to put around highlighted text, such as `("[", "]")`.

    `images`: `"none"` because what an image shows is no text that readers of the page see; `"alt"` puts the
    alternative text in brackets.

    `ambiguous_width` is how many columns the characters take that are wide in East Asian fonts
    only (UAX #11): 1, or 2 for terminals set up that way.

    `cells` decides on rows of which a cell takes several lines: `"in_order"` begins each cell on the line where
    the one before ends, which keeps the text in reading order for search, diffs and speech;
    `"side_by_side"` begins all on the first line, as a page shows them.

    `title` puts the front matter's title of an article on the first line. `overrides` maps a node class
    to a function of the node and a `TextContext` that returns its text.
    """

    width: int | None = attrs.field(default=None, validator=_optional_width)
    links: Literal["none", "inline", "footnotes"] = attrs.field(
        default="none", validator=attrs.validators.in_(("none", "inline", "footnotes"))
    )
    headings: Literal["plain", "marks", "underlined"] = attrs.field(
        default="plain", validator=attrs.validators.in_(("plain", "marks", "underlined"))
    )
    highlights: tuple[str, str] | None = attrs.field(default=None, converter=_marks)
    images: Literal["alt", "none"] = attrs.field(
        default="none", validator=attrs.validators.in_(("alt", "none"))
    )
    ambiguous_width: Literal[1, 2] = attrs.field(default=1, validator=attrs.validators.in_((1, 2)))
    break_words: bool = False
    cells: Literal["in_order", "side_by_side"] = attrs.field(
        default="in_order", validator=attrs.validators.in_(("in_order", "side_by_side"))
    )
    title: bool = False
    overrides: Mapping[type, TextOverride] = attrs.field(
        factory=dict[type, TextOverride], validator=_known_types, hash=False
    )
