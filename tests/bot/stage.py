"""One stage for every platform, so that a conversation is written once and played on all of them.

A stage is a platform with the whole bot behind it: the real client library against a loopback server, or the console.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from bot.base.background_jobs import Jobs
from bot.base.platform_registry import PLATFORM_NAMES
from bot.commands import by_name
from bot.delivery.groups.admins import GroupAdmins
from bot.delivery.groups.places import GroupPlaces
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.documents.documents import Documents
from bot.main import jobs_on
from bot.pictures.drawings import Drawings
from core.books import Books
from core.ledger import rulebook
from storage import open_store
from tests.bot.documents.publisher import InProcessPublisher
from tests.bot.pictures.sketching import Sketches
from tests.clock import TestClock

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping
    from contextlib import AbstractAsyncContextManager

    from bot.delivery.carrier import Carrier
    from bot.delivery.live_platforms import LivePlatforms
    from core.delivery.notice import Target
    from core.store import Store

CARRIERS = PLATFORM_NAMES
PLATFORMS = ("desk", *CARRIERS)
EDITING = ("desk", "telegram")
"""Where what is said on a stage can be edited. On Discord those are slash commands; its own tests edit messages."""


@dataclass(frozen=True)
class Heard:
    """What a person sees of an answer: its text without markup, the labels of its buttons, its files."""

    text: str
    buttons: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)


class Player(Protocol):
    """A person in one chat, who sees only what the platform shows."""

    async def say(self, line: str) -> Heard:
        """Write a line, or a slash command in the platform's own form, and read the answer."""
        ...

    async def hand(self, name: str, content: bytes, caption: str = "") -> Heard:
        """Send a file, and read the answer."""
        ...

    async def paste(self, text: str, shows: str = "") -> Heard:
        """Paste a text as the platform's own client sends it, and read the answer once it `shows` this."""
        ...

    async def paste_more(self, text: str, shows: str) -> Heard:
        """Paste the rest of what was pasted before, and read the answer above once it `shows` this.

        Where messages are not edited in place, a new one stands in its place.
        """
        ...

    async def press(self, label: str) -> Heard:
        """Press the button whose label begins so, on the latest answer that has one, and read the answer.

        Where the press opens a form (a modal), the form is the answer; the next `say` fills it in.
        """
        ...

    async def read_later(self, shows: str) -> Heard:
        """Read what has taken the place of an answer, once it `shows` this."""
        ...

    async def say_twice(self, line: str) -> tuple[Heard, Heard]:
        """Write a line that the platform delivers twice; both answers."""
        ...

    async def press_twice(self, label: str) -> tuple[Heard, Heard]:
        """Press the same button of the same message two times; both answers."""
        ...


class Editor(Player, Protocol):
    """Somebody who can edit what they wrote."""

    async def edit(self, line: str) -> Heard:
        """Edit the line that was written last, and read the answer, which is empty if there is none."""
        ...


class Stage(Protocol):
    """A platform, its people and its groups."""

    async def person(self, name: str) -> Player:
        """Somebody in a private chat with the bot; the same name is the same person."""
        ...

    async def member(self, name: str, group: str, *, admin: bool = False) -> Player:
        """Somebody in a group that the bot is in; the same names are the same person and the same group."""
        ...

    async def restart(self) -> None:
        """Stop the bot and start it again on the same store, as after an update."""
        ...


class Addressee(Player, Protocol):
    """Somebody who can get notices."""

    @property
    def target(self) -> Target:
        """Where the notices go: to a group, or to this person."""
        ...

    async def read(self) -> Heard:
        """Read the latest notice."""
        ...

    async def read_again(self) -> Heard:
        """Read the latest notice as it is now; where messages are not edited in place, what was shown since."""
        ...


class CarryingStage(Protocol):
    """A stage whose platform sends notices."""

    @property
    def carrier(self) -> Carrier:
        """What sends them; another one after a restart."""
        ...

    async def person(self, name: str) -> Addressee:
        """Somebody in a private chat with the bot."""
        ...

    async def member(self, name: str, group: str, *, admin: bool = False) -> Addressee:
        """Somebody in a group that the bot is in."""
        ...

    async def restart(self) -> None:
        """Stop the bot and start it again on the same store."""
        ...


@dataclass
class Bot:
    """The bot without a platform."""

    store: Store
    books: Books
    desk: Desk
    clock: TestClock
    jobs: Jobs
    operators: set[str]
    live_platforms: LivePlatforms
    studio: Sketches = field(default_factory=Sketches)
    publisher: InProcessPublisher = field(default_factory=InProcessPublisher)


@asynccontextmanager
async def a_bot(
    url: str = "memory://", clock: TestClock | None = None, *, works: bool = True, grace: float = 0
) -> AsyncGenerator[Bot]:
    """A bot on an empty store and a clock of the test's own; a test may add to its `operators`.

    Unless it `works` it has no background jobs, which a command could wake. With a `grace` in seconds, an answer waits
    for its picture or document.
    """
    clock = clock or TestClock()
    async with open_store(url) as store:
        books = Books(store, rulebook.default(), clock)
        live_platforms: LivePlatforms = {}
        jobs = Jobs(jobs_on(store, books, live_platforms) if works else (), store.notes, clock)
        operators, studio, publisher = {"telegram:1", "desk:boss"}, Sketches(), InProcessPublisher()
        desk = Desk(
            store,
            books,
            by_name(),
            Dialog(store.notes),
            operators=operators,
            jobs=jobs,
            drawings=Drawings(studio, grace=grace),
            documents=Documents(publisher, grace=grace),
            admins=GroupAdmins(store.people, live_platforms),
            places=GroupPlaces(live_platforms),
        )
        yield Bot(store, books, desk, clock, jobs, operators, live_platforms, studio, publisher)


def on_stage(platform: str, bot: Bot) -> AbstractAsyncContextManager[Stage]:
    """The stage of a platform: `open_stage(bot)` of tests/bot/stages/PLATFORM.py."""
    stage: AbstractAsyncContextManager[Stage] = import_module(f"tests.bot.stages.{platform}").open_stage(bot)
    return stage
