"""Whether announcements can go to a chat: what becomes of its subscription when the chat, or a place in it, is lost.

    reached -> why the chat was lost -> restored, if it was lost by an error
                                     -> reached, once the people say so who had blocked or removed the bot
    reached -> the place that was lost -> restored

`Subscription.gone` holds these states as text. A subscription that is `restored` gets announcements like any other;
the word says that its people have not asked for that again, so that they can be told.
"""

from __future__ import annotations

from typing import Final

BY_CHOICE: Final = frozenset({"blocked", "removed"})
"""Why a chat was lost, if the people there did it themselves. Everything else was an error, or a deletion."""
RESTORED: Final = "restored"
PLACE: Final = "place:"
"""Before the reason why only a place of the chat was lost."""


def is_reached(gone: str) -> bool:
    """Whether announcements go there."""
    return gone in {"", RESTORED}


def lost(gone: str, why: str) -> str:
    """A subscription whose chat is lost. That somebody left by choice outlives an error."""
    return gone if gone in BY_CHOICE and why not in BY_CHOICE else why


def back(gone: str) -> str:
    """A subscription whose chat can be written to again."""
    return gone if is_reached(gone) or gone in BY_CHOICE or gone.startswith(PLACE) else RESTORED


def place_lost(gone: str, why: str) -> str:
    """A subscription whose place is lost."""
    return f"{PLACE}{why}" if is_reached(gone) or gone.startswith(PLACE) else gone


def place_back(gone: str) -> str:
    """A subscription whose place can be written to again."""
    return RESTORED if gone.startswith(PLACE) else gone
