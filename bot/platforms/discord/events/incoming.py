"""Turns Discord's events into Incoming. No decisions are made here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

import discord

from bot.command.incoming import Answered, Edited, Filled, Incoming, Pressed, Said, Typed, Wordless, action_key
from bot.platforms.discord.events.files import attached
from core.wallets.people import ChatRef, Identity

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Interaction: TypeAlias = discord.Interaction[Any]

PLATFORM = "discord"
ASK = "ask:"  # a form's custom_id begins with it; the question's token follows
LINE = "line"  # the custom_id of a form's only input


def server_ref(guild_id: int) -> ChatRef:
    """A server; it is one group, whichever of its channels is used."""
    return ChatRef(PLATFORM, str(guild_id))


def private_ref(user_id: int) -> ChatRef:
    """The bot's direct messages with a person."""
    return ChatRef(PLATFORM, f"dm{user_id}")


def from_interaction(interaction: Interaction) -> Incoming:
    """A slash command, a press, a submitted form, or an option that is being typed."""
    guild_id, user = interaction.guild_id, interaction.user
    chat = private_ref(user.id) if guild_id is None else server_ref(guild_id)
    at = interaction.created_at
    return Incoming(
        key=action_key(at, chat, f"i{interaction.id}"),
        at=at,
        who=Identity(PLATFORM, str(user.id)),
        name=user.display_name,
        chat=chat,
        said=_said(interaction),
        admin=_constant(_is_admin(interaction)),
        group=guild_id is not None,
        title="" if interaction.guild is None else interaction.guild.name,
        locale=str(interaction.locale.value),
        place="" if guild_id is None else str(interaction.channel_id or ""),
    )


def from_message(message: discord.Message, locale: str) -> Incoming:
    """A direct message. Discord does not send its author's language, so the caller gives it.

    A picture, sound or film is no file that a command could need; if it stands alone, there is nothing to read.
    """
    file = next((attached(one) for one in message.attachments if not _is_media(one)), None)
    chat, at = private_ref(message.author.id), message.created_at
    return Incoming(
        key=action_key(at, chat, f"m{message.id}"),
        at=at,
        who=Identity(PLATFORM, str(message.author.id)),
        name=message.author.display_name,
        chat=chat,
        said=Typed(message.content) if message.content or file is not None else Wordless(),
        admin=_constant(answer=False),
        locale=locale,
        file=file,
    )


def _is_media(given: discord.Attachment) -> bool:
    return (given.content_type or "").startswith(("image/", "audio/", "video/"))


def from_edit(message: discord.Message, locale: str) -> Incoming:
    """A direct message that its author has edited, with the key of the message itself."""
    first = from_message(message, locale)
    return replace(first, at=message.edited_at or first.at, said=Edited(message.content), file=None)


def data_of(interaction: Interaction) -> dict[str, Any]:
    """The interaction's data as Discord sent it."""
    return cast("dict[str, Any]", interaction.data or {})


class BeingTyped(NamedTuple):
    """An option that somebody is typing: its Discord type (`kind`), and what was typed so far."""

    command: str
    option: str
    kind: int
    words: str


def being_typed(interaction: Interaction) -> BeingTyped:
    """The option that has the focus."""
    data = data_of(interaction)
    option = next(option for option in data["options"] if option.get("focused"))
    return BeingTyped(data["name"], option["name"], option["type"], str(option.get("value", "")))


def _said(interaction: Interaction) -> Said:
    data = data_of(interaction)
    match interaction.type:
        case discord.InteractionType.component:
            return Pressed(data["custom_id"])
        case discord.InteractionType.modal_submit:
            return Answered(str(data["custom_id"]).removeprefix(ASK), _written(data))
        case _:
            return Filled(data["name"], {option["name"]: option["value"] for option in data.get("options", [])})


def _written(data: dict[str, Any]) -> str:
    """The text of the form's input, which is within a label, or within a row in older clients."""
    parts = [part for row in data["components"] for part in (row.get("component"), *row.get("components", [])) if part]
    return next((str(part["value"]) for part in parts if part["custom_id"] == LINE), "")


def manages(rights: discord.Permissions) -> bool:
    """Whether these permissions make an admin; an owner has them all."""
    return rights.administrator or rights.manage_guild


def _is_admin(interaction: Interaction) -> bool:
    """Whether the member may manage the server, by the permissions that Discord sends; an owner has them all."""
    return interaction.guild_id is not None and manages(interaction.permissions)


def _constant(answer: bool) -> Callable[[], Awaitable[bool]]:  # noqa: FBT001 - the value itself
    async def give() -> bool:
        return answer

    return give
