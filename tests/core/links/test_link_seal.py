"""The seal of a link covers all that is kept of it, and a field that nobody has set is not part of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.delivery.notice import Subscription, Target
from core.links.model import Accounts, Books, Link, Moved, Restored, Subscribed
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
    Books(WalletId(1), Moved(2, 0, 40), Moved(5, 1, 60)),
    Books(WalletId(2), Moved(3, 1, 20), Moved(4, 1, 0)),
    (Restored(WalletId(3), Settings(), Settings(team=TeamSettings(roles=((ANN, Role.OWNER),), same=((BEA, ANN),)))),),
    Subscribed((SUBSCRIPTION,), SUBSCRIPTION),
    (MergedClaim(PromotionId(1), 2, ClaimState.ENTERED, WalletId(2), ClaimState.MERGED),),
)
OTHERS: dict[str, object] = {
    "id": LinkId(2),
    "at": AT + timedelta(microseconds=1),
    "key": "pressed again",
    "accounts": Accounts.TWO,
    "kept": BEA,
    "merged": ANN,
    "persons": (BEA, PersonId(3)),
    "books": Books(WalletId(1), Moved(2, 0, 40), Moved(5, 1, 61)),
    "closed": None,
    "settings": (Restored(WalletId(3), Settings(), Settings(alerts=Alerts(platform="discord"))),),
    "subscribed": Subscribed((SUBSCRIPTION,), SUBSCRIPTION._replace(tags=("logo", "web"))),
    "claims": (),
    "undone": AT,
}


@pytest.mark.parametrize("name", [name for name in Link._fields if name != "seal"])
def test_each_field_is_covered(name: str) -> None:
    assert seal_of_link(LINK._replace(**{name: OTHERS[name]})) != seal_of_link(LINK)


def test_what_is_equal_has_the_same_seal() -> None:
    again = LINK._replace(settings=tuple(one._replace(before=replace(one.before)) for one in LINK.settings))
    assert sealed_link(sealed_link(again)) == sealed_link(LINK)


def test_the_seal_is_what_it_was() -> None:
    """It is kept in databases, so it must never change for what is kept there."""
    assert seal_of_link(LINK) == "cf246130c02bb64db403b9842e6646d7"
