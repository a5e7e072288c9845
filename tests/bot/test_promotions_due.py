"""The due tasks of promotions and contests: announcing, ending, drawing."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

import pytest

from core.delivery.state import State
from core.promotions.service import PromotionService
from core.scheduling.runner import TaskRunner
from core.scheduling.task import Task, TaskResult
from core.shared.ids import PersonId
from core.shared.refusals import NotNow, RefusedError
from core.wallets.people import Identity
from tests.bot.promoting import heard_of, launched, look, rows_due
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.delivery.notice import Notice
    from core.promotions.model import Promotion
    from core.shared.ids import PromotionId
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


class TestWhenDue:
    async def test_each_moment_is_announced_once(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Bonus gives=20 starts="1 hour" ends="3 days"')
        assert [await look(bot), await look(bot)] == [0, 0]
        told = []
        for hours in (1, 47, 22, 2):
            bot.clock.pass_(hours=hours)
            told.append([await look(bot), await look(bot)])
        assert told == [[1, 0]] * 4
        states = [
            len(await bot.store.outbox.deliveries(f"promotion:1:{name}"))
            for name in ("start", "reminder", "last_call", "end")
        ]
        assert states == [1, 1, 1, 0]
        assert "State: ended" in (await boss.say("/promo show 1")).text

    async def test_tasks_that_are_due_at_the_launch_run_at_once(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        await bot.jobs.finish()
        assert await heard_of(bot, "start") == [1]

    async def test_after_a_long_sleep_only_what_still_makes_sense_is_announced(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        bot.clock.pass_(hours=71)
        assert await look(bot) == 3
        assert await heard_of(bot, "start", "reminder", "last_call") == [1, 0, 1]

    async def test_what_was_due_during_a_pause_is_announced_on_resuming(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Bonus gives=20 starts="1 hour" ends="3 days"')
        await boss.press("Pause")
        bot.clock.pass_(hours=2)
        await look(bot)
        assert await heard_of(bot, "start") == [0]
        await boss.press("Resume")
        await look(bot)
        assert await heard_of(bot, "start") == [1]
        await boss.press("Pause")
        await boss.press("Resume")
        await look(bot)
        assert await heard_of(bot, "start") == [1]

    async def test_unsent_notices_wait_during_a_pause_and_are_dropped_by_a_cancellation(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        await look(bot)
        await boss.press("Pause")
        assert await bot.store.outbox.next_due("desk") is None
        await boss.press("Resume")
        assert await bot.store.outbox.next_due("desk") is not None
        await boss.press("Cancel")
        await boss.press("Yes")
        assert await bot.store.outbox.next_due("desk") is None

    async def test_a_failing_promotion_does_not_hold_up_the_others(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await ann.say("/subscribe")
        await bot.store.tasks.schedule(Task("promotion:1:nonsense", bot.clock.now()))
        await launched(boss, 'Bonus gives=20 ends="3 days"')
        with pytest.raises(ExceptionGroup) as raised:
            await look(bot)
        assert raised.value.exceptions[0].__notes__ == ["promotion:1:nonsense"]
        assert await heard_of(bot, "start") == [1]

    async def test_a_late_launch_is_announced_without_an_immediate_reminder(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await ann.say("/subscribe")
        await boss.say('/promote Bonus gives=20 ends="3 days" text=x')
        bot.clock.pass_(hours=60)
        await boss.press("Launch")
        await look(bot)
        assert await heard_of(bot, "start", "reminder", "last_call") == [1, 0, 0]
        bot.clock.pass_(hours=10)
        await look(bot)
        assert await heard_of(bot, "start", "reminder", "last_call") == [1, 0, 1]

    async def test_one_that_is_over_cannot_be_launched(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        await boss.say('/promote Bonus gives=20 ends="3 days" winners=1 text=x')
        bot.clock.pass_(days=3)
        assert "That promotion ended on Jan 13, 2026 09:00 UTC." in (await boss.press("Launch")).text
        await look(bot)
        assert await heard_of(bot, "start", "end") == [0, 0]

    async def test_a_cancelled_one_is_not_announced_any_more(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Bonus gives=20 starts="1 hour" ends="3 days"')
        asked = await boss.press("Cancel")
        assert "Really cancel it?" in asked.text
        assert asked.buttons == ("Yes, cancel it", "No, keep it")
        assert "State: live" in (await boss.press("No")).text
        await boss.say("/promo cancel 1")
        assert "It is cancelled." in (await boss.press("Yes")).text
        bot.clock.pass_(days=4)
        assert await look(bot) == 4
        assert await heard_of(bot, "start", "reminder", "last_call", "end") == [0, 0, 0, 0]
        assert "already been launched" in (await boss.say("/promo launch 1")).text

    async def test_a_draft_is_cancelled_without_a_question(self, boss: DeskPlayer) -> None:
        await boss.say('/promote Bonus gives=20 ends="3 days" text=x')
        assert "It is cancelled." in (await boss.press("Cancel")).text

    @pytest.mark.parametrize(("held", "told"), [("pause", 1), ("cancel", 0)])
    async def test_one_that_is_paused_while_its_task_runs_is_not_announced(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer, held: str, told: int
    ) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Bonus gives=20 starts="1 hour" ends="3 days"')
        bot.clock.pass_(hours=1)

        async def slow(due: Task, now: datetime) -> TaskResult:
            came = await PromotionService(bot.books, bot.store).run(due, now)
            await boss.say(f"/promo {held} 1 sure=yes")
            return came

        assert await TaskRunner(bot.store.tasks, bot.store.outbox, bot.clock, {"promotion": slow}).run_due() == 0
        await look(bot)
        assert await heard_of(bot, "start") == [0]
        await boss.say("/promo resume 1")
        await look(bot)
        assert await heard_of(bot, "start") == [told]


class TestContest:
    async def test_the_draw_is_the_one_that_was_announced(self, bot: Bot, boss: DeskPlayer) -> None:
        players = [await DeskStage(bot).person(name) for name in ("ann", "bob", "col", "dan")]
        for player in players:
            await player.say("/start")
        await players[0].say("/subscribe")
        await launched(boss, 'Big draw gives=100 ends="3 days" winners=2')
        await look(bot)
        entered = [(await player.say("/claim 1")).text for player in players]
        assert "You take part in “Big draw” as entry #3." in entered[2]
        assert (await players[2].say("/claim 1")).text == entered[2]
        published = {found[1] for text in entered if (found := re.search(r"seed begins with ([0-9a-f]{12})\.", text))}
        assert published == {(await players[0].press("The whole SHA-256")).text.split(" is ")[1][:12]}
        bot.clock.pass_(days=3)
        await look(bot)
        promotion = (await bot.store.promotions.newest(1))[0]
        full = hashlib.sha256(promotion.seed.encode()).hexdigest()
        assert published == {full[:12]}
        checked = (await players[0].say("/draw 1")).text
        assert full in checked
        assert promotion.seed in checked
        lots = {n: hashlib.sha256(f"{promotion.seed}:{n}".encode()).hexdigest() for n in range(1, 5)}
        winners = sorted(lots, key=lots.__getitem__)[:2]
        won = ["120 Connects" in (await player.say("/balance")).text for player in players]
        assert [number for number, has in enumerate(won, 1) if has] == sorted(winners)
        shown = (await boss.say("/promo show 1")).text
        for line in ("State: ended", "Recipients: 2", "Did not win: 2", "Given: 200 Connects"):
            assert line in shown
        assert (
            "It was over" in (await players[0].say("/claim 1")).text
            or "That promotion is over" in (await players[0].say("/claim 1")).text
        )

    async def test_an_entry_at_the_very_end_does_not_take_part(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await launched(boss, 'Big draw gives=100 ends="3 days" winners=1')
        seen = (await bot.store.promotions.newest(1))[0]
        wallet = await bot.books.wallet_of((await bot.books.person(Identity("desk", "ann"), "ann")).id)
        assert wallet is not None
        await boss.say("/promo cancel 1 sure=yes")
        with pytest.raises(RefusedError) as raised:
            await PromotionService(bot.books, bot.store).claim(seen, PersonId(1), wallet)
        assert raised.value.refusal == NotNow("promotion", "changed", seen.terms.ends)
        assert await bot.store.promotions.claims_on(seen.id) == ()
        assert "120" not in (await ann.say("/balance")).text

    async def test_an_end_that_is_handled_twice_gives_nothing_twice(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await launched(boss, 'Big draw gives=100 ends="3 days" winners=1')
        await ann.say("/claim 1")
        seen = (await bot.store.promotions.newest(1))[0]
        bot.clock.pass_(days=3)
        receipts = [
            await PromotionService(bot.books, bot.store).grant_claim(seen, claim.person, claim.wallet)
            for claim in await bot.store.promotions.claims_on(seen.id)
        ]
        assert await look(bot) == 4
        assert len(receipts) == 1
        assert "120 Connects" in (await ann.say("/balance")).text
        assert bot.clock.now() == datetime(2026, 1, 13, 9, tzinfo=UTC)

    async def test_a_process_that_handles_the_end_too_late_does_not_fail(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Big draw gives=100 ends="1 hour" winners=1')
        await ann.say("/claim 1")
        bot.clock.pass_(hours=1)
        now, read, looks = bot.clock.now(), bot.store.promotions.promotion, count()
        due = Task("promotion:1:end", now)

        async def overtaken(number: PromotionId) -> Promotion | None:
            seen = await read(number)
            if next(looks) == 0:
                await PromotionService(bot.books, bot.store).run(
                    due, now
                )  # the other process ends and draws it, but has sent no notice yet
            return seen

        monkeypatch.setattr(bot.store.promotions, "promotion", overtaken)
        late = await PromotionService(bot.books, bot.store).run(due, now)
        assert late.notices == ()
        assert not await bot.store.tasks.take(due, late.notices, now, late.next_at, guard=late.guard)
        await look(bot)
        assert await heard_of(bot, "end") == [1]
        assert "120 Connects" in (await ann.say("/balance")).text

    async def test_a_wallet_that_refuses_does_not_hold_up_other_winners(self, bot: Bot, boss: DeskPlayer) -> None:
        ann, bob, col = [await DeskStage(bot).person(name) for name in ("ann", "bob", "col")]
        for player in (ann, bob, col):
            await player.say("/start")
        await col.say("/subscribe")
        await launched(boss, 'Big draw gives=100 ends="3 days" winners=2')
        for player in (ann, bob):
            await player.say("/claim 1")
        bot.clock.pass_(days=10)
        await ann.say("/spend 1")  # a clock that was wrong for a moment
        bot.clock.pass_(days=-7)
        await look(bot)
        assert ["120 Connects" in (await one.say("/balance")).text for one in (ann, bob)] == [False, True]
        assert await heard_of(bot, "end", "won:1", "won:2") == [1, 0, 1]
        shown = (await boss.say("/promo show 1")).text
        assert "Won, not booked yet: 1" in shown
        assert "Did not win" not in shown
        assert await look(bot) == 0
        bot.clock.pass_(days=6, hours=1)
        await look(bot)
        assert "119 Connects" in (await ann.say("/balance")).text
        assert await heard_of(bot, "end", "won:1", "won:2") == [1, 1, 1]
        assert await rows_due(bot) == 0

    async def test_no_reminder_is_sent_of_a_draw_that_is_cancelled_at_that_moment(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await launched(boss, 'Big draw gives=100 ends="3 days" winners=1')
        await ann.say("/claim 1")
        await look(bot)
        bot.clock.pass_(days=2)
        notify = bot.store.outbox.notify

        async def overtaken(notices: Sequence[Notice], now: datetime) -> int:
            monkeypatch.undo()
            await boss.say("/promo cancel 1 sure=yes")
            return await notify(notices, now)

        monkeypatch.setattr(bot.store.outbox, "notify", overtaken)
        await look(bot)
        ((_, state, _),) = await bot.store.outbox.deliveries("promotion:1:eve:1")
        assert state is State.CANCELLED

    async def test_without_entries_nobody_wins(self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Big draw gives=100 ends="1 hour" winners=1')
        bot.clock.pass_(hours=1)
        await look(bot)
        assert len(await bot.store.outbox.deliveries("promotion:1:end")) == 1
