"""Which commands Discord offers to whom, and files that are given to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.command.permissions import permission_of
from bot.commands import by_name, declared
from bot.platforms.discord.commands import registered, registered_for_operators
from tests.loopback.discord import ImpossibleError

if TYPE_CHECKING:
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage
    from tests.loopback.discord import Guild

FILE = b'title = "Bonus"\ntext = "Sun"\ngives = 20\nends = "3 days"\n'
OFFERED = {
    command.name
    for command in declared()
    if permission_of(command).users and (not command.hidden or permission_of(command).operators)
}
IN_PRIVATE = {command.name for command in declared() if permission_of(command).private and not command.hidden}
OPERATORS = {command.name for command in declared() if permission_of(command).for_operators}
REGISTRATION = "PUT /applications/{application_id}/commands"
OF_SERVER = "PUT /applications/{application_id}/guilds/{guild_id}/commands"


@pytest.fixture
def strict(guild: Guild) -> Guild:
    """A server whose settings leave it to the bot who is offered what."""
    guild.offers_all = False
    return guild


async def operator(stage: DiscordStage, player: DiscordPlayer, *places: str) -> None:
    stage.bot.operators.add(f"discord:{player.person.id}")
    stage.operators_at = frozenset(places)
    await stage.restart()


@pytest.mark.usefixtures("strict")
async def test_a_member_is_offered_what_any_role_may_use(stage: DiscordStage) -> None:
    """Discord does not know who is a manager, who may book purchases without any right on the server."""
    bob = await stage.member("Bob", "Team")
    assert set(bob.person.menu(bob.chat)) == OFFERED
    assert {"start", "buy", "alerts", "settings", "audit"} <= OFFERED


@pytest.mark.usefixtures("strict")
async def test_an_admin_is_offered_the_same(lead: DiscordPlayer) -> None:
    offered = set(lead.person.menu(lead.chat))
    assert offered == OFFERED
    assert not offered & (OPERATORS | {"bookthis", "snooze", "number"})
    assert "What was changed here" in (await (await lead.person.slash(lead.chat, "audit")).answer()).text


async def test_in_private_everything_is_offered_but_what_is_for_operators(ann: DiscordPlayer) -> None:
    offered = set(ann.person.menu(ann.chat))
    assert offered == IN_PRIVATE
    assert not offered & (OPERATORS | {"audit"})


async def test_operators_find_their_commands_on_the_server_that_they_name(
    stage: DiscordStage, lead: DiscordPlayer, strict: Guild
) -> None:
    root, bob = await stage.member("Root", "Team"), await stage.member("Bob", "Team")
    strict.add(root.person, roles=(strict.role("Root", 1 << 3),))
    await operator(stage, root, str(strict.id))
    assert set(root.person.menu(root.chat)) >= OPERATORS
    assert not (set(lead.person.menu(lead.chat)) | set(bob.person.menu(bob.chat))) & OPERATORS
    assert not set(root.person.menu(root.person.dm)) & OPERATORS
    answer = await (await root.person.slash(root.chat, "promo")).answer()
    assert "promotion" in answer.text
    assert answer.ephemeral
    assert "promotion" in (await (await stage.person("Root")).say("/promo")).text, "typed, it works as before"


async def test_whoever_is_offered_them_without_being_an_operator_is_refused(
    stage: DiscordStage, lead: DiscordPlayer, strict: Guild
) -> None:
    strict.offers_all = True
    await operator(stage, await stage.person("Root"), str(strict.id))
    answer = await (await lead.person.slash(lead.chat, "announce", text="Hello")).answer()
    assert "/announce is for the operators of this bot." in answer.text


@pytest.mark.usefixtures("strict")
async def test_they_can_be_offered_in_direct_messages(stage: DiscordStage, lead: DiscordPlayer) -> None:
    root = await stage.person("Root")
    await operator(stage, root, "dm")
    assert set(root.person.menu(root.chat)) >= OPERATORS | {"audit"}
    assert not set(lead.person.menu(lead.chat)) & OPERATORS
    preview = await (await root.person.slash(root.chat, "announce", text="Hello all")).answer()
    assert "No matching chat has subscribed." in preview.text


async def test_each_list_is_registered_once_and_taken_away_again(stage: DiscordStage, guild: Guild) -> None:
    root, log = await stage.person("Root"), stage.server.requests
    assert (len(log.to(REGISTRATION)), len(log.to(OF_SERVER))) == (1, 0)
    for places, counts in (
        ([], (1, 0)),
        ([str(guild.id)], (1, 1)),
        ([str(guild.id)], (1, 1)),
        (["dm"], (2, 2)),
        (["dm"], (2, 2)),
        ([], (3, 2)),
    ):
        await operator(stage, root, *places)
        assert (len(log.to(REGISTRATION)), len(log.to(OF_SERVER))) == counts
    assert stage.server.commands.of(guild.id) == []


async def test_a_server_without_the_bot_does_not_keep_it_from_starting(stage: DiscordStage, guild: Guild) -> None:
    root = await stage.person("Root")
    guild.kick_bot()
    await operator(stage, root, str(guild.id))
    assert "wallet" in (await root.say("/balance")).text
    guild.invite_bot()
    await stage.restart()
    assert {one["name"] for one in stage.server.commands.of(guild.id)} == OPERATORS


def test_the_lists_are_far_from_discords_limits() -> None:
    assert sum(one["type"] == 1 for one in registered(declared(), for_operators=True)) <= 60
    assert {one["name"] for one in registered_for_operators(declared())} == OPERATORS


def promote() -> dict[str, Any]:
    return registered_for_operators([by_name()["promote"]])[0]


def test_a_command_that_takes_a_file_has_an_option_for_it_and_requires_nothing_else() -> None:
    file = next(option for option in promote()["options"] if option["name"] == "file")
    assert (file["type"], file["required"]) == (11, False)
    assert not any(option["required"] for option in promote()["options"])


async def test_a_file_is_given_to_a_command(stage: DiscordStage) -> None:
    root = await stage.person("Root")
    await operator(stage, root, "dm")
    answer = await (await root.person.slash(root.chat, "promote", file=("bonus.toml", FILE))).answer()
    assert "1 promotion saved as a draft." in answer.text
    answer = await (await root.person.slash(root.chat, "promote", file=("bonus.png", b"1"))).answer()
    assert "bonus.png" in answer.text
    answer = await (await root.person.slash(root.chat, "promote", file=("b.toml", b"#" * 300_000))).answer()
    assert "That file is too large" in answer.text


async def test_a_file_beside_other_options_is_asked_about(stage: DiscordStage) -> None:
    root = await stage.person("Root")
    await operator(stage, root, "dm")
    act = await root.person.slash(root.chat, "promote", title="Bonus", file=("bonus.toml", FILE))
    assert "Bonus" in (await act.answer()).text
    assert "draft" not in (await act.answer()).text


async def test_without_a_file_what_is_missing_is_asked_for(stage: DiscordStage) -> None:
    root = await stage.person("Root")
    await operator(stage, root, "dm")
    form = await (await root.person.slash(root.chat, "promote")).answer()
    assert form.modal is not None


async def test_a_file_for_a_command_that_takes_none_is_impossible(ann: DiscordPlayer) -> None:
    with pytest.raises(ImpossibleError):
        await ann.person.slash(ann.chat, "spend", connects=5, file=("bonus.toml", FILE))


async def test_the_examples_name_their_options_as_the_app_does(ann: DiscordPlayer) -> None:
    assert "For example: /spend connects:16 title:Logo redesign" in (await ann.say("/help spend")).text
    for command in declared():
        if not command.hidden:
            assert f"For example: /{command.name}" in (await ann.say(f"/help {command.name}")).text
