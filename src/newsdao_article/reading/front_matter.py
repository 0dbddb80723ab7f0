r"""The front matter of a post: where it stands, what it says, and what is wrong with it.

Follows Jekyll 4.3, measured on it: the delimiters are found by its expression

    \A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)      (Ruby: `.` matches line feeds, `\s` is ASCII)

and YAML that cannot be read, or that is no mapping, leaves a post published without a title,
categories, excerpt and image.
"""

from __future__ import annotations

import re
from typing import Final

import attrs

from newsdao_article.model.as_read import character_fault, held, name_fault
from newsdao_article.model.front_matter import (
    KNOWN_KEYS,
    MAX_CHARACTERS,
    FrontMatter,
    FrontMatterMapping,
    FrontMatterValue,
    holds_categories,
)
from newsdao_article.problems import InvalidValueError, LineMap, Problem, SourceSpan
from newsdao_article.reading.yaml_events import YamlDocument, YamlEntry, YamlFault, read_yaml
from newsdao_article.reading.yaml_values import type_plain_scalar

__all__ = ["Entry", "FrontMatterReading", "RecoveredTitle", "read_front_matter"]


@attrs.frozen
class Entry:
    """A key and the lines that it owns: its own, and comments and empty lines up to the next key.

    `key` is None for what stands before the first key, and for front matter that cannot be cut
    by lines (flow style, indented keys, anchors, tags, merge keys, no mapping at all).
    """

    key: str | None
    span: SourceSpan


@attrs.frozen
class RecoveredTitle:
    """The title that somebody evidently meant in front matter that Jekyll cannot read.

    It is `certain` if the title is the one text in its place, and a guess where several lines
    stand there: the first of a numbered list, or else the last line.
    """

    text: str
    certain: bool
    span: SourceSpan


@attrs.frozen
class FrontMatterReading:
    """What was read above the body of a post.

    `entries` tile the text from `opening.end` to `closing.start`. Without front matter
    (`present` is False) both delimiters are empty spans at `body_start`, which is 0, or 1 after
    a byte order mark.
    """

    front_matter: FrontMatter
    entries: tuple[Entry, ...]
    opening: SourceSpan
    closing: SourceSpan
    problems: tuple[Problem, ...] = ()
    recovered_title: RecoveredTitle | None = None
    present: bool = True

    @property
    def body_start(self) -> int:
        """Where the body begins: after the closing delimiter and the empty lines that follow it."""
        return self.closing.end


_SPACE: Final = r"[ \t\n\v\f\r]"
_OPENING: Final = re.compile(rf"---{_SPACE}*\n")
# Looks back at a line feed instead of `$\n?`: both end after the last line feed of the white space.
_CLOSING: Final = re.compile(rf"^(?:---|\.\.\.){_SPACE}*(?:\Z|(?<=\n))", re.MULTILINE)
_KEY_LINE: Final = re.compile(r"^([A-Za-z_][A-Za-z0-9_-]*):(?=[ \t\r\n]|\Z)", re.MULTILINE)
_TITLE_KEY: Final = re.compile(r"title:[ \t]*")
_NUMBERED: Final = re.compile(r"1[.)][ \t]+")


def read_front_matter(source: str) -> FrontMatterReading:
    """The front matter of `source`, read as Jekyll reads it. Never raises; linear.

    A leading U+FEFF is skipped, as Jekyll's `bom|utf-8` does. Offsets are characters of
    `source`. Problem codes: `front-matter-invalid` (Jekyll publishes the post untitled),
    `-limit` (over the limits of `FrontMatter`), `-unclosed`, `-type`, `-duplicate`,
    `-key`, `-tag`, `-alias`.
    """
    start = 1 if source.startswith("\ufeff") else 0
    opening = _OPENING.match(source, start)
    closing = _CLOSING.search(source, opening.end()) if opening else None
    if opening is None or closing is None:
        return _absent(source, start, opening)
    return _Reader(source, SourceSpan(start, opening.end()), SourceSpan(*closing.span())).read()


def _absent(source: str, start: int, opening: re.Match[str] | None) -> FrontMatterReading:
    empty = SourceSpan(start, start)
    problems: tuple[Problem, ...] = ()
    if opening is not None:
        message = (
            "the front matter is not closed, so Jekyll takes the whole file as body: "
            "end it with a line that holds only ---"
        )
        problems = (Problem("front-matter-unclosed", message, SourceSpan(start, opening.end())),)
    return FrontMatterReading(FrontMatter(), (), empty, empty, problems, present=False)


