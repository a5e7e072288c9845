"""Promotions are edited and copied: drafts without limits, launched ones only if no promise is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands import by_name
from bot.commands.promotions.draft import Field
from core.promotions.model import Conditions
from tests.bot.promoting import heard_of, launched, look
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


def test_what_can_be_changed_is_what_can_be_written() -> None:
    assert {option.name for option in by_name()["promote"].options} == {field.value for field in Field}


class TestDraft:
    async def test_it_is_changed_step_by_step_with_a_preview_after_each(self, boss: DeskPlayer) -> None:
        await boss.say('/promote Summer gives=20 ends="3 days" text="For all"')
        heard = await boss.press("Edit")
        assert heard.buttons[:5] == ("Title", "Text", "Connects", "End", "Start")
        assert len(heard.buttons) == len(Field)
        assert "What is the new value?" in (await boss.press("Text")).text
        changed = await boss.say("For all\nwho like the sun")
        assert changed.text.splitlines()[:4] == [
            "Promotion 1 is changed. Nothing has been announced yet.",
            "New: Summer",
            "For all",
            "who like the sun",
        ]
        assert changed.buttons == ("Launch", "Edit", "Duplicate", "Cancel")

    @pytest.mark.parametrize(
        ("change", "shown"),
        [
            ("gives 25", "25 Connects for each"),
            ("starts 2026-01-11 08:00", "Starts: Sun, Jan 11, 2026 08:00 UTC"),
            ("ends 5 days", "Ends: Thu, Jan 15, 2026 09:00 UTC"),
            ("winners 3", "3 winners get 20 Connects each."),
            ("supply 400", "Supply: 400 Connects"),
            ("approval on", "Approval: needed for each claim"),
            ("code Sun", "Code: sun"),
        ],
    )
    async def test_every_field_of_it_can_be_changed(self, boss: DeskPlayer, change: str, shown: str) -> None:
        await boss.say('/promote Summer gives=20 ends="3 days" text=x')
        assert shown in (await boss.say(f"/edit 1 {change}")).text

    async def test_conditions_and_audience_can_be_changed_and_optional_fields_removed(
        self, bot: Bot, boss: DeskPlayer
    ) -> None:
        await boss.say('/promote Summer gives=20 ends="3 days" supply=100 plan=plus lasts=9 text=x')
        for change in ("new 30", "feedback 2", "tags design,python", "languages uk", "supply none", "plan none"):
            await boss.say(f"/edit 1 {change}")
        (kept,) = await bot.store.promotions.newest(1)
        assert kept.terms.conditions == Conditions(new_days=30, feedback=2)
        assert (kept.terms.audience.tags, kept.terms.audience.locales) == (("design", "python"), ("uk",))
        assert (kept.terms.supply, kept.terms.expires_days, kept.version) == (None, 9, 7)

    async def test_what_makes_no_sense_is_explained_and_asked_again(self, boss: DeskPlayer) -> None:
        await boss.say('/promote Summer gives=20 ends="3 days" text=x')
        await boss.say("/edit 1 ends")
        assert "I do not understand the time" in (await boss.say("soon")).text
        assert "That end is in the past" in (await boss.say("now")).text
        assert "Ends: Wed, Jan 14" in (await boss.say("4 days")).text
        assert "it takes at least 20" in (await boss.say("/edit 1 supply 19")).text
        assert "There is no promotion 9." in (await boss.say("/edit 9 title x")).text

    @pytest.mark.parametrize(
        ("change", "answer", "buttons"),
        [
            ("supply +500", "It is 400 now. What should it be after “+500”?", ("900", "500")),
            ("supply \u2212100", "It is 400 now. What should it be after “\u2212100”?", ("300", "100")),
            ("gives +5", "It is 20 now. What should it be after “+5”?", ("25", "5")),
            ("supply minus 500", "It is 400 now. What should it be after “minus 500”?", ("500",)),
            ("text none", "No promotion can do without that.", ()),
            ("gives none", "No promotion can do without that.", ()),
        ],
    )
    async def test_what_may_mean_something_else_changes_nothing(
        self, boss: DeskPlayer, change: str, answer: str, buttons: tuple[str, ...]
    ) -> None:
        await boss.say('/promote Summer gives=20 supply=400 ends="3 days" text=x')
        before = await boss.say("/promo show 1")
        heard = await boss.say(f"/edit 1 {change}")
        assert (heard.text.startswith(answer), heard.buttons) == (True, buttons)
        assert await boss.say("/promo show 1") == before

    @pytest.mark.parametrize(
        ("change", "gone"),
        [
            ("supply unlimited", "Supply:"),
            ("supply no", "Supply:"),
            ("code off", "Code:"),
            ("plan any", "Freelancer Plus"),
            ("tags all", "design"),
        ],
    )
    async def test_an_optional_field_is_removed_in_other_words_too(
        self, boss: DeskPlayer, change: str, gone: str
    ) -> None:
        await boss.say('/promote Summer gives=20 supply=400 code=sun plan=plus tags=design ends="3 days" text=x')
        assert gone in (await boss.say("/promo 1")).text
        assert gone not in (await boss.say(f"/edit 1 {change}")).text

    async def test_an_equals_sign_is_no_part_of_a_value(self, boss: DeskPlayer) -> None:
        await boss.say('/promote Summer gives=20 ends="3 days" text=x')
        assert "New: Autumn" in (await boss.say("/edit 1 title = Autumn")).text

    async def test_a_step_that_is_chosen_is_done(self, boss: DeskPlayer) -> None:
        await boss.say('/promote Summer gives=20 supply=400 ends="3 days" text=x')
        await boss.say("/edit 1 supply +500")
        assert "Supply: 900 Connects" in (await boss.press("900")).text

    async def test_of_two_operators_the_slower_one_is_warned(self, boss: DeskPlayer) -> None:
        await boss.say('/promote Summer gives=20 ends="3 days" text=x')
        await boss.press("Edit")
        await boss.press("Title")
        await boss.say("/edit 1 text Something else")
        await boss.say("/edit 1 title seen=1")
        assert "That promotion has just been changed." in (await boss.say("Autumn")).text


class TestLaunched:
    async def test_only_changes_that_break_no_promise_are_offered(self, boss: DeskPlayer) -> None:
        await launched(boss, 'Summer gives=20 ends="3 days"')
        assert (await boss.press("Edit")).buttons == ("Title", "Text", "End", "Supply", "Moderators", "Code")
        changed = await boss.say("/edit 1 text Until the rain comes")
        assert changed.text.splitlines()[:4] == [
            "Changed. This is how it reads from now on. Announcements already sent are not sent again.",
            "New: Summer",
            "Until the rain comes",
            "20 Connects for each person who qualifies, once.",
        ]

    @pytest.mark.parametrize(
        ("change", "answer"),
        [
            ("gives 25", "That was announced and cannot be changed."),
            ("starts 5 days", "That was announced and cannot be changed."),
            ("approval on", "That was announced and cannot be changed."),
            ("winners 2", "That was announced and cannot be changed."),
            ("tags design", "That was announced and cannot be changed."),
            ("ends 2 days", "Its end can only be moved to a later time"),
            ("supply 20", "It has already given 40 Connects"),
        ],
    )
    async def test_what_was_promised_cannot_be_changed(
        self, bot: Bot, boss: DeskPlayer, change: str, answer: str
    ) -> None:
        number = await launched(boss, 'Summer gives=20 ends="3 days" supply=100')
        promotion = await bot.store.promotions.promotion((await bot.store.promotions.newest(1))[0].id)
        assert promotion is not None
        for name in ("ann", "bob"):
            await _claimed(bot, name, number)
        assert answer in (await boss.say(f"/edit 1 {change}")).text
        assert (await bot.store.promotions.newest(1))[0].terms == promotion.terms

    async def test_a_later_end_moves_the_due_tasks_and_announces_nothing_twice(
        self, bot: Bot, boss: DeskPlayer, ann: DeskPlayer
    ) -> None:
        await ann.say("/subscribe")
        await launched(boss, 'Summer gives=20 ends="3 days"')
        await look(bot)
        assert await heard_of(bot, "start", "reminder", "last_call") == [1, 0, 0]
        assert "Ends: Thu, Jan 15, 2026 09:00 UTC" in (await boss.say("/edit 1 ends 5 days")).text
        bot.clock.pass_(days=3)
        await look(bot)
        assert await heard_of(bot, "start", "reminder", "last_call") == [1, 0, 0]
        assert "20 Connects for you" in (await ann.say("/claim 1")).text
        bot.clock.pass_(days=1)
        await look(bot)
        assert await heard_of(bot, "start", "reminder", "last_call") == [1, 1, 0]
        bot.clock.pass_(days=1)
        await look(bot)
        assert "State: ended" in (await boss.say("/promo show 1")).text
        assert "It is over and cannot be changed." in (await boss.say("/edit 1 title x")).text

    async def test_an_end_that_is_postponed_as_it_falls_due_does_not_happen(self, bot: Bot, boss: DeskPlayer) -> None:
        await launched(boss, 'Summer gives=20 ends="1 hour"')
        bot.clock.pass_(minutes=59)
        due = await bot.store.tasks.due_by(bot.clock.now().replace(year=2027), 9)
        end = next(one for one in due if one.name.endswith(":end"))
        await boss.say("/edit 1 ends 1 hour")
        bot.clock.pass_(minutes=2)
        await bot.store.tasks.schedule(end)  # as a process that read it before the change
        await look(bot)
        assert "State: live" in (await boss.say("/promo show 1")).text


class TestDuplicate:
    async def test_a_copy_says_the_same_begins_now_and_lasts_as_long(self, bot: Bot, boss: DeskPlayer) -> None:
        await launched(boss, 'Draw gives=20 starts="1 day" ends="3 days" winners=2 supply=99 lasts=9 tags=design')
        bot.clock.pass_(days=30)
        heard = await boss.press("Duplicate")
        for line in (
            "Promotion 2, as people will see it.",
            "Starts: Mon, Feb 9, 2026 09:00",
            "Ends: Wed, Feb 11, 2026 09:00",
        ):
            assert line in heard.text
        new, old = await bot.store.promotions.newest(2)
        assert new.seed != old.seed
        assert (new.terms.winners, new.terms.supply, new.terms.expires_days) == (2, 99, 9)
        assert new.terms.audience == old.terms.audience
        assert "Promotion 2: Draw" in (await boss.press("Launch")).text


async def test_a_draft_or_copy_is_made_once_however_often_the_action_arrives(bot: Bot, boss: DeskPlayer) -> None:
    first, again = await boss.say_twice('/promote Summer gives=20 ends="3 days" text=x')
    assert first == again
    await boss.press_twice("Duplicate")
    assert [one.id for one in await bot.store.promotions.newest(9)] == [2, 1]


async def _claimed(bot: Bot, name: str, number: int) -> None:
    player = await DeskStage(bot).person(name)
    await player.say("/start")
    await player.say(f"/claim {number}")


async def test_a_new_one_is_asked_for_step_by_step(boss: DeskPlayer) -> None:
    assert "one thing at a time" in (await boss.say("/promo new")).text
    asked = await boss.press("New promotion")
    for answer in ("Autumn bonus", "Welcome back", "20", "5 days"):
        assert asked.text
        asked = await boss.say(answer)
    assert "Promotion 1, as people will see it" in asked.text
