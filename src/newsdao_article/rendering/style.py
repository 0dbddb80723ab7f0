"""How a site writes its posts down: the surface that means nothing to readers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, Literal

import attrs

from newsdao_article.problems import InvalidValueError

if TYPE_CHECKING:
    from newsdao_article.post import Post

__all__ = ["NEWSDAO", "HouseStyle"]


def _blank(instance: object, attribute: attrs.Attribute[str], value: str) -> None:
    if value.strip(" \t\n") or "\n" not in value:
        raise InvalidValueError(f"{attribute.name} must be line ends and blanks, got {value!r}")


def _gap(instance: object, attribute: attrs.Attribute[str], value: str) -> None:
    _blank(instance, attribute, value)
    if not value.endswith("\n"):
        raise InvalidValueError(
            f"{attribute.name} must end with a line end, or it would indent the block, got {value!r}"
        )


def _indent(instance: object, attribute: attrs.Attribute[str], value: str) -> None:
    if value.strip(" \t"):
        raise InvalidValueError(f"{attribute.name} must be spaces or tabs, got {value!r}")


@attrs.frozen
class HouseStyle:
    """The surface conventions of a site's post files.

    `gap` stands between blocks. `trailer` says whether a last paragraph of text and a link (the
    line that sends readers to the site) is written bare, `trailer_gap` below the block before it.
    `end` closes the file. `indent` is one step inside tables and lists.
    """

    void_end: Literal[" />", "/>", ">"] = " />"
    indent: str = attrs.field(default="    ", validator=_indent)
    gap: str = attrs.field(default="\n\n", validator=_gap)
    trailer: bool = True
    trailer_gap: str = attrs.field(default="\n", validator=_gap)
    end: str = attrs.field(default="\n\n\n", validator=_blank)
    image_quote: Literal["'", '"'] = "'"

    @classmethod
    def infer(cls, *posts: Post) -> HouseStyle:
        """The style that most of `posts` are written in; what they do not show is as in `NEWSDAO`.

        Raises `InvalidValueError` without posts. Costs one pass over their texts.
        """
        if not posts:
            raise InvalidValueError("a style is inferred from at least one post")
        bodies = [post.source[post.body_start :] for post in posts]
        headers = [post.source[: post.body_start] for post in posts]
        voids = _most(_VOID_END, bodies, NEWSDAO.void_end)
        return cls(
            void_end=" />" if voids == " />" else "/>" if voids == "/>" else ">",
            indent=_most(_INDENT, bodies, NEWSDAO.indent),
            gap=_most(_GAP, bodies, NEWSDAO.gap),
            trailer=sum(_TRAILER.search(body) is not None for body in bodies) * 2 >= len(bodies),
            trailer_gap=_most(_TRAILER, bodies, NEWSDAO.trailer_gap),
            end=_most(_END, bodies, NEWSDAO.end),
            image_quote='"' if _most(_IMAGE_QUOTE, headers, "'") == '"' else "'",
        )


_VOID_END = re.compile(r"<(?:img|hr|br)\b[^<>]*?( ?/?>)")
_INDENT = re.compile(r"<(?:table|ul|ol)\b[^<>]*>\n([ \t]+)<(?:tr|li)\b")
_GAP = re.compile(r"</(?:p|h[1-6]|ul|ol|table)>((?:[ \t]*\n)+)(?=<(?:p|h[1-6]|ul|ol|table)\b)")
_TRAILER = re.compile(r">((?:[ \t]*\n)+)[^<> \t\n][^<>\n]*<a [^<>]*>[^<>]*</a>[ \t\n]*\Z")
_END = re.compile(r"[^ \t\n]([ \t]*\n[ \t\n]*)\Z")
_IMAGE_QUOTE = re.compile(r"(?m)^(?:feature_)?image: (['\"])")


def _most(pattern: re.Pattern[str], texts: list[str], fallback: str) -> str:
    found = Counter(match for text in texts for match in pattern.findall(text))
    return str(found.most_common(1)[0][0]) if found else fallback


#: The style of flaretime and koreanews, as their seed posts are written.
NEWSDAO: Final = HouseStyle()
