"""The posts that are measured: drawn from the corpus, each time the same ones."""

from __future__ import annotations

import os
import random
import re
import tarfile
from collections.abc import Sequence
from pathlib import Path

import attrs
import yaml

__all__ = ["Post", "read_corpus", "sample"]

_ARCHIVE = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "dev-posts.tar.xz"
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)


@attrs.frozen
class Post:
    """A post file, and the body in it."""

    name: str
    text: str
    body: str


def read_corpus(place: Path | None) -> list[tuple[str, bytes]]:
    """Every post as its name and its bytes, in the order of the names; nothing where there is no corpus."""
    place = place or Path(os.environ.get("NEWSDAO_CORPUS") or _ARCHIVE)
    if place.is_dir():
        return sorted(
            (f"{path.parent.name}/{path.name}", path.read_bytes()) for path in place.glob("**/*.md")
        )
    if not place.exists():
        return []
    posts: list[tuple[str, bytes]] = []
    with tarfile.open(place) as members:
        for member in members:
            content = members.extractfile(member) if member.name.endswith(".md") else None
            if content is not None:
                posts.append(("/".join(member.name.split("/")[-2:]), content.read()))
    return sorted(posts)


def sample(corpus: Sequence[tuple[str, bytes]], count: int) -> list[Post]:
    """`count` posts with valid front matter, drawn with seed 7; fewer where the corpus has fewer."""
    names = dict(corpus)
    order = random.Random(7).sample(sorted(names), len(names))
    posts: list[Post] = []
    for name in order:
        if len(posts) == count:
            break
        post = _valid(name, names[name].decode())
        if post is not None:
            posts.append(post)
    return posts


def _valid(name: str, text: str) -> Post | None:
    found = _FRONT_MATTER.match(text)
    if found is None:
        return None
    try:
        values: object = yaml.load(found.group(1), Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None
    return Post(name, text, text[found.end() :]) if isinstance(values, dict) else None
