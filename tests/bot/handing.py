"""Pages that wait as drafts, as if they had just been handed over, and the rows that they are made of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from bot.commands.imports.drafts import Draft, keep
from core.imports.model import Answers, Page, Row
from core.shared.ids import PersonId, WalletId

if TYPE_CHECKING:
    from tests.bot.stage import Bot, Heard, Player


def row(day: int, wording: str, connects: int, title: str = "", **more: Any) -> Row:
    """A row of a day in January 2026."""
    return Row(date(2026, 1, day), wording, connects, title, **more)


BID = row(9, "Applied to job", -16, "Logo")
BOUGHT = row(8, "Added extra Connects", 40)
OLDER = row(7, "Applied to job", -12, "Banner")
PAGE = Page((BID, BOUGHT, OLDER), balance=45, copied=date(2026, 1, 10), bottom_cut=True)
"""Before its first row there were 33 Connects."""


async def drafted(bot: Bot, name: str, *pages: Page, wallet: int = 1, person: int = 1) -> None:
    """Let pages wait as a draft."""
    now = bot.clock.now()
    draft = Draft(name, WalletId(wallet), PersonId(person), pages or (PAGE,), Answers(), now)
    await keep(bot.store.notes, draft, now)


async def handed(bot: Bot, player: Player, name: str, *pages: Page, **whose: int) -> Heard:
    """Let pages wait as a draft, and look at it."""
    await drafted(bot, name, *pages, **whose)
    return await player.say(f"/import show {name}")
