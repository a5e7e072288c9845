"""What is asked, shown, confirmed by both and told to both when two accounts are linked, and when they part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
        assert await links_of(here) == 1

    async def test_part_again_from_either_side(self, both: Both) -> None:
        here, there = both
        await linked(both, TWO)
        sure = await there.say("unlink my telegram")
        assert "Telegram: 16 Connects\nDiscord: 16 Connects" in sure.text
        parted = await there.press("Yes, part them")
        assert parted.text == "Done: they are two persons to me again.\nTelegram: 16 Connects\nDiscord: 16 Connects"
        assert "Your accounts have been parted again, from Discord." in (await here.read()).text
        for one in both:
            assert "16 Connects are available" in (await one.say("/balance")).text
            assert "You are linked with no other account." in (await one.say("/unlink")).text

    async def test_say_what_keeps_them_from_parting(self, both: Both) -> None:
        here, there = both
        await linked(both, TWO)
        await there.say("/spend 8 Banner")
        kept = await here.say("/unlink")
        assert "because of what was booked since" in kept.text
        assert "Banner" in kept.text
        (button,) = kept.buttons
        assert button.startswith("Undo #")
        assert "Banner" in (await here.press(button)).text

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
        assert "Discord (ann): no books yet" in shown.text
        assert "Nothing has to be put together" in shown.text
        await there.press("Link")
        await here.read()
        assert "with one wallet of 20 Connects" in (await here.press("Link")).text
        assert "20 Connects are available" in (await there.say("/balance")).text
        assert "Telegram: 20 Connects\nDiscord: no books yet" in (await there.say("/unlink")).text

    async def test_nor_are_two_without(self, bot: Bot) -> None:
        both = here, there = accounts_of(bot, {"telegram": "Ann", "discord": "ann"})
        done = await linked(both)
        assert "You have no wallet yet; /start opens one for both." in done.text
        assert "20" in (await here.press("Open my wallet")).text
        assert "20 Connects are available" in (await there.say("/balance")).text


class TestDeclining:
    @pytest.mark.parametrize("who", [0, 1])
    async def test_ends_it_for_both(self, both: Both, who: int) -> None:
        await asked(both, TWO, "Link")
        notice = await both[0].read()
        kept = dict(both[0].buttons), dict(both[1].buttons)
        assert "Do not link" in notice.buttons
        both[1].buttons = kept[1] | {"Do not link": await no_of(both)}
        assert (await both[who].press("Do not link")).text == "You have declined, so nothing was linked."
        assert "has declined, so nothing was linked" in (await both[1 - who].read()).text
        both[0].buttons = kept[0]
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


async def no_of(both: Both) -> str:
    """The press that declines, of the side that has said yes."""
    return both[0].buttons["Do not link"]
