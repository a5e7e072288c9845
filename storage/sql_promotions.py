"""Promotions, claims and due times, over any driver's connection, within the transaction of its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.model import PersonId, PromotionId, WalletId
from core.people import ChatRef
from core.promotions import Claim, ClaimState, Promotion, Status
from core.telling import Due
from storage.codec import TERMS
from storage.promotion_statements import PromotionSql
from storage.sql_fanout import NO_SLICES
from storage.sql_outbox import Outbox
from storage.tables import micros, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.model import Change, Snapshot
    from core.notices import Notice, Shift
    from core.ports import Scope
    from core.promotions import Terms
    from storage.rows import Row
    from storage.sql_fanout import Slices
    from storage.sql_journal import Writable
    from storage.statements import Compiler


class Promoting:
    """Reads and writes on one connection, by the thread that owns it."""

    def __init__(self, connection: Writable, to_text: Compiler) -> None:
        self._connection, self._sql = connection, to_text.compiled(PromotionSql)
        self._outbox = Outbox(connection, to_text)

    def _all(self, sql: str, *values: Any) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()

    def _do(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, values)

    def put_due(self, due: Due) -> None:
        """Let something fall due at a time, in place of the time it had."""
        self._do(self._sql.drop_due, due.name)
        self._do(self._sql.new_due, due.name, micros(due.at))

    def due_by(self, now: datetime, limit: int) -> tuple[Due, ...]:
        """What is due by now, the longest due first."""
        return tuple(Due(name, moment(at)) for name, at in self._all(self._sql.due, micros(now), limit))

    def take_due(
        self,
        due: Due,
        notices: Sequence[Notice],
        now: datetime,
        then: datetime | None = None,
        slices: Slices = NO_SLICES,
        *,
        seen: Promotion | None = None,
    ) -> bool:
        """Take what is due and keep its notices; False where another has taken it, or it is not as it was seen."""
        if seen is not None and not self._stands(seen):
            return False
        if not self._all(self._sql.take_due, due.name, micros(due.at)):
            return False
        if then is not None:
            self._do(self._sql.new_due, due.name, micros(then))
        self._outbox.notify(notices, now, slices)
        return True

    def next_due_at(self) -> datetime | None:
        """When the next of all falls due."""
        ((at,),) = self._all(self._sql.next_due)
        return None if at is None else moment(at)

    def new_promotion(self, terms: Terms, by: PersonId, seed: str, now: datetime) -> Promotion:
        """Keep a new one, as a draft."""
        row = (Status.DRAFT.value, terms.code.casefold(), TERMS.text(terms), by, seed, micros(now), 1, terms.supply, 0)
        ((number,),) = self._all(self._sql.new, *row)
        return Promotion(PromotionId(number), Status.DRAFT, terms, by, seed, now)

    def change_promotion(
        self,
        seen: Promotion,
        status: Status,
        due: Sequence[Due],
        shifts: Sequence[Shift],
        now: datetime,
        *,
        terms: Terms | None = None,
    ) -> bool:
        """Move it on, with what falls due and its deliveries; False where it was changed by another."""
        if terms is not None and not self._revise(seen, terms):
            return False
        if not self._all(self._sql.move, status.value, seen.version + 1, seen.id, seen.version):
            return False
        for one in due:
            self.put_due(one)
        for shift in shifts:
            self._outbox.shift(seen.about, *shift, now)
        return True

    def _revise(self, seen: Promotion, terms: Terms) -> bool:
        """Put other terms in the place of those that were seen, if it gave no more meanwhile than they hold."""
        ((_, given),) = self._all(self._sql.supply, seen.id)
        if terms.supply is not None and terms.supply < given:
            return False
        row = terms.code.casefold(), TERMS.text(terms), terms.supply, seen.id, seen.version
        return bool(self._all(self._sql.revise, *row))

    def promotion(self, number: PromotionId) -> Promotion | None:
        """One of them, as it is now."""
        return next(map(_promotion, self._all(self._sql.one, number)), None)

    def promotion_of(self, code: str) -> Promotion | None:
        """The newest live one that is claimed by a code."""
        rows = self._all(self._sql.coded, code.casefold(), Status.LIVE.value) if code else []
        return next(map(_promotion, rows), None)

    def promotions(self, limit: int) -> tuple[Promotion, ...]:
        """The newest, newest first."""
        return tuple(map(_promotion, self._all(self._sql.all, limit)))

    def _stands(self, seen: Promotion) -> bool:
        """Whether it is still as it was seen; under its lock, so that it stays so."""
        self._all(self._sql.supply, seen.id)
        kept = self.promotion(seen.id)
        return kept is not None and kept.version == seen.version

    def enter(self, seen: Promotion, claim: Claim) -> Claim | None:
        """A person's claim, made where there was none; who enters or ends it at the same time waits."""
        if not self._stands(seen):
            return None
        rows = self._all(self._sql.claim, seen.id, claim.person)
        if not rows:
            self._new_claim(claim)
            rows = self._all(self._sql.claim, seen.id, claim.person)
        return _claim(rows[0])

    def _new_claim(self, one: Claim) -> None:
        """Keep a claim, under the next number."""
        ((last,),) = self._all(self._sql.last, one.promotion)
        who = one.person, one.wallet, one.state.value
        where = ("", "") if one.chat is None else (one.chat.platform, one.chat.id)
        self._do(self._sql.new_claim, one.promotion, last + 1, *who, micros(one.at), one.entry, *where)

    def claims(self, number: PromotionId) -> tuple[Claim, ...]:
        """All claims, in the order of their numbers."""
        return tuple(map(_claim, self._all(self._sql.claims, number)))

    def claim_of(self, number: PromotionId, person: PersonId) -> Claim | None:
        """What one person claimed of it."""
        return next(map(_claim, self._all(self._sql.claim, number, person)), None)

    def settle_claims(self, number: PromotionId, seen: ClaimState, then: ClaimState) -> int:
        """Move all claims on from a state; gives how many."""
        return len(self._all(self._sql.settle, then.value, number, seen.value))

    def settle_claim(self, seen: Claim, then: ClaimState, notices: Sequence[Notice], now: datetime) -> bool:
        """Move one claim on, with its notices; who gives it something at the same time waits, or was first."""
        self._all(self._sql.supply, seen.promotion)
        moved = self._all(self._sql.settle_one, then.value, seen.promotion, seen.state.value, seen.person)
        if moved:
            self._outbox.notify(notices, now)
        return bool(moved)

    def widen(self, wide: Snapshot, scope: Scope) -> Snapshot:
        """Add what the promotion that a scope names has left, under its lock, and how the claimant's claim stands."""
        if scope.promotion is None:
            return wide
        rows = self._all(self._sql.supply, scope.promotion)
        supply, given = rows[0] if rows else (0, 0)
        claims = [] if scope.claimant is None else self._all(self._sql.claim, scope.promotion, scope.claimant)
        left = None if supply is None else supply - given
        return wide._replace(left=left, claimed=_claim(claims[0]).state.value if claims else "")

    def give(self, change: Change) -> None:
        """Keep what a change gave, and the claim that it fulfils."""
        if change.given is None:
            return
        promotion, person, connects, chat = change.given
        entry = change.entries[-1]
        ((_, given),) = self._all(self._sql.supply, promotion)
        self._do(self._sql.give, given + connects, promotion)
        if self._all(self._sql.claim, promotion, person):
            self._do(self._sql.fulfil, ClaimState.GIVEN.value, entry.number, promotion, person)
        else:
            state = ClaimState.GIVEN
            self._new_claim(Claim(promotion, 0, person, entry.wallet, state, entry.at, entry.number, chat))


def _promotion(row: Row) -> Promotion:
    number, status, terms, by, seed, made, version, given = row
    kept = (PromotionId(number), Status(status), TERMS.value(terms), PersonId(by))
    return Promotion(*kept, seed, moment(made), version, given)


def _claim(row: Row) -> Claim:
    promotion, number, person, wallet, state, at, entry, platform, chat = row
    who, where = (PersonId(person), WalletId(wallet)), ChatRef(platform, chat) if chat else None
    return Claim(PromotionId(promotion), number, *who, ClaimState(state), moment(at), entry, where)
