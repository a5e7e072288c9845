"""What is asked of a store for deliveries and for those who subscribed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.delivery.notice import Delivery, Notice, Subscription, Target
    from core.delivery.outcome import Outcome
    from core.delivery.state import State


class Outbox(Protocol):
    """Notices and their deliveries. One sender at a time works on a platform: who holds its lease."""

    async def notify(self, notices: Sequence[Notice], now: datetime) -> int:
        """Keep notices, each with a delivery to every chat of its wallet's holder, or of its audience.

        A known key adds nothing. Where an audience is large, its deliveries come with `spread`. Gives the number of
        notices that were new. What a change carries is kept with it, in its own transaction.
        """
        ...

    async def lease(self, platform: str, holder: str, now: datetime, until: datetime, *, again: bool) -> Lease | None:
        """Take or keep the right to send on a platform until a time; None while another holds it.

        Where it passes to a new holder, what the one before left open is settled: a notice that is told at most once is
        `unknown`, any other is due again; with `again` (a second message is impossible there) what is fresh is so too.
        """
        ...

    async def claim(self, platform: str, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """What is due, the urgent and the oldest first, one for each chat and none for a chat that has one under way.

        All of it is `sending` from now on, on the disk; what is `STALE` is cancelled. Nothing where the epoch is over.
        """
        ...

    async def settle(self, delivery: Delivery, epoch: int, outcome: Outcome, now: datetime) -> None:
        """What became of a claimed delivery; an outcome that comes after the epoch's end can only clear a doubt.

        What waits, because it was put off or is to come later, holds with it what waits for the same chat and is no
        more urgent, so that it need not be claimed only to be put off as well.
        """
        ...

    async def give_up(self, now: datetime, limit: int) -> int:
        """Cancel what waits and is `STALE`, so many at most, also where nobody sends; gives the number.

        So is what was under way for as long, or `unknown` where it is told at most once: whoever sent it is gone.
        """
        ...

    async def forget(self, before: datetime, limit: int, *, doubts: datetime) -> int:
        """Delete notices, the oldest first and so many at most, that came to an end everywhere before a time.

        Where it is unknown whether one was sent, it stays until it has been so since before `doubts`. Gives the number
        of notices. The key of one that is forgotten is new again.
        """
        ...

    async def deliveries(self, notice: str) -> tuple[tuple[Target, State, str], ...]:
        """Where a notice went, how far it came, and why it came no further."""
        ...

    async def shift(self, about: str, seen: State, then: State, now: datetime) -> int:
        """Move all deliveries about something to another state; gives how many. What is to go on is not `STALE`."""
        ...

    async def sent_as(self, notice: str) -> tuple[tuple[Target, str], ...]:
        """Where a notice has arrived, with the id that the platform gave to each message."""
        ...

    async def tally(self, notice: str) -> tuple[tuple[str, State, int], ...]:
        """How many deliveries of a notice stand how on each platform."""
        ...

    async def spread(self) -> bool:
        """Write some of the deliveries of a notice for many, of which the rest wait; whether there were any to write.

        A notice for many may come without all of its deliveries, so that nobody who books meanwhile waits for them.
        Until there are no more to write, it is to be asked again, by anybody.
        """
        ...

    async def next_due(self, platform: str) -> datetime | None:
        """When the next delivery of a platform is due (None: there is none)."""
        ...


class Subscriptions(Protocol):
    """The chats that want to hear announcements."""

    async def subscribe(self, one: Subscription) -> None:
        """Keep a subscription, over what was kept of its chat."""
        ...

    async def unsubscribe(self, platform: str, chat: str) -> bool:
        """End a chat's subscription; whether there was one."""
        ...

    async def subscription(self, platform: str, chat: str) -> Subscription | None:
        """A chat's subscription, also one that is gone."""
        ...

    async def subscribers(self) -> tuple[Subscription, ...]:
        """All of them, by platform and chat, those that are gone too."""
        ...


class Lease(NamedTuple):
    """Who may send on a platform until when; `epoch` grows with each new holder, and only the current one counts."""

    epoch: int
    until: datetime
