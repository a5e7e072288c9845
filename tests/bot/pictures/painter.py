"""Processes that draw without a library. What a chart's title says, they do."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.pictures.kinds import PictureForm
from bot.pictures.model import ReplyCostChart
from bot.pictures.worker import serve
from tests.bot.processes import hold

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.pictures.model import Chart

MODULE: Final = "tests.bot.pictures.painter"
PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a4944415478da6360000000020001e527defc0000000049454e44ae426082"
)
"""One dark pixel."""


def chart(title: str) -> Chart:
    """The smallest chart."""
    return ReplyCostChart(title, detail="", dark=True, months=(), ticks=(), counts_text="", none_text="")


def draw(chart: Chart, form: PictureForm) -> bytes:
    """Print something, as libraries may; then a picture with the chart's title and this process after its end."""
    sys.stdout.write("drawing\n")
    os.write(1, b"drawing\n")
    if form is PictureForm.SVG:
        return chart.title.encode()
    said, _, path = chart.title.partition(" ")
    match said:
        case "surroundings":
            return PNG + repr(dict(os.environ)).encode()
        case "nothing":
            return b""
        case "fail":
            raise ValueError(chart.title)
        case "hold":
            hold(path)
        case "hang":
            hold(path)
            time.sleep(600)
        case "stumble" if Path(path).exists():
            Path(path).unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
    return PNG + f"{chart.title} {os.getpid()}".encode()


def drawing() -> Callable[[Chart, PictureForm], bytes]:
    return draw


if __name__ == "__main__":
    serve(drawing)
