"""Two years come in as pages of 90 days, two of which are missing: in any order they make the same books."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.shared.ids import WalletId
from tests.bot.stage import Bot, a_bot, on_stage
from tests.clock import TestClock
from tests.imports.accounts import account
from tests.imports.keeper import State, state_of
from tests.imports.renderings import rendered
from tests.imports.windows import PHONE, SAVED, WIDE, window

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tests.bot.stage import Player

LIVED: Final = account(26, days=730, agency=False)
END: Final = LIVED.last - timedelta(hours=4)
FORMS: Final = (SAVED, WIDE, SAVED, PHONE)
NEWEST_FIRST: Final = [(END - timedelta(days=90 * ago), FORMS[ago % 4]) for ago in range(8) if ago not in {3, 6}]
LEFT: Final = LIVED.balance_at(END)


async def test_the_order_of_the_pages_makes_no_difference() -> None:
    assert await two_years("telegram", NEWEST_FIRST) == await two_years("discord", reversed(NEWEST_FIRST))


async def two_years(platform: str, pages: Iterable[tuple[datetime, str]]) -> State:
    async with a_bot(clock=TestClock(END - timedelta(days=2))) as bot, on_stage(platform, bot) as stage:
        ann = await stage.person("Ann")
        await type_the_last_days(ann, bot)
        for copied, form in pages:
            bot.clock.pass_(minutes=5)
            await take(ann, copied, form)
            assert (await bot.books.balance(WalletId(1))).available == LEFT
        heard = await ann.say("/balance")
        assert f"{LEFT} Connects are available." in heard.text
        assert "$5.40" in heard.text
        verdict = await bot.books.verify()
        assert verdict.fault is None, verdict.fault
        return state_of(await bot.store.ledger.record(WalletId(1)))


async def type_the_last_days(ann: Player, bot: Bot) -> None:
    """What Ann has typed before she learns of imports: proposals, one with its boost in one figure, and a purchase."""
    await ann.say("/start")
    await ann.say(f"/opening {LIVED.balance_at(bot.clock.at)} free")
    bot.clock.at = END.replace(day=10, hour=15, minute=15)
    await ann.say("/spend 8 Web developer for a try-on MVP")
    bot.clock.at = END.replace(day=10, hour=18, minute=40)
    await ann.say("/buy 40 $6.00")
    assert f"{LEFT} Connects" in (await ann.say("/spend 63 React dashboard")).text
    bot.clock.at = END


async def take(ann: Player, copied: datetime, form: str) -> None:
    """Hand over a page, answer what it asks, and book all of it."""
    shown = window(LIVED, copied)
    heard = await ann.hand("page.html" if form == SAVED else "page.txt", rendered(shown, form).encode())
    if form != SAVED:
        assert "On which day did you save it?" in heard.text
        await ann.press("Another day")
        heard = await ann.say(f"{copied:%Y-%m-%d}")
    assert f"{len(shown.rows)} rows" in heard.text
    if copied == END:
        assert "120 new and 4 unsure." in heard.text
        assert f"{LEFT}, as Upwork says" in heard.text
        await ann.press("Show what is unsure (4)")
        for _ in range(4):
            heard = await ann.press("It is #")
        assert "120 new and 4 known." in heard.text
    else:
        assert "all new." in heard.text
        assert f"{LEFT}, and {shown.balance} on the page's own day, as Upwork says" in heard.text
    assert "entries booked" in (await ann.press("Book all")).text
