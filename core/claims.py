"""The rule by which a promotion's claim is booked: once for each person, never more than its supply holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import AlreadyDone, Refusal, SoldOut
from core.model import Change, Given, Kind, Mark, Source, supply_of
from core.page import Wish, open_page
from core.promotions import mark_of_claim

if TYPE_CHECKING:
    from core.model import PersonId, Snapshot
    from core.promotions import Promotion
    from core.rulebook import Rulebook


def give(before: Snapshot, wish: Wish, promotion: Promotion, person: PersonId, book: Rulebook) -> Change | Refusal:
    """Book what a promotion gives to a person, out of its supply as it is under the lock."""
    supply = supply_of(promotion.id)
    mark = mark_of_claim(supply, person)
    if (taken := next((one for one in before.marks if one.name == mark), None)) is not None:
        return AlreadyDone("promotion", taken.number if taken.wallet == before.wallet else 0)
    gives = promotion.terms.gives
    if before.left is not None and before.left < gives:
        return SoldOut(promotion.id, before.left)
    page = open_page(before, wish, book)
    page.issue(Source.PROMOTION, gives, days=promotion.terms.expires_days, out_of=supply)
    page.enter(Kind.GRANT)
    made = (Mark(mark, before.wallet, page.entries[-1].number),)
    return page.change(made, given=Given(promotion.id, person, gives))
