"""Promotions and the claims on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, func, insert, literal_column, select, update
from sqlmodel import col

from core.promotions.merging import claimed_by, one_of
from core.promotions.model import Claim, ClaimState, Promotion
from core.shared.bounds import MOST
from core.shared.ids import PersonId, PromotionId, WalletId
from core.shared.lifecycle import Status
from core.shared.names import folded
from core.wallets.people import ChatRef
from storage.sql.persons.persons import Persons
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables import promotions as p
from storage.sql.tables.codec import TERMS
from storage.sql.tables.compiler import LIMIT, NONE_SKIPPED, columns
from storage.sql.tables.ledger import micros, moment
from storage.writer.invariants import check_figures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.sql.elements import ColumnElement

    from core.delivery.notice import Notice
    from core.delivery.state import Shift
    from core.ledger.model import Change, Snapshot
    from core.ledger.ports import Scope
    from core.promotions.model import Terms
    from core.scheduling.task import Task
    from storage.sql.delivery.outbox import Outbox
    from storage.sql.session import Connections, Session
    from storage.sql.tables.codec import Row
    from storage.sql.tables.compiler import Compiler
    from storage.sql.tasks import Tasks

NOTHING: Final[ColumnElement[int]] = literal_column("0")


class PromotionSql:
    """The statements on promotions and claims."""

    def __init__(self, to_text: Compiler) -> None:
        self._promotions(to_text)
        self._claims(to_text)

    def _promotions(self, to_text: Compiler) -> None:
        this = col(p.Promotion.id) == bindparam("this")
        fields = ("id", "status", "terms", "by", "seed", "made", "version", "given")
        every = select(*columns(p.Promotion, *fields))
        newest = col(p.Promotion.id).desc()
        sets = tuple(name for name in p.Promotion.model_fields if name != "id")
        self.new = to_text(insert(p.Promotion).returning(col(p.Promotion.id)), *sets, sets=sets)
        self.one = to_text(every.where(this), "this")
        self.all = to_text(every.order_by(newest).limit(LIMIT).offset(NONE_SKIPPED), "limit")
        codes = select(*columns(p.Promotion, "id", "code")).where(col(p.Promotion.status) == bindparam("in"))
        self.codes = to_text(codes.order_by(newest), "in")
        seen = col(p.Promotion.version) == bindparam("seen")
        moved = update(p.Promotion).where(this, seen).returning(col(p.Promotion.id))
        self.move = to_text(moved, "status", "version", "this", "seen", sets=("status", "version"))
        revised = ("code", "terms", "supply")
        self.revise = to_text(moved, *revised, "this", "seen", sets=revised)
        self.supply = to_text(select(*columns(p.Promotion, "supply", "given")).where(this).with_for_update(), "this")
        self.give = to_text(update(p.Promotion).where(this), "given", "this", sets=("given",))

    def _claims(self, to_text: Compiler) -> None:
        of_it, number = col(p.Claim.promotion) == bindparam("of"), col(p.Claim.number)
        theirs = col(p.Claim.person) == bindparam("who")
        every = select(*columns(p.Claim, *p.Claim.model_fields))
        self.claim = to_text(every.where(of_it, theirs), "of", "who")
        self.claims = to_text(every.where(of_it).order_by(number), "of")
        self.last = to_text(select(func.coalesce(func.max(number), NOTHING)).where(of_it), "of")
        self.new_claim = to_text(insert(p.Claim), *p.Claim.model_fields)
        sets = ("state", "entry")
        self.fulfil = to_text(update(p.Claim).where(of_it, theirs), *sets, "of", "who", sets=sets)
        seen = col(p.Claim.state) == bindparam("seen")
        settled = update(p.Claim).where(of_it, seen).returning(number)
        self.settle = to_text(settled, "state", "of", "seen", sets=("state",))
        self.settle_one = to_text(settled.where(theirs), "state", "of", "seen", "who", sets=("state",))


class Promotions(Aggregate):
    """Implements `core.promotions.ports.Promotions`. Writing a claim locks the row of its promotion."""

    def __init__(self, connections: Connections, outbox: Outbox, tasks: Tasks) -> None:
        super().__init__(connections)
        self._sql = connections.to_text.compiled(PromotionSql)
        self._outbox, self._tasks, self._persons = outbox, tasks, Persons(connections.to_text)

    @writes()
    def new_promotion(self, session: Session, terms: Terms, by: PersonId, seed: str, now: datetime) -> Promotion:
        check_figures(supply=terms.supply)
        row = (Status.DRAFT.value, terms.code.casefold(), TERMS.text(terms), by, seed, micros(now), 1, terms.supply, 0)
        ((number,),) = session.rows(self._sql.new, *row)
        return Promotion(PromotionId(number), Status.DRAFT, terms, by, seed, now)

    @writes()
    def change_promotion(  # noqa: PLR0917 - the parameters of its port, and the session
        self,
        session: Session,
        seen: Promotion,
        status: Status,
        tasks: Sequence[Task],
        shifts: Sequence[Shift],
        now: datetime,
        *,
        terms: Terms | None = None,
    ) -> bool:
        if terms is not None and not self._revise(session, seen, terms):
            return False
        if not session.rows(self._sql.move, status.value, seen.version + 1, seen.id, seen.version):
            return False
        for task in tasks:
            self._tasks.put(session, task)
        for shift in shifts:
            self._outbox.move(session, seen.topic, *shift, now)
        return True

    def _revise(self, session: Session, seen: Promotion, terms: Terms) -> bool:
        """Replace the terms that were seen. False: it was changed meanwhile, or has given more than the new supply."""
        check_figures(supply=terms.supply)
        rows = session.rows(self._sql.supply, seen.id)
        if not rows or (terms.supply is not None and terms.supply < rows[0][1]):
            return False
        row = terms.code.casefold(), TERMS.text(terms), terms.supply, seen.id, seen.version
        return bool(session.rows(self._sql.revise, *row))

    @reads
    def promotion(self, session: Session, number: PromotionId) -> Promotion | None:
        return next(map(read_promotion, session.rows(self._sql.one, number)), None)

    @reads
    def promotion_of(self, session: Session, code: str) -> Promotion | None:
        wanted = folded(code)  # the column has codes as earlier versions folded them, too
        rows = session.rows(self._sql.codes, Status.LIVE.value) if wanted else []
        number = next((number for number, known in rows if folded(known) == wanted), None)
        return None if number is None else next(map(read_promotion, session.rows(self._sql.one, number)), None)

    @reads
    def newest(self, session: Session, limit: int) -> tuple[Promotion, ...]:
        return tuple(map(read_promotion, session.rows(self._sql.all, limit)))

    @writes()
    def enter(self, session: Session, seen: Promotion, claim: Claim) -> Claim | None:
        now = self._persons.locked(session, claim.person)  # nobody links them now
        if now not in {None, claim.person} or not self._tasks.unchanged(session, seen.guard):
            return None
        found = self._claim_of(session, seen.id, claim.person)
        if found is None:
            self._new_claim(session, claim)
            found = self._claim_of(session, seen.id, claim.person)
        return found

    def _new_claim(self, session: Session, one: Claim) -> None:
        """Store a claim under the next number."""
        ((last,),) = session.rows(self._sql.last, one.promotion)
        who = one.person, one.wallet, one.state.value
        where = ("", "") if one.chat is None else (one.chat.platform, one.chat.id)
        session.run(self._sql.new_claim, one.promotion, last + 1, *who, micros(one.at), one.entry, *where)

    @reads
    def claims_on(self, session: Session, number: PromotionId) -> tuple[Claim, ...]:
        return tuple(map(read_claim, session.rows(self._sql.claims, number)))

    def _theirs(self, session: Session, number: PromotionId, person: PersonId) -> list[Claim]:
        """The claims on a promotion of all who are the same person."""
        same = self._persons.same_as(session, person)
        return [read_claim(row) for one in same for row in session.rows(self._sql.claim, number, one)]

    def _claim_of(self, session: Session, number: PromotionId, person: PersonId) -> Claim | None:
        return one_of(self._theirs(session, number, person))

    claim_of = reads(_claim_of)

    @writes()
    def settle_claims(self, session: Session, number: PromotionId, old: ClaimState, new: ClaimState) -> int:
        return len(session.rows(self._sql.settle, new.value, number, old.value))

    @writes()
    def settle_claim(
        self, session: Session, seen: Claim, state: ClaimState, notices: Sequence[Notice], now: datetime
    ) -> bool:
        session.rows(self._sql.supply, seen.promotion)  # locks it: a draw at the same time has to wait
        moved = session.rows(self._sql.settle_one, state.value, seen.promotion, seen.state.value, seen.person)
        if moved:
            self._outbox.store(session, notices, now)
        return bool(moved)

    def widen(self, session: Session, wide: Snapshot, scope: Scope) -> Snapshot:
        """Lock the promotion that a scope names, and add what it has left and the state of the claimant's claim."""
        if scope.promotion is None:
            return wide
        rows = session.rows(self._sql.supply, scope.promotion)
        supply, given = rows[0] if rows else (0, 0)
        who, left = scope.claimant, (MOST if supply is None else supply) - given
        claim = None if who is None else claimed_by(who, self._theirs(session, scope.promotion, who))
        return wide._replace(left=left, claimed="" if claim is None else claim.state.value)

    def draw(self, session: Session, change: Change) -> None:
        """Write what a change draws from the supply of a promotion, and set the claim to `given`, or to `forfeited`."""
        if change.supply_draw is None:
            return
        promotion, person, connects, chat = change.supply_draw
        entry = change.entries[-1]
        ((_, given),) = session.rows(self._sql.supply, promotion)
        session.run(self._sql.give, given + connects, promotion)
        if connects < 0:
            forfeited, given_before = ClaimState.FORFEITED.value, ClaimState.GIVEN.value
            session.rows(self._sql.settle_one, forfeited, promotion, given_before, person)
        elif session.rows(self._sql.claim, promotion, person):
            session.run(self._sql.fulfil, ClaimState.GIVEN.value, entry.number, promotion, person)
        else:
            state = ClaimState.GIVEN
            self._new_claim(session, Claim(promotion, 0, person, entry.wallet, state, entry.at, entry.number, chat))


def read_promotion(row: Row) -> Promotion:
    """A promotion from its columns."""
    number, status, terms, by, seed, made, version, given = row
    head = (PromotionId(number), Status(status), TERMS.value(terms), PersonId(by))
    return Promotion(*head, seed, moment(made), version, given)


def read_claim(row: Row) -> Claim:
    """A claim from its columns."""
    promotion, number, person, wallet, state, at, entry, platform, chat = row
    who, where = (PersonId(person), WalletId(wallet)), ChatRef(platform, chat) if chat else None
    return Claim(PromotionId(promotion), number, *who, ClaimState(state), moment(at), entry, where)
