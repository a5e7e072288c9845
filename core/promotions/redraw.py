"""A prize of a contest whose winner cannot be reached goes to the next one of the same draw, in public view."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from core.delivery.notice import Notice
from core.delivery.state import State
from core.ledger.earning import once_key_of_promotion
from core.ledger.model import supply_of
from core.ledger.requests import Request
from core.promotions.draw import commitment, draw
from core.promotions.grant import private_notice, take_back_prize
from core.promotions.model import DRAWN, Claim, ClaimState, Moment, entry_label
from core.promotions.service import PromotionService
from core.scheduling.task import Task
from core.shared.lifecycle import Status
from core.shared.names import SOMEONE
from core.shared.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from core.books import Books
    from core.delivery.notice import Target
    from core.promotions.model import Promotion
    from core.promotions.ports import PromotionStore
    from core.shared.ids import PersonId

RESUMED: Final = timedelta(minutes=1)
"""After this time the task of the draw ends what an interrupted redraw has begun."""
NEVER: Final = frozenset({State.GONE, State.FAILED})
PASSED_ON: Final = timedelta(days=80)
"""How long after the end of a contest a prize can be passed on.

The notices of the draw are kept for longer: so it is known where the result was posted, and nobody is notified twice.
"""


class Redraw(NamedTuple):
    """A winner, the one who is next by the seed, and where the result was posted."""

    winner: Claim
    next: Claim
    posted: tuple[Target, ...]


class RedrawService:
    """Redraws the prizes of winners who cannot be reached."""

    def __init__(self, books: Books, store: PromotionStore) -> None:
        """Redraw in `store`, and book in `books`."""
        self._books, self._store, self._clock = books, store, books.clock

    def is_late(self, promotion: Promotion) -> bool:
        """Whether the contest ended so long ago that its prizes stay where they are."""
        return self._clock.now() - promotion.terms.ends > PASSED_ON

    async def end_interrupted(self, promotion: Promotion) -> None:
        """End what an interrupted redraw has begun, for only then it is known who is next."""
        claims = await self._store.promotions.claims_on(promotion.id)
        if promotion.status is Status.ENDED and any(claim.state is ClaimState.ENTERED for claim in claims):
            await self._end(_task_of(promotion, self._clock.now()))

    async def possible(self, promotion: Promotion, number: int) -> Redraw | None:
        """What a redraw of the prize of this claim would do; None if it has won nothing, or nobody is left."""
        claims = {claim.number: claim for claim in await self._store.promotions.claims_on(promotion.id)}
        winner = claims.get(number)
        left = (one.number for one in claims.values() if one.state is ClaimState.LOST)
        following = draw(promotion.seed, left, 1)
        if promotion.status is not Status.ENDED or winner is None or winner.state not in DRAWN or not following:
            return None
        posted = await self._store.outbox.sent_as(f"{promotion.topic}:{Moment.END}")
        return Redraw(winner, claims[following[0]], tuple(target for target, _ in posted))

    async def unreached(self, promotion: Promotion, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """The winners whom the notice of their prize could not reach.

        To somebody who had blocked the bot by then, none was sent at all.
        """
        found, fresh = [], not self.is_late(promotion)
        for claim in claims:
            if claim.state in DRAWN and promotion.terms.contest:
                states = await self._store.outbox.deliveries(f"{promotion.topic}:won:{claim.wallet}")
                known = bool(states) or (fresh and claim.state is ClaimState.GIVEN)
                found += [claim] if known and all(state in NEVER for _, state, _ in states) else []
        return tuple(found)

    async def redraw(
        self, promotion: Promotion, seen: Redraw, by: PersonId, key: str, names: Mapping[PersonId, str], *, told: bool
    ) -> bool:
        """Pass a prize on, and post that where the result was posted; False if the draw has changed meanwhile.

        `told`: an operator says that the winner cannot be reached. The next one takes part again before the prize is
        taken back, which shows that the draw is under way; if this process ends here, the task of the draw goes on.
        Until then no other prize is passed on.
        Raises RefusedError if something of the prize is spent; then all stays as it was.
        """
        now, promotions = self._clock.now(), self._store.promotions
        task, entered = _task_of(promotion, now + RESUMED), seen.next._replace(state=ClaimState.ENTERED)
        await self._store.tasks.schedule(task)
        if not await promotions.settle_claim(seen.next, ClaimState.ENTERED, (), now):
            return False
        if await self._is_beside_another(entered):
            await promotions.settle_claim(entered, ClaimState.LOST, (), now)
            return False
        notices = _public(promotion, seen, names, told=told), private_notice(promotion, seen.winner.wallet, "passed")
        try:
            passed = await self._pass_on(promotion, seen.winner, by, key, notices)
        except RefusedError:
            await promotions.settle_claim(entered, ClaimState.LOST, (), now)
            raise
        await self._end(task)
        return passed

    async def _is_beside_another(self, entered: Claim) -> bool:
        """Whether another redraw is under way, or was interrupted: then somebody else may be next by the seed."""
        claims = await self._store.promotions.claims_on(entered.promotion)
        return any(one.state is ClaimState.ENTERED and one.number != entered.number for one in claims)

    async def _end(self, task: Task) -> None:
        """Draw again, as the task of the draw does. Idempotent."""
        now = self._clock.now()
        result = await PromotionService(self._books, self._store).run(task, now)
        await self._store.outbox.notify(result.notices, now)

    async def _pass_on(
        self, promotion: Promotion, winner: Claim, by: PersonId, key: str, notices: tuple[Notice, ...]
    ) -> bool:
        """Take the prize back, if it is booked, and publish that in the same transaction."""
        if winner.entry is None:
            now = self._clock.now()
            return await self._store.promotions.settle_claim(winner, ClaimState.FORFEITED, notices, now)
        once_keys = (once_key_of_promotion(supply_of(promotion.id), winner.person),)
        rule = partial(
            take_back_prize, promotion=promotion, claim=winner, rulebook=self._books.rulebook, notices=notices
        )
        await self._books.write(
            Request(winner.wallet, key, by),
            ("redraw", promotion.id, winner.number),
            rule,
            memo=promotion.terms.title,
            entries=(winner.entry,),
            once_keys=once_keys,
            claimed=(promotion.id, winner.person),
        )
        return True


def _task_of(promotion: Promotion, at: datetime) -> Task:
    """The task of its draw."""
    return Task(f"{promotion.topic}:{Moment.END}", at)


def _public(promotion: Promotion, seen: Redraw, names: Mapping[PersonId, str], *, told: bool) -> Notice:
    """What is posted where the result was posted, so that anyone can verify it."""
    facts: dict[str, str | int] = {
        "title": promotion.terms.title,
        "winner": entry_label(seen.winner.number, names.get(seen.winner.person, SOMEONE)),
        "next": entry_label(seen.next.number, names.get(seen.next.person, SOMEONE)),
        "why": "told" if told else "unreached",
        "seed": promotion.seed,
        "hash": commitment(promotion.seed),
    }
    key = f"{promotion.topic}:redrawn:{seen.winner.number}"
    return Notice(key, "promotion-redrawn", facts, at_most_once=True, topic=promotion.topic, to=seen.posted)
