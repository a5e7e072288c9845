"""Pages on Discord: a long paste comes as a file, /import takes one, and so does the menu of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.paging import copied

if TYPE_CHECKING:
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage

MENU = "Import this page"
AGAIN = "This replaces the answer above: there is more now."


async def test_the_parts_of_a_paste_are_one_import(ann: DiscordPlayer) -> None:
    page = copied(30)
    cut = page.index("December 23, 2025")
    await ann.say(page[:cut])
    await ann.person.say(ann.chat, page[cut:])
    message = ann.shown[-1].message
    assert message is not None
    await ann.server.until(lambda: "30 rows" in str(message.payload()), "the answer to be edited")
    assert ann.chat.unread == []


async def test_an_answer_that_is_gone_is_sent_anew(ann: DiscordPlayer, stage: DiscordStage) -> None:
    await ann.say(copied(3))
    message = ann.shown[-1].message
    assert message is not None
    stage.server.state.delete(message)
    heard = await ann.say(copied(5))
    assert heard.text.startswith(AGAIN)
    assert "5 rows" in heard.text


async def test_after_a_restart_the_rest_makes_a_new_answer(ann: DiscordPlayer, stage: DiscordStage) -> None:
    await ann.say(copied(3))
    await stage.restart()
    assert (await ann.say(copied(5))).text.startswith(AGAIN)


async def test_several_files_of_a_message_are_one_import(ann: DiscordPlayer) -> None:
    files = (("a.txt", copied(3).encode()), ("b.txt", copied(5).encode()), ("c.pdf", b"%PDF-1.7"))
    await ann.person.say(ann.chat, "", *files)
    heard = await ann.read()
    assert "5 rows" in heard.text
    assert "I cannot read a PDF." in heard.text


async def test_import_takes_a_page(ann: DiscordPlayer, lead: DiscordPlayer) -> None:
    for player in (ann, lead):
        act = await player.person.slash(player.chat, "import", page=("history.html", copied(3).encode()))
        assert "3 rows" in (await player.act(act)).text


async def test_the_menu_of_a_message_imports_it(lead: DiscordPlayer, stage: DiscordStage) -> None:
    bob = await stage.member("Bob", "Team")
    text = await bob.person.say(bob.chat, copied(3))
    file = await bob.person.say(bob.chat, "here", ("history.txt", copied(4).encode()))
    assert "3 rows" in (await lead.act(await lead.person.apply(MENU, text))).text
    assert "4 rows" in (await lead.act(await lead.person.apply(MENU, file))).text
    assert "is for admins" in (await bob.act(await bob.person.apply(MENU, text))).text


async def test_elsewhere_the_menu_is_about_the_own_wallet(stage: DiscordStage) -> None:
    there = await stage.guest("Ann", "Designers")
    text = await there.person.say(there.chat, copied(3))
    heard = await there.act(await there.person.apply(MENU, text))
    assert heard.text.startswith("Your own wallet · only you see this")
    assert "3 rows" in heard.text


async def test_a_forwarded_page_is_read(ann: DiscordPlayer, stage: DiscordStage) -> None:
    there = await stage.guest("Ann", "Designers")
    text = await there.person.say(there.chat, copied(3).replace("January 9, 2026", "Today"))
    stage.bot.clock.pass_(days=3)
    await ann.person.forward(ann.chat, text)
    assert "3 rows from Jan 7, 2026 to Jan 10, 2026" in (await ann.read()).text
