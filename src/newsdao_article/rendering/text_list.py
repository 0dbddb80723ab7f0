"""What stands before the items of a list in plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.model.visibility import HTML_SPACE

if TYPE_CHECKING:
    from newsdao_article.model.blocks import List

__all__ = ["BULLET", "list_markers"]

BULLET: Final = "- "
#: Browsers ignore numbers beyond 32 bits.
_MAX_NUMBER: Final = 2**31 - 1
_WHOLE_NUMBER = re.compile(rf"[{HTML_SPACE}]*([+-]?[0-9]{{1,10}})(?![0-9])")


def list_markers(node: List) -> list[str]:
    """What stands before each item: a bullet, or its number as HTML counts (`start`, `reversed`, `value`)."""
    if not node.ordered:
        return [BULLET] * len(node.items)
    step = -1 if "reversed" in node.attributes else 1
    number = len(node.items) if step < 0 else 1
    if node.start is not None and abs(node.start) <= _MAX_NUMBER:
        number = node.start
    markers: list[str] = []
    for item in node.items:
        value = _WHOLE_NUMBER.match(item.attributes.get("value", ""))
        if value is not None and abs(int(value[1])) <= _MAX_NUMBER:
            number = int(value[1])
        markers.append(f"{number}. ")
        number += step
    return markers
