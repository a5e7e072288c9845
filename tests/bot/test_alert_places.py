"""Where a group's alerts go: the place is chosen, checked and asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.shared.ids import PersonId
from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Alerts, Where
from tests.bot.carrier import FakeCarrier
from tests.bot.stages.desk import DeskStage
from tests.bot.telling import live_on

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

GENERAL, BILLING, ART = "1", "2", "3"
NAMES = {GENERAL: "#general", BILLING: "#billing", ART: "#art"}
CARD = "This group's alerts are now:"
ASKED = "Nobody has chosen"


@pytest.fixture
def carrier(bot: Bot) -> FakeCarrier:
    """A platform whose groups have three channels."""
    carrier = FakeCarrier("desk", named=dict(NAMES))
    live_on(bot, carrier)
    return carrier


@pytest.fixture
async def lea(bot: Bot, carrier: FakeCarrier) -> DeskPlayer:
    """An admin who has opened the wallet of a group in its first channel."""
    assert carrier
    lea = await DeskStage(bot).member("Lea", "Team", admin=True)
    lea.place = GENERAL
    await lea.say("/start")
    return lea


async def alerts(bot: Bot) -> Alerts:
    wallet = await bot.books.wallet_of(ChatRef("desk", "Team"))
    assert wallet is not None
    return wallet.settings.alerts


async def forget_place(bot: Bot) -> None:
    """As in a group whose wallet was opened by a version that knew no places."""
    wallet = await bot.books.wallet_of(ChatRef("desk", "Team"))
    assert wallet is not None
    await bot.store.people.save_settings(wallet.id, replace(wallet.settings, alerts=Alerts()))


class TestByDefault:
    async def test_they_go_where_the_wallet_was_opened(self, bot: Bot, carrier: FakeCarrier) -> None:
        assert carrier
        lea = await DeskStage(bot).member("Lea", "Team", admin=True)
        lea.place = BILLING
        heard = await lea.say("/start")
        assert "Its alerts will come to #billing." in heard.text
        assert "Where alerts go" in heard.buttons
        assert (await alerts(bot)).place == BILLING
        lea.place = GENERAL
        assert "Its alerts will come to #billing." in (await lea.say("/start")).text
        assert (await alerts(bot)).place == BILLING

    async def test_a_group_without_parts_is_its_own_place(self, bot: Bot) -> None:
        lea = await DeskStage(bot).member("Lea", "Team", admin=True)
        heard = await lea.say("/start")
        assert "alerts" not in heard.text
        assert (await alerts(bot)).place == ""
        assert "Sent to: this group" in (await lea.say("/alerts")).text

    async def test_not_where_the_bot_may_not_write(self, bot: Bot, carrier: FakeCarrier) -> None:
        carrier.lacking[ART] = ("embeds", "files")
        lea = await DeskStage(bot).member("Lea", "Team", admin=True)
        lea.place = ART
        heard = await lea.say("/start")
        assert "I cannot write in #art: I lack Embed Links and Attach Files." in heard.text
        assert (await alerts(bot)).place is None
        assert "Sent to: no channel yet" in (await lea.say("/alerts")).text


class TestChosen:
    @pytest.mark.parametrize(
        "line",
        [
            *("/alerts here", "/alerts hier", "/alerts this channel", "/alerts place=here", "/alerts place here"),
            *("/alerts place=this channel", "/alerts place=billing", "/alerts place=#Billing", "/alerts #billing"),
            *("/alerts <#2>", "/alerts place=<#2>", "/alerts place=in here", "/alerts place this topic"),
        ],
    )
    async def test_in_many_words(self, bot: Bot, lea: DeskPlayer, line: str) -> None:
        lea.place = BILLING
        heard = await lea.say(line)
        assert heard.text.startswith(f"Saved. {CARD}")
        assert heard.text.endswith("Sent to: #billing")
        assert (await alerts(bot)).place == BILLING

    async def test_by_its_id_as_a_native_form_sends_it(self, bot: Bot, carrier: FakeCarrier, lea: DeskPlayer) -> None:
        carrier.named["112233445566778899"] = "#far"
        assert "Sent to: #far" in (await lea.say("/alerts place=112233445566778899 low=5")).text
        assert (await alerts(bot)).place == "112233445566778899"

    async def test_by_a_button(self, bot: Bot, carrier: FakeCarrier, lea: DeskPlayer) -> None:
        carrier.lacking[ART] = ("send",)
        await lea.say("/alerts")
        heard = await lea.press("Change place")
        assert heard.text == "Where should this group's alerts go?"
        assert heard.buttons == ("Here", "To me, in private", "Both", "#billing")
        await lea.press("#billing")
        assert (await alerts(bot)).place == BILLING
        await lea.say("/alerts place=?")
        assert "Sent to: #general" in (await lea.say("general")).text

    async def test_one_that_the_bot_may_not_write_in_is_refused_with_what_is_missing(
        self, bot: Bot, carrier: FakeCarrier, lea: DeskPlayer
    ) -> None:
        carrier.lacking[ART] = ("embeds", "files")
        heard = await lea.say("/alerts place=#art low=5")
        assert heard.text == (
            "I cannot write in #art: I lack Embed Links and Attach Files. Allow that there, or choose another place."
        )
        assert (await alerts(bot)).place == GENERAL
        assert "cannot write in #art" in (await lea.press("Try again")).text
        del carrier.lacking[ART]
        await lea.say("/alerts place=#art")
        assert (await alerts(bot)).place == ART

    async def test_here_too_is_checked_and_tried_again(self, bot: Bot, carrier: FakeCarrier, lea: DeskPlayer) -> None:
        lea.place, carrier.lacking[ART] = ART, ("topic",)
        assert "I lack access to the topic, which is closed or deleted" in (await lea.say("/alerts here")).text
        del carrier.lacking[ART]
        assert "Sent to: #art" in (await lea.press("Try again")).text
        assert (await alerts(bot)).place == ART

    async def test_one_that_cannot_be_checked_is_saved_and_that_is_said(
        self, bot: Bot, carrier: FakeCarrier, lea: DeskPlayer
    ) -> None:
        carrier.lacking[BILLING] = None
        assert "I could not check whether I may write there." in (await lea.say("/alerts place=billing")).text
        assert (await alerts(bot)).place == BILLING
        assert "I could not check" not in (await lea.say("/alerts here")).text

    @pytest.mark.parametrize("lacking", [("unknown",), None])
    @pytest.mark.parametrize(
        ("line", "answer"),
        [
            ("place=999999999999999999", "That is no channel of this server, or I do not see it."),
            ("place=<#99>", "That is no channel of this server, or I do not see it."),
            ("place=accounting", "I see no channel called “accounting” here."),
        ],
    )
    async def test_one_elsewhere_or_unknown_is_refused_with_a_way_on(
        self, bot: Bot, carrier: FakeCarrier, lea: DeskPlayer, line: str, answer: str, *, lacking: tuple[str] | None
    ) -> None:
        lea.place, carrier.lacking = ART, {"99": lacking, "999999999999999999": lacking}
        heard = await lea.say(f"/alerts {line}")
        assert heard.text.startswith(answer)
        assert heard.buttons == ("Here", "Choose another…")
        assert (await alerts(bot)).place == GENERAL
        await lea.press("Here")
        assert (await alerts(bot)).place == ART

    async def test_one_that_has_no_name_because_it_is_archived_is_taken(self, bot: Bot, lea: DeskPlayer) -> None:
        assert "Sent to: another topic of this group" in (await lea.say("/alerts place=<#77>")).text
        assert (await alerts(bot)).place == "77"

    async def test_of_two_with_one_name_one_is_asked_for(self, bot: Bot, carrier: FakeCarrier, lea: DeskPlayer) -> None:
        carrier.named["4"] = "#Billing"
        heard = await lea.say("/alerts place=billing")
        assert heard.text == "Several channels here are called “billing”. Which one do you mean?"
        await lea.press("#Billing")
        assert (await alerts(bot)).place == "4"

    @pytest.mark.parametrize("words", ["", "#", "this", "x" * 120])
    async def test_words_that_name_nothing_are_asked_about(self, bot: Bot, lea: DeskPlayer, words: str) -> None:
        assert "Write “here” for this place" in (await lea.say(f'/alerts place="{words}"')).text
        assert (await alerts(bot)).place == GENERAL

    async def test_in_private_there_is_none(self, ann: DeskPlayer) -> None:
        for line in ("/alerts here", "/alerts place=here", "/alerts place=private", "/alerts place=#billing"):
            assert "Alerts here are private already" in (await ann.say(line)).text


class TestOnPlatformsThatNameNoPlaces:
    @pytest.fixture
    def carrier(self, bot: Bot) -> FakeCarrier:
        carrier = FakeCarrier("desk")
        live_on(bot, carrier)
        return carrier

    async def test_the_topic_in_which_it_is_said_and_the_group_itself(self, bot: Bot, lea: DeskPlayer) -> None:
        assert "Sent to: this topic" in (await lea.say("/alerts")).text
        lea.place = BILLING
        assert "Sent to: another topic of this group" in (await lea.say("/alerts")).text
        assert "Sent to: this topic" in (await lea.say("/alerts here")).text
        assert (await alerts(bot)).place == BILLING
        assert "Sent to: this group" in (await lea.say("/alerts place=general")).text
        assert (await alerts(bot)).place == ""

    async def test_a_name_is_answered_with_what_helps(self, bot: Bot, lea: DeskPlayer) -> None:
        heard = await lea.say("/alerts place=billing")
        assert heard.text.startswith("I do not know topics by their names.")
        assert heard.buttons == ("Here", "Choose another…")
        assert (await alerts(bot)).place == GENERAL


class TestInPrivate:
    async def test_a_place_brings_them_back_to_the_group(self, bot: Bot, lea: DeskPlayer) -> None:
        assert "Sent to: Lea, in private" in (await lea.say("/alerts place=private")).text
        assert (await alerts(bot)).where is Where.PRIVATE
        assert "Sent to: #general, and Lea in private" in (await lea.say("/alerts place=both")).text
        assert "Sent to: #billing, and Lea in private" in (await lea.say("/alerts #billing")).text
        await lea.say("/alerts where=private")
        assert (await lea.say("/alerts here")).text.endswith("Sent to: #general")
        assert (await alerts(bot)).person is None

    @pytest.mark.parametrize("line", ["where=private", "where=both", "place=private", "place=both"])
    @pytest.mark.parametrize("account", ["-1001", "Team"])
    async def test_who_writes_as_the_group_has_no_private_chat(
        self, bot: Bot, lea: DeskPlayer, line: str, account: str
    ) -> None:
        """An anonymous admin, or a channel: no other person's private chat is chosen either."""
        lea.seat = Identity("desk", account)
        heard = await lea.say(f"/alerts {line}")
        assert heard.text.startswith("You write as the group or channel itself, which has no private chat with me.")
        assert (await alerts(bot)).where is Where.GROUP
        assert (await lea.say("/alerts place=?")).buttons == ("Here", "#billing", "#art")


