"""What follows a person when two become one, within the transaction of a link: claims and subscriptions."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from core.links.following import subscriptions_linked, subscriptions_unlinked
from core.promotions.merging import merged, put_back
from core.shared.lifecycle import Status
from storage.sql.promotions import read_claim
from storage.sql.tables import promotions as p
from storage.sql.tables.compiler import columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.delivery.notice import Subscription
    from core.links.model import LinkedSubscriptions
    from core.promotions.merging import MergedClaim
    from core.promotions.model import Claim
    from core.shared.ids import PersonId, WalletId
    from core.wallets.people import Identity
    from storage.sql.session import Session
    from storage.sql.subscriptions import Subscriptions
    from storage.sql.tables.compiler import Compiler


class ClaimSql:
    """The statements on the claims of people who are linked."""

    def __init__(self, to_text: Compiler) -> None:
        every = select(*columns(p.Claim, *p.Claim.model_fields))
        self.of_person = to_text(every.where(col(p.Claim.person) == bindparam("who")), "who")
        of_it, this = col(p.Claim.promotion) == bindparam("of"), col(p.Claim.number) == bindparam("this")
        self.claim = to_text(every.where(of_it, this), "of", "this")
        promotion = select(*columns(p.Promotion, "status")).where(col(p.Promotion.id) == bindparam("of"))
        self.lock = to_text(promotion.with_for_update(), "of")
        sets = ("wallet", "state")
        self.save = to_text(update(p.Claim).where(of_it, this), *sets, "of", "this", sets=sets)


class Following:
    """Moves claims and subscriptions to whoever somebody is from now on, and back."""

    def __init__(self, to_text: Compiler, subscriptions: Subscriptions) -> None:
        self._sql, self._subscriptions = to_text.compiled(ClaimSql), subscriptions

    def merge_claims(
        self, session: Session, persons: Iterable[PersonId], old: WalletId, new: WalletId
    ) -> tuple[MergedClaim, ...]:
        """Let what waits go to the wallet `new`, and fall to one on each promotion."""
        who = sorted(persons)
        for promotion in sorted({claim.promotion for claim in self._claims(session, who)}):
            session.rows(self._sql.lock, promotion)  # nobody decides about these claims until the commit
        found = merged(self._claims(session, who), old, new)
        for claim in found:
            wallet = new if claim.wallet == old else claim.wallet
            session.run(self._sql.save, wallet, claim.then.value, claim.promotion, claim.number)
        return found

    def _claims(self, session: Session, persons: Iterable[PersonId]) -> tuple[Claim, ...]:
        rows = chain.from_iterable(session.rows(self._sql.of_person, person) for person in persons)
        return tuple(map(read_claim, sorted(rows, key=lambda row: row[:2])))

    def put_back_claims(self, session: Session, claims: Iterable[MergedClaim]) -> None:
        """Put back what a link did to claims, as far as nobody has decided about them since."""
        for one in sorted(claims, key=lambda one: one[:2]):
            ((status,),) = session.rows(self._sql.lock, one.promotion)
            (row,) = session.rows(self._sql.claim, one.promotion, one.number)
            back = put_back(one, read_claim(row), Status(status))
            if back is not None:
                session.run(self._sql.save, back.wallet, back.state.value, one.promotion, one.number)

    def merge_subscriptions(
        self, session: Session, kept: Iterable[Identity], gone: Iterable[Identity]
    ) -> LinkedSubscriptions | None:
        """Let the subscriptions of both persons' private chats become one."""
        found = subscriptions_linked(self._subscribed(session, kept), self._subscribed(session, gone))
        if found is not None:
            for one in found.before:
                self._subscriptions.drop(session, *one.target[:2])
            self._subscriptions.save(session, found.after)
        return found

    def put_back_subscriptions(self, session: Session, link: LinkedSubscriptions, both: Iterable[Identity]) -> None:
        """Put back what a link did to subscriptions, as far as nobody has changed them since."""
        for one in subscriptions_unlinked(link, self._subscribed(session, both)):
            self._subscriptions.save(session, one)

    def _subscribed(self, session: Session, known: Iterable[Identity]) -> tuple[Subscription, ...]:
        found = (self._subscriptions.one(session, one.platform, one.user) for one in known)
        return tuple(one for one in found if one is not None and one.target.direct)
