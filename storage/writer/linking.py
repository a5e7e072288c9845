"""What every store checks before it writes a link or undoes one, and what it writes into the books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.links.following import PersonMerge, group_linked
from core.links.model import BooksState
from storage.errors import UnfitChangeError
from storage.writer.group_commit import Decided
from storage.writer.invariants import check_fits, wallet_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.ledger.model import Change, Snapshot
    from core.links.model import Link, LinkPlan, Step, UnlinkPlan
    from core.shared.ids import WalletId
    from core.wallets.people import Wallet

    Heads = Mapping[WalletId, Snapshot]


def linked(plan: LinkPlan, heads: Heads) -> list[Decided] | None:
    """What a link writes into the books, which are there as they are now; None if it was planned for others.

    The heads know how many imports there are.
    """
    books = [one for one in (plan.link.books, plan.link.closed) if one is not None]
    if any(one.wallet not in heads or _state(heads[one.wallet]) != one.before for one in books):
        return None
    return _carried_out(plan.steps, heads, {one.wallet: one.after for one in books})


def unlinked(plan: UnlinkPlan, heads: Heads) -> list[Decided] | None:
    """What the undo of a link writes into the books; None if it was planned for others."""
    return _carried_out(plan.steps, heads, {})


def _carried_out(steps: Iterable[Step], heads: Heads, end: Mapping[WalletId, BooksState]) -> list[Decided] | None:
    """The steps, each decided on what the one before it leaves. `end` is the state that wallets must have then."""
    now, found = dict(heads), list[Decided]()
    for key, before, change in steps:
        head = now.get(before.wallet)
        if head is None or (head.entries, head.seal, head.imports) != (before.entries, before.seal, before.imports):
            return None
        check_fits(head, change, key)
        now[head.wallet] = after = _after(head, change)
        found.append(Decided(head, change, after))
    for wallet, state in end.items():
        if _state(now[wallet]) != state:
            raise UnfitChangeError(f"a link would leave wallet {wallet} at {_state(now[wallet])}, not at {state}")
    return found


def _after(head: Snapshot, change: Change) -> Snapshot:
    batch = change.batch
    seen = (head.imports, head.import_seal) if batch is None else (batch.number, batch.seal)
    return wallet_after(head, change)._replace(imports=seen[0], import_seal=seen[1])


def _state(head: Snapshot) -> BooksState:
    return BooksState(head.entries, head.imports or 0, head.balance)


def wallets_fit(link: Link, merged: WalletId | None, kept: WalletId | None) -> bool:
    """Whether both persons have the wallets that they had when a link was planned. Where no books change, any do."""
    same = link.books is None or link.books.wallet == kept
    return same and merged == (None if link.closed is None else link.closed.wallet)


def unforeseen(link: Link, groups: Iterable[Wallet]) -> list[Wallet]:
    """The groups whose settings a link would have to change, but that were not known when it was planned."""
    who, planned = PersonMerge(link.persons, link.kept), {one.wallet for one in link.settings}
    return [one for one in groups if one.id not in planned and group_linked(one.settings, who) != one.settings]
