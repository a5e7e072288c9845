"""Promotions and contests as they are run: drafted, launched, claimed, announced when due, drawn at the end."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from core.delivery.notice import Notice
from core.delivery.state import GO_ON, HOLD, RESEND, STOP
from core.ledger.earning import mark_of_claim
from core.ledger.model import Source, supply_of
from core.ledger.requests import Act
from core.promotions.draw import commitment, draw
from core.promotions.draw_reminder import tell_of_draw
from core.promotions.grant import give, verdict
from core.promotions.model import NEWS, Claim, ClaimState, Moment, Standing, moments, overtaken
from core.promotions.qualify import closed, fixed, qualifies
from core.scheduling.task import Due, Upshot
from core.shared.ids import PromotionId, WalletId
from core.shared.lifecycle import Status
from core.shared.refusals import AlreadyDone, CodeTaken, NotNow, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from core.books import Books
    from core.delivery.notice import Target
    from core.delivery.state import Shift, State
    from core.ledger.model import Receipt
    from core.promotions.model import Conditions, Promotion, Terms
    from core.promotions.ports import PromotionStore
    from core.shared.ids import PersonId
    from core.wallets.people import ChatRef, Wallet

SEED_BYTES: Final = 16
OWED_AGAIN: Final = timedelta(hours=1)
"""When it is tried again to give what was won and a wallet refused; for as long as it is news."""
FROM: Final[Mapping[Status, frozenset[Status]]] = {
    Status.PAUSED: frozenset({Status.LIVE}),
    Status.LIVE: frozenset({Status.PAUSED}),
    Status.CANCELLED: frozenset({Status.DRAFT, Status.LIVE, Status.PAUSED}),
}
SHIFTS: Final[Mapping[Status, tuple[Shift, ...]]] = {
    Status.PAUSED: (HOLD,),
    Status.LIVE: (GO_ON,),
    Status.CANCELLED: STOP,
}
"""What becomes of what is announced and not yet sent."""


class Offers:
    """What promotions are run by. Refusals are raised as `RefusedError`."""

    def __init__(self, books: Books, store: PromotionStore) -> None:
        """Run the promotions in `store`; what they give is booked in `books`."""
        self._books, self._store, self._clock = books, store, books.clock

    async def draft(self, terms: Terms, by: PersonId) -> Promotion:
        """Keep a promotion that nobody hears of yet; a contest gets its seed now."""
        return await self._store.promotions.new_promotion(terms, by, secrets.token_hex(SEED_BYTES), self._clock.now())

    async def copy(self, seen: Promotion, by: PersonId) -> Promotion:
        """A draft with the same terms that would begin now and last as long, and, for a contest, with another seed."""
        now, terms = self._clock.now(), seen.terms
        return await self.draft(replace(terms, starts=now, ends=now + (terms.ends - terms.starts)), by)

    async def revise(self, seen: Promotion, terms: Terms) -> None:
        """Change what it says. What falls due moves along; by its key, nothing is told twice."""
        now = self._clock.now()
        if (refusal := fixed(seen, terms, now)) is not None:
            raise RefusedError(refusal)
        if terms.code != seen.terms.code:
            await self._refuse_taken(seen, terms.code, now)
        due = () if seen.status is Status.DRAFT else list(_falling_due(seen, terms, now))
        if not await self._store.promotions.change_promotion(seen, seen.status, due, (), now, terms=terms):
            raise RefusedError(NotNow("promotion", "changed", terms.ends))

    async def launch(self, seen: Promotion) -> bool:
        """Let it begin at its time; False where that was done before."""
        if seen.status is Status.DRAFT and self._clock.now() >= seen.terms.ends:
            raise RefusedError(NotNow("promotion", "late", seen.terms.ends))
        return seen.status is Status.DRAFT and await self._move(seen, Status.LIVE)

    async def change(self, seen: Promotion, status: Status) -> bool:
        """Pause it, let it go on, cancel it; False where it is not in a state for that."""
        return seen.status in FROM[status] and await self._move(seen, status)

    async def _move(self, seen: Promotion, status: Status) -> bool:
        """Move it on. What fell due during a pause falls due once more; by its key, nothing is told twice."""
        now = self._clock.now()
        if status is Status.LIVE:
            await self._refuse_taken(seen, seen.terms.code, now)
        due = list(_falling_due(seen, seen.terms, now)) if status is Status.LIVE else ()
        return await self._store.promotions.change_promotion(seen, status, due, SHIFTS.get(status, ()), now)

    async def _refuse_taken(self, seen: Promotion, code: str, now: datetime) -> None:
        """A code is one live promotion's, or else nobody could tell which of two is meant."""
        other = await self._store.promotions.promotion_of(code)
        if other is not None and other.id != seen.id and now < other.terms.ends:
            raise RefusedError(CodeTaken(other.id, other.terms.title))

    async def resend(self, promotion: Promotion) -> int:
        """Tell it again where nobody knows whether it arrived; gives in how many chats."""
        return await self._store.outbox.shift(promotion.about, *RESEND, self._clock.now())

    async def course(self, promotion: Promotion) -> tuple[tuple[Moment, Target, State, str], ...]:
        """What became of all that was announced of it: when, where, how far it came and why no further."""
        told = [(moment, await self._store.outbox.deliveries(f"{promotion.about}:{moment}")) for moment in Moment]
        return tuple((moment, *delivery) for moment, deliveries in told for delivery in deliveries)

    async def claim(
        self, promotion: Promotion, person: PersonId, wallet: Wallet, chat: ChatRef | None = None
    ) -> Receipt | Claim:
        """Claim what it gives, once; in a contest, take part; where it takes an approval, ask for it.

        `chat` is the group in which they do so. Who claimed before hears what they have, and need not qualify.
        """
        now = self._clock.now()
        if (refusal := closed(promotion, now)) is not None:
            raise RefusedError(refusal)
        conditions = promotion.terms.conditions
        lacking = qualifies(conditions, await self._standing(wallet, conditions, now), now)
        if lacking is not None and await self._store.promotions.claim_of(promotion.id, person) is None:
            raise RefusedError(lacking)
        if not promotion.terms.contest and not promotion.terms.approval:
            return await self.give(promotion, person, wallet.id, chat)
        state = ClaimState.ENTERED if promotion.terms.contest else ClaimState.ASKED
        entry = await self._store.promotions.enter(
            promotion, Claim(promotion.id, 0, person, wallet.id, state, now, chat=chat)
        )
        if entry is None:  # it was paused, cancelled or drawn at this very moment
            raise RefusedError(NotNow("promotion", "changed", promotion.terms.ends))
        return entry

    async def give(
        self, promotion: Promotion, person: PersonId, wallet: WalletId, chat: ChatRef | None = None
    ) -> Receipt:
        """Book what a promotion gives to a person, once; it never gives more than it has. `chat`: where they asked."""
        act = Act(wallet, f"{int(promotion.made.timestamp()):010d}:claim:{promotion.id}:{person}", person)
        rule = partial(give, promotion=promotion, person=person, book=self._books.rulebook, chat=chat)
        marks = (mark_of_claim(supply_of(promotion.id), person),)
        memo, claimed = promotion.terms.title, (promotion.id, person)
        return await self._books.write(act, ("claim", promotion.id), rule, memo=memo, marks=marks, claimed=claimed)

    async def approve(self, promotion: Promotion, claim: Claim) -> Receipt:
        """Give what was asked for, also after the end, telling who asked; where the supply is used up, it stays."""
        if promotion.status in {Status.DRAFT, Status.CANCELLED}:
            raise RefusedError(NotNow("promotion", promotion.status.value, promotion.terms.ends))
        return await self.give(promotion, claim.person, claim.wallet)

    async def refuse(self, promotion: Promotion, claim: Claim) -> None:
        """Give nothing to who asked, and tell them."""
        asked = claim._replace(state=ClaimState.ASKED)
        told = verdict(promotion, claim.wallet, "refused")
        if not await self._store.promotions.settle_claim(asked, ClaimState.REFUSED, [told], self._clock.now()):
            now = await self._store.promotions.claims_on(promotion.id)
            state = next((one.state for one in now if one.number == claim.number), claim.state)
            raise RefusedError(AlreadyDone(f"claim_{state}", 0))

    async def _standing(self, wallet: Wallet, asked: Conditions, now: datetime) -> Standing:
        """As much as is asked for: the lots of a wallet take its whole journal."""
        first = None if asked.new_days is None else await self._store.ledger.entry(wallet.id, 1)
        lots = await self._store.ledger.lots_at(wallet.id, now) if asked.of_standing else ()
        sources = [lot.source for lot in lots if lot.size]
        return Standing(
            now if first is None else first.at,
            wallet.settings.plan,
            sources.count(Source.FEEDBACK),
            sources.count(Source.ASSESSMENT),
            sources.count(Source.INTERVIEW),
        )

    async def see_to(self, due: Due, now: datetime) -> Upshot:
        """See to a moment of a promotion's life. Late is better than never, but for what no longer makes sense."""
        _, number, moment = due.name.split(":")
        promotion = await self._store.promotions.promotion(PromotionId(int(number)))
        if promotion is None:
            return Upshot()
        if Moment(moment) is Moment.END:
            return await self._end(promotion, now)
        return Upshot(await self._told(promotion, Moment(moment), now), guard=promotion.guard)

    async def _told(self, promotion: Promotion, moment: Moment, now: datetime) -> tuple[Notice, ...]:
        """What is to be told at a moment of its life before its end."""
        terms = promotion.terms
        if promotion.status is not Status.LIVE or now >= terms.ends or overtaken(terms, moment, now):
            return ()
        if moment is Moment.REMINDER and terms.contest:
            await tell_of_draw(self._store, promotion, now)
            await self._catch_up(promotion, now)
        return (_notice(promotion, "promotion", moment.value, facts_of(promotion, moment)),)

    async def _catch_up(self, seen: Promotion, now: datetime) -> None:
        """What was told while it was put on hold, or cancelled, waits or stops with the rest."""
        kept = await self._store.promotions.promotion(seen.id)
        if kept is not None and kept.status in {Status.PAUSED, Status.CANCELLED}:
            for shift in SHIFTS[kept.status]:
                await self._store.outbox.shift(seen.about, *shift, now)

    async def _end(self, promotion: Promotion, now: datetime) -> Upshot:
        """End it, after which nobody enters any more; then draw. A draw that was cut short is made again from there.

        Where another was faster it stays due: who looks next sees whether it is done.
        """
        if now < promotion.terms.ends:  # its end was put off while this one fell due
            return Upshot()
        if promotion.status in {Status.LIVE, Status.PAUSED}:
            if not await self._store.promotions.change_promotion(promotion, Status.ENDED, (), STOP, now):
                return Upshot(guard=promotion.guard)
        elif promotion.status is not Status.ENDED:
            return Upshot()
        return await self._drawn(promotion, now) if promotion.terms.contest else Upshot()

    async def _drawn(self, promotion: Promotion, now: datetime) -> Upshot:
        """Draw, and give. What a wallet refuses is kept as won and tried again, while the others have theirs."""
        claims = {claim.number: claim for claim in await self._store.promotions.claims_on(promotion.id)}
        takes_part = (number for number, claim in claims.items() if claim.state is not ClaimState.LOST)
        winners = [claims[number] for number in draw(promotion.seed, takes_part, promotion.terms.winners)]
        given = [winner for winner in winners if await self._award(promotion, winner, now)]
        await self._store.promotions.settle_claims(promotion.id, ClaimState.ENTERED, ClaimState.LOST)
        names = await self._store.people.names(winner.person for winner in winners)
        result = _result(promotion, len(claims), [(winner.number, names.get(winner.person, "")) for winner in winners])
        again = len(given) < len(winners) and now < promotion.terms.ends + NEWS
        told = (result, *(_won(promotion, winner.wallet) for winner in given))
        return Upshot(told, now + OWED_AGAIN if again else None)

    async def _award(self, promotion: Promotion, winner: Claim, now: datetime) -> bool:
        """Give what was won; False where the wallet refuses it, such as one whose last entry is still to come."""
        try:
            await self.give(promotion, winner.person, winner.wallet)
        except RefusedError:
            entered = winner._replace(state=ClaimState.ENTERED)
            await self._store.promotions.settle_claim(entered, ClaimState.WON, (), now)
            return False
        return True


def _falling_due(promotion: Promotion, terms: Terms, now: datetime) -> Iterator[Due]:
    """What falls due by these terms; of one that is launched late nobody is reminded as they first hear of it."""
    new = promotion.status is Status.DRAFT
    for moment, at in moments(terms):
        if moment in {Moment.START, Moment.END} or at > now or not new:
            yield Due(f"{promotion.about}:{moment}", at)


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
        "approval": "yes" if terms.approval else "no",
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
