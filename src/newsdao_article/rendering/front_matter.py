"""Front matter as a house post stores it, from `---` to `---`.

The style: keys in the order of `KNOWN_KEYS`, then the others in theirs; title and categories
plain if nothing could read them differently, else in single quotes, else in double quotes;
teasers folded (`>`) and never wrapped; images quoted. What is written reads back equal, in
Jekyll (SafeYAML) and in Psych, PyYAML and YAML 1.2 readers as far as they share its types.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, assert_never

from newsdao_article.model.front_matter import (
    KNOWN_KEYS,
    MAX_CHARACTERS,
    FrontMatter,
    FrontMatterMapping,
    FrontMatterValue,
)
from newsdao_article.problems import LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ImageQuote", "front_matter_items", "render_entry", "render_front_matter", "scalar_in_quotes"]

ImageQuote: TypeAlias = Literal["'", '"']
"""The quotation mark around the values of `image` and `feature_image`."""

# Line breaks of YAML 1.1, controls, and what YAML forbids or drops: double quotes escape these.
_NEEDS_ESCAPE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_NEEDS_ESCAPE_IN_DOUBLE: Final = re.compile(
    '["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]'
)
_NEEDS_ESCAPE_IN_FOLDED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SHORT_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}

_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@`")
# Wider than any reader's idea of a number, date or time; a pair of quotes too many does no harm.
_LIKE_A_NUMBER: Final = re.compile(r"[-+.,_]*[0-9][-+.,:_0-9a-fA-FoOxXtTzZ \t]*|[-+]?\.[A-Za-z]+|[-+.,_]+")
_LIKE_A_CONSTANT: Final = frozenset("y n yes no on off true false null nil none ~ = <<".split())

# YAML reads a key and its value on one line only if the key has at most 1,024 characters.
_LONGEST_SIMPLE_KEY: Final = 512


def render_front_matter(front_matter: FrontMatter, *, image_quote: ImageQuote = "'") -> str:
    """The front matter with both delimiters, ending in a line feed; reads back equal.

    Jekyll does not run Liquid in front matter, so braces are left alone. A lone surrogate,
    which YAML cannot hold, becomes U+FFFD. Linear in the size of the values.

    Raises `LimitExceeded` if it is over `MAX_CHARACTERS`, so that it would not be read again.
    """
    parts = ["---\n"]
    parts += [
        render_entry(key, value, image_quote=image_quote) for key, value in front_matter_items(front_matter)
    ]
    parts.append("---\n")
    text = "".join(parts)
    if len(text) > MAX_CHARACTERS:
        raise LimitExceeded(f"front matter may have {MAX_CHARACTERS} characters, not {len(text)}")
    return text


def render_entry(key: str, value: FrontMatterValue, *, image_quote: ImageQuote = "'") -> str:
    """One key with its value, as whole lines at column 0."""
    return "".join(f"{line}\n" for line in _entry_lines(key, value, image_quote))


def front_matter_items(front_matter: FrontMatter) -> Iterator[tuple[str, FrontMatterValue]]:
    """The keys that are set with their values, in the order in which they are written."""
    for key in KNOWN_KEYS:
        value: str | tuple[str, ...] | None = getattr(front_matter, key)
        if value is not None and value != ():
            yield key, value
    yield from front_matter.extra.items()


def _entry_lines(key: str, value: FrontMatterValue, image_quote: ImageQuote) -> Iterator[str]:
    written = _text(key)
    if len(written) > _LONGEST_SIMPLE_KEY:
        yield f"? {written}"
        written = ""
    lead = f"{written}:"
    if isinstance(value, str) and key in {"image", "feature_image"}:
        yield f"{lead} {_quoted(value, image_quote)}"
    elif isinstance(value, str) and (
        key in {"excerpt", "feature_text"} or (key not in KNOWN_KEYS and "\n" in value)
    ):
        yield from _folded(lead, value)
    else:
        yield from _after(lead, value, "  ")


# --- Collections -------------------------------------------------------------------------------
# Recursive: the model bounds the depth of values (MAX_DEPTH).


def _pair(key: str, value: FrontMatterValue, indent: str) -> Iterator[str]:
    written = _text(key)
    if len(written) > _LONGEST_SIMPLE_KEY:
        yield f"{indent}? {written}"
        written = ""
    yield from _after(f"{indent}{written}:", value, indent + "  ")


def _after(lead: str, value: FrontMatterValue, indent: str) -> Iterator[str]:
    """`value` behind `lead` (a key with its colon, or a dash): on its line, or indented below."""
    if not isinstance(value, tuple | FrontMatterMapping) or not value:
        yield f"{lead} {_inline(value)}"
        return
    yield lead
    if isinstance(value, FrontMatterMapping):
        for key, item in value.items():
            yield from _pair(key, item, indent)
    else:
        for item in value:
            yield from _after(f"{indent}-", item, indent + "  ")


def _inline(value: FrontMatterValue) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return _float(value)
        case str():
            return _text(value)
        case datetime():
            return _time(value)
        case date():
            return value.isoformat()
        case tuple():
            return "[]"
        case FrontMatterMapping():
            return "{}"
        case _:
            assert_never(value)


def _float(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    # SafeYAML takes an exponent only after a decimal point: 1e+300 would be text.
    mantissa, exponent_mark, exponent = repr(value).partition("e")
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}{exponent_mark}{exponent}"


def _time(value: datetime) -> str:
    text = value.isoformat(sep=" ")
    return f"{text[:-6]} {text[-6:]}"


# --- Texts -------------------------------------------------------------------------------------


def _text(text: str) -> str:
    """`text` plain if every reader takes that for this text, else quoted."""
    return text if _is_plain(text) else _quoted(text, "'")


def scalar_in_quotes(text: str, quote: ImageQuote | None) -> str:
    """`text` in quotation marks of the given kind, or plain for None; in others where those could not hold it."""
    return _text(text) if quote is None else _quoted(text, quote)


def _is_plain(text: str) -> bool:
    if not text or text[0] in _INDICATORS or text[0].isspace() or text[-1].isspace():
        return False
    if text.startswith("..."):  # a key that begins so would end the document
        return False
    if text[-1] == ":" or ": " in text or " #" in text or _NEEDS_ESCAPE.search(text):
        return False
    return _LIKE_A_NUMBER.fullmatch(text) is None and text.lower() not in _LIKE_A_CONSTANT


def _quoted(text: str, quote: ImageQuote) -> str:
    if quote == "'" and not _NEEDS_ESCAPE.search(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + _NEEDS_ESCAPE_IN_DOUBLE.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"
    return f"\\x{code:02X}" if code <= 0xFF else f"\\u{code:04X}"


def _folded(lead: str, text: str) -> Iterator[str]:
    body = text.removesuffix("\n")
    paragraphs = body.split("\n")
    if _NEEDS_ESCAPE_IN_FOLDED.search(body) or any(not line or line[0] in " \t" for line in paragraphs):
        quoted = _quoted(text, '"')
        yield f"{lead} {quoted}"
        return
    yield f"{lead} {'>' if len(body) < len(text) else '>-'}"
    for number, paragraph in enumerate(paragraphs):
        if number:
            yield ""
        yield f"  {paragraph}"
