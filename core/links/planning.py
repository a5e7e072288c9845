"""Plans a link from all that is known of both persons, and shows what it would do. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.booking import fingerprint
from core.ledger.sightings import BatchKind, standing
from core.links.model import Accounts, Books
from core.links.parties import state_of
from core.links.preview import LinkPreview
from core.links.same import plan_same
from core.links.two import plan_two, plan_undo
from core.shared.refusals import RefusedError, TwoAccountsAlready

if TYPE_CHECKING:
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.links.carrying import Act
    from core.links.model import Link, Step
    from core.links.parties import Parties, Party
    from core.links.preview import LinkAnswers, Side
    from core.links.same import SamePlan


class Planned(NamedTuple):
    """What is shown of a link, and what it does to books. `books` and `closed` are as in `core.links.model.Link`."""

    shown: LinkPreview
    steps: tuple[Step, ...] = ()
    books: Books | None = None
    closed: Books | None = None


def plan_link(
    parties: Parties, accounts: Accounts | None, answers: LinkAnswers, act: Act, rulebook: Rulebook
) -> Planned:
    """What linking two persons would write, and show."""
    kept, merged = parties
    sides = kept.side(act.at), merged.side(act.at)
    if kept.books is None or merged.books is None:
        return _alone(merged, *sides)
    if any(standing(books.batches, BatchKind.BESIDE) for books in (kept.books, merged.books)):
        raise RefusedError(TwoAccountsAlready())
    if accounts is Accounts.TWO:
        planned = _two(kept.books, merged.books, act, rulebook, LinkPreview(*sides, accounts, ""))
    elif accounts is Accounts.SAME:
        planned = _same(plan_same(kept.books, merged.books, answers, act, rulebook), LinkPreview(*sides, accounts, ""))
    else:
        planned = Planned(LinkPreview(*sides, None, ""))
    return planned._replace(shown=_stamped(planned.shown))


def _alone(merged: Party, kept_side: Side, merged_side: Side) -> Planned:
    """At most one of them has books, so nothing is booked. A wallet in which nothing is gets closed."""
    shown = LinkPreview(kept_side, merged_side, Accounts.ALONE, "", after=kept_side.balance, ready=True)
    empty = None if merged.record is None else state_of(merged.record)
    closed = None if merged.wallet is None or empty is None else Books(merged.wallet.id, empty, empty)
    return Planned(_stamped(shown), closed=closed)


def _two(kept: Record, merged: Record, act: Act, rulebook: Rulebook, asked: LinkPreview) -> Planned:
    beside = plan_two(kept, merged, act, rulebook)
    shown = asked._replace(taken=beside.taken, after=beside.kept.head.balance, ready=True)
    books = Books(kept.head.wallet, state_of(kept), state_of(beside.kept))
    closed = Books(merged.head.wallet, state_of(merged), state_of(beside.merged))
    return Planned(shown, beside.steps, books, closed)


def _same(plan: SamePlan, asked: LinkPreview) -> Planned:
    shown = asked._replace(
        same=plan.same,
        taken=plan.taken,
        dropped=plan.dropped,
        doubtful=plan.doubtful,
        balances=plan.balances,
        after=plan.after,
        difference=plan.difference,
        derived=sum(supply.connects for supply in plan.derived),
        recosted=len(plan.recosted),
        ready=plan.ready,
    )
    steps = plan.steps if plan.close is None else (*plan.steps, plan.close)
    return Planned(shown, steps, plan.books, plan.closed)


def plan_unlink(kept: Record, merged: Record, link: Link, act: Act, rulebook: Rulebook) -> tuple[Step, ...]:
    """The steps that take out of the kept books what a link booked there, and open the closed ones again."""
    return plan_undo(kept, merged, link, act, rulebook).steps


def _stamped(shown: LinkPreview) -> LinkPreview:
    """The preview with the stamp of what it shows."""
    numbers = [[entry.number for entry in entries] for entries in (shown.taken, shown.dropped)]
    doubtful = [(one.entry.number, [entry.number for entry in one.candidates]) for one in shown.doubtful]
    figures = sorted((choice.value, connects) for choice, connects in shown.balances.items())
    found = shown.same, shown.after, shown.difference, shown.derived, shown.recosted
    sides = [(side.person, side.wallet, side.balance) for side in (shown.kept, shown.merged)]
    accounts = None if shown.accounts is None else shown.accounts.value
    return shown._replace(stamp=fingerprint(sides, accounts, numbers, doubtful, figures, found))
