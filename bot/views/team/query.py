"""Which report on a team somebody asked for, and the buttons that ask for others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.options.times.period import Period
from bot.reading.lines import line_of
from bot.reading.parser import ASK_ME
from bot.reply.parts import Button, say
from bot.views.stats.query import CHART, in_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.options.times.period import Span
    from bot.reply.parts import Say
    from core.team.model import Who

TEAM: Final = "team"
USUAL: Final = "this week"
"""The period, if nobody names one."""
PERIODS: Final = ("this week", "last week", "this month", "last month")
"""The periods that a tap leads to."""
SPAN: Final = Period(alone=True)
IN_ROW: Final = 2


class TeamQuery(NamedTuple):
    """The words of a line that asks for the report on a team, or on one member.

    `member` are words for a person here, `called` is the name that pages give. `more`: all rows are shown.
    """

    period: str = USUAL
    member: str = ""
    called: str = ""
    more: bool = False

    @property
    def line(self) -> str:
        """The line that asks for the same, in place of the message whose button is pressed."""
        named = {"period": self.period, "member": self.member, "called": self.called, "more": "on" if self.more else ""}
        return line_of(TEAM, {name: words for name, words in named.items() if words} | {"here": "on"})

    @property
    def whole(self) -> TeamQuery:
        """The report on all of them."""
        return self._replace(member="", called="", more=False)

    def of(self, who: Who) -> TeamQuery:
        """The report on one member."""
        member, called = ("", who.name) if who.person is None else (f"#{who.person}", "")
        return self._replace(member=member, called=called, more=False)

    @property
    def picture(self) -> Button:
        """The button that draws it."""
        return Button(say("button-picture"), line_of(CHART, {"what": TEAM, "period": self.period}))


def usual_words(period: Span, today: date) -> str:
    """The words of a period; those that a button has for the same days."""
    days = period.of(today)
    return next((words for words in PERIODS if SPAN.read(words).of(today) == days), period.words)


def period_name(words: str) -> Say | None:
    """What a button calls a period; None if no button has it."""
    return say(f"period-{words.replace(' ', '-')}") if words in PERIODS else None


def period_rows(query: TeamQuery) -> Iterator[tuple[Button, ...]]:
    """A button for each of the other periods, and one that asks for any days."""
    named = ((words, period_name(words)) for words in PERIODS if words != query.period)
    others = [Button(name, query._replace(period=words).line) for words, name in named if name is not None]
    return in_rows([*others, Button(say("button-other-days"), query._replace(period=ASK_ME).line)], IN_ROW)
