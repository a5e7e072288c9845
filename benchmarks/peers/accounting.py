"""python-accounting on SQLite: `python -m benchmarks.peers.accounting FOLDER`, in the peers' environment.

One caller only: it numbers a transaction by counting those before it, which callers side by side would do alike.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from python_accounting.database.session import get_session
from python_accounting.models import Account, Base, Currency, Entity, LineItem
from python_accounting.transactions import JournalEntry
from sqlalchemy import create_engine, event

from benchmarks.peers.callers import ONE, report, threads_rate


def open_engine(file: Path) -> Any:
    """An engine that is as durable as our store."""
    engine = create_engine(f"sqlite:///{file}")

    def connected(connection: Any, _: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    event.listen(engine, "connect", connected)
    Base.metadata.create_all(engine)
    return engine


class Company:
    """An entity with the two accounts that a spend moves between."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._entity = self._add(Entity(name="Company"))
        self._currency = self._add(Currency(name="US Dollars", code="USD", entity_id=self._entity))
        types = Account.AccountType
        self._wallet, self._expense = self._account(types.BANK), self._account(types.OPERATING_EXPENSE)

    def _add(self, row: Any) -> int:
        self._session.add(row)
        self._session.commit()
        return int(row.id)

    def _account(self, kind: Any) -> int:
        return self._add(
            Account(name=kind.value, account_type=kind, currency_id=self._currency, entity_id=self._entity)
        )

    def spend(self) -> None:
        """Post a journal entry with one line, which commits it."""
        session = self._session
        entry = JournalEntry(
            narration="Logo",
            transaction_date=datetime.now(UTC).replace(tzinfo=None),  # it knows naive dates only
            account_id=self._wallet,
            entity_id=self._entity,
        )
        session.add(entry)
        session.flush()
        line = LineItem(narration="Logo", account_id=self._expense, amount=1, entity_id=self._entity)
        session.add(line)
        session.flush()
        entry.line_items.add(line)
        session.add(entry)
        entry.post(session)


def main(folder: Path) -> None:
    with get_session(open_engine(folder / "accounting.db")) as session:
        report({ONE: threads_rate(1, Company(session).spend)})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
