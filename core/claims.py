"""The rule by which a promotion's claim is booked: once for each person, never more than its supply holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import AlreadyDone, Refusal, SoldOut
from core.model import Change, Given, Kind, Mark, Source, supply_of
from core.notices import Notice
from core.page import Wish, open_page
from core.promotions import ClaimState, mark_of_claim

if TYPE_CHECKING:
    from core.model import PersonId, Snapshot, WalletId
    from core.people import ChatRef
    from core.promotions import Promotion
    from core.rulebook import Rulebook


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
