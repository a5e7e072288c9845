"""What Discord refuses, the loopback server refuses, in Discord's shape."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from tests.loopback.discord import Interaction
from tests.loopback.discord.interactions import AUTOCOMPLETE
from tests.loopback.discord.library import discord
from tests.loopback.discord_stage import Bot, Stage, stage

if TYPE_CHECKING:
    from collections.abc import Awaitable

Json = dict[str, Any]
BUTTON = {"type": 2, "style": 1, "label": "Go", "custom_id": "go"}
OPTION = {"type": 3, "name": "title", "description": "A title"}


def row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


def buttons(count: int) -> list[Json]:
    return [BUTTON | {"custom_id": f"go-{number}"} for number in range(count)]


def embed(**parts: Any) -> Json:
    return {"embeds": [parts]}


def fields(count: int) -> Json:
    return embed(fields=[{"name": "n", "value": "v"}] * count)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"content": "x" * 2001}, "content"),
        ({"content": 5}, "content"),
        ({"embeds": [{"title": "t"}] * 11}, "embeds"),
        (embed(title="x" * 257), "embeds.0.title"),
        (embed(description="x" * 4097), "embeds.0.description"),
        (fields(26), "embeds.0.fields"),
        (embed(fields=[{"name": "", "value": "v"}]), "embeds.0.fields.0.name"),
        (embed(fields=[{"name": "x" * 257, "value": "v"}]), "embeds.0.fields.0.name"),
        (embed(fields=[{"name": "n", "value": "x" * 1025}]), "embeds.0.fields.0.value"),
        ({"embeds": [{"description": "x" * 3001}] * 2}, "embeds"),
        ({"content": "x", "components": [row(*part) for part in zip(buttons(6), strict=True)]}, "components"),
        ({"content": "x", "components": [row(*buttons(6))]}, "components.0.components"),
        ({"content": "x", "components": [row()]}, "components.0.components"),
        ({"content": "x", "components": [row(BUTTON, BUTTON)]}, "components.0.components.1.custom_id"),
        (
            {"content": "x", "components": [row(BUTTON | {"custom_id": "x" * 101})]},
            "components.0.components.0.custom_id",
        ),
        ({"content": "x", "components": [row(BUTTON | {"custom_id": ""})]}, "components.0.components.0.custom_id"),
        ({"content": "x", "components": [row(BUTTON | {"label": "x" * 81})]}, "components.0.components.0.label"),
        ({"content": "x", "components": [row(BUTTON | {"style": 5})]}, "components.0.components.0.url"),
        ({"content": "x", "nonce": "x" * 26}, "nonce"),
        ({"content": "x", "allowed_mentions": {"parse": ["all"]}}, "allowed_mentions.parse.0"),
        ({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, "allowed_mentions"),
        ({"content": "x", "message_reference": {"message_id": "1"}}, "message_reference"),
    ],
)
async def test_a_message_beyond_the_limits_is_refused_with_its_path(body: Json, path: str) -> None:
    async with stage() as on:
        refused = await _refusal(_send(on, body))
        assert (refused.status, refused.code) == (400, 50035)
        assert refused.text.startswith("Invalid Form Body")
        assert path in _paths(on.server.requests[-1].answer["errors"])


async def test_the_limits_themselves_are_within() -> None:
    async with stage() as on:
        rows = [row(*buttons(25)[start : start + 5]) for start in range(0, 25, 5)]
        await _send(on, {"content": "x" * 2000, "components": rows})
        await _send(on, {"embeds": [{"title": "x" * 256}] * 10})
        await _send(on, fields(25))
        await _send(on, embed(description="x" * 4096, footer={"text": "x" * 1904}))
        assert len(on.chat.unread) == 4


@pytest.mark.parametrize("body", [{}, {"content": ""}, {"content": " \n"}, {"embeds": []}])
async def test_an_empty_message_is_refused(body: Json) -> None:
    async with stage() as on:
        refused = await _refusal(_send(on, body))
        assert (refused.status, refused.code) == (400, 50006)
        assert on.chat.unread == []


async def test_an_edit_to_nothing_is_refused_and_changes_nothing() -> None:
    async with stage() as on:
        sent = await (await on.channel()).send("hello")
        assert (await _refusal(sent.edit(content=None))).code == 50006
        assert (await on.chat.next_message()).content == "hello"


async def test_a_body_that_is_no_json_is_refused() -> None:
    async with stage() as on, aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bot {on.server.token}"}
        url = f"{on.server.api_url}/channels/{on.chat.id}/messages"
        async with session.post(url, data="content=x", headers=headers) as answer:
            assert (answer.status, (await answer.json())["code"]) == (400, 50109)


async def test_files_beside_the_message_are_kept_and_too_large_ones_refused() -> None:
    async with stage() as on:
        await (await on.channel()).send(files=[_file(b"1", "a.txt"), _file(b"22", "b.txt")])
        shown = await on.chat.next_message()
        assert [(file.name, file.data) for file in shown.files] == [("a.txt", b"1"), ("b.txt", b"22")]
        refused = await _refusal((await on.channel()).send(file=_file(b"x" * (10 * 1024 * 1024 + 1), "c.txt")))
        assert (refused.status, refused.code) == (413, 40005)


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ({"name": "Spend", "description": "d"}, "0.name"),
        ({"name": "x" * 33, "description": "d"}, "0.name"),
        ({"name": "spend"}, "0.description"),
        ({"name": "spend", "description": "x" * 101}, "0.description"),
        ({"name": "spend", "description": "d", "name_localizations": {"xx": "ausgeben"}}, "0.name_localizations.xx"),
        ({"options": [OPTION, OPTION | {"name": "b", "required": True}]}, "0.options.1"),
        ({"options": [OPTION | {"name": f"o{number}"} for number in range(26)]}, "0.options"),
        ({"options": [OPTION, OPTION]}, "0.options.1.name"),
        (
            {"options": [OPTION | {"choices": [{"name": f"{n}", "value": f"{n}"} for n in range(26)]}]},
            "0.options.0.choices",
        ),
        (
            {"options": [OPTION | {"autocomplete": True, "choices": [{"name": "a", "value": "a"}]}]},
            "0.options.0.choices",
        ),
        ({"options": [OPTION | {"type": 4, "choices": [{"name": "a", "value": "a"}]}]}, "0.options.0.choices.0.value"),
        ({"options": [OPTION | {"min_value": 1}]}, "0.options.0.min_value"),
        ({"options": [OPTION | {"channel_types": [0]}]}, "0.options.0.channel_types"),
        ({"options": [OPTION | {"type": 7, "channel_types": [0, 99]}]}, "0.options.0.channel_types"),
        ({"options": [OPTION, {"type": 1, "name": "sub", "description": "d"}]}, "0.options"),
    ],
)
async def test_a_command_that_breaks_the_schema_is_refused_with_its_path(command: Json, path: str) -> None:
    async with stage() as on:
        refused = await _refusal(_register(on.bot, [{"name": "spend", "description": "d"} | _whole(command)]))
        assert refused.code == 50035
        assert path in _paths(on.server.requests[-1].answer["errors"])


async def test_at_most_a_hundred_commands_and_each_name_once() -> None:
    async with stage() as on:
        many = [{"name": f"c{number}", "description": "d"} for number in range(101)]
        assert (await _refusal(_register(on.bot, many))).code == 30032
        assert (await _refusal(_register(on.bot, many[:1] * 2))).code == 50035
        assert len(await _register(on.bot, many[:100])) == 100


async def test_commands_keep_their_ids_and_a_guilds_own_hides_the_global_one() -> None:
    async with stage() as on:
        before = {command.name: command.id for command in await on.bot.tree.fetch_commands()}
        assert {command.name: command.id for command in await on.bot.tree.sync()} == before
        assert on.server.commands.writes == 2
        guild = discord.Object(on.guild.id)
        on.bot.tree.copy_global_to(guild=guild)
        synced = await on.bot.tree.sync(guild=guild)
        assert before["ask"] not in {command.id for command in synced}
        assert set(on.ann.menu(on.chat)) == {"spend", "ask", "report", "read", "promo"}
        await synced[0].delete()
        assert len(await on.bot.tree.fetch_commands(guild=guild)) == 4


async def test_a_menu_stands_in_the_persons_language_and_hides_what_is_not_for_them() -> None:
    async with stage() as on:
        ben = on.server.person("Ben", locale="de")
        on.guild.add(ben)
        spend = {"name": "spend", "description": "Spend", "name_localizations": {"de": "ausgeben"}, "contexts": [0, 1]}
        audit = {"name": "audit", "description": "Audit", "default_member_permissions": "32", "contexts": [0]}
        await _register(on.bot, [spend, audit])
        assert on.ann.menu(on.chat) == {"spend": "Spend", "audit": "Audit"}
        assert on.ann.menu(on.ann.dm) == {"spend": "Spend"}
        assert ben.menu(on.chat) == {"ausgeben": "Spend"}


@pytest.mark.parametrize(
    "modal",
    [
        {"title": "x" * 46, "custom_id": "m"},
        {"title": "t", "custom_id": "x" * 101},
        {"components": []},
        {"components": [row({"type": 4, "custom_id": f"i{n}", "label": "l", "style": 1}) for n in range(6)]},
        {"components": [row({"type": 4, "custom_id": "i", "label": "x" * 46, "style": 1})]},
        {"components": [row({"type": 4, "custom_id": "i", "label": "l", "style": 1})] * 2},
        {"components": [row({"type": 4, "custom_id": "i", "style": 1})]},
        {"components": [row(BUTTON)]},
    ],
)
async def test_a_modal_beyond_the_limits_is_refused(modal: Json) -> None:
    whole = {
        "title": "t",
        "custom_id": "m",
        "components": [row({"type": 4, "custom_id": "i", "label": "l", "style": 1})],
    }
    async with stage() as on:
        assert (await _refusal(_answer(on, "spend", {"type": 9, "data": whole | modal}))).code == 50035


async def test_too_many_choices_for_an_autocomplete_are_refused() -> None:
    choices = [{"name": f"{number}", "value": number} for number in range(26)]
    async with stage() as on:
        for data in ({"choices": choices}, {"choices": [{"name": "x" * 101, "value": 1}]}):
            assert (await _refusal(_answer(on, "", {"type": 8, "data": data}))).code == 50035


@pytest.mark.parametrize("kind", [1, 2, 6, 7, 8])
async def test_a_callback_of_a_type_that_does_not_fit_is_refused(kind: int) -> None:
    async with stage() as on:
        refused = await _refusal(_answer(on, "spend", {"type": kind, "data": {"content": "x"}}))
        assert (refused.code, _paths(on.server.requests[-1].answer["errors"])) == (50035, ["type"])


async def _answer(on: Stage, command: str, body: Json) -> object:
    """Answer an interaction by hand: the tree is out of the way."""
    on.bot.tree.clear_commands(guild=None)
    if command:
        interaction = await on.ann.slash(on.chat, command, connects=1, title="Logo")
    else:
        interaction = _typing(on)
    route = discord.http.Route(
        "POST",
        "/interactions/{webhook_id}/{webhook_token}/callback",
        webhook_id=interaction.id,
        webhook_token=interaction.token,
    )
    return await on.bot.http.request(route, json=body)


def _typing(on: Stage) -> Interaction:
    interaction = Interaction(on.server.state, AUTOCOMPLETE, on.ann, on.chat)
    on.server.state.interactions[interaction.token] = interaction
    return interaction


async def _send(on: Stage, body: Json) -> object:
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=on.chat.id)
    return await on.bot.http.request(route, json=body)


async def _register(bot: Bot, commands: list[Json]) -> list[Any]:
    assert bot.application_id is not None
    made: list[Any] = await bot.http.bulk_upsert_global_commands(bot.application_id, payload=commands)
    return made


async def _refusal(call: Awaitable[object]) -> discord.HTTPException:
    with pytest.raises(discord.HTTPException) as caught:
        await call
    return caught.value


def _whole(command: Json) -> Json:
    return command | {"description": command.get("description")} if "name" in command else command


def _file(data: bytes, name: str) -> discord.File:
    return discord.File(io.BytesIO(data), name)


def _paths(errors: Json, prefix: str = "") -> list[str]:
    found = [prefix.rstrip(".")] if "_errors" in errors else []
    for key, inner in errors.items():
        if key != "_errors":
            found += _paths(inner, f"{prefix}{key}.")
    return found
