"""Promotions and contests as they are run: drafted, launched, claimed, announced when due, drawn at the end."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final, NamedTuple

from core.errors import AlreadyDone, RefusedError
from core.model import PromotionId, Source, WalletId
from core.notices import Notice
from core.promotions import (
    ClaimState,
    Moment,
    Standing,
    Status,
    closed,
    commitment,
    draw,
    moments,
    qualifies,
)
from core.telling import Due

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.books import Books
    from core.model import PersonId, Receipt
    from core.people import Wallet
    from core.promotions import Claim, Promotion, Terms

MOST_AT_ONCE: Final = 100
DIGITS: Final = 8
SEED_BYTES: Final = 16


class Claimed(NamedTuple):
    """What came of a claim: a receipt, or in a contest an entry that takes part in the draw."""

    promotion: Promotion
    receipt: Receipt | None
    entry: Claim | None


class Offers:
    """What promotions are run by. Refusals are raised as `RefusedError`."""

    def __init__(self, books: Books) -> None:
        """Run promotions on these books."""
        self._books, self._store, self._clock = books, books.store, books.clock

    async def draft(self, terms: Terms, by: PersonId) -> Promotion:
        """Keep a promotion that nobody hears of yet; a contest gets its seed now."""
        return await self._store.new_promotion(terms, by, secrets.token_hex(SEED_BYTES), self._clock.now())

    async def launch(self, seen: Promotion) -> bool:
        """Let it begin at its time; False where that was done before."""
        if seen.status is not Status.DRAFT or not await self._store.change_promotion(seen, Status.LIVE):
            return False
        for moment, at in moments(seen.terms):
            await self._store.put_due(Due(f"{seen.about}:{moment}", at))
        return True

    async def change(self, seen: Promotion, status: Status) -> bool:
        """Pause it, let it go on, cancel it; False where it is not in a state for that."""
        before = {Status.PAUSED: (Status.LIVE,), Status.LIVE: (Status.PAUSED,)}
        allowed = before.get(status, (Status.DRAFT, Status.LIVE, Status.PAUSED))
        return seen.status in allowed and await self._store.change_promotion(seen, status)

    async def claim(self, promotion: Promotion, person: PersonId, wallet: Wallet) -> Claimed:
        """Claim what it gives, once; in a contest, take part. Whoever claims again hears what they have."""
        now = self._clock.now()
        if (refusal := closed(promotion, now)) is not None:
            raise RefusedError(refusal)
        standing = await self._standing(wallet, now)
        if (lacking := qualifies(promotion.terms.conditions, standing, now)) is not None:
            raise RefusedError(lacking)
        if promotion.terms.contest:
            return Claimed(promotion, None, await self._store.enter(promotion.id, person, wallet.id, now))
        return Claimed(promotion, await self._books.give(promotion, person, wallet.id), None)

    async def _standing(self, wallet: Wallet, now: datetime) -> Standing:
        first = await self._store.entry(wallet.id, 1)
        sources = [lot.source for lot in await self._store.lots_at(wallet.id, now) if lot.size]
        return Standing(
            now if first is None else first.at,
            wallet.settings.plan,
            sources.count(Source.FEEDBACK),
            sources.count(Source.ASSESSMENT),
            sources.count(Source.INTERVIEW),
        )

    async def due(self) -> int:
        """See to all that is due; gives how much. Late is better than never, but for what no longer makes sense."""
        now, done = self._clock.now(), 0
        for due in await self._store.due_by(now, MOST_AT_ONCE):
            _, number, moment = due.name.split(":")
            promotion = await self._store.promotion(PromotionId(int(number)))
            notices = () if promotion is None else await self._told(promotion, Moment(moment), now)
            done += await self._store.take_due(due, notices, now)
        return done

    async def _told(self, promotion: Promotion, moment: Moment, now: datetime) -> tuple[Notice, ...]:
        """What is to be told at a moment of its life; at its end it is drawn first, which done twice is the same."""
        if moment is Moment.END and promotion.status in {Status.LIVE, Status.PAUSED}:
            return await self._end(promotion)
        if promotion.status is not Status.LIVE or now >= promotion.terms.ends:
            return ()
        later = [at for other, at in moments(promotion.terms) if other is not Moment.START and at <= now]
        if moment is not Moment.START and len(later) > 1 and dict(moments(promotion.terms))[moment] < max(later):
            return ()  # a machine that slept through a reminder gives the last call only
        return (_notice(promotion, "promotion", moment.value, facts_of(promotion, moment)),)

    async def _end(self, promotion: Promotion) -> tuple[Notice, ...]:
        if not promotion.terms.contest:
            await self._store.change_promotion(promotion, Status.ENDED)
            return ()
        claims = {claim.number: claim for claim in await self._store.claims_on(promotion.id)}
        takes_part = (number for number, claim in claims.items() if claim.state is not ClaimState.LOST)
        winners = [claims[number] for number in draw(promotion.seed, takes_part, promotion.terms.winners)]
        for winner in winners:
            await self._give(promotion, winner)
        await self._store.settle_claims(promotion.id, ClaimState.ENTERED, ClaimState.LOST)
        await self._store.change_promotion(promotion, Status.ENDED)
        names = await self._store.people(winner.person for winner in winners)
        result = _result(promotion, len(claims), [(winner.number, names.get(winner.person, "")) for winner in winners])
        return (result, *(_won(promotion, winner.wallet) for winner in winners))

    async def _give(self, promotion: Promotion, winner: Claim) -> None:
        try:
            await self._books.give(promotion, winner.person, winner.wallet)
        except RefusedError as refused:  # drawn before, and ended before that was kept
            if not isinstance(refused.refusal, AlreadyDone):
                raise


def facts_of(promotion: Promotion, moment: Moment) -> dict[str, str | int]:
    """What is told of a promotion at a moment of its life."""
    terms = promotion.terms
    return {
        "number": promotion.id,
        "title": terms.title,
        "text": terms.text,
        "gives": terms.gives,
        "ends": terms.ends.isoformat(),
        "winners": terms.winners,
        "hash": commitment(promotion.seed) if terms.contest else "",
        "coded": "yes" if terms.code else "no",
        "moment": moment.value,
    }


def _result(promotion: Promotion, entries: int, winners: Iterable[tuple[int, str]]) -> Notice:
    named = ", ".join(f"#{number} {name}".strip() for number, name in winners)
    facts: dict[str, str | int] = {
        "title": promotion.terms.title,
        "entries": entries,
        "winners": named,
        "seed": promotion.seed,
        "hash": commitment(promotion.seed),
    }
    return _notice(promotion, "promotion-drawn", Moment.END.value, facts)


def _notice(promotion: Promotion, code: str, moment: str, facts: dict[str, str | int]) -> Notice:
    audience = promotion.terms.audience
    return Notice(f"{promotion.about}:{moment}", code, facts, once=True, about=promotion.about, audience=audience)


def _won(promotion: Promotion, wallet: WalletId) -> Notice:
    facts: dict[str, str | int] = {"title": promotion.terms.title, "gives": promotion.terms.gives}
    return Notice(f"{promotion.about}:won:{wallet}", "promotion-won", facts, wallet)
