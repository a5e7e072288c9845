"""Draw the golden pictures anew: `python -m tests.bot.pictures`. Look at each of them before you commit it."""

from bot.pictures.drawing import draw
from tests.bot.pictures.goldens import FOLDER, kept, rewrite

FOLDER.mkdir(exist_ok=True)
for old in FOLDER.glob("*.png"):
    old.unlink()
for name, chart in kept():
    rewrite(name, draw(chart))
