"""What is answered when something failed that nobody refused: an outage of the store, or an error of ours."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog

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


class Failures:
    """Answers failures, and logs outages now and then."""

    def __init__(self) -> None:
        """Nothing has been logged yet."""
        self._reported: tuple[Outage, datetime] | None = None

    def answer(self, error: Exception, incoming: Incoming, writes: Writes, wallet: Wallet | None) -> Reply:
        """The answer to an outage or an unexpected error. It claims no more than is known: see decision 0025."""
        writes.failed, here = True, None if wallet is None else wallet.id
        standing, advice = writes.standing(here), _advice(incoming, writes, here)
        if not isinstance(error, UnavailableError):
            number = noted(error, incoming.who.platform)
            return reply(*standing, say("fault"), advice, say("fault-number", id=number))
        self._report(error, incoming)
        again = None if writes.any or isinstance(incoming.said, Edited) else say("unavailable-again")
        return reply(*standing, say(f"unavailable-{error.why}"), advice, again)

    def _report(self, error: UnavailableError, incoming: Incoming) -> None:
        """Log for the operator that the store is out of reach, but not at every message."""
        last = self._reported
        if last is None or last[0] is not error.why or has_passed(REPORT_EVERY, last[1], incoming.at):
            self._reported = error.why, incoming.at
            log.critical("books are out of reach", why=str(error.why))


def _advice(incoming: Incoming, writes: Writes, wallet: WalletId | None) -> Say:
    """What to do after a failure. What an edited line had booked before is not known here, and it stands."""
    return say("stands-edited") if isinstance(incoming.said, Edited) else writes.advice(wallet)
