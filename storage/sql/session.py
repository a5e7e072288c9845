"""The two connections of a store, each with the thread that owns it, and how an operation gets there and back.

An aggregate (notes, promotions, ...) is a class of methods on a `Session`. Decorated with `reads` or `writes`, a method
becomes an operation of a port of core: callers await it without the session, and it runs on its connection's thread.
"""

from __future__ import annotations

import gc
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, Protocol, TypeAlias, TypeVar

from storage.writer.group_commit import Booking, Engine, Errand, Wish, Writer
from storage.writer.worker import Job, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence

    from core.ledger.model import Receipt
    from core.shared.refusals import Refusal
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler


class Rows(Protocol):
    """The rows that a statement gave."""

    def fetchone(self) -> Any:
        """The next row, None after the last."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        ...

    def fetchmany(self, size: int, /) -> list[Any]:
        """The next rows."""
        ...

    def close(self) -> None:
        """Let go of what is left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """What the drivers of both databases have in common."""

    def execute(self, sql: str, values: Row = ..., /) -> Rows:
        """Run one statement."""
        ...


class Writable(Connection, Protocol):
    """A connection over which rows are written."""

    def executemany(self, sql: str, rows: Iterable[Row], /) -> object:
        """Run one statement for each row; what is wrong with one may only show at the next statement."""
        ...


class Session:
    """Runs statements with their values in order."""

    def __init__(self, connection: Writable) -> None:
        self._connection = connection

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """All rows that a statement gives."""
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> Any:
        """The first row that a statement gives (None: there is none)."""
        return self._connection.execute(sql, values).fetchone()

    def stream(self, sql: str, *values: Any) -> Rows:
        """The rows of a statement, fetched as they are asked for."""
        return self._connection.execute(sql, values)

    def run(self, sql: str, *values: Any) -> None:
        """Run a statement that gives nothing."""
        self._connection.execute(sql, values)

    def run_many(self, sql: str, rows: Iterable[Row]) -> None:
        """Run a statement for each row; what is wrong with one may only show at the next statement."""
        self._connection.executemany(sql, rows)


P = ParamSpec("P")
T = TypeVar("T")
A = TypeVar("A", bound="Aggregate")
Read: TypeAlias = "Callable[[], Any]"
Method: TypeAlias = "Callable[Concatenate[A, Session, P], T]"
Operation: TypeAlias = "Callable[Concatenate[A, P], Coroutine[Any, Any, T]]"
READS_AT_ONCE: Final = 16


class Connections:
    """One connection that reads and one that writes."""

    _reader: Worker[Read]
    _writer: Worker[Wish]

    def __init__(
        self, reading: Writable, writing: Writable, to_text: Compiler, meaning: Callable[[Exception], Exception]
    ) -> None:
        """`to_text` compiles for their driver; `meaning` is what an error of the driver means to a reader."""
        self.to_text, self._meaning = to_text, meaning
        self._reading, self._writing = Session(reading), Session(writing)

    def start(self, engine: Engine) -> None:
        """Start both threads; the one that writes books by an engine."""
        self._writer = Worker("writer", Writer(engine).work)
        _spare_the_collector()
        self._reader = Worker("reader", partial(run_each, meaning=self._meaning), READS_AT_ONCE)

    async def read(self, run: Callable[[Session], T]) -> T:
        """Run a function on the thread that reads."""
        outcome: T = await self._reader.ask(partial(run, self._reading))
        return outcome

    async def write(self, run: Callable[[Session], T], *, moves_wallets: bool, repeatable: bool) -> T:
        """Run a function on the thread that writes, and commit it with whatever else waits there."""
        outcome: T = await self._writer.ask(Errand(partial(run, self._writing), moves_wallets, repeatable))
        return outcome

    async def book(self, booking: Booking) -> Receipt | Refusal:
        """Decide on the thread that writes, and commit what was decided."""
        outcome: Receipt | Refusal = await self._writer.ask(booking)
        return outcome

    async def close(self) -> None:
        """Finish what was asked for, then end the threads."""
        await self._writer.close()
        await self._reader.close()


class Aggregate:
    """Rows that are kept together, and what is done with them."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections


def reads(method: Method[A, P, T]) -> Operation[A, P, T]:
    """An operation that changes nothing, on the connection that reads."""

    @wraps(method)
    async def operation(self: A, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._connections.read(lambda session: method(self, session, *args, **kwargs))

    return operation


def writes(*, moves_wallets: bool = False, repeatable: bool = True) -> Callable[[Method[A, P, T]], Operation[A, P, T]]:
    """An operation within a transaction of the connection that writes; `Errand` says what the options mean."""

    def decorated(method: Method[A, P, T]) -> Operation[A, P, T]:
        @wraps(method)
        async def operation(self: A, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return await self._connections.write(
                lambda session: method(self, session, *args, **kwargs),
                moves_wallets=moves_wallets,
                repeatable=repeatable,
            )

        return operation

    return decorated


def run_each(jobs: Sequence[Job[Read]], meaning: Callable[[Exception], Exception]) -> None:
    """Run functions one after another; what one raises is its own caller's, by what it means."""
    for job in jobs:
        try:
            job.outcome = job.asked()
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to this caller
            job.error = meaning(error)


def _spare_the_collector() -> None:
    """A batch makes thousands of objects that live until its commit and then go by themselves.

    Python would walk them, and all that was imported, several times for each batch: a tenth of a spend.
    """
    if not gc.get_freeze_count():
        gc.freeze()
    young, *older = gc.get_threshold()
    gc.set_threshold(max(young, 20_000), *older)
