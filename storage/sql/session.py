"""The two connections of a store, each owned by a thread, and how an operation gets there and back.

An aggregate (notes, promotions, ...) is a class whose methods take a `Session`. `reads` or `writes` turns such a method
into an operation of a port: callers await it without the session, and it runs on the thread of its connection.
A method that other operations also call within their transaction keeps a name of its own: `chat = reads(_chat)`.
"""

from __future__ import annotations

import gc
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, Protocol, TypeAlias, TypeVar

from core.shared.bounds import MOST_MONEY
from storage.writer.group_commit import Engine, JournalWrite, PlainWrite, QueuedWrite, Writer
from storage.writer.worker import Call, Worker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence

    from core.ledger.model import Receipt
    from core.shared.refusals import Refusal
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler


class Rows(Protocol):
    """The rows that a statement returned."""

    def fetchone(self) -> Any:
        """The next row, or None after the last."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        ...

    def fetchmany(self, size: int, /) -> list[Any]:
        """The next rows."""
        ...

    def close(self) -> None:
        """Discard the rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """What the drivers of both databases have in common."""

    def execute(self, sql: str, values: Row = ..., /) -> Rows:
        """Run one statement."""
        ...


class Writable(Connection, Protocol):
    """A connection that can also write many rows at once."""

    def executemany(self, sql: str, rows: Iterable[Row], /) -> object:
        """Run one statement for each row. An error in a row may be raised by the next statement only."""
        ...


class Session:
    """Runs statements on a connection. Values are given in the order of a statement's parameters."""

    def __init__(self, connection: Writable) -> None:
        self._connection = connection

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """All rows of a statement."""
        return self.stream(sql, *values).fetchall()

    def row(self, sql: str, *values: Any) -> Any:
        """The first row of a statement (None: it has none)."""
        return self.stream(sql, *values).fetchone()

    def stream(self, sql: str, *values: Any) -> Rows:
        """The rows of a statement, fetched as they are needed.

        A number beyond 64 bits is compared like the largest of them, which no row has.
        """
        for value in values:
            if value.__class__ is int and not -MOST_MONEY <= value <= MOST_MONEY:
                return self._connection.execute(sql, tuple(map(_within_64_bits, values)))
        return self._connection.execute(sql, values)

    def run(self, sql: str, *values: Any) -> None:
        """Run a statement that returns no rows."""
        self._connection.execute(sql, values)

    def run_many(self, sql: str, rows: Iterable[Row]) -> None:
        """Run a statement for each row. An error in a row may be raised by the next statement only."""
        self._connection.executemany(sql, rows)


def _within_64_bits(value: Any) -> Any:
    return min(max(value, -MOST_MONEY), MOST_MONEY) if isinstance(value, int) else value


P = ParamSpec("P")
T = TypeVar("T")
A = TypeVar("A", bound="Aggregate")
Read: TypeAlias = "Callable[[], Any]"
Method: TypeAlias = "Callable[Concatenate[A, Session, P], T]"
Operation: TypeAlias = "Callable[Concatenate[A, P], Coroutine[Any, Any, T]]"
READS_AT_ONCE: Final = 16
YOUNG: Final = 20_000
"""How many objects are made before the garbage collector looks at them."""


class Connections:
    """One connection that reads and one that writes."""

    engine: Engine
    _reader: Worker[Read]
    _writer: Worker[QueuedWrite]

    def __init__(
        self, reading: Writable, writing: Writable, to_text: Compiler, meaning: Callable[[Exception], Exception]
    ) -> None:
        """`to_text` compiles for their driver, `meaning` translates the errors of its reads."""
        self.to_text, self._meaning = to_text, meaning
        self._reading, self._writing = Session(reading), Session(writing)
        self._wipe: Callable[[bool], Awaitable[None]] = _nothing

    def start(self, engine: Engine) -> None:
        """Start both threads. The one that writes commits through an engine."""
        self.engine = engine
        self._writer = Worker("writer", Writer(engine).work)
        _collect_garbage_rarely()
        self._reader = Worker("reader", partial(run_each, meaning=self._meaning), READS_AT_ONCE)

    async def read(self, run: Callable[[Session], T]) -> T:
        """Run a function on the reader's thread."""
        outcome: T = await self._reader.ask(partial(run, self._reading))
        return outcome

    async def write(self, run: Callable[[Session], T], *, moves_wallets: bool, idempotent: bool) -> T:
        """Run a function on the writer's thread. It commits together with all other writes that are queued."""
        outcome: T = await self._writer.ask(PlainWrite(partial(run, self._writing), moves_wallets, idempotent))
        return outcome

    async def book(self, write: JournalWrite) -> Receipt | Refusal:
        """Decide a write to the journal on the writer's thread, and commit what was decided."""
        outcome: Receipt | Refusal = await self._writer.ask(write)
        return outcome

    async def wipe(self, *, copies: bool) -> None:
        """Let nothing that was deleted or replaced stay in files or pages, as far as the database can do that.

        `copies`: instead of that, delete the copies from before migrations.
        """
        await self._wipe(copies)

    def wiped_by(self, wipe: Callable[[bool], Awaitable[None]]) -> None:
        """What an engine does for that."""
        self._wipe = wipe

    async def close(self) -> None:
        """Finish all calls that are queued, then end the threads."""
        await self._writer.close()
        await self._reader.close()


async def _nothing(_copies: bool) -> None:  # noqa: FBT001 - as an engine is called
    """A database that keeps nothing of what was deleted."""


class Aggregate:
    """Rows that belong together, and the operations on them."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections


def reads(method: Method[A, P, T]) -> Operation[A, P, T]:
    """Make an operation that changes nothing and runs on the reader's connection."""

    @wraps(method)
    async def operation(self: A, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._connections.read(lambda session: method(self, session, *args, **kwargs))

    return operation


def writes(*, moves_wallets: bool = False, idempotent: bool = True) -> Callable[[Method[A, P, T]], Operation[A, P, T]]:
    """Make an operation that runs in a transaction of the writer's connection. For the options, see `PlainWrite`."""

    def decorated(method: Method[A, P, T]) -> Operation[A, P, T]:
        @wraps(method)
        async def operation(self: A, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return await self._connections.write(
                lambda session: method(self, session, *args, **kwargs),
                moves_wallets=moves_wallets,
                idempotent=idempotent,
            )

        return operation

    return decorated


def run_each(calls: Sequence[Call[Read]], meaning: Callable[[Exception], Exception]) -> None:
    """Run calls one after another. An error goes to its own caller only, translated by `meaning`."""
    for call in calls:
        try:
            call.outcome = call.asked()
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to this caller
            call.error = meaning(error)


def _collect_garbage_rarely() -> None:
    """Keep the garbage collector from running several times for each batch, which took a tenth of the time of a spend.

    A batch makes thousands of objects that live until its commit and are then freed by their reference counts. The
    collector would walk them and everything that was imported. Whether that is frozen already is seen by the threshold:
    to count what is frozen takes as long as a collection.
    """
    young, *older = gc.get_threshold()
    if young < YOUNG:
        gc.freeze()
        gc.set_threshold(YOUNG, *older)
