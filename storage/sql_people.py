"""People, chats, the wallets' owners and the notes, over any driver's connection."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from core.budget import month_of
from core.errors import RefusedError, Unknown
from core.model import PersonId, WalletId
from core.people import Chat, ChatKind, ChatRef, Identity, Owner, Person, Wallet
from storage.people_statements import ChatSql, PeopleSql
from storage.settings import read_settings, settings_row
from storage.sql_subscriptions import Subscribers
from storage.tables import micros, moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.people import Settings
    from storage.sql_journal import Connection
    from storage.statements import Compiler


NOT_LOW: Final = False
NEW: Final = (0, 0, 0, "", NOT_LOW)  # no entries, no lots, nothing in it, no seal, nothing told
NOTHING: Final = 0


class Directory:
    """Reads and writes on one connection, by the thread that owns it, within that thread's transaction."""

    def __init__(self, connection: Connection, to_text: Compiler) -> None:
        self._connection, self._sql, self._chats = connection, to_text.compiled(PeopleSql), to_text.compiled(ChatSql)
        self._subscribers = Subscribers(connection, to_text)

    def _one(self, sql: str, *values: Any) -> Any:
        return self._connection.execute(sql, values).fetchone()

    def _do(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, values)

    def known(self, identity: Identity) -> Person | None:
        """The person behind an identity, if it was seen before."""
        row = self._one(self._sql.known, identity.platform, identity.user)
        return None if row is None else Person(PersonId(row[0]), row[1])

    def person(self, identity: Identity, name: str) -> Person:
        """The person behind an identity, made on first sight; `name` is kept as last seen."""
        known = self.known(identity)
        if known is None:
            number = PersonId(self._one(self._sql.new_person, name)[0])
            self._do(self._sql.new_identity, identity.platform, identity.user, number)
            return Person(number, name)
        if known.name != name:
            self._do(self._sql.rename, name, known.id)
        return Person(known.id, name)

    def people(self, ids: Iterable[PersonId]) -> dict[PersonId, str]:
        """The names of these people, as last seen; who is not known is left out."""
        rows = (self._one(self._sql.person, number) for number in sorted(set(ids)))
        return {PersonId(row[0]): row[1] for row in rows if row is not None}

    def wallet_of(self, owner: Owner) -> Wallet | None:
        """The wallet of a person or a chat, if it was opened."""
        row = (
            self._one(self._sql.of_chat, owner.platform, owner.id)
            if isinstance(owner, ChatRef)
            else self._one(self._sql.of_person, owner)
        )
        if row is None:
            return None
        return Wallet(WalletId(row[0]), read_settings(row[1:]))

    def open_wallet(self, owner: Owner, settings: Settings) -> Wallet:
        """The owner's wallet, made with these settings where there is none."""
        if (known := self.wallet_of(owner)) is not None:
            return known
        if isinstance(owner, ChatRef):
            person, platform, chat = None, owner.platform, owner.id
        elif self._one(self._sql.person, owner) is None:
            raise RefusedError(Unknown("person", str(owner)))
        else:
            person, platform, chat = owner, None, None
        speaks, told = settings_row(settings)[:4], settings_row(settings)[4:]
        made = self._one(self._sql.new_wallet, person, platform, chat, *speaks, *NEW, *told, NOTHING)
        return Wallet(WalletId(made[0]), settings)

    def settings_of(self, wallet: WalletId) -> Settings:
        """The settings of a wallet."""
        row = self._one(self._sql.wallet, wallet)
        if row is None:
            raise RefusedError(Unknown("wallet", str(wallet)))
        return read_settings(row[1:])

    def save_settings(self, wallet: WalletId, settings: Settings) -> None:
        """Keep a wallet's settings; what was spent of a budget is counted anew."""
        if self.settings_of(wallet).threshold != settings.threshold:  # what was told was told of another mark
            self._do(self._sql.rearm, NOT_LOW, wallet)
        self._do(self._sql.settings, *settings_row(settings), wallet)  # from here on, nobody else books in it
        month, spent = (None, NOTHING) if settings.budget is None else self._counted(wallet, settings.zone)
        self._do(self._sql.keep_spent, month, spent, wallet)

    def _counted(self, wallet: WalletId, zone: str) -> tuple[int | None, int]:
        """When the month of the latest entry began, and what the journal says was spent in it."""
        entries, at = self._one(self._sql.stands, wallet)
        if not entries:
            return None, NOTHING
        month = micros(month_of(moment(at), zone))
        first = bisect_left(range(1, entries + 1), month, key=partial(self._dated, wallet)) + 1
        return month, self._one(self._sql.spent, wallet, first)[0] or NOTHING

    def _dated(self, wallet: WalletId, number: int) -> int:
        return int(self._one(self._sql.dated, wallet, number)[0])

    def chat(self, ref: ChatRef) -> Chat | None:
        """The chat as last saved."""
        row = self._one(self._chats.chat, ref.platform, ref.id)
        return None if row is None else Chat(ref, ChatKind(row[0]), row[1], row[2])

    def save_chat(self, chat: Chat) -> None:
        """Keep a chat, over what was known of it."""
        ref = chat.ref
        self._do(self._chats.drop_chat, ref.platform, ref.id)
        self._do(self._chats.new_chat, ref.platform, ref.id, chat.kind.value, chat.title, chat.retired)

    def move_chat(self, old: ChatRef, new: ChatRef) -> None:
        """A group changed its id: its row and its wallet follow, unless the new id has its own already."""
        if old == new:
            return
        self._subscribers.moved(old.platform, old.id, new.id)
        chat = self.chat(old)
        if chat is not None:
            self._do(self._chats.drop_chat, old.platform, old.id)
            if self.chat(new) is None:
                self.save_chat(Chat(new, chat.kind, chat.title, chat.retired))
        if self.wallet_of(old) is not None:
            self._do(self._sql.drop_unused, new.platform, new.id, 1)
            if self.wallet_of(new) is None:
                self._do(self._sql.move_wallet, new.platform, new.id, old.platform, old.id)

    def note(self, name: str, now: datetime) -> str | None:
        """The text under a name, while its time lasts."""
        row = self._one(self._chats.note, name, micros(now))
        return None if row is None else str(row[0])

    def put_note(self, name: str, text: str, until: datetime | None) -> None:
        """Keep a text under a name, over what was there."""
        self.drop_note(name)
        self._do(self._chats.new_note, name, text, None if until is None else micros(until))

    def drop_note(self, name: str) -> None:
        """Forget a name; harmless where there is none."""
        self._do(self._chats.drop_note, name)

    def sweep_notes(self, now: datetime) -> None:
        """Forget the notes whose time is over."""
        self._do(self._chats.sweep, micros(now))
