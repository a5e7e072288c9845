"""What the two sides of a link were told holds no name once one of them is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.shared.refusals import Outage, UnavailableError
from core.wallets.people import private_chat
from storage.memory.store import MemoryStore
from tests.bot.linking.accounts import accounts_of, code_from

if TYPE_CHECKING:
    from datetime import datetime

    from core.forgetting.ports import Forgetting
    from core.shared.ids import PersonId
    from tests.bot.linking.accounts import Account
    from tests.bot.stage import Bot

GIVER, TAKER = "Quillon", "Zephyrine"


@pytest.fixture
async def pair(bot: Bot) -> tuple[Account, Account]:
    """Two accounts with books, of which the second has written the code of the first and pressed Link."""
    giver, taker = accounts_of(bot, {"telegram": GIVER, "discord": TAKER})
    for one in (giver, taker):
        one.alone = private_chat(one.who).id
        await one.say("/start")
        await one.say("/spend 4 Logo")
    await taker.say(f"/link {await code_from(giver)}")
    await taker.press("No, two accounts")
    await taker.press("Link")
    return giver, taker


async def forget(one: Account) -> None:
    await one.say("/forgetme")
    await one.press("Forget me")
    assert "You are forgotten" in (await one.say("forget")).text


def kept(bot: Bot) -> str:
    assert isinstance(bot.store, MemoryStore)
    tables = bot.store.tables
    return repr([getattr(tables, name) for name in tables.__slots__])


async def test_both_names_go_with_whoever_they_are_now(bot: Bot, pair: tuple[Account, Account]) -> None:
    await pair[0].read()
    await pair[0].press("Link")
    assert GIVER in kept(bot)
    await forget(pair[1])
    assert GIVER not in kept(bot)
    assert TAKER not in kept(bot)


@pytest.mark.parametrize("gone", [0, 1])
async def test_what_was_asked_only_keeps_the_name_of_who_stays(
    bot: Bot, pair: tuple[Account, Account], gone: int
) -> None:
    await forget(pair[gone])
    names = (GIVER, TAKER)
    assert names[gone] not in kept(bot)
    assert names[1 - gone] in kept(bot)


async def test_nothing_of_theirs_is_kept_again_if_nobody_knows_whether_they_are_forgotten(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = accounts_of(bot, {"telegram": GIVER})
    one.alone = private_chat(one.who).id
    await one.say("/start")
    await one.say("/forgetme")
    await one.press("Forget me")
    forgetting = type(bot.store.forgetting)
    whole = forgetting.forget

    async def lost(self: Forgetting, person: PersonId, now: datetime) -> None:
        await whole(self, person, now)
        raise UnavailableError(Outage.LOST, maybe=True)

    monkeypatch.setattr(forgetting, "forget", lost)
    assert "You are forgotten" not in (await one.say("forget")).text
    assert GIVER not in kept(bot)
