"""What is asked, shown, confirmed by both and told to both when two accounts are linked, and when they part."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.bot.failing import bot_on
from tests.bot.linking.accounts import Account, accounts_of, code_from

if TYPE_CHECKING:
    from tests.bot.stage import Bot, Heard

Both = tuple[Account, Account]
TWO = "No, two accounts"


async def asked(both: Both, *presses: str) -> Heard:
    """Write the code of the first account in the chat of the other one, and answer what is asked."""
    here, there = both
    heard = await there.say(f"/link {await code_from(here)}")
    for label in presses:
        heard = await there.press(label)
    return heard


async def linked(both: Both, *presses: str) -> Heard:
    """Link the two, confirmed by both."""
    await asked(both, *presses, "Link")
    await both[0].read()
    heard = await both[0].press("Link")
    await both[1].read()
    return heard


async def links_of(one: Account) -> int:
    """How many links of somebody stand."""
    person = await one.bot.store.people.person(one.who, one.name)
    return sum(link.undone is None for link in await one.bot.store.links.links_of(person.id))


class TestTwoAccounts:
    async def test_are_confirmed_by_both_and_told_to_both(self, both: Both) -> None:
        here, there = both
        shown = await asked(both, TWO)
        assert "On Upwork: two accounts" in shown.text
        assert "Then, in one wallet: 32 Connects" in shown.text
        noted = await there.press("Link")
        assert noted.text.startswith("Your yes is noted. Now press “Link” on Telegram as Ann")
        assert await links_of(there) == 0
        notice = await here.read()
        assert notice.text.startswith("ann (Discord) has written your code and wants to link that account with this")
        assert "Then, in one wallet: 32 Connects" in notice.text
        done = await here.press("Link")
        assert "on Telegram (Ann) and on Discord (ann), with one wallet of 32 Connects." in done.text
        assert (await there.read()).text == done.text
        assert "32 Connects are available" in (await there.say("/balance")).text
        assert "You are linked with Telegram already." in (await there.say("/link")).text
        assert "Account: discord:ann\nLinked with: telegram:Ann\n" in (await there.say("/whoami")).text
        assert await links_of(here) == 1

    async def test_part_again_from_either_side(self, both: Both) -> None:
        here, there = both
        await linked(both, TWO)
        sure = await there.say("unlink my telegram")
        assert "Telegram: 16 Connects\nDiscord: 16 Connects" in sure.text
        parted = await there.press("Yes, separate them")
        assert (
            parted.text
            == "Done. You are two persons to me again, as before:\nTelegram: 16 Connects\nDiscord: 16 Connects"
        )
        assert "Your accounts have been separated again, on Discord." in (await here.read()).text
        for one in both:
            assert "16 Connects are available" in (await one.say("/balance")).text
            assert "You are linked with no other account." in (await one.say("/unlink")).text

    async def test_are_shown_what_each_will_have(self, bot: Bot, both: Both) -> None:
        """What has expired since is gone on both sides."""
        await linked(both, TWO)
        bot.clock.pass_(days=400)
        assert "Telegram: 0 Connects\nDiscord: 0 Connects" in (await both[0].say("/unlink")).text
        assert "Telegram: 0 Connects\nDiscord: 0 Connects" in (await both[0].press("Yes, separate them")).text

    async def test_say_what_keeps_them_from_parting(self, both: Both) -> None:
        here, there = both
        await linked(both, TWO)
        await here.say("/unlink")
        sure = dict(here.buttons)
        await there.say("/spend 8 Banner")
        here.buttons = sure
        assert (await here.press("Yes, separate them")).text.startswith("Something has changed meanwhile")
        kept = await here.say("/unlink")
        assert "because of what was booked since" in kept.text
        assert "Banner" in kept.text
        (button,) = kept.buttons
        assert button.startswith("Undo #")
        assert "Banner" in (await here.press(button)).text

    async def test_say_so_with_the_newest_first_whatever_it_is(self, bot: Bot, both: Both) -> None:
        """What an import has booked goes with the import."""
        here, _ = both
        await linked(both, TWO)
        for line in ("/spend 3 Poster", "#2 viewed", "/spend 2 Shop"):
            bot.clock.pass_(minutes=1)
            await here.say(line)
        kept = await here.say("/unlink")
        assert kept.buttons == ("Undo #6", "Undo the state of #2", "Undo #5")
        assert [line.split(" · ")[2] for line in kept.text.splitlines()[2:]] == ["Shop", "What became of #2", "Poster"]

    async def test_cannot_be_linked_with_a_third_one(self, bot: Bot, both: Both) -> None:
        await linked(both, TWO)
        (third,) = accounts_of(bot, {"console": "Ann"})
        await third.say("/start")
        await third.say("/spend 4 Logo")
        code = await code_from(third)
        assert "holds the books of two Upwork accounts already" in (await both[0].say(f"/link {code}")).text
        (fourth,) = accounts_of(bot, {"telegram": "Anna"})
        assert "Nothing has to be put together" in (await fourth.say(f"/link {code}")).text


class TestOneWithoutBooks:
    async def test_is_asked_nothing(self, bot: Bot) -> None:
        here, there = accounts_of(bot, {"telegram": "Ann", "discord": "ann"})
        await here.say("/start")
        shown = await asked((here, there))
        assert shown.buttons == ("Link", "Do not link")
        assert "Discord (ann): no wallet yet" in shown.text
        assert "Nothing has to be put together" in shown.text
        await there.press("Link")
        await here.read()
        assert "with one wallet of 20 Connects" in (await here.press("Link")).text
        assert "20 Connects are available" in (await there.say("/balance")).text
        await there.say("/spend 2 Logo")
        sure = (await there.say("/unlink")).text
        assert "Telegram: 18 Connects\nDiscord: no wallet yet\nEverything that was booked stays in that wallet." in sure

    async def test_nor_are_two_without(self, bot: Bot) -> None:
        here, there = accounts_of(bot, {"telegram": "Ann", "discord": "ann"})
        done = await linked((here, there))
        assert "You have no wallet yet; /start opens one for both." in done.text
        assert "20" in (await here.press("Open my wallet")).text
        assert "20 Connects are available" in (await there.say("/balance")).text


SAME = ("Yes, the same account", "They are the same")


class TestSameAccount:
    async def test_asks_what_is_in_doubt_and_which_balance_is_true(self, both: Both) -> None:
        here, there = both
        await there.say("/buy 40 $6")
        doubtful = await asked(both, "Yes, the same account")
        assert doubtful.text.startswith("1 entry may be in both books")
        assert "perhaps #2, Logo" in doubtful.text
        balance = await there.press("They are the same")
        assert balance.text.startswith("Which balance does Upwork show now?")
        assert balance.buttons == ("16 (Telegram, Ann)", "56 (Discord, ann)")
        shown = await there.say("Upwork shows 50")
        corrected = "Booked as a correction: \u22126\nThen, in one wallet: 50 Connects"
        why = "both books come to 56, and 50 was chosen as what Upwork shows. So \u22126 is booked as a correction."
        assert "On Upwork: one account\nIn both books: 1 entry\nBooked" in shown.text
        assert "Taken over from Discord (ann): 1 entry\nJan " in shown.text
        assert "Left out: 1 entry\nJan " in shown.text
        assert corrected in shown.text
        assert why in shown.text
        await there.press("Link")
        notice = await here.read()
        assert "Taken over from Discord (ann): 1 entry\nLeft out: 1 entry" in notice.text
        listed = await here.press("Which entries?")
        assert "Left out: 1 entry\nJan " in listed.text
        assert "Welcome bonus \u00b7 +20" in listed.text
        assert corrected in notice.text
        assert why in notice.text
        assert "with one wallet of 50 Connects." in (await here.press("Link")).text
        assert "50 Connects are available" in (await here.say("/balance")).text

    async def test_parts_once_all_is_undone_that_was_said_since(self, both: Both) -> None:
        here = both[0]
        await linked(both, *SAME)
        await here.say("#2 viewed")
        await here.say("/tag #2 design")
        await here.say("/reconcile 16")
        kept = await here.say("/unlink")
        assert kept.buttons == ("Undo the confirmed balance", "Undo the tags of #2", "Undo the state of #2")
        for label in kept.buttons:
            await here.say("/unlink")
            await here.press(label)
        assert (await here.say("/unlink")).buttons == ("Yes, separate them", "Stay linked")
        assert "Done. You are two persons" in (await here.say("yes")).text

    async def test_takes_what_only_looks_alike_for_two(self, both: Both) -> None:
        balance = await asked(both, "Yes, the same account", "They only look alike")
        assert balance.buttons == ("16 (Telegram, Ann)", "12 (both put together)")
        shown = await both[1].press("12 (both put together)")
        assert "In both books" not in shown.text
        assert "Then, in one wallet: 12 Connects" in shown.text

    async def test_counts_what_was_written_here_and_there_on_one_day_at_its_moment(self, bot: Bot) -> None:
        here, there = accounts_of(bot, {"telegram": "Ann", "discord": "ann"})
        for one in (here, there):
            await one.say("/start")
        bot.clock.pass_(hours=1)
        await there.say("/spend 12 Shop")
        await asked((here, there), "Yes, the same account")
        shown = await there.press("8 (Discord, ann)")
        assert "Held before" not in shown.text
        assert "Then, in one wallet: 8 Connects" in shown.text

    async def test_asks_again_for_what_is_no_balance(self, both: Both) -> None:
        await both[1].say("/buy 40 $6")
        await asked(both, *SAME)
        heard = await both[1].say("hmm maybe")
        assert "I cannot read “hmm maybe” as a balance." in heard.text
        assert "Which balance does Upwork show now?" in heard.text


class TestBetweenTheTwo:
    async def test_a_change_is_shown_and_confirmed_again_by_both(self, both: Both) -> None:
        here, there = both
        await asked(both, TWO, "Link")
        await here.read()
        kept = dict(here.buttons)
        await here.say("/spend 8 Banner")
        here.buttons = kept
        changed = await here.press("Link")
        assert changed.text.startswith("Something has changed meanwhile, so please look again.")
        assert "Then, in one wallet: 24 Connects" in changed.text
        assert "Your yes is noted." in (await here.press("Link")).text
        assert await links_of(here) == 0
        assert "Then, in one wallet: 24 Connects" in (await there.read()).text
        assert "with one wallet of 24 Connects." in (await there.press("Link")).text

    async def test_both_may_press_at_once(self, both: Both) -> None:
        here, there = both
        await asked(both, TWO, "Link")
        await here.read()
        there.buttons = dict(here.buttons)
        heard = await asyncio.gather(here.press("Link"), there.press("Link"))
        assert all(one.text.startswith("Done. To me you are one person now") for one in heard)
        assert await links_of(here) == 1
        assert here.waits
        assert there.waits

    async def test_of_a_yes_and_a_no_at_once_one_counts(self, both: Both) -> None:
        here, there = both
        await asked(both, TWO, "Link")
        await here.read()
        there.buttons = dict(here.buttons)
        yes, no = await asyncio.gather(here.press("Link"), there.press("Do not link"))
        declined = no.text.startswith("You have declined, so nothing is linked.")
        assert yes.text.startswith("Done.") is not declined
        assert await links_of(here) == (0 if declined else 1)

    async def test_a_yes_pressed_twice_is_one(self, both: Both) -> None:
        here, there = both
        await asked(both, TWO, "Link")
        await here.read()
        first, second = await here.press_twice("Link")
        assert first == second
        assert await links_of(here) == 1
        await there.read()
        assert not there.waits

    async def test_is_over_after_an_hour(self, bot: Bot, both: Both) -> None:
        await asked(both, TWO, "Link")
        await both[0].read()
        bot.clock.at += timedelta(hours=1)
        assert (await both[0].press("Link")).text == "This offer to link is over. For a new code, write /link."

    async def test_is_found_again_by_the_code_and_by_link(self, both: Both) -> None:
        here, there = both
        code = await code_from(here)
        await there.say(f"/link {code}")
        await there.press(TWO)
        assert "Then, in one wallet: 32 Connects" in (await there.say(f"/link {code}")).text
        await there.press("Link")
        assert "Your yes is noted." in (await there.say("/link")).text
        again = await here.say("/link")
        assert again.buttons == ("Link", "Do not link", "Get a new code")
        assert "Your code is" in (await here.press("Get a new code")).text

    async def test_every_step_survives_a_restart(self, both: Both) -> None:
        here, there = both
        await there.say("/buy 40 $6")
        await asked(both, "Yes, the same account")
        restarted(both)
        assert "Which balance" in (await there.say("they are the same")).text
        restarted(both)
        assert "Then, in one wallet: 18 Connects" in (await there.say("18")).text
        restarted(both)
        await there.press("Link")
        await here.read()
        restarted(both)
        assert "with one wallet of 18 Connects." in (await here.press("Link")).text

    async def test_is_nobody_elses(self, bot: Bot, both: Both) -> None:
        await asked(both, TWO, "Link")
        await both[0].read()
        (eve,) = accounts_of(bot, {"console": "Eve"})
        eve.buttons = both[0].buttons
        assert (await eve.press("Link")).text == "This offer to link is over. For a new code, write /link."
        assert await links_of(both[0]) == 0

    async def test_a_link_that_was_undone_is_not_done_again_by_its_buttons(self, both: Both) -> None:
        here = both[0]
        await asked(both, TWO, "Link")
        await here.read()
        kept = dict(here.buttons)
        await here.press("Link")
        await here.press("Separate again")
        await here.press("Yes, separate them")
        here.buttons = kept
        assert (await here.press("Link")).text == "This offer to link is over. For a new code, write /link."
        assert await links_of(here) == 0


def restarted(both: Both) -> None:
    """Both talk to the bot as after a start, which remembers only what is in the store."""
    bot = bot_on(both[0].bot.store, both[0].bot.clock)
    for one in both:
        one.bot = bot


class TestDeclining:
    @pytest.mark.parametrize("who", [0, 1])
    async def test_ends_it_for_both(self, both: Both, who: int) -> None:
        await asked(both, TWO, "Link")
        notice = await both[0].read()
        kept = dict(both[0].buttons)
        assert notice.buttons == ("Link", "Do not link")
        both[1].buttons = dict(kept)
        assert "You have declined, so nothing is linked." in (await both[who].press("Do not link")).text
        assert "has declined, so nothing is linked" in (await both[1 - who].read()).text
        both[0].buttons = kept
        assert "This offer to link is over." in (await both[0].press("Link")).text
        assert await links_of(both[0]) == 0

    async def test_is_too_late_once_it_is_done(self, both: Both) -> None:
        await asked(both, TWO, "Link")
        await both[0].read()
        kept = dict(both[0].buttons)
        await both[0].press("Link")
        both[0].buttons = kept
        assert (await both[0].press("Do not link")).text.startswith("Done. To me you are one person now")
        assert await links_of(both[0]) == 1
