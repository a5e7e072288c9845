"""The service that runs promotions and contests: draft, launch, announce, claim, and the draw at the end."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from core.delivery.notice import Notice, Target
from core.delivery.state import HOLD, RELEASE, RESEND, STOP
from core.ledger.earning import once_key_of_promotion
from core.ledger.model import Source, supply_of
from core.ledger.requests import Request
from core.promotions.draw import commitment, draw
from core.promotions.draw_reminder import remind_of_draw
from core.promotions.grant import grant_claim, private_notice
from core.promotions.model import (
    NEWS,
    OUT_OF_DRAW,
    Claim,
    ClaimState,
    Moment,
    Standing,
    entry_label,
    moments,
    overtaken,
)
from core.promotions.moderating import notify_moderators
from core.promotions.qualify import beyond_bounds, closed, fixed, qualifies, sold_out
from core.scheduling.task import Task, TaskResult
from core.shared.ids import PromotionId, WalletId
from core.shared.lifecycle import Status
from core.shared.names import SOMEONE
from core.shared.refusals import AlreadyDone, CodeTaken, NotNow, RefusedError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from core.books import Books
    from core.delivery.state import Shift, State
    from core.ledger.model import Receipt
    from core.promotions.model import Conditions, Promotion, Terms
    from core.promotions.ports import PromotionStore
    from core.shared.ids import PersonId
    from core.wallets.people import ChatRef, Wallet

SEED_BYTES: Final = 16
PRIZE_RETRY: Final = timedelta(hours=1)
"""How long to wait before a prize that a wallet has refused is booked again, while the draw is news (`NEWS`)."""
ALLOWED_FROM: Final[Mapping[Status, frozenset[Status]]] = {
    Status.PAUSED: frozenset({Status.LIVE}),
    Status.LIVE: frozenset({Status.PAUSED}),
    Status.CANCELLED: frozenset({Status.DRAFT, Status.LIVE, Status.PAUSED}),
}
"""The statuses from which a promotion can move to each status."""
SHIFTS: Final[Mapping[Status, tuple[Shift, ...]]] = {
    Status.PAUSED: (HOLD,),
    Status.LIVE: (RELEASE,),
    Status.CANCELLED: STOP,
}
"""How each status moves the deliveries of announcements that are not sent yet."""


class PromotionService:
    """What operators and claimants do with promotions, and the handler of their tasks.

    Refusals are raised as `RefusedError`.
    """

    def __init__(self, books: Books, store: PromotionStore) -> None:
        """Run the promotions in `store`, and book what they give in `books`."""
        self._books, self._store, self._clock = books, store, books.clock

    async def draft(self, terms: Terms, by: PersonId) -> Promotion:
        """Create a draft. A contest's seed is chosen now, before anybody has entered."""
        self._refuse_unbounded(terms)
        return await self._store.promotions.new_promotion(terms, by, secrets.token_hex(SEED_BYTES), self._clock.now())

    async def copy(self, seen: Promotion, by: PersonId) -> Promotion:
        """A draft with the same terms and duration that begins now; a contest gets a new seed."""
        now, terms = self._clock.now(), seen.terms
        return await self.draft(replace(terms, starts=now, ends=now + (terms.ends - terms.starts)), by)

    async def revise(self, seen: Promotion, terms: Terms) -> None:
        """Change the terms. Its tasks are rescheduled; announcements are idempotent by their keys."""
        now = self._clock.now()
        if (refusal := fixed(seen, terms, now)) is not None:
            raise RefusedError(refusal)
        self._refuse_unbounded(terms)
        if terms.code != seen.terms.code:
            await self._refuse_taken(seen, terms.code, now)
        tasks = () if seen.status is Status.DRAFT else list(_tasks(seen, terms, now))
        if not await self._store.promotions.change_promotion(seen, seen.status, tasks, (), now, terms=terms):
            raise RefusedError(NotNow("promotion", "changed", terms.ends))

    def _refuse_unbounded(self, terms: Terms) -> None:
        if (refusal := beyond_bounds(terms, self._books.rulebook)) is not None:
            raise RefusedError(refusal)

    async def launch(self, seen: Promotion) -> bool:
        """Launch a draft; False if it was launched before."""
        if seen.status is Status.DRAFT and self._clock.now() >= seen.terms.ends:
            raise RefusedError(NotNow("promotion", "late", seen.terms.ends))
        return seen.status is Status.DRAFT and await self._move(seen, Status.LIVE)

    async def change(self, seen: Promotion, status: Status) -> bool:
        """Pause, resume or cancel a promotion; False if its status does not allow that, or has just changed."""
        return seen.status in ALLOWED_FROM[status] and await self._move(seen, status)

    async def _move(self, seen: Promotion, status: Status) -> bool:
        """Change the status. Going live schedules every task again; announcements are idempotent by their keys."""
        now = self._clock.now()
        if status is Status.LIVE:
            await self._refuse_taken(seen, seen.terms.code, now)
        tasks = list(_tasks(seen, seen.terms, now)) if status is Status.LIVE else ()
        return await self._store.promotions.change_promotion(seen, status, tasks, SHIFTS.get(status, ()), now)

    async def _refuse_taken(self, seen: Promotion, code: str, now: datetime) -> None:
        """Refuse a code that another live promotion uses, because a claim by it would be ambiguous."""
        other = await self._store.promotions.promotion_of(code)
        if other is not None and other.id != seen.id and now < other.terms.ends:
            raise RefusedError(CodeTaken(other.id, other.terms.title))

    async def resend(self, promotion: Promotion) -> int:
        """Send announcements again to chats where it is unknown whether they arrived; returns the number of chats."""
        return await self._store.outbox.shift(promotion.topic, *RESEND, self._clock.now())

    async def course(self, promotion: Promotion) -> tuple[tuple[Moment, Target, State, str], ...]:
        """The deliveries of all its announcements: moment, target, state, and the reason of that state."""
        found = [(moment, await self._store.outbox.deliveries(f"{promotion.topic}:{moment}")) for moment in Moment]
        return tuple((moment, *delivery) for moment, deliveries in found for delivery in deliveries)

    async def claim(
        self, promotion: Promotion, person: PersonId, wallet: Wallet, chat: ChatRef | None = None
    ) -> Receipt | Claim:
        """Claim what it gives, enter a contest, or ask for approval, as the terms say. Idempotent for each person.

        `chat` is the group in which they claim (None: in private). Somebody who claimed before gets the same answer
        again, even if they no longer qualify.
        """
        now = self._clock.now()
        if (refusal := closed(promotion, now)) is not None:
            raise RefusedError(refusal)
        conditions = promotion.terms.conditions
        lacking = qualifies(conditions, await self._standing(wallet, conditions, now), now)
        earlier = await self._store.promotions.claim_of(promotion.id, person)
        if lacking is not None and earlier is None:
            raise RefusedError(lacking)
        if earlier is not None and earlier.person != person:  # who is the same person since they were linked
            return earlier
        if not promotion.terms.contest and not promotion.terms.approval:
            return await self.grant_claim(promotion, person, wallet.id, chat)
        state = ClaimState.ENTERED if promotion.terms.contest else ClaimState.ASKED
        entry = await self._store.promotions.enter(
            promotion, Claim(promotion.id, 0, person, wallet.id, state, now, chat=chat)
        )
        if entry is None:  # it was paused, cancelled or drawn at this very moment
            raise RefusedError(NotNow("promotion", "changed", promotion.terms.ends))
        await notify_moderators(self._store, promotion, entry, now)
        return entry

    async def open_to(self, promotion: Promotion, person: PersonId, wallet: Wallet) -> bool:
        """Whether a person who has not claimed it yet can do so now."""
        now, terms = self._clock.now(), promotion.terms
        if closed(promotion, now) is not None or sold_out(promotion) is not None:
            return False
        if await self._store.promotions.claim_of(promotion.id, person) is not None:
            return False
        return qualifies(terms.conditions, await self._standing(wallet, terms.conditions, now), now) is None

    async def grant_claim(
        self, promotion: Promotion, person: PersonId, wallet: WalletId, chat: ChatRef | None = None
    ) -> Receipt:
        """Book what a promotion gives to a person: once, and never more than its supply holds."""
        request = Request(wallet, f"{int(promotion.made.timestamp()):010d}:claim:{promotion.id}:{person}", person)
        rule = partial(grant_claim, promotion=promotion, person=person, rulebook=self._books.rulebook, chat=chat)
        once_keys = (once_key_of_promotion(supply_of(promotion.id), person),)
        memo, claimed = promotion.terms.title, (promotion.id, person)
        asked = ("claim", promotion.id)
        return await self._books.write(request, asked, rule, memo=memo, once_keys=once_keys, claimed=claimed)

    async def approve(self, promotion: Promotion, claim: Claim) -> Receipt:
        """Book a claim and notify the claimant, even after the end. Refused if the supply is used up."""
        if promotion.status in {Status.DRAFT, Status.CANCELLED}:
            raise RefusedError(NotNow("promotion", promotion.status.value, promotion.terms.ends))
        return await self.grant_claim(promotion, claim.person, claim.wallet)

    async def refuse(self, promotion: Promotion, claim: Claim) -> None:
        """Decline a claim and notify the claimant."""
        asked = claim._replace(state=ClaimState.ASKED)
        notice = private_notice(promotion, claim.wallet, "refused")
        if not await self._store.promotions.settle_claim(asked, ClaimState.REFUSED, [notice], self._clock.now()):
            claims = await self._store.promotions.claims_on(promotion.id)
            state = next((current.state for current in claims if current.number == claim.number), claim.state)
            raise RefusedError(AlreadyDone(f"claim_{state}", 0))

    async def _standing(self, wallet: Wallet, conditions: Conditions, now: datetime) -> Standing:
        """The claimant's standing, as far as the conditions need it: counting lots reads the whole journal."""
        first = None if conditions.new_days is None else await self._store.ledger.entry(wallet.id, 1)
        lots = await self._store.ledger.lots_at(wallet.id, now) if conditions.of_standing else ()
        sources = [lot.source for lot in lots if lot.size]
        return Standing(
            now if first is None else first.at,
            wallet.settings.plan,
            sources.count(Source.FEEDBACK),
            sources.count(Source.ASSESSMENT),
            sources.count(Source.INTERVIEW),
        )

    async def run(self, task: Task, now: datetime) -> TaskResult:
        """Run the task of a moment in a promotion's life. It may run late; moments that were overtaken are skipped."""
        _, number, moment = task.name.split(":")
        promotion = await self._store.promotions.promotion(PromotionId(int(number)))
        if promotion is None:
            return TaskResult()
        if Moment(moment) is Moment.END:
            return await self._end(promotion, now)
        return TaskResult(await self._announced(promotion, Moment(moment), now), guard=promotion.guard)

    async def _announced(self, promotion: Promotion, moment: Moment, now: datetime) -> tuple[Notice, ...]:
        """The notices of a moment before the end."""
        terms = promotion.terms
        if promotion.status is not Status.LIVE or now >= terms.ends or overtaken(terms, moment, now):
            return ()
        if moment is Moment.REMINDER and terms.contest:
            await remind_of_draw(self._store, promotion, now)
            await self._catch_up(promotion, now)
        return (_notice(promotion, "promotion", moment.value, facts_of(promotion, moment)),)

    async def _catch_up(self, seen: Promotion, now: datetime) -> None:
        """Hold or cancel the reminders that were stored after the promotion was paused or cancelled."""
        current = await self._store.promotions.promotion(seen.id)
        if current is not None and current.status in {Status.PAUSED, Status.CANCELLED}:
            for shift in SHIFTS[current.status]:
                await self._store.outbox.shift(seen.topic, *shift, now)

    async def _end(self, promotion: Promotion, now: datetime) -> TaskResult:
        """End a promotion, after which nobody can enter, and then draw. An interrupted draw is resumed by a retry.

        If it has just been changed elsewhere, the task stays due, and the next run decides again.
        """
        if now < promotion.terms.ends:  # its end was moved after this task became due
            return TaskResult()
        if promotion.status in {Status.LIVE, Status.PAUSED}:
            if not await self._store.promotions.change_promotion(promotion, Status.ENDED, (), STOP, now):
                return TaskResult(guard=promotion.guard)
        elif promotion.status is not Status.ENDED:
            return TaskResult()
        return await self._drawn(promotion, now) if promotion.terms.contest else TaskResult()

    async def _drawn(self, promotion: Promotion, now: datetime) -> TaskResult:
        """Draw the winners and book their prizes. A prize that a wallet refuses stays `won` and is retried later."""
        claims = {claim.number: claim for claim in await self._store.promotions.claims_on(promotion.id)}
        takes_part = (number for number, claim in claims.items() if claim.state not in OUT_OF_DRAW)
        winners = [claims[number] for number in draw(promotion.seed, takes_part, promotion.terms.winners)]
        awarded = [winner for winner in winners if await self._award(promotion, winner, now)]
        await self._store.promotions.settle_claims(promotion.id, ClaimState.ENTERED, ClaimState.LOST)
        names = await self._store.people.names(winner.person for winner in winners)
        named = ((winner.number, names.get(winner.person, SOMEONE)) for winner in winners)
        result = _result(promotion, claims.values(), named)
        told = await self._told(promotion, result)
        retry = len(awarded) < len(winners) and now < promotion.terms.ends + NEWS
        won = (private_notice(promotion, winner.wallet, "won") for winner in awarded)
        return TaskResult((result, told, *won), now + PRIZE_RETRY if retry else None)

    async def _told(self, promotion: Promotion, result: Notice) -> Notice:
        """What the operator hears who made the contest, whether or not they get what is announced."""
        identities = await self._store.people.identities(promotion.by)
        to = tuple(Target(identity.platform, identity.user, direct=True) for identity in identities)
        facts = {**result.facts, "number": promotion.id, "gives": promotion.terms.gives}
        return Notice(f"{promotion.topic}:winners", "promotion-winners", facts, to=to)

    async def _award(self, promotion: Promotion, winner: Claim, now: datetime) -> bool:
        """Book a prize; False if the wallet refuses it, for instance because its last entry is in the future."""
        try:
            await self.grant_claim(promotion, winner.person, winner.wallet)
        except RefusedError:
            entered = winner._replace(state=ClaimState.ENTERED)
            await self._store.promotions.settle_claim(entered, ClaimState.WON, (), now)
            return False
        return True


