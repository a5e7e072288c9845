"""The code for another account, and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.base.platform_registry import PLATFORMS
from bot.reply.parts import enumerated, say
from bot.views.team.joining import platform_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.reply.parts import Say
    from core.wallets.people import Identity


def code_given(code: str, here: str, names: Mapping[str, str]) -> tuple[Say | None, ...]:
    """What to do with a code. `names` are those of the bot on the platforms on which it runs."""
    there = [
        say("link-there", platform=platform_name(platform), name=names[platform])
        for platform in PLATFORMS
        if platform in names and platform != here
    ]
    return (
        say("link-code", code=code),
        say("link-where", there=enumerated(there)) if there else None,
        say("link-next"),
    )


def linked_with(identities: Sequence[Identity], here: str) -> Say | None:
    """On which other platforms somebody is known already; None if nowhere."""
    others = [platform_name(one.platform) for one in identities if str(one) != here]
    return say("link-linked", others=enumerated(others)) if others else None
