"""People, chats, wallets and their settings."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import BigInteger, and_, bindparam, cast, func, insert, literal_column, select, update
from sqlmodel import col

from core.ledger.budget import SPENT_ON, month_after, month_of
from core.ledger.limits import counts_since, recounted
from core.scheduling.task import next_morning
from core.shared.bounds import MOST
from core.shared.ids import PersonId, WalletId
from core.shared.refusals import RefusedError, Unknown
from core.wallets.limits import counted_alike, limits_of
from core.wallets.people import ChatRef, Wallet
from core.wallets.ports import daily_review_name
from storage.sql.by_time import ByTimeSql, happened_since
from storage.sql.groups.joined import JoinedGroups
from storage.sql.persons.persons import NO_IDENTITY, Persons
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import ledger as t
from storage.sql.tables.codec import NO_TALLIES, SETTINGS, read_settings, settings_row, tallies_text
from storage.sql.tables.compiler import WALLET, columns
from storage.sql.tables.ledger import micros, moment
from storage.writer.invariants import check_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.sql.elements import ColumnElement

    from core.wallets.people import Chat, ChatKind, Identity, Owner, Person
    from core.wallets.settings import Settings
    from storage.sql.delivery.outbox import Outbox
    from storage.sql.persons.persons import Known
    from storage.sql.session import Connections, Session
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler
    from storage.sql.tasks import Tasks

NOT_LOW: Final = False
NOTHING: Final = 0
OPEN: Final = False
NEW: Final = {
    "entries": 0, "lots_made": 0, "balance": 0, "seal": "", "low": NOT_LOW, "spent": NOTHING, "tallies": NO_TALLIES,
    "closed": OPEN,
}  # fmt: skip
"""The state of a wallet in which nothing was booked."""
OPENED: Final = tuple(name for name in t.Wallet.model_fields if name not in {"id", "at", "month"})


class PeopleSql:
    """The statements on people, and on wallets apart from their journal."""

    def __init__(self, to_text: Compiler) -> None:
        self._members(to_text)
        self._wallets(to_text)

    def _members(self, to_text: Compiler) -> None:
        of_wallet, this = col(t.Member.wallet) == bindparam("wallet"), col(t.Member.person) == bindparam("this")
        person = func.coalesce(col(t.Person.into), col(t.Member.person))
        members = (
            select(person)
            .select_from(t.Member)
            .join(t.Person, col(t.Person.id) == col(t.Member.person))
            .where(of_wallet)
        )
        self.members = to_text(members.distinct().order_by(person), "wallet")
        self.is_member = to_text(select(*columns(t.Member, "person")).where(of_wallet, this), "wallet", "this")
        self.new_member = to_text(insert(t.Member), *t.Member.model_fields)

    def _wallets(self, to_text: Compiler) -> None:
        this = col(t.Wallet.id) == bindparam("this")
        in_chat = (col(t.Wallet.platform) == bindparam("on"), col(t.Wallet.chat) == bindparam("as"))
        wallet = select(*columns(t.Wallet, "id", *SETTINGS))
        self.wallet = to_text(wallet.where(this), "this")
        is_open = ~col(t.Wallet.closed)
        self.locked = to_text(wallet.where(this, is_open).with_for_update(key_share=True), "this")
        own = col(t.Wallet.person) == bindparam("owner")
        self.of_person = to_text(wallet.where(own, is_open), "owner")
        self.closed = to_text(select(*columns(t.Wallet, "id")).where(own, col(t.Wallet.closed)), "owner")
        self.of_chat = to_text(wallet.where(*in_chat), "on", "as")
        self.group_of = to_text(select(*columns(t.Wallet, "platform", "chat")).where(this), "this")
        self.new_wallet = to_text(insert(t.Wallet).returning(col(t.Wallet.id)), *OPENED, sets=OPENED)
        self.settings = to_text(update(t.Wallet).where(this), *SETTINGS, "this", sets=SETTINGS)
        self.rearm = to_text(update(t.Wallet).where(this), "low", "this", sets=("low",))
        self._counts(to_text)
        owner = ("platform", "chat")
        self.move_wallet = to_text(update(t.Wallet).where(*in_chat), *owner, "on", "as", sets=owner)

    def _counts(self, to_text: Compiler) -> None:
        """What was spent of a budget and of limits."""
        wallet, number = col(t.Entry.wallet) == bindparam("wallet"), col(t.Entry.number)
        self.newest = to_text(select(*columns(t.Wallet, "entries", "at")).where(col(t.Wallet.id) == WALLET), "wallet")
        self.dated = to_text(select(col(t.Entry.at)).where(wallet, number == bindparam("number")), "wallet", "number")
        purposes: list[ColumnElement[str]] = [literal_column(f"'{account}'") for account in sorted(SPENT_ON)]
        happened = func.coalesce(col(t.Entry.happened), col(t.Entry.at))
        within = and_(happened >= bindparam("month"), happened < bindparam("next"))
        self.spent = to_text(
            select(cast(func.sum(col(t.Posting.connects)), BigInteger))
            .join(t.Entry, col(t.Posting.entry) == col(t.Entry.id))
            .where(wallet, number >= bindparam("first"), within, col(t.Posting.account).in_(purposes)),
            "wallet", "first", "month", "next",
        )  # fmt: skip
        spent = ("month", "spent")
        this = col(t.Wallet.id) == bindparam("this")
        self.keep_spent = to_text(update(t.Wallet).where(this), *spent, "this", sets=spent)
        self.keep_tallies = to_text(update(t.Wallet).where(this), "tallies", "this", sets=("tallies",))


class People(Aggregate):
    """Implements `core.wallets.ports.Directory`."""

    def __init__(self, connections: Connections, outbox: Outbox, tasks: Tasks) -> None:
        super().__init__(connections)
        self._sql, self._by_time = connections.to_text.compiled(PeopleSql), connections.to_text.compiled(ByTimeSql)
        self._joined, self._persons = JoinedGroups(connections.to_text), Persons(connections.to_text)
        self._outbox, self._subscriptions, self._tasks = outbox, outbox.subscriptions, tasks

    async def person(self, identity: Identity, name: str) -> Person:
        """Most people are known, so it reads first and writes only if there is something new."""
        known = await self._known(identity)
        if known is not None and known.own.name == name and known.used in {NO_IDENTITY, str(identity)}:
            return known.now
        return await self._seen(identity, name)

    @reads
    def _known(self, session: Session, identity: Identity) -> Known | None:
        return self._persons.behind(session, identity)

    @writes()
    def _seen(self, session: Session, identity: Identity, name: str) -> Person:
        return self._persons.seen(session, identity, name)

    @reads
    def names(self, session: Session, ids: Iterable[PersonId]) -> Mapping[PersonId, str]:
        return self._persons.names(session, ids)

    @reads
    def standing_for(self, session: Session, ids: Iterable[PersonId]) -> Mapping[PersonId, PersonId]:
        found = ((number, self._persons.now(session, number)) for number in sorted(set(ids)))
        return {number: now for number, now in found if now not in {None, number}}

    @reads
    def same_as(self, session: Session, person: PersonId) -> tuple[PersonId, ...]:
        return self._persons.same_as(session, person)

    @reads
    def own_person(self, session: Session, identity: Identity) -> PersonId | None:
        known = self._persons.behind(session, identity)
        return None if known is None else known.own.id

    @reads
    def identities(self, session: Session, person: PersonId) -> tuple[Identity, ...]:
        return self._persons.identities(session, person)

    def _wallet_of(self, session: Session, owner: Owner) -> Wallet | None:
        row = (
            session.row(self._sql.of_chat, owner.platform, owner.id)
            if isinstance(owner, ChatRef)
            else self._own_wallet(session, owner)
        )
        if row is not None:
            return Wallet(WalletId(row[0]), read_settings(row[1:]))
        used = self._joined.wallet(session, owner) if isinstance(owner, ChatRef) else None
        return None if used is None else Wallet(used, self._settings_of(session, used), joined=True)

    wallet_of = reads(_wallet_of)

    def _own_wallet(self, session: Session, person: PersonId) -> Row | None:
        """Whoever stands for themselves is found at once. The wallet of anybody else is closed, if they have one."""
        row: Row | None = session.row(self._sql.of_person, person)
        if row is None and (now := self._persons.now(session, person)) not in {None, person}:
            row = session.row(self._sql.of_person, now)
        return row

    @reads
    def group_of(self, session: Session, wallet: WalletId) -> ChatRef | None:
        row = session.row(self._sql.group_of, wallet)
        return None if row is None or row[1] is None else ChatRef(*row)

    @reads
    def groups_of(self, session: Session, wallet: WalletId) -> tuple[ChatRef, ...]:
        row = session.row(self._sql.group_of, wallet)
        return () if row is None or row[1] is None else (ChatRef(*row), *self._joined.groups(session, wallet))

    @writes(moves_wallets=True)
    def join_group(self, session: Session, ref: ChatRef, wallet: WalletId) -> bool:
        self.locked_settings(session, wallet)
        used = self._wallet_of(session, ref)
        if used is None or (not used.joined and used.id != wallet and self._joined.drop_unused(session, used.id)):
            self._joined.add(session, ref, wallet)
            return True
        return used.joined and used.id == wallet

    @writes(moves_wallets=True)
    def leave_group(self, session: Session, ref: ChatRef) -> bool:
        used = self._joined.wallet(session, ref)
        self._joined.drop(session, ref)
        return used is not None

    @reads
    def members(self, session: Session, wallet: WalletId) -> tuple[PersonId, ...]:
        return tuple(PersonId(row[0]) for row in session.rows(self._sql.members, wallet))

    async def note_member(self, wallet: WalletId, person: PersonId, now: datetime) -> None:
        """Most people who write are known, so it reads first."""
        if not await self._is_member(wallet, person):
            await self._add_member(wallet, person, now)

    def _has_member(self, session: Session, wallet: WalletId, person: PersonId) -> bool:
        return session.row(self._sql.is_member, wallet, person) is not None

    _is_member = reads(_has_member)

    @writes()
    def _add_member(self, session: Session, wallet: WalletId, person: PersonId, now: datetime) -> None:
        if not self._has_member(session, wallet, person):
            session.run(self._sql.new_member, wallet, person, micros(now))

    @writes()
    def open_wallet(
        self, session: Session, owner: Owner, settings: Settings, review_at: datetime | None = None
    ) -> Wallet:
        now = owner if isinstance(owner, ChatRef) else self._persons.locked(session, owner)  # nobody links them now
        if now is None:
            raise RefusedError(Unknown("person", str(owner)))
        wallet = self._wallet_of(session, now) or self._new_wallet(session, now, settings)
        self._schedule_review(session, wallet.id, review_at)
        return wallet

    def _new_wallet(self, session: Session, owner: Owner, settings: Settings) -> Wallet:
        check_settings(settings)
        if isinstance(owner, ChatRef):
            person, platform, chat = None, owner.platform, owner.id
        elif session.row(self._sql.closed, owner) is not None or not self._persons.names(session, [owner]):
            raise RefusedError(Unknown("person", str(owner)))
        else:
            person, platform, chat = owner, None, None
        given = dict(zip(SETTINGS, settings_row(settings), strict=True))
        values = NEW | given | {"person": person, "platform": platform, "chat": chat}
        row = session.row(self._sql.new_wallet, *(values[name] for name in OPENED))
        return Wallet(WalletId(row[0]), settings)

    def _schedule_review(self, session: Session, wallet: WalletId, review_at: datetime | None) -> None:
        if review_at is not None:
            self._tasks.put(session, next_morning(daily_review_name(wallet), review_at))

    def _settings_of(self, session: Session, wallet: WalletId) -> Settings:
        return _settings(session.row(self._sql.wallet, wallet), wallet)

    settings_of = reads(_settings_of)

    @writes(moves_wallets=True)
    def save_settings(
        self, session: Session, wallet: WalletId, settings: Settings, review_at: datetime | None = None
    ) -> None:
        self.keep_settings(session, wallet, self.locked_settings(session, wallet), settings, review_at)

    @writes(moves_wallets=True)
    def replace_settings(
        self, session: Session, wallet: WalletId, seen: Settings, settings: Settings, review_at: datetime | None = None
    ) -> bool:
        stored = self.locked_settings(session, wallet)
        if stored not in (seen, settings):  # `settings`: it is a retry, because the answer to the commit was lost
            return False
        self.keep_settings(session, wallet, stored, settings, review_at)
        return True

    def locked_settings(self, session: Session, wallet: WalletId) -> Settings:
        """The settings of a wallet, which nobody else can change until the commit."""
        return _settings(session.row(self._sql.locked, wallet), wallet)

    def keep_settings(
        self,
        session: Session,
        wallet: WalletId,
        stored: Settings,
        settings: Settings,
        review_at: datetime | None = None,
    ) -> None:
        """Replace the settings of a wallet within a transaction, and count what they make necessary."""
        check_settings(settings)
        if stored.threshold != settings.threshold:
            session.run(self._sql.rearm, NOT_LOW, wallet)  # the warning that was sent was about another threshold
        session.run(self._sql.settings, *settings_row(settings), wallet)
        self._count_budget(session, wallet, settings)
        if not counted_alike(stored, settings):
            self._count_limits(session, wallet, settings)
        self._schedule_review(session, wallet, review_at)

    def recount(self, session: Session, wallet: WalletId) -> None:
        """Count again within a transaction what was spent of the budget and of limits."""
        settings = self._settings_of(session, wallet)
        self._count_budget(session, wallet, settings)
        self._count_limits(session, wallet, settings)

    def _count_budget(self, session: Session, wallet: WalletId, settings: Settings) -> None:
        month, spent = (None, NOTHING) if settings.budget is None else self._counted(session, wallet, settings.zone)
        session.run(self._sql.keep_spent, month, spent, wallet)

    def _count_limits(self, session: Session, wallet: WalletId, settings: Settings) -> None:
        session.run(self._sql.keep_tallies, self._tallies(session, wallet, settings), wallet)

    def _counted(self, session: Session, wallet: WalletId, zone: str) -> tuple[int | None, int]:
        """The beginning of the month of the latest entry, and the Connects that the journal says were spent in it."""
        entries, at = session.row(self._sql.newest, wallet)
        if not entries:
            return None, NOTHING
        begins = month_of(moment(at), zone)
        month, after = micros(begins), micros(month_after(begins, zone))
        first = bisect_left(range(1, entries + 1), month, key=partial(self._dated, session, wallet)) + 1
        return month, min(session.row(self._sql.spent, wallet, first, month, after)[0] or NOTHING, MOST)

    def _tallies(self, session: Session, wallet: WalletId, settings: Settings) -> str:
        """What was spent of the limits, as it is kept, counted from what happened in their present periods."""
        limits, (entries, at) = limits_of(settings), session.row(self._sql.newest, wallet)
        if limits is None or not entries:
            return NO_TALLIES
        last = moment(at)
        since = happened_since(session, self._by_time, wallet, counts_since(limits, last))
        return tallies_text(recounted(limits, last, since))

    def _dated(self, session: Session, wallet: WalletId, number: int) -> int:
        return int(session.row(self._sql.dated, wallet, number)[0])

    @reads
    def chat(self, session: Session, ref: ChatRef) -> Chat | None:
        return self._subscriptions.chat(session, ref)

    async def note_reachable(self, chat: Chat, now: datetime) -> None:
        """There is rarely anything new, so it reads first."""
        if not await self._is_as_known(chat):
            await self._note_reachable(chat, now)

    @reads
    def _is_as_known(self, session: Session, chat: Chat) -> bool:
        return self._subscriptions.is_as_known(session, chat)

    @writes()
    def _note_reachable(self, session: Session, chat: Chat, now: datetime) -> None:
        self._subscriptions.note_reachable(session, chat, now)

    @writes()
    def note_unreachable(
        self,
        session: Session,
        ref: ChatRef,
        kind: ChatKind,
        why: str,
        now: datetime,
        *,
        tried: datetime | None = None,
    ) -> None:
        known = self._subscriptions.chat(session, ref)
        if tried is None or known is None or not known.is_back_since(tried, now):
            self._outbox.lose(session, ref, kind, why, now)

    @writes(moves_wallets=True)
    def move_chat(self, session: Session, old: ChatRef, new: ChatRef) -> None:
        if old == new:
            return
        self._subscriptions.move(session, old.platform, old.id, new.id)
        chat = self._subscriptions.chat(session, old)
        if chat is not None:
            self._subscriptions.drop_chat(session, old)
            if self._subscriptions.chat(session, new) is None:
                self._subscriptions.save_chat(session, replace(chat, ref=new))
        moved = self._wallet_of(session, old)
        if moved is None:
            return
        there = self._wallet_of(session, new)
        if there is not None and there.joined and not moved.joined:  # books of its own are worth more
            self._joined.drop(session, new)
        elif there is not None and (there.joined or not self._joined.drop_unused(session, there.id)):
            return
        if moved.joined:
            self._joined.move(session, old, new)
        else:
            session.run(self._sql.move_wallet, new.platform, new.id, old.platform, old.id)


def _settings(row: Row | None, wallet: WalletId) -> Settings:
    if row is None:
        raise RefusedError(Unknown("wallet", str(wallet)))
    return read_settings(row[1:])
