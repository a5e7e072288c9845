"""The statements on notices, deliveries and senders."""

from __future__ import annotations

from operator import eq
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, delete, exists, func, insert, literal_column, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from core.delivery.notice import MENDING
from core.delivery.state import DOUBT, SETTLED_FOR_GOOD, State
from storage.sql.delivery.fanout import HAS_TOPIC
from storage.sql.persons.persons import stands_for
from storage.sql.tables import delivery as n
from storage.sql.tables import ledger as t
from storage.sql.tables.compiler import LIMIT, NONE_SKIPPED, ONE, ZERO, columns, identities_of_person

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ColumnElement

    from storage.sql.tables.compiler import Compiler

# A partial index is used only if the state is written into the statement itself.
PENDING: Final[ColumnElement[str]] = literal_column(f"'{State.PENDING}'")
SENDING: Final[ColumnElement[str]] = literal_column(f"'{State.SENDING}'")
URGENT: Final[ColumnElement[bool]] = literal_column("delivery.urgent")
MENDS: Final[ColumnElement[bool]] = col(n.Notice.code).in_([literal_column(f"'{code}'") for code in MENDING])
IN_DOUBT: Final[ColumnElement[bool]] = and_(
    col(n.Delivery.state) == PENDING, col(n.Delivery.why).like(literal_column(f"'{DOUBT}%'"))
)
UNKNOWN: Final[ColumnElement[str]] = literal_column(f"'{State.UNKNOWN}'")
SETTLED_STATES: Final[tuple[ColumnElement[str], ...]] = tuple(
    literal_column(f"'{state}'") for state in SETTLED_FOR_GOOD
)
SETTLED = ("state", "message", "why", "changed")


