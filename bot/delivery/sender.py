"""The one door out for what is told unasked: claim, pace, send, settle. One post at a time works on a platform."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import structlog

from bot.base.errors import noted
from bot.base.quiet_hours import until_morning
from bot.base.waiting import first_of
from bot.reply.words import voice
from bot.views.notices import token_of
from core.delivery.outcome import Failed, Later, Moved, Over, PutOff, Sent, Unknown
from core.shared.refusals import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from bot.delivery.carrier import Carrier
    from bot.delivery.rate_limit import Pacer
    from bot.reply.parts import Reply
    from core.delivery.notice import Delivery
    from core.delivery.outcome import Outcome
    from core.delivery.ports import Lease, Outbox
    from core.shared.ports import Clock

    Tell = Callable[[Delivery], Awaitable[Reply | None]]

    Pause = Callable[[float], Awaitable[None]]

log = structlog.get_logger()
LEASE: Final = timedelta(seconds=15)
RENEWED: Final = LEASE * 2 / 3  # what is left of it when it is renewed
LOOK: Final = timedelta(seconds=1)
IDLE: Final = timedelta(minutes=1)
NEVER: Final = datetime.min.replace(tzinfo=UTC)
LATER: Final = timedelta(seconds=5)
NOTHING: Final = timedelta()
PATIENCE: Final = 60.0
MOST_AT_ONCE: Final = 30
MOST_DOUBTS: Final = 5
MOST_MOVES: Final = 3


class Post:
    """Brings what is due on a platform to its chats, side by side, and never two at once to one chat."""

    def __init__(
        self,
        outbox: Outbox,
        carrier: Carrier,
        clock: Clock,
        *,
        pacer: Pacer,
        tell: Tell,
        holder: str,
        patience: float = PATIENCE,
    ) -> None:
        """Send as `holder`, a name that no other process has; a send may take `patience` seconds.

        `tell` puts a delivery into words, or raises where there are none; None where it is no longer so.
        """
        self._outbox, self._carrier, self._clock, self._pacer, self._tell = outbox, carrier, clock, pacer, tell
        self._holder, self._lives, self._patience = holder, 0, patience
        self._lease: Lease | None = None
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._owed: list[tuple[Delivery, int, Outcome]] = []
        self._doubts: dict[int, int] = {}
        self._moves: dict[int, int] = {}
        self._unkept: dict[int, int] = {}
        self._woken = asyncio.Event()
        self._trouble = ""
        self._idle_until = NEVER
        self._stuck: datetime | None = None

    @property
    def stuck_since(self) -> datetime | None:
        """Since when something waits and nothing could be sent, whatever was tried; None where all goes well."""
        return self._stuck

    def wake(self) -> None:
        """Something may be due: do not wait for the next look."""
        self._woken.set()

    async def run(self, stop: asyncio.Event, pause: Pause = asyncio.sleep) -> None:
        """Send what is due until `stop` is set; what is under way then is finished."""
        try:
            while not stop.is_set():
                self._woken.clear()
                due = await self._attempt()
                soon = self._clock.now() + LOOK
                await self._rest(min(due or soon, soon), stop, pause)
            await self.finish()
            await self._pay()
            await self._let_go()
        finally:
            await _cut_off(self._under_way.values())

    async def step(self) -> datetime | None:
        """Start to send what is due now; tells when to look again (None: nothing waits).

        Does not wait for what it sends: `finish` does. UnavailableError where the books are out of reach.
        """
        await self._pay()
        now = self._clock.now()
        due = await self._outbox.next_due(self._carrier.name)
        if (due is None or due > now) and now < self._idle_until:
            return due  # a bot that has nothing to tell seldom writes
        lease = await self._kept(now)
        if lease is None:
            return now + LOOK
        if now >= self._idle_until:  # what another process left open is due only now
            self._idle_until = now + IDLE
            due = await self._outbox.next_due(self._carrier.name)
        if due is None or due > now:
            return due
        if pause := self._pacer.pause(now):
            return now + pause
        room = min(MOST_AT_ONCE - len(self._under_way), self._pacer.room(now))
        claimed = await self._claim(lease.epoch, now, room) if room > 0 else ()
        for delivery in claimed:
            await self._begin(delivery, lease.epoch)
        return now if claimed else now + LOOK  # what is left is for chats that have one under way, and its end wakes

    async def finish(self) -> None:
        """Wait for what is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way.values())

    async def _attempt(self) -> datetime | None:
        """One step; a fault is noted, and the next look tries again. The same trouble is told once while it lasts."""
        try:
            due = await self.step()
        except UnavailableError as error:
            if self._trouble != error.why:
                log.warning("deliveries wait", platform=self._carrier.name, why=str(error.why))
            self._trouble = error.why
        except Exception as error:  # noqa: BLE001 - one fault must not end the sending
            if self._trouble != type(error).__name__:
                noted(error, self._carrier.name)
            self._trouble = type(error).__name__
            self._stuck = self._stuck or self._clock.now()
        else:
            self._trouble = ""
            self._stuck = None if due is None else self._stuck
            return due
        return self._clock.now() + LOOK

    async def _rest(self, until: datetime, stop: asyncio.Event, pause: Pause) -> None:
        """Wait until a time, but not longer than until something wakes it or `stop` is set."""
        seconds = max((until - self._clock.now()).total_seconds(), 0.0)
        await first_of(pause(seconds), self._woken.wait(), stop.wait())

    async def _kept(self, now: datetime) -> Lease | None:
        """The right to send, taken or renewed where it is time; None while another has it."""
        if self._lease is not None and now < self._lease.until - RENEWED:
            return self._lease
        if self._lease is None and self._under_way:
            return None  # what was sent under an earlier right ends first, so that nothing is sent beside it
        self._lease = await self._ask(now, now + LEASE)
        return self._lease

    async def _ask(self, now: datetime, until: datetime) -> Lease | None:
        holder = f"{self._holder}.{self._lives}"
        return await self._outbox.lease(self._carrier.name, holder, now, until, again=self._carrier.again)

    async def _let_go(self) -> None:
        """Let the right to send end now, so that who comes next need not wait."""
        if self._lease is not None:
            now, self._lease = self._clock.now(), None
            with suppress(UnavailableError):  # then it ends by itself
                await self._ask(now, now)

    async def _claim(self, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Take what is due. Where the answer is lost, nobody knows what was taken."""
        try:
            return await self._outbox.claim(self._carrier.name, epoch, now, limit)
        except Exception:
            self._begin_anew()
            raise

    def _begin_anew(self) -> None:
        """Go on under another name: once the right of this one has ended, all that it left open is settled."""
        self._lease, self._lives, self._idle_until = None, self._lives + 1, NEVER

    async def _begin(self, delivery: Delivery, epoch: int) -> None:
        """Send a delivery, or put it off as long as its reader sleeps or the pace forbids it."""
        chat, group, now = delivery.target.chat, not delivery.target.direct, self._clock.now()
        try:
            wait = self._wait(delivery, now)
        except Exception as error:  # noqa: BLE001 - one reader whose zone is unknown here must not end the sending
            await self._settle(delivery, epoch, self._failed(error))
            return
        if wait:
            await self._settle(delivery, epoch, PutOff(wait))
            return
        calls = self._carrier.calls(delivery.target)
        self._pacer.sent(chat, now, group=group, calls=calls)
        self._under_way[chat] = asyncio.create_task(self._send(delivery, epoch, now, calls))

    def _wait(self, delivery: Delivery, now: datetime) -> timedelta:
        target = delivery.target
        return max(
            NOTHING if delivery.notice.urgent else until_morning(delivery.zone, now, delivery.quiet),
            LOOK if target.chat in self._under_way else NOTHING,
            self._pacer.wait(target.chat, now, group=not target.direct, calls=self._carrier.calls(target)),
        )

    async def _send(self, delivery: Delivery, epoch: int, sent: datetime, calls: int) -> None:
        try:
            outcome = self._weighed(delivery, await self._carried(delivery, epoch, sent, calls))
            if isinstance(outcome, Later):
                self._pacer.hold(None if outcome.all else delivery.target.chat, self._clock.now() + outcome.wait)
            if not isinstance(outcome, PutOff):
                self._stuck = (self._stuck or sent) if isinstance(outcome, Later | Unknown) else None
            name = type(outcome).__name__.lower()
            log.info("told", platform=self._carrier.name, code=delivery.notice.code, id=delivery.id, outcome=name)
            await self._settle(delivery, epoch, outcome)
        finally:
            self._under_way.pop(delivery.target.chat, None)
            self.wake()

    async def _carried(self, delivery: Delivery, epoch: int, sent: datetime, calls: int) -> Outcome:
        """What became of it. What cannot be put into words is given up; what broke on the way is in doubt."""
        try:
            given = await self._tell(delivery)
        except UnavailableError:
            return PutOff(LATER)
        except Exception as error:  # noqa: BLE001 - one message must not end the sending
            return self._failed(error)
        if given is None:
            return Over()
        if not self._holds(epoch):
            return PutOff(NOTHING)
        target, speak, began = delivery.target, voice(delivery.locale, delivery.zone), self._clock.now()
        try:
            async with asyncio.timeout(self._patience):
                outcome = await self._carrier.carry(target, given, speak, f"{token_of(delivery)}{delivery.id}")
        except Exception as error:  # noqa: BLE001 - as above
            noted(error, self._carrier.name)
            return Unknown(type(error).__name__)
        if isinstance(outcome, Sent):
            answered = self._clock.now()
            self._pacer.answered(target.chat, sent, began, answered, group=not target.direct, calls=calls)
        return outcome

    def _failed(self, error: Exception) -> Failed:
        noted(error, self._carrier.name)
        return Failed(type(error).__name__)

    def _holds(self, epoch: int) -> bool:
        """Whether the right to send under which it was claimed lasts: this process may have stood still meanwhile."""
        return self._lease is not None and self._lease.epoch == epoch and self._clock.now() < self._lease.until

    def _weighed(self, delivery: Delivery, outcome: Outcome) -> Outcome:
        """The outcome, unless it was in doubt or moved too often: then it is given up, or it would go on for ever."""
        if isinstance(outcome, Moved):
            self._moves[delivery.id] = self._moves.get(delivery.id, 0) + 1
            if self._moves[delivery.id] > MOST_MOVES:
                outcome = Failed("moved too often")
        if not isinstance(outcome, Moved | Later):
            self._moves.pop(delivery.id, None)
        if isinstance(outcome, Unknown) and not delivery.notice.once:
            self._doubts[delivery.id] = self._doubts.get(delivery.id, 0) + 1
            if self._doubts[delivery.id] < MOST_DOUBTS:
                return outcome
            outcome = Failed(outcome.why)
        self._doubts.pop(delivery.id, None)
        return outcome

    async def _settle(self, delivery: Delivery, epoch: int, outcome: Outcome) -> None:
        """Keep what became of it; while the books are out of reach, it is owed to them."""
        try:
            await self._outbox.settle(delivery, epoch, outcome, self._clock.now())
        except UnavailableError:
            self._owed.append((delivery, epoch, outcome))
        except Exception as error:  # noqa: BLE001 - sent again it would be told twice, so it is only kept again
            noted(error, self._carrier.name)
            self._unkept[delivery.id] = self._unkept.get(delivery.id, 0) + 1
            if self._unkept[delivery.id] < MOST_DOUBTS:
                self._owed.append((delivery, epoch, outcome))
        else:
            self._unkept.pop(delivery.id, None)

    async def _pay(self) -> None:
        """Keep what is owed."""
        owed, self._owed = self._owed, []
        for delivery, epoch, outcome in owed:
            await self._settle(delivery, epoch, outcome)


async def _cut_off(tasks: Iterable[asyncio.Task[None]]) -> None:
    """End what is still under way; what became of it is for the next holder to say."""
    left = list(tasks)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
