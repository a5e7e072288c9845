"""The parts of a group in words, and what the bot lacks there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.base.platform_registry import place_link
from bot.reply.parts import enumerated, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.reply.parts import Say
    from core.delivery.notice import Target


UNKNOWN: Final = "unknown"
"""Why a place is lost that exists no longer."""
WIDER: Final = (frozenset({"unknown"}), frozenset({"view"}), frozenset({"send", "threads", "post"}))
"""Rights without which the ones after them are lacking too."""


def place_name(place: Target, names: Mapping[str, str], here: str | None = None, *, lost: str = "") -> Say:
    """What a part of a group is called; `here` is the one in which this is said (None: it is said in private).

    Of one without a name, the address is given, unless it leads nowhere, by the reason why it was `lost`.
    """
    if place.place in names:
        return say("raw", text=names[place.place])
    if not place.place:
        return say("place-itself" if here is None else "place-group")
    if place.place == here:
        return say("place-here", platform=place.platform)
    link = place_link(place.platform, place.chat, place.place) if lost != UNKNOWN else None
    return say("place-one-of" if here is None else "place-other", platform=place.platform, link=link or "none")


def rights_named(lacking: Sequence[str]) -> Say:
    """The rights that the bot lacks (see `RIGHTS` of the carrier), by the platforms' own names.

    Without some rights others are lacking too, whether they were given or not. Only the former are named.
    """
    cause = next((wider for wider in WIDER if not wider.isdisjoint(lacking)), frozenset(lacking))
    return enumerated([say(f"right-{word}") for word in lacking if word in cause])
