"""Fan-out: writes the deliveries of a notice, slice by slice for a large audience, so that other writes need not wait.

The slices commit with the notice. A slice is deleted in the transaction that writes its deliveries, so after a crash
any process can go on, and no delivery is lost or written twice.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from sqlalchemy import bindparam, delete, insert, literal_column, select
from sqlmodel import col

from core.delivery.state import State
from storage.sql.session import Aggregate, reads, writes
from storage.sql.subscriptions import BEFORE_ALL, Subscriptions
from storage.sql.tables import delivery as n
from storage.sql.tables.codec import Codec
from storage.sql.tables.compiler import NONE_SKIPPED, ONE, columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.sql.elements import ColumnElement

    from core.delivery.notice import Audience
    from storage.sql.session import Connections, Session
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler

Slices: TypeAlias = "Mapping[str, Sequence[str]]"
SLICE: Final = 500
"""The number of subscribers that one read examines, and of deliveries that one write makes."""
NO_SLICES: Final[Slices] = MappingProxyType({})
HAS_TOPIC: Final[ColumnElement[bool]] = literal_column("about <> ''")


class Reader(NamedTuple):
    """Where a delivery goes, and the zone, language and quiet hours of its reader (empty: those of the wallet)."""

    platform: str
    chat: str
    direct: bool
    place: str
    zone: str = ""
    locale: str = ""
    quiet: str = ""


READERS: Final = Codec(list[Reader])


def sliced(readers: Sequence[Reader]) -> tuple[str, ...]:
    """Readers that are known already, as slices to store."""
    return tuple(READERS.text([*readers[at : at + SLICE]]) for at in range(0, len(readers), SLICE))


class FanoutSql:
    """The statements on slices, and the one that inserts deliveries."""

    def __init__(self, to_text: Compiler) -> None:
        sets = tuple(name for name in n.Delivery.model_fields if name != "id")
        self.delivery = to_text(insert(n.Delivery), *sets, sets=sets)
        of_it = col(n.Slice.notice) == bindparam("name")
        slices = select(*columns(n.Slice, "notice", "number", "readers"), *columns(n.Notice, "made", "urgent")).join(
            n.Notice, col(n.Notice.key) == col(n.Slice.notice)
        )
        in_order = slices.order_by(col(n.Slice.notice), col(n.Slice.number)).with_for_update(of=n.Slice)
        self.new = to_text(insert(n.Slice), *n.Slice.model_fields)
        self.any = to_text(select(*columns(n.Slice, "number")).limit(ONE).offset(NONE_SKIPPED))
        self.next = to_text(in_order.limit(ONE).offset(NONE_SKIPPED))
        self.of_topic = to_text(in_order.where(HAS_TOPIC, col(n.Notice.about) == bindparam("what")), "what")
        self.drop = to_text(delete(n.Slice).where(of_it, col(n.Slice.number) == bindparam("nth")), "name", "nth")
        self.forget = to_text(delete(n.Slice).where(of_it), "name")


class Fanout(Aggregate):
    """The slices of an audience whose deliveries are not written yet."""

    def __init__(self, connections: Connections, subscriptions: Subscriptions) -> None:
        super().__init__(connections)
        self._sql = connections.to_text.compiled(FanoutSql)
        self._subscriptions = subscriptions

    async def slices(self, audience: Audience) -> tuple[str, ...]:
        """The readers in an audience, as slices to store. Each page is a read of its own, so that others get a turn."""
        found: list[str] = []
        after: tuple[str, str] | None = BEFORE_ALL
        while after is not None:
            one, after = await self._slice(audience, after)
            found += filter(None, (one,))
        return tuple(found)

    @reads
    def _slice(
        self, session: Session, audience: Audience, after: tuple[str, str]
    ) -> tuple[str, tuple[str, str] | None]:
        """The readers among the next subscribers (empty: none), and the last one examined (None: there are no more)."""
        examined = self._subscriptions.page(session, after, SLICE)
        readers = [Reader(*one.target, one.zone, one.locale, one.quiet) for one in audience.among(examined)]
        last = examined[-1].target[:2] if len(examined) == SLICE else None
        return READERS.text(readers) if readers else "", last

    @reads
    def waits(self, session: Session) -> bool:
        """Whether there is a slice to write."""
        return bool(session.rows(self._sql.any))

    @writes()
    def write_next(self, session: Session) -> bool:
        """Write the deliveries of one slice. False: there is none."""
        rows = session.rows(self._sql.next)
        for row in rows:
            self._write_slice(session, row)
        return bool(rows)

    def store(self, session: Session, notice: str, made: int, slices: Sequence[str], *, urgent: bool) -> None:
        """Store the slices of a notice. If there is only one, its deliveries are written at once."""
        if len(slices) == 1:
            self._write_readers(session, notice, made, slices[0], urgent=urgent)
            return
        for number, readers in enumerate(slices):
            session.run(self._sql.new, notice, number, readers)

    def write(self, session: Session, notice: str, made: int, readers: Iterable[Reader], *, urgent: bool) -> None:
        """Write the deliveries of a notice to some readers."""
        waits = State.PENDING.value, made, 0, 0, "", "", made
        rows = ((notice, *reader[:3], *waits, *reader[3:], urgent) for reader in readers)
        session.run_many(self._sql.delivery, rows)

    def finish(self, session: Session, topic: str) -> None:
        """Write the deliveries of all slices of a topic, so that all of them can be changed."""
        for row in session.rows(self._sql.of_topic, topic):
            self._write_slice(session, row)

    def _write_slice(self, session: Session, row: Row) -> None:
        notice, number, readers, made, urgent = row
        session.run(self._sql.drop, notice, number)
        self._write_readers(session, notice, made, readers, urgent=bool(urgent))

    def _write_readers(self, session: Session, notice: str, made: int, readers: str, *, urgent: bool) -> None:
        """Write the deliveries of a slice, except to readers who were lost after it was made."""
        there = READERS.value(readers)
        lost = self._subscriptions.unreached(session, there[0][:2], there[-1][:2])
        self.write(session, notice, made, (one for one in there if one[:2] not in lost), urgent=urgent)

    def forget(self, session: Session, notice: str) -> None:
        """Drop the slices of a notice."""
        session.run(self._sql.forget, notice)
