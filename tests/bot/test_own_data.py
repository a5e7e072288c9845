"""/mydata sends everything that is kept of a person, and /forgetme forgets them; both in private only."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.documents.writing.person.page import LISTS
from core.forgetting.disclosure import KEYS
from core.links.model import Accounts
from core.shared.ids import PersonId
from core.wallets.people import Identity
from storage import open_store
from tests.bot.failing import bot_on
from tests.bot.linked import Linking
from tests.bot.stage import PLATFORMS, Bot, Heard, Player, on_stage
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.clock import TestClock

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SECRETS = ("seal", "salt", "key", "seed", "code")


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_person_gets_their_data_and_is_forgotten(bot: Bot, platform: str) -> None:
    async with on_stage(platform, bot) as stage:
        ann = await stage.person("Ann")
        await ann.say("/start")
        await ann.say("/spend 16 Logo redesign")
        files = await handed(ann)
        assert set(files) == {"connects-data.html", "connects-data.json"}
        assert b"Logo redesign" in files["connects-data.html"]
        assert [one["title"] for one in data_in(files)["entries"]] == ["Logo redesign", ""]
        heard = await ann.say("/forgetme")
        assert "your 2 entries, because the books are sealed" in heard.text
        assert "the numbers that Upwork gave to jobs and proposals." in heard.text
        heard = await ann.press("Forget me")
        assert "This cannot be undone, and 2 entries lose their words and your name." in heard.text
        heard = await ann.press("Yes, with my 2 entries")
        assert "You are forgotten." in heard.text
        assert "not open yet" in (await ann.say("/whoami")).text


async def handed(player: Player) -> Mapping[str, bytes]:
    """Both files, which are two messages on Telegram."""
    files = dict((await player.say("/mydata")).files)
    for shows in ("on a page to read", "The same as data for programs"):
        if len(files) < 2:
            files |= (await player.read_later(shows)).files
    return files


def data_in(files: Mapping[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files["connects-data.json"])
    return found


@pytest.fixture
def stage(bot: Bot) -> DeskStage:
    return DeskStage(bot)


@pytest.fixture
async def ann(stage: DeskStage) -> DeskPlayer:
    ann = await stage.person("Ann")
    await ann.say("/start")
    await ann.say("/spend 16 Logo redesign")
    return ann


@pytest.fixture
async def team(stage: DeskStage, ann: DeskPlayer) -> tuple[DeskPlayer, DeskPlayer]:
    """Ann, who owns a group's books, and Ben, who books there, too."""
    await ann.say("/settings zone=Berlin")
    here, ben = await stage.member("Ann", "Team", admin=True), await stage.member("Ben", "Team")
    for line in ("/start", "/opening 100 free", "/role me owner", "/spend 4 Banner"):
        await here.say(line)
    await ben.say("/spend 8 Mural")
    return here, ben


async def forget(player: DeskPlayer) -> Heard:
    await player.say("/forgetme")
    await player.press("Forget me")
    return await player.say("forget")


class TestData:
    async def test_has_all_lists_and_nothing_of_others(
        self, ann: DeskPlayer, team: tuple[DeskPlayer, DeskPlayer]
    ) -> None:
        here, ben = team
        assert "Wallet" in (await ben.say("/whoami")).text
        await here.say("/role Ben manager")
        await here.say("/limit Ben 50 a week")
        await here.say("/limit me 60 a week")
        files = await handed(ann)
        found = data_in(files)
        assert tuple(found)[2:] == KEYS
        assert [one["connects"] for one in found["group_entries"]] == [-4, 100]
        (group,) = found["groups"]
        assert (group["titles"], group["roles"]) == (["Team"], ["owner"])
        assert [one["amount"] for one in group["limits"]] == [60]
        page = files["connects-data.html"].decode()
        for name in KEYS:
            assert all({*LISTS[name]} <= {*value} for value in found[name])
            assert (f'<h2 id="h-{name}">' in page) is bool(found[name])
        for content in files.values():
            assert b"Mural" not in content
            assert b"Ben" not in content
        assert not [secret for secret in SECRETS if f'"{secret}"' in files["connects-data.json"].decode()]

    async def test_is_for_nobody_else_to_read(self, team: tuple[DeskPlayer, DeskPlayer]) -> None:
        here, _ = team
        assert "Write /mydata in our private chat." in (await here.say("/mydata")).text
        assert "Write /forgetme in our private chat." in (await here.say("/forgetme")).text

    async def test_has_the_books_of_all_whom_one_has_been(self, stage: DeskStage, bot: Bot) -> None:
        """A link of people of whom one stood for somebody else already."""
        for name in ("Zed", "Amy", "Bea"):
            await (await stage.person(name)).say("/start")
        for first, second in (("Amy", "Bea"), ("Zed", "Amy")):
            await Linking(bot, first, second).link(Accounts.SAME)
        found = data_in(await handed(await stage.person("Bea")))
        assert [one["number"] for one in found["persons"]] == [1, 2, 3]
        assert [one["number"] for one in found["wallets"]] == [1, 2, 3]

    async def test_needs_no_wallet(self, stage: DeskStage) -> None:
        cy = await stage.person("Cy")
        found = data_in(await handed(cy))
        assert (found["persons"], found["wallets"]) == ([{"number": 1, "name": "Cy", "used": None}], [])


