"""A second group uses the books of the first: by a code, and both know of it, until they part."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.command.permissions import Absent, role_in_group
from bot.reply.parts import Say
from bot.reply.words import FALLBACK_VOICE
from bot.views.notices import VIEWS
from bot.views.showing import Showing
from core.shared.ids import PersonId, WalletId
from core.wallets.people import ChatRef
from core.wallets.team import UNSHARED, Role
from storage.memory.store import MemoryStore
from tests.bot.failing import Failing, Fault, bot_on
from tests.bot.stage import on_stage
from tests.bot.stages.desk import DeskPlayer

if TYPE_CHECKING:
    from core.wallets.people import Wallet
    from tests.bot.stage import Bot, Player

LINK = "https://www.upwork.com/jobs/Logo_~022010000000000000042/"
WALLET = WalletId(1)
GROUPS = (ChatRef("telegram", "-1"), ChatRef("discord", "7"))
RIGHTS = "its own admins are members until an owner there gives them a role"


@pytest.fixture
async def ann(bot: Bot) -> DeskPlayer:
    """The owner of the first group, which has 100 Connects."""
    ann = DeskPlayer(bot, "Ann", "Alpha", admin=True)
    await ann.say("/start")
    await ann.say("/opening 100 free")
    return ann


@pytest.fixture
async def bob(bot: Bot) -> DeskPlayer:
    """An admin of the second group."""
    return DeskPlayer(bot, "Bob", "Beta", admin=True)


async def code_of(owner: Player) -> str:
    found = re.search(r"/join (\w{4}-\w{4})", (await owner.say("/join")).text)
    assert found is not None
    return found[1]


async def joined(owner: Player, admin: Player) -> None:
    await admin.say(f"/join {await code_of(owner)}")
    assert "now uses the books of" in (await admin.press("Join")).text


async def used_by(bot: Bot, group: str) -> Wallet | None:
    return await bot.books.wallet_of(ChatRef("desk", group))


def told(bot: Bot, chat: str) -> list[str]:
    """What a group was told, apart from answers."""
    assert isinstance(bot.store, MemoryStore)
    showing = Showing(bot.books.rulebook, private=False, money=False)
    notices = [one.notice for one in bot.store.tables.deliveries.values() if one.target.chat == chat]
    firsts = [VIEWS[one.code](one, showing).parts[0] for one in notices]
    return [FALLBACK_VOICE.say(first) for first in firsts if isinstance(first, Say)]


class TestJoining:
    async def test_is_confirmed_with_both_names_and_told_to_both(
        self, bot: Bot, ann: DeskPlayer, bob: DeskPlayer
    ) -> None:
        assert "First an owner writes /join in the group whose books are to be used" in (await bob.say("/join")).text
        asked = await bob.say(f"/join {(await code_of(ann)).lower().replace('-', ' ')}")
        assert asked.text.startswith("Beta would use the books of Alpha (Desk).")
        assert await used_by(bot, "Beta") is None
        assert "Done. Beta now uses the books of Alpha (Desk)." in (await bob.press("Join")).text
        (notice,) = told(bot, "Alpha")
        assert notice.startswith("Beta (Desk) uses these books from now on: Bob wrote the code there.")
        assert "100 Connects are available" in (await bob.say("/balance")).text
        assert "This group uses the books of Alpha" in (await bob.say("/join")).text
        assert "These groups use the books already: Beta (Desk)." in (await ann.say("/join")).text
        assert isinstance(bot.store, MemoryStore)
        records = [(one.chat.id, one.line) for one in bot.store.tables.actions.values() if one.line.startswith("/join")]
        assert ("Alpha", "/join desk:Beta") in records
        assert ("Beta", "/join code=*** sure=yes") in records

    async def test_gives_the_other_groups_admins_no_rights(self, bot: Bot, ann: DeskPlayer, bob: DeskPlayer) -> None:
        await joined(ann, bob)
        for line in ("/buy 40 $6", "/settings zone=Europe/Kyiv", "/alerts low=5", "/adjust -1"):
            assert RIGHTS in (await bob.say(line)).text, line
        assert "#2 booked" in (await bob.say("/spend 4 Logo")).text
        assert "the rest is for owners and managers." in (await bob.say("/undo 1")).text
        assert "Only owners, managers and viewers of this group see" in (await bob.say("/inmoney balance")).text
        assert "Owner: the admins of the group whose books these are" in (await bob.say("/role")).text
        assert "This chat will get announcements" in (await bob.say("/subscribe design")).text
        assert await bot.books.newest(WALLET) == 2

    async def test_takes_a_code_once_and_for_ten_minutes(self, bot: Bot, ann: DeskPlayer, bob: DeskPlayer) -> None:
        cid = DeskPlayer(bot, "Cid", "Gamma", admin=True)
        code = await code_of(ann)
        await bob.say(f"/join {code}")
        await cid.say(f"/join {code}")
        await bob.press("Join")
        assert "or it was used" in (await cid.press("Join")).text
        assert await used_by(bot, "Gamma") is None
        late = await code_of(ann)
        bot.clock.pass_(minutes=10)
        assert "or its ten minutes are over" in (await cid.say(f"/join {late}")).text

    async def test_counts_guesses(self, bot: Bot, ann: DeskPlayer, bob: DeskPlayer) -> None:
        code = await code_of(ann)
        for _ in range(5):
            assert "That code does not exist" in (await bob.say("/join AAAA-2222")).text
        assert "I accept no other for an hour" in (await bob.say(f"/join {code}")).text
        other = DeskPlayer(bot, "Bob", "Gamma", admin=True)
        assert "I accept no other for an hour" in (await other.say(f"/join {code}")).text
        bot.clock.at += timedelta(hours=1)
        assert "Alpha" in (await bob.say(f"/join {await code_of(ann)}")).text
        heard = await bob.say("/join hello")
        assert "A code has eight letters and figures" in heard.text
        assert "Which code did the other group get?" in heard.text

    async def test_leaves_books_that_a_group_has_alone(self, bot: Bot, ann: DeskPlayer, bob: DeskPlayer) -> None:
        await bob.say("/start")
        asked = await bob.say(f"/join {await code_of(ann)}")
        assert "nothing is lost but the settings of this group" in asked.text
        asked_with = dict(bob.buttons)
        await bob.say("/opening 7 free")
        bob.buttons = asked_with
        assert "Beta has books of its own: 1 entry and a balance of 7." in (await bob.press("Join")).text
        wallet = await used_by(bot, "Beta")
        assert wallet is not None
        assert not wallet.joined
        assert "That code is for another group" in (await bob.say(f"/join {await code_of(bob)}")).text

    async def test_is_for_groups_and_their_admins(self, bot: Bot, ann: DeskPlayer) -> None:
        code = await code_of(ann)
        alone = DeskPlayer(bot, "Ann")
        assert "is for groups" in (await alone.say(f"/join {code}")).text
        member = DeskPlayer(bot, "Dan", "Beta")
        assert "for admins" in (await member.say(f"/join {code}")).text
        assert "for admins" in (await DeskPlayer(bot, "Eve", "Alpha").say("/join")).text


async def test_both_groups_are_told_even_if_that_fails_at_first(bot: Bot, ann: DeskPlayer, bob: DeskPlayer) -> None:
    await bob.say(f"/join {await code_of(ann)}")
    plan = Failing(bot.store, Fault(), "outbox.notify")
    bob.bot = bot_on(plan.as_store(), bot.clock)
    press = bob.buttons["Join"]
    assert "may have been done already" in (await bob.press("Join")).text
    assert told(bot, "Alpha") == []
    plan.name, bob.buttons = "", {"Join": press}
    assert "This group uses the books of Alpha (Desk)." in (await bob.press("Join")).text
    assert len(told(bot, "Alpha")) == 1


async def test_an_operator_gives_the_owners_of_the_first_group_back_from_either(
    bot: Bot, ann: DeskPlayer, bob: DeskPlayer, boss: DeskPlayer
) -> None:
    await ann.say("/role me owner")
    await joined(ann, bob)
    await boss.say("/resetowners group=desk:Beta")
    assert "the admins of this group are its owners again" in told(bot, "Alpha")[-1]
    assert told(bot, "Beta") == []
    assert "/resetowners (done)" in (await ann.say("/audit")).text


class TestParting:
    async def test_from_the_second_group(self, bot: Bot, ann: DeskPlayer, bob: DeskPlayer) -> None:
        await joined(ann, bob)
        eve = DeskPlayer(bot, "Eve", "Beta")
        assert RIGHTS in (await eve.say("/join off")).text
        assert "no longer uses the books of Alpha, which stay" in (await bob.say("/join off")).text
        assert told(bot, "Alpha")[-1] == "Bob has separated Beta (Desk) from these books, which stay as they are."
        assert await used_by(bot, "Beta") is None
        assert "No other group like that" in (await ann.say("/join off")).text

    async def test_from_the_first_group(self, bot: Bot, ann: DeskPlayer, bob: DeskPlayer) -> None:
        cid = DeskPlayer(bot, "Cid", "Gamma Ray", admin=True)
        await joined(ann, bob)
        await joined(ann, cid)
        assert (await ann.say("/join off")).buttons == ("Beta", "Gamma Ray")
        assert "Gamma Ray (Desk) no longer uses these books" in (await ann.press("Gamma Ray")).text
        assert told(bot, "Gamma Ray") == [
            "Ann has separated this group from the books of Alpha (Desk). With /start it gets books of its own."
        ]
        assert "Beta (Desk) no longer uses these books" in (await ann.say("/join off")).text
        assert await bot.store.people.groups_of(WALLET) == (ChatRef("desk", "Alpha"),)


class Answers:
    """What the platforms say of somebody, group by group."""

    def __init__(self, *, admin: bool | None, there: tuple[bool | None, bool | None]) -> None:
        self.admin, self.there = admin, dict(zip(GROUPS, there, strict=True))

    async def is_admin(self, group: ChatRef, _person: PersonId) -> bool | None:
        assert group == GROUPS[0]  # an admin of the other one is nobody's owner
        return self.admin

    async def is_member(self, group: ChatRef, _person: PersonId) -> bool | None:
        return self.there[group]


@pytest.mark.parametrize(
    ("admin", "there", "role"),
    [
        (True, (True, False), Role.OWNER),
        (False, (False, True), Role.MEMBER),
        (False, (False, False), Absent.GONE),
        (False, (False, None), Absent.UNSEEN),
        (None, (None, True), Absent.UNSEEN),
    ],
)
async def test_whoever_is_in_either_group_has_a_role_elsewhere(
    *, admin: bool | None, there: tuple[bool | None, bool | None], role: Role | Absent
) -> None:
    answers = Answers(admin=admin, there=there)
    assert await role_in_group(answers, GROUPS, UNSHARED, PersonId(7)) is role
    given = replace(UNSHARED, roles=((PersonId(7), Role.VIEWER), (PersonId(8), Role.OWNER)))
    stands = Absent.GONE if there == (False, False) else Role.VIEWER
    assert await role_in_group(answers, GROUPS, given, PersonId(7)) is stands


async def test_a_group_that_gets_a_new_id_keeps_the_books_that_it_uses(
    bot: Bot, ann: DeskPlayer, bob: DeskPlayer
) -> None:
    await joined(ann, bob)
    await bot.desk.chat_moved(ChatRef("desk", "Beta"), ChatRef("desk", "Beta, larger"))
    assert "#2 booked" in (await DeskPlayer(bot, "Bob", "Beta, larger").say("/spend 4 Logo")).text


async def test_a_team_writes_from_telegram_and_from_discord(bot: Bot) -> None:
    """Both platforms at the same time, with their real client libraries."""
    async with AsyncExitStack() as stages:
        here, there = [await stages.enter_async_context(on_stage(name, bot)) for name in ("telegram", "discord")]
        ann, bob = await here.member("Ann", "Alpha", admin=True), await there.member("Bob", "Beta", admin=True)
        await ann.say("/start")
        await ann.say("/opening 100 free")
        code = await code_of(ann)
        assert "Beta would use the books of Alpha (Telegram)." in (await bob.say(f"/join {code}")).text
        assert "Done." in (await bob.press("Join")).text
        bot.clock.pass_(hours=1)
        assert "#2 booked" in (await ann.say(f"/spend 16 {LINK}")).text
        bot.clock.pass_(minutes=5)
        asked = await bob.say(f"/spend 16 {LINK}")
        assert asked.text == "Ann bid 16 on this job today at 10:00, see #2. Bid anyway?"
        assert "#3 booked" in (await bob.press("Bid anyway")).text
        assert "68 Connects are available" in (await ann.say("/balance")).text
        assert RIGHTS in (await bob.say("/buy 40 $6")).text
        assert "Bob" in (await ann.say("/role Bob manager")).text
        assert "#4 booked" in (await bob.say("/buy 40 $6")).text
