"""A picture as it is answered: the chart, with words that say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.reply.parts import Button, Say, say
from bot.views.stats.phrases import days_in_words

if TYPE_CHECKING:
    from datetime import date

    from bot.pictures.model import Chart
    from bot.reply.parts import Fact
    from bot.reply.words import Voice

LONG: Final = 370
"""Days from which on an axis names months and years."""


class CaptionedChart(NamedTuple):
    """A chart, and the caption that repeats its figures."""

    chart: Chart
    caption: Say


class Missing(NamedTuple):
    """Why there is nothing to draw, and the buttons that help."""

    why: Say
    help: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class ChartWriter:
    """Writes what stands in a picture. `dark`: its background is dark."""

    speak: Voice
    dark: bool

    def write(self, name: str, /, **facts: Fact) -> str:
        """A sentence."""
        return self.speak.say(say(name, **facts))

    def figure(self, fact: Fact) -> str:
        """A number, or a price; a minus is the typographic one."""
        text = self.speak.text(fact)
        return text.replace("-", "\N{MINUS SIGN}") if isinstance(fact, int) else text

    def day(self, day: date, length: int = 0) -> str:
        """A day on an axis of so many days."""
        return self.speak.short_day(day, "yMMM" if length > LONG else "MMMd")

    def month(self, first: date, months: int) -> str:
        """A month among so many."""
        return self.speak.short_day(first, "yMMM" if months > LONG // 30 else "MMM")

    def named_month(self, first: date) -> str:
        """A month by its name and year."""
        return self.speak.short_day(first, "yMMM")

    def days(self, first: date, last: date) -> str:
        """A period, as the second line of a picture."""
        return self.speak.say(days_in_words(first, last))
