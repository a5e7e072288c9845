"""Where the bot's commands are offered, and for whom it is installed there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.loopback.discord import MANAGE_GUILD, ImpossibleError
from tests.loopback.discord_stage import Stage, stage

if TYPE_CHECKING:
    from tests.loopback.discord.library import discord

Json = dict[str, Any]
HERE: Json = {"name": "here", "description": "x", "integration_types": [0], "contexts": [0, 1]}
ANYWHERE: Json = {"name": "anywhere", "description": "x", "integration_types": [0, 1], "contexts": [0, 1, 2]}
OF_LEADS: Json = ANYWHERE | {"name": "lead", "default_member_permissions": str(MANAGE_GUILD)}
MENU: Json = {"type": 3, "name": "Read this", "integration_types": [0, 1], "contexts": [0, 1, 2]}


async def register(on: Stage, *commands: Json) -> None:
    assert on.bot.application_id is not None
    on.bot.tree.clear_commands(guild=None)
    await on.bot.http.bulk_upsert_global_commands(on.bot.application_id, payload=list(commands))


async def heard(on: Stage) -> discord.Interaction:
    before = len(on.bot.interactions)
    await on.server.until(lambda: len(on.bot.interactions) > before, "an interaction")
    return on.bot.interactions[-1]


async def test_a_command_goes_where_the_bot_is_or_where_its_person_is() -> None:
    async with stage() as on:
        await register(on, HERE, ANYWHERE)
        bob, other = on.server.person("Bob"), on.server.elsewhere("Other")
        other.add(on.ann, bob)
        group, there = on.server.among(on.ann, bob, on.server.person("Eve")), other.channel("general")
        assert list(on.ann.menu(on.chat)) == list(on.ann.menu(on.ann.dm)) == ["here", "anywhere"]
        assert [*on.ann.menu(there), *on.ann.menu(group)] == []
        on.ann.install()
        assert [*on.ann.menu(there), *on.ann.menu(group)] == ["anywhere"] * 2
        assert [*bob.menu(there), *bob.menu(group)] == []
        with pytest.raises(ImpossibleError):
            await bob.slash(there, "anywhere")


async def test_the_bot_learns_for_whom_it_is_installed_where_it_is_used() -> None:
    async with stage() as on:
        await register(on, HERE, ANYWHERE)
        other = on.server.elsewhere("Other")
        other.add(on.ann)
        on.ann.install()
        told = []
        for place in (on.chat, on.ann.dm, other.channel("general"), on.server.among(on.ann, on.server.person("Bob"))):
            act = await on.ann.slash(place, "anywhere")
            told.append((act.event["authorizing_integration_owners"], act.event["context"]))
        ann, agency = str(on.ann.id), str(on.guild.id)
        assert told == [
            ({"0": agency, "1": ann}, 0),
            ({"0": "0", "1": ann}, 1),
            ({"1": ann}, 0),
            ({"1": ann}, 2),
        ]
        assert (await on.ann.slash(on.chat, "here")).event["authorizing_integration_owners"] == {"0": agency}


async def test_elsewhere_the_bot_neither_reads_nor_writes_but_answers() -> None:
    async with stage() as on:
        await register(on, ANYWHERE)
        other = on.server.elsewhere("Other")
        other.add(on.ann)
        on.ann.install()
        await on.ann.say(other.channel("general"), "Hello")
        act = await on.ann.slash(other.channel("general"), "anywhere")
        interaction = await heard(on) if not on.bot.interactions else on.bot.interactions[-1]
        assert interaction.guild_id == other.id
        assert (interaction.is_guild_integration(), interaction.is_user_integration()) == (False, True)
        await interaction.response.send_message("Hello", ephemeral=True)
        assert (await act.answer()).ephemeral
        with pytest.raises(Exception, match="50001"):
            await on.bot.get_partial_messageable(other.channel("general").id).send("Hello")
        assert not on.bot.heard


async def test_elsewhere_five_further_messages_are_the_most() -> None:
    async with stage() as on:
        await register(on, ANYWHERE)
        on.ann.install()
        await on.ann.slash(on.server.among(on.ann, on.server.person("Bob")), "anywhere")
        interaction = await heard(on) if not on.bot.interactions else on.bot.interactions[-1]
        await interaction.response.send_message("One", ephemeral=True)
        for _ in range(5):
            await interaction.followup.send("More", ephemeral=True)
        with pytest.raises(Exception, match="40094"):
            await interaction.followup.send("Too much", ephemeral=True)


async def test_permissions_hide_a_command_in_the_bots_own_servers_alone() -> None:
    async with stage() as on:
        await register(on, OF_LEADS)
        bob, other = on.server.person("Bob"), on.server.elsewhere("Other")
        on.guild.add(bob)
        other.add(bob)
        bob.install()
        assert (
            list(on.ann.menu(on.chat)) == list(bob.menu(other.channel("general"))) == list(bob.menu(bob.dm)) == ["lead"]
        )
        assert list(bob.menu(on.chat)) == []


async def test_a_message_comes_with_a_command_from_its_menu() -> None:
    async with stage() as on:
        await register(on, MENU)
        said = await on.ann.say(on.chat, "A fine job")
        assert on.ann.message_menu(on.chat) == ["Read this"]
        act = await on.ann.apply("Read this", said)
        data = act.event["data"]
        assert (data["type"], data["resolved"]["messages"][data["target_id"]]["content"]) == (3, "A fine job")
        with pytest.raises(ImpossibleError):
            await on.ann.slash(on.chat, "Read")


@pytest.mark.parametrize(
    "refused",
    [
        MENU | {"description": "x"},
        MENU | {"options": [{"type": 3, "name": "x", "description": "x"}]},
        HERE | {"default_member_permissions": "manage"},
        HERE | {"integration_types": [2]},
        HERE | {"contexts": []},
    ],
)
async def test_what_discord_does_not_register(refused: Json) -> None:
    async with stage() as on:
        with pytest.raises(Exception, match="50035"):
            await register(on, refused)


async def test_people_can_install_only_what_its_settings_offer_them() -> None:
    async with stage() as on:
        on.server.state.user_install = False
        with pytest.raises(Exception, match="50035"):
            await register(on, ANYWHERE)
        await register(on, HERE)
        with pytest.raises(ImpossibleError):
            on.ann.install()
