"""What tests of meant spends share: a well filled wallet, jobs, and entries in short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.ledger.model import Kind
from core.shared.ids import WalletId
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from core.ledger.model import Entry
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

ONE: Final = "https://www.upwork.com/jobs/Landing-page_~022010000000000000041/"
TWO: Final = "~022010000000000000042"
FIRST: Final = 2
"""How many entries the wallet was opened with."""


async def rich(bot: Bot) -> DeskPlayer:
    """Ann, who has 200 Connects."""
    ann = await DeskStage(bot).person("ann")
    await ann.say("/start")
    await ann.say("/adjust 180 more to spend")
    return ann


def told(entry: Entry) -> str:
    """An entry in short: "16 proposal: Logo @041"."""
    what = entry.counterpart.partition(":")[2] if entry.kind is Kind.SPEND else entry.kind.value
    job = f" @{entry.job[-3:]}" if entry.job else ""
    return f"{-entry.delta} {what}{f': {entry.memo}' if entry.memo else ''}{job}"


async def booked(bot: Bot) -> list[str]:
    """What was booked since the wallet was opened."""
    return [told(entry) for entry in (await bot.books.journal(WalletId(1)))[FIRST:]]


def filled(line: str) -> str:
    """A line with the links in it."""
    return line.replace("LINK2", TWO).replace("LINK1", ONE).replace("LINK", ONE)
