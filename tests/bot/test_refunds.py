"""What should have come back and did not, what came, and the text for Upwork's support, as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.meant import ONE, TWO, rich

if TYPE_CHECKING:
    from tests.bot.stage import Bot, CarryingStage


async def test_what_is_owed_and_the_text_for_support(bot: Bot, stage: CarryingStage) -> None:
    ann = await stage.person("ann")
    for line in ("/start", "/adjust +180", f"/spend 16 {ONE} boost=8", "/return #4", f"/spend 10 {TWO}"):
        await ann.say(line)
    await ann.say("#3 closed")
    early = await ann.say("/refunds")
    assert "16 Connects may still be on the way" in early.text
    bot.clock.pass_(days=4)
    owed = await ann.say("/refunds")
    assert "16 Connects have not come back, of 1 proposal" in owed.text
    assert "16 missing" in owed.text
    assert {"#3", "Import from Upwork"} <= {*owed.buttons}
    text = (await ann.press("Text for support")).text
    if "Landing page" not in text:  # on Discord the text to copy is a message of its own
        text += (await ann.read()).text
    assert "What they give back is up to them." in text
    for said in ("1. “Landing page”", "https://www.upwork.com/jobs/~022010000000000000041", "Not returned so far: 16"):
        assert said in text
    came = await ann.say("/refunds came back")
    assert "8 Connects came back, of 1 proposal" in came.text
    assert "Net cost: 16" in came.text
    assert "Upwork returns nothing for a proposal that was declined." in (await ann.say("/refunds kept")).text


async def test_more_than_a_text_holds_comes_in_several(bot: Bot) -> None:
    ann = await rich(bot)
    for title in ("Logo", "Flyer", "Map", "Poster", "Banner"):
        await ann.say(f"/spend 4 {title}")
    for number in range(3, 8):
        await ann.say(f"#{number} closed")
    bot.clock.pass_(days=4)
    first = await ann.say("/refunds")
    assert "20 Connects have not come back, of 5 proposals" in first.text
    assert {"#3", "#4", "#5", "#6", "Next"} <= {*first.buttons}
    assert "Banner" in (await ann.press("Next")).text
    await ann.press("Previous")
    text = await ann.press("Text for support")
    assert "4. “Poster”" in text.text
    assert "Not returned in all: 16 Connects." in text.text
    assert "Banner" in (await ann.press("Next text")).text


async def test_nothing_is_owed_in_new_books(bot: Bot) -> None:
    ann = await rich(bot)
    heard = await ann.say("/refunds")
    assert heard.text == "I know of nothing that should have come back and did not."
    assert "Nothing has come back yet" in (await ann.say("/refunds returned")).text
    assert "I know of nothing" in (await ann.say("/refunds text")).text
