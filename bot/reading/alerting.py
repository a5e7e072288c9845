"""Reads what people write after /alerts in words of their own: "stop the digest", "turn on monthly", "to here"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.options.place import HERE, WHERE
from bot.reading.lines import line_of
from bot.reading.linking import platform_in
from bot.reading.parser import ASK_ME, words_of
from core.shared.names import folded
from core.wallets.settings import Where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Command

CALLED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("low", "low balance", "balance", "warning", "warning level"), "low"),
    **dict.fromkeys(("days", "expiring", "expiring connects", "expiry", "expiry days"), "days"),
    **dict.fromkeys(("monthly", "monthly connects"), "monthly"),
    **dict.fromkeys(("promotions", "promotion", "contests", "promotions and contests"), "promotions"),
    **dict.fromkeys(("digest", "weekly", "weekly digest"), "digest"),
    **dict.fromkeys(("friday", "friday summary", "weekly summary", "team week", "summary"), "weekly"),
    **dict.fromkeys(
        ("unfed", "import", "imports", "import reminder", "import reminders", "reminder to import"), "unfed"
    ),
    **dict.fromkeys(
        ("stale", "proposals", "stale proposals", "proposals without news", "questions about proposals", "nudge"),
        "stale",
    ),
    **dict.fromkeys(("limit", "limits"), "limits"),
    **dict.fromkeys(("quiet", "quiet hours", "night"), "quiet"),
    **dict.fromkeys(("place", "channel", "topic", "thread", "where"), "place"),
    **dict.fromkeys(("platform", "app", "which platform"), "platform"),
    "runway": "runway",
    "budget": "budget",
    "cycle": "cycle",
    "due day": "cycle",
}
"""The options by what people call them."""
TO: Final[Mapping[str, Where]] = {**WHERE, "group": Where.GROUP}
"""Where a group's alerts go, in people's own words."""
SWITCHED: Final = frozenset({"monthly", "promotions", "digest", "stale", "limits", "weekly"})
"""The options that are merely on or off; the others need a figure to be on."""
OFF: Final = frozenset({"off", "stop", "disable", "mute", "no", "none"})
ON: Final = frozenset({"on", "enable"})
NOISE: Final = frozenset(
    {"please", "pls", "the", "my", "our", "these", "alert", "alerts", "them", "it", "all", "every", "everything"}
    | {"turn", "switch", "send", "put", "move", "to", "in", "into", "of", "for"}
)
SIGNS: Final = frozenset("=#<0123456789")
"""Whatever has one of these is written as the bot itself would print it."""


def alerts_line(command: Command, typed: str) -> str:
    """The line that is meant; "off" and "on" alone stay as they are, because the command asks which alerts."""
    meant = None if SIGNS.intersection(typed) else _meant(typed)
    return meant or line_of(command.name, words_of(command, typed, typed=True))


def _meant(typed: str) -> str | None:
    words = [word for word in folded(typed).rstrip("?!.").split() if word not in NOISE]
    text = " ".join(words)
    if text == "here" or text in HERE:
        return "alerts here"
    if text in TO:
        return f"alerts where={TO[text]}"
    if (platform := platform_in(text)) is not None:
        return f"alerts platform={platform}"
    if text in CALLED:
        return f"alerts {CALLED[text]}={ASK_ME}"
    for at in (0, -1):
        if words and words[at] in ON | OFF:
            rest = words[1:] if at == 0 else words[:-1]
            return _switched(" ".join(rest), on=words[at] in ON)
    return None


def _switched(name: str, *, on: bool) -> str | None:
    if not name:
        return f"alerts {'on' if on else 'off'}"
    if name not in CALLED or CALLED[name] == "place":
        return None
    option = CALLED[name]
    return f"alerts {option}={'off' if not on else 'on' if option in SWITCHED else ASK_ME}"
