"""The methods that change what was sent, and the answer to a press."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.loopback.telegram.access import named_message, writable_chat
from tests.loopback.telegram.deep_links import read_link
from tests.loopback.telegram.keyboards import read_under
from tests.loopback.telegram.messages import Answer, Content, Message
from tests.loopback.telegram.sending import check_right, read_caption, read_file, read_photo, read_text
from tests.loopback.telegram.wire import bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.loopback.telegram.state import State
    from tests.loopback.telegram.wire import Json, Params

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
NO_TEXT = "there is no text in the message to edit"
NO_CAPTION = "there is no caption in the message to edit"
NO_MEDIA = "there is no media in the message to edit"
LONGEST_ANSWER = 200
KINDS = {"photo": "photos", "document": "documents"}
"""The kinds of media that an edit may put in, and what the right to send them is called."""
DELETABLE = timedelta(hours=48)


def edit_message_text(state: State, params: Params) -> Json:
    content = read_text(params, read_under(params.structure("reply_markup"), inline_only=True))
    message = _own(state, params)
    if message.document or message.photo:
        raise bad_request(NO_TEXT)
    return _change(state, message, content)


def edit_message_caption(state: State, params: Params) -> Json:
    content = read_caption(params, read_under(params.structure("reply_markup"), inline_only=True))
    message = _own(state, params)
    if not (message.document or message.photo):
        raise bad_request(NO_CAPTION)
    return _change(state, message, content)


def edit_message_media(state: State, params: Params) -> Json:
    """A picture or a file takes the place of another; with a recent Bot API also of a text."""
    media = params.inside("media")
    kind = media.text("type")
    if kind not in KINDS:
        raise bad_request("the loopback server takes photos and documents only")
    content = read_caption(media, read_under(params.structure("reply_markup"), inline_only=True))
    file = (read_photo if kind == "photo" else read_file)(state, media, "media")
    message = _own(state, params)
    check_right(message.chat, KINDS[kind])
    before = message.photo if kind == "photo" else message.document
    if not (message.document or message.photo or state.adds_media):
        raise bad_request(NO_MEDIA)
    same = before is not None and (before.data, before.name) == (file.data, file.name)
    if same and content.shows_as(message.content):
        raise bad_request(UNCHANGED)
    message.document, message.photo = (None, file) if kind == "photo" else (file, None)
    return _write(state, message, content)


def edit_message_reply_markup(state: State, params: Params) -> Json:
    under = read_under(params.structure("reply_markup"), inline_only=True)
    message = _own(state, params)
    return _change(state, message, replace(message.content, under=under))


def _own(state: State, params: Params) -> Message:
    message = named_message(writable_chat(state, params), params, "message to edit not found")
    if message.sender is not state.bot:
        raise bad_request("message can't be edited")
    return message


def _change(state: State, message: Message, content: Content) -> Json:
    if content.shows_as(message.content):
        raise bad_request(UNCHANGED)
    return _write(state, message, content)


def _write(state: State, message: Message, content: Content) -> Json:
    message.history.append(message.content)
    message.content = content
    message.edited_at = state.clock.now()
    state.pulse.beat()
    return message.wire()


def delete_message(state: State, params: Params) -> bool:
    chat = writable_chat(state, params)
    message = named_message(chat, params, "message to delete not found")
    foreign = chat.is_group and message.sender is not state.bot and chat.bot_status != "administrator"
    if foreign or state.clock.now() - message.date > DELETABLE:
        raise bad_request("message can't be deleted for everyone" if not foreign else "message can't be deleted")
    message.deleted = True
    state.pulse.beat()
    return True


def answer_callback_query(state: State, params: Params) -> bool:
    press = state.presses.get(params.text("callback_query_id"))
    if press is None or press.answer is not None:
        raise bad_request(TOO_OLD)
    if state.clock.now() - press.at > timedelta(seconds=state.query_lifetime):
        raise bad_request(TOO_OLD)
    if len(params.text("text")) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer = Answer(params.text("text"), params.truth("show_alert"), _own_link(state, params.text("url")))
    state.pulse.beat()
    return True


def _own_link(state: State, url: str) -> str:
    """The address to open: only the bot's own private chat, with something to start it with."""
    if not url:
        return ""
    link = read_link(url)
    if link is None or link.bot != state.username or not link.start:
        raise bad_request("URL_INVALID")
    return url


METHODS: dict[str, Callable[[State, Params], Json | bool]] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
}
