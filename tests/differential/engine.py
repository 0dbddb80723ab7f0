"""The reference engine, Ruby's kramdown, as a Python object: one process answers thousands of requests a minute.

Jekyll reads a post with kramdown 2.4 and its GFM input; `KramdownEngine` runs exactly these, with automatic ids and
typographic substitution switched off, because the model keeps what the author typed and leaves both to the site.
"""

from __future__ import annotations

import json
import os
import selectors
import shutil
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self, TypeAlias, cast

import attrs

__all__ = ["Answer", "EngineError", "KramdownEngine", "Mode", "Request", "why_missing"]

Mode: TypeAlias = Literal["gfm", "kramdown"]

_SERVER = Path(__file__).with_name("kramdown_server.rb")
_READ_SIZE = 1 << 16


class EngineError(RuntimeError):
    """The Ruby process could not be started, ended unasked, or sent something that is no answer."""


def _is_encodable(_request: object, _attribute: object, text: str) -> None:
    text.encode()


@attrs.frozen
class Request:
    """One document for the engine: its text, the dialect, and options beside the dialect's own.

    Raises UnicodeEncodeError where the text holds a lone surrogate, which no file and no engine can hold.
    """

    text: str = attrs.field(validator=_is_encodable)
    mode: Mode = "gfm"
    options: Mapping[str, object] = attrs.field(factory=dict[str, object])


@attrs.frozen
class Answer:
    """What the engine made of one document.

    `html` is None exactly when `error` says why there is none: an exception of the engine, or the time limit.
    """

    html: str | None
    warnings: tuple[str, ...] = ()
    error: str | None = None


@cache
def why_missing() -> str | None:
    """Why the engine cannot be used here, or None if it can."""
    ruby = shutil.which("ruby")
    if ruby is None:
        return "the reference engine needs Ruby: no `ruby` on the PATH"
    script = 'require "kramdown"; require "kramdown-parser-gfm"'
    try:
        done = subprocess.run([ruby, "-e", script], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"the reference engine needs Ruby: {error}"
    if done.returncode:
        return "the reference engine needs the Ruby gems kramdown and kramdown-parser-gfm"
    return None


class KramdownEngine:
    """A running Ruby process; use it as a context manager.

    A document that takes longer than `timeout` seconds costs the process, not the run: the process is replaced and
    the answer says so. Not thread-safe.
    """

    def __init__(self, timeout: float = 20.0) -> None:
        self._timeout = timeout
        self._process: subprocess.Popen[bytes] | None = None
        self._received = bytearray()
        self._versions: Mapping[str, object] = {}
        self._serial = 0

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def versions(self) -> Mapping[str, object]:
        """The versions of `kramdown`, `gfm` and `ruby` that answer."""
        return self._versions

    def close(self) -> None:
        """End the process. The engine can be entered again."""
        process, self._process = self._process, None
        self._received.clear()
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
        process.kill()
        process.wait()

    def render(self, text: str, mode: Mode = "gfm", options: Mapping[str, object] | None = None) -> Answer:
        """Render one document."""
        return self.render_all([Request(text, mode, options or {})])[0]

    def render_all(self, requests: Iterable[Request | str]) -> list[Answer]:
        """Render many documents, in order; a plain string is a request in Jekyll's dialect.

        All requests are written ahead of the answers, so the engine never waits for us.
        """
        wanted = [Request(request) if isinstance(request, str) else request for request in requests]
        answers: list[Answer] = []
        while len(answers) < len(wanted):
            answers += self._exchange(wanted[len(answers) :])
        return answers

    def _start(self) -> None:
        reason = why_missing()
        if reason is not None:
            raise EngineError(reason)
        self.close()
        # Deep nesting is legal input: with Ruby's default stack the engine would give up early.
        environment = {**os.environ, "RUBY_THREAD_VM_STACK_SIZE": str(64 << 20), "LC_ALL": "C.UTF-8"}
        self._process = subprocess.Popen(
            ["ruby", "-W0", str(_SERVER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            bufsize=0,
        )
        os.set_blocking(self._pipe("stdin").fileno(), False)
        os.set_blocking(self._pipe("stdout").fileno(), False)
        hello = self._converse(b"", 1)
        if not hello:
            raise EngineError("the engine did not start in time")
        self._versions = hello[0]

    def _pipe(self, name: Literal["stdin", "stdout"]) -> IO[bytes]:
        stream = getattr(self._process, name, None)
        if stream is None:
            raise EngineError("the engine is not running: use it in a with statement")
        return cast("IO[bytes]", stream)

    def _exchange(self, requests: Sequence[Request]) -> list[Answer]:
        """Answers to the first of `requests`: to all of them, or up to the one that took too long."""
        self._pipe("stdin")
        first = self._serial
        lines: list[str] = []
        for request in requests:
            body = {
                "id": self._serial,
                "text": request.text,
                "mode": request.mode,
                "options": dict(request.options),
            }
            lines.append(json.dumps(body))
            self._serial += 1
        replies = self._converse(("\n".join(lines) + "\n").encode("ascii"), len(requests))
        answers: list[Answer] = []
        for offset, reply in enumerate(replies):
            if reply.get("id") != first + offset:
                raise EngineError(f"the engine answered out of order: {reply.get('id')} for {first + offset}")
            answers.append(_answer(reply))
        if len(answers) < len(requests):
            answers.append(Answer(None, error=f"TimeLimit: no answer within {self._timeout:g} s"))
            self._start()
        return answers

    def _converse(self, data: bytes, count: int) -> list[dict[str, object]]:
        """Write `data` while reading `count` lines; fewer lines when one took longer than the time limit."""
        sink, source = self._pipe("stdin"), self._pipe("stdout")
        replies: list[dict[str, object]] = []
        unsent = memoryview(data)
        with selectors.DefaultSelector() as selector:
            selector.register(source, selectors.EVENT_READ)
            if unsent:
                selector.register(sink, selectors.EVENT_WRITE)
            deadline = time.monotonic() + self._timeout
            while len(replies) < count:
                for key, _ in selector.select(max(0.0, deadline - time.monotonic())):
                    if key.fileobj is sink:
                        unsent = unsent[_write(sink, unsent) :]
                        if not unsent:
                            selector.unregister(sink)
                    elif new := self._read(source):
                        replies += new
                        deadline = time.monotonic() + self._timeout
                if time.monotonic() > deadline:
                    break
        return replies

    def _read(self, source: IO[bytes]) -> list[dict[str, object]]:
        """The complete lines that have arrived."""
        data = source.read(_READ_SIZE)
        if data == b"":
            raise EngineError("the engine ended unasked")
        if not data:
            return []
        self._received += data
        end = self._received.rfind(b"\n") + 1
        lines = bytes(self._received[:end]).split(b"\n")[:-1] if end else []
        del self._received[:end]
        return [cast("dict[str, object]", json.loads(line)) for line in lines]


def _write(sink: IO[bytes], data: memoryview) -> int:
    try:
        return sink.write(data[:_READ_SIZE]) or 0
    except BlockingIOError:
        return 0
    except BrokenPipeError:
        raise EngineError("the engine ended unasked") from None


def _answer(reply: Mapping[str, object]) -> Answer:
    error = reply.get("error")
    if error is not None:
        return Answer(None, error=str(error))
    html, warnings = reply.get("html"), reply.get("warnings")
    if not isinstance(html, str) or not isinstance(warnings, list):
        raise EngineError(f"the engine sent no answer: {reply!r}")
    return Answer(html, tuple(str(warning) for warning in cast("list[object]", warnings)))
