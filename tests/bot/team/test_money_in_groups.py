"""No answer in a group says what things cost in money, whatever is written or pressed, unless its owner wants that."""

from __future__ import annotations

import pickle
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from bot.dispatch.desk import Answer
from bot.dispatch.dialog import Dialog
from bot.reply.words import voice
from bot.views.notices import message, message_now
from core.delivery.notice import Delivery, Notice, Target
from core.shared.ids import WalletId
from core.wallets.people import ChatRef
from core.wallets.team import Role
from storage.memory.store import MemoryStore
from tests.bot.asking import in_money
from tests.bot.failing import bot_on
from tests.bot.stage import CARRIERS, on_stage
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.bot.stages.telegram import TelegramStage
from tests.bot.telling import live_on
from tests.bot.test_true_answers import OWN, WAYS, Scene
from tests.clock import TestClock

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Mapping, Sequence

    from core.wallets.settings import Settings
    from tests.bot.stage import Bot, Heard, Stage

TEAM: Final = "Team"
HERE: Final = Target("desk", TEAM)
HIDDEN: Final = "That is a figure in money"
"""What is said where nothing else is left of an answer. Each has something to say."""
TYPED: Final = "Saved. Each member: CHF"
"""The limit that somebody has just typed there."""
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
    "a limit in money": Scene("/limit", ("/limit each CHF 20 a week", "/spend 16 Logo")),
    "a spend over it": Scene("/spend 60 Logo", ("/limit each CHF 5 a week block",)),
    "who spent what": Scene("/team"),
}
SCENES: Final = {name: scene for name, scene in (OWN | WAYS | MORE).items() if not (scene.boss or scene.new)}
SHOWN: Final = {
    *("spend", "buy", "balance", "lots", "proposals", "statement", "instead", "a hire", "spending", "what was done"),
    *("lots of any time", "lots that expire", "a balance then", "the cost of a purchase", "who spent what"),
    *("a limit in money", "a spend over it"),
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
    every = (said for one in heard for said in (*one.text.splitlines(), *one.buttons))
    return [said for said in every if MONEY.search(said) and not said.startswith(TYPED)]


async def played(kept: bytes, *, presses: bool) -> Mapping[str, list[str]]:
    """The money that is said in each scene, and with `presses` to each button under its last answer."""
    found = {}
    for name, scene in SCENES.items():
        ann = DeskPlayer(bot_on(pickle.loads(kept), TestClock()), "ann", TEAM, admin=True)  # noqa: S301 - ours
        ann.bot.clock.pass_(hours=1)
        heard = await answers(ann, (*scene.before, scene.line))
        offered = dict(ann.buttons)
        for label in offered if presses else ():
            ann.buttons = offered
            heard.append(await ann.press(label))
        assert not any("Something went wrong" in one.text or HIDDEN in one.text for one in heard), name
        found[name] = leaks(heard)
    return found


async def test_no_command_or_button_says_money() -> None:
    said = await played(await group(money=False), presses=True)
    assert {name: lines for name, lines in said.items() if lines} == {}


async def test_each_says_it_where_the_owner_lets_members_see_it() -> None:
    said = await played(await group(money=True), presses=False)
    assert {name for name, lines in said.items() if lines} >= SHOWN


@pytest.fixture(params=CARRIERS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as opened:
        if isinstance(opened, TelegramStage):
            live_on(bot, opened.carrier)
        yield opened


async def test_those_whose_role_sees_money_read_it_by_themselves(stage: Stage, bot: Bot) -> None:
    lea, bob = await stage.member("Lea", TEAM, admin=True), await stage.member("Bob", TEAM)
    for line in ("/start", "/opening 0 free", "/buy 100 CHF 15"):
        await lea.say(line)
    await bob.say("/spend 10 Logo")
    heard = await bob.say("/balance")
    assert leaks([heard]) == []
    assert heard.buttons[-1] == "In money"
    assert "Only admins of this group" in (await bob.press("In money")).text
    await give(bot, {"Lea": Role.MEMBER, "Bob": Role.OWNER})
    await lea.say("/balance")
    assert "Only owners, managers and viewers of this group" in (await lea.press("In money")).text
    await give(bot, {"Lea": Role.VIEWER, "Bob": Role.OWNER})
    await lea.say("/balance")
    assert "CHF\u00a013.50" in (await in_money(lea)).text
    await give(bot, {"Bob": Role.OWNER})
    reader = await stage.person("Lea") if isinstance(stage, TelegramStage) else lea
    await reader.press("History")
    assert "Only owners" in (await reader.press("History")).text


async def give(bot: Bot, roles: Mapping[str, Role]) -> None:
    """Give these roles, and no others, in the only wallet."""
    wallet, history = WalletId(1), await bot.books.history(WalletId(1))
    ids = {name: person for person, name in (await bot.books.authors(history)).items()}
    given = tuple((ids[name], role) for name, role in roles.items())
    await bot.books.change_settings(
        wallet, lambda settings: replace(settings, team=replace(settings.team, roles=given))
    )


WEEK: Final = {
    "from": "2026-01-03",
    "until": "2026-01-09",
    "connects": 40,
    "spent-proposal": 32,
    "proposals": 2,
    "cost-net": 480,
    "cost-tax": 0,
    "cost-currency": "CHF",
    "bought": 40,
    "paid-net": 600,
    "paid-tax": 0,
    "paid-currency": "CHF",
}
SOON: Final[Mapping[str, str | int]] = {
    "connects": 12,
    "expires": "2026-01-12T09:00:00+00:00",
    "net": 180,
    "tax": 0,
    "currency": "CHF",
}


@pytest.mark.parametrize(
    ("code", "facts", "said"), [("digest", WEEK, "40 Connects"), ("expiring", SOON, "12 Connects")]
)
async def test_a_notice_says_money_in_private_and_where_members_see_it(
    bot: Bot, code: str, facts: Mapping[str, str | int], said: str
) -> None:
    notice = Notice(f"{code}:1", code, facts, WalletId(1))
    reader, dialog = DeskPlayer(bot, "ann"), Dialog(bot.store.notes)

    async def read(target: Target, *, money: bool = False, group: str = "") -> Heard:
        sent = Delivery(1, notice, target, 0, "UTC", bot.clock.now(), group=group)
        return reader.hear(Answer(await message(sent, dialog, bot.books.rulebook, money=money), voice("en", "UTC")))

    direct = Target("desk", "ann", direct=True)
    hidden = await read(HERE)
    assert said in hidden.text
    assert leaks([hidden]) == []
    for heard in (await read(HERE, money=True), await read(direct), await read(direct, group=TEAM)):
        assert leaks([heard])


@pytest.mark.parametrize("money", [False, True])
async def test_whether_a_notice_says_money_is_asked_when_it_is_sent(*, money: bool) -> None:
    store, clock = MemoryStore(), TestClock()
    lea = DeskPlayer(bot_on(store, clock), "lea", TEAM, admin=True)
    await lea.say("/start")
    sent = Delivery(1, Notice("expiring:1", "expiring", SOON, WalletId(1)), HERE, 0, "UTC", clock.now())
    await change_team(lea.bot, lambda settings: replace(settings, team=replace(settings.team, money=money)))
    given = await message_now(sent, Dialog(store.notes), lea.bot.books.rulebook, store, clock)
    assert given is not None
    assert bool(leaks([lea.hear(Answer(given, voice("en", "UTC")))])) is money


async def test_in_private_a_group_is_shown_as_there_with_its_people(bot: Bot) -> None:
    async with on_stage("console", bot) as stage:
        lea = await stage.member("Lea", TEAM, admin=True)
        for line in ("/start", "/opening 0 free", "/buy 100 CHF 15", "/spend 10 Logo", "/cost number=1 CHF 20"):
            await lea.say(line)
        heard = await lea.say("/history")
        assert "New cost of Purchase #1" in heard.text
        assert "In money" in heard.buttons
        shown = await lea.press("In money")
        assert "Purchase #1 cost CHF\u00a020.00, not CHF\u00a015.00 · Lea" in shown.text
        assert not {"Undo", "Mark as returned"} & set(shown.buttons)
        await lea.say("/proposals logo")
        card = await lea.press("In money")
        assert "10 Connects: CHF\u00a02.00" in card.text
        assert "by Lea" in card.text
        assert not {"Viewed", "Tags"} & set(card.buttons)
        await lea.say("/limit together CHF 20 a day")
        assert "a sum of money a day" in (await lea.say("/limit")).text
        assert "CHF\u00a02.00 spent" in (await lea.press("In money")).text


async def test_the_audit_log_keeps_other_words_of_a_line(bot: Bot) -> None:
    lea = await DeskStage(bot).member("lea", TEAM, admin=True)
    for line in ("/start", "/opening 40 bought", '/buy 40 price="CHF 6" tax=20%', "/settings low=20"):
        await lea.say(line)
    await lea.say('/limit amount="CHF 5" per=week member=each')
    await lea.say("/limit amount=20 per=day member=each")
    lines = (await lea.say("/audit")).text
    assert "/opening connects=40 cost=bought (done)" in lines
    assert "/buy connects=40 price=\u2026 tax=\u2026 (done)" in lines
    assert "/settings low=20 (done)" in lines
    assert "/limit amount=\u2026 per=week member=each (done)" in lines
    assert "/limit amount=20 per=day member=each (done)" in lines
