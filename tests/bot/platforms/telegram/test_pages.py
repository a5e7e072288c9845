"""Pages on Telegram, whose clients send a long paste in parts: one answer, which grows with them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.bot.paging import copied
from tests.bot.telling import live_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bot.stages.telegram import TelegramPlayer, TelegramStage

FOUND = "200 rows from Jun 24, 2025 to Jan 9, 2026: all new."
AGAIN = "This replaces the answer above: there is more now."


@pytest.mark.parametrize("hard", [False, True])
@pytest.mark.parametrize("order", [(), (3, 1, 0, 2), (2, 3, 1, 0)])
async def test_the_parts_of_a_paste_are_one_import(ann: TelegramPlayer, order: Sequence[int], *, hard: bool) -> None:
    heard = await ann.paste(copied(200), FOUND, hard=hard, order=order)
    assert "Not read" not in heard.text
    assert AGAIN not in heard.text
    (answer,) = ann.chat.sent[1:]
    assert answer.history  # it was edited


async def test_a_part_that_comes_twice_counts_once(ann: TelegramPlayer) -> None:
    with ann.stage.server.deliver_twice("new update"):
        await ann.paste(copied(200), FOUND)
    assert len(ann.chat.sent) == 2


async def test_after_a_restart_the_rest_makes_a_new_answer(ann: TelegramPlayer) -> None:
    page = copied(200)
    cut = page.index("December 1, 2025")
    await ann.say(page[:cut][-4000:])
    await ann.stage.restart()
    heard = await ann.say(page[cut:][:4000])
    assert heard.text.startswith(AGAIN)
    assert "all new" in heard.text


async def test_an_answer_that_is_gone_is_sent_anew(ann: TelegramPlayer) -> None:
    await ann.say(copied(3))
    ann.chat.last.deleted = True
    heard = await ann.say(copied(5))
    assert heard.text.startswith(AGAIN)
    assert "5 rows" in heard.text


async def test_what_comes_too_fast_is_shown_once_at_the_end(ann: TelegramPlayer) -> None:
    """While Telegram lets the bot wait, only the latest version counts."""
    ann.stage.server.limits.enforce()
    await ann.paste(copied(200), FOUND)
    assert len(ann.chat.sent) == 2


async def test_an_answer_is_edited_once_a_second(ann: TelegramPlayer, stage: TelegramStage) -> None:
    """Until a second is over, what comes waits, and then only the latest version is shown."""
    stage.held = asyncio.Event()
    await ann.person.paste(copied(200))
    await stage.server.until(lambda: stage.pauses, "the first edit")
    await stage.server.settled()
    assert len(stage.server.calls("editMessageText")) == 1
    stage.held.set()
    await stage.server.until(lambda: FOUND in ann.chat.last.text, "the last edit")
    assert len(ann.chat.sent) == 2


async def test_what_waits_is_shown_when_the_bot_stops(ann: TelegramPlayer, stage: TelegramStage) -> None:
    stage.held = asyncio.Event()
    await ann.person.paste(copied(200))
    await stage.server.until(lambda: stage.pauses, "the first edit")
    await stage.stop()
    assert FOUND in ann.chat.last.text


async def test_several_documents_are_one_import(ann: TelegramPlayer) -> None:
    for at, rows in enumerate((3, 5)):
        await ann.person.send(f"part{at}.txt", copied(rows).encode(), album="7")
    await ann.stage.server.until(lambda: "5 rows" in ann.chat.last.text, "the answer to both")
    assert len(ann.chat.sent) == 2


async def test_a_forwarded_paste_has_the_day_on_which_it_was_written(ann: TelegramPlayer, stage: TelegramStage) -> None:
    said = await ann.person.say("hello")
    said.date = said.date.replace(month=1, day=5)
    await stage.server.settled()
    text = copied(2).replace("January 9, 2026", "Today").replace("January 8, 2026", "Yesterday")
    said.content = said.content.__class__(text)
    seen = len(ann.chat.sent)
    await ann.person.forward(said)
    await stage.server.until(lambda: len(ann.chat.sent) > seen, "an answer")
    assert "2 rows from Jan 4, 2026 to Jan 5, 2026: all new." in ann.chat.sent[seen].text


async def test_import_in_reply_to_a_file_is_about_that_file(stage: TelegramStage) -> None:
    lea = await stage.member("Lea", "Team", admin=True)
    await lea.say("/start")
    bob = await stage.member("Bob", "Team")
    file = await bob.person.send("history.txt", copied(3).encode(), lea.chat)
    seen = len(lea.chat.sent)
    await lea.person.say("/import", lea.chat, reply_to=file)
    await stage.server.until(lambda: len(lea.chat.sent) > seen, "an answer")
    assert "3 rows" in lea.chat.sent[seen].text
    await bob.person.say("/import", lea.chat, reply_to=file)
    await stage.server.until(lambda: len(lea.chat.sent) > seen + 1, "an answer")
    assert lea.chat.last.text == "In a group, /import is for admins."


async def test_in_a_group_a_page_answers_import(stage: TelegramStage) -> None:
    lea = await stage.member("Lea", "Team", admin=True)
    await lea.say("/start")
    await lea.person.send("history.txt", copied(3).encode(), lea.chat, reply_to=lea.chat.last)
    await lea.say("/import")  # only now does anybody ask for it
    seen = len(lea.chat.sent)
    assert not [one for one in lea.chat.sent if "3 rows" in one.text]
    await lea.person.send("history.txt", copied(3).encode(), lea.chat, reply_to=lea.chat.last)
    await stage.server.until(lambda: len(lea.chat.sent) > seen, "an answer")
    assert "3 rows" in lea.chat.last.text


async def test_the_wallet_of_a_group_is_chosen_in_private(ann: TelegramPlayer, stage: TelegramStage) -> None:
    live_on(stage.bot, stage.carrier)
    lead = await stage.member("Ann", "Team", admin=True)
    await lead.say("/start")
    heard = await ann.paste(copied(3))
    assert "For a group" in heard.buttons
    assert (await ann.press("For a group")).buttons == ("Team", "For me")
    heard = await ann.press("Team")
    assert "For the wallet of “Team”:" in heard.text
    assert "For another wallet" in heard.buttons
    lead.chat.promote(lead.person, "member")
    stage.bot.clock.pass_(minutes=2)
    assert "Its owners and managers can" in (await ann.press("Book all 3")).text


async def test_what_is_added_is_not_for_a_group_of_others(ann: TelegramPlayer, stage: TelegramStage) -> None:
    live_on(stage.bot, stage.carrier)
    lead = await stage.member("Ann", "Team", admin=True)
    await lead.say("/start")
    await ann.paste(copied(3))
    await ann.press("For a group")
    await ann.press("Team")
    lead.chat.promote(lead.person, "member")
    stage.bot.clock.pass_(seconds=60)
    heard = await ann.say(copied(5))
    assert "For the wallet" not in heard.text
    assert "5 rows" in heard.text
