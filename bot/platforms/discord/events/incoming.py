"""Turns Discord's events into Incoming. No decisions are made here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

import discord

from bot.command.incoming import (
    Answered,
    Edited,
    Filled,
    Incoming,
    Pressed,
    Said,
    Typed,
    Wordless,
    action_key,
)
from bot.platforms.discord.events.files import ATTACHMENT, attached_all, attached_below, attached_to
from bot.platforms.discord.events.messages import IMPORT, command_of, text_of, written_at
from core.wallets.people import ChatRef, Identity, private_chat

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Interaction: TypeAlias = discord.Interaction[Any]

PLATFORM = "discord"
ASK = "ask:"  # a form's custom_id begins with it; the question's token follows
OWN = "own:"  # a custom_id below an answer about a person's own wallet begins with it, if it stands elsewhere
MESSAGE_MENU = discord.AppCommandType.message.value
BELOW_ANSWERS = (discord.InteractionType.component, discord.InteractionType.modal_submit)
LINE = "line"  # the custom_id of a form's only input


def server_ref(guild_id: int) -> ChatRef:
    """A server; it is one group, whichever of its channels is used."""
    return ChatRef(PLATFORM, str(guild_id))


def private_ref(user_id: int) -> ChatRef:
    """The bot's direct messages with a person."""
    return private_chat(Identity(PLATFORM, str(user_id)))


class Origin(NamedTuple):
    """Whose wallet an interaction is about: the server's, or the person's own, outside their private chat if `away`."""

    chat: ChatRef
    group: bool
    away: bool


def origin_of(interaction: Interaction) -> Origin:
    """Where the bot is installed in the server, a command means the server's wallet, and else the person's own.

    What is below an answer means the wallet of that answer, even if the bot was added to the server or removed since.
    """
    guild_id, user, kind = interaction.guild_id, interaction.user, interaction.type
    if kind in BELOW_ANSWERS:
        own = str(data_of(interaction)["custom_id"]).startswith(OWN)
    else:
        own = guild_id is not None and not interaction.is_guild_integration()
    if guild_id is not None and not own:
        return Origin(server_ref(guild_id), group=True, away=False)
    return Origin(private_ref(user.id), group=False, away=own or bool(interaction.context.private_channel))


def from_interaction(interaction: Interaction) -> Incoming:
    """A slash command, a press, a submitted form, an option that is being typed, or a command on a message."""
    (chat, group, away), user, at = origin_of(interaction), interaction.user, interaction.created_at
    data = data_of(interaction)
    from_menu = data.get("type") == MESSAGE_MENU and command_of(data) == IMPORT
    file, *others = (*attached_below(interaction, data), None) if from_menu else (attached_to(interaction, data),)
    return Incoming(
        key=action_key(at, chat, f"i{interaction.id}"),
        at=at,
        who=Identity(PLATFORM, str(user.id)),
        name=user.display_name,
        chat=chat,
        said=_said(interaction),
        admin=_constant(group and manages(interaction.permissions)),
        group=group,
        title=interaction.guild.name if group and interaction.guild is not None else "",
        locale=str(interaction.locale.value),
        place=str(interaction.channel_id or "") if group or away else "",
        file=file,
        others=tuple(filter(None, others)),
        number=interaction.id,
        written=written_at(data) if from_menu else None,
        away=away,
        everywhere=interaction.is_user_integration(),
        hidden=group,
        markdown=True,
    )


def from_message(message: discord.Message, locale: str) -> Incoming:
    """A direct message. Discord does not send its author's language, so the caller gives it.

    One that forwards another says what that one says. If a picture, sound or film stands alone, there is nothing to
    read.
    """
    forwarded = next(iter(message.message_snapshots), None)
    words = message.content or ("" if forwarded is None else forwarded.content)
    file, *others = (*attached_all(message.attachments if forwarded is None else forwarded.attachments), None)
    chat, at = private_ref(message.author.id), message.created_at
    return Incoming(
        key=action_key(at, chat, f"m{message.id}"),
        at=at,
        who=Identity(PLATFORM, str(message.author.id)),
        name=message.author.display_name,
        chat=chat,
        said=Typed(words) if words or file is not None else Wordless(),
        admin=_constant(answer=False),
        locale=locale,
        file=file,
        others=tuple(filter(None, others)),
        number=message.id,
        written=None if forwarded is None else forwarded.created_at,
        markdown=True,
    )


def from_edit(message: discord.Message, locale: str) -> Incoming:
    """A direct message that its author has edited, with the key of the message itself."""
    first = from_message(message, locale)
    return replace(first, at=message.edited_at or first.at, said=Edited(message.content), file=None, others=())


def data_of(interaction: Interaction) -> dict[str, Any]:
    """The interaction's data as Discord sent it."""
    return cast("dict[str, Any]", interaction.data or {})


def custom_id_of(interaction: Interaction) -> str:
    """What the bot wrote into a button or a form, without the mark of a person's own wallet."""
    return str(data_of(interaction)["custom_id"]).removeprefix(OWN)


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
            picked = data.get("values") or [data["custom_id"]]  # of a menu, or of a button
            return Pressed(str(picked[0]).removeprefix(OWN))
        case discord.InteractionType.modal_submit:
            return Answered(custom_id_of(interaction).removeprefix(ASK), _written(data))
        case _ if data.get("type") == MESSAGE_MENU:
            return Typed(f"/{command_of(data)} {text_of(data)}")
        case _:
            given = (option for option in data.get("options", []) if option["type"] != ATTACHMENT)
            return Filled(data["name"], {option["name"]: option["value"] for option in given})


def _written(data: dict[str, Any]) -> str:
    """The text of the form's input, which is within a label, or within a row in older clients."""
    parts = [part for row in data["components"] for part in (row.get("component"), *row.get("components", [])) if part]
    return next((str(part["value"]) for part in parts if part["custom_id"] == LINE), "")


def manages(rights: discord.Permissions) -> bool:
    """Whether these permissions make an admin; an owner has them all."""
    return rights.administrator or rights.manage_guild


def _constant(answer: bool) -> Callable[[], Awaitable[bool]]:  # noqa: FBT001 - the value itself
    async def give() -> bool:
        return answer

    return give