class _Reader:
    """Reads the text between two delimiters."""

    def __init__(self, source: str, opening: SourceSpan, closing: SourceSpan) -> None:
        self._source = source
        self._opening = opening
        self._closing = closing
        self._problems: list[Problem] = []
        self._lines: LineMap | None = None

    def read(self) -> FrontMatterReading:
        base = self._opening.start
        # Jekyll's parser gets the opening delimiter too.
        text = self._source[base : self._closing.start]
        if house := _read_house_style(text):
            return self._finish(self._front_matter(house, base), self._entries(house, base))
        try:
            document = self._document(text)
        except YamlFault as fault:
            return self._degraded(fault.code, fault.message, base + fault.position)
        for note in document.notes:
            self._report(note.code, note.message, base + note.start, base + note.end)
        if document.entries is None:
            # Jekyll skips what is nil or false, and fails on the rest.
            if document.root is None or document.root is False:
                return self._finish(FrontMatter(), self._whole())
            return self._degraded(
                "front-matter-invalid", "it is no mapping of keys to values", self._opening.end
            )
        entries = self._entries(document.entries, base) if document.by_lines else self._whole()
        try:
            front_matter = self._front_matter(document.entries, base)
        except InvalidValueError as error:
            return self._degraded("front-matter-limit", str(error), self._opening.end)
        return self._finish(front_matter, entries)

    @staticmethod
    def _document(text: str) -> YamlDocument:
        if len(text) > MAX_CHARACTERS:
            raise YamlFault(f"it is longer than {MAX_CHARACTERS} characters", 0, "front-matter-limit")
        return read_yaml(text)

    def _finish(
        self, front_matter: FrontMatter, entries: tuple[Entry, ...], title: RecoveredTitle | None = None
    ) -> FrontMatterReading:
        return FrontMatterReading(
            front_matter, entries, self._opening, self._closing, tuple(self._problems), title
        )

    def _report(self, code: str, message: str, start: int, end: int) -> None:
        if self._lines is None:
            self._lines = LineMap(self._source)
        line, column = self._lines.position(start)
        self._problems.append(Problem(code, message, SourceSpan(start, end), line, column))

    # --- Front matter that can be read ---

    def _front_matter(self, entries: tuple[YamlEntry, ...], base: int) -> FrontMatter:
        last = {entry.key: entry for entry in entries}
        texts: dict[str, str] = {}
        categories: tuple[str, ...] = ()
        extra: list[tuple[str, FrontMatterValue]] = []
        for key, entry in last.items():
            value = entry.value
            if key not in KNOWN_KEYS:
                extra.append((key, value))
            elif value is None:
                continue
            elif key == "categories" and holds_categories(value):
                categories = _category_names(value)
            elif key != "categories" and isinstance(value, str):
                texts[key] = held(value, _RULES[key])
            else:
                self._report_type(entry, base)
                extra.append((key, value))
        return FrontMatter(
            title=texts.get("title"),
            categories=categories,
            excerpt=texts.get("excerpt"),
            feature_text=texts.get("feature_text"),
            image=texts.get("image"),
            feature_image=texts.get("feature_image"),
            extra=FrontMatterMapping(extra) if extra else _NOTHING,
        )

    def _report_type(self, entry: YamlEntry, base: int) -> None:
        kind = _KINDS.get(type(entry.value), type(entry.value).__name__)
        wanted = "a list of texts" if entry.key == "categories" else "text"
        message = f"Jekyll reads the value of {entry.key} as {kind}, not as {wanted}: put it in quotes"
        self._report("front-matter-type", message, base + entry.value_start, base + entry.value_end)

    # --- Entries ---

    def _whole(self) -> tuple[Entry, ...]:
        return self._tiles([])

    def _entries(self, entries: tuple[YamlEntry, ...], base: int) -> tuple[Entry, ...]:
        return self._tiles([(entry.key, base + entry.line_start) for entry in entries])

    def _tiles(self, keys: list[tuple[str, int]]) -> tuple[Entry, ...]:
        starts: list[tuple[str | None, int]] = [*keys]
        if not keys or keys[0][1] > self._opening.end:
            starts.insert(0, (None, self._opening.end))
        ends = [start for _, start in starts[1:]] + [self._closing.start]
        return tuple(
            Entry(key, SourceSpan(start, end))
            for (key, start), end in zip(starts, ends, strict=True)
            if key is not None or start < end
        )

    # --- Front matter that cannot be read ---

    def _degraded(self, code: str, fault: str, position: int) -> FrontMatterReading:
        entries = self._entries_by_line()
        title = self._recovered_title(entries)
        position = min(max(position, self._opening.start), self._closing.start)
        if code == "front-matter-limit":
            message = f"the front matter is not read: {fault}"
        else:
            mend = "mend the YAML here"
            if title is not None and title.span.start <= position <= title.span.end:
                mend = "put the title on one line, in single quotes, and double every ' inside"
            message = (
                f"the front matter is not valid ({fault}), so Jekyll publishes the post without title, "
                f"categories, excerpt and image: {mend}"
            )
        self._report(code, message, position, position)
        return self._finish(FrontMatter(), entries, title)

    def _entries_by_line(self) -> tuple[Entry, ...]:
        matches = _KEY_LINE.finditer(self._source, self._opening.end, self._closing.start)
        return self._tiles([(match[1], match.start()) for match in matches])

    def _recovered_title(self, entries: tuple[Entry, ...]) -> RecoveredTitle | None:
        span = next((entry.span for entry in entries if entry.key == "title"), None)
        if span is None or span.end - span.start > MAX_CHARACTERS:
            return None
        block = span.slice(self._source)
        if (value := _readable_title(block)) is not None:
            return RecoveredTitle(value, True, span)
        key = _TITLE_KEY.match(block)
        # A title must not keep white space of any kind around it, so Unicode's idea of it serves here.
        lines = [line.strip() for line in block[key.end() if key else 0 :].split("\n")]
        lines = [line for line in lines if line]
        if not lines:
            return None
        number = _NUMBERED.match(lines[0]) if len(lines) > 1 else None
        text = lines[0][number.end() :] if number else lines[-1]
        return None if name_fault(text) else RecoveredTitle(text, len(lines) == 1, span)


