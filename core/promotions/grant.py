"""The rule by which a promotion's claim is booked: once for each person, never more than its supply holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.delivery.notice import Notice
from core.ledger.earning import mark_of_claim
from core.ledger.entry_builder import Wish, open_page
from core.ledger.model import Change, Given, Kind, Mark, Source, supply_of
from core.promotions.model import ClaimState
from core.shared.refusals import AlreadyDone, Refusal, SoldOut

if TYPE_CHECKING:
    from core.ledger.model import Snapshot
    from core.ledger.rulebook import Rulebook
    from core.promotions.model import Promotion
    from core.shared.ids import PersonId, WalletId
    from core.wallets.people import ChatRef


def give(
    before: Snapshot,
    wish: Wish,
    promotion: Promotion,
    person: PersonId,
    book: Rulebook,
    *,
    chat: ChatRef | None = None,
) -> Change | Refusal:
    """Book what a promotion gives to a person, out of its supply and by their claim as both are under the lock."""
    supply = supply_of(promotion.id)
    mark = mark_of_claim(supply, person)
    if (taken := next((one for one in before.marks if one.name == mark), None)) is not None:
        return AlreadyDone("promotion", taken.number if taken.wallet == before.wallet else 0)
    approval, gives = promotion.terms.approval, promotion.terms.gives
    if approval and before.claimed != ClaimState.ASKED:
        return AlreadyDone(f"claim_{before.claimed or 'never'}", 0)
    if before.left is not None and before.left < gives:
        return SoldOut(promotion.id, before.left)
    page = open_page(before, wish, book)
    page.issue(Source.PROMOTION, gives, days=promotion.terms.expires_days, out_of=supply)
    page.enter(Kind.GRANT)
    made = (Mark(mark, before.wallet, page.entries[-1].number),)
    change = page.change(made, given=Given(promotion.id, person, gives, chat))
    return (
        change._replace(notices=(*change.notices, verdict(promotion, before.wallet, "approved")))
        if approval
        else change
    )


def verdict(promotion: Promotion, wallet: WalletId, became: str) -> Notice:
    """What who asked for it is told of what became of their claim: approved, or refused."""
    facts: dict[str, str | int] = {"title": promotion.terms.title, "gives": promotion.terms.gives}
    return Notice(f"{promotion.about}:{became}:{wallet}", f"promotion-{became}", facts, wallet)
