"""How to import: three lines, and a picture of where to click."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from bot.reply.parts import Button, File, Link, Links, Reply, buttons, reply, say

PICTURE: Final = "connects-history.png"
HISTORY: Final = "https://www.upwork.com/nx/plans/connects/history/"
PROPOSALS: Final = "https://www.upwork.com/nx/proposals/"


def how_to(platform: str, *, group: bool = False) -> Reply:
    """Where the Connects History is, how to copy it, and what happens then."""
    how = say("import-how-group", how=say("import-how")) if group else say("import-how")
    return reply(
        File(PICTURE, _picture(), how, picture=True),
        say("import-how-console") if platform == "console" else None,
        Links((Link(say("button-connects-history"), HISTORY), Link(say("button-my-proposals"), PROPOSALS))),
    )


def not_a_page(why: str) -> Reply:
    """What to do instead with something that is not a Connects History; `why` says what it is."""
    return reply(say(f"not-a-page-{why}".replace("_", "-")), buttons(Button(say("button-how-to-import"), "import")))


@cache
def _picture() -> bytes:
    return resources.files("bot.views.imports").joinpath(PICTURE).read_bytes()
