"""What every store promises about where a group's alerts go: to it, to an admin's private chat, or to both."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Notice, Target
from core.shared.ids import PersonId
from core.wallets.people import Chat, ChatKind, ChatRef, Identity
from core.wallets.settings import Alerts, Loss, Settings, Where
from tests.storage.sender import ANN, HERE, about

if TYPE_CHECKING:
    from core.store import Store
    from tests.storage.sender import Sender
    from tests.storage.teller import Teller

TEAM = ChatRef(HERE, "team")
GROUP = Target(HERE, "team")


async def places_of(sender: Sender, notice: Notice) -> dict[Target, str]:
    """Where a notice goes, and which group each message names."""
    await sender.store.outbox.notify([notice], sender.clock.now())
    return {one.target: one.group for one in await sender.claim()}


@pytest.mark.parametrize(
    ("where", "titled", "expected"),
    [
        (Where.GROUP, True, {GROUP: ""}),
        (Where.PRIVATE, True, {ANN: "Designers"}),
        (Where.PRIVATE, False, {ANN: "team"}),
        (Where.BOTH, True, {GROUP: "", ANN: "Designers"}),
    ],
)
async def test_a_group_gets_alerts_where_it_wants(
    store: Store, teller: Teller, sender: Sender, where: Where, expected: dict[Target, str], *, titled: bool
) -> None:
    if titled:
        await store.people.note_reachable(Chat(TEAM, ChatKind.GROUP, "Designers"), teller.clock.now())
    wallet = await store.people.open_wallet(TEAM, Settings(alerts=Alerts(where=where, person=teller.person)))
    assert await places_of(sender, about(wallet.id)) == expected


async def test_an_admin_who_caused_an_alert_in_the_group_still_gets_it_in_private(
    store: Store, teller: Teller, sender: Sender
) -> None:
    wallet = await store.people.open_wallet(TEAM, Settings(alerts=Alerts(where=Where.PRIVATE, person=teller.person)))
    assert await places_of(sender, about(wallet.id)._replace(by=teller.person)) == {ANN: "team"}


@pytest.mark.parametrize("person", [None, PersonId(99)])
async def test_a_group_whose_admin_has_no_private_chat_gets_alerts_itself(
    store: Store, sender: Sender, person: PersonId | None
) -> None:
    wallet = await store.people.open_wallet(TEAM, Settings(alerts=Alerts(where=Where.PRIVATE, person=person)))
    assert await places_of(sender, about(wallet.id)) == {GROUP: ""}


async def test_a_person_gets_alerts_in_their_own_chat_whatever_the_setting(
    store: Store, teller: Teller, sender: Sender
) -> None:
    other = await store.people.person(Identity(HERE, "bob"), "Bob")
    await store.people.save_settings(teller.wallet, Settings(alerts=Alerts(where=Where.BOTH, person=other.id)))
    assert await places_of(sender, about(teller.wallet)) == {ANN: ""}


@pytest.mark.parametrize("place", [None, "", "777"])
async def test_in_the_group_they_go_to_the_place_that_was_chosen(
    store: Store, teller: Teller, sender: Sender, place: str | None
) -> None:
    alerts = Alerts(where=Where.BOTH, person=teller.person, place=place)
    wallet = await store.people.open_wallet(TEAM, Settings(alerts=alerts))
    assert await places_of(sender, about(wallet.id)) == {GROUP._replace(place=place or ""): "", ANN: "team"}


async def test_a_place_and_its_loss_are_kept(store: Store) -> None:
    at = datetime(2026, 1, 10, 9, 30, tzinfo=UTC)
    seen = (await store.people.open_wallet(TEAM, Settings(alerts=Alerts(place="")))).settings
    assert seen.alerts == Alerts(place="")
    wallet = await store.people.wallet_of(TEAM)
    assert wallet is not None
    lost = Settings(alerts=Alerts(place="777", lost=Loss("rights", at)))
    for settings in (lost, replace(lost, alerts=replace(lost.alerts, lost=Loss("unset", at, told=True)))):
        assert await store.people.replace_settings(wallet.id, seen, settings)
        seen = await store.people.settings_of(wallet.id)
        assert seen == settings
