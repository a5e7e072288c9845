"""Answering interactions: the callback, the original response and what follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.loopback.discord import interactions as kinds
from tests.loopback.discord import permissions
from tests.loopback.discord.check_message import check_choices, check_message, check_modal
from tests.loopback.discord.messages import EPHEMERAL, LOADING, SLASH_ANSWER, Message
from tests.loopback.discord.shown import Choice, modal_of
from tests.loopback.discord.wire import (
    ALREADY_ACKNOWLEDGED,
    INVALID_FORM,
    INVALID_TOKEN,
    MISSING_PERMISSIONS,
    TOO_MANY_FOLLOW_UPS,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    ApiError,
    Form,
    Json,
    Problems,
)

if TYPE_CHECKING:
    from tests.loopback.discord.calls import Call
    from tests.loopback.discord.interactions import Interaction

ALLOWED = {
    kinds.COMMAND: {kinds.MESSAGE, kinds.DEFERRED_MESSAGE, kinds.MODAL},
    kinds.COMPONENT: {kinds.MESSAGE, kinds.DEFERRED_MESSAGE, kinds.DEFERRED_UPDATE, kinds.UPDATE, kinds.MODAL},
    kinds.AUTOCOMPLETE: {kinds.CHOICES},
    kinds.SUBMIT: {kinds.MESSAGE, kinds.DEFERRED_MESSAGE, kinds.DEFERRED_UPDATE, kinds.UPDATE},
}
"""A PING, which alone may be answered by type 1, never comes through the gateway."""
MOST_ELSEWHERE = 5
"""Further messages to one interaction where only the person has installed the bot."""
SETTABLE_FLAGS = EPHEMERAL | (1 << 2) | (1 << 12)


def callback(call: Call) -> Json | None:
    interaction = _waiting(call)
    _check_files(call, interaction)
    problems = Problems()
    form = Form(call.body, problems)
    kind = form.integer("type", 1, 12, required=True) or 0
    problems.refuse()
    allowed = ALLOWED[interaction.kind] - (set() if interaction.source else {kinds.DEFERRED_UPDATE, kinds.UPDATE})
    if kind not in allowed:
        message = f"Value must be one of {tuple(sorted(allowed))}."
        raise ApiError(*INVALID_FORM, errors={"type": {"_errors": [{"code": "BASE_TYPE_CHOICES", "message": message}]}})
    _act(call, interaction, kind, form.data.get("data") or {})
    interaction.acknowledge(kind)
    return _callback_payload(interaction, kind) if call.query.get("with_response") in ("1", "true") else None


def follow_up(call: Call) -> Json | None:
    """The first one after a deferral takes the place of the loading message, as on Discord."""
    interaction = _open(call)
    data = check_message(call.body, call.uploads)
    if interaction.acknowledged is None:
        raise ApiError(*UNKNOWN_WEBHOOK)
    if interaction.original is not None and interaction.original.loading:
        message = _fill(call, interaction.original, data)
    else:
        if (
            "0" not in interaction.event["authorizing_integration_owners"]
            and len(interaction.followups) >= MOST_ELSEWHERE
        ):
            raise ApiError(*TOO_MANY_FOLLOW_UPS)
        message = call.state.post(_new(call, interaction, data), data, call.uploads)
        interaction.followups.append(message)
        call.state.pulse.beat()
    return message.payload() if call.query.get("wait", "1") in ("1", "true") else None


def get(call: Call) -> Json:
    return _message(call).payload()


def edit(call: Call) -> Json:
    message = _message(call)
    return _fill(call, message, check_message(call.body, call.uploads)).payload()


def delete(call: Call) -> None:
    call.state.delete(_message(call))


def _waiting(call: Call) -> Interaction:
    interaction = call.state.interactions.get(call.params["token"])
    if interaction is None or interaction.id != call.number("interaction_id") or interaction.is_too_late:
        raise ApiError(*UNKNOWN_INTERACTION)
    if interaction.acknowledged is not None:
        raise ApiError(*ALREADY_ACKNOWLEDGED)
    return interaction


def _open(call: Call) -> Interaction:
    interaction = call.state.interactions.get(call.params["token"])
    if interaction is None or call.number("webhook_id") != call.state.application_id:
        raise ApiError(*UNKNOWN_WEBHOOK)
    if interaction.token_is_dead:
        raise ApiError(*INVALID_TOKEN)
    _check_files(call, interaction)
    return interaction


def _check_files(call: Call, interaction: Interaction) -> None:
    """Where the app may not attach files (`app_permissions`), its answers cannot have any either."""
    guild = interaction.chat.guild
    if not call.uploads or guild is None:
        return
    bits = guild.bot_bits(interaction.chat) if guild.bot_in else guild.bits(interaction.user)
    if not bits & permissions.ATTACH_FILES:
        raise ApiError(*MISSING_PERMISSIONS)


def _act(call: Call, interaction: Interaction, kind: int, data: Json) -> None:
    if kind == kinds.MODAL:
        interaction.modal = modal_of(check_modal(data), interaction)
    elif kind == kinds.CHOICES:
        interaction.choices = [Choice(one["name"], one["value"]) for one in check_choices(data)]
    elif kind == kinds.MESSAGE:
        checked = check_message(data, call.uploads, "data")
        interaction.original = call.state.post(_new(call, interaction, checked), checked, call.uploads)
    elif kind == kinds.DEFERRED_MESSAGE:
        message = _new(call, interaction, data)
        message.flags |= LOADING
        interaction.original = call.state.post(message, {}, [])
    else:
        interaction.original = interaction.source
        if kind == kinds.UPDATE and interaction.source is not None:
            checked = check_message(data, call.uploads, "data")
            call.state.edit(interaction.source, checked, call.uploads)


def _new(call: Call, interaction: Interaction, data: Json) -> Message:
    state = call.state
    message = Message(state.ids.make(), interaction.chat.id, state.bot, state.clock.now())
    message.flags = (data.get("flags") or 0) & SETTABLE_FLAGS
    guild = interaction.chat.guild
    if guild is not None and not guild.bot_in and not guild.bits(interaction.user) & permissions.USE_EXTERNAL_APPS:
        message.flags |= EPHEMERAL
    message.kind = SLASH_ANSWER if interaction.kind == kinds.COMMAND else 0
    message.application_id = state.application_id
    message.interaction = {
        "id": str(interaction.id),
        "type": interaction.kind,
        "name": interaction.event["data"].get("name", ""),
        "user": interaction.user.payload(),
        "authorizing_integration_owners": interaction.event["authorizing_integration_owners"],
    }
    return message


def _fill(call: Call, message: Message, data: Json) -> Message:
    was_loading = message.flags & LOADING
    message.flags &= ~LOADING
    try:
        return call.state.edit(message, data, call.uploads)
    except ApiError:
        message.flags |= was_loading
        raise


def _message(call: Call) -> Message:
    interaction = _open(call)
    named = call.params["message_id"]
    mine = [interaction.original] if named == "@original" else [interaction.original, *interaction.followups]
    for message in mine:
        if message is not None and not message.deleted and named in ("@original", str(message.id)):
            return message
    raise ApiError(*UNKNOWN_MESSAGE)


def _callback_payload(interaction: Interaction, kind: int) -> Json:
    about: Json = {"id": str(interaction.id), "type": interaction.kind}
    resource: Json = {"type": kind}
    message = interaction.original
    if message is not None:
        about |= {
            "response_message_id": str(message.id),
            "response_message_loading": message.loading,
            "response_message_ephemeral": message.ephemeral,
        }
        if kind in (kinds.MESSAGE, kinds.UPDATE):
            resource["message"] = message.payload()
    return {"interaction": about, "resource": resource}
