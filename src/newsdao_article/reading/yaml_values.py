"""Unquoted YAML scalars typed as Jekyll types them: the rules of SafeYAML 1.0.5.

They are neither YAML 1.1's nor 1.2's: `yes` is true, `1,000` is 1000, `12:30` is 750.0, `012` is
10, but `08`, `1e3`, `1.` and `:name` are text.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from newsdao_article.model.front_matter import MAX_INTEGER_BITS

__all__ = ["type_plain_scalar"]

# int() never refuses this many decimal digits, whatever the interpreter's limit is set to.
_MAX_DIGITS: Final = 640

# No plain scalar that begins otherwise has a type of its own (the last line: true, false, null…).
_TYPED_START: Final = frozenset("0123456789+-.,_~tTfFyYnNoO")
_INTEGER: Final = re.compile(
    r"(?P<decimal>[-+]?(?:0|[1-9][0-9]*))|0(?P<octal>[0-7]+)|(?P<binary>0b[01]+)"
    r"|(?P<hexadecimal>0X[0-9a-fA-F]+|[-+]?0x[0-9a-fA-F]+)"
)
_BASES: Final = {"decimal": 10, "octal": 8, "binary": 2, "hexadecimal": 16}
_FLOAT: Final = re.compile(r"[-+]?(?:[0-9][0-9_]*)?\.[0-9_]+(?:[eE][-+][0-9]+)?")
_SEXAGESIMAL_INTEGER: Final = re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+")
_SEXAGESIMAL_FLOAT: Final = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*")
_STRAY_UNDERSCORE: Final = re.compile(r"(?<![0-9])_|_(?![0-9])")
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME: Final = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]|[ \t\n\v\f\r]+)([0-9]{1,2}):([0-9]{2}):([0-9]{2})"
    r"(?:\.([0-9]*))?[ \t\n\v\f\r]*(?:Z|([-+])([0-9]{1,2})(?::?([0-9]{2}))?)?"
)


def _spellings(words: str) -> frozenset[str]:
    return frozenset(form for word in words.split() for form in (word, word.capitalize(), word.upper()))


_NULL: Final = _spellings("null ~") | {""}
_TRUE: Final = _spellings("yes on true")
_FALSE: Final = _spellings("no off false")
_CONSTANT_FLOATS: Final = {
    **dict.fromkeys((".inf", ".Inf", ".INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}


def type_plain_scalar(text: str) -> bool | int | float | str | date | datetime | None:
    """The value of an unquoted scalar, as SafeYAML 1.0.5 types it.

    Times without an offset are UTC. Integers beyond `MAX_INTEGER_BITS` and dates outside the years
    1 to 9999 stay text; seconds are cut to microseconds. Raises `ValueError` for the few numbers that
    make SafeYAML itself raise (`-3._`), which costs the post its whole front matter. Linear in `text`.
    """
    if text and text[0] not in _TYPED_START:
        return text
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    number = _number(text)
    return _date_or_time(text) if number is None else number


def _number(text: str) -> int | float | None:
    if text in _CONSTANT_FLOATS:
        return _CONSTANT_FLOATS[text]
    # Integers lose every "_" and "," before they are looked at, floats do not.
    bare = text.replace("_", "").replace(",", "")
    if match := _INTEGER.fullmatch(bare):
        return _integer(match)
    if _SEXAGESIMAL_INTEGER.fullmatch(bare):
        return _sexagesimal(bare)
    if _FLOAT.fullmatch(text):
        return _ruby_float(text)
    return _sexagesimal(text) if _SEXAGESIMAL_FLOAT.fullmatch(text) else None


def _integer(match: re.Match[str]) -> int | None:
    digits = match.group()
    if len(digits) > (_MAX_DIGITS if match["decimal"] else MAX_INTEGER_BITS + 2):
        return None
    value = int(digits, _BASES[match.lastgroup or "decimal"])
    return value if value.bit_length() <= MAX_INTEGER_BITS else None


def _ruby_float(text: str) -> float:
    """`Float(text)` of Ruby, which refuses an underscore that is not between two digits."""
    if _STRAY_UNDERSCORE.search(text):
        raise ValueError(text)
    return float(text)


def _sexagesimal(text: str) -> float:
    # The sign is applied twice, as SafeYAML does it: "-1:30" is 30.0.
    whole, _, fraction = text.partition(".")
    result, multiplier = 0.0, 1.0
    for part in reversed(whole.split(":")):
        result += _ruby_float(part) * multiplier
        multiplier *= 60.0
    if fraction:
        result += _ruby_float("." + fraction)
    return -result if text.startswith("-") else result


def _date_or_time(text: str) -> date | datetime | str:
    try:
        if match := _DATE.fullmatch(text):
            year, month, day = match.groups()
            return date(int(year), int(month), int(day))
        if match := _TIME.fullmatch(text):
            return _time(match)
    except (ValueError, OverflowError):
        pass
    return text


def _time(match: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    fraction, sign, offset_hours, offset_minutes = match.groups()[6:]
    # Ruby's DateTime takes 24:00:00 as the next midnight and second 60 as 59.
    is_midnight = (hour, minute, second) == (24, 0, 0)
    instant = datetime(
        year,
        month,
        day,
        0 if is_midnight else hour,
        minute,
        59 if second == 60 else second,
        int((fraction or "").ljust(6, "0")[:6]),
        tzinfo=_offset(sign, int(offset_hours or 0), int(offset_minutes or 0)),
    )
    return instant + timedelta(days=1) if is_midnight else instant


def _offset(sign: str | None, hours: int, minutes: int) -> timezone:
    offset = timedelta(hours=hours, minutes=minutes)
    if sign is None or hours > 24 or minutes > 60 or offset > timedelta(hours=24):
        return UTC
    return timezone(-offset if sign == "-" else offset)
