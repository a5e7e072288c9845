"""Which function answers which route."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.loopback.discord import routes_channels as channels
from tests.loopback.discord import routes_commands as commands
from tests.loopback.discord import routes_interactions as interactions
from tests.loopback.discord.wire import (
    DM_TOO_FAST,
    INVALID_RECIPIENTS,
    UNKNOWN_GUILD,
    UNKNOWN_MEMBER,
    UNKNOWN_USER,
    ApiError,
    Json,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.loopback.discord.calls import Call


def me(call: Call) -> Json:
    return call.state.bot.payload() | {"verified": True, "mfa_enabled": False, "locale": "en-US", "flags": 0}


def application(call: Call) -> Json:
    return {
        "id": str(call.state.application_id),
        "name": call.state.bot.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": call.state.owner.payload(),
        "team": None,
        "verify_key": "",
        "flags": 0,
        "integration_types_config": {"0": {}, "1": {}} if call.state.user_install else {"0": {}},
    }


def gateway(call: Call) -> Json:
    return {"url": call.state.gateway_url}


def gateway_for_bots(call: Call) -> Json:
    limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    return {"url": call.state.gateway_url, "shards": call.state.shards, "session_start_limit": limit}


def user(call: Call) -> Json:
    found = call.state.users.get(call.number("user_id"))
    if found is None:
        raise ApiError(*UNKNOWN_USER)
    return found.payload()


def open_dm(call: Call) -> Json:
    """A channel opens even to a person who takes no messages: the refusal comes with the message.

    Who opens too many is refused, also where the channel is one that was opened before.
    """
    named = str((call.body or {}).get("recipient_id", ""))
    recipient = call.state.users.get(int(named) if named.isdigit() else 0)
    if recipient is None or recipient.is_bot:
        raise ApiError(*INVALID_RECIPIENTS)
    if not call.state.openings.admit(call.state.clock.now()):
        raise ApiError(*DM_TOO_FAST)
    return call.state.dm(recipient).payload()


def guild(call: Call) -> Json:
    found = call.state.guilds.get(call.number("guild_id"))
    if found is None or not found.bot_in:
        raise ApiError(*UNKNOWN_GUILD)
    return found.payload()


def member(call: Call) -> Json:
    """A member of a guild. Asking for one by its id takes no privileged intent."""
    guild(call)
    found, who = call.state.guilds[call.number("guild_id")], call.state.users.get(call.number("user_id"))
    if who is None:
        raise ApiError(*UNKNOWN_USER)
    if who.id not in found.members:
        raise ApiError(*UNKNOWN_MEMBER)
    return found.member(who)


def leave_guild(call: Call) -> None:
    guild(call)
    call.state.guilds[call.number("guild_id")].kick_bot()


CALLBACK = "POST /interactions/{interaction_id}/{token}/callback"
WEBHOOK = "/webhooks/{webhook_id}/{token}"
GLOBAL = "/applications/{application_id}/commands"
OF_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"

ROUTES: dict[str, Callable[[Call], Any]] = {
    "GET /users/@me": me,
    "GET /oauth2/applications/@me": application,
    "GET /applications/@me": application,
    "GET /gateway": gateway,
    "GET /gateway/bot": gateway_for_bots,
    "GET /users/{user_id}": user,
    "POST /users/@me/channels": open_dm,
    "GET /guilds/{guild_id}": guild,
    "GET /guilds/{guild_id}/members/{user_id}": member,
    "DELETE /users/@me/guilds/{guild_id}": leave_guild,
    "GET /channels/{channel_id}": channels.channel,
    "POST /channels/{channel_id}/typing": channels.typing,
    "GET /channels/{channel_id}/messages": channels.history,
    "POST /channels/{channel_id}/messages": channels.post,
    "GET /channels/{channel_id}/messages/{message_id}": channels.get,
    "PATCH /channels/{channel_id}/messages/{message_id}": channels.edit,
    "DELETE /channels/{channel_id}/messages/{message_id}": channels.delete,
    **{f"GET {path}": commands.listed for path in (GLOBAL, OF_GUILD)},
    **{f"PUT {path}": commands.replaced for path in (GLOBAL, OF_GUILD)},
    **{f"POST {path}": commands.upserted for path in (GLOBAL, OF_GUILD)},
    **{f"GET {path}/{{command_id}}": commands.fetched for path in (GLOBAL, OF_GUILD)},
    **{f"PATCH {path}/{{command_id}}": commands.edited for path in (GLOBAL, OF_GUILD)},
    **{f"DELETE {path}/{{command_id}}": commands.deleted for path in (GLOBAL, OF_GUILD)},
    CALLBACK: interactions.callback,
    f"POST {WEBHOOK}": interactions.follow_up,
    f"GET {WEBHOOK}/messages/{{message_id}}": interactions.get,
    f"PATCH {WEBHOOK}/messages/{{message_id}}": interactions.edit,
    f"DELETE {WEBHOOK}/messages/{{message_id}}": interactions.delete,
}
OPEN = frozenset(route for route in ROUTES if "{token}" in route) | {"GET /gateway"}
"""Routes whose own token in the path is enough."""
