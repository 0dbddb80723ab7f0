"""Text that was read although a constructor would refuse it, and the rules it breaks.

The model is strict to construct and total to read: a title with a line break is refused from
a caller, but a post that has one must still be readable, comparable and writable. Such a text
is held as an `AsRead`, which every validator of the model lets pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from newsdao_article.problems import InvalidValueError

__all__ = ["AsRead", "TextRule", "character_fault", "checked", "held", "line_fault", "name_fault"]

TextRule: TypeAlias = Callable[[str], "str | None"]
"""What is wrong with a text, as the end of a sentence ("holds …"), or None if nothing is."""

# C0, DEL, C1 and lone surrogates; U+2028 and U+2029 break lines and so only count in one-line text.
_FORBIDDEN_IN_TEXT: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_FORBIDDEN_IN_LINE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class AsRead(str):
    r"""A string that was read from a post although a constructor would refuse it.

    It equals, hashes and pickles like the `str` it is; only its type tells it apart. Readers
    make one for a text that breaks a rule, and only then; passing it on (`attrs.evolve`, a
    constructor) keeps it. Every operation of `str` gives a plain `str`, which is checked again.

    >>> AsRead("two\nlines") == "two\nlines"
    True
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"AsRead({super().__repr__()})"


def character_fault(text: str) -> str | None:
    """The first character that no published text may hold: a control or a lone surrogate.

    Line feed and tab are allowed. HTML, YAML 1.1 and UTF-8 cannot carry the others safely.
    """
    match = _FORBIDDEN_IN_TEXT.search(text)
    return None if match is None else _describe(match)


def line_fault(text: str) -> str | None:
    """What keeps `text` from being one line: a line break, a control, or outer white space.

    White space is meant as Unicode means it, so U+00A0 and U+3000 count.
    """
    if fault := _describe(_FORBIDDEN_IN_LINE.search(text)):
        return fault
    if text and (text[0].isspace() or text[-1].isspace()):
        return "begins or ends with white space"
    return None


def name_fault(text: str) -> str | None:
    """What keeps `text` from being a name: it is empty, or not one line (`line_fault`)."""
    return line_fault(text) if text else "is empty"


def checked(field: str, value: str, rule: TextRule) -> str:
    """`value` if it keeps `rule` or is an `AsRead`; other `str` subclasses become plain `str`.

    Raises `InvalidValueError` naming `field` and the fault.
    """
    if isinstance(value, AsRead):
        return value
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError(f"{field} must be a str, not {type(value).__name__}")
    if fault := rule(value):
        raise InvalidValueError(f"{field} {fault}: {str.__repr__(value[:60])}")
    return value if type(value) is str else str.__str__(value)


def held(value: str, rule: TextRule) -> str:
    """`value` as a reader holds it: marked `AsRead` if it breaks `rule`, itself otherwise."""
    return AsRead(value) if rule(value) else value


def _describe(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    character = match.group()
    if character in "\n\r\v\f\x85\u2028\u2029":
        kind = "a line break"
    elif "\ud800" <= character <= "\udfff":
        kind = "a lone surrogate"
    else:
        kind = "a control character"
    return f"holds {kind} (U+{ord(character):04X}, index {match.start()})"
