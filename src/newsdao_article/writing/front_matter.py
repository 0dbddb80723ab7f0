"""Front matter with some of its keys set anew: their lines change, no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsdao_article.model.front_matter import KNOWN_KEYS, FrontMatter, FrontMatterMapping, FrontMatterValue
from newsdao_article.reading.front_matter import Entry, FrontMatterReading
from newsdao_article.reading.yaml_events import YamlEntry, YamlFault, read_yaml
from newsdao_article.rendering.front_matter import (
    ImageQuote,
    front_matter_items,
    render_entry,
    render_front_matter,
    scalar_in_quotes,
)
from newsdao_article.writing.edits import Edit, Unwritable, apply_edits

__all__ = ["edit_front_matter", "rewrite_front_matter"]

_NOTES = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*(?:#[^\n]*)?\Z")
_BLOCK_SCALAR = re.compile(r"([>|])([0-9+\-]*)([ \t]*(?:#[^\n]*)?\n)([ \t]+)")
_NOT_IN_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ITEM = re.compile(r"([ \t]*-[ \t]+)(.*?)([ \t]*)")


def edit_front_matter(source: str, reading: FrontMatterReading, new: FrontMatter) -> str:
    """The source up to its body, with the lines of just those keys rewritten whose values differ.

    Raises `Unwritable` for front matter that is absent, broken, or not cut by lines.
    """
    before, after = dict(front_matter_items(reading.front_matter)), dict(front_matter_items(new))
    entries = {entry.key: entry for entry in reading.entries if entry.key is not None}
    if not reading.present or before.keys() - entries.keys():
        raise Unwritable
    newline = "\r\n" if "\r\n" in source[: reading.opening.end] else "\n"
    edits: list[Edit] = []
    for key, value in before.items():
        entry = entries[key]
        if key not in after:
            edits += [_removal(source, twin) for twin in reading.entries if twin.key == key]
        elif not _same(value, after[key]):
            lines = entry.span.slice(source)
            edits.append(Edit(entry.span.start, entry.span.end, _rewritten(lines, key, value, after[key])))
    for key, value in after.items():
        if key not in before:
            if key in entries:
                # The key is there and says nothing that counts: a second one would be a duplicate.
                edits += [_removal(source, twin) for twin in reading.entries if twin.key == key]
            place = _place_for(key, reading)
            edits.append(Edit(place, place, render_entry(key, value).replace("\n", newline)))
    return apply_edits(source, 0, reading.closing.end, edits)


def rewrite_front_matter(source: str, reading: FrontMatterReading, new: FrontMatter) -> str:
    """The source up to its body with front matter written anew.

    Lines that Jekyll could not read stay as comments, so that nothing is lost.
    """
    start = reading.opening.start
    written = render_front_matter(new)
    if not reading.present:
        return f"{source[:start]}{written}\n"
    lines = source[reading.opening.end : reading.closing.start].splitlines(keepends=True)
    kept = "" if any(True for _ in front_matter_items(reading.front_matter)) else _as_comments(lines)
    return f"{source[:start]}{written[:-4]}{kept}{source[reading.closing.start : reading.closing.end]}"


def _as_comments(lines: Sequence[str]) -> str:
    # Even in a comment YAML allows no controls: they are named there.
    named = (_NOT_IN_YAML.sub(lambda sign: f"\\x{ord(sign[0]):02X}", line) for line in lines)
    return "".join(
        line if line.startswith("#") or not line.strip(" \t\r\n") else f"# {line}" for line in named
    )


def _same(old: FrontMatterValue, new: FrontMatterValue) -> bool:
    # A mapping compares values with their types: True, 1 and 1.0 differ.
    return FrontMatterMapping({"value": old}) == FrontMatterMapping({"value": new})


def _removal(source: str, entry: Entry) -> Edit:
    """The lines of the key itself; comments and empty lines after it stay."""
    notes = _NOTES.search(source, entry.span.start, entry.span.end)
    end = notes.start() if notes is not None else entry.span.end
    while end < entry.span.end and source[end - 1] != "\n":
        end += 1
    return Edit(entry.span.start, end, "")


def _place_for(key: str, reading: FrontMatterReading) -> int:
    """Where a new key goes: after the known key that comes before it in house order, else at the end."""
    known = list(KNOWN_KEYS)
    if key in known:
        for name in reversed(known[: known.index(key)]):
            for entry in reading.entries:
                if entry.key == name:
                    return entry.span.end
        for entry in reading.entries:
            if entry.key is not None:
                return entry.span.start
    return reading.closing.start


def _rewritten(lines: str, key: str, old: FrontMatterValue, new: FrontMatterValue) -> str:
    """The lines of an entry with another value: in their own style if that can say it, else in house style."""
    for written in _ways(lines, key, old, new):
        read = _read(written)
        # Jekyll gives `categories` as a list, however they are written.
        if read is not None and read.key == key and (_same(read.value, new) or _names(read.value) == new):
            return written
    raise Unwritable


def _names(value: FrontMatterValue) -> object:
    return tuple(value.split()) if isinstance(value, str) else value


def _read(lines: str) -> YamlEntry | None:
    try:
        entries = read_yaml(lines).entries
    except YamlFault:
        return None
    return entries[0] if entries is not None and len(entries) == 1 else None


def _ways(lines: str, key: str, old: FrontMatterValue, new: FrontMatterValue) -> Iterator[str]:
    entry = _read(lines)
    newline = "\r\n" if "\r\n" in lines else "\n"
    if entry is not None:
        value = lines[entry.value_start : entry.value_end]
        head, tail = lines[: entry.value_start], lines[entry.value_end :]
        if isinstance(new, str):
            yield from (head + way + tail for way in _scalars(value, new, newline))
        elif isinstance(new, tuple) and isinstance(old, tuple):
            yield from (head + way + tail for way in _sequences(value, old, new, newline))
        if not isinstance(new, tuple | FrontMatterMapping) and "\n" not in value and head[-1:] in (" ", "\t"):
            # `value` as a single scalar, behind the key as it stands.
            written = render_entry(key, new)
            if written.count("\n") == 1 and ": " in written:
                yield head + written.split(": ", 1)[1][:-1] + tail
        notes = _NOTES.search(lines, entry.value_end)
        after = "" if notes is None else lines[notes.start() :].lstrip("\r\n")
        yield render_entry(key, new).replace("\n", newline) + after
    yield render_entry(key, new).replace("\n", newline)


def _scalars(value: str, new: str, newline: str) -> Iterator[str]:
    block = _BLOCK_SCALAR.match(value)
    if block is not None:
        yield from _block_scalars(value, block, new, newline)
        return
    quote: ImageQuote | None = "'" if value[:1] == "'" else '"' if value[:1] == '"' else None
    if value or new:
        yield scalar_in_quotes(new, quote)


def _block_scalars(value: str, block: re.Match[str], new: str, newline: str) -> Iterator[str]:
    sign, old_marks, rest, indent = block.groups()
    body = new.rstrip("\n")
    if not body or "\n" * 3 in new:
        return
    ends = len(new) - len(body)
    blanks = value[len(value.rstrip()) :]
    blank_lines = blanks.count("\n") - 1
    separator = newline * 2 if sign == ">" else newline
    written = separator.join(indent + line if line else "" for line in body.split("\n"))
    chomp = "-" if not ends else "" if ends == 1 else "+"
    for marks in dict.fromkeys((old_marks, chomp)):
        gap = newline * (ends if "+" in marks else 1 + max(blank_lines, 0))
        yield f"{sign}{marks}{rest}{written}{gap}"


def _sequences(
    value: str, old: tuple[FrontMatterValue, ...], new: tuple[FrontMatterValue, ...], newline: str
) -> Iterator[str]:
    texts = [text for text in new if isinstance(text, str)]
    if len(texts) != len(new) or not new:
        return
    if value.startswith("["):
        mark = value[1:].lstrip()[:1]
        yield "[" + ", ".join(_item(text, mark) for text in texts) + "]"
    elif value.startswith("-"):
        yield from _block_sequences(value, old, texts, newline)
    elif value and not any(" " in text for text in texts):
        yield " ".join(texts)


def _block_sequences(
    value: str, old: tuple[FrontMatterValue, ...], new: list[str], newline: str
) -> Iterator[str]:
    """Items as lines like those that stand there; lines of unchanged items stay."""
    body = value.rstrip()
    lines = [_ITEM.fullmatch(line) for line in re.split(r"\r?\n", body)]
    if len(lines) != len(old):
        return
    written: list[str] = []
    prefix = ""
    for index, text in enumerate(new):
        model = lines[min(index, len(lines) - 1)]
        if model is None:
            return
        if index:
            # The first item stands behind the indentation that is left outside of the value.
            second = lines[1] if len(lines) > 1 else None
            prefix = second[1] if second is not None else "  - "
        else:
            prefix = model[1]
        if index < len(old) and old[index] == text:
            written.append(model[0])
        else:
            written.append(prefix + _item(text, model[2][:1]))
    yield newline.join(written) + value[len(body) :]


def _item(text: str, mark: str) -> str:
    return scalar_in_quotes(text, "'" if mark == "'" else '"' if mark == '"' else None)
