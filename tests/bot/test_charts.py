"""Pictures of figures: what their captions say, what is drawn, and what is said while they are not there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bot.pictures.drawings import Drawings
from bot.pictures.model import BalanceChart, FunnelChart, Level, ReplyCostChart, SpendChart
from bot.pictures.studio import NotDrawnError
from bot.processes.errors import BusyError
from bot.processes.owned_tasks import MOST_EACH, Stop
from bot.reply.parts import say
from bot.views.charts.replies import ReplyData
from core.shared.money import Price
from core.stats.model import FunnelStep, Rate, Step, UnitCost
from tests.bot.pictures.painter import PNG, chart
from tests.bot.pictures.sketching import Sketches
from tests.bot.stage import a_bot, on_stage
from tests.bot.stages.desk import DeskPlayer, DeskStage
from tests.clock import TestClock
from tests.imports.sample_truth import WIDE, content, copied

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Bot


@pytest.fixture
async def bot() -> AsyncGenerator[Bot]:
    async with a_bot(clock=TestClock(datetime(2025, 12, 1, 9, tzinfo=UTC)), works=False) as bot:
        yield bot


@pytest.fixture
async def ann(bot: Bot) -> DeskPlayer:
    """Somebody who has spent 16 Connects on 1 December, and bought 40 and spent 8 three weeks later."""
    ann = await DeskStage(bot).person("ann")
    await ann.say("/start")
    await ann.say("/spend 16 Logo redesign")
    bot.clock.pass_(days=21)
    await ann.say("/buy 40 for $6.00")
    await ann.say("/spend 8 boost Logo redesign")
    bot.clock.pass_(days=19)
    return ann


async def _levels(ann: DeskPlayer, bot: Bot) -> tuple[Level, ...]:
    await ann.say("/chart balance all")
    drawn = bot.studio.charts[-1]
    assert isinstance(drawn, BalanceChart)
    return drawn.levels


class TestBalance:
    async def test_the_caption_repeats_what_the_picture_shows(self, ann: DeskPlayer, bot: Bot) -> None:
        shown = await ann.say("/chart balance")
        assert shown.text == (
            "36 Connects are available, 32 more than on Dec 1, 2025. At the usual pace they run out about May 16, 2026."
        )
        assert shown.files == {"balance.png": PNG}
        (drawn,) = bot.studio.charts
        assert isinstance(drawn, BalanceChart)
        assert [(level.day.isoformat(), level.amount) for level in drawn.levels] == [
            ("2025-12-01", 4), ("2025-12-22", 36), ("2026-01-10", 36),
        ]  # fmt: skip
        assert (drawn.today, drawn.now_text) == (date(2026, 1, 10), "36")
        assert drawn.forecast is not None
        assert drawn.forecast.days[0] == (date(2026, 1, 10), 36, 36, 36)

    async def test_a_time_that_is_over_has_nothing_ahead(self, ann: DeskPlayer, bot: Bot) -> None:
        shown = await ann.say("/chart balance last month")
        assert shown.text == (
            "On Dec 31, 2025, 36 Connects were available, 32 more than on Dec 1, 2025."
            " The lowest balance was 4 on Dec 1, 2025."
        )
        (drawn,) = bot.studio.charts
        assert isinstance(drawn, BalanceChart)
        assert (drawn.today, drawn.forecast, drawn.expiries) == (date(2025, 12, 31), None, ())

    async def test_an_import_that_was_taken_back_leaves_no_days(self, bot: Bot) -> None:
        bot.clock.at = copied("freelancer-1")
        ann = await DeskStage(bot).person("ann")
        await ann.say("/start")
        await ann.paste(content("freelancer-1", WIDE).decode())
        for label in ("I do not know", "Book all"):
            await ann.press(label)
        assert len(await _levels(ann, bot)) > 1
        assert "taken back" in (await ann.say("/import undo")).text
        assert len(await _levels(ann, bot)) == 1

    async def test_a_time_before_the_books_shows_how_to_fill_them(self, ann: DeskPlayer, bot: Bot) -> None:
        shown = await ann.say("/chart balance october")
        assert shown.text.startswith("Your books begin on Dec 1, 2025, so there is nothing to draw before that.")
        assert shown.buttons[:2] == ("Import from Upwork", "This month")
        assert not bot.studio.charts


class TestSpend:
    async def test_the_picture_has_a_bar_for_each_week(self, ann: DeskPlayer, bot: Bot) -> None:
        shown = await ann.say("/chart spend")
        assert shown.text == (
            "Dec 1, 2025 \u2013 Jan 10, 2026: 24 Connects were spent (16 on proposals, 8 on boosts), at a cost of "
            "$0.60. The highest week began on Dec 1, 2025, with 16."
        )
        (drawn,) = bot.studio.charts
        assert isinstance(drawn, SpendChart)
        assert [kind.name for kind in drawn.kinds] == ["Proposal", "Boost"]
        assert [bar.spent for bar in drawn.bars] == [(16, 0), (0, 0), (0, 0), (0, 8), (0, 0), (0, 0)]

    async def test_a_group_reads_no_money(self, bot: Bot) -> None:
        lea = await DeskStage(bot).member("lea", "Team", admin=True)
        await lea.say("/start")
        await lea.say("/buy 40 for $6.00")
        await lea.say("/spend 30 Logo")
        shown = await lea.say("/chart spend")
        assert "$" not in shown.text
        assert shown.buttons[-1] == "In money"


class TestProposals:
    async def test_the_funnel_says_replies_with_their_range(self, ann: DeskPlayer, bot: Bot) -> None:
        shown = await ann.say("/chart funnel")
        assert shown.text.startswith("Nobody has told me what became of these proposals")
        assert shown.buttons[0] == "Import from Upwork"
        await ann.say("replied for Logo redesign")
        shown = await ann.say("/chart funnel")
        assert shown.text == (
            "Oct 13, 2025 \u2013 Jan 10, 2026. Replies: 1 of 1 (100\u00a0%), likely at least 21\u00a0%. Hires: 0."
            " A reply cost 24 Connects ($0.60)."
        )
        (drawn,) = bot.studio.charts
        assert isinstance(drawn, FunnelChart)
        assert [(stage.name, stage.rate) for stage in drawn.stages] == [
            ("Viewed", 1.0), ("Replies", 1.0), ("Interviews", 0.0), ("Hires", 0.0),
        ]  # fmt: skip
        assert drawn.base == "1 proposal"

    async def test_proposals_that_are_too_recent_have_no_picture(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 8 Banner")
        await ann.say("replied for Banner")
        assert (await ann.say("/chart funnel this month")).text.startswith(
            "The only proposal of this period is too recent. I count a proposal 14 days after it was sent."
        )

    async def test_what_a_reply_cost_is_shown_in_connects_and_in_money(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("replied for Logo redesign")
        bot.clock.pass_(days=30)
        shown = await ann.say("/chart replies")
        assert shown.text == "Feb 10, 2025 \u2013 Feb 9, 2026. A reply cost 24 Connects on average."
        assert (await ann.press("In money")).text == "Feb 10, 2025 \u2013 Feb 9, 2026. A reply cost $0.60 on average."
        assert (await ann.press("In Connects")).text == shown.text
        connects, money, _ = bot.studio.charts
        assert isinstance(connects, ReplyCostChart)
        assert isinstance(money, ReplyCostChart)
        assert (connects.months[0].cost, connects.months[0].cost_text, connects.months[0].count_text) == (24, "24", "1")
        assert (money.months[0].cost, money.months[0].cost_text) == (60, "$0.60")

    @pytest.mark.parametrize(
        ("money", "cost"),
        [
            (None, None),
            ((), 0),
            ((Price(300, 20, "USD"),), 320),
            ((Price(200, 0, "EUR"),), None),
            ((Price(200, 0, "EUR"), Price(300, 0, "USD")), None),
        ],
    )
    def test_what_was_paid_in_another_currency_is_not_left_out(
        self, money: tuple[Price, ...] | None, cost: int | None
    ) -> None:
        whole = FunnelStep(Step.REPLY, Rate(1, 2), None)
        assert ReplyData((), whole, say("day"), "USD").cost(UnitCost(80, money)) == cost

    async def test_the_currency_is_the_one_that_was_paid_in(self, bot: Bot) -> None:
        ann = await DeskStage(bot).person("ann")
        for line in ("/start", "/spend 20 Shop", "/buy 40 for 10 EUR", "/spend 16 Logo redesign", "#4 replied"):
            await ann.say(line)
        bot.clock.pass_(days=50)
        await ann.say("/chart replies")
        assert (await ann.press("In money")).text == "Jan 21, 2025 \u2013 Jan 20, 2026. A reply cost €4.00 on average."


class TestPressing:
    async def test_no_button_leads_to_the_period_that_is_shown(self, ann: DeskPlayer) -> None:
        for command in ("/chart balance", "/stats"):
            assert "All time" not in (await ann.say(f"{command} ever")).buttons
            assert "This month" not in (await ann.say(f"{command} january")).buttons

    async def test_a_press_draws_another_period_and_another_picture(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/chart balance")
        shown = await ann.press("Last month")
        assert shown.text.startswith("On Dec 31, 2025")
        assert "Last month" not in shown.buttons
        assert (await ann.press("Spending")).text.startswith("Dec 1, 2025 \u2013 Dec 31, 2025: 24 Connects")
        assert [type(drawn).__name__ for drawn in bot.studio.charts] == ["BalanceChart", "BalanceChart", "SpendChart"]

    async def test_a_dark_background_is_a_setting(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/chart balance")
        assert "Pictures: on a dark background" in (await ann.say("/settings dark=yes")).text
        await ann.say("/chart balance")
        assert [drawn.dark for drawn in bot.studio.charts] == [False, True]


class TestFaults:
    async def test_the_figures_are_said_if_they_cannot_be_drawn(self, ann: DeskPlayer, bot: Bot) -> None:
        bot.studio.error = NotDrawnError("1a2b3c4d")
        shown = await ann.say("/chart balance last month")
        assert shown.text.startswith("On Dec 31, 2025")
        assert "give the operator this number: 1a2b3c4d" in shown.text
        bot.studio.error = None
        assert (await ann.press("Try again")).files

    async def test_so_they_are_if_too_many_wait(self, ann: DeskPlayer, bot: Bot) -> None:
        bot.studio.error = BusyError()
        shown = await ann.say("/chart balance last month")
        assert "I am drawing several pictures already" in shown.text
        assert shown.buttons == ("Try again",)


async def test_an_admin_sees_a_group_in_money(bot: Bot) -> None:
    async with on_stage("console", bot) as stage:
        lea = await stage.member("Lea", "Team", admin=True)
        for line in ("/start", "/buy 40 for $6.00", "/opening 0 free", "/spend 30 Logo"):
            await lea.say(line)
        assert "$" not in (await lea.say("/chart spend")).text
        shown = await lea.press("In money")
        assert "at a cost of $4.50" in shown.text
        assert list(shown.files.values()) == [PNG]


async def test_a_platform_that_stops_stops_the_drawing(ann: DeskPlayer, bot: Bot) -> None:
    bot.studio.hold()
    await ann.say("/chart balance last month")
    assert ann.coming is not None
    ann.coming.stop()
    assert (await ann.read_later("I was stopped before this was ready.")).buttons == ("Try again",)
    bot.studio.release()
    assert (await ann.press("Try again")).text.startswith("On Dec 31, 2025")


async def test_in_a_group_nobody_else_stops_it(bot: Bot) -> None:
    async with on_stage("telegram", bot) as stage:
        lea, bob = await stage.member("Lea", "Team", admin=True), await stage.member("Bob", "Team")
        for line in ("/start", "/buy 40"):
            await lea.say(line)
        bot.studio.hold()
        await lea.say("/chart balance")
        assert "only they can stop it" in (await bob.press("Cancel")).text
        assert "Draw it" in (await lea.press("Cancel")).buttons


async def test_after_a_restart_nothing_is_drawn_and_it_can_be_begun_again(bot: Bot) -> None:
    ann = await DeskStage(bot).person("ann")
    await ann.say("/start")
    shown = await ann.say("/chart balance stop=17")
    assert (shown.text, shown.buttons) == ("Nothing is being drawn now.", ("Draw it",))
    assert (await ann.press("Draw it")).files


class TestDrawings:
    async def test_who_asks_for_many_does_not_keep_others_waiting(self) -> None:
        studio = Sketches()
        drawings = Drawings(studio, grace=0)
        studio.hold()
        for _ in range(MOST_EACH):
            drawings.begin("ann", chart("hers"))
        with pytest.raises(BusyError):
            drawings.begin("ann", chart("one too many"))
        drawings.begin("bob", chart("his"))
        await drawings.close()

    async def test_only_who_asked_stops_a_drawing_and_only_before_it_is_done(self) -> None:
        studio = Sketches()
        drawings = Drawings(studio, grace=0)
        studio.hold()
        one, other = (drawings.begin("ann", chart(title)) for title in ("one", "other"))
        assert drawings.stop("bob", one.token) is Stop.OTHERS
        assert drawings.stop("ann", 1) is Stop.UNKNOWN
        assert drawings.stop("ann", one.token) is Stop.STOPPED
        studio.release()
        assert await other.picture == PNG
        assert drawings.stop("ann", other.token) is Stop.DONE
        assert one.picture.cancelled()
