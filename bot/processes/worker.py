"""What runs in a process of the bot's own. Its parent hands over what is to be done, and gets what was made."""

from __future__ import annotations

import os
import pickle
import shutil
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from bot.processes.protocol import DONE, FRAME, MOST_TEXT, Answer, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    Progress = Callable[[float], None]
    """Is told how much is done, from 0 to 1."""
    Work = Callable[[Iterator[Any], Progress], Sequence[bytes]]
    """Gets the parts of a request as they come, and gives the parts of the answer."""

NICENESS: Final = 10
"""By how much the chat comes before this process."""
EXPENDABLE: Final = Path("/proc/self/oom_score_adj"), "1000"
"""A file and what is written into it, so that Linux ends this process first if memory runs out."""
STEP: Final = 0.01
"""How much more must be done before it is reported again, unless a second has passed."""


def serve(load: Callable[[], Work]) -> None:
    """Do whatever the parent hands over, one after another, by what `load` imports.

    When the parent closes the pipe or ends, this process ends too, even if it is in the middle of its work.
    """
    _give_way()
    requests, answers = _own_pipes()
    parts: SimpleQueue[bytes | None] = SimpleQueue()
    Thread(target=_read, args=(requests, parts), daemon=True).start()
    work: Work | None = None
    with suppress(BrokenPipeError):  # nobody is left who would want the answer
        while True:
            request = _Parts(parts)
            try:
                work = work or load()
                made = work(request, _Reporter(answers))
            except Exception as error:  # noqa: BLE001 - the parent learns of it, and asks for the next
                request.skip()
                _write(answers, Answer.FAILED, _place_of(error).encode()[:MOST_TEXT])
            else:
                request.skip()
                for part in made:
                    _write(answers, Answer.PART, part)
                _write(answers, Answer.END)
    _end()


class _Parts:
    """The parts of one request, each unpickled when it is wanted."""

    def __init__(self, parts: SimpleQueue[bytes | None]) -> None:
        self._parts, self._ended = parts, False

    def __iter__(self) -> _Parts:
        return self

    def __next__(self) -> Any:
        if (part := self._next()) is None:
            raise StopIteration
        return pickle.loads(part)  # noqa: S301 - the parent wrote it

    def skip(self) -> None:
        """Pass over what nobody wanted."""
        while self._next() is not None:
            pass

    def _next(self) -> bytes | None:
        part = None if self._ended else self._parts.get()
        self._ended = part is None
        return part


class _Reporter:
    """Tells the parent how much is done, not too often."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers, self._told, self._at = answers, 0.0, monotonic()

    def __call__(self, done: float) -> None:
        now = monotonic()
        if done >= self._told + STEP or now >= self._at + 1:
            self._told, self._at = max(done, self._told), now
            _write(self._answers, Answer.PROGRESS, DONE.pack(min(self._told, 1.0)))


def _write(answers: BinaryIO, kind: Answer, content: bytes = b"") -> None:
    answers.write(FRAME.pack(kind, len(content)))
    answers.write(content)
    answers.flush()


def _give_way() -> None:
    """Let everything else go before."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    where, what = EXPENDABLE
    if where.exists():
        with suppress(OSError):
            where.write_text(what, encoding="ascii")


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, which are for frames alone: a library reads from nowhere, and what it prints is lost."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, answers


def _read(requests: BinaryIO, parts: SimpleQueue[bytes | None]) -> None:
    """Read the parts as they come, so that the parent's end is seen at once."""
    while len(header := requests.read(FRAME.size)) == FRAME.size:
        kind, length = FRAME.unpack(header)
        content = requests.read(length)
        parts.put(content if kind == Request.PART else None)
    _end()


def _end() -> None:
    """End the process, whatever it does, and remove the folder that it was given as its own."""
    for folder in sys.argv[1:]:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _place_of(error: Exception) -> str:
    """The kind and the place of an error. Its text may have a figure or a title in it."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
