"""The daily review: at nine in its time zone, each wallet is checked for alerts that are due.

The next review of a wallet is a scheduled task. A late review runs once, and sends only what still makes sense.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from core.alerts.catalogue import due_alerts
from core.alerts.review_context import OVERLAP, ReviewContext
from core.alerts.types.digest import DIGEST, week_before
from core.alerts.types.promotions import promotional
from core.alerts.types.runway import RUNWAY, crossing, is_enough_to_rearm
from core.alerts.types.stale import STALE
from core.alerts.types.team_week import targets_in, week_due
from core.alerts.waiting import MOST_WAITING, AskedAbout, first_worthwhile, to_ask
from core.forecast.burn_rate import books_began, burn_rate
from core.scheduling.task import TaskResult
from core.shared.calendar import day_in, next_nine
from core.shared.ids import WalletId
from core.shared.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.alerts.ports import AlertStore, TeamWeek, TeamWeeks, Waiting, WaitingProposals
    from core.delivery.notice import Notice
    from core.ledger.model import Lot, Snapshot
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import Batch
    from core.scheduling.task import Task
    from core.wallets.settings import Settings

READ_BACK: Final = timedelta(days=40)
"""How far back the journal is read: the digest of a month is sent up to a week after its end."""
SAME_MOMENT: Final = 200
"""Among how many entries of one moment the one that issued a lot is looked for."""
IDLE_AFTER: Final = timedelta(days=28)
"""How long after its last entry a wallet counts as idle, so that it is reviewed only when something is due."""
MORNINGS_AHEAD: Final = 8
"""How many mornings are tried for an idle wallet; one of them is a Monday."""
FIRST: Final = datetime.fromtimestamp(0, UTC)
"""When the first review of a wallet is due that is older than the daily review."""


class DailyReview:
    """Runs the daily review of a wallet when its task is due."""

    def __init__(
        self, store: AlertStore, rulebook: Rulebook, proposals: WaitingProposals, teams: TeamWeeks | None = None
    ) -> None:
        """Review the wallets in `store`, by the figures of `rulebook`; `proposals` knows those that wait.

        `teams` knows who spent what (None: no wallet is shared).
        """
        self._store, self._rulebook, self._proposals, self._teams = store, rulebook, proposals, teams

    async def run(self, due: Task, now: datetime) -> TaskResult:
        """The notices that are due, and the time of the next review (none of either if the wallet no longer exists)."""
        wallet = WalletId(int(due.name.split(":")[1]))
        try:
            settings = await self._store.people.settings_of(wallet)
            holding, since = await self._store.ledger.holding(wallet), min(due.at, now)
            context = await self._context(holding, settings, since, now)
        except RefusedError:
            return TaskResult()
        context = context._replace(team=await self._team_week(context))
        if context.team is not None or (DIGEST.enabled(settings) and week_before(context) is not None):
            ends = await self._proposals.loose_ends(wallet, context.batches)
            context = context._replace(ends=ends)
        await self._rearm(context)
        notices = due_alerts(context)
        await self._note_asked(context, notices)
        return TaskResult(notices, next_review(context))

    async def _context(self, wallet: Snapshot, settings: Settings, due: datetime, now: datetime) -> ReviewContext:
        entries = await self._store.ledger.happened_since(wallet.wallet, now - READ_BACK)
        batches = await self._store.ledger.batches(wallet.wallet)
        began = books_began(entries, wallet.entries, now - READ_BACK, now)
        rate = burn_rate(entries, began, now)
        needs_note = RUNWAY.enabled(settings) and rate is not None
        return ReviewContext(
            wallet,
            settings,
            self._rulebook,
            entries,
            began,
            rate,
            since=now + OVERLAP if due == FIRST else due,  # a first review reports nothing of the past
            now=now,
            rearmed=(await self._store.notes.note(_rearm_note(wallet.wallet), now) or "") if needs_note else "",
            titles={lot.number: await self._title(wallet, lot) for _, lot in promotional(wallet, now)},
            batches=batches,
            waiting=await self._waiting(wallet, settings, batches, now),
        )

    async def _team_week(self, context: ReviewContext) -> TeamWeek | None:
        """Who spent what in the week before the last Friday, if its summary is wanted and due."""
        days = week_due(context)
        if self._teams is None or days is None:
            return None
        return await self._teams.week(context.wallet.wallet, days, targets_in(context.settings, days))

    async def _waiting(
        self, wallet: Snapshot, settings: Settings, batches: tuple[Batch, ...], now: datetime
    ) -> tuple[Waiting, ...]:
        """The proposals about which somebody may be asked today. Whoever has left the books alone is not asked."""
        last = max((at for at in (wallet.at, *(batch.at for batch in batches[-1:])) if at is not None), default=None)
        if not STALE.enabled(settings) or last is None or now - last >= IDLE_AFTER:
            return ()
        before = now - timedelta(days=settings.alerts.answer)
        found = await self._proposals.stale(wallet.wallet, before, MOST_WAITING)
        asked = await AskedAbout(self._store.notes, wallet.wallet).days(now) if found else {}
        return to_ask(found, asked, first_worthwhile(batches, now), before, day_in(settings.zone, now))

    async def _note_asked(self, context: ReviewContext, notices: Sequence[Notice]) -> None:
        for notice in notices:
            if notice.code == STALE.code:
                asked = AskedAbout(self._store.notes, context.wallet.wallet)
                await asked.note(str(notice.facts["ref"]), context.today, context.now)

    async def _title(self, wallet: Snapshot, lot: Lot) -> str:
        """The title of the promotion that gave a lot: the memo of the entry that issued the lot.

        Entries are in the order in which they were booked, and a promotion's are booked as they happen, so that a
        binary search finds it.
        """
        low, high = 1, wallet.entries
        while low < high:
            middle = (low + high) // 2
            entry = await self._store.ledger.entry(wallet.wallet, middle)
            low, high = (middle + 1, high) if entry is None or entry.at < lot.issued else (low, middle)
        for number in range(low, min(low + SAME_MOMENT, wallet.entries + 1)):
            entry = await self._store.ledger.entry(wallet.wallet, number)
            if entry is None or entry.at > lot.issued:
                break
            if entry.postings[0].lot == lot.number:
                return entry.memo
        return ""

    async def _rearm(self, context: ReviewContext) -> None:
        """Re-arm the runway alert if its warning was sent and there are enough Connects again."""
        wallet = context.wallet.wallet
        warning = f"{RUNWAY.code}:{wallet}:{crossing(context)}"
        if is_enough_to_rearm(context) and await self._store.outbox.deliveries(warning):
            await self._store.notes.put_note(_rearm_note(wallet), context.now.isoformat(), None)


def next_review(context: ReviewContext) -> datetime:
    """Tomorrow at nine; for an idle wallet, the first morning on which an alert will be due, or Monday."""
    mornings = [next_nine(context.zone, context.now)]
    last_entry_at = context.wallet.at
    if last_entry_at is not None and context.now - last_entry_at < IDLE_AFTER:
        return mornings[0]
    while len(mornings) < MORNINGS_AHEAD:
        mornings.append(next_nine(context.zone, mornings[-1]))
    return next(morning for morning in mornings if _is_worthwhile(context, morning))


def _is_worthwhile(context: ReviewContext, morning: datetime) -> bool:
    hypothetical = context._replace(since=morning, now=morning)
    return hypothetical.today.weekday() == 0 or bool(due_alerts(hypothetical))


def _rearm_note(wallet: WalletId) -> str:
    """The name of the note that keeps when the runway alert of a wallet was last re-armed."""
    return f"runway:{wallet}"
