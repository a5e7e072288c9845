"""What a report says beside the books: figures in sentences, and the pictures of the period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.charts.chart import READ
from bot.commands.charts.data import ChartScope
from bot.documents.model import ReportFacts, ReportPicture
from bot.pictures.kinds import Picture, PictureForm
from bot.pictures.studio import NotDrawnError
from bot.processes.errors import BusyError
from bot.reply.parts import Fields, Say, enumerated, say
from bot.reply.words import voice
from bot.views.charts.captioned import CaptionedChart, ChartWriter
from bot.views.charts.query import name_of
from bot.views.money.visibility import shows_money
from bot.views.stats.card import stats_card
from bot.views.stats.query import StatsQuery
from bot.views.stats.view import StatsView
from core.stats.model import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.command.declaration import Call
    from bot.commands.exports.orders import Scope
    from bot.reply.parts import Reply
    from bot.reply.words import Voice


NEUTRAL: Final = {"stats-uninformed": "report-uninformed", "stats-unknown-cost": "report-unknown-cost"}
"""What stands in a report, which others read, instead of what asks its owner for something."""


class ReportFactReader:
    """Reads the figures of a period and has its pictures drawn. `missing` are those that could not be drawn."""

    def __init__(self, call: Call, scope: Scope) -> None:
        self._call, self._scope = call, scope
        self.drawn = False
        self.missing: list[Picture] = []

    @property
    def left_out(self) -> tuple[Say, ...]:
        """What to say of pictures that could not be drawn."""
        if not self.missing:
            return ()
        names = enumerated([name_of(picture) for picture in self.missing], "list-comma")
        return (say("report-left-out", count=len(self.missing), pictures=names),)

    async def read(self) -> ReportFacts:
        """The sentences and the pictures."""
        call, speak = self._call, voice(self._call.locale, self._call.zone)
        found = await call.stats.statistics(call.open_wallet.id, self._scope.past, Selection())
        card = stats_card(StatsView(found, StatsQuery(self._scope.words), shows_money(call)))
        sentences = tuple(_sentences(card, speak)) if found.every else ()
        self.missing = []
        shown = [one for picture in Picture if (one := await self._picture(picture, speak)) is not None]
        self.drawn = True
        return ReportFacts(sentences, tuple(shown))

    async def _picture(self, picture: Picture, speak: Voice) -> ReportPicture | None:
        """A picture as SVG with its caption, or the caption alone if it cannot be drawn; None if there is none."""
        call, money = self._call, shows_money(self._call)
        days = self._scope.up_to_today
        found = await READ[picture](call, ChartScope(*days, money, money), ChartWriter(speak, dark=False))
        if not isinstance(found, CaptionedChart):
            return None
        try:
            drawing = call.drawings.begin(call.person.id, found.chart, PictureForm.SVG)
            content = await drawing.picture
        except (BusyError, NotDrawnError):
            self.missing.append(picture)
            return ReportPicture(speak.say(name_of(picture)), "", speak.say(found.caption))
        return ReportPicture(speak.say(name_of(picture)), content.decode(), speak.say(found.caption))


def _sentences(card: Reply, speak: Voice) -> Iterator[str]:
    """What the card of statistics says, line by line."""
    for part in card.parts:
        if isinstance(part, Fields):
            yield from (speak.say(say("report-line", label=label, value=value)) for label, value in part.rows)
        elif isinstance(part, Say):
            yield speak.say(say(NEUTRAL.get(part.id, part.id), **part.facts))
