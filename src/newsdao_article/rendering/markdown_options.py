"""How Markdown is written: the options of `render_markdown`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from newsdao_article.model.blocks import Block
from newsdao_article.model.inlines import Inline
from newsdao_article.problems import InvalidValueError
from newsdao_article.rendering.markdown_flavors import FlavorName
from newsdao_article.rendering.markdown_highlights import Highlights
from newsdao_article.rendering.palette import Palette
from newsdao_article.rendering.site_front_matter import FrontMatterFormat, Site

if TYPE_CHECKING:
    from newsdao_article.rendering.markdown import MarkdownContext

__all__ = ["Fidelity", "MarkdownOptions", "MarkdownOverride"]

Fidelity: TypeAlias = Literal["exact", "reader", "plain"]
#: Writes a node in its own way.
MarkdownOverride: TypeAlias = "Callable[[Block | Inline, MarkdownContext], str]"


def _optional_width(_: object, __: attrs.Attribute[int | None], value: int | None) -> None:
    if value is not None and (type(value) is not int or value < 1):
        raise InvalidValueError(f"wrap must be a whole number of columns from 1, or None, got {value!r}")


@attrs.frozen
class MarkdownOptions:
    """How Markdown is written.

    `flavor` names the reader that it is for: `"kramdown"` (Jekyll's, the default), `"commonmark"` or `"gfm"`.
    `fidelity` says what is kept: `"exact"` everything; `"reader"` (default) what a reader takes in, colour
    included; `"plain"` only what the flavour says without HTML. What that leaves out is taken out by `reduce`;
    with `on_loss="error"` a rendering that would leave out anything raises `LossError` instead.
    `highlights` says how highlighted text is written: `"style"` (default) as HTML with its colours; `"class"` as HTML
    with a class for each colour (those of `palette`, else named for the colour: `color-ee2323`); `"mark"` as
    `<mark>` and `"equals"` as `==…==`, which some readers have and kramdown has not: both lose the colours;
    `"attributes"`, for kramdown only, as an attribute list where the text is bold or italic throughout
    (`**…**{: style="…"}`), as `"style"` elsewhere. `palette` gives the article other colours first.

    `wrap` fills the lines of paragraphs and list items up to so many columns (None: leaves them as they are); a
    line ends only at a space, and only where readers take its end for one. `links="reference"` puts addresses at the
    end (`[text][1]`) where the flavour reads them so; links that need HTML keep it.

    `ambiguous_width` is how many columns the characters take that are wide in East Asian fonts only (UAX #11), for
    `wrap` and for the columns of tables: 1, or 2 for editors set up that way.

    `front_matter` begins an article with its front matter in the keys of `"jekyll"`, `"hugo"` or `"astro"`, written as
    `front_matter_format` says: `"yaml"` or, not for Jekyll, `"toml"`. For Hugo, text that would open a shortcode is
    written so that it stays text.

    `title` puts the front matter's title before the body as a level-1 heading. `raw` is as in
    `HtmlOptions`. `overrides` maps a node class to a function of the node and a `MarkdownContext` that
    returns its Markdown.
    """

    flavor: FlavorName = attrs.field(
        default="kramdown", validator=attrs.validators.in_(("kramdown", "commonmark", "gfm"))
    )
    fidelity: Fidelity = attrs.field(
        default="reader", validator=attrs.validators.in_(("exact", "reader", "plain"))
    )
    on_loss: Literal["record", "error"] = attrs.field(
        default="record", validator=attrs.validators.in_(("record", "error"))
    )
    highlights: Highlights = attrs.field(
        default="style", validator=attrs.validators.in_(("style", "class", "mark", "equals", "attributes"))
    )
    palette: Palette | None = None
    wrap: int | None = attrs.field(default=None, validator=_optional_width)
    links: Literal["inline", "reference"] = attrs.field(
        default="inline", validator=attrs.validators.in_(("inline", "reference"))
    )
    ambiguous_width: Literal[1, 2] = attrs.field(default=1, validator=attrs.validators.in_((1, 2)))
    front_matter: Site | None = attrs.field(
        default=None, validator=attrs.validators.in_((None, "jekyll", "hugo", "astro"))
    )
    front_matter_format: FrontMatterFormat = attrs.field(
        default="yaml", validator=attrs.validators.in_(("yaml", "toml"))
    )
    title: bool = False
    raw: Literal["escape", "drop", "keep"] = attrs.field(
        default="escape", validator=attrs.validators.in_(("escape", "drop", "keep"))
    )
    overrides: Mapping[type, MarkdownOverride] = attrs.field(factory=dict[type, MarkdownOverride])

    def __attrs_post_init__(self) -> None:
        if self.highlights == "attributes" and self.flavor != "kramdown":
            raise InvalidValueError(f"only kramdown reads attribute lists, {self.flavor} does not")
        if self.front_matter == "jekyll" and self.front_matter_format == "toml":
            raise InvalidValueError("Jekyll reads front matter in YAML only")
