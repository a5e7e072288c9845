"""The statements on people, chats and notes, compiled like those of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, bindparam, cast, delete, func, insert, literal_column, or_, select, update
from sqlmodel import col

from core.budget import SPENT_ON
from storage import tables as t
from storage.settings import COLUMNS
from storage.statements import WALLET, columns

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ColumnElement

    from storage.statements import Compiler


class PeopleSql:
    """The statements on people and on the wallets as theirs."""

    def __init__(self, to_text: Compiler) -> None:
        known_as = (col(t.Identity.platform) == bindparam("on"), col(t.Identity.user) == bindparam("as"))
        same = col(t.Identity.person) == col(t.Person.id)
        self.known = to_text(
            select(*columns(t.Person, "id", "name")).join(t.Identity, same).where(*known_as), "on", "as"
        )
        this = col(t.Person.id) == bindparam("this")
        self.person = to_text(select(*columns(t.Person, "id", "name")).where(this), "this")
        self.new_person = to_text(insert(t.Person).returning(col(t.Person.id)), "name", sets=("name",))
        self.new_identity = to_text(insert(t.Identity), "platform", "user", "person")
        self.rename = to_text(update(t.Person).where(this), "name", "this", sets=("name",))
        self._wallets(to_text)

    def _wallets(self, to_text: Compiler) -> None:
        this = col(t.Wallet.id) == bindparam("this")
        in_chat = (col(t.Wallet.platform) == bindparam("on"), col(t.Wallet.chat) == bindparam("as"))
        kept = select(*columns(t.Wallet, "id", *COLUMNS))
        self.wallet = to_text(kept.where(this), "this")
        self.of_person = to_text(kept.where(col(t.Wallet.person) == bindparam("owner")), "owner")
        self.of_chat = to_text(kept.where(*in_chat), "on", "as")
        opened = tuple(name for name in t.Wallet.model_fields if name not in {"id", "at", "month"})
        self.new_wallet = to_text(insert(t.Wallet).returning(col(t.Wallet.id)), *opened, sets=opened)
        self.settings = to_text(update(t.Wallet).where(this), *COLUMNS, "this", sets=COLUMNS)
        self.rearm = to_text(update(t.Wallet).where(this), "low", "this", sets=("low",))
        self._budgets(to_text)
        owner = ("platform", "chat")
        self.move_wallet = to_text(update(t.Wallet).where(*in_chat), *owner, "on", "as", sets=owner)
        unused = col(t.Wallet.entries) < bindparam("least")
        self.drop_unused = to_text(delete(t.Wallet).where(*in_chat, unused), "on", "as", "least")

    def _budgets(self, to_text: Compiler) -> None:
        wallet, number = col(t.Entry.wallet) == bindparam("wallet"), col(t.Entry.number)
        self.stands = to_text(select(*columns(t.Wallet, "entries", "at")).where(col(t.Wallet.id) == WALLET), "wallet")
        self.dated = to_text(select(col(t.Entry.at)).where(wallet, number == bindparam("number")), "wallet", "number")
        purposes: list[ColumnElement[str]] = [literal_column(f"'{account}'") for account in sorted(SPENT_ON)]
        self.spent = to_text(
            select(cast(func.sum(col(t.Posting.connects)), BigInteger))
            .join(t.Entry, col(t.Posting.entry) == col(t.Entry.id))
            .where(wallet, number >= bindparam("first"), col(t.Posting.account).in_(purposes)),
            "wallet", "first",
        )  # fmt: skip
        spent = ("month", "spent")
        this = col(t.Wallet.id) == bindparam("this")
        self.keep_spent = to_text(update(t.Wallet).where(this), *spent, "this", sets=spent)


class ChatSql:
    """The statements on chats and notes."""

    def __init__(self, to_text: Compiler) -> None:
        this = (col(t.Chat.platform) == bindparam("on"), col(t.Chat.id) == bindparam("as"))
        name = col(t.Note.name) == bindparam("this")
        self.chat = to_text(select(*columns(t.Chat, "kind", "title", "retired")).where(*this), "on", "as")
        self.drop_chat = to_text(delete(t.Chat).where(*this), "on", "as")
        self.new_chat = to_text(insert(t.Chat), *t.Chat.model_fields)
        lasts = or_(col(t.Note.until).is_(None), col(t.Note.until) > bindparam("now"))
        self.note = to_text(select(*columns(t.Note, "text")).where(name, lasts), "this", "now")
        self.drop_note = to_text(delete(t.Note).where(name), "this")
        self.new_note = to_text(insert(t.Note), *t.Note.model_fields)
        self.sweep = to_text(delete(t.Note).where(col(t.Note.until) <= bindparam("now")), "now")
