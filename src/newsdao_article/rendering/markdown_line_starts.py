"""What the start of a line may mean: the signs that begin a block, and how they stay text."""

from __future__ import annotations

import re

from newsdao_article.rendering.markdown_flavors import Flavor

__all__ = ["escaped_start"]

# kramdown takes a mixture of both for an underline, too.
_SETEXT = re.compile(r"(?:=+|-+)[ \t]*\Z")
_MIXED_SETEXT = re.compile(r"[=\-]+[ \t]*\Z")
_HEADING = re.compile(r"#{1,6}(?=[ \t]|\Z)")
_FENCE = re.compile("[`~]{3}")
_BULLET = re.compile(r"[-+*](?=[ \t]|\Z)")
_NUMBER = re.compile(r"([0-9]+)([.)])(?=[ \t]|\Z)")
# kramdown ends a list marker with a pipe, too.
_BULLET_OR_CELL = re.compile(r"[-+*](?=[ \t|]|\Z)")
_NUMBER_OR_CELL = re.compile(r"([0-9]+)([.)])(?=[ \t|]|\Z)")
_CHECKBOX = re.compile(r"\[[ xX]\]")


def escaped_start(line: str, flavor: Flavor, *, in_item: bool, escapes_pipes: bool) -> tuple[int, str]:
    """How many characters at the start of `line` begin a block, and those escaped; none if it begins none. O(n).

    `in_item` tells whether a box to be ticked may stand there, `escapes_pipes` whether pipes are escaped anyway.
    """
    if not _begins_block(line, flavor, in_item=in_item, escapes_pipes=escapes_pipes):
        return 0, ""
    if number := _number(line, flavor):
        return number.end(), f"{number[1]}\\{number[2]}"
    character = line[0]
    run = len(line) - len(line.lstrip(character)) if character in "*_~" else 1
    return run, f"\\{character}" * run


def _number(line: str, flavor: Flavor) -> re.Match[str] | None:
    """The marker of an ordered list at the start of `line`."""
    return (_NUMBER_OR_CELL if flavor.is_kramdown else _NUMBER).match(line)


def _begins_block(line: str, flavor: Flavor, *, in_item: bool, escapes_pipes: bool) -> bool:
    match line[0]:
        case "#":
            return _HEADING.match(line) is not None
        case ">":
            return True
        case "-" | "+" | "*" | "_" | "=":
            return _is_mark(line, flavor) or (flavor.tables and _is_delimiter_row(line))
        case "|":
            return not escapes_pipes and flavor.tables and _is_delimiter_row(line)
        case ":":
            defines = flavor.is_kramdown and (line == ":" or line[1] in " \t|")
            return defines or (flavor.tables and _is_delimiter_row(line))
        case "~" | "`":
            # kramdown makes a fence of either sign and of both; CommonMark's backticks are escaped as such.
            return _FENCE.match(line) is not None if flavor.is_kramdown else line.startswith("~~~")
        case "[":
            return flavor.checkboxes and in_item and _CHECKBOX.match(line) is not None
        case digit if "0" <= digit <= "9":
            number = _number(line, flavor)
            return number is not None and (number[2] == "." or not flavor.is_kramdown)
        case _:
            return False


def _is_mark(line: str, flavor: Flavor) -> bool:
    """Whether `line` begins an item, or is a rule or an underline."""
    underline = _MIXED_SETEXT if flavor.is_kramdown else _SETEXT
    bullet = _BULLET_OR_CELL if flavor.is_kramdown else _BULLET
    return any((bullet.match(line), _is_rule(line), underline.match(line)))


def _is_rule(line: str) -> bool:
    marks = line.replace(" ", "").replace("\t", "")
    return len(marks) >= 3 and marks == marks[0] * len(marks) and marks[0] in "-*_"


def _is_delimiter_row(line: str) -> bool:
    return "-" in line and not line.strip(" \t|:-")
