"""`python -m bot.pictures.worker FOLDER`: the process that draws. Its parent hands over charts and gets pictures."""

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
from typing import TYPE_CHECKING, Final

from bot.pictures.protocol import ANSWER, REQUEST, DrawingOutcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from bot.pictures.model import Chart

NICENESS: Final = 10
"""How far the chat goes before a drawing."""
EXPENDABLE: Final = Path("/proc/self/oom_score_adj"), "1000"
"""What is written where on Linux, so that it ends this process before any other where memory runs out."""


def main() -> None:
    """Import what draws, then draw."""
    serve(_drawing)


def _drawing() -> Callable[[Chart], bytes]:
    from bot.pictures.drawing import draw

    return draw


def serve(drawing: Callable[[], Callable[[Chart], bytes]]) -> None:
    """Draw each chart that the parent hands over, by what `drawing` imports.

    When the parent closes the pipe or ends, this process ends too, even if it is in the middle of a drawing.
    """
    _give_way()
    requests, answers = _own_pipes()
    charts: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_read, args=(requests, charts), daemon=True).start()
    draw: Callable[[Chart], bytes] | None = None
    with suppress(BrokenPipeError):  # nobody is left who would want the picture
        while True:
            outcome, content = DrawingOutcome.FAILED, b""
            try:
                draw = draw or drawing()
                outcome, content = DrawingOutcome.DRAWN, draw(pickle.loads(charts.get()))  # noqa: S301 - the parent wrote it
            except Exception as error:  # noqa: BLE001 - the parent learns of it, and asks for the next chart
                content = _place_of(error).encode()
            answers.write(ANSWER.pack(outcome, len(content)) + content)
            answers.flush()
    _end()


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


def _read(requests: BinaryIO, charts: SimpleQueue[bytes]) -> None:
    """Read the charts as they come, so that the parent's end is seen at once."""
    while len(header := requests.read(REQUEST.size)) == REQUEST.size:
        charts.put(requests.read(*REQUEST.unpack(header)))
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


if __name__ == "__main__":
    main()
