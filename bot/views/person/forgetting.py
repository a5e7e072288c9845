"""What is said before somebody is forgotten, and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.reply.parts import Button, Buttons, Reply, enumerated, reply, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reply.parts import Say
    from core.forgetting.model import Forgotten


class Consequences(NamedTuple):
    """What forgetting somebody means.

    `own` and `in_groups` are how many of their entries stay as figures, `platforms` where they are known. `owned` are
    the titles of groups of which they are the only owner, `running` those of promotions that they have running.
    """

    own: int
    in_groups: int
    platforms: Sequence[str]
    owned: Sequence[str]
    running: Sequence[str]


def first_question(found: Consequences, on: str) -> Reply:
    """What would go, what would stay, and the button that leads `on`."""
    several = len(found.platforms) > 1
    platforms = [name.capitalize() for name in found.platforms]
    rows = ((Button(say("button-mydata"), "mydata"),), (Button(say("button-forget-on"), on),))
    return reply(
        say("forgetme-goes"),
        say("forgetme-linked", platforms=_named(platforms)) if several else None,
        say("forgetme-stays", own=found.own, groups=found.in_groups),
        say("forgetme-numbers") if found.own or found.in_groups else None,
        say("forgetme-elsewhere"),
        *(say("forgetme-owner", group=title) for title in found.owned),
        say("forgetme-running", promotions=_named(found.running), count=len(found.running)) if found.running else None,
        say("forgetme-first"),
        Buttons(rows),
    )


def forgotten_reply(found: Forgotten) -> Reply:
    """What went, and what stays. It has no buttons, so that nothing is kept of it."""
    return reply(
        say("forgotten", texts=found.texts, rows=found.rows, chats=found.chats),
        say("forgotten-stays", own=found.entries, groups=found.in_groups),
        say("forgotten-after"),
    )


def _named(names: Sequence[str]) -> Say:
    return enumerated([say("raw", text=name) for name in names])
