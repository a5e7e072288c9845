"""What clients paid, for those who want it kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select
from sqlmodel import col

from core.incomes.model import Income
from core.shared.money import Price
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import incomes as t
from storage.sql.tables.compiler import WALLET, columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.shared.ids import WalletId
    from storage.sql.session import Connections, Session
    from storage.sql.tables.compiler import Compiler


class IncomeSql:
    """The statements on incomes."""

    def __init__(self, to_text: Compiler) -> None:
        income, bid = col(t.Income.wallet) == WALLET, col(t.NamedBid.wallet) == WALLET
        this = col(t.Income.ref) == bindparam("this")
        self.income = to_text(select(*columns(t.Income, "ref")).where(income, this), "wallet", "this")
        self.drop = to_text(delete(t.Income).where(income, this), "wallet", "this")
        self.new = to_text(insert(t.Income), *t.Income.model_fields)
        fields = tuple(name for name in t.Income.model_fields if name != "wallet")
        ordered = select(*columns(t.Income, *fields)).where(income).order_by(col(t.Income.day), col(t.Income.ref))
        self.every = to_text(ordered, "wallet")
        self.clear = to_text(delete(t.Income).where(income), "wallet")
        client = col(t.NamedBid.client) == bindparam("this")
        self.drop_bid = to_text(delete(t.NamedBid).where(bid, client), "wallet", "this")
        self.new_bid = to_text(insert(t.NamedBid), *t.NamedBid.model_fields)
        self.bids = to_text(select(*columns(t.NamedBid, "client", "proposal")).where(bid), "wallet")
        self.clear_bids = to_text(delete(t.NamedBid).where(bid), "wallet")


class Incomes(Aggregate):
    """Implements `core.incomes.ports.Incomes`."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections)
        self._sql = connections.to_text.compiled(IncomeSql)

    @writes()
    def keep(self, session: Session, wallet: WalletId, incomes: Sequence[Income]) -> int:
        single = {income.ref: income for income in incomes}
        known = [ref for ref in single if session.row(self._sql.income, wallet, ref) is not None]
        for ref in known:
            session.run(self._sql.drop, wallet, ref)
        if single:
            session.run_many(self._sql.new, [_row(wallet, income) for income in single.values()])
        return len(single) - len(known)

    @reads
    def of(self, session: Session, wallet: WalletId) -> tuple[Income, ...]:
        return tuple(
            Income(ref, date.fromisoformat(day), client, about, Price(*amount))
            for ref, day, client, about, *amount in session.rows(self._sql.every, wallet)
        )

    @writes()
    def name_bid(self, session: Session, wallet: WalletId, client: str, proposal: str) -> None:
        session.run(self._sql.drop_bid, wallet, client)
        if proposal:
            session.run(self._sql.new_bid, wallet, client, proposal)

    @reads
    def named_bids(self, session: Session, wallet: WalletId) -> Mapping[str, str]:
        return dict(session.rows(self._sql.bids, wallet))

    @writes()
    def forget(self, session: Session, wallet: WalletId) -> int:
        number = len(session.rows(self._sql.every, wallet))
        session.run(self._sql.clear, wallet)
        session.run(self._sql.clear_bids, wallet)
        return number


def _row(wallet: WalletId, income: Income) -> tuple[object, ...]:
    return (wallet, income.ref, income.day.isoformat(), income.client, income.about, *income.amount)
