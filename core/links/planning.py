"""Plans a link from all that is known of both persons, and shows what it would do. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.booking import fingerprint
from core.links.model import Accounts, LinkedBooks
from core.links.parties import state_of
from core.links.preview import LinkPreview
from core.links.same_account.plan import plan_same_account
from core.links.two_accounts import plan_two_accounts
from core.links.undoing import plan_undo
from core.shared.refusals import RefusedError, TwoAccountsAlready

if TYPE_CHECKING:
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.links.model import Link, Step
    from core.links.parties import Parties
    from core.links.preview import LinkAnswers
    from core.links.steps import LinkAction, ShownPlan


class Planned(NamedTuple):
    """What is shown of a link, and what it does to books. `books` and `closed` are as in `core.links.model.Link`."""

    shown: LinkPreview
    steps: tuple[Step, ...] = ()
    books: LinkedBooks | None = None
    closed: LinkedBooks | None = None


def plan_link(
    parties: Parties, accounts: Accounts | None, answers: LinkAnswers, act: LinkAction, rulebook: Rulebook
) -> Planned:
    """What linking two persons would write, and show."""
    kept, merged = parties
    asked = LinkPreview(kept.side(act.at), merged.side(act.at), accounts, "")
    if kept.books is None or merged.books is None:
        return _alone(parties, asked._replace(accounts=Accounts.ALONE))
    if kept.of_two_accounts:
        if not merged.is_unused:
            raise RefusedError(TwoAccountsAlready())
        accounts, asked = Accounts.SAME, asked._replace(accounts=Accounts.SAME)  # which does not matter
    if accounts is Accounts.TWO:
        return _written(parties, plan_two_accounts(kept.books, merged.books, act, rulebook, asked=asked))
    if accounts is Accounts.SAME:
        return _written(parties, plan_same_account(kept.books, merged.books, answers, act, rulebook, asked=asked))
    return Planned(_stamped(asked._replace(accounts=None)))


def plan_unlink(kept: Record, merged: Record, link: Link, act: LinkAction, rulebook: Rulebook) -> tuple[Step, ...]:
    """The steps that take out of the kept books what a link booked there, and open the closed ones again."""
    return plan_undo(kept, merged, link, act, rulebook).steps


def _alone(parties: Parties, asked: LinkPreview) -> Planned:
    """At most one of them has books, so nothing is booked. A wallet in which nothing is gets closed."""
    shown = _stamped(asked._replace(after=asked.kept.balance, ready=True))
    books, closed = (None if one.record is None else _books(one.record, one.record) for one in parties)
    return Planned(shown, (), books, closed)


def _written(parties: Parties, plan: ShownPlan) -> Planned:
    after = zip(parties, (plan.kept, plan.merged), strict=True)
    books, closed = (None if one.record is None else _books(one.record, then) for one, then in after)
    return Planned(_stamped(plan.shown), plan.steps, books, closed)


def _books(before: Record, after: Record) -> LinkedBooks:
    return LinkedBooks(before.head.wallet, state_of(before), state_of(after))


def _stamped(shown: LinkPreview) -> LinkPreview:
    """The preview with the stamp of what it shows."""
    numbers = [[entry.number for entry in entries] for entries in (shown.taken, shown.dropped)]
    doubtful = [(one.entry.number, [entry.number for entry in one.candidates]) for one in shown.doubtful]
    figures = sorted((choice.value, connects) for choice, connects in shown.balances.items())
    found = shown.same, shown.after, shown.difference, shown.derived, shown.recosted
    sides = [(side.person, side.wallet, side.balance) for side in (shown.kept, shown.merged)]
    accounts = None if shown.accounts is None else shown.accounts.value
    return shown._replace(stamp=fingerprint(sides, accounts, numbers, doubtful, figures, found))