class TestSwitched:
    async def test_off_alone_asks_which(self, bot: Bot, lea: DeskPlayer) -> None:
        heard = await lea.say("/alerts off")
        assert heard.text == "Which alerts shall I switch off?"
        assert heard.buttons[-2:] == ("Switch off: Weekly digest", "Switch all off")
        assert "Switch off: Budget" not in heard.buttons
        heard = await lea.press("Switch all off")
        assert "\nOff: Low balance, Expiring Connects, Runway, Budget, Monthly Connects" in heard.text
        assert (await lea.say("/alerts off")).text.startswith("All of this group's alerts are off\n")
        assert not (await alerts(bot)).digest

    async def test_on_alone_asks_which_and_takes_the_usual_figures(self, bot: Bot, lea: DeskPlayer) -> None:
        await lea.say("/alerts off")
        await lea.press("Switch all off")
        heard = await lea.say("/alerts on")
        assert heard.text == "Which alerts shall I switch on?"
        await lea.press("Switch on all that need no figure")
        assert await alerts(bot) == Alerts(place=GENERAL)
        assert (await lea.say("/alerts on")).buttons == ("Switch on: Low balance", "Switch on: Budget")
        await lea.press("Switch on: Budget")
        assert "Budget: 0 of 300" in (await lea.say("300")).text
        await lea.say("/alerts low=5")
        assert (await lea.say("/alerts turn on")).text.startswith("All of this group's alerts are on\n")

    async def test_a_button_shows_what_can_be_switched(self, bot: Bot, lea: DeskPlayer) -> None:
        await lea.say("/snooze digest 7")
        await lea.say("/alerts")
        heard = await lea.press("Switch on or off")
        assert heard.buttons == (
            *("Switch on: Low balance", "Switch off: Expiring Connects", "Switch off: Runway", "Switch on: Budget"),
            *("Switch off: Monthly Connects", "Switch off: Promotions and contests", "Switch off: Import reminder"),
            *("Switch off: Questions about proposals", "Unsnooze: Weekly digest", "Switch on: Friday summary"),
            "Due day of monthly Connects",
        )
        await lea.press("Unsnooze: Weekly digest")
        assert not (await alerts(bot)).snoozed


