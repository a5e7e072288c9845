"""Plans a link from all that is known of both persons, and shows what it would do. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.booking import fingerprint
from core.ledger.sightings import BatchKind, standing
from core.links.model import Accounts, Books, Moved
from core.links.preview import LinkPreview, Side
from core.shared.refusals import RefusedError, TwoAccountsAlready

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.ledger.model import Entry
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.links.carrying import Act
    from core.links.model import Link, Step
    from core.links.preview import BalanceChoice, Doubtful, LinkAnswers
    from core.shared.ids import PersonId
    from core.wallets.people import Wallet


class Party(NamedTuple):
    """One of two who become one: the person, all whom they are already, and their wallet with its books, if any."""

    person: PersonId
    persons: tuple[PersonId, ...]
    wallet: Wallet | None = None
    record: Record | None = None

    @property
    def books(self) -> Record | None:
        """The books, if anything was ever booked or imported there."""
        record = self.record
        return record if record is not None and (record.entries or record.batches) else None

    @property
    def side(self) -> Side:
        """What is shown of it."""
        if self.record is None:
            return Side(self.person)
        head, entries = self.record.head, self.record.entries
        since = min((entry.when for entry in entries), default=None)
        return Side(self.person, head.wallet, head.balance, head.entries, since)


class Parties(NamedTuple):
    """Two who become one: who stands for both, and the other one."""

    kept: Party
    merged: Party


class Together(NamedTuple):
    """What becomes of the books of both, and what is shown of it. `steps` is None as long as a question is open."""

    steps: tuple[Step, ...] | None
    kept: Record
    merged: Record
    same: int = 0
    taken: tuple[Entry, ...] = ()
    dropped: tuple[Entry, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()
    balances: Mapping[BalanceChoice, int] = {}
    after: int | None = None


class Planned(NamedTuple):
    """What is shown of a link, and what it does to books. `books` and `closed` are as in `core.links.model.Link`."""

    shown: LinkPreview
    steps: tuple[Step, ...] = ()
    books: Books | None = None
    closed: Books | None = None


def in_order(one: Party, other: Party) -> Parties:
    """Whoever opened their wallet earlier stands for both, if anything is booked there."""
    return Parties(*sorted((one, other), key=_seniority))


def _seniority(party: Party) -> tuple[bool, bool, int, int]:
    """With books comes first, then with a wallet, then by age."""
    return party.books is None, party.wallet is None, party.wallet.id if party.wallet else 0, party.person


def plan_link(
    parties: Parties, accounts: Accounts | None, answers: LinkAnswers, act: Act, rulebook: Rulebook
) -> Planned:
    """What linking two persons would write, and show."""
    kept, merged = parties
    if kept.books is None or merged.books is None:
        return _alone(kept, merged)
    if any(standing(books.batches, BatchKind.BESIDE) for books in (kept.books, merged.books)):
        raise RefusedError(TwoAccountsAlready())
    if accounts is Accounts.TWO:
        together = _two(kept.books, merged.books, act, rulebook)
    elif accounts is Accounts.SAME:
        together = _same(kept.books, merged.books, answers, act, rulebook)
    else:
        return Planned(_stamped(LinkPreview(kept.side, merged.side, None, "")))
    shown = LinkPreview(
        kept.side,
        merged.side,
        accounts,
        "",
        together.same,
        together.taken,
        together.dropped,
        together.doubtful,
        together.balances,
        together.after,
        ready=together.steps is not None,
    )
    books = Books(kept.books.head.wallet, state_of(kept.books), state_of(together.kept))
    closed = Books(merged.books.head.wallet, state_of(merged.books), state_of(together.merged))
    return Planned(_stamped(shown), together.steps or (), books, closed)


def _alone(kept: Party, merged: Party) -> Planned:
    """At most one of them has books, so nothing is booked. A wallet in which nothing is gets closed."""
    shown = LinkPreview(kept.side, merged.side, Accounts.ALONE, "", after=kept.side.balance, ready=True)
    empty = None if merged.record is None else state_of(merged.record)
    closed = None if merged.wallet is None or empty is None else Books(merged.wallet.id, empty, empty)
    return Planned(_stamped(shown), closed=closed)


def _two(kept: Record, merged: Record, act: Act, rulebook: Rulebook) -> Together:
    from core.links.two import plan_two  # which knows all rules of the past; most starts of a bot see no link

    beside = plan_two(kept, merged, act, rulebook)
    return Together(beside.steps, beside.kept, beside.merged, taken=beside.taken, after=beside.kept.head.balance)


def _same(kept: Record, merged: Record, answers: LinkAnswers, act: Act, rulebook: Rulebook) -> Together:
    raise NotImplementedError(answers)


def plan_unlink(kept: Record, merged: Record, link: Link, act: Act, rulebook: Rulebook) -> tuple[Step, ...]:
    """The steps that take out of the kept books what a link booked there, and open the closed ones again."""
    from core.links.two import plan_undo

    return plan_undo(kept, merged, link, act, rulebook).steps


def state_of(record: Record) -> Moved:
    """The state of a wallet's books."""
    return Moved(record.head.entries, len(record.batches), record.head.balance)


def _stamped(shown: LinkPreview) -> LinkPreview:
    """The preview with the stamp of what it shows."""
    numbers = [[entry.number for entry in entries] for entries in (shown.taken, shown.dropped)]
    doubtful = [(one.entry.number, [entry.number for entry in one.candidates]) for one in shown.doubtful]
    figures = sorted((choice.value, connects) for choice, connects in shown.balances.items())
    sides = [(side.person, side.wallet, side.balance) for side in (shown.kept, shown.merged)]
    accounts = None if shown.accounts is None else shown.accounts.value
    return shown._replace(stamp=fingerprint(sides, accounts, shown.same, numbers, doubtful, figures, shown.after))
