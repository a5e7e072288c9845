"""Registering application commands, global and for one guild."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.loopback.discord.calls import Created
from tests.loopback.discord.wire import MISSING_ACCESS, NOT_FOUND, ApiError, Json

if TYPE_CHECKING:
    from tests.loopback.discord.calls import Call


def listed(call: Call) -> list[Json]:
    return call.state.commands.of(_scope(call))


def replaced(call: Call) -> list[Json]:
    state = call.state
    return state.commands.replace(_scope(call), call.body, state.application_id, state.ids, _types(call))


def upserted(call: Call) -> Created:
    state = call.state
    made = state.commands.upsert(_scope(call), call.body, state.application_id, state.ids, _types(call))
    return Created(made)


def fetched(call: Call) -> Json:
    return call.state.commands.get(_scope(call), call.number("command_id"))


def edited(call: Call) -> Json:
    """A new name makes it a new command here, under its old id's place."""
    state, scope = call.state, _scope(call)
    old = state.commands.get(scope, call.number("command_id"))
    merged = old | (call.body or {})
    if merged["name"] != old["name"]:
        state.commands.delete(scope, call.number("command_id"))
    return state.commands.upsert(scope, merged, state.application_id, state.ids, _types(call))


def deleted(call: Call) -> None:
    call.state.commands.delete(_scope(call), call.number("command_id"))


def _types(call: Call) -> tuple[int, ...]:
    return (0, 1) if call.state.user_install else (0,)


def _scope(call: Call) -> int | None:
    if call.number("application_id") != call.state.application_id:
        raise ApiError(*NOT_FOUND)
    if "guild_id" not in call.params:
        return None
    guild = call.state.guilds.get(call.number("guild_id"))
    if guild is None or not guild.bot_in:
        raise ApiError(*MISSING_ACCESS)
    return guild.id
