"""Articles as JSON: every field, every type, back again equal.

The shape follows the classes of the model, field by field:

- A node is an object whose `"type"` is the name of its class in snake case (`"list_item"`), with
  those fields that differ from their default. A text among other content is a plain string.
- `attributes` is an object of strings, a URL or colour a string as it is spelled.
- Front matter values are what JSON has for them. What it lacks is an object with a type:
  `{"type": "date", "value": "2024-07-01"}`, likewise `"datetime"` (ISO 8601) and `"float"` (`"nan"`,
  `"infinity"`, `"-infinity"`). Other objects are mappings; one that has a key `"type"` of its own is
  written `{"type": "mapping", "entries": {…}}`.
- What was read from a post although a constructor would refuse it is
  `{"type": "as_read", "value": "javascript:…"}` in the place of the string, for an attribute in the
  place of its value. The value may be a list of strings to join, for text that JSON itself would
  change (a high and a low surrogate side by side). Where a *key* is as read, `attributes` and mappings
  are lists of pairs `[key, value]`.

Everything else in the text is validated as constructors validate it. The forms are derived from the
annotations of the model, so a field that is added there has its form here, or an error at the first use.
"""

from __future__ import annotations

import json

from newsdao_article.interchange.nodes import node
from newsdao_article.interchange.strict import MAX_DEPTH, MAX_SIZE, check_size, escape, located, parse
from newsdao_article.model.article import Article
from newsdao_article.problems import InvalidValueError

__all__ = ["MAX_DEPTH", "MAX_SIZE", "from_json", "to_json"]

_ARTICLE = node((Article,))


def to_json(article: Article, *, indent: int | None = None) -> str:
    """`article` as JSON (RFC 8259), in the shape that the module describes; O(n).

    The text is valid UTF-8 when encoded, whatever the article holds. `indent` spaces set members
    on lines of their own; None writes one line.

    Raises `LimitExceeded` for an article beyond `MAX_DEPTH` or `MAX_SIZE`, and
    `InvalidValueError` for one whose fields hold values of a wrong type.
    """
    encoded = _ARTICLE.encode(article, 1)
    text = escape(json.dumps(encoded, ensure_ascii=False, allow_nan=False, indent=indent))
    check_size(text)
    return text


def from_json(text: str | bytes) -> Article:
    """The article that `text`, JSON of the shape that the module describes, stands for; O(n).

    Raises `InvalidValueError` for anything else: broken JSON (with line and column), `NaN`, a
    repeated or unknown field, a value that its constructor refuses (with the path of it, such as
    `$.sections[0].blocks[2]`). Raises `DecodeError` for bytes that are not UTF-8 and
    `LimitExceeded` for input beyond `MAX_DEPTH` or `MAX_SIZE`, before it is parsed.
    """
    parsed = parse(text)
    try:
        article = _ARTICLE.decode(parsed, 1)
    except InvalidValueError as error:
        fault = located(error, "$")
        raise InvalidValueError(f"{fault.path}: {fault}") from None
    assert isinstance(article, Article)
    return article
