"""What people do, through the desk, until a database holds something of everything.

All names, seeds and times are the same each time, so that two engines come to hold the same.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from bot.base.background_jobs import BackgroundJob, Jobs
from bot.jobs.health import Alarm
from bot.main import jobs_on
from core.announcements.service import AnnouncementService
from core.delivery.outcome import Failed, Later, Uncertain, Unreachable
from core.scheduling.runner import Failing
from core.wallets.people import Chat, ChatKind, ChatRef
from tests.bot.carrier import FakeCarrier
from tests.bot.month import still_shown, without_chance
from tests.bot.promoting import look
from tests.bot.stage import a_bot
from tests.bot.telling import deliver_all
from tests.clock import TestClock
from tests.kept.people import players

if TYPE_CHECKING:
    from typing import Any

    from bot.dispatch.desk import Desk
    from core.delivery.outcome import Outcome
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

LONG_AGO: Final = datetime(2025, 6, 15, 10, 0, tzinfo=UTC)  # what came then expires a week after the last day
BEGIN: Final = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)  # a Monday, on which nobody sleeps in any of the zones
PRESSED: Final = re.compile(r"\[(.+)\]")
ANNOUNCED: Final = re.compile(r"announcement send (\S+)")


def parts(text: str) -> dict[str, list[str]]:
    """The lines of each part of a script, under the names in brackets that stand over them."""
    found: dict[str, list[str]] = {}
    for line in filter(None, text.splitlines()):
        if line.startswith("["):
            found[line.strip("[]")] = []
        elif not line.startswith(";"):
            found[list(found)[-1]].append(line)
    return found


SCRIPT: Final = parts(Path(__file__).with_name("story.txt").read_text("utf-8"))


@dataclass(frozen=True)
class Waiting:
    """A button as somebody sees it."""

    who: str
    label: str
    press: str


class Said(NamedTuple):
    """A line as it was said: when, as the how many-th of all, and what was on the buttons of its answer."""

    who: str
    line: str
    at: str
    number: int
    presses: tuple[str, ...]


@dataclass
class Story:
    """The bot, its people, and what waits for them."""

    bot: Bot
    people: dict[str, DeskPlayer] = field(default_factory=dict)
    waiting: dict[str, Waiting] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    announced: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people = players(self.bot)

    async def tell(self, *lines: str) -> None:
        """Let people act by lines such as `Ann: /start` and `Ann: [Undo]`, a minute apart."""
        for line in lines:
            who, _, does = line.partition(": ")
            self.bot.clock.pass_(minutes=1)
            player, pressed = self.people[who], PRESSED.fullmatch(does)
            await (player.say(does) if pressed is None else player.press(pressed[1]))
            shown = tuple(player.buttons.values())
            self.said.append(Said(who, does, self.bot.clock.now().isoformat(), len(self.said) + 1, shown))

    async def leave(self, name: str, who: str, line: str, label: str) -> None:
        """Let somebody send a line, and leave a button of the answer for later."""
        await self.tell(f"{who}: {line}")
        self.keep(name, who, label, self._shown(who, label))

    def _shown(self, who: str, label: str) -> str:
        return next(press for shown, press in self.people[who].buttons.items() if shown.startswith(label))

    def keep(self, name: str, who: str, label: str, press: str) -> None:
        self.waiting[name] = Waiting(who, label, press)

    async def announce(self, name: str, *then: str) -> None:
        """Let the operator send an announcement, and then press buttons on it."""
        await self.tell(f"boss: /announce {name}")
        found = ANNOUNCED.search(self._shown("boss", "Send"))
        assert found is not None
        self.announced[name] = f"announcement:{found[1]}"
        await self.tell("boss: [Send]")
        with still_shown(self.people["boss"]):
            await self.tell(*then)

    async def carry(self, platform: str, *fates: Outcome) -> FakeCarrier:
        """Send what is due on a platform. The first deliveries get the outcomes `fates`."""
        carrier = FakeCarrier(platform)
        carrier.fates.extend(fates)
        await deliver_all(self.bot, carrier)
        return carrier


async def play(url: str) -> dict[str, Any]:
    """Play the story into a database. Returns what waits in it, and its state at the end."""
    with without_chance():
        async with a_bot(url, TestClock(BEGIN), works=False) as bot:
            story = Story(bot)
            await _first_day(story)
            await _third_day(story)
            await _last_day(story)
            await _last_minutes(story)
            booked = {line for line in SCRIPT["ledger"] if not line.endswith("/undo")}
            verdict = await bot.books.verify()
            assert verdict.fault is None, verdict.fault
            return {
                "at": bot.clock.now().isoformat(),
                "fingerprint": verdict.fingerprint,
                "announced": story.announced,
                "waiting": {name: asdict(one) for name, one in story.waiting.items()},
                "said": [one for one in story.said if f"{one.who}: {one.line}" in booked],
            }


async def _first_day(story: Story) -> None:
    story.bot.clock.at = LONG_AGO
    await story.tell("Fay: /start")
    story.bot.clock.at = BEGIN
    await _greet(story.bot.desk)
    await story.tell(*SCRIPT["wallets"])
    await story.tell(*SCRIPT["ledger"])
    await story.tell(*SCRIPT["promotions"])
    await look(story.bot)
    for platform in ("telegram", "discord", "console"):
        carrier = await story.carry(platform)
        for one in carrier.carried:
            for name, begins in (("claim", "New: Open bonus"), ("enter", "New: Second draw")):
                if one.text.startswith(begins) and one.chat == "1001":
                    story.keep(name, "Ann", name, one.presses[0])
    await story.tell(*SCRIPT["claims"])
    await story.leave("approved", "boss", "/promo claims 2", "Approve #1")
    await story.tell("boss: [Approve #1]", "boss: [Approve #5]")
    await story.tell(*SCRIPT["series"])


async def _greet(desk: Desk) -> None:
    """The bot is let into groups, and thrown out of one."""
    for ref in (ChatRef("telegram", "Team"), ChatRef("discord", "Guild"), ChatRef("console", "#den")):
        await desk.chat_joined(Chat(ref, ChatKind.GROUP, ref.id), "en")
    await desk.chat_unreachable(ChatRef("telegram", "Unreachable"), ChatKind.GROUP, "kicked")


async def _third_day(story: Story) -> None:
    """A draw is over, a lot has expired, announcements have gone well and otherwise."""
    bot = story.bot
    bot.clock.at = BEGIN + timedelta(days=12)
    await story.tell(f"{AHEAD}: /spend 1 By a clock that was wrong")
    bot.clock.at = BEGIN + timedelta(days=3)
    await _run_jobs(bot)
    await story.tell(*SCRIPT["third day"])
    for platform in ("telegram", "discord", "console"):
        await story.carry(platform)
    await story.announce("Hello everybody")
    await story.carry("telegram")
    await story.carry("discord", Uncertain("TimeoutError"), Unreachable("forbidden"))
    await story.carry("console", Failed("too long"))


AHEAD: Final = "Bob"
"""Who wins the first draw, and has a clock that is ahead: what was won waits."""


async def _last_day(story: Story) -> None:
    """A Monday with a pending notice of each kind."""
    bot = story.bot
    bot.clock.at = BEGIN + timedelta(days=6, hours=20, minutes=30)
    await _run_jobs(bot)  # the hour of the recurring announcements of Mondays
    bot.clock.at = BEGIN + timedelta(days=7, hours=1)
    await _run_jobs(bot)
    await _raise_alarms(bot)


async def _run_jobs(bot: Bot) -> None:
    jobs = Jobs(jobs_on(bot.store, bot.books, bot.live_platforms), bot.store.notes, bot.clock)
    for job in jobs.all:
        run = await jobs.run_now(job.name)
        assert run is not None
        assert not run.error, run


async def _raise_alarms(bot: Bot) -> None:
    """Two alarms, one of which is over."""

    async def nothing() -> None:
        """Do nothing."""

    failing = [Failing("series:9", "ValueError", 3, bot.clock.now())]
    jobs = Jobs(
        [BackgroundJob("due", timedelta(hours=1), nothing, failing=lambda: tuple(failing))], bot.store.notes, bot.clock
    )
    alarm = Alarm(bot.store, bot.clock, ["telegram:1"], jobs, bot.live_platforms)
    alarm.refuse("discord")
    await alarm.check()
    failing.clear()
    bot.clock.pass_(minutes=1)
    await alarm.check()


async def _last_minutes(story: Story) -> None:
    bot = story.bot
    await story.announce("Stopped", "boss: [Stop]")
    await story.announce("Held", "boss: [Pause]")
    await story.tell(*SCRIPT["waiting"])
    await story.announce("Waits")
    lease = await bot.store.outbox.lease(
        "console", "ended", now := bot.clock.now(), now + timedelta(seconds=15), idempotent=False
    )
    assert lease is not None
    assert len(await bot.store.outbox.claim("console", lease.epoch, now, 10)) == 2  # one for Cleo, one for Dora
    await story.carry("discord", Later(timedelta(hours=1)))
    await story.tell(*SCRIPT["decisions"])
    await _leave_buttons(story)
    await story.tell("Cleo: /spend")
    await _fan_out_in_part(story)


async def _leave_buttons(story: Story) -> None:
    await story.leave("stored", "Ann", "/spend 3 proposal title=?", "The whole of a very long title")
    await story.leave("undone", "Cleo", "/spend 2 Mobile app", "Undo")
    await story.tell("Cleo: [Undo]")
    await story.leave("undo", "Cleo", "/spend 4 Web shop", "Undo")
    hello = story.announced["Hello everybody"].removeprefix("announcement:")
    await story.leave("resend", "boss", f"/announcement show {hello}", "Send again")
    held = story.announced["Held"].removeprefix("announcement:")
    await story.leave("resume", "boss", f"/announcement show {held}", "Resume")
    await story.leave("approve", "boss", "/promo claims 2", "Approve #3")
    await story.leave("launch", "boss", "/promo show 6", "Launch")
    await story.leave("start", "boss", '/announce Not started cron="daily 13"', "Start")
    await story.leave("send", "boss", "/announce Not sent", "Send")
    await story.leave("sure", "boss", "/promo cancel 7", "Yes")


async def _fan_out_in_part(story: Story) -> None:
    """An announcement with a part of its deliveries written, as if the process had ended in the middle."""
    store, now = story.bot.store, story.bot.clock.now()
    one = await AnnouncementService(store, story.bot.clock).find(story.waiting["send"].press.split()[-1])
    assert one is not None
    story.announced[one.text] = one.name
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.sql.delivery.fanout.SLICE", 2)
        await store.outbox.notify([one.notice], now)
        await store.outbox.fan_out()
