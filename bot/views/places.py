"""The parts of a group in words, and what the bot lacks there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reply.parts import enumerated, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.reply.parts import Say


def place_name(platform: str, place: str, names: Mapping[str, str], here: str | None = None) -> Say:
    """What a part of a group is called; `here` is the one in which this is said (None: it is said in private)."""
    if place in names:
        return say("raw", text=names[place])
    if here is None:
        return say("place-one-of", platform=platform) if place else say("place-itself")
    if not place:
        return say("place-group")
    return say("place-here" if place == here else "place-other", platform=platform)


def rights_named(lacking: Sequence[str]) -> Say:
    """The rights that the bot lacks (see `RIGHTS` of the carrier), by the platforms' own names."""
    return enumerated([say(f"right-{word}") for word in lacking])
