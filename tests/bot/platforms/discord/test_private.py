"""Direct message channels: opening one counts against the rate limits, so each is opened once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import discord
from typing_extensions import override

from bot.platforms.discord.sending.channels import UNKNOWN_CHANNEL
from bot.platforms.discord.sending.private import PrivateChats
from core.delivery.notice import Target
from core.delivery.outcome import Later, Sent
from tests.bot.carried import SPEAK, TOLD, carry
from tests.bot.stages.discord import ready
from tests.loopback.discord import POST_MESSAGE

if TYPE_CHECKING:
    from core.delivery.outcome import Outcome
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage

OPEN_DM = "POST /users/@me/channels"
MORE_THAN_THE_LIBRARY_KNOWS = 140


class Opener(discord.Client):
    """Opens every chat."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.none())

    @override
    async def create_dm(self, user: discord.abc.Snowflake) -> discord.DMChannel:
        return cast("discord.DMChannel", discord.Object(user.id))


async def test_each_is_opened_once_however_many_there_are(stage: DiscordStage) -> None:
    await ready(stage)
    people = [stage.server.person(f"P{number}") for number in range(MORE_THAN_THE_LIBRARY_KNOWS)]
    targets = [Target("discord", str(person.id), direct=True) for person in people]
    assert {stage.carrier.calls(target) for target in targets} == {2}
    for nonce in ("a", "b"):
        for number, target in enumerate(targets):
            assert isinstance(await stage.carrier.carry(target, TOLD, SPEAK, f"{nonce}{number}"), Sent)
    assert len(stage.server.requests.to(OPEN_DM)) == len(people)
    assert {stage.carrier.calls(target) for target in targets} == {1}


async def test_after_a_refusal_it_is_opened_again(stage: DiscordStage, ann: DiscordPlayer) -> None:
    await carry(stage, ann)
    stage.server.faults.refuse(UNKNOWN_CHANNEL, route=POST_MESSAGE)
    assert isinstance(await carry(stage, ann, "n2"), Later)
    assert stage.carrier.calls(ann.target) == 2
    assert isinstance(await carry(stage, ann, "n3"), Sent)
    assert stage.carrier.calls(ann.target) == 1


async def test_a_server_needs_no_opening(stage: DiscordStage, ann: DiscordPlayer) -> None:
    assert stage.carrier.calls(ann.target._replace(direct=False)) == 1


async def test_the_least_recently_used_are_forgotten() -> None:
    chats = PrivateChats(Opener(), most=2)

    async def written(_: object) -> Outcome:
        return Sent("1")

    for user in "1213":
        await chats.write(user, written)
    assert [chats.knows(user) for user in "123"] == [True, False, True]