class TestAskedFor:
    """A group from before has no place. The next admin who comes is asked."""

    @pytest.fixture
    async def lea(self, bot: Bot, lea: DeskPlayer) -> DeskPlayer:
        await forget_place(bot)
        bot.clock.pass_(minutes=11)
        return lea

    async def test_beside_any_answer_to_an_admin(self, bot: Bot, lea: DeskPlayer) -> None:
        bob = await DeskStage(bot).member("Bob", "Team")
        bob.place = BILLING
        assert "Shall they come" not in (await bob.say("/balance")).text
        lea.place = BILLING
        heard = await lea.say("/balance")
        assert heard.text.endswith("Shall they come to #billing?")
        assert heard.buttons[-3:] == ("Alerts here", "Choose another…", "Not now")
        assert "Sent to: #billing" in (await lea.press("Alerts here")).text
        bot.clock.pass_(days=2)
        assert "Shall they come" not in (await lea.say("/balance")).text

    async def test_once_a_day(self, bot: Bot, lea: DeskPlayer) -> None:
        asked = []
        for _ in range(5):
            asked.append("Shall they come" in (await lea.say("/balance")).text)
            bot.clock.pass_(hours=8)
        assert asked == [True, False, True, False, False]

    async def test_not_now_rests_for_a_month(self, bot: Bot, lea: DeskPlayer) -> None:
        await lea.say("/balance")
        assert "I will not ask again for 30 days." in (await lea.press("Not now")).text
        bot.clock.pass_(days=29)
        assert "Shall they come" not in (await lea.say("/balance")).text
        bot.clock.pass_(days=2)
        assert "Shall they come" in (await lea.say("/balance")).text

    async def test_another_place_can_be_chosen(self, bot: Bot, lea: DeskPlayer) -> None:
        await lea.say("/balance")
        await lea.press("Choose another…")
        await lea.press("#art")
        assert (await alerts(bot)).place == ART

    async def test_not_beside_the_answer_that_chooses_one(self, lea: DeskPlayer) -> None:
        assert (await lea.say("/alerts here")).text.endswith("Sent to: #general")

    async def test_not_while_they_go_to_a_private_chat(self, bot: Bot, lea: DeskPlayer) -> None:
        wallet = await bot.books.wallet_of(ChatRef("desk", "Team"))
        assert wallet is not None
        private = replace(wallet.settings.alerts, where=Where.PRIVATE, person=PersonId(1))
        await bot.store.people.save_settings(wallet.id, replace(wallet.settings, alerts=private))
        assert "Shall they come" not in (await lea.say("/balance")).text

    async def test_not_in_a_group_without_parts(self, lea: DeskPlayer) -> None:
        lea.place = ""
        assert "Shall they come" not in (await lea.say("/balance")).text
