"""A long conversation on one platform, as people read it on their phones: chat by chat, in lines as short as there.

What people do stands in tests/bot/phones/PLATFORM.txt, what their phones show in PLATFORM.golden.md, which
`python -m tests.bot.phone PLATFORM` writes anew.
"""

from __future__ import annotations

import asyncio
import sys
import textwrap
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from tests.bot.living import KYIV, Living, same_seeds, script
from tests.bot.stage import a_bot
from tests.bot.telling import live_platform
from tests.clock import TestClock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from bot.delivery.carrier import Carrier
    from tests.bot.living import Event
    from tests.bot.stage import Bot

FOLDER: Final = Path(__file__).with_name("phones")
WIDE: Final = 40
"""Characters in a line of a phone."""
ICONS: Final = " ↗⧉"
"""A link and what copies something have a small sign in a corner, which takes no room."""
FRAME: Final = 2
"""Characters that the frame of a button takes."""
HEAD: Final = """# On the phone: {platform}

What each chat shows when people do what stands in {platform}.txt, in lines of {wide} characters. **Bold**, _italic_,
<a time in the reader's own zone>, [words](their link). Written by `python -m tests.bot.phone {platform}`: do not edit.
"""


class Mark(NamedTuple):
    """What stands around some of the words, which is not as wide as it is long."""

    start: int
    end: int
    before: str
    after: str


class Box(NamedTuple):
    """A part of a message with a line at its side, which makes it narrower."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Shown:
    """One thing that a chat shows: a message, an alert over the chat, or something that happened there."""

    at: datetime
    chat: str
    by: str
    text: str = ""
    marks: tuple[Mark, ...] = ()
    files: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    prompt: str | None = None
    """What stands in the input field that is opened for an answer."""
    boxes: tuple[Box, ...] = ()
    menus: tuple[tuple[str, ...], ...] = ()
    """Those that open when they are touched: what stands on them, and their choices."""
    flowing: bool = False
    """Whether buttons are as wide as their words."""


class Phones(Protocol):
    """The people of a script, with their phones."""

    @property
    def carrier(self) -> Carrier:
        """The platform."""
        ...

    @property
    def operator(self) -> str:
        """The operator's address."""
        ...

    async def act(self, event: Event) -> None:
        """Let somebody do something, and wait until the bot has answered."""
        ...

    async def settle(self) -> None:
        """Wait until the bot has nothing under way."""
        ...

    def news(self) -> Sequence[Shown]:
        """What the phones show that they did not show when last asked."""
        ...


@dataclass
class Transcript:
    """What each chat has shown, in the order in which the chats were first heard of."""

    chats: dict[str, list[str]] = field(default_factory=dict)

    def note(self, shown: Shown) -> None:
        """Write down what a chat shows."""
        here = shown.at.astimezone(KYIV)
        lines = [
            f"{here:%a} {here.day} {here:%b %H:%M} · {shown.by}",
            *(f"    {line}".rstrip() for line in drawn(shown)),
        ]
        self.chats.setdefault(shown.chat, []).append("\n".join(lines))

    def text(self, platform: str) -> str:
        """All of it."""
        head = HEAD.format(platform=platform, wide=WIDE)
        return head + "".join(f"\n## {chat}\n\n" + "\n\n".join(shown) + "\n" for chat, shown in self.chats.items())


def drawn(shown: Shown) -> list[str]:
    """The lines of one message on a phone."""
    lines = _wrapped(shown.text, shown.marks, WIDE)
    lines += [f"│ {line}" for box in shown.boxes for line in _wrapped(box.text, box.marks, WIDE - len("│ "))]
    lines += [f"(file {name})" for name in shown.files]
    for hint, *choices in shown.menus:
        lines += [f"[{hint} ▾]", *(f"  ◦ {choice}" for choice in choices)]
    for row in shown.rows:
        lines.append("".join(f"[{label if shown.flowing else _cut(label, len(row))}]" for label in row))
    return lines if shown.prompt is None else [*lines, f"(answer: {shown.prompt}…)"]


def _wrapped(text: str, marks: Sequence[Mark], wide: int) -> list[str]:
    """The lines of a text with its marks."""
    return [_marked(text, marks, start, end) for start, end in _lines(text, wide)]


def _lines(text: str, wide: int) -> list[tuple[int, int]]:
    """Where each line begins and ends when a phone wraps them."""
    found, place = [], 0
    for paragraph in text.splitlines():
        begin = place
        for line in textwrap.wrap(paragraph, wide, break_on_hyphens=False, drop_whitespace=True) or [""]:
            begin = text.index(line, begin)
            found.append((begin, begin + len(line)))
            begin += len(line)
        place += len(paragraph) + 1
    return found


def _marked(text: str, marks: Sequence[Mark], start: int, end: int) -> str:
    """A line with its marks; what is linked on two lines is marked on both."""
    inside = [
        mark._replace(start=max(mark.start, start), end=min(mark.end, end))
        for mark in marks
        if mark.start < end and mark.end > start
    ]
    line = ""
    for place in range(start, end + 1):
        line += "".join(mark.after for mark in reversed(inside) if mark.end == place)
        line += "".join(mark.before for mark in inside if mark.start == place)
        line += text[place] if place < end else ""
    return line


def _cut(label: str, beside: int) -> str:
    """A label as wide as it can be with so many buttons in its row."""
    room, words, icon = WIDE // beside - FRAME, label.rstrip(ICONS), label[len(label.rstrip(ICONS)) :]
    return label if len(words) <= room else f"{words[: room - 1]}…{icon}"


def opened(platform: str, bot: Bot, people: str) -> AbstractAsyncContextManager[Phones]:
    """The phones of a platform: `open_phones(bot, people)` of tests/bot/phones/PLATFORM.py."""
    phones: AbstractAsyncContextManager[Phones] = import_module(f"tests.bot.phones.{platform}").open_phones(bot, people)
    return phones


async def played(platform: str, people: str) -> str:
    """What is read in a conversation; at its end the books are proven."""
    events, transcript = script(people), Transcript()
    with same_seeds():
        async with a_bot(clock=TestClock(events[0].at)) as bot, opened(platform, bot, people) as phones:

            async def settle() -> None:
                await phones.settle()
                for shown in phones.news():
                    transcript.note(shown)

            async def act(event: Event) -> None:
                await phones.act(event)
                await settle()

            living = Living(bot, settle, phones.operator, live_platform(bot, phones.carrier))
            await living.through(events, act)
            verdict = await bot.books.verify()
            assert verdict.fault is None, verdict.fault
            return transcript.text(platform)


def script_of(platform: str) -> Path:
    """What people do."""
    return FOLDER / f"{platform}.txt"


def golden_of(platform: str) -> Path:
    """What their phones show."""
    return FOLDER / f"{platform}.golden.md"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        golden_of(name).write_text(asyncio.run(played(name, script_of(name).read_text("utf-8"))), "utf-8")
        sys.stdout.write(f"{golden_of(name).name} is up to date.\n")
