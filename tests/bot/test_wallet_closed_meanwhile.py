"""A command that meets a wallet which a link has closed meanwhile is carried out in the wallet that its person has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from core.wallets.people import Identity
from tests.bot.failing import Failing, bot_on
from tests.bot.stages.desk import DeskStage
from tests.storage.linking import plan_of
from tests.storage.teller import Teller

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


@dataclass
class Interrupted(Failing):
    """Lets something else happen once, right before an operation of the store."""

    by: list[Callable[[], Awaitable[object]]] = field(default_factory=list)

    async def run(self, name: str, operation: Callable[..., Awaitable[Any]], *args: Any, **kwargs: Any) -> Any:
        if name == self.name and self.by:
            await self.by.pop()()
        return await operation(*args, **kwargs)


async def teller_of(bot: Bot, name: str) -> Teller:
    person = await bot.store.people.person(Identity("desk", name), name.title())
    wallet = await bot.store.people.wallet_of(person.id)
    assert wallet is not None
    return Teller(bot.store, bot.clock, wallet.id, person.id)


@pytest.fixture
async def bob(ann: DeskPlayer) -> DeskPlayer:
    """Ann, on another platform: she has 60 Connects here, and 100 there."""
    bob = await DeskStage(ann.bot).person("bob")
    await ann.say("/opening 100 free")
    await bob.say("/start")
    await bob.say("/opening 60 free")
    return bob


@pytest.mark.parametrize("at", ["ledger.write", "people.replace_settings"])
async def test_it_is_carried_out_where_the_person_is_now(ann: DeskPlayer, bob: DeskPlayer, at: str) -> None:
    plan = await plan_of(await teller_of(ann.bot, "ann"), await teller_of(ann.bot, "bob"))
    bot = ann.bot
    bob.bot = bot_on(Interrupted(bot.store, name=at, by=[lambda: bot.store.links.link(plan)]).as_store(), bot.clock)
    line = "/spend 16 Logo redesign" if at == "ledger.write" else "/settings low=5"
    heard = await bob.say(line)
    if at == "ledger.write":
        assert "16 Connects" in heard.text
        assert "144" in heard.text
        assert "144" in (await ann.say("/balance")).text
        assert "Logo redesign" in (await ann.say("/history")).text
    else:
        assert (await bot.store.people.settings_of(plan.link.books.wallet)).threshold == 5  # type: ignore[union-attr] # it has books
    assert "wallet" not in heard.text


async def test_a_wallet_that_never_was_is_still_refused(ann: DeskPlayer) -> None:
    """Only a wallet that its person no longer has is looked up again."""
    heard = await ann.say("/undo 99")
    assert "99" in heard.text