def _tasks(promotion: Promotion, terms: Terms, now: datetime) -> Iterator[Task]:
    """The tasks that these terms schedule. A late launch skips reminders that are overdue: the start is news enough."""
    new = promotion.status is Status.DRAFT
    for moment, at in moments(terms):
        if moment in {Moment.START, Moment.END} or at > now or not new:
            yield Task(f"{promotion.topic}:{moment}", at)


def facts_of(promotion: Promotion, moment: Moment) -> dict[str, str | int]:
    """The facts of the notice that announces a moment."""
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


def _result(promotion: Promotion, claims: Collection[Claim], winners: Iterable[tuple[int, str]]) -> Notice:
    merged = (entry_label(claim.number, "") for claim in claims if claim.state is ClaimState.MERGED)
    named = ", ".join(entry_label(number, name) for number, name in winners)
    facts: dict[str, str | int] = {
        "title": promotion.terms.title,
        "entries": len(claims),
        "merged": ", ".join(merged),
        "winners": named,
        "seed": promotion.seed,
        "hash": commitment(promotion.seed),
    }
    return _notice(promotion, "promotion-drawn", Moment.END.value, facts)


def _notice(promotion: Promotion, code: str, moment: str, facts: dict[str, str | int]) -> Notice:
    audience = promotion.terms.audience
    return Notice(
        f"{promotion.topic}:{moment}", code, facts, at_most_once=True, topic=promotion.topic, audience=audience
    )
