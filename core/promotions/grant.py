"""The rule that books a claim: once for each person, and never more than the promotion's supply holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.delivery.notice import Notice
from core.ledger.earning import already_taken, once_key_of_promotion
from core.ledger.entry_builder import Intent, builder_for
from core.ledger.model import Change, Kind, Source, SupplyDraw, supply_of
from core.ledger.rules import reverse
from core.promotions.model import ClaimState
from core.shared.refusals import AlreadyDone, Refusal, SoldOut, Unknown

if TYPE_CHECKING:
    from core.ledger.model import Snapshot
    from core.ledger.rulebook import Rulebook
    from core.promotions.model import Claim, Promotion
    from core.shared.ids import PersonId, WalletId
    from core.wallets.people import ChatRef


def grant_claim(
    before: Snapshot,
    intent: Intent,
    promotion: Promotion,
    person: PersonId,
    rulebook: Rulebook,
    *,
    chat: ChatRef | None = None,
) -> Change | Refusal:
    """Book what a promotion gives to a person. Its supply and the claim are those of the snapshot, under the lock."""
    supply = supply_of(promotion.id)
    once_key = once_key_of_promotion(supply, person)
    if taken := already_taken(before, once_key, "promotion"):
        return taken
    approval, gives = promotion.terms.approval, promotion.terms.gives
    if not approval and before.claimed == ClaimState.GIVEN:  # to somebody who is the same person now
        return AlreadyDone("promotion", 0)
    if approval and before.claimed != ClaimState.ASKED:
        return AlreadyDone(f"claim_{before.claimed or 'never'}", 0)
    if before.left is not None and before.left < gives:
        return SoldOut(promotion.id, before.left)
    builder = builder_for(before, intent, rulebook)
    builder.issue(Source.PROMOTION, gives, days=promotion.terms.expires_days, out_of=supply)
    builder.enter(Kind.GRANT)
    change = builder.change(once_key, supply_draw=SupplyDraw(promotion.id, person, gives, chat))
    return change._replace(notices=(private_notice(promotion, before.wallet, "approved"),)) if approval else change


def take_back_prize(
    before: Snapshot,
    intent: Intent,
    *,
    promotion: Promotion,
    claim: Claim,
    rulebook: Rulebook,
    notices: tuple[Notice, ...],
) -> Change | Refusal:
    """Reverse the entry that booked a prize, if nothing of it was spent; the claim is forfeited with it."""
    if before.claimed != ClaimState.GIVEN:
        return AlreadyDone(f"claim_{before.claimed or 'never'}", 0)
    entry = None if claim.entry is None else before.find(claim.entry)
    if entry is None:
        return Unknown("entry", str(claim.entry))
    builder = builder_for(before, intent, rulebook)
    if refusal := reverse(builder, entry):
        return refusal
    builder.enter(Kind.UNDO, of=entry.number)
    held = tuple(key.name for key in before.once_keys if (key.wallet, key.number) == (before.wallet, entry.number))
    back = SupplyDraw(promotion.id, claim.person, -promotion.terms.gives)
    return builder.change(released=held, supply_draw=back)._replace(notices=notices)


def private_notice(promotion: Promotion, wallet: WalletId, what: str) -> Notice:
    """The notice to a claimant that their claim was `approved`, `refused` or, in a contest, `won` or `passed` on."""
    facts: dict[str, str | int] = {"title": promotion.terms.title, "gives": promotion.terms.gives}
    return Notice(f"{promotion.topic}:{what}:{wallet}", f"promotion-{what}", facts, wallet)
