"""CPU time of contenders over the same posts, in interleaved passes."""

from __future__ import annotations

import gc
import platform
import sys
import sysconfig
import time
from collections.abc import Callable, Sequence

import attrs

from .posts import Post

__all__ = ["Contender", "Measurement", "describe_interpreter", "measure"]

# A contender whose pass takes longer than this (seconds) is timed twice only: its figure needs no third digit.
_SLOW_PASS = 2.0
_SLOW_PASSES = 2
_WARM_UP_POSTS = 50


@attrs.frozen
class Contender:
    """Something that is timed: `prepare`, untimed, makes its input of a post, `run` is what counts."""

    name: str
    prepare: Callable[[Post], object]
    run: Callable[[object], object]


@attrs.define
class Measurement:
    """CPU seconds per post in the fastest pass; None where the contender failed, and `note` says why."""

    name: str
    seconds: float | None
    note: str = ""


def measure(contenders: Sequence[Contender], posts: Sequence[Post], passes: int) -> list[Measurement]:
    """Time every contender: one pass to warm up, then `passes` rounds in which each has its turn."""
    measurements = {contender.name: Measurement(contender.name, None) for contender in contenders}
    inputs: dict[str, list[object]] = {}
    for contender in contenders:
        try:
            inputs[contender.name] = [contender.prepare(post) for post in posts]
            _pass(contender, inputs[contender.name][:_WARM_UP_POSTS])
        except Exception as error:
            inputs.pop(contender.name, None)
            measurements[contender.name].note = f"{type(error).__name__}: {error}"
    rounds = {contender.name: passes for contender in contenders if contender.name in inputs}
    # The first round is not counted: caches fill, unless the contender is too slow to gain by that.
    for number in range(passes + 1):
        for contender in contenders:
            if rounds.get(contender.name, -1) < number:
                continue
            seconds = _pass(contender, inputs[contender.name])
            if seconds > _SLOW_PASS and rounds[contender.name] > _SLOW_PASSES:
                rounds[contender.name] = _SLOW_PASSES
                measurements[contender.name].note = f"{_SLOW_PASSES} passes"
            if number:
                measured = measurements[contender.name]
                per_post = seconds / len(posts)
                measured.seconds = per_post if measured.seconds is None else min(measured.seconds, per_post)
    return [measurements[contender.name] for contender in contenders]


def _pass(contender: Contender, inputs: Sequence[object]) -> float:
    run = contender.run
    gc.collect()
    start = time.process_time()
    for item in inputs:
        run(item)
    return time.process_time() - start


def describe_interpreter() -> str:
    """The interpreter and how it was built: figures of an unoptimised build are a third higher."""
    optimised = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    build = "optimised build" if optimised else "build without profile-guided optimisation"
    return (
        f"{platform.python_implementation()} {platform.python_version()} ({build}), {sys.executable}, "
        f"{platform.machine()}"
    )
