"""Draw the golden pictures and those of docs/charts.md anew: `python -m tests.bot.pictures`.

Look at each of them before you commit it, in its own size and as small as a phone shows it.
"""

from pathlib import Path

from bot.pictures.drawing import draw
from tests.bot.pictures.goldens import COLORS, FOLDER, kept, small

DOCS = Path(__file__).parents[3] / "docs" / "pictures"
SHOWN = {"balance-light": "chart-balance.png", "funnel-dark": "chart-funnel.png"}

FOLDER.mkdir(exist_ok=True)
for old in FOLDER.glob("*.png"):
    old.unlink()
for name, chart in kept():
    picture = draw(chart)
    small(picture).quantize(COLORS).save(FOLDER / f"{name}.png", optimize=True)
    if name in SHOWN:
        small(picture, width=540).quantize(COLORS).save(DOCS / SHOWN[name], optimize=True)
