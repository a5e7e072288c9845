"""Random stories of people who write, edit, press and leave: every store tells the same, and no edit books."""

from __future__ import annotations

from itertools import count
from random import Random
from typing import TYPE_CHECKING, Final

import pytest

from core.wallets.people import Chat, ChatKind, ChatRef, Identity, private_chat
from tests.bot.channels import BILLING, GENERAL, server_for
from tests.bot.failing import bot_on
from tests.bot.promoting import launched
from tests.bot.stage import Bot, a_bot
from tests.bot.stages import desk
from tests.bot.stages.desk import DeskPlayer
from tests.bot.telling import deliver

if TYPE_CHECKING:
    from pathlib import Path

    from core.wallets.people import Owner

NAMES: Final = ("Lea", "Zoe", "Max", "Bob")
ADMINS: Final = NAMES[:3]
TEAM: Final = ChatRef("desk", "Team")
STEPS: Final = 120
LONG: Final = 60.0  # whether a file comes at once must not depend on the machine
WRITTEN: Final = (
    *(
        "/spend {n} Logo",
        "/spend {n} Site{m}",
        "/spend {n} A\n/spend {m} B",
        "/bid {n}",
        "/spend",
        "{n}",
        "/buy {n} $3",
    ),
    *("/undo", "/return", "/adjust +{n}", "/balance", "/history", "/start", "/claim 1", "/start claim_1", "hello"),
    *("/alerts here", "/alerts where=both", "/alerts where=private", "/alerts where=group", "/alerts low={n}00"),
    *("/alerts test", "/alerts", "/subscribe", "/unsubscribe"),
)
EDITED: Final = (
    *("/spend {n} Logo", "/spend {n} Site{m}", "/spend {n} A\n/spend {m} B", "/spend {n} yesterday", "{n}", "hello"),
    *("/undo", "/return 3", "/buy {n} $3", "/alerts low=3", "/start claim_1"),
)


class Story:
    """One random story; what is heard in it stands in `told`."""

    def __init__(self, bot: Bot, seed: int) -> None:
        self.bot, self.chance, self.server = bot, Random(seed), server_for(bot)  # noqa: S311 - a story, no secret
        self.told: list[object] = []
        self.players: dict[tuple[str, str], DeskPlayer] = {}
        self.lines: dict[tuple[str, str], list[str]] = {}

    def player(self, name: str, group: str) -> DeskPlayer:
        seat = name, group
        if seat not in self.players:
            self.players[seat] = DeskPlayer(self.bot, name, group, admin=name in ADMINS)
            self.lines[seat] = []
        self.players[seat].place = self.chance.choice((GENERAL, BILLING)) if group else ""
        return self.players[seat]

    async def begin(self) -> None:
        for name in NAMES:
            for line in ("/start", "/buy 300 $45", "/alerts low=300"):
                await self.player(name, "").say(line)
        for line in ("/start", "/opening 400 free", "/alerts low=390 budget=20"):
            await self.player("Lea", "Team").say(line)

    async def step(self) -> None:
        self.bot.clock.pass_(seconds=self.chance.choice((0, 1, 5, 40, 700, 4000)))
        tell = self.chance.choice((self.write, self.write, self.edit, self.edit, self.press, self.press, self.press))
        other = self.chance.choice((self.come_or_go, self.change_rights, self.restart, self.carry, self.carry))
        await (tell if self.chance.random() < 2 / 3 else other)()

    def somebody(self) -> DeskPlayer:
        return self.player(self.chance.choice(NAMES), self.chance.choice(("", "Team", "Team")))

    def line(self, lines: tuple[str, ...]) -> str:
        return self.chance.choice(lines).format(n=self.chance.randint(1, 30), m=self.chance.randint(1, 9))

    async def write(self) -> None:
        player = self.somebody()
        self.told.append(await player.say(self.line(WRITTEN)))
        self.lines[player.name, player.group].append(player.typed)

    async def edit(self) -> None:
        player = self.somebody()
        lines = self.lines[player.name, player.group]
        if not lines:
            return
        player.typed, line, before = self.chance.choice(lines[-4:]), self.line(EDITED), await self.entries()
        self.told.append(await player.edit(line))
        if self.chance.random() < 1 / 3:
            self.told.append(await player.edit(line))
        assert await self.entries() == before, line

    async def press(self) -> None:
        player = self.somebody()
        if not player.buttons:
            return
        label = self.chance.choice(list(player.buttons))
        press = player.buttons[label]
        self.told.append(await player.press(label))
        if self.chance.random() < 1 / 2:
            before, shown = await self.entries(), player.buttons
            player.buttons = {label: press}
            await player.press(label)
            player.buttons = shown
            assert await self.entries() == before, label

    async def come_or_go(self) -> None:
        people = [private_chat(Identity("desk", name)) for name in NAMES]
        ref = self.chance.choice([TEAM, *people])
        kind = ChatKind.GROUP if ref == TEAM else ChatKind.PRIVATE
        match self.chance.randrange(3):
            case 0:
                await self.bot.desk.chat_left(ref, kind, self.chance.choice(("blocked", "removed")))
            case 1:
                await self.bot.desk.chat_unreachable(ref, kind, "deleted")
            case _:
                said = await self.bot.desk.chat_joined(Chat(ref, kind, "Team" if ref == TEAM else ""), "en")
                self.told.append(said and self.player("Lea", "Team").hear(said))

    async def change_rights(self) -> None:
        places = [place for place in (GENERAL, BILLING) if self.chance.random() < 1 / 3]
        self.server.lost = {place: self.chance.choice(("closed", "unknown", "rights")) for place in places}
        self.server.closed = {name for name in NAMES if self.chance.random() < 1 / 5}
        self.server.admins = {name for name in ADMINS if self.chance.random() > 1 / 10}
        for player in self.players.values():
            player.admin = player.name in self.server.admins

    async def restart(self) -> None:
        self.bot = bot_on(self.bot.store, self.bot.clock, grace=LONG)
        for player in self.players.values():
            player.bot = self.bot

    async def carry(self) -> None:
        for _ in range(3):
            await deliver(self.bot, self.server)
        self.told.append(sorted(self.server.news()))

    async def entries(self) -> list[int]:
        """How many entries each wallet has."""
        people = [await self.bot.books.person(Identity("desk", name), name) for name in NAMES]
        owners: list[Owner] = [TEAM, *(person.id for person in people)]
        wallets = [await self.bot.books.wallet_of(owner) for owner in owners]
        return [0 if wallet is None else await self.bot.books.newest(wallet.id) for wallet in wallets]


async def told_on(url: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    monkeypatch.setattr("bot.delivery.sender.MOST_AT_ONCE", 1)  # in which order two chats are served is left open
    monkeypatch.setattr(desk, "numbers", count(1))
    async with a_bot(url, works=False, grace=LONG) as bot:
        await launched(DeskPlayer(bot, "boss"), 'Bonus gives=30 ends="30 days"')
        story = Story(bot, seed)
        await story.begin()
        for _ in range(STEPS):
            await story.step()
        verdict = await bot.books.verify()
        assert verdict.fault is None, verdict.fault
        return story.told


@pytest.mark.parametrize("seed", range(4))
async def test_every_store_tells_the_same_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    oracle = await told_on("memory://", seed, monkeypatch)
    assert await told_on(f"sqlite:///{tmp_path / 'books.db'}", seed, monkeypatch) == oracle
    assert "Something went wrong" not in str(oracle)
