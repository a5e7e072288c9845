"""The one door out for notices: claim, wait for the rate limit, send, settle.

A lease lets only one sender at a time work on a platform, however many processes run.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog

from bot.base.errors import noted
from bot.base.quiet_hours import until_morning
from bot.base.waiting import first_of
from bot.delivery.carrier import PATIENCE
from bot.delivery.mending import handed_over
from bot.reply.words import voice
from bot.views.notices import token_of
from core.delivery.outcome import Deferred, Failed, Later, Moved, Obsolete, PlaceLost, Sent, Uncertain
from core.delivery.state import LEASE, may_double
from core.shared.clock_steps import lasts
from core.shared.refusals import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from bot.delivery.carrier import Carrier
    from bot.delivery.limits.rate_limit import RateLimiter
    from bot.reply.parts import Reply
    from core.delivery.notice import Delivery
    from core.delivery.outcome import Outcome
    from core.delivery.ports import Lease, Outbox
    from core.shared.ports import Clock

    Render = Callable[[Delivery], Awaitable[Reply | None]]
    Check = Callable[[Delivery], Awaitable[Outcome | None]]
    Learn = Callable[[Delivery, Outcome], Awaitable[None]]
    Pause = Callable[[float], Awaitable[None]]

log = structlog.get_logger()
RENEWED: Final = LEASE * 2 / 3  # the lease is renewed when no more than this is left of it
POLL_EVERY: Final = timedelta(seconds=1)
IDLE: Final = timedelta(minutes=1)
NEVER: Final = datetime.min.replace(tzinfo=UTC)
LATER: Final = timedelta(seconds=5)
NOTHING: Final = timedelta()
MOST_AT_ONCE: Final = 30
MOST_DOUBTS: Final = 5  # uncertain outcomes after which a delivery has failed
MOST_MOVES: Final = 3  # moves of a chat after which a delivery has failed


class Sender:
    """Sends the deliveries that are due on a platform: to many chats at once, but to each chat one after the other."""

    def __init__(
        self,
        outbox: Outbox,
        carrier: Carrier,
        clock: Clock,
        *,
        limiter: RateLimiter,
        render: Render,
        holder: str,
        check: Check | None = None,
        learn: Learn | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """Take the lease as `holder`, a name that no other process has. A send may take `patience` seconds.

        `render` makes the message of a delivery, or gives None if the notice is obsolete. `check` gives the outcome of
        a delivery that its reader must not get, at least not now. `learn` is told of each outcome before it is
        settled, so that after a crash it is told again. All may raise.
        """
        self._outbox, self._carrier, self._clock, self._limiter, self._render = outbox, carrier, clock, limiter, render
        self._holder, self._lives, self._patience, self._check, self._learn = holder, 0, patience, check, learn
        self._lease: Lease | None = None
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._owed: list[tuple[Delivery, int, Outcome]] = []
        self._doubts: dict[int, int] = {}
        self._moves: dict[int, int] = {}
        self._unsettled: dict[int, int] = {}
        self._woken = asyncio.Event()
        self._trouble = ""
        self._idle_until = NEVER
        self._stuck: datetime | None = None

    @property
    def stuck_since(self) -> datetime | None:
        """Since when deliveries have waited without any being sent, or None if all is well."""
        return self._stuck

    def wake(self) -> None:
        """Look at once for what is due, without waiting for the next poll."""
        self._woken.set()

    async def run(self, stop: asyncio.Event, pause: Pause = asyncio.sleep) -> None:
        """Send what is due until `stop` is set, then finish what is under way and give the lease back."""
        try:
            while not stop.is_set():
                self._woken.clear()
                due = await self._attempt()
                soon = self._clock.now() + POLL_EVERY
                await self._rest(min(due or soon, soon), stop, pause)
            await self.finish()
            await self._settle_owed()
            await self._release()
        finally:
            await _cut_off(self._under_way.values())

    async def step(self) -> datetime | None:
        """Start to send what is due now, and return when to look again (None: nothing waits).

        It does not wait for what it sends, but `finish` does. Raises UnavailableError if the store is unavailable.
        """
        await self._settle_owed()
        now = self._clock.now()
        due = await self._outbox.next_due(self._carrier.name)
        idle = lasts(self._idle_until, now, IDLE)
        if (due is None or due > now) and idle:
            return due  # a bot without notices seldom writes to the store
        lease = await self._hold_lease(now)
        if lease is None:
            return now + POLL_EVERY
        if not idle:  # deliveries that another process left open are due only once the lease is ours
            self._idle_until = now + IDLE
            await self._outbox.hasten(self._carrier.name, now)
            due = await self._outbox.next_due(self._carrier.name)
        if due is None or due > now:
            return due
        if pause := self._limiter.pause(now):
            return now + pause
        room = min(MOST_AT_ONCE - len(self._under_way), self._limiter.room(now))
        claimed = await self._claim(lease.epoch, now, room) if room > 0 else ()
        for delivery in claimed:
            await self._begin(delivery, lease.epoch)
        return now if claimed else now + POLL_EVERY  # the rest are for chats with a send in progress; its end wakes us

    async def finish(self) -> None:
        """Wait for what is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way.values())

    async def _attempt(self) -> datetime | None:
        """Make a step. An error is logged, once as long as it stays the same, and the next step tries again."""
        try:
            due = await self.step()
        except UnavailableError as error:
            if self._trouble != error.why:
                log.warning("deliveries wait", platform=self._carrier.name, why=str(error.why))
            self._trouble = error.why
        except Exception as error:  # noqa: BLE001 - one error must not end the sending
            if self._trouble != type(error).__name__:
                noted(error, self._carrier.name)
            self._trouble = type(error).__name__
            self._stuck = self._stuck_by(self._clock.now())
        else:
            self._trouble = ""
            self._stuck = None if due is None else self._stuck
            return due
        return self._clock.now() + POLL_EVERY

    def _stuck_by(self, now: datetime) -> datetime:
        """Since when deliveries are stuck that are so now; a time in the future is from before the clock was set."""
        return now if self._stuck is None else min(self._stuck, now)

    async def _rest(self, until: datetime, stop: asyncio.Event, pause: Pause) -> None:
        """Wait until a time, until `wake` is called, or until `stop` is set."""
        seconds = max((until - self._clock.now()).total_seconds(), 0.0)
        await first_of(pause(seconds), self._woken.wait(), stop.wait())

    async def _hold_lease(self, now: datetime) -> Lease | None:
        """Take the lease, or renew it in time. None as long as another process has it."""
        if self._lease is not None and lasts(self._lease.until - RENEWED, now, LEASE - RENEWED):
            return self._lease
        if self._lease is None and self._under_way:
            return None  # what was sent under an earlier lease must end first, so that nothing is sent beside it
        self._lease = await self._ask_for_lease(now, now + LEASE)
        return self._lease

    async def _ask_for_lease(self, now: datetime, until: datetime) -> Lease | None:
        holder = f"{self._holder}.{self._lives}"
        return await self._outbox.lease(self._carrier.name, holder, now, until, idempotent=self._carrier.idempotent)

    async def _release(self) -> None:
        """End the lease now, so that the next holder need not wait."""
        if self._lease is not None:
            now, self._lease = self._clock.now(), None
            with suppress(UnavailableError):  # then the lease runs out
                await self._ask_for_lease(now, now)

    async def _claim(self, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Claim what is due. If the answer is lost, nobody knows what was claimed, so the lease is dropped."""
        try:
            return await self._outbox.claim(self._carrier.name, epoch, now, limit)
        except Exception:
            self._drop_lease()
            raise

    def _drop_lease(self) -> None:
        """Continue as another holder. Once the old lease has run out, whatever was claimed under it is recovered."""
        self._lease, self._lives, self._idle_until = None, self._lives + 1, NEVER

    async def _begin(self, delivery: Delivery, epoch: int) -> None:
        """Start to send a delivery, or defer it because of quiet hours, the rate limit or another one to the chat."""
        chat, group, now = delivery.target.chat, not delivery.target.direct, self._clock.now()
        try:
            # A change names a message, so it opens no chat.
            calls = 1 if delivery.notice.mends else await self._carrier.calls(delivery.target)
            deferred = self._deferred(delivery, now, calls)
        except UnavailableError:
            await self._settle(delivery, epoch, Deferred(LATER))
            return
        except Exception as error:  # noqa: BLE001 - one chat whose time zone is unknown here must not end the sending
            await self._settle(delivery, epoch, self._failed(error))
            return
        if deferred is not None:
            await self._settle(delivery, epoch, deferred)
            return
        self._limiter.sent(chat, now, group=group, calls=calls)
        self._under_way[chat] = asyncio.create_task(self._send(delivery, epoch, now, calls))

    def _deferred(self, delivery: Delivery, now: datetime, calls: int) -> Deferred | None:
        """How long a delivery must wait; at night alone, since changes of messages in the same chat wake nobody."""
        target, urgent = delivery.target, delivery.notice.urgent
        by_day = not urgent and not delivery.notice.mends
        if by_day and (asleep := until_morning(delivery.zone, now, delivery.quiet)):
            return Deferred(asleep, alone=True)
        if target.chat in self._under_way:
            return Deferred(POLL_EVERY)
        wait = self._limiter.wait(target.chat, now, group=not target.direct, calls=calls, urgent=urgent)
        return Deferred(wait) if wait else None

    async def _send(self, delivery: Delivery, epoch: int, sent: datetime, calls: int) -> None:
        try:
            outcome = self._capped(delivery, await self._carried(delivery, epoch, sent, calls))
            outcome = await self._learned(delivery, outcome)
            if isinstance(outcome, Later):
                self._hold(delivery.target.chat, outcome, sent)
            if not isinstance(outcome, Deferred):
                self._stuck = self._stuck_by(sent) if isinstance(outcome, Later | Uncertain) else None
            name = type(outcome).__name__.lower()
            log.info("told", platform=self._carrier.name, code=delivery.notice.code, id=delivery.id, outcome=name)
            await self._settle(delivery, epoch, outcome)
        finally:
            self._under_way.pop(delivery.target.chat, None)
            self.wake()

    def _hold(self, chat: str, outcome: Later, began: datetime) -> None:
        """Send nothing to a chat, or to any, or open none, as the platform asked."""
        now = self._clock.now()
        if outcome.opening:
            self._limiter.hold_openings(began, now)
        else:
            self._limiter.hold(None if outcome.all else chat, now, outcome.wait)

    async def _carried(self, delivery: Delivery, epoch: int, sent: datetime, calls: int) -> Outcome:
        """Carry a delivery. If it cannot be rendered it has failed; if the carrier raises, the outcome is uncertain."""
        try:
            given = await self._render(delivery)
            kept_back = None if given is None or self._check is None else await self._check(delivery)
        except UnavailableError:
            return Deferred(LATER)
        except Exception as error:  # noqa: BLE001 - one message must not end the sending
            return self._failed(error)
        if given is None or kept_back is not None:
            return kept_back or Obsolete()
        if (stopped := self._stopped(delivery, epoch)) is not None:
            return stopped
        target, speak, began = delivery.target, voice(delivery.locale, delivery.zone), self._clock.now()
        try:
            async with asyncio.timeout(self._patience):
                nonce = f"{token_of(delivery)}{delivery.id}"
                outcome = await handed_over(self._carrier, self._outbox, delivery, given, speak, nonce)
        except Exception as error:  # noqa: BLE001 - as above
            noted(error, self._carrier.name)
            return Uncertain(type(error).__name__)
        if isinstance(outcome, Sent):
            answered = self._clock.now()
            self._limiter.answered(target.chat, sent, began, answered, group=not target.direct, calls=calls)
        return outcome

    def _stopped(self, delivery: Delivery, epoch: int) -> Outcome | None:
        """The outcome of a delivery that must not be handed to the platform now, however it looks."""
        if not self._holds(epoch):
            return Deferred(NOTHING)
        return Uncertain("lost answer") if may_double(delivery, self._clock.now()) else None

    async def _learned(self, delivery: Delivery, outcome: Outcome) -> Outcome:
        """The outcome, once `learn` knows of it. If the store is unavailable, an alert without a place is kept."""
        try:
            if self._learn is not None:
                await self._learn(delivery, outcome)
        except UnavailableError:
            return Deferred(LATER) if isinstance(outcome, PlaceLost) else outcome
        except Exception as error:  # noqa: BLE001 - what was sent was sent
            noted(error, self._carrier.name)
        return outcome

    def _failed(self, error: Exception) -> Failed:
        noted(error, self._carrier.name)
        return Failed(type(error).__name__)

    def _holds(self, epoch: int) -> bool:
        """Whether the lease of a claim still holds. It may have run out if this process was frozen meanwhile."""
        lease = self._lease
        return lease is not None and lease.epoch == epoch and lasts(lease.until, self._clock.now(), LEASE)

    def _capped(self, delivery: Delivery, outcome: Outcome) -> Outcome:
        """The outcome, or `Failed` if the delivery has moved or been uncertain too often, to end its retries."""
        if isinstance(outcome, Moved):
            self._moves[delivery.id] = self._moves.get(delivery.id, 0) + 1
            if self._moves[delivery.id] > MOST_MOVES:
                outcome = Failed("moved too often")
        if not isinstance(outcome, Moved | Later):
            self._moves.pop(delivery.id, None)
        if isinstance(outcome, Uncertain) and not delivery.notice.at_most_once:
            self._doubts[delivery.id] = self._doubts.get(delivery.id, 0) + 1
            if self._doubts[delivery.id] < MOST_DOUBTS:
                return outcome
            outcome = Failed(outcome.why)
        self._doubts.pop(delivery.id, None)
        return outcome

    async def _settle(self, delivery: Delivery, epoch: int, outcome: Outcome) -> None:
        """Write the outcome to the store. If the store is unavailable, try again with the next step."""
        try:
            await self._outbox.settle(delivery, epoch, outcome, self._clock.now())
        except UnavailableError:
            self._owed.append((delivery, epoch, outcome))
        except Exception as error:  # noqa: BLE001 - only the writing is retried, for sending again would repeat the message
            noted(error, self._carrier.name)
            self._unsettled[delivery.id] = self._unsettled.get(delivery.id, 0) + 1
            if self._unsettled[delivery.id] < MOST_DOUBTS:
                self._owed.append((delivery, epoch, outcome))
        else:
            self._unsettled.pop(delivery.id, None)

    async def _settle_owed(self) -> None:
        """Write the outcomes that could not be written before."""
        owed, self._owed = self._owed, []
        for delivery, epoch, outcome in owed:
            await self._settle(delivery, epoch, outcome)


async def _cut_off(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancel what is still under way. The next holder of the lease recovers it."""
    left = list(tasks)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
