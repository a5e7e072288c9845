"""The code for another account, and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.base.platform_registry import PLATFORMS
from bot.reply.parts import Button, Link, Links, Reply, buttons, enumerated, reply, say
from bot.views.team.joining import platform_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.reply.parts import Part, Say
    from core.wallets.people import Identity


def code_given(code: str, here: str, names: Mapping[str, str]) -> tuple[Part | None, ...]:
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
        _opening(code, names["telegram"]) if "telegram" in names and here != "telegram" else None,
    )


def _opening(code: str, name: str) -> Links:
    """Opens the bot on Telegram, with the code to begin with."""
    return Links((Link(say("button-open-telegram"), f"https://t.me/{name.removeprefix('@')}?start={code}"),))


def go_on_linking() -> Button:
    """Shows what waits for an answer between a code and a link."""
    return Button(say("button-go-on-linking"), "link")


def account_lost(identities: Sequence[Identity], here: str) -> Reply:
    """What somebody can do who has lost an account, or from whom it was stolen."""
    others = others_of(identities, here)
    if others:
        return reply(say("lost-linked", others=others), buttons(Button(say("button-unlink"), "unlink")))
    return reply(say("lost-alone"), buttons(Button(say("button-import"), "import")))


def linked_with(identities: Sequence[Identity], here: str) -> Say | None:
    """On which other platforms somebody is known already; None if nowhere."""
    others = others_of(identities, here)
    return say("link-linked", others=others) if others else None


def others_of(identities: Sequence[Identity], here: str) -> Say | None:
    """The other platforms on which somebody is known; None if there are none."""
    others = [platform_name(one.platform) for one in identities if str(one) != here]
    return enumerated(others) if others else None
