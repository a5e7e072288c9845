"""What several kinds of options share."""

from __future__ import annotations

from typing import Final

from bot.options.figures import UNITS

FILLERS: Final = UNITS | {"for", "at", "on", "of", "from", "to", "#"}
MOST_SUGGESTIONS: Final = 25
