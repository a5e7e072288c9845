"""What deliveries need from a store: the outbox, its leases, and subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from core.delivery.notice import Delivery, Notice, Subscription, Target
    from core.delivery.outcome import Outcome
    from core.delivery.state import State


class Outbox(Protocol):
    """Notices and their deliveries. Only the sender that holds a platform's lease may send on it."""

    async def notify(self, notices: Sequence[Notice], now: datetime) -> int:
        """Store notices, each with its deliveries; returns the number of notices that were new.

        None is made to a chat that is retired, nor to a subscription that is not reached.
        Idempotent: a known key adds nothing. The deliveries of a large audience are written by `fan_out`. The notices
        of a ledger's change do not come through here: they are stored in the change's own transaction.
        """
        ...

    async def lease(
        self, platform: str, holder: str, now: datetime, until: datetime, *, idempotent: bool
    ) -> Lease | None:
        """Take or renew a platform's lease until a time; None while another holder has it.

        A lease of another holder that lasts longer than `core.delivery.state.LEASE` from now was taken under a clock
        that was ahead. It is cut to that: if its holder is alive, it will be renewed in time.
        If the lease passes to a new holder, the deliveries that the old one left in `sending` are recovered: see
        `core.delivery.state.recover`. `idempotent`: the platform makes one message of two with the same id.
        """
        ...

    async def claim(self, platform: str, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Claim deliveries that are due, urgent ones first, then the oldest; what mends messages comes last.

        At most one for each chat, and none for a chat that has one in `sending`. The claimed ones are `sending` on disk
        before this returns; stale ones are cancelled. Empty if the epoch is over.
        """
        ...

    async def settle(self, delivery: Delivery, epoch: int, outcome: Outcome, now: datetime) -> None:
        """Record the outcome of a claimed delivery, by the rules of `core.delivery.state`.

        After the epoch's end, an outcome can only turn `unknown` into `sent`. If the delivery has to wait, so do those
        to the same chat that are no more urgent, so that they are not claimed only to be deferred too.
        """
        ...

    async def hasten(self, platform: str, now: datetime) -> bool:
        """Make due what a clock that was ahead has put off: what is pending, and was last changed in the future.

        Returns whether there was any. Its notices get a time that has just passed, so that they are looked at again
        before they are sent.
        """
        ...

    async def give_up(self, now: datetime, limit: int) -> int:
        """Cancel stale deliveries, `limit` at most, even on a platform with no sender; returns their number.

        Those that have been `sending` for as long have lost their sender: they are cancelled too, or become `unknown`
        if their notice is sent at most once.
        """
        ...

    async def forget(self, before: datetime, limit: int, *, doubts: datetime) -> int:
        """Delete notices whose deliveries all ended before a time, oldest first, `limit` at most; returns their number.

        A notice with an `unknown` delivery is kept until that has been unknown since before `doubts`. The key of a
        deleted notice counts as new again.
        """
        ...

    async def deliveries(self, notice: str) -> tuple[tuple[Target, State, str], ...]:
        """The deliveries of the notice with this key: target, state, and the reason of that state."""
        ...

    async def shift(self, topic: str, old: State, new: State, now: datetime) -> int:
        """Move all deliveries of a topic from one state to another; returns their number. See `state.shift`."""
        ...

    async def mend(self, notice: Notice, facts: Mapping[str, str | int], now: datetime) -> bool:
        """Change the facts of the notice that `notice` mends, and store `notice` for each chat that may have them.

        All in one transaction: what still waits is sent with the new facts. Earlier mending that waits is cancelled if
        `notice` supersedes it. False if `notice` is known already, or the one that it mends is not.
        """
        ...

    async def standing(self, notice: str, platform: str, chat: str) -> tuple[State, str] | None:
        """The state of a notice's delivery to a chat, and the platform's id of its message (None: there is none).

        What waits after a lost answer counts as being sent.
        """
        ...

    async def sent_as(self, notice: str) -> tuple[tuple[Target, str], ...]:
        """Where the notice with this key has arrived, with the platform's id of each message."""
        ...

    async def tally(self, notice: str) -> tuple[tuple[str, State, int], ...]:
        """The number of deliveries of a notice for each platform and state."""
        ...

    async def fan_out(self) -> bool:
        """Write the next batch of a large audience's deliveries; False if there are none left to write.

        They are written in batches so that no booking has to wait for all of them. Any process may call this, until it
        returns False.
        """
        ...

    async def next_due(self, platform: str) -> datetime | None:
        """When the next delivery of a platform is due (None: there is none)."""
        ...


class Subscriptions(Protocol):
    """The chats that get announcements."""

    async def subscribe(self, subscription: Subscription) -> None:
        """Store a subscription, in place of the one its chat had."""
        ...

    async def unsubscribe(self, platform: str, chat: str) -> bool:
        """Delete a chat's subscription; False if it had none."""
        ...

    async def subscription(self, platform: str, chat: str) -> Subscription | None:
        """A chat's subscription, even if the chat is gone."""
        ...

    async def subscribers(self) -> tuple[Subscription, ...]:
        """All subscriptions, ordered by platform and chat, including chats that are gone."""
        ...

    async def restore_place(self, platform: str, chat: str, now: datetime) -> bool:
        """Note that the place of a chat's subscription can be written to again; False if it was not lost."""
        ...


class Lease(NamedTuple):
    """The right to send on a platform until a time. `epoch` grows with each new holder; only the latest is valid."""

    epoch: int
    until: datetime


class OutboxStore(Protocol):
    """A store that has this port."""

    @property
    def outbox(self) -> Outbox:
        """Notices and their deliveries."""
        ...


class SubscriptionStore(Protocol):
    """A store that has this port."""

    @property
    def subscriptions(self) -> Subscriptions:
        """The chats that get announcements."""
        ...