class TestForgetting:
    async def test_takes_the_given_word(self, ann: DeskPlayer) -> None:
        await ann.say("/forgetme")
        await ann.press("Forget me")
        heard = await ann.say("no idea")
        assert "That was not the word, so nothing is forgotten yet." in heard.text
        assert "You are forgotten." in (await ann.say("Forget")).text

    async def test_takes_no_word_without_the_first_question(self, ann: DeskPlayer) -> None:
        assert "Nobody can undo this." in (await ann.say("/forgetme forget")).text

    async def test_ends_its_first_question(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/forgetme")
        bot.clock.at += timedelta(minutes=17)
        assert "more than fifteen minutes old, so nothing is forgotten" in (await ann.press("Forget me")).text

    async def test_ends_its_second_question(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/forgetme")
        await ann.press("Forget me")
        bot.clock.at += timedelta(minutes=17)
        await ann.press("Yes, with my 2 entries")
        assert "Ann (no. 1)" in (await ann.say("/whoami")).text

    async def test_is_called_off(self, ann: DeskPlayer) -> None:
        await ann.say("/forgetme")
        await ann.press("Forget me")
        await ann.say("/cancel")
        await ann.say("forget")
        assert "Ann (no. 1)" in (await ann.say("/whoami")).text

    async def test_keeps_nothing_after_its_answer(self, bot: Bot, ann: DeskPlayer) -> None:
        await forget(ann)
        assert await bot.store.personal_data.notes("", 100) == ()
        assert await bot.store.people.names([PersonId(1)]) == {}

    async def test_pressed_twice_forgets_once(self, ann: DeskPlayer) -> None:
        await ann.say("/forgetme")
        await ann.press("Forget me")
        first, second = await ann.press_twice("Yes, with my 2 entries")
        assert "You are forgotten." in first.text
        assert "You are forgotten." not in second.text

    @pytest.mark.usefixtures("team")
    async def test_says_what_it_means_for_a_group(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/forgetme")
        assert "You are the only owner of Team." in heard.text
        assert "and 2 that you booked in groups, as those of someone." in heard.text

    async def test_says_what_it_means_for_a_promotion(self, stage: DeskStage) -> None:
        boss = await stage.person("boss")
        await boss.say("/promote Summer gives=20 ends=5 days text=Welcome")
        await boss.press("Launch")
        assert "Your promotion Summer goes on without your name." in (await boss.say("/forgetme")).text

    async def test_leaves_figures_of_someone_in_a_group(
        self, team: tuple[DeskPlayer, DeskPlayer], stage: DeskStage
    ) -> None:
        here, _ = team
        await forget(await stage.person("Ben"))
        told = await here.say("/team")
        assert "someone: 8" in told.text
        assert "Ben" not in told.text
        assert "someone" not in told.buttons, "nobody can be asked about who has no name"
        assert "someone" in (await here.say("/history")).text
        await forget(await stage.person("Ann"))
        cy = await stage.member("Cy", "Team", admin=True)
        assert (await cy.say("/team")).text.count("someone: ") == 2
        assert "someone" not in (await cy.say("/role")).text


async def test_identities_are_gone(bot: Bot, ann: DeskPlayer) -> None:
    await forget(ann)
    person = await bot.store.people.person(Identity("desk", "Ann"), "Ann")
    assert person.id == 2


async def test_no_word_of_the_conversation_stays_in_the_files(tmp_path: Path) -> None:
    """Buttons, questions and answers are kept for a while, and the question of /forgetme itself is one of them."""
    file = tmp_path / "books.db"
    async with open_store(f"sqlite:///{file}") as store:
        ann = DeskPlayer(bot_on(store, TestClock()), "Ann")
        for line in (
            "/start",
            "/spend 16 Kumquat redesign",
            "/spend",
            "/cancel",
            "kumquat got a reply",
            "/spend 40 Kumquat",
        ):
            await ann.say(line)
        assert b"umquat" in bytes_in(tmp_path)
        assert "You are forgotten." in (await forget(ann)).text
        assert b"umquat" not in bytes_in(tmp_path)
        assert await store.personal_data.notes("", 100) == ()


def bytes_in(folder: Path) -> bytes:
    return b"".join(one.read_bytes() for one in folder.iterdir())
