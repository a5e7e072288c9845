"""A freelancer's day on Discord: on a server without the bot, on her agency's, among friends, and in private.

`freelancer.golden.txt` has what she reads. If it changes, read it as she would.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.bot.stage import Heard
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage

LOGO: Final = "https://www.upwork.com/jobs/Logo-redesign_~022009565811307446279"
READ: Final = Path(__file__).with_name("freelancer.golden.txt")
POSTER: Final = "https://www.upwork.com/jobs/Event-poster_~022009565811307446362"


class Day:
    """What she does, and what she reads then, as a text."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def told(self, where: str, act: str, heard: Heard) -> None:
        pressable = " ".join(f"[{label}]" for label in heard.buttons)
        self.lines += [f"{where}: {act}", *(f"    {line}" for line in (*heard.text.splitlines(), pressable) if line)]

    async def says(self, where: str, player: DiscordPlayer, *acts: str) -> None:
        """A line, or a press of the button in brackets."""
        for act in acts:
            does = player.press(act[1:-1]) if act.startswith("[") else player.say(act)
            self.told(where, act, await does)

    async def applies(self, where: str, player: DiscordPlayer, text: str) -> None:
        """Use "Book this bid" on a message."""
        said = await player.person.say(player.chat, text)
        act = await player.person.apply("Book this bid", said)
        self.told(where, f"Book this bid, on: {text}", await player.act(act))


async def test_a_day_in_three_places(stage: DiscordStage) -> None:
    boss = await stage.member("Boss", "Agency", admin=True)
    await boss.say("/start")
    await boss.say("/opening 300 free")
    designers, agency = await stage.guest("Ann", "Designers"), await stage.member("Ann", "Agency")
    private, friends, day = await stage.person("Ann"), await stage.among("Ann", "Bob", "Eve"), Day()

    await day.says("Designers", designers, "/balance", "[Open my wallet]", "/opening 80 bought for $12")
    await day.applies("Designers", designers, f"Who is up for this? Budget $500. {LOGO}")
    await day.says("Designers", designers, "[16 Connects]")
    await day.applies("Agency", agency, f"Ann, please bid 12 on {POSTER}")
    await day.says("Agency", agency, "[Book 12]", "/balance")
    await day.says("Friends", friends, "/earn assessment")
    await day.says("Private", private, "/balance")
    await day.says("Friends", friends, "Figma", "/undo")
    await day.applies("Friends", friends, "Lunch at noon?")
    await day.says("Private", private, "/balance")
    await day.says("Agency", agency, "/balance")
    assert "\n".join(day.lines) + "\n" == READ.read_text("utf-8")

    for place in (designers, agency, friends):
        assert place.chat.unread == [], "nobody else has read a word"
    assert not stage.server.pinging()
