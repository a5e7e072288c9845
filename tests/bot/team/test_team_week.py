"""The Friday summary of a group, as its members read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest
from typing_extensions import override

from bot.main import task_runner
from bot.reply.parts import Fields, Say
from tests.bot.channels import GENERAL, Server, opened_by_lea
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import deliver_all, live_on

if TYPE_CHECKING:
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

FRIDAY: Final = datetime(2026, 1, 16, 9, tzinfo=UTC)
LINK: Final = "https://www.upwork.com/jobs/~021999999999999999"


@dataclass
class Page(Server):
    """A server whose messages are read with their rows."""

    @override
    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        outcome = await super().carry(target, given, speak, nonce)
        rows = [part for part in given.parts if isinstance(part, Say | Fields)]
        self.read[-1] = self.read[-1][0], "\n".join(line for part in rows for line in _lines(part, speak))
        return outcome


def _lines(part: Say | Fields, speak: Voice) -> list[str]:
    if isinstance(part, Say):
        return [speak.say(part)]
    title = [] if part.title is None else [speak.say(part.title)]
    return title + [f"{speak.say(label)}: {speak.text(value)}" for label, value in part.rows]


@pytest.fixture
def server(bot: Bot) -> Server:
    server = Page(named={GENERAL: "#general"})
    live_on(bot, server)
    return server


@pytest.fixture
async def lea(bot: Bot, server: Server) -> DeskPlayer:
    """The owner, who wants the summary and nothing else."""
    assert server
    lea = await opened_by_lea(bot)
    await lea.say("/settings low=off weekly=on")
    await lea.say("/alerts digest=off runway=off days=off stale=off")
    return lea


async def ivan(bot: Bot) -> DeskPlayer:
    ivan = await DeskStage(bot).member("Ivan", "Team")
    ivan.place = GENERAL
    return ivan


async def friday(bot: Bot, server: Server, at: datetime = FRIDAY) -> list[tuple[str, str]]:
    """What comes on a Friday at nine: where, and the text."""
    bot.clock.at = at
    await task_runner(bot.store, bot.books, bot.live_platforms).run_due()
    await deliver_all(bot, server)
    return server.news()


async def bids(bot: Bot, lea: DeskPlayer) -> None:
    await lea.say("/buy 80 $12")
    member = await ivan(bot)
    await member.say(f"/spend 40 Logo {LINK}001")
    await member.say(f"/spend 16 Website {LINK}002")
    await lea.say(f"/spend 8 Shop {LINK}003")
    await lea.say("/return last")


async def test_who_spent_what_goes_to_where_the_alerts_go(bot: Bot, server: Server, lea: DeskPlayer) -> None:
    await bids(bot, lea)
    ((place, text),) = await friday(bot, server)
    assert place == GENERAL
    assert text.splitlines() == [
        "The team's week, Jan 9, 2026 to Jan 15, 2026",
        "Ivan: 56 Connects, 2 bids",
        "Lea: 0 Connects, 1 bid",
        "Together: 56 Connects, 3 bids",
        "As far as your books show, nothing needs doing now.",
    ]
    lea.buttons["off"] = server.carried[-1].presses[1]
    assert "Friday summary" in (await lea.press("off")).text.partition("Off:")[2]


async def test_money_is_there_if_members_see_it(bot: Bot, server: Server, lea: DeskPlayer) -> None:
    await lea.say("/adjust -300 lost")
    await bids(bot, lea)
    await lea.say("/settings money=on")
    ((_, text),) = await friday(bot, server)
    assert "Cost: $8.40" in text


async def test_a_week_without_spending_is_not_summed_up(bot: Bot, server: Server, lea: DeskPlayer) -> None:
    await lea.say("/buy 60 $9")
    assert await friday(bot, server) == []


async def test_it_is_switched_off_where_alerts_are_and_by_its_button(bot: Bot, server: Server, lea: DeskPlayer) -> None:
    await bids(bot, lea)
    assert "Friday summary" in (await lea.say("/alerts")).text.partition("Off:")[0]
    await lea.say("/alerts friday summary off")
    assert "Friday summary: off" in (await lea.say("/settings")).text
    assert await friday(bot, server) == []


async def test_the_owner_may_get_it_in_private_with_what_it_cost(bot: Bot, server: Server, lea: DeskPlayer) -> None:
    await lea.say("/adjust -300 lost")
    await bids(bot, lea)
    await lea.say("/alerts where=private")
    ((person, text),) = await friday(bot, server)
    assert person == "Lea"
    assert "Cost: $8.40" in text


async def test_what_came_of_bids_by_now_is_said_however_recent_they_are(
    bot: Bot, server: Server, lea: DeskPlayer
) -> None:
    await bids(bot, lea)
    member = await ivan(bot)
    await member.say("#3 replied")
    await member.say("#4 hired")
    ((_, text),) = await friday(bot, server)
    assert "Ivan: 56 Connects, 2 bids, 2 replies, 1 hire" in text
