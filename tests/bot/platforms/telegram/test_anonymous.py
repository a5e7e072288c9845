"""Admins who act in the group's name, and channels: who may press what was answered to them, and whom it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.carried import carry, overheard
from tests.bot.stages.telegram import TelegramPlayer
from tests.loopback.telegram.wire import bad_request

if TYPE_CHECKING:
    from tests.bot.stages.telegram import TelegramStage
    from tests.loopback.telegram import Chat, Message


@pytest.fixture
async def team(stage: TelegramStage) -> Chat:
    """A supergroup with an open wallet, of which Ann is an anonymous admin and Eve an ordinary one."""
    ann, eve = (await stage.person("Ann")).person, (await stage.person("Eve")).person
    team = stage.groups["Team"] = stage.server.supergroup("Team", admins=[ann, eve])
    team.anonymous.add(ann.id)
    await ann.say("/start", team, anonymous=True)
    await team.next_message()
    await ann.say("/opening 300 free", team, anonymous=True)
    await team.next_message()
    return team


async def asked(stage: TelegramStage, team: Chat, line: str) -> Message:
    """What the bot answers to a line of the anonymous admin."""
    ann = (await stage.person("Ann")).person
    await ann.say(line, team, anonymous=True)
    await stage.server.settled()
    return team.last


class TestGroup:
    @pytest.mark.parametrize("name", ["Ann", "Eve"])
    async def test_any_admin_answers_a_question_by_pressing(self, stage: TelegramStage, team: Chat, name: str) -> None:
        assert "What were they given for?" in (await asked(stage, team, "/earn")).text
        heard = await (await stage.member(name, "Team", admin=True)).press("Interview")
        assert "Ann" not in heard.text
        assert "Eve" not in heard.text
        assert "question" not in heard.text

    async def test_somebody_else_does_not(self, stage: TelegramStage, team: Chat) -> None:
        await asked(stage, team, "/earn")
        heard = await (await stage.member("Bob", "Team")).press("Interview")
        assert heard.text == "Only an admin can press that."

    async def test_what_is_booked_by_it_names_nobody(self, stage: TelegramStage, team: Chat) -> None:
        await asked(stage, team, "/spend 16 Logo")
        await (await stage.member("Eve", "Team", admin=True)).press("Mark as returned")
        history = (await asked(stage, team, "/history")).text
        assert "#3" in history
        assert "Eve" not in history
        assert "Ann" not in history

    async def test_an_anonymous_admin_is_not_named_by_other_presses_either(
        self, stage: TelegramStage, team: Chat, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await asked(stage, team, "/settings")
        heard = overheard(stage.bot.desk, monkeypatch)
        ann = await stage.member("Ann", "Team", admin=True)
        team.anonymous.add(ann.person.id)
        asked_for = await ann.press("Change time zone")
        assert asked_for.text.startswith("Which time zone?")
        assert "Reply to this message: " in asked_for.text
        await ann.person.say("Kyiv", team, anonymous=True, reply_to=team.last)
        await stage.server.settled()
        assert "Europe/Kyiv" in team.last.text
        assert [(one.who.user, one.name) for one in heard] == [(str(team.id), "Team")] * 2

    async def test_an_admin_who_is_not_anonymous_is_asked_by_name(self, stage: TelegramStage, team: Chat) -> None:
        eve = await stage.member("Eve", "Team", admin=True)
        await eve.say("/settings")
        assert (await eve.press("Change time zone")).text.startswith("Eve: Which time zone?")
        assert team.last.entities

    async def test_a_members_own_button_stays_theirs(self, stage: TelegramStage, team: Chat) -> None:
        bob = await stage.member("Bob", "Team")
        await bob.say("/spend 16 Logo")
        await bob.press("Undo")
        assert "Bob" in (await asked(stage, team, "/history")).text


class TestChannel:
    @pytest.fixture
    async def news(self, stage: TelegramStage) -> Chat:
        ann, eve, bob = [(await stage.person(name)).person for name in ("Ann", "Eve", "Bob")]
        news = stage.server.channel("News", admins=[ann, eve], members=[bob])
        await ann.say("/start", news)
        await ann.say("/opening 300 free", news)
        await stage.server.settled()
        return news

    async def player(self, stage: TelegramStage, name: str, news: Chat) -> TelegramPlayer:
        return TelegramPlayer(stage, (await stage.person(name)).person, news)

    async def test_a_press_is_answered_to_the_one_who_pressed(self, stage: TelegramStage, news: Chat) -> None:
        ann, eve = await self.player(stage, "Ann", news), await self.player(stage, "Eve", news)
        await ann.say("/spend 16 Logo")
        posted = len(news.sent)
        assert "#2 is undone" in (await eve.press("Undo")).text
        assert len(news.sent) == posted
        assert "Eve" not in (await ann.say("/history")).text

    async def test_a_reader_is_refused_alone(self, stage: TelegramStage, news: Chat) -> None:
        ann, bob = await self.player(stage, "Ann", news), await self.player(stage, "Bob", news)
        await ann.say("/spend 16 Logo")
        posted = len(news.sent)
        assert (await bob.press("Undo")).text == "Only an admin can press that."
        assert len(news.sent) == posted
        assert "284 Connects" in (await ann.say("/balance")).text

    async def test_a_question_is_answered_by_a_press_of_any_admin(self, stage: TelegramStage, news: Chat) -> None:
        ann, eve = await self.player(stage, "Ann", news), await self.player(stage, "Eve", news)
        await ann.say("/spend")
        await ann.say("/spend 16 Logo")
        await ann.say("/spend")
        assert "16 Connects" in (await eve.press("16 Connects")).text

    async def test_a_question_after_a_press_says_how_to_go_on(self, stage: TelegramStage, news: Chat) -> None:
        ann = await self.player(stage, "Ann", news)
        await ann.say("/settings")
        heard = await ann.press("Change time zone")
        assert heard.text.startswith("Which time zone?")
        assert heard.text.endswith("Please post the whole command here instead.")

    async def test_what_is_too_long_is_cut_and_says_where_to_go(self, stage: TelegramStage, news: Chat) -> None:
        ann = await self.player(stage, "Ann", news)
        for number in range(1, 15):
            await ann.say(f"/spend {number} A rather long title of a job")
        await ann.say("/history")
        posted, last = len(news.sent), news.last.text
        heard = await ann.press("Older")
        assert len(heard.text) <= 200
        assert heard.text.endswith("… For more, write to me in private: t.me/connects_bot")
        assert (len(news.sent), news.last.text) == (posted, last)

    async def test_an_answer_that_comes_too_late_is_not_posted(self, stage: TelegramStage, news: Chat) -> None:
        ann = await self.player(stage, "Ann", news)
        await ann.say("/spend 16 Logo")
        posted = len(news.sent)
        stage.server.faults.refuse(bad_request("query is too old"), method="answerCallbackQuery")
        await ann.person.press(news.last, "Undo")
        await stage.server.settled()
        assert len(news.sent) == posted

    async def test_a_notices_button_is_pressed_by_a_reader_or_in_the_channels_name(
        self, stage: TelegramStage, news: Chat, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        eve, bob = await self.player(stage, "Eve", news), await self.player(stage, "Bob", news)
        await carry(stage, bob)
        heard = overheard(stage.bot.desk, monkeypatch)
        await bob.press("History")
        await eve.press("History")
        assert [one.name for one in heard] == ["Bob", "News"]
