"""The loopback Telegram is as strict as the service, in the service's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Bot, BotCommand, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest

from tests.clock import TestClock
from tests.loopback.telegram import ImpossibleError, Person, TelegramServer
from tests.loopback.telegram.library import a_bot

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

TOO_OLD = "Query is too old and response timeout expired or query id is invalid"


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
async def server(clock: TestClock) -> AsyncGenerator[TelegramServer]:
    async with TelegramServer(clock=clock) as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncGenerator[Bot]:
    async with a_bot(server) as ready:
        yield ready


@pytest.fixture
def ann(server: TelegramServer) -> Person:
    return server.user("Ann", started=True)


def keyboard(*labels: str, data: str = "x") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)] for label in labels])


async def test_a_text_has_at_most_4096_characters_after_its_markup_is_read(bot: Bot, ann: Person) -> None:
    await bot.send_message(ann.id, "<b>" + "ü" * 4096 + "</b>", parse_mode=ParseMode.HTML)
    await bot.send_message(ann.id, "😀" * 4096)
    assert len(ann.private.last.text) == 4096
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(ann.id, "a" * 4097)


@pytest.mark.parametrize("text", ["", "  \n ", "<b> </b>"])
async def test_a_text_must_not_be_empty(bot: Bot, ann: Person, text: str) -> None:
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(ann.id, text, parse_mode=ParseMode.HTML)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("üa <n>", 'unsupported start tag "n" at byte offset 4'),
        ("a < b", 'unsupported start tag "" at byte offset 2'),
        ("<b>a", 'can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>a</b></i>", 'unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a</b>", "unexpected end tag at byte offset 1"),
        ("a <b", "unclosed start tag at byte offset 2"),
        ("<b>a</b", "unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'tag "span" must have class "tg-spoiler"'),
        ("<!-- note -->", 'unsupported start tag "!--"'),
        ("one<br>two", 'unsupported start tag "br"'),
        ("<tg-time>a</tg-time>", 'tag "tg-time" must have a valid attribute "unix"'),
        ('<tg-time unix="2147483648">a</tg-time>', 'tag "tg-time" must have a valid attribute "unix"'),
        ('<tg-time unix="9" format="Dw">a</tg-time>', 'tag "tg-time" has an invalid attribute "format"'),
    ],
)
async def test_markup_that_cannot_be_read_is_refused(bot: Bot, ann: Person, source: str, reason: str) -> None:
    with pytest.raises(BadRequest, match="Can't parse entities: ") as refused:
        await bot.send_message(ann.id, source, parse_mode=ParseMode.HTML)
    assert reason in str(refused.value)
    assert ann.private.sent == []


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("a &lt;b&gt; &amp;amp; &quot;c&quot; &#65;&#x42;", 'a <b> &amp; "c" AB', {}),
        ("<b>x<i>y</i></b>", "xy", {"bold": "xy", "italic": "y"}),
        ("😀 <u>u</u> <s>s</s>", "😀 u s", {"underline": "u", "strikethrough": "s"}),
        ('<a href="https://example.org/?a=1&amp;b=2">here</a>', "here", {"text_link": "here"}),
        ('<pre><code class="language-python">print()</code></pre>', "print()", {"pre": "print()"}),
        ("<code>1 &lt; 2</code>  ", "1 < 2", {"code": "1 < 2"}),
        ('<span class="tg-spoiler">s</span><tg-spoiler>t</tg-spoiler>', "st", {"spoiler": "t"}),
        ("<blockquote expandable>q</blockquote>", "q", {"blockquote": "q"}),
    ],
)
async def test_markup_becomes_plain_text_and_entities(
    bot: Bot, ann: Person, source: str, text: str, found: dict[str, str]
) -> None:
    message = await bot.send_message(ann.id, source, parse_mode=ParseMode.HTML)
    assert (ann.private.last.text, ann.private.last.html) == (text, source)
    assert {entity.type: part for entity, part in message.parse_entities().items()} == found


async def test_a_link_and_a_language_are_kept(bot: Bot, ann: Person) -> None:
    source = '<a href="https://example.org/?a=1&amp;b=2">x</a> <pre><code class="language-python">y</code></pre>'
    link, code = (await bot.send_message(ann.id, source, parse_mode=ParseMode.HTML)).entities
    assert link.url == "https://example.org/?a=1&b=2"
    assert code.language == "python"


async def test_another_parse_mode_is_not_spoken_here(bot: Bot, ann: Person) -> None:
    with pytest.raises(BadRequest, match="Unsupported parse_mode"):
        await bot.send_message(ann.id, "*a*", parse_mode=ParseMode.MARKDOWN_V2)


async def test_the_data_of_a_button_has_1_to_64_bytes(bot: Bot, ann: Person) -> None:
    await bot.send_message(ann.id, "a", reply_markup=keyboard("A", data="ü" * 32))
    for data in ("", "ü" * 32 + "x"):
        with pytest.raises(BadRequest, match="Button_data_invalid"):
            await bot.send_message(ann.id, "a", reply_markup=keyboard("A", data=data))


async def test_a_keyboard_has_at_most_100_buttons_and_no_empty_label(bot: Bot, ann: Person) -> None:
    await bot.send_message(ann.id, "a", reply_markup=keyboard(*["A"] * 100))
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(ann.id, "a", reply_markup=keyboard(*["A"] * 101))
    with pytest.raises(BadRequest, match="button text must be non-empty"):
        await bot.send_message(ann.id, "a", reply_markup=keyboard(" "))
    with pytest.raises(BadRequest, match=r"(?i)text buttons are unallowed"):
        await bot.send_message(ann.id, "a", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("A")]]))


async def test_a_caption_has_at_most_1024_characters_and_a_file_some_bytes(bot: Bot, ann: Person) -> None:
    await bot.send_document(ann.id, b"a", caption="c" * 1024)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(ann.id, b"a", caption="c" * 1025)
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(ann.id, b"")
    with pytest.raises(BadRequest, match=r"(?i)wrong file identifier"):
        await bot.send_document(ann.id, "no-such-file")
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(ann.id, b"not a picture")


async def test_a_press_is_answered_once_and_in_time(
    server: TelegramServer, bot: Bot, ann: Person, clock: TestClock
) -> None:
    await bot.send_message(ann.id, "Sure?", reply_markup=keyboard("Yes"))
    press = await ann.press(ann.private.last, "Yes")
    await bot.answer_callback_query(press.id)
    with pytest.raises(BadRequest, match=TOO_OLD):
        await bot.answer_callback_query(press.id)
    with pytest.raises(BadRequest, match=TOO_OLD):
        await bot.answer_callback_query("unknown")
    late = await ann.press(ann.private.last, "Yes")
    clock.pass_(seconds=server.state.query_lifetime + 1)
    with pytest.raises(BadRequest, match=TOO_OLD):
        await bot.answer_callback_query(late.id)


async def test_an_edit_must_change_something(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.id, "<b>Sure?</b>", parse_mode=ParseMode.HTML, reply_markup=keyboard("Yes"))
    with pytest.raises(BadRequest, match="Message is not modified: "):
        await sent.edit_text("<b>Sure?</b>", parse_mode=ParseMode.HTML, reply_markup=keyboard("Yes"))
    await sent.edit_text("Sure?", reply_markup=keyboard("Yes"))
    await sent.edit_text("Sure?")
    with pytest.raises(BadRequest, match="Message is not modified: "):
        await sent.edit_reply_markup()
    assert len(ann.private.last.history) == 2


async def test_what_is_gone_or_foreign_cannot_be_edited(
    server: TelegramServer, bot: Bot, ann: Person, clock: TestClock
) -> None:
    sent = await bot.send_message(ann.id, "Sure?")
    said = await ann.say("Yes")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("No", ann.id, said.id)
    await sent.delete()
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await sent.edit_text("No")
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await sent.delete()
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(ann.id, "Well", reply_to_message_id=sent.message_id)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(987, "Well")
    old = await bot.send_message(ann.id, "Old")
    clock.pass_(hours=49)
    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted"):
        await old.delete()
    assert server.count()["deleteMessage"] == 3


@pytest.mark.parametrize(
    ("name", "description", "reason"),
    [
        ("Balance", "How many", "Bot_command_invalid"),
        ("add-lot", "How many", "Bot_command_invalid"),
        ("", "How many", "Command must be non-empty"),
        ("a" * 33, "How many", "Command length must not exceed 32"),
        ("balance", " ", "Command description must be non-empty"),
        ("balance", "d" * 257, "Command description length must not exceed 256"),
    ],
)
async def test_a_menu_is_checked(bot: Bot, name: str, description: str, reason: str) -> None:
    with pytest.raises(BadRequest, match=reason):
        await bot.set_my_commands([BotCommand(name, description)])


async def test_a_menu_has_at_most_100_commands_and_a_language_of_two_letters(bot: Bot) -> None:
    await bot.set_my_commands([BotCommand(f"c{number}", "d") for number in range(100)])
    with pytest.raises(BadRequest, match="Bot_commands_too_much"):
        await bot.set_my_commands([BotCommand(f"c{number}", "d") for number in range(101)])
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        await bot.set_my_commands([BotCommand("balance", "d")], language_code="de-AT")


async def test_an_unmarked_text_is_left_as_it_is(bot: Bot, ann: Person) -> None:
    message: Message = await bot.send_message(ann.id, "1 < 2 & <b>")
    assert message.text == ann.private.last.text == "1 < 2 & <b>"
    assert ann.private.last.html == "1 &lt; 2 &amp; &lt;b&gt;"


async def test_a_time_is_an_entity_with_its_text_for_older_clients(bot: Bot, ann: Person) -> None:
    await bot.send_message(
        ann.id, 'At <tg-time unix="1768294800" format="wDt">nine</tg-time>', parse_mode=ParseMode.HTML
    )
    (time,) = ann.private.last.entities
    assert time == {"type": "date_time", "offset": 3, "length": 4, "unix_time": 1768294800, "date_time_format": "wDt"}


async def test_a_button_copies_at_most_256_characters(bot: Bot, ann: Person) -> None:
    for length, works in ((256, True), (257, False)):
        under = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Copy", copy_text=CopyTextButton("x" * length)))
        if works:
            await bot.send_message(ann.id, "text", reply_markup=under)
        else:
            with pytest.raises(BadRequest):
                await bot.send_message(ann.id, "text", reply_markup=under)
    assert ann.private.last.button("Copy").copied == "x" * 256


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://t.me/connects_bot?start=claim_7", True),
        ("https://t.me/connects_bot", False),
        ("https://t.me/other_bot?start=claim_7", False),
        ("https://t.me/connects_bot?start=no%20blanks", False),
        ("t.me/connects_bot?start=claim_7", False),
        ("https://example.com", False),
    ],
)
async def test_a_press_opens_the_bots_own_private_chat_only(bot: Bot, ann: Person, url: str, *, opens: bool) -> None:
    await bot.send_message(ann.id, "text", reply_markup=keyboard("Go"))
    press = await ann.press(ann.private.last, "Go")
    if opens:
        await bot.answer_callback_query(press.id, url=url)
        assert (await press.answered()).url == url
        return
    with pytest.raises(BadRequest, match="Url_invalid"):
        await bot.answer_callback_query(press.id, url=url)


async def test_what_somebody_writes_in_a_style_comes_beside_the_text(server: TelegramServer, ann: Person) -> None:
    message = await ann.say('/note <b>\U0001f642 bold</b> and <a href="https://example.com">this</a>', html=True)
    assert message.text == "/note \U0001f642 bold and this"
    assert [(one["type"], one["offset"], one["length"]) for one in message.entities] == [
        ("bot_command", 0, 5),
        ("bold", 6, 7),
        ("text_link", 18, 4),
    ]
    assert server.updates.queue


async def test_a_link_leads_into_the_private_chat(ann: Person) -> None:
    assert (await ann.follow("https://t.me/connects_bot?start=claim_7")).text == "/start claim_7"
    for elsewhere in ("https://t.me/other_bot?start=x", "https://t.me/connects_bot?startgroup"):
        with pytest.raises(ImpossibleError):
            await ann.follow(elsewhere)


async def test_descriptions_have_their_lengths_and_languages(bot: Bot, server: TelegramServer) -> None:
    await bot.set_my_description("x" * 512, "uk")
    await bot.set_my_short_description("x" * 120)
    assert set(server.state.descriptions) == {("description", "uk"), ("short_description", "")}
    with pytest.raises(BadRequest):
        await bot.set_my_description("x" * 513)
    with pytest.raises(BadRequest):
        await bot.set_my_short_description("x" * 121)
    with pytest.raises(BadRequest):
        await bot.set_my_description("x", "pt-br")
