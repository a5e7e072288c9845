"""The story as everybody reads it: three platforms with their own client libraries, on one store.

A line of moving.txt says when, who on which platform and perhaps in which group, and what they write. Besides:
    (pastes FILE) that stands beside the script,
    (code) in a line is the code that somebody has read last,
    [Button] that they see, by the beginning of its words,
    and what ends with `until they read: WORDS` is answered in several messages, the last of which has these.
Where a blank line stands the books are proven.
"""

from __future__ import annotations

import re
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import pytest

from core.delivery.outcome import Sent
from tests.bot.living import KYIV, Living, script
from tests.bot.stage import CARRIERS, Heard, a_bot, on_stage
from tests.bot.telling import live_platform
from tests.clock import TestClock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from bot.delivery.carrier import Carrier
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from tests.bot.living import Event
    from tests.bot.stage import Addressee, Bot, CarryingStage

FOLDER: Final = Path(__file__).parent
SCRIPT: Final = FOLDER / "moving.txt"
GOLDEN: Final = FOLDER / "moving.golden.md"
MORNING: Final = frozenset({6, 7, 9})
"""Hours in UTC at which something falls due: the end of quiet hours, and what comes at nine to people and to groups."""
OPERATOR: Final = "console:boss"
WHO: Final = re.compile(r"(?P<name>\w+)(?P<admin>\*?) on (?P<platform>\w+)(?: in (?P<group>\w+))?")
PASTES: Final = re.compile(r"\(pastes (.+)\)")
UNTIL: Final = " until they read: "
CODE: Final = re.compile(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b")
HEAD: Final = """# From Discord to Telegram

What people read who do what stands in moving.txt. Written by `python -m tests.bot.moving`; do not edit.
"""


class Read(NamedTuple):
    """What somebody read at a moment: `who` says where, and after what."""

    at: datetime
    who: str
    heard: Heard


@dataclass
class Told:
    """All that was read, in its order, and each line that was written and read there."""

    read: list[Read] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it, day by day."""
        days = groupby(self.read, key=lambda one: f"{one.at:%a} {one.at.day} {one.at:%b}")
        return HEAD + "".join(f"\n## {day}\n" + "".join(map(_drawn, read)) for day, read in days)

    @property
    def files(self) -> Mapping[str, bytes]:
        """What people got, by its name."""
        return {name: content for one in self.read for name, content in one.heard.files.items()}


def _drawn(one: Read) -> str:
    shown = [*one.heard.text.strip().splitlines(), *(f"({name})" for name in one.heard.files)]
    if one.heard.buttons:
        shown.append(" ".join(f"[{label}]" for label in one.heard.buttons))
    body = "\n".join(f"    {line}".rstrip() for line in shown) or "    (nothing)"
    return f"\n**{one.at:%H:%M} {one.at.tzname()}** · {one.who}\n\n{body}\n"


class People:
    """Everybody, on whichever platform they write."""

    def __init__(self, bot: Bot, stages: Mapping[str, CarryingStage]) -> None:
        """Begin with nobody."""
        self.bot, self._stages, self.told = bot, stages, Told()
        self._places: dict[Target, tuple[str, Addressee]] = {}
        self._code = ""

    async def act(self, event: Event) -> None:
        """Let somebody do something, and write down what they read."""
        named = WHO.fullmatch(event.who)
        assert named is not None, event.who
        stage, name, group = self._stages[named["platform"].casefold()], named["name"], named["group"]
        player = await (stage.member(name, group, admin=bool(named["admin"])) if group else stage.person(name))
        here = f"{named['platform']}, in {group}" if group else named["platform"]
        self._places.setdefault(player.target, (here if group else f"{name} on {here}", player))
        line, _, last = event.does.replace("(code)", self._code).partition(UNTIL)
        self.note(f"{name} on {here}: `{line}`", await _done(player, line, last))
        await self.bot.jobs.finish()  # what an operator does wakes jobs

    async def seen(self, target: Target) -> None:
        """Write down what has come to a place by itself."""
        where, player = self._places[target]
        self.note(f"to {where}, unasked:", await player.read())

    async def seen_again(self, target: Target) -> None:
        """Write down what has taken the place of the latest notice."""
        where, player = self._places[target]
        self.note(f"to {where}, in place of what came before:", await player.read_again())

    def note(self, who: str, heard: Heard) -> None:
        """Write down what somebody reads."""
        self._code = next(iter(CODE.findall(heard.text)), self._code)
        self.told.read.append(Read(self.bot.clock.now().astimezone(KYIV), who, heard))


async def _done(player: Addressee, line: str, last: str) -> Heard:
    """What is read after a line; `last` are words of what is sent after the rest of it, if something is."""
    heard = await _first(player, line)
    if last in heard.text:
        return heard
    rest = await player.read_later(last)
    return Heard(f"{heard.text}\n{rest.text}", (*heard.buttons, *rest.buttons), {**heard.files, **rest.files})


async def _first(player: Addressee, line: str) -> Heard:
    if (pasted := PASTES.fullmatch(line)) is not None:
        return await player.paste(FOLDER.joinpath(pasted[1]).read_text("utf-8"))
    return await (player.press(line[1:-1]) if line.startswith("[") else player.say(line))


class Watched:
    """A platform of which it is seen what it sends."""

    def __init__(self, carrier: Carrier, people: People) -> None:
        """Watch a platform."""
        self._carrier, self._people = carrier, people

    def __getattr__(self, name: str) -> object:
        return getattr(self._carrier, name)

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        """Send it, and read it there."""
        outcome = await self._carrier.carry(target, given, speak, nonce)
        if isinstance(outcome, Sent):
            await self._people.seen(target)
        return outcome

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        """Replace it, and read it again."""
        outcome = await self._carrier.amend(target, message, given, speak)
        if isinstance(outcome, Sent):
            await self._people.seen_again(target)
        return outcome


@contextmanager
def _same_codes() -> Iterator[None]:
    """Codes are the same each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("secrets.choice", Random(1).choice)  # noqa: S311 - the same codes each time are wanted, no secret
        yield


async def told(url: str = "memory://") -> Told:
    """The story on a store; the books are proven after each scene."""
    scenes = [events for part in SCRIPT.read_text("utf-8").split("\n\n") if (events := script(part))]
    async with AsyncExitStack() as opened:
        opened.enter_context(_same_codes())
        bot = await opened.enter_async_context(a_bot(url, TestClock(scenes[0][0].at), grace=60))
        bot.operators.add(OPERATOR)
        stages = {one: cast("CarryingStage", await opened.enter_async_context(on_stage(one, bot))) for one in CARRIERS}
        people = People(bot, stages)
        carriers = [cast("Carrier", Watched(stage.carrier, people)) for stage in stages.values()]
        living = Living(bot, bot.jobs.finish, OPERATOR, *(live_platform(bot, one) for one in carriers), hours=MORNING)
        for events in scenes:
            await living.through(events, people.act)
            verdict = await bot.books.verify()
            assert verdict.fault is None, f"after {events[-1]}: {verdict.fault}"
        return people.told
