"""Writes the deliveries of notices, those for many slice by slice, so that nobody who books meanwhile waits for all.

The slices commit with the notice. Each is a row that goes in the transaction in which its deliveries come, so that
after a crash none is left out and none comes twice, whoever goes on.
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
"""How many subscribers are looked at, and written to, while others wait."""
NO_SLICES: Final[Slices] = MappingProxyType({})
ABOUT_SOMETHING: Final[ColumnElement[bool]] = literal_column("about <> ''")


class Reader(NamedTuple):
    """Where a delivery goes, with the zone, the language and the quiet hours of who reads it (empty: the wallet's)."""

    platform: str
    chat: str
    direct: bool
    place: str
    zone: str = ""
    locale: str = ""
    quiet: str = ""


READERS: Final = Codec(list[Reader])


class FanoutSql:
    """The statements on slices, and on deliveries as they are made."""

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
        self.about = to_text(in_order.where(ABOUT_SOMETHING, col(n.Notice.about) == bindparam("what")), "what")
        self.drop = to_text(delete(n.Slice).where(of_it, col(n.Slice.number) == bindparam("nth")), "name", "nth")
        self.forget = to_text(delete(n.Slice).where(of_it), "name")


class Fanout(Aggregate):
    """Slices of the readers of a notice, until their deliveries are written."""

    def __init__(self, connections: Connections, subscriptions: Subscriptions) -> None:
        super().__init__(connections)
        self._sql = connections.to_text.compiled(FanoutSql)
        self._subscriptions = subscriptions

    async def slices(self, audience: Audience) -> tuple[str, ...]:
        """The readers whom something is for, read page by page beside what others do."""
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
        """Those of the next subscribers whom something is for (empty: none), and the last of those looked at."""
        looked_at = self._subscriptions.page(session, after, SLICE)
        readers = [Reader(*one.target, one.zone, one.locale, one.quiet) for one in audience.among(looked_at)]
        last = looked_at[-1].target[:2] if len(looked_at) == SLICE else None
        return READERS.text(readers) if readers else "", last

    @reads
    def waits(self, session: Session) -> bool:
        """Whether there is a slice of which the deliveries are not written."""
        return bool(session.rows(self._sql.any))

    @writes()
    def write_next(self, session: Session) -> bool:
        """Write the deliveries of one slice; False where there is none."""
        rows = session.rows(self._sql.next)
        for row in rows:
            self._write_slice(session, row)
        return bool(rows)

    def keep(self, session: Session, notice: str, made: int, slices: Sequence[str], *, urgent: bool) -> None:
        """Keep the slices of a notice until their deliveries are written; a lone one is written at once."""
        if len(slices) == 1:
            self.write(session, notice, made, READERS.value(slices[0]), urgent=urgent)
            return
        for number, readers in enumerate(slices):
            session.run(self._sql.new, notice, number, readers)

    def write(self, session: Session, notice: str, made: int, readers: Iterable[Reader], *, urgent: bool) -> None:
        """Write the deliveries of a notice to some readers."""
        waits = State.PENDING.value, made, 0, 0, "", "", made
        rows = ((notice, *reader[:3], *waits, *reader[3:], urgent) for reader in readers)
        session.run_many(self._sql.delivery, rows)

    def finish(self, session: Session, about: str) -> None:
        """Write those of all slices about something, such as to stop all of it."""
        for row in session.rows(self._sql.about, about):
            self._write_slice(session, row)

    def _write_slice(self, session: Session, row: Row) -> None:
        notice, number, kept, made, urgent = row
        session.run(self._sql.drop, notice, number)
        self.write(session, notice, made, READERS.value(kept), urgent=bool(urgent))

    def forget(self, session: Session, notice: str) -> None:
        """Drop the slices of a notice."""
        session.run(self._sql.forget, notice)
