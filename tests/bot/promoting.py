"""Helpers for tests of promotions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.main import task_runner

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


async def launched(boss: DeskPlayer, line: str) -> int:
    """Draft and launch a promotion; returns its number."""
    await boss.say(f"/promote {line} text=Welcome")
    return int((await boss.press("Launch")).text.split("Promotion ")[1].split(":")[0])


async def look(bot: Bot) -> int:
    """Run the due tasks, as the program does when the next falls due; returns how many ran besides daily reviews."""
    before = await rows_due(bot)
    await task_runner(bot.store, bot.books, bot.live_platforms).run_due()
    return before - await rows_due(bot)


async def rows_due(bot: Bot) -> int:
    return sum(not due.name.startswith("wallet:") for due in await bot.store.tasks.due_by(bot.clock.now(), 1000))


async def heard_of(bot: Bot, *names: str) -> list[int]:
    """How many chats got a notice about these moments of the first promotion."""
    return [len(await bot.store.outbox.deliveries(f"promotion:1:{name}")) for name in names]
