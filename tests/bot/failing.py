"""A store that fails at one of its operations, before or after carrying it out, as a test says."""

from __future__ import annotations

import pickle
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from typing_extensions import override

from bot.base.background_jobs import Jobs
from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.dispatch.writes import WRITING
from bot.documents.documents import Documents
from bot.pictures.drawings import Drawings
from core.books import Books
from core.ledger import rulebook
from core.shared.refusals import Outage, RefusedError, UnavailableError
from tests.bot.documents.publisher import InProcessPublisher
from tests.bot.pictures.sketching import Sketches
from tests.bot.stage import Bot

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from core.store import Store
    from tests.clock import TestClock

PORTS: Final = (
    "announcements",
    "audit_log",
    "forgetting",
    "inbox",
    "incomes",
    "personal_data",
    "ledger",
    "links",
    "notes",
    "outbox",
    "people",
    "promotions",
    "proposals",
    "recurring",
    "subscriptions",
    "tasks",
)


@dataclass(frozen=True)
class Fault:
    """How an operation fails: with which error, and whether it is carried out before.

    maybe: see `UnavailableError`; None stands for an error that nobody expects. lasting: all later operations fail too.
    """

    maybe: bool | None = False
    after: bool = False
    lasting: bool = False
    why: Outage = Outage.LOST

    @property
    def error(self) -> Exception:
        if self.maybe is None:
            return RuntimeError("the memo was: Secret")
        return UnavailableError(self.why, maybe=self.maybe)


@dataclass
class Failing:
    """Counts the operations of a store, and lets those of one name, or the one with a number, fail."""

    store: Store
    fault: Fault = field(default_factory=Fault)
    name: str = ""
    at: int = 0
    calls: list[str] = field(default_factory=list)

    async def run(self, name: str, operation: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
        self.calls.append(name)
        number = len(self.calls)
        if number == self.at or name == self.name:
            if self.fault.after:
                with suppress(RefusedError):
                    await operation(*args, **kwargs)
            raise self.fault.error
        if self.fault.lasting and 0 < self.at < number:
            raise UnavailableError(self.fault.why)
        return await operation(*args, **kwargs)

    def as_store(self) -> Store:
        return cast("Store", _FailingStore(self))


@dataclass
class Watching(Failing):
    """Notes which operations change the store. The others can as well fail before as after they are carried out."""

    changing: set[int] = field(default_factory=set)

    @override
    async def run(self, name: str, operation: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
        number, before = len(self.calls) + 1, pickle.dumps(self.store)
        try:
            return await super().run(name, operation, *args, **kwargs)
        finally:
            if pickle.dumps(self.store) != before:
                self.changing.add(number)

    def places(self, fault: Fault) -> Sequence[int]:
        """The operations that can fail so: only of one that writes can it be unknown whether it was carried out."""
        if fault.after:
            return sorted(self.changing)
        return [at for at in range(1, len(self.calls) + 1) if not fault.maybe or self.writes(at)]

    def writes(self, at: int) -> bool:
        """Whether an operation has changed the store, or is one of those that do."""
        return at in self.changing or _writes(*self.calls[at - 1].split("."))


def _writes(port: str, operation: str) -> bool:
    return operation in WRITING.get(port, ())


class _FailingStore:
    def __init__(self, plan: Failing) -> None:
        self._plan = plan

    def __getattr__(self, name: str) -> Any:
        part = getattr(self._plan.store, name)
        return _FailingPort(self._plan, name, part) if name in PORTS else part


class _FailingPort:
    def __init__(self, plan: Failing, name: str, port: object) -> None:
        self._plan, self._name, self._port = plan, name, port

    def __getattr__(self, name: str) -> Any:
        return partial(self._plan.run, f"{self._name}.{name}", getattr(self._port, name))


def bot_on(store: Store, clock: TestClock, drawings: Drawings | None = None, *, grace: float = 0) -> Bot:
    """A bot as after a start: it remembers only what is in the store. It has no background jobs."""
    books, jobs, operators = Books(store, rulebook.default(), clock), Jobs((), store.notes, clock), {"desk:boss"}
    studio, publisher = Sketches(), InProcessPublisher()
    drawings = drawings or Drawings(studio, grace=grace)
    desk = Desk(
        store,
        books,
        by_name(),
        Dialog(store.notes),
        operators=operators,
        jobs=jobs,
        drawings=drawings,
        documents=Documents(publisher, grace=grace),
    )
    return Bot(store, books, desk, clock, jobs, operators, {}, studio, publisher)
