"""What an action has written so far. After a failure the answer says what stands; see decision 0025."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from bot.reply.parts import say
from bot.views.entries import named, signed
from core.ledger.model import Kind, Receipt
from core.shared.refusals import Refusal, RefusedError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.reply.parts import Say
    from core.shared.ids import WalletId
    from core.store import Store

LEDGER: Final = "ledger"
FORGETTING: Final = "forgetting"
BY_ITSELF: Final = frozenset({Kind.EXPIRY, Kind.RECAST})
"""What is booked because of something else; nobody asked for it."""
MOST_NAMED: Final = 20
"""How many entries are named one by one; an import may have thousands."""
WRITING: Final[Mapping[str, frozenset[str]]] = {
    LEDGER: frozenset({"write"}),
    "people": frozenset({"open_wallet", "replace_settings", "join_group", "leave_group"}),
    "notes": frozenset({"put_note", "take_note"}),
    "incomes": frozenset({"keep", "name_bid", "forget"}),
    "outbox": frozenset({"notify", "shift", "mend", "fan_out"}),
    "subscriptions": frozenset({"subscribe", "unsubscribe"}),
    "announcements": frozenset({"new_announcement", "change_announcement"}),
    "recurring": frozenset({"new_series", "change_series"}),
    "promotions": frozenset({"new_promotion", "change_promotion", "enter", "settle_claim", "settle_claims"}),
    "tasks": frozenset({"schedule"}),
    FORGETTING: frozenset({"forget"}),
    "forgetting": frozenset({"forget"}),
    "links": frozenset({"link", "unlink"}),
}
"""The operations by which a command can change something that its caller asked for, by the store's port."""


class Writes:
    """What one action has written: the entries that it booked, anything else, and what may have been written.

    check: the command, if there is one, that shows what the action changes outside the ledger.
    answered: how many of the receipts have been answered already.
    failed: the answer is about a failure.
    forgot: whoever called is forgotten, so that nothing more is kept of them.
    """

    def __init__(self) -> None:
        self.check, self.answered, self.failed, self.forgot = "", 0, False, False
        self.receipts: list[Receipt] = []
        self._elsewhere = False
        self._doubtful: set[str] = set()

    @property
    def any(self) -> bool:
        """Whether something was written, or may have been."""
        return bool(self.receipts or self._elsewhere or self._doubtful)

    async def watch(self, port: str, operation: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
        """Run an operation that writes, and note what came of it."""
        try:
            outcome = await operation(*args, **kwargs)
        except RefusedError:
            raise  # nothing was written
        except UnavailableError as error:
            if error.maybe:
                self._doubt(port)
            raise
        except BaseException:
            self._doubt(port)
            raise
        self.forgot = self.forgot or port == FORGETTING
        if isinstance(outcome, Receipt) and outcome.entries:
            self.receipts.append(outcome)
        elif outcome is not False and not isinstance(outcome, Refusal):
            self._elsewhere = True
        return outcome

    def _doubt(self, port: str) -> None:
        """Note that an operation may have been carried out. Whoever may be forgotten is not remembered again by it."""
        self._doubtful.add(port)
        self.forgot = self.forgot or port == FORGETTING

    def standing(self, wallet: WalletId | None) -> tuple[Say, ...]:
        """The entries that were booked and not answered yet, as far as they are in `wallet`, that of this chat."""
        own = (receipt for receipt in self.receipts[self.answered :] if _in(receipt, wallet))
        asked_for = [entry for receipt in own for entry in receipt.entries if entry.kind not in BY_ITSELF]
        if len(asked_for) > MOST_NAMED:
            first, last = asked_for[0].number, asked_for[-1].number
            return (say("stands-entries", first=first, last=last, entries=len(asked_for)),)
        return tuple(say("stands-entry", number=e.number, deed=named(e), delta=signed(e.delta)) for e in asked_for)

    def advice(self, wallet: WalletId | None) -> Say:
        """What to do after a failure. Only here is it said that nothing was booked, and only if that is known."""
        if not self.any:
            return say("stands-nothing")
        if LEDGER in self._doubtful:
            return say("stands-doubt")
        if any(_in(receipt, wallet) for receipt in self.receipts):
            return say("stands-history")
        return say("stands-check", command=self.check) if self.check else say("stands-perhaps")


def _in(receipt: Receipt, wallet: WalletId | None) -> bool:
    """Whether something was booked in a wallet that its history shows. What somebody tells of a proposal is not."""
    return any(entry.wallet == wallet for entry in receipt.entries)


class _RecordedPort:
    """A port of a store whose writing operations are watched."""

    def __init__(self, port: object, name: str, writes: Writes) -> None:
        self._port, self._name, self._writes = port, name, writes

    def __getattr__(self, name: str) -> Any:
        operation = getattr(self._port, name)
        return partial(self._writes.watch, self._name, operation) if name in WRITING[self._name] else operation


class _RecordedStore:
    """A store that notes in `writes` what is written through it."""

    def __init__(self, store: Store, writes: Writes) -> None:
        self._store, self._writes = store, writes

    def __getattr__(self, name: str) -> Any:
        part = getattr(self._store, name)
        return _RecordedPort(part, name, self._writes) if name in WRITING else part


def recorded(store: Store, writes: Writes) -> Store:
    """The same store. What is written through it is noted in `writes`."""
    return cast("Store", _RecordedStore(store, writes))
