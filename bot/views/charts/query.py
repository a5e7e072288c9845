"""Which picture somebody asked for, and the buttons that ask for others in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pictures.kinds import Picture
from bot.reading.lines import line_of
from bot.reply.parts import Button, Say, say
from bot.views.stats.query import CHART, PERIODS, in_rows, period_name

if TYPE_CHECKING:
    from collections.abc import Iterator


USUAL: Final = {Picture.REPLIES: "year", Picture.TEAM: "this month"}
"""The period of a picture if nobody names one, where it is not the usual one: a month is one bar of replies."""


class ChartQuery(NamedTuple):
    """A picture, the words of its period, and whether what things cost is shown in money."""

    picture: Picture
    period: str
    money: bool = False

    @property
    def line(self) -> str:
        """The line that asks for it, in place of the message whose button is pressed."""
        words = {"what": self.picture.value, "period": self.period, "money": "on" if self.money else ""}
        return line_of(CHART, {name: word for name, word in words.items() if word} | {"here": "on"})

    def stopping(self, token: int) -> str:
        """The line that stops its drawing."""
        return f"{self.line} stop={token}"

    @property
    def again(self) -> Button:
        """The button that draws it."""
        return Button(say("button-draw"), self.line)


def rows(query: ChartQuery, beside: Button | None, *, shared: bool) -> Iterator[tuple[Button, ...]]:
    """The buttons below a picture: other periods, other pictures, and what is `beside` it.

    shared: several people share the wallet.
    """
    periods = ((words, period_name(words)) for words in PERIODS if words != query.period)
    yield from in_rows(Button(name, query._replace(period=words).line) for words, name in periods if name is not None)
    pictures = (one for one in Picture if one is not query.picture and (shared or one is not Picture.TEAM))
    yield from in_rows(Button(name_of(one), ChartQuery(one, query.period).line) for one in pictures)
    if beside is not None:
        yield (beside,)


def name_of(picture: Picture) -> Say:
    """What buttons call a picture."""
    return say(f"picture-{picture}")
