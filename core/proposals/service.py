"""The proposals' service: lists and cards that are up to date, and what somebody says of a proposal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.booking import fingerprint
from core.forecast.advice import LooseEnds
from core.ledger.change_keys import own_key
from core.ledger.entry_builder import Intent
from core.ledger.ports import Key
from core.ledger.seal import new_secret
from core.ledger.sightings import BatchKind, standing
from core.proposals import telling
from core.proposals.findings import RECENT, news_is_old, overdue
from core.proposals.listing import Trait, Wanted, counts_of, in_state, wanted_in_all, words_of
from core.proposals.refreshing import refresh
from core.proposals.refs import Ref, entry_ref, own_ref, ref_named, told_of
from core.proposals.refunds import refunds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from core.ledger.requests import Request
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import Batch, ProposalSighting
    from core.proposals.findings import Overdue
    from core.proposals.model import Filter, Proposal, Shown
    from core.proposals.ports import ProposalStore
    from core.shared.ids import WalletId
    from core.shared.ports import Clock

EVERY: Final = 1_000_000


class Listed(NamedTuple):
    """A page of a list: its proposals, how many there are in all, and how many each list has by the same filter."""

    proposals: tuple[Proposal, ...]
    total: int
    counts: Mapping[Shown, int]


class Told(NamedTuple):
    """What somebody said, as an import; and the proposal that it is, or was, of (None: it is not clear which)."""

    batch: Batch
    proposal: Proposal | None
    replayed: bool = False


class Proposals:
    """What became of bids and invitations. Refusals are raised as `RefusedError`.

    Cards are derived from the journal and the imports. They are brought up to date when they are read, so that booking
    takes no longer because of them.
    """

    def __init__(
        self, store: ProposalStore, rulebook: Rulebook, clock: Clock, secret: Callable[[], str] = new_secret
    ) -> None:
        """Read from and book into `store`; `secret` gives each change the secret of its texts."""
        self._store, self.rulebook, self.clock, self._secret = store, rulebook, clock, secret

    def over(self, store: ProposalStore) -> Proposals:
        """The same service, reached through another view of the same store."""
        return Proposals(store, self.rulebook, self.clock, self._secret)

    async def page(self, wallet: WalletId, which: Filter, *, skip: int = 0, limit: int = 5) -> Listed:
        """A page of the proposals that a filter lets through, newest first."""
        await refresh(self._store, wallet)
        settings = await self._store.people.settings_of(wallet)
        recent = self.clock.now() - timedelta(days=settings.alerts.answer)
        wanted = wanted_in_all(which, settings)
        counts = counts_of(await self._store.proposals.tally(wallet, wanted, recent))
        found = await self._store.proposals.page(wallet, in_state(wanted, which.shown, recent), skip, limit)
        return Listed(found, counts[which.shown], counts)

    async def find(self, wallet: WalletId, name: str) -> Proposal | None:
        """The proposal that is called so: after one of its entries or lines, such as "12", "#12" or "7-3"."""
        ref = ref_named(name)
        return None if ref is None else (await self._named(wallet, [ref])).get(ref)

    async def of_entries(self, wallet: WalletId, numbers: Iterable[int]) -> Mapping[int, Proposal]:
        """The proposals of these entries. An entry that is of none is left out."""
        found = await self._named(wallet, map(entry_ref, numbers))
        return {ref.number: proposal for ref, proposal in found.items()}

    async def _named(self, wallet: WalletId, refs: Iterable[Ref]) -> Mapping[Ref, Proposal]:
        await refresh(self._store, wallet)
        return await self._store.proposals.named(wallet, tuple(refs))

    async def on_job(self, wallet: WalletId, job: str) -> tuple[Proposal, ...]:
        """The proposals on a job, newest first, invitations included."""
        return await self._wanted(wallet, Wanted(job=job)) if job else ()

    async def titled(self, wallet: WalletId, words: str, limit: int = 6) -> tuple[Proposal, ...]:
        """The newest proposals whose titles have all these words, invitations included."""
        return await self._wanted(wallet, Wanted(words=words_of(words)), limit)

    async def every(self, wallet: WalletId) -> tuple[Proposal, ...]:
        """All proposals of a wallet, newest first, invitations included."""
        return await self._wanted(wallet, Wanted())

    async def pages(self, wallet: WalletId, size: int) -> AsyncIterator[tuple[Proposal, ...]]:
        """All of them in the order of their names, so many at a time."""
        await refresh(self._store, wallet)
        after = Ref(0, 0)
        while found := await self._store.proposals.by_ref(wallet, after, size):
            yield found
            after = own_ref(found[-1])

    async def stale(self, wallet: WalletId, before: datetime, limit: int) -> tuple[Proposal, ...]:
        """The newest proposals that were sent before a moment and have neither been answered nor ended."""
        return await self._wanted(wallet, Wanted(Trait.WAITING, before=before), limit)

    async def loose_ends(self, wallet: WalletId, batches: Sequence[Batch]) -> LooseEnds:
        """What the proposals of a wallet with these imports leave open: refunds, and bids of which nobody has news."""
        now = self.clock.now()
        late: Overdue | None = None
        silent: Sequence[Proposal] = ()
        if standing(tuple(batches), BatchKind.HISTORY):
            days = timedelta(days=self.rulebook.returns_due_days)
            late = overdue(refunds(await self._wanted(wallet, Wanted(Trait.ENDED)), batches, now, days), days)
        if news_is_old(batches, now):
            settings = await self._store.people.settings_of(wallet)
            before = now - timedelta(days=settings.alerts.answer)
            found = await self._wanted(wallet, Wanted(Trait.WAITING, now - RECENT, before))
            silent = [one for one in found if one.since < before]
        bid = sum(max(one.net.connects, 0) for one in silent)
        return LooseEnds(*(late or (0, 0)), silent=len(silent), bid=bid)

    async def _wanted(self, wallet: WalletId, wanted: Wanted, limit: int = EVERY) -> tuple[Proposal, ...]:
        await refresh(self._store, wallet)
        return await self._store.proposals.page(wallet, wanted, 0, limit)

    async def tell(self, request: Request, told: ProposalSighting, day: date | None = None) -> Told:
        """Book what somebody says of a proposal, as of a day (None: now). The same request books once."""
        told = told._replace(line=1)
        intent = self._intent(request, "tell", told, *filter(None, [day]))
        batch, replayed = await telling.tell(self._store.ledger, request.wallet, intent, told, day)
        found = await self._named(request.wallet, [Ref(batch.number, 1), *told_of(told)])
        return Told(batch, next(iter(found.values()), None), replayed)

    async def take_back(self, request: Request, number: int) -> Told:
        """Undo what somebody said, which is the import with this number. The same request undoes once."""
        intent = self._intent(request, "take back", number)
        batch, replayed = await telling.take_back(self._store.ledger, request.wallet, intent, number)
        found = await self._named(request.wallet, told_of(batch.proposals[0]))
        return Told(batch, next(iter(found.values()), None), replayed)

    def _intent(self, request: Request, *asked: object) -> Intent:
        key = Key(own_key(request.key), fingerprint(request.wallet, *asked))
        return Intent(key, self.clock.now(), request.by, secret=self._secret())
