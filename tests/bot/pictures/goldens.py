"""Pictures as somebody has looked at them, a quarter as large. `python -m tests.bot.pictures` draws them anew."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from bot.pictures.model import Chart
from tests.bot.pictures.examples import balance, replies, usual

FOLDER = Path(__file__).parent / "golden"
WIDTH = 270
COLORS = 64


def kept() -> Iterator[tuple[str, Chart]]:
    """Each chart in both themes, and two in which labels have to look for a place."""
    yield from usual()
    yield "balance-three-years", balance(length=1095, lots=12, ahead=365)
    yield "replies-60-months", replies(months=60)


def small(picture: bytes, width: int = WIDTH) -> Image.Image:
    image = Image.open(BytesIO(picture)).convert("RGB")
    return image.resize((width, image.height * width // image.width), Image.Resampling.BOX)


def differs(name: str, picture: bytes) -> str:
    """What differs from the golden picture by more than another build of FreeType brings about, or nothing.

    To move the whole picture by a pixel changes the mean by 3 and the worst thousandth by 63, of 255. If the marks of
    yardsticks are missing, the latter is 147.
    """
    golden, drawn = Image.open(FOLDER / f"{name}.png").convert("RGB"), small(picture)
    if golden.size != drawn.size:
        return f"{name}: {drawn.size}, not {golden.size}"
    apart = np.abs(np.asarray(golden, dtype=int) - np.asarray(drawn, dtype=int))
    mean, worst = apart.mean(), np.percentile(apart, 99.9)
    return "" if mean <= 4 and worst <= 90 else f"{name}: {mean:.1f} on average, {worst:.0f} at worst"
