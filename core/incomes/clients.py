"""Who paid, which proposal won them, and when that was earned back."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from core.incomes.model import Client
from core.ledger.sightings import ProposalState
from core.proposals.model import ProposalKind
from core.shared.names import folded, unpunctuated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from core.incomes.model import Income
    from core.proposals.model import Proposal
    from core.shared.money import Price

FEWEST_LETTERS: Final = 6
"""A shorter title may stand in the words of an income by chance."""


class BidsPerClient(NamedTuple):
    """How many bids were sent until the last of so many clients was won, and their net cost in Connects."""

    bids: int
    clients: int
    connects: int

    @property
    def connects_each(self) -> int:
        """Connects for each client, rounded."""
        return round(self.connects / self.clients)


def clients_of(
    incomes: Sequence[Income], proposals: Sequence[Proposal], named: Mapping[str, str]
) -> tuple[Client, ...]:
    """The clients who paid, those who paid last first. `named` are proposals that somebody has named, by `client_key`.

    Otherwise a proposal has won a client if its title stands in what an income was for, and no other's does.
    """
    by_ref = {str(number): proposal for proposal in proposals for number in proposal.entries}
    by_ref |= {proposal.ref: proposal for proposal in proposals}
    grouped: defaultdict[str, list[Income]] = defaultdict(list)
    for income in sorted(incomes, key=lambda one: (one.day, one.ref)):
        grouped[client_key(income)].append(income)
    found = [
        _client(paid, by_ref.get(named.get(key, "")) or _titled(paid, proposals), sure=named.get(key, "") in by_ref)
        for key, paid in grouped.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.last, one.name), reverse=True))


def client_key(income: Income) -> str:
    """What distinguishes a client: the name or, where the list names nobody, what was paid for."""
    return folded(income.client or income.about)


def _client(paid: Sequence[Income], won: Proposal | None, *, sure: bool) -> Client:
    first, last = paid[0], paid[-1]
    earned = _sums(income.amount for income in paid)
    back = None if won is None else _earned_back(paid, won)
    return Client(client_key(last), last.client or last.about, earned, len(paid), first.day, last.day, won, sure, back)


def _sums(amounts: Iterable[Price]) -> tuple[Price, ...]:
    sums: dict[str, Price] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, amount.none) + amount
    return tuple(sums[currency] for currency in sorted(sums))


def _titled(paid: Iterable[Income], proposals: Sequence[Proposal]) -> Proposal | None:
    """The one proposal whose title stands in what was paid for; of several only the one that is known as a hire."""
    found: dict[str, Proposal] = {}
    for income in paid:
        about = f" {unpunctuated(income.about)} "
        found |= {one.ref: one for one in proposals if _is_for(one, about, income.day)}
    hired = [one for one in found.values() if one.stage is ProposalState.HIRED]
    some = hired or list(found.values())
    return some[0] if len(some) == 1 else None


def _is_for(proposal: Proposal, about: str, day: date) -> bool:
    title = unpunctuated(proposal.title)
    return len(title) >= FEWEST_LETTERS and f" {title} " in about and proposal.sent.date() <= day


def _earned_back(paid: Sequence[Income], won: Proposal) -> date | None:
    """The day on which the incomes reached what the proposal cost; None if that cannot be told."""
    net = won.net
    if net.unknown or len(net.money) > 1 or won.unclear:
        return None
    if not net.money:
        return paid[0].day
    cost, earned = net.money[0], 0
    for income in paid:
        if income.amount.currency != cost.currency:
            return None
        earned += income.amount.total
        if earned >= cost.total:
            return income.day
    return None


def candidates(client: Client, proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals that may have won a client, the likeliest first: hires, then answered ones, sent before."""
    order = (ProposalState.HIRED, ProposalState.OFFERED, ProposalState.INTERVIEW, ProposalState.REPLIED)
    before = [one for one in proposals if one.sent.date() <= client.first]
    answered = [one for one in before if one.stage in order or one.kind is ProposalKind.INVITATION]
    rank = {stage: number for number, stage in enumerate(order)}
    return tuple(sorted(answered, key=lambda one: rank.get(one.stage, len(order))))


def bids_per_client(clients: Sequence[Client], proposals: Sequence[Proposal]) -> BidsPerClient | None:
    """What all bids cost until the last client was won; None if nobody can say, or if it is one bid for each."""
    won = {client.won.ref: client.won for client in clients if client.won is not None}
    if not won:
        return None
    last = max(one.sent for one in won.values())
    bids = [one for one in proposals if one.sent <= last and one.entries]
    if len(bids) <= len(won) or any(one.unclear for one in bids):
        return None
    return BidsPerClient(len(bids), len(won), sum(one.net.connects for one in bids))
