"""Links to a bot: https://t.me/BOT?start=PAYLOAD, ?startgroup and ?startchannel&admin=RIGHTS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
RIGHTS = frozenset(
    {
        "change_info",
        "delete_messages",
        "edit_messages",
        "invite_users",
        "manage_chat",
        "manage_topics",
        "manage_video_chats",
        "pin_messages",
        "post_messages",
        "promote_members",
        "restrict_members",
    }
)


@dataclass(frozen=True)
class DeepLink:
    """Where a link leads. `chat` is "group" or "channel" if it adds the bot there, with these rights of an admin."""

    bot: str
    start: str = ""
    chat: str = ""
    rights: tuple[str, ...] = ()


def read_link(url: str) -> DeepLink | None:
    """None if it is no such link, or one that a client would not follow."""
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname not in ("t.me", "telegram.me"):
        return None
    asked = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    bot, rights = parts.path.strip("/"), tuple(filter(None, re.split("[+ ]", asked.get("admin", ""))))
    if not bot or not RIGHTS.issuperset(rights):
        return None
    chat = next((name for name in ("group", "channel") if f"start{name}" in asked), "")
    payload = asked.get(f"start{chat}", "")
    if (payload and not PAYLOAD.fullmatch(payload)) or (chat == "channel" and not rights):
        return None
    return DeepLink(bot, payload, chat, rights)
