"""No answer in a group says what things cost in money, whatever is written or pressed, unless its owner wants that."""

from __future__ import annotations

import pickle
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.wallets.people import ChatRef
from storage.memory.store import MemoryStore
from tests.bot.failing import bot_on
from tests.bot.stages.desk import DeskPlayer
from tests.bot.test_true_answers import OWN, WAYS, Scene
from tests.clock import TestClock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from core.wallets.settings import Settings
    from tests.bot.stage import Bot, Heard

TEAM: Final = "Team"
MONEY: Final = re.compile(r"CHF\W?\d")
"""A figure in the currency of the group's money. The list price is in another, and no secret."""
BEFORE: Final = (
    *("/start", "/settings currency=CHF", "/opening 40 cost=unknown", "/buy 100 CHF 30 tax=8%", "/buy 40 CHF 9.50"),
    *("/spend 16 Banner", "/spend 60 Shop", "/proposals shop", ">More states", ">Hired", "CHF 500"),
    *("/cost number=3 CHF 9", "/return #5", "/undo"),
)
MORE: Final = {
    "lots of any time": Scene("/lots all"),
    "lots that expire": Scene("/expiring 400"),
    "a balance then": Scene("/balance 2026-01-10"),
    "the cost of what is left": Scene("/cost 10 CHF 6", ("/adjust +10",)),
    "the cost of a purchase": Scene("/cost number=2 CHF 20"),
    "an undone cost": Scene("/undo 6"),
    "an edit of a cost": Scene("~/spend 16 Logo", ("/cost number=2 CHF 20",)),
    "a hire": Scene("/proposals #5"),
    "what costs": Scene("/stats cost"),
    "spending": Scene("/chart spend"),
    "what was done": Scene("/audit"),
}
SCENES: Final = {name: scene for name, scene in (OWN | WAYS | MORE).items() if not (scene.boss or scene.new)}
SHOWN: Final = {
    *("spend", "buy", "balance", "lots", "proposals", "statement", "cost", "instead"),
    *(
        "lots of any time",
        "lots that expire",
        "a balance then",
        "the cost of a purchase",
        "a hire",
        "spending",
        "what was done",
    ),
}
"""Some of the scenes that say money where it may be read."""


async def answers(player: DeskPlayer, lines: Sequence[str]) -> list[Heard]:
    """What is answered to lines, presses and edits, whose amounts are in francs."""
    heard: list[Heard] = []
    for line in (line.replace("$", "CHF ") for line in lines):
        player.bot.clock.pass_(minutes=1)
        if line.startswith("~"):
            heard.append(await player.edit(line[1:]))
        elif line.startswith(">"):
            heard += [await player.press(line[1:])] if any(one.startswith(line[1:]) for one in player.buttons) else []
        else:
            heard.append(await player.say(line))
    return heard


async def group(*, money: bool) -> bytes:
    """The books of a group with lots that were paid for in francs."""
    store = MemoryStore()
    ann = DeskPlayer(bot_on(store, TestClock()), "ann", TEAM, admin=True)
    said = await answers(ann, BEFORE)
    assert "returned from #5" in said[-2].text
    assert leaks(said) == []
    if money:
        await change_team(ann.bot, lambda settings: replace(settings, team=replace(settings.team, money=True)))
    return pickle.dumps(store)


async def change_team(bot: Bot, change: Callable[[Settings], Settings]) -> None:
    """Change the settings of the group."""
    wallet = await bot.books.wallet_of(ChatRef("desk", TEAM))
    assert wallet is not None
    await bot.books.change_settings(wallet.id, change)


def leaks(heard: Sequence[Heard]) -> list[str]:
    """The lines and labels with money."""
    return [said for one in heard for said in (*one.text.splitlines(), *one.buttons) if MONEY.search(said)]


async def played(kept: bytes) -> Mapping[str, list[str]]:
    """The money that is said in each scene, and when each button under its last answer is pressed."""
    found = {}
    for name, scene in SCENES.items():
        ann = DeskPlayer(bot_on(pickle.loads(kept), TestClock()), "ann", TEAM, admin=True)  # noqa: S301 - ours
        ann.bot.clock.pass_(hours=1)
        heard = await answers(ann, (*scene.before, scene.line))
        offered = dict(ann.buttons)
        for label in offered:
            ann.buttons = offered
            heard.append(await ann.press(label))
        assert not any("Something went wrong" in one.text for one in heard), name
        found[name] = leaks(heard)
    return found


async def test_no_command_or_button_says_money() -> None:
    said = await played(await group(money=False))
    assert {name: lines for name, lines in said.items() if lines} == {}


async def test_each_says_it_where_the_owner_lets_members_see_it() -> None:
    said = await played(await group(money=True))
    assert {name for name, lines in said.items() if lines} >= SHOWN
