"""`python -m bot.pictures.worker FOLDER`: the process that draws. Its parent hands over charts and gets pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.processes import worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.pictures.kinds import PictureForm
    from bot.pictures.model import Chart

    Draw = Callable[[Chart, PictureForm], bytes]


def main() -> None:
    """Import what draws, then draw."""
    serve(_drawing)


def _drawing() -> Draw:
    from bot.pictures.drawing import draw

    return draw


def serve(drawing: Callable[[], Draw]) -> None:
    """Draw each chart that the parent hands over, by what `drawing` imports."""

    def load() -> worker.Work:
        draw = drawing()

        def work(parts: Iterator[Any], _progress: worker.Progress) -> tuple[bytes]:
            return (draw(*next(parts)),)

        return work

    worker.serve(load)


if __name__ == "__main__":
    main()
