"""What every test may use: the corpus of real posts, and how thoroughly Hypothesis searches."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
CORPUS_VARIABLE = "NEWSDAO_CORPUS"
CORPUS_BESIDE_THE_CHECKOUT = ROOT.parent / "shared" / "corpus" / "dev-posts.tar.xz"

# Timing never decides a test: no deadlines, and no complaint about a slow machine.
# A gate's answer depends on the change and not on luck, so there the search is the same every time;
# everywhere else each run looks somewhere new.
settings.register_profile(
    "default",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
    print_blob=True,
)
settings.register_profile(
    "thorough",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=False,
    print_blob=True,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "5000")),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the corpus, so that `-m "not corpus"` leaves out all of it."""
    for item in items:
        if "corpus" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.corpus)


@pytest.fixture(scope="session")
def corpus() -> Sequence[tuple[str, bytes]]:
    """Every post of the corpus as its name (`SITE/NAME.md`) and its bytes, in the order of the names.

    The corpus is other people's text and no part of this project. It is the folder or the `.tar.xz`
    that NEWSDAO_CORPUS names, else the archive in `shared/` beside the checkout; where there is neither,
    the tests that ask for it are skipped. An archive is read in memory: about half a second for 5,000
    posts in each process that needs it.
    """
    place = _corpus_place()
    if not place.exists():
        if os.environ.get(CORPUS_VARIABLE):
            pytest.fail(f"{CORPUS_VARIABLE} names {place}, which does not exist", pytrace=False)
        pytest.skip(
            f"no corpus: set {CORPUS_VARIABLE} to a folder of SITE/NAME.md files or to a .tar.xz of one"
        )
    posts = posts_of_the_corpus()
    if not posts:
        pytest.fail(f"{place} holds no SITE/NAME.md: a corpus test would pass on nothing", pytrace=False)
    return posts


def _corpus_place() -> Path:
    named = os.environ.get(CORPUS_VARIABLE)
    return Path(named) if named else CORPUS_BESIDE_THE_CHECKOUT


def posts_of_the_corpus() -> Sequence[tuple[str, bytes]]:
    """Every post of the corpus as its name and its bytes; raises OSError where there is none."""
    place = _corpus_place()
    return tuple(sorted(_posts_in_folder(place) if place.is_dir() else _posts_in_archive(place)))


def _posts_in_folder(folder: Path) -> list[tuple[str, bytes]]:
    return [(f"{path.parent.name}/{path.name}", path.read_bytes()) for path in folder.glob("**/*.md")]


def _posts_in_archive(archive: Path) -> list[tuple[str, bytes]]:
    posts: list[tuple[str, bytes]] = []
    with tarfile.open(archive) as members:
        for member in members:
            content = members.extractfile(member) if member.name.endswith(".md") else None
            if content is not None:
                posts.append(("/".join(member.name.split("/")[-2:]), content.read()))
    return posts
