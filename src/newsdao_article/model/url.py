"""Where links and images point: validated URLs that still carry whatever was read."""

from __future__ import annotations

import re
from typing import Final, Self

from newsdao_article.model.as_read import AsRead
from newsdao_article.problems import InvalidValueError

__all__ = ["SAFE_SCHEMES", "Url"]

#: Schemes that a reader's browser opens without running anything on the page.
SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "sms", "ftp", "geo", "xmpp"})

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
# The URL standard strips these from both ends, and tabs and line ends from anywhere, before it looks
# for a scheme; so must whoever judges one.
_ENDS: Final = "".join(map(chr, range(0x21)))
_DROPPED = re.compile(r"[\t\n\r]")
_FORBIDDEN = re.compile(
    '[\x00-\x20\x7f-\x9f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff\ufffe\uffff<>"\\\\`]'
)


class Url(str):
    """An absolute or relative URL: a `str` that was looked at.

    The constructor refuses what must not be published: schemes outside `SAFE_SCHEMES`
    (`javascript:`, `data:`…, also when hidden behind white space), blanks, controls, quotes,
    angle brackets and backslashes (percent-encode them). Hangul and other letters may stand as they are.

    The parser keeps anything it meets through `Url.as_read`; `is_safe` tells renderers whether
    such a value may be written. The rules are those of the URL standard's parser (strip C0 and
    spaces at the ends, drop tabs and line ends) ahead of the scheme.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        if isinstance(text, cls):
            return text
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidValueError(f"a URL is given as text, not as {type(text).__name__}")
        if not isinstance(text, AsRead):
            bad = _FORBIDDEN.search(text)
            if bad:
                raise InvalidValueError(
                    f"a URL may not hold {bad[0]!r} (position {bad.start()}); percent-encode it: {text[:80]!r}"
                )
            if not _is_safe(text):
                raise InvalidValueError(
                    f"a URL must be relative or use one of {', '.join(sorted(SAFE_SCHEMES))}, got {text[:80]!r}"
                )
        return super().__new__(cls, text)

    @classmethod
    def as_read(cls, text: str) -> Self:
        """The URL exactly as a post spells it, whatever it is."""
        return super().__new__(cls, text)

    def __getnewargs__(self) -> tuple[str]:
        return (AsRead(self),)

    @property
    def scheme(self) -> str | None:
        """The scheme in lower case, as a browser finds it; None for a relative URL."""
        match = _SCHEME.match(_DROPPED.sub("", self.strip(_ENDS)))
        return match[1].lower() if match else None

    @property
    def is_safe(self) -> bool:
        """Whether opening or loading it runs no script: relative, or of a scheme in `SAFE_SCHEMES`."""
        return _is_safe(self)


def _is_safe(text: str) -> bool:
    match = _SCHEME.match(_DROPPED.sub("", text.strip(_ENDS)))
    return match is None or match[1].lower() in SAFE_SCHEMES