class OutboxSql:
    """The statements of the outbox, a method for each group of them."""

    def __init__(self, to_text: Compiler) -> None:
        self._notices(to_text)
        self._gathering(to_text)
        self._senders(to_text)
        self._claims(to_text)
        self._outcomes(to_text)
        self._shifts(to_text)
        self._clock_steps(to_text)
        self._retention(to_text)

    def _notices(self, to_text: Compiler) -> None:
        self.known = to_text(select(*columns(n.Notice, "key")).where(col(n.Notice.key) == bindparam("name")), "name")
        self.notice = to_text(insert(n.Notice), *n.Notice.model_fields)
        this = col(t.Wallet.id) == bindparam("wallet")
        self.group = to_text(
            select(*columns(t.Wallet, "platform", "chat", "alerts")).where(this, col(t.Wallet.chat).is_not(None)),
            "wallet",
        )
        self.known_as = to_text(identities_of_person(), "person")
        self.holder = to_text(
            select(*columns(t.Wallet, "person")).where(this, col(t.Wallet.person).is_not(None)), "wallet"
        )
        own = select(*columns(t.Wallet, "alerts")).where(~col(t.Wallet.closed))
        self.own_alerts = to_text(own.where(col(t.Wallet.person) == stands_for().scalar_subquery()), "this")
        self.of_notice = to_text(
            select(*columns(n.Delivery, "platform", "chat", "direct", "state", "why"))
            .where(col(n.Delivery.notice) == bindparam("name"))
            .order_by(col(n.Delivery.id)),
            "name",
        )

        of_it = col(n.Delivery.notice) == bindparam("name")
        sent = col(n.Delivery.state) == bindparam("in")
        self.sent_as = to_text(
            select(*columns(n.Delivery, "platform", "chat", "direct", "place", "message")).where(of_it, sent),
            "name", "in",
        )  # fmt: skip
        in_chat = (col(n.Delivery.platform) == bindparam("on"), col(n.Delivery.chat) == bindparam("at"))
        arrived = select(*columns(n.Delivery, "state", "message", "why")).where(of_it, *in_chat)
        self.arrived = to_text(arrived, "name", "on", "at")
        may_have_it = or_(col(n.Delivery.state).in_([literal_column(f"'{State.SENT}'"), SENDING]), IN_DOUBT)
        self.readers = to_text(
            select(*columns(n.Delivery, "platform", "chat", "direct", "place", "zone", "locale", "quiet"))
            .where(of_it, may_have_it)
            .order_by(col(n.Delivery.id)),
            "name",
        )  # fmt: skip
        revised = update(n.Notice).where(col(n.Notice.key) == bindparam("name")).returning(col(n.Notice.key))
        self.revised = to_text(revised, "facts", "name", sets=("facts",))
        counted = columns(n.Delivery, "platform", "state")
        self.tally = to_text(select(*counted, func.count()).where(of_it).group_by(*counted).order_by(*counted), "name")

    def _gathering(self, to_text: Compiler) -> None:
        in_chat = (col(n.Delivery.platform) == bindparam("on"), col(n.Delivery.chat) == bindparam("at"))
        # Without a condition that a topic is not empty, what leads to it are the few deliveries that wait for the chat.
        untried = (col(n.Delivery.state) == PENDING, col(n.Delivery.tries) == ZERO)
        self.unsent = to_text(
            select(*columns(n.Notice, "key", "facts"))
            .join(n.Delivery, col(n.Delivery.notice) == col(n.Notice.key))
            .where(*in_chat, *untried, col(n.Notice.about) == bindparam("what"))
            .order_by(col(n.Delivery.id).desc())
            .limit(ONE)
            .offset(NONE_SKIPPED),
            "on", "at", "what",
        )  # fmt: skip

    def _senders(self, to_text: Compiler) -> None:
        this = col(n.Sender.platform) == bindparam("on")
        held = select(*columns(n.Sender, "holder", "epoch", "until")).where(this)
        self.sender = to_text(held.with_for_update(), "on")  # the next to ask waits, and then sees the new holder
        self.new_sender = to_text(insert(n.Sender), *n.Sender.model_fields)
        sets = ("holder", "epoch", "until")
        self.keep_sender = to_text(update(n.Sender).where(this), *sets, "on", sets=sets)

    def _claims(self, to_text: Compiler) -> None:
        here, other = col(n.Delivery.platform) == bindparam("on"), aliased(n.Delivery)
        under_way = exists().where(
            col(other.platform) == col(n.Delivery.platform),
            col(other.chat) == col(n.Delivery.chat),
            col(other.state) == SENDING,
        )
        waiting = (
            select(
                *columns(n.Delivery, "id", "platform", "chat", "direct", "place", "tries", "zone", "locale", "quiet"),
                *columns(n.Delivery, "why"),
                *columns(n.Notice, "key", "code", "facts", "wallet", "urgent", "once", "made", "about"),
                *columns(t.Wallet, "zone", "quiet", "chat"),
                *columns(t.Chat, "title"),
            )
            .join(n.Notice, col(n.Notice.key) == col(n.Delivery.notice))
            .outerjoin(t.Wallet, col(t.Wallet.id) == col(n.Notice.wallet))
            .outerjoin(t.Chat, and_(*map(eq, columns(t.Chat, "platform", "id"), columns(t.Wallet, "platform", "chat"))))
            .where(here, col(n.Delivery.state) == PENDING)
        )
        due = (
            waiting.where(col(n.Delivery.due) <= bindparam("now"), ~under_way)
            .order_by(col(n.Delivery.due), col(n.Delivery.id))
            .limit(LIMIT)
            .offset(NONE_SKIPPED)
        )
        in_private = and_(col(n.Delivery.chat) == bindparam("at"), col(n.Delivery.direct))
        self.of_wallets = to_text(waiting.where(in_private, col(t.Wallet.id).is_not(None)), "on", "at")
        self.due = to_text(due.where(~MENDS), "on", "now", "limit")
        self.mending = to_text(due.where(MENDS), "on", "now", "limit")
        self.urgent = to_text(due.where(URGENT), "on", "now", "limit")
        in_order = select(*columns(n.Delivery, "due")).where(here, col(n.Delivery.state) == PENDING)
        self.next_due = to_text(
            in_order.order_by(col(n.Delivery.due), col(n.Delivery.id)).limit(ONE).offset(NONE_SKIPPED), "on"
        )
        claimed = ("state", "tries", "epoch", "changed")
        self.claimed = to_text(update(n.Delivery).where(_this()), *claimed, "this", sets=claimed)

    def _outcomes(self, to_text: Compiler) -> None:
        standing = select(*columns(n.Delivery, "state", "why", "changed")).where(
            _this(), col(n.Delivery.epoch) == bindparam("in")
        )
        self.standing = to_text(standing.with_for_update(), "this", "in")
        here = col(n.Delivery.platform) == bindparam("on")
        self.open = to_text(
            select(*columns(n.Delivery, "id", "due", "tries", "changed", "why"), *columns(n.Notice, "once"))
            .join(n.Notice, col(n.Notice.key) == col(n.Delivery.notice))
            .where(here, col(n.Delivery.state) == SENDING),
            "on",
        )
        self.settled = to_text(update(n.Delivery).where(_this()), *SETTLED, "this", sets=SETTLED)
        later = ("state", "due", "tries", "why", "changed")
        self.later = to_text(update(n.Delivery).where(_this()), *later, "this", sets=later)
        waiting = and_(here, col(n.Delivery.chat) == bindparam("at"), col(n.Delivery.state) == PENDING)
        no_more_urgent = col(n.Delivery.urgent) <= bindparam("than")
        # With the addition, `due` cannot lead to an index, which would scan all that is due on the platform.
        earlier = and_(waiting, col(n.Delivery.due) + ZERO < bindparam("until"), no_more_urgent)
        put_off = ("due", "changed")
        self.held = to_text(update(n.Delivery).where(earlier), *put_off, "on", "at", "until", "than", sets=put_off)
        gone = ("state", "why", "changed")
        self.gone = to_text(update(n.Delivery).where(waiting), *gone, "on", "at", sets=gone)
        of_wallet = exists().where(col(n.Notice.key) == col(n.Delivery.notice), col(n.Notice.wallet).is_not(None))
        in_place = and_(waiting, col(n.Delivery.place) == bindparam("in"), ~of_wallet)
        self.failed = to_text(update(n.Delivery).where(in_place), *gone, "on", "at", "in", sets=gone)
        other = aliased(n.Delivery)
        there = exists().where(
            col(other.notice) == col(n.Delivery.notice),
            col(other.platform) == col(n.Delivery.platform),
            col(other.chat) == bindparam("to"),
            col(other.id) != col(n.Delivery.id),
        )
        self.duplicates = to_text(update(n.Delivery).where(waiting, there), *gone, "on", "at", "to", sets=gone)
        moved = ("chat",)
        self.moved = to_text(update(n.Delivery).where(waiting), *moved, "on", "at", sets=moved)

    def _shifts(self, to_text: Compiler) -> None:
        of_topic = (HAS_TOPIC, col(n.Notice.about) == bindparam("what"))
        renewed = update(n.Notice).where(*of_topic, col(n.Notice.made) < bindparam("before"))
        self.renewed = to_text(renewed, "made", "what", "before", sets=("made",))
        of_it = select(*columns(n.Notice, "key")).where(*of_topic)
        those = and_(col(n.Delivery.notice).in_(of_it), col(n.Delivery.state) == bindparam("seen"))
        shifted = ("state", "why", "changed")
        self.shifted = to_text(
            update(n.Delivery).where(those).returning(col(n.Delivery.id)), *shifted, "what", "seen", sets=shifted
        )
        of_those = update(n.Delivery).where(col(n.Delivery.notice).in_(of_it), IN_DOUBT)
        self.doubted = to_text(of_those, *shifted, "what", sets=shifted)
        put_off = col(n.Delivery.due) > bindparam("now")
        self.due_now = to_text(update(n.Delivery).where(those, put_off), "due", "what", "seen", "now", sets=("due",))
        under_way = update(n.Delivery).where(col(n.Delivery.notice).in_(of_it), col(n.Delivery.state) == SENDING)
        not_cancelled = under_way.where(col(n.Delivery.why) != bindparam("but"))
        self.recalled = to_text(not_cancelled, "why", "what", "but", sets=("why",))
        noted = under_way.where(col(n.Delivery.why) == bindparam("was"))
        self.released = to_text(noted, "why", "what", "was", sets=("why",))

    def _clock_steps(self, to_text: Compiler) -> None:
        ahead = and_(
            col(n.Delivery.platform) == bindparam("on"),
            col(n.Delivery.state) == PENDING,
            col(n.Delivery.due) > bindparam("now"),
            col(n.Delivery.changed) > bindparam("later"),
        )
        found = ("on", "now", "later")
        one = select(*columns(n.Delivery, "notice")).where(ahead)
        self.put_off = to_text(one.limit(ONE).offset(NONE_SKIPPED), *found)
        sets = ("due", "changed")
        self.hasten = to_text(update(n.Delivery).where(ahead), *sets, *found, sets=sets)
        ahead_too = col(n.Notice.made) > bindparam("than")
        recheck = update(n.Notice).where(ahead_too, col(n.Notice.key).in_(one))
        self.recheck = to_text(recheck, "made", "than", *found, sets=("made",))

    def _retention(self, to_text: Compiler) -> None:
        its_notice = col(n.Notice.key) == col(n.Delivery.notice)
        stale = col(n.Notice.made) < bindparam("before")
        self.stale = to_text(
            select(*columns(n.Delivery, "id"))
            .join(n.Notice, its_notice)
            .where(col(n.Delivery.state) == PENDING, stale)
            .limit(LIMIT)
            .offset(NONE_SKIPPED),
            "before", "limit",
        )  # fmt: skip
        given_up = ("state", "why", "changed")
        waits, under_way = (and_(_this(), col(n.Delivery.state) == state) for state in (PENDING, SENDING))
        self.cancelled = to_text(update(n.Delivery).where(waits), *given_up, "this", sets=given_up)
        self.abandoned = to_text(
            select(*columns(n.Delivery, "id"), *columns(n.Notice, "once"))
            .join(n.Notice, its_notice)
            .where(col(n.Delivery.state) == SENDING, col(n.Delivery.changed) < bindparam("before"))
            .limit(LIMIT)
            .offset(NONE_SKIPPED),
            "before", "limit",
        )  # fmt: skip
        self.given_up = to_text(update(n.Delivery).where(under_way), *given_up, "this", sets=given_up)
        settled = and_(col(n.Delivery.state).in_(SETTLED_STATES), col(n.Delivery.changed) < bindparam("settled"))
        in_doubt = and_(col(n.Delivery.state) == UNKNOWN, col(n.Delivery.changed) < bindparam("doubts"))
        in_use = exists().where(its_notice, ~or_(settled, in_doubt))
        self.ended = to_text(
            select(*columns(n.Notice, "key"))
            .where(col(n.Notice.made) < bindparam("before"), ~in_use)
            .order_by(col(n.Notice.made))
            .limit(LIMIT)
            .offset(NONE_SKIPPED),
            "before", "settled", "doubts", "limit",
        )  # fmt: skip
        this: ColumnElement[str] = bindparam("name")
        self.forget_deliveries = to_text(delete(n.Delivery).where(col(n.Delivery.notice) == this), "name")
        self.forget_notice = to_text(delete(n.Notice).where(col(n.Notice.key) == this), "name")


def _this() -> ColumnElement[bool]:
    return col(n.Delivery.id) == bindparam("this")
