"""Writes the deliveries of notices, those for many slice by slice, so that nobody who books meanwhile waits for all.

The slices commit with the notice. Each is a row that goes in the transaction in which its deliveries come, so that
after a crash none is left out and none comes twice, whoever goes on.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from core.notices import State
from storage.codec import Codec
from storage.spread_statements import SpreadSql
from storage.sql_subscriptions import Subscribers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.audience import Audience
    from storage.rows import Row
    from storage.sql_journal import Writable
    from storage.statements import Compiler

Slices: TypeAlias = "Mapping[str, Sequence[str]]"

SLICE: Final = 500
"""How many subscribers are looked at, and written to, while others wait."""
BEFORE_ALL: Final = ("", "")
NO_SLICES: Final[Slices] = MappingProxyType({})


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


class Spread:
    """Reads and writes on one connection, by the thread that owns it."""

    def __init__(self, connection: Writable, to_text: Compiler) -> None:
        self._connection, self._sql = connection, to_text.compiled(SpreadSql)
        self._subscribers = Subscribers(connection, to_text)

    def _all(self, sql: str, *values: Any) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def _do(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, values)

    def page(self, audience: Audience, after: tuple[str, str]) -> tuple[str, tuple[str, str] | None]:
        """Those of the next subscribers whom something is for (empty: none), and the last of those looked at."""
        looked_at = self._subscribers.page(after, SLICE)
        readers = [Reader(*one.target, one.zone, one.locale, one.quiet) for one in audience.among(looked_at)]
        last = looked_at[-1].target[:2] if len(looked_at) == SLICE else None
        return READERS.text(readers) if readers else "", last

    def keep(self, notice: str, made: int, slices: Sequence[str], *, urgent: bool) -> None:
        """Keep the slices of a notice until their deliveries are written; a lone one is written at once."""
        if len(slices) == 1:
            self.write(notice, made, READERS.value(slices[0]), urgent=urgent)
            return
        for number, readers in enumerate(slices):
            self._do(self._sql.new, notice, number, readers)

    def write(self, notice: str, made: int, readers: Iterable[Reader], *, urgent: bool) -> None:
        """Write the deliveries of a notice to some readers."""
        waits = State.PENDING.value, made, 0, 0, "", "", made
        rows = ((notice, *reader[:3], *waits, *reader[3:], urgent) for reader in readers)
        self._connection.executemany(self._sql.delivery, rows)

    def waits(self) -> bool:
        """Whether there is a slice of which the deliveries are not written."""
        return bool(self._all(self._sql.any))

    def next(self) -> bool:
        """Write the deliveries of one slice; False where there is none."""
        rows = self._all(self._sql.next)
        for row in rows:
            self._write_slice(*row)
        return bool(rows)

    def finish(self, about: str) -> None:
        """Write those of all slices about something, such as to stop all of it."""
        for row in self._all(self._sql.about, about):
            self._write_slice(*row)

    def _write_slice(self, notice: str, number: int, kept: str, made: int, urgent: bool) -> None:  # noqa: FBT001 - a row
        self._do(self._sql.drop, notice, number)
        self.write(notice, made, READERS.value(kept), urgent=bool(urgent))

    def forget(self, notice: str) -> None:
        """Drop the slices of a notice."""
        self._do(self._sql.forget, notice)
