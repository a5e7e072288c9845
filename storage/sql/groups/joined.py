"""Which groups use the wallet of another group, and whether a wallet may be dropped so that its group can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, literal_column, select, union_all, update
from sqlmodel import col

from core.shared.ids import WalletId
from core.wallets.people import ChatRef
from storage.sql.tables import imports as i
from storage.sql.tables import incomes as n
from storage.sql.tables import ledger as t
from storage.sql.tables import proposals as p
from storage.sql.tables.compiler import columns

if TYPE_CHECKING:
    from sqlalchemy import Select

    from storage.sql.session import Session
    from storage.sql.tables.compiler import Compiler


class JoinedSql:
    """The statements on joined groups."""

    def __init__(self, to_text: Compiler) -> None:
        this = (col(t.JoinedGroup.platform) == bindparam("on"), col(t.JoinedGroup.chat) == bindparam("as"))
        of_wallet = col(t.JoinedGroup.wallet) == bindparam("wallet")
        ref = columns(t.JoinedGroup, "platform", "chat")
        self.wallet = to_text(select(*columns(t.JoinedGroup, "wallet")).where(*this), "on", "as")
        self.groups = to_text(select(*ref).where(of_wallet).order_by(*ref), "wallet")
        self.add = to_text(insert(t.JoinedGroup), *t.JoinedGroup.model_fields)
        self.drop = to_text(delete(t.JoinedGroup).where(*this), "on", "as")
        moved = ("platform", "chat")
        self.move = to_text(update(t.JoinedGroup).where(*this), *moved, "on", "as", sets=moved)
        tables = (t.Entry, i.Batch, n.Income, n.NamedBid, t.JoinedGroup)
        rows: list[Select[Any]] = [
            select(literal_column("1")).where(columns(table, "wallet")[0] == bindparam("wallet")) for table in tables
        ]
        self.kept = to_text(union_all(*rows), *("wallet" for _ in tables))
        self.drop_members = to_text(delete(t.Member).where(col(t.Member.wallet) == bindparam("wallet")), "wallet")
        self.drop_mark = to_text(
            delete(p.ProposalMark).where(col(p.ProposalMark.wallet) == bindparam("wallet")), "wallet"
        )
        self.drop_wallet = to_text(delete(t.Wallet).where(col(t.Wallet.id) == bindparam("wallet")), "wallet")
        self.kept_places = len(tables)


class JoinedGroups:
    """Reads and writes which groups use the wallet of another group, within a transaction."""

    def __init__(self, to_text: Compiler) -> None:
        self._sql = to_text.compiled(JoinedSql)

    def wallet(self, session: Session, ref: ChatRef) -> WalletId | None:
        """The wallet that a group uses without owning it."""
        row = session.row(self._sql.wallet, ref.platform, ref.id)
        return None if row is None else WalletId(row[0])

    def groups(self, session: Session, wallet: WalletId) -> tuple[ChatRef, ...]:
        """The groups that use a wallet without owning it."""
        return tuple(ChatRef(*row) for row in session.rows(self._sql.groups, wallet))

    def add(self, session: Session, ref: ChatRef, wallet: WalletId) -> None:
        """Let a group use a wallet."""
        session.run(self._sql.add, ref.platform, ref.id, wallet)

    def drop(self, session: Session, ref: ChatRef) -> None:
        """Let a group no longer use another one's wallet."""
        session.run(self._sql.drop, ref.platform, ref.id)

    def move(self, session: Session, old: ChatRef, new: ChatRef) -> None:
        """Give a group a new id."""
        session.run(self._sql.move, new.platform, new.id, old.platform, old.id)

    def drop_unused(self, session: Session, wallet: WalletId) -> bool:
        """Drop a wallet in which nothing is kept and which no other group uses; False if it stays."""
        if session.rows(self._sql.kept, *[wallet] * self._sql.kept_places):
            return False
        for sql in (self._sql.drop_members, self._sql.drop_mark, self._sql.drop_wallet):
            session.run(sql, wallet)
        return True
