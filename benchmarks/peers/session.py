"""An ORM session for each spend, on our own tables: `python -m benchmarks.peers.session FOLDER`, in our environment."""

from __future__ import annotations

import asyncio
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import event
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from benchmarks.peers.callers import CALLERS, MANY, ONE, rate, report
from benchmarks.raw import EACH, SEAL
from benchmarks.till import NOW, WALLETS, Till, event_loop
from storage import open_store
from storage.sql.tables.ledger import Entry, Lot, Posting, Wallet

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.ext.asyncio import AsyncEngine

PATIENCE: Final = 30
FREE_FROM: Final = 1_000_000
"""The first id that is certainly free: opening the wallets took fewer entries."""


def open_engine(file: Path) -> AsyncEngine:
    """An engine that is as durable as our store. No update is lost, since each transaction begins as a writing one."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{file}", connect_args={"timeout": PATIENCE})

    def connected(connection: Any, _: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine.sync_engine, "connect", connected)
    event.listen(engine.sync_engine, "begin", begun)
    return engine


async def spend(engine: AsyncEngine, number: int) -> None:
    """Look up the key, read the wallet and its open lots, write the entry with two postings, the lot and the wallet."""
    key = f"session:{number:012d}"
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        if (await session.exec(select(Entry).where(col(Entry.key) == key))).first() is not None:
            return
        wallet = await session.get_one(Wallet, number % WALLETS + 1)
        open_lots = select(Lot).where(col(Lot.wallet) == wallet.id, col(Lot.open)).order_by(col(Lot.number))
        lot = (await session.exec(open_lots)).all()[0]
        _draw(wallet, lot)
        entry = _entry(FREE_FROM + number, wallet, key)
        session.add(entry)
        await session.flush()
        session.add_all(_postings(entry, lot))


def _draw(wallet: Wallet, lot: Lot) -> None:
    wallet.entries += 1
    wallet.balance -= 1
    wallet.at = NOW
    lot.left -= 1
    lot.worth_net = (lot.worth_net or 0) - EACH


def _entry(id_: int, wallet: Wallet, key: str) -> Entry:
    return Entry(
        id=id_,
        wallet=wallet.id or 0,
        number=wallet.entries,
        at=NOW,
        kind="spend",
        balance=wallet.balance,
        key=key,
        body=SEAL,
        by=1,
        memo="Logo",
        job="",
        of=None,
        seal=SEAL,
        first=wallet.entries,
    )


def _postings(entry: Entry, lot: Lot) -> list[Posting]:
    legs = (f"wallet:{entry.wallet}", -1), ("expense:proposal", 1)
    return [
        Posting(
            entry=entry.id or 0,
            line=line,
            account=account,
            connects=connects,
            lot=lot.number,
            net=connects * EACH,
            tax=0,
            currency=lot.currency,
        )
        for line, (account, connects) in enumerate(legs)
    ]


async def main(folder: Path) -> None:
    file = folder / "session.db"
    async with open_store(f"sqlite:///{file}") as store:
        await Till(store).open()
    engine = open_engine(file)
    numbers = count()
    figures = {
        ONE: await rate(1, lambda: spend(engine, next(numbers))),
        MANY: await rate(CALLERS, lambda: spend(engine, next(numbers))),
    }
    await engine.dispose()
    report(figures)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=event_loop()) as runner:
        runner.run(main(Path(sys.argv[1])))
