"""The daily look: once a day, at nine in its zone, each wallet is looked at by itself, and its holder told what is due.

The time of the next look stands in the agenda. A look that comes late is made once, and tells what still makes sense.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.alerts.catalogue import due_alerts
from core.alerts.forecast import burn_rate
from core.alerts.promotions import promotional
from core.alerts.review_context import MADE_GOOD, ReviewContext
from core.alerts.runway import RUNWAY, armed_again, crossing
from core.scheduling.task import TaskResult
from core.shared.calendar import next_nine
from core.shared.ids import WalletId
from core.shared.refusals import RefusedError

if TYPE_CHECKING:
    from core.alerts.ports import AlertStore
    from core.ledger.model import Entry, Lot, Snapshot
    from core.ledger.rulebook import Rulebook
    from core.scheduling.task import Task
    from core.wallets.settings import Settings

READ: Final = timedelta(days=40)
"""How far back the journal is read: a month, and as far as the first Monday of the next."""
PAGE: Final = 200
QUIET: Final = timedelta(days=28)
AHEAD: Final = 8
FIRST: Final = datetime.fromtimestamp(0, UTC)
"""When the first look of a wallet is due that was there before there were looks."""


class DailyReview:
    """Looks at one wallet when it is its time."""

    def __init__(self, store: AlertStore, rulebook: Rulebook) -> None:
        """Look at the wallets in `store`, by the figures of `rulebook`."""
        self._store, self._book = store, rulebook

    async def run(self, due: Task, now: datetime) -> TaskResult:
        """What is to be told of a wallet, and when to look again (None: it is no more)."""
        wallet = WalletId(int(due.name.split(":")[1]))
        try:
            settings = await self._store.people.settings_of(wallet)
            facts = await self._facts(await self._store.ledger.holding(wallet), settings, due.at, now)
        except RefusedError:
            return TaskResult()
        await self._arm(facts)
        return TaskResult(due_alerts(facts), next_review(facts))

    async def _facts(self, wallet: Snapshot, settings: Settings, due: datetime, now: datetime) -> ReviewContext:
        entries, began = await self._entries(wallet, now - READ)
        since = now + MADE_GOOD if due == FIRST else due  # nothing is told of what was before
        pace_now = burn_rate(entries, began or now, now)
        warned = RUNWAY.enabled(settings) and pace_now is not None
        armed = (await self._store.notes.note(_armed(wallet.wallet), now) or "") if warned else ""
        titles = {lot.number: await self._title(wallet, lot) for _, lot in promotional(wallet, now)}
        return ReviewContext(wallet, settings, self._book, entries, began or now, pace_now, since, now, armed, titles)

    async def _entries(self, wallet: Snapshot, since: datetime) -> tuple[tuple[Entry, ...], datetime | None]:
        """The entries since a time, oldest first, and the date of the oldest that was read."""
        found: list[Entry] = []
        before, oldest = wallet.entries + 1, wallet.at
        while before > 1 and oldest is not None and oldest >= since:
            page = await self._store.ledger.history(wallet.wallet, before, PAGE)
            found += page
            before, oldest = page[-1].number, page[-1].at
        return tuple(entry for entry in reversed(found) if entry.at >= since), oldest

    async def _title(self, wallet: Snapshot, lot: Lot) -> str:
        """The title of the promotion that gave a lot: the words of the entry in which the lot came into being.

        Entries are in the order of their dates, so that it is found by halving.
        """
        low, high = 1, wallet.entries
        while low < high:
            middle = (low + high) // 2
            entry = await self._store.ledger.entry(wallet.wallet, middle)
            low, high = (middle + 1, high) if entry is None or entry.at < lot.issued else (low, middle)
        for number in range(low, min(low + PAGE, wallet.entries + 1)):
            entry = await self._store.ledger.entry(wallet.wallet, number)
            if entry is None or entry.at > lot.issued:
                break
            if entry.postings[0].lot == lot.number:
                return entry.memo
        return ""

    async def _arm(self, facts: ReviewContext) -> None:
        """Once told that its Connects do not last, a wallet that has enough again is armed anew, and that is kept."""
        wallet = facts.wallet.wallet
        told = f"{RUNWAY.code}:{wallet}:{crossing(facts)}"
        if armed_again(facts) and await self._store.outbox.deliveries(told):
            await self._store.notes.put_note(_armed(wallet), facts.now.isoformat(), None)


def next_review(facts: ReviewContext) -> datetime:
    """Tomorrow at nine; where nothing has moved for four weeks, when there will be something to tell, or on Monday."""
    mornings = [next_nine(facts.zone, facts.now)]
    at = facts.wallet.at
    if at is not None and facts.now - at < QUIET:
        return mornings[0]
    while len(mornings) < AHEAD:
        mornings.append(next_nine(facts.zone, mornings[-1]))
    return next(morning for morning in mornings if _is_worth_it(facts, morning))


def _is_worth_it(facts: ReviewContext, morning: datetime) -> bool:
    then = facts._replace(since=morning, now=morning)
    return then.today.weekday() == 0 or bool(due_alerts(then))


def _armed(wallet: WalletId) -> str:
    """The name of the note that keeps since when a wallet is armed."""
    return f"runway:{wallet}"
