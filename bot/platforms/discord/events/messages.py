"""The words of a message on which somebody used a command from its menu: Discord sends it along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 4000


def text_of(data: dict[str, Any]) -> str:
    """What a message says, with its links: in its own text, in that of a forwarded one, and in embeds, as feeds write.

    What Discord shows as the preview of a link would only repeat that link.
    """
    message = data["resolved"]["messages"][data["target_id"]]
    forwarded = [one["message"] for one in message.get("message_snapshots") or []]
    return "\n".join(line for one in (message, *forwarded) for line in _lines(one))[:LONGEST].rstrip()


def _lines(message: dict[str, Any]) -> Iterator[str]:
    content = message.get("content") or ""
    yield content
    for embed in message.get("embeds") or []:
        texts = (embed.get(name) for name in ("title", "url", "description"))
        fields = (field.get("value") for field in embed.get("fields") or [])
        if embed.get("type", "rich") == "rich":
            yield from (str(text) for text in (*texts, *fields) if text)
