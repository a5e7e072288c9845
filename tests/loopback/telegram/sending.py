"""The methods that send."""

from __future__ import annotations

import html
import struct
from typing import TYPE_CHECKING

from tests.loopback.telegram.access import writable_chat
from tests.loopback.telegram.keyboards import Under, read_under
from tests.loopback.telegram.markup import parse
from tests.loopback.telegram.messages import Content, File, Message
from tests.loopback.telegram.wire import Upload, bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.loopback.telegram.chats import Chat
    from tests.loopback.telegram.state import State
    from tests.loopback.telegram.wire import Json, Params

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
BIGGEST_PHOTO = 10 * 1024 * 1024
WIDEST_PHOTO = 10_000
NARROWEST = 20
ACTIONS = frozenset(
    {
        "choose_sticker",
        "find_location",
        "record_video",
        "record_video_note",
        "record_voice",
        "typing",
        "upload_document",
        "upload_photo",
        "upload_video",
        "upload_video_note",
        "upload_voice",
    }
)


def read_text(params: Params, under: Under) -> Content:
    content = _read(params, "text", "entities", under)
    if not content.text:
        raise bad_request("message text is empty")
    if len(content.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return content


def read_caption(params: Params, under: Under) -> Content:
    content = _read(params, "caption", "caption_entities", under)
    if len(content.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return content


def _read(params: Params, name: str, entities: str, under: Under) -> Content:
    source, mode = params.text(name), params.text("parse_mode")
    formatted = parse(source, mode, params.structure(entities))
    return Content(formatted.text, source if mode else html.escape(source, quote=False), formatted.entities, under)


def send_message(state: State, params: Params) -> Json:
    content = read_text(params, read_under(params.structure("reply_markup")))
    return _send(state, params, content, "text messages").wire()


def send_document(state: State, params: Params) -> Json:
    content = read_caption(params, read_under(params.structure("reply_markup")))
    file = read_file(state, params, "document")
    message = _send(state, params, content, "documents")
    message.document = file
    return message.wire()


def send_photo(state: State, params: Params) -> Json:
    content = read_caption(params, read_under(params.structure("reply_markup")))
    file = read_photo(state, params, "photo")
    message = _send(state, params, content, "photos")
    message.photo = file
    return message.wire()


def read_photo(state: State, params: Params, name: str) -> File:
    """A picture that came with the call, or that was sent before."""
    file = read_file(state, params, name, measured=True)
    if file.size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    return file


def send_chat_action(state: State, params: Params) -> bool:
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    writable_chat(state, params).actions.append(params.text("action"))
    state.pulse.beat()
    return True


def _send(state: State, params: Params, content: Content, what: str) -> Message:
    chat = writable_chat(state, params)
    check_right(chat, what)
    if chat.is_channel and (content.under.force_reply or content.under.keyboard):
        raise bad_request("inline keyboard expected")
    topic = _topic(chat, params)
    message = state.post(chat, state.bot, content, _replied_to(chat, params), topic)
    message.silent = params.truth("disable_notification")
    return message


def check_right(chat: Chat, what: str) -> None:
    """Refuse what the bot may not send to a group."""
    if chat.is_group and not chat.may_send(what):
        raise bad_request(f"not enough rights to send {what} to the chat")


def _topic(chat: Chat, params: Params) -> int | None:
    topic = params.integer("message_thread_id")
    if not topic:
        return None
    if topic not in chat.topics:
        raise bad_request("message thread not found")
    if not chat.topics[topic] and chat.bot_status != "administrator":
        raise bad_request("TOPIC_CLOSED")
    return topic


def _replied_to(chat: Chat, params: Params) -> Message | None:
    reply = params.structure("reply_parameters") or {}
    wanted = reply.get("message_id") or params.integer("reply_to_message_id")
    if not wanted:
        return None
    found = chat.message(int(wanted))
    if found is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


def read_file(state: State, params: Params, name: str, *, measured: bool = False) -> File:
    given = params.text(name)
    upload = params.uploads.get(given.removeprefix("attach://") if given.startswith("attach://") else name)
    if upload is None and not given:
        raise bad_request(f"there is no {name} in the request")
    if upload is None and given in state.files:
        return state.files[given]
    if upload is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if not upload.data:
        raise bad_request("file must be non-empty")
    size = _measure(upload) if measured else None
    return state.keep(upload.name, upload.data, upload.mime, size)


def _measure(upload: Upload) -> tuple[int, int]:
    """Width and height: a PNG is measured, other pictures are only recognised."""
    if len(upload.data) > BIGGEST_PHOTO:
        raise bad_request("file is too big for a photo")
    if upload.data.startswith(b"\x89PNG\r\n\x1a\n") and len(upload.data) > 24:
        width, height = struct.unpack(">II", upload.data[16:24])
        if width + height > WIDEST_PHOTO or max(width, height) > NARROWEST * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return int(width), int(height)
    if upload.data.startswith((b"\xff\xd8\xff", b"GIF8")) or upload.data[8:12] == b"WEBP":
        return 800, 600
    raise bad_request("IMAGE_PROCESS_FAILED")


METHODS: dict[str, Callable[[State, Params], Json | bool]] = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "sendChatAction": send_chat_action,
}
