"""What is answered when something failed that nobody refused: an outage of the store, or an error of ours."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog

from bot.base.cache import Cache
from bot.base.errors import noted
from bot.command.incoming import Edited
from bot.reply.parts import reply, say
from core.shared.clock_steps import has_passed
from core.shared.refusals import UnavailableError

if TYPE_CHECKING:
    from datetime import datetime

    from bot.command.incoming import Incoming
    from bot.dispatch.writes import Writes
    from bot.reply.parts import Reply, Say
    from core.shared.ids import WalletId
    from core.shared.refusals import Outage
    from core.wallets.people import Wallet

log = structlog.get_logger()
REPORT_EVERY: Final = timedelta(minutes=1)
REMEMBERED: Final = timedelta(days=1)
"""How long it is remembered that an action has written something; platforms deliver nothing again after that."""
NOTHING: Final = say("stands-nothing")


class Failures:
    """Answers failures, and logs outages now and then."""

    def __init__(self, began: datetime) -> None:
        """Nothing has been logged yet. Of what was sent before this process `began`, another may have booked some."""
        self._began, self._wrote = began, Cache[bool]()
        self._reported: tuple[Outage, datetime] | None = None

    def wrote(self, incoming: Incoming) -> None:
        """An action has written something, or may have. It may arrive again."""
        self._wrote.put(incoming.key, True, incoming.at + REMEMBERED)  # noqa: FBT003 - a set with an end for each

    def answer(self, error: Exception, incoming: Incoming, writes: Writes, wallet: Wallet | None) -> Reply:
        """The answer to an outage or an unexpected error. It claims no more than is known: see decision 0025."""
        writes.failed, here = True, None if wallet is None else wallet.id
        standing, advice = writes.standing(here), self._advice(incoming, writes, here)
        if not isinstance(error, UnavailableError):
            number = noted(error, incoming.who.platform)
            return reply(*standing, say("fault"), advice, say("fault-number", id=number))
        self._report(error, incoming)
        again = say("unavailable-again") if advice == NOTHING else None
        return reply(*standing, say(f"unavailable-{error.why}"), advice, again)

    def _advice(self, incoming: Incoming, writes: Writes, wallet: WalletId | None) -> Say:
        """What to do now. What an edited line had booked before is not known here, and it stands."""
        if isinstance(incoming.said, Edited):
            return say("stands-edited")
        came_before = incoming.at < self._began or self._wrote.get(incoming.key, incoming.at)
        return say("stands-already") if came_before and not writes.any else writes.advice(wallet)

    def _report(self, error: UnavailableError, incoming: Incoming) -> None:
        """Log for the operator that the store is out of reach, but not at every message."""
        last = self._reported
        if last is None or last[0] is not error.why or has_passed(REPORT_EVERY, last[1], incoming.at):
            self._reported = error.why, incoming.at
            log.critical("books are out of reach", why=str(error.why))