_RULES: Final = {
    "title": name_fault,
    "excerpt": character_fault,
    "feature_text": character_fault,
    "image": name_fault,
    "feature_image": name_fault,
}
_NOTHING: Final = FrontMatterMapping()
_KINDS: Final[dict[type, str]] = {
    bool: "a truth value",
    int: "an integer",
    float: "a number",
    tuple: "a list",
    FrontMatterMapping: "a mapping",
}


def _category_names(value: FrontMatterValue) -> tuple[str, ...]:
    """Jekyll splits a text on ASCII white space; a list is taken as it is."""
    names = re.findall(r"[^ \t\n\v\f\r]+", value) if isinstance(value, str) else value
    assert isinstance(names, tuple | list)
    return tuple([held(name, name_fault) for name in names if isinstance(name, str)])


def _readable_title(block: str) -> str | None:
    """The title if its lines are valid on their own and the fault lies elsewhere."""
    try:
        entries = read_yaml(block).entries
    except YamlFault:
        return None
    value = entries[0].value if entries and len(entries) == 1 else None
    return value if isinstance(value, str) and not name_fault(value) else None


# --- The house style, without a YAML parser ----------------------------------------------------
# Nearly every post has one shape of front matter, whose values one expression can read in a
# fraction of the time. It takes only what YAML cannot read in any other way.

_UNSAFE: Final = r"\t\n\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_PLAIN: Final = rf"[0-9A-Za-z\u00c0-\u1fff\u2018-\u201f\u3040-\ud7a3][^{_UNSAFE}]*"
_FOLDED: Final = rf">\n  ([^ {_UNSAFE}][^{_UNSAFE}]*)\n(?:\n  ([^ {_UNSAFE}][^{_UNSAFE}]*)\n)?"
_QUOTED: Final = rf"(?:'([^'{_UNSAFE}]*)'|\"([^\"\\{_UNSAFE}]*)\")\n"
_HOUSE_STYLE: Final = re.compile(
    rf"---\ntitle: ({_PLAIN})\n(categories:\n)  - ({_PLAIN})\n(excerpt: ){_FOLDED}(feature_text: ){_FOLDED}"
    rf"(?:(feature_image: ){_QUOTED})?(image: ){_QUOTED}"
)


def _read_house_style(text: str) -> tuple[YamlEntry, ...] | None:
    match = _HOUSE_STYLE.fullmatch(text) if len(text) <= MAX_CHARACTERS else None
    if match is None or not _is_plain_text(match[1]) or not _is_plain_text(match[3]):
        return None
    found = [
        _entry("title", match[1], 4, match, 1),
        _entry("categories", (match[3],), match.start(2), match, 3),
        _entry("excerpt", _unfolded(match[5], match[6]), match.start(4), match, 5),
        _entry("feature_text", _unfolded(match[8], match[9]), match.start(7), match, 8),
    ]
    if match[10] is not None:
        found.append(_entry("feature_image", match[11] or match[12] or "", match.start(10), match, 10))
    found.append(_entry("image", match[14] or match[15] or "", match.start(13), match, 13))
    return tuple(found)


def _entry(key: str, value: FrontMatterValue, line_start: int, match: re.Match[str], group: int) -> YamlEntry:
    return YamlEntry(key, value, line_start, *match.span(group))


def _unfolded(first: str, second: str | None) -> str:
    return first + "\n" if second is None else f"{first}\n{second}\n"


def _is_plain_text(text: str) -> bool:
    if ": " in text or " #" in text or text[-1] in " :":
        return False
    try:
        return type_plain_scalar(text) is text
    except ValueError:
        return False
