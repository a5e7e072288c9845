"""What statistics somebody asked for, and the buttons that ask for others: another period, a detail, a picture."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.options.times.period import Period
from bot.reading.lines import line_of
from bot.reading.parser import ASK_ME
from bot.reply.parts import Button, Say, say
from core.stats.model import Facet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from bot.options.times.period import Span
    from core.stats.model import Names

STATS: Final = "stats"
CHART: Final = "chart"
USUAL: Final = "90 days"
"""The period, if nobody names one."""
PERIODS: Final = ("this month", "last month", "30 days", "90 days", "year", "all")
"""The periods that a tap leads to."""
SHORT: Final = Period(alone=True)
PICTURES: Final = ("funnel", "replies", "spend", "balance")
IN_ROW: Final = 3


class Detail(StrEnum):
    """What can be seen beside the card."""

    COST = "cost"
    PICTURES = "pictures"


class StatsQuery(NamedTuple):
    """The words of a line that asks for statistics.

    `only` are the options that choose proposals, `by` the facet that divides them, `show` a detail (empty: the card).
    """

    period: str = USUAL
    only: Mapping[str, str] = {}
    by: str = ""
    show: str = ""

    @property
    def line(self) -> str:
        """The line that asks for the same, in place of the message whose button is pressed."""
        named = {"period": self.period, **self.only, "by": self.by, "show": self.show}
        return line_of(STATS, {name: words for name, words in named.items() if words} | {"here": "on"})

    @property
    def card(self) -> StatsQuery:
        """The card of the same proposals."""
        return self._replace(by="", show="")


def usual_words(period: Span, today: date) -> str:
    """The words of a period; those that a button has for the same days, such as "all" for "all time"."""
    days = period.of(today)
    return next((words for words in PERIODS if SHORT.read(words).of(today) == days), period.words)


def period_name(words: str) -> Say | None:
    """What a button calls a period; None if no button has it."""
    return say(f"period-{words.replace(' ', '-')}") if words in PERIODS else None


def period_rows(query: StatsQuery) -> Iterator[tuple[Button, ...]]:
    """A button for each of the other periods, and one that asks for any days."""
    others = [
        Button(name, query._replace(period=words).line)
        for words in PERIODS
        if words != query.period and (name := period_name(words)) is not None
    ]
    return in_rows([*others, Button(say("button-other-days"), query._replace(period=ASK_ME).line)])


def in_rows(buttons: Iterable[Button], most: int = IN_ROW) -> Iterator[tuple[Button, ...]]:
    """Buttons in rows of at most so many."""
    every = tuple(buttons)
    return (every[at : at + most] for at in range(0, len(every), most))


def facets(names: Names, query: StatsQuery) -> list[Facet]:
    """By what the proposals can be divided: not by what chose them, nor where there is but one profile or member."""
    useful = {
        Facet.PROFILE: len(names.profiles) > 1,
        Facet.MEMBER: len(names.members) + len(names.people) > 1,
        Facet.TAG: bool(names.tags),
    }
    open_ = (facet for facet in Facet if facet is not Facet.BOOST and facet.value not in query.only)
    return [facet for facet in open_ if useful.get(facet, True)]


def facet_button(query: StatsQuery, facet: Facet) -> Button:
    """The button that divides the proposals."""
    return Button(say(f"grouped-{facet}"), query.card._replace(by=facet.value).line)


def detail_button(query: StatsQuery, detail: Detail) -> Button:
    """The button that shows a detail."""
    return Button(say(f"detail-{detail}"), query.card._replace(show=detail.value).line)


def back_button(query: StatsQuery) -> Button:
    """The button back to the card."""
    return Button(say("button-back-to-stats"), query.card.line)


def picture_buttons(query: StatsQuery) -> Iterator[Button]:
    """The buttons that draw pictures of the same period."""
    lines = ((what, line_of(CHART, {"what": what, "period": query.period})) for what in PICTURES)
    return (Button(say(f"picture-{what}"), line) for what, line in lines)
