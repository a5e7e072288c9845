"""The message on which somebody used a command from its menu: Discord sends it along."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from bot.reply.parts import say
from bot.reply.words import FALLBACK_VOICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST: Final = 4000
IMPORT: Final = "import"
MENU: Final[Mapping[str, str]] = {"menu-book": "bookthis", "menu-import": IMPORT}
"""The commands of the menu of messages: the sentence that names one, and the command that it stands for."""


def command_of(data: dict[str, Any]) -> str:
    """The command that was chosen from the menu. Discord sends its name without any translation."""
    named = {FALLBACK_VOICE.say(say(sentence)): command for sentence, command in MENU.items()}
    return named.get(data["name"], "bookthis")


def files_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """What is attached to the message, or to one that it forwards."""
    return [file for one in _messages(data) for file in one.get("attachments") or []]


def written_at(data: dict[str, Any]) -> datetime:
    """When the message was written; of one that forwards another, when that was written."""
    return datetime.fromisoformat(_messages(data)[-1]["timestamp"])


def text_of(data: dict[str, Any]) -> str:
    """What a message says, with its links: in its own text, in that of a forwarded one, and in embeds, as feeds write.

    What Discord shows as the preview of a link would only repeat that link.
    """
    return "\n".join(line for one in _messages(data) for line in _lines(one))[:LONGEST].rstrip()


def _messages(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The message, and those that it forwards."""
    message = data["resolved"]["messages"][data["target_id"]]
    return [message, *(one["message"] for one in message.get("message_snapshots") or [])]


def _lines(message: dict[str, Any]) -> Iterator[str]:
    content = message.get("content") or ""
    yield content
    for embed in message.get("embeds") or []:
        texts = (embed.get(name) for name in ("title", "url", "description"))
        fields = (field.get("value") for field in embed.get("fields") or [])
        if embed.get("type", "rich") == "rich":
            yield from (str(text) for text in (*texts, *fields) if text)
