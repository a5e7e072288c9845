"""The seal of a link covers all that is kept of it, and a field that nobody has set is not part of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.delivery.notice import Subscription, Target
from core.links.model import Accounts, BooksState, Link, LinkedBooks, LinkedSettings, LinkedSubscriptions
from core.links.seal import seal_of_link, sealed_link
from core.promotions.merging import MergedClaim
from core.promotions.model import ClaimState
from core.shared.ids import LinkId, PersonId, PromotionId, WalletId
from core.wallets.settings import Alerts, Settings
from core.wallets.team import Role, TeamSettings

AT = datetime(2026, 1, 12, 20, 5, tzinfo=UTC)
ANN, BEA = PersonId(1), PersonId(2)
SUBSCRIPTION = Subscription(Target("telegram", "42", direct=True), AT, ANN, tags=("logo",))
LINK = Link(
    LinkId(1),
    AT,
    "pressed",
    Accounts.SAME,
    ANN,
    BEA,
    (BEA,),
    LinkedBooks(WalletId(1), BooksState(2, 0, 40), BooksState(5, 1, 60)),
    LinkedBooks(WalletId(2), BooksState(3, 1, 20), BooksState(4, 1, 0)),
    (
        LinkedSettings(
            WalletId(3), Settings(), Settings(team=TeamSettings(roles=((ANN, Role.OWNER),), same=((BEA, ANN),)))
        ),
    ),
    LinkedSubscriptions((SUBSCRIPTION,), SUBSCRIPTION),
    (MergedClaim(PromotionId(1), 2, ClaimState.ENTERED, WalletId(2), ClaimState.MERGED),),
)
OTHERS = (
    LINK._replace(id=LinkId(2)),
    LINK._replace(at=AT + timedelta(microseconds=1)),
    LINK._replace(key="pressed again"),
    LINK._replace(accounts=Accounts.TWO),
    LINK._replace(kept=PersonId(3)),
    LINK._replace(merged=PersonId(3)),
    LINK._replace(persons=(BEA, PersonId(3))),
    LINK._replace(books=LinkedBooks(WalletId(1), BooksState(2, 0, 40), BooksState(5, 1, 61))),
    LINK._replace(closed=None),
    LINK._replace(settings=(LinkedSettings(WalletId(3), Settings(), Settings(alerts=Alerts(platform="discord"))),)),
    LINK._replace(subscribed=LinkedSubscriptions((SUBSCRIPTION,), SUBSCRIPTION._replace(tags=("logo", "web")))),
    LINK._replace(claims=()),
    LINK._replace(undone=AT),
    LINK._replace(erased="the seal that it had"),
)


def test_each_field_is_covered() -> None:
    changed = {name for other in OTHERS for name in Link._fields if getattr(other, name) != getattr(LINK, name)}
    assert changed == {*Link._fields} - {"seal"}
    assert len({seal_of_link(link) for link in (LINK, *OTHERS)}) == len(OTHERS) + 1


def test_what_is_equal_has_the_same_seal() -> None:
    again = LINK._replace(settings=tuple(one._replace(before=replace(one.before)) for one in LINK.settings))
    assert sealed_link(sealed_link(again)) == sealed_link(LINK)


def test_the_seal_is_what_it_was() -> None:
    """It is kept in databases, so it must never change for what is kept there."""
    assert seal_of_link(LINK) == "cf246130c02bb64db403b9842e6646d7"
