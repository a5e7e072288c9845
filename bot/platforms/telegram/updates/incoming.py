"""Turns a Telegram update into an event, or into None if it does not concern the bot. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeAlias

from telegram import Chat as TelegramChat
from telegram import ChatMember, ChatMemberAdministrator, ChatMemberRestricted, Message
from telegram.constants import ChatType

from bot.command.incoming import Edited, Incoming, Pressed, Typed, Wordless, action_key, asked_of_group, is_media
from bot.platforms.telegram.updates.files import attached
from bot.platforms.telegram.updates.formatting import marked_line
from bot.platforms.telegram.updates.words import words_of
from core.wallets.people import Chat, ChatKind, ChatRef, Identity

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from telegram import CallbackQuery, ChatMemberUpdated, InlineKeyboardMarkup, Update, User

    from bot.command.incoming import Attached, Said

NAME: Final = "telegram"
GROUPS: Final = frozenset({ChatType.GROUP, ChatType.SUPERGROUP, ChatType.CHANNEL})
HIDING: Final = frozenset({ChatType.SUPERGROUP, ChatType.CHANNEL})
COMMAND: Final = re.compile(r"/\w+(?:@(?P<bot>\w+))?(?=\s|$)")
INSIDE: Final = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER})


class Me(NamedTuple):
    """The bot's own account."""

    id: int
    username: str


class Admins(Protocol):
    """Knows who is an admin."""

    async def is_admin(self, chat: int, user: int) -> bool:
        """Whether a user is an admin of a group; AdminsUnseenError if Telegram does not say it to this bot."""
        ...

    async def is_anonymous(self, chat: int, user: int, *, channel: bool = False) -> bool:
        """Whether a user is an admin who acts in the group's name, as all of a channel do."""
        ...


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an answer goes, by Telegram's ids.

    below: the message that it replies to.
    pressed: the message whose button was pressed, which may be edited instead.
    captioned: that message has a picture or a file, so that its words are a caption.
    has_file: it has a file that is no picture, which is never taken away.
    asked: the user id and name to mention in a question, because the answer replies to no message of theirs.
    channel: nobody can type an answer there.
    quiet: what is sent there makes no sound.
    """

    chat: int
    kind: ChatKind
    topic: int | None = None
    below: int | None = None
    pressed: int | None = None
    asked: tuple[str, str] | None = None
    channel: bool = False
    quiet: bool = False
    captioned: bool = False
    has_file: bool = False

    @property
    def ref(self) -> ChatRef:
        """The chat, as core knows it."""
        return _ref(self.chat)

    @property
    def place(self) -> str:
        """The topic, as core knows it (`Incoming.place`)."""
        return "" if self.topic is None else str(self.topic)


@dataclass(frozen=True, slots=True)
class Received:
    """Somebody wrote or pressed something.

    query: the id of a press, which must be acknowledged.
    album: the id of the album of pictures that the message is of (empty: of none).
    presser: who pressed, in a chat whose admins may be anonymous (None: their account may be named).
    kept: the update is on disk, so in an outage it waits there, and nobody is asked to send it again.
    keyboard: the buttons of which one was pressed.
    """

    incoming: Incoming
    seat: Seat
    query: str | None = None
    album: str = ""
    presser: int | None = None
    kept: bool = False
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """The bot was added to a chat; `locale` is the language of the person who did it.

    channel: everybody who reads it sees the greeting.
    upgraded: it may be the new id of a group that the bot was in already, so that there is nothing to greet.
    """

    chat: Chat
    locale: str = "en"
    channel: bool = False
    upgraded: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """The bot was removed from a chat, or blocked."""

    ref: ChatRef
    kind: ChatKind
    why: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A group has a new id."""

    old: ChatRef
    new: ChatRef


Event: TypeAlias = Received | Joined | Left | Moved


def event_of(update: Update, me: Me, admins: Admins, now: datetime) -> Event | None:
    """The event in an update. `now` is used for presses, for which Telegram sends no time."""
    if update.message is not None:
        return _message(update.message, me, admins)
    if (edited := update.edited_message or update.edited_channel_post) is not None:
        return _edited(edited, me, admins)
    if update.channel_post is not None:
        return _post(update.channel_post, me, admins)
    if update.callback_query is not None:
        return _press(update.callback_query, admins, now)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    return None


def _message(message: Message, me: Me, admins: Admins) -> Event | None:
    ref = _ref(message.chat.id)
    if message.migrate_to_chat_id is not None:
        return Moved(ref, _ref(message.migrate_to_chat_id))
    if message.migrate_from_chat_id is not None:
        return Moved(_ref(message.migrate_from_chat_id), ref)
    kind, words = _kind(message.chat), words_of(message)
    if kind is None or (not words and message.effective_attachment is None):
        return None
    if not words and kind is ChatKind.GROUP and not (_has_file(message) and _answers(message, me)):
        return None  # it is for the people there
    said = Typed(words) if words or _has_file(message) else Wordless()
    return _received(message, _addressed(message, words, me) if kind is ChatKind.GROUP else said, kind, admins)


def _edited(message: Message, me: Me, admins: Admins) -> Received | None:
    """What the author changed. Without its time, Telegram itself changed something, such as a preview."""
    kind, words = _kind(message.chat), words_of(message)
    if kind is None or message.edit_date is None or not words:
        return None
    if _is_channel(message.chat) and COMMAND.match(words) is None:
        return None  # an ordinary post is for the readers
    typed = Typed(words) if kind is ChatKind.PRIVATE else _addressed(message, words, me)
    return None if typed is None else _received(message, Edited(typed.line, typed.direct), kind, admins)


def _post(post: Message, me: Me, admins: Admins) -> Received | None:
    """A command in a channel, whose author is the channel itself; all other posts are for its readers."""
    words = words_of(post)
    return (
        None if COMMAND.match(words) is None else _received(post, _addressed(post, words, me), ChatKind.GROUP, admins)
    )


def _received(message: Message, said: Said | None, kind: ChatKind, admins: Admins) -> Received | None:
    author, is_edit = _author(message, admins), isinstance(said, Edited)
    if author is None or said is None:
        return None
    below, about = message.message_id if kind is ChatKind.GROUP else None, _about(message)
    seat = Seat(message.chat.id, kind, _topic(message), below, channel=_is_channel(message.chat))
    album = "" if _has_file(message) else message.media_group_id or ""
    incoming = Incoming(
        key=action_key(message.date, seat.ref, f"g{album}" if album else f"m{message.message_id}"),
        at=message.edit_date if is_edit and message.edit_date is not None else message.date,
        who=author.who,
        name=author.name,
        chat=seat.ref,
        said=said,
        admin=author.admin,
        group=kind is ChatKind.GROUP,
        title=message.chat.title or "",
        locale=author.locale,
        place=seat.place,
        channel=seat.channel,
        file=None if is_edit else _file(message) or _file_of(about),
        number=message.message_id,
        written=_written(message) if about is None else _written(about) or about.date,
        quoted="" if about is None else words_of(about),
        marked=marked_line(message),
    )
    return Received(incoming, seat, album="" if is_edit else album)


def _about(message: Message) -> Message | None:
    """The message of somebody that a command replies to, so that the command is about it."""
    answered = message.reply_to_message
    if answered is None or not COMMAND.match(message.text or "") or answered.from_user is None:
        return None
    return None if answered.from_user.is_bot else answered


def _file_of(message: Message | None) -> Attached | None:
    return None if message is None else _file(message)


def _file(message: Message) -> Attached | None:
    return attached(message.document) if message.document is not None and _has_file(message) else None


def _written(message: Message) -> datetime | None:
    """When a forwarded message was written; None for one that is not forwarded."""
    return None if message.forward_origin is None else message.forward_origin.date


def _has_file(message: Message) -> bool:
    """Whether a file is attached that is no picture, sound or film. An animation has the fields of a file too."""
    document = message.document
    return document is not None and message.animation is None and not is_media(document.mime_type)


def _press(query: CallbackQuery, admins: Admins, now: datetime) -> Received | None:
    message = query.message
    kind = None if message is None else _kind(message.chat)
    if query.data is None or message is None or kind is None:
        return None
    group, user = kind is ChatKind.GROUP, query.from_user
    asked = (str(user.id), user.full_name) if group and not asked_of_group(query.data) else None
    topic = _topic(message) if isinstance(message, Message) else None
    below = message.message_id if group else None
    pressed = message.message_id if message.is_accessible else None  # of an old message, Telegram sends only the id
    photo, has_file = (
        isinstance(message, Message) and bool(message.photo),
        isinstance(message, Message) and bool(message.document),
    )
    seat = Seat(
        message.chat.id,
        kind,
        topic,
        below,
        pressed,
        asked,
        _is_channel(message.chat),
        captioned=photo or has_file,
        has_file=has_file,
    )
    author = _user(user, message.chat.id, admins)
    incoming = Incoming(
        key=action_key(now, seat.ref, f"q{query.id}"),
        at=now,
        who=author.who,
        name=author.name,
        chat=seat.ref,
        said=Pressed(query.data),
        admin=author.admin,
        group=group,
        title=message.chat.title or "",
        locale=author.locale,
        place=seat.place,
        channel=seat.channel,
    )
    presser = user.id if message.chat.type in HIDING else None
    keyboard = message.reply_markup if isinstance(message, Message) else None
    return Received(incoming, seat, query.id, presser=presser, keyboard=keyboard)


def _membership(changed: ChatMemberUpdated) -> Joined | Left | None:
    kind, ref = _kind(changed.chat), _ref(changed.chat.id)
    if kind is None:
        return None
    channel = _is_channel(changed.chat)
    if _is_inside(changed.new_chat_member, channel=channel):
        upgraded = changed.chat.type == ChatType.SUPERGROUP
        chat = Chat(ref, kind, changed.chat.title or "")
        return Joined(chat, changed.from_user.language_code or "en", channel, upgraded)
    return Left(ref, kind, "blocked" if kind is ChatKind.PRIVATE else "removed")


def _is_inside(mine: ChatMember, *, channel: bool) -> bool:
    """Whether the bot is in a chat; in a channel, whether it may post there, which only admins may."""
    if channel:
        return isinstance(mine, ChatMemberAdministrator) and bool(mine.can_post_messages)
    return mine.status in INSIDE or (isinstance(mine, ChatMemberRestricted) and mine.is_member)


class _Author(NamedTuple):
    """Who wrote something, and how to find out whether they are an admin there."""

    who: Identity
    name: str
    locale: str
    admin: Callable[[], Awaitable[bool]]


def _author(message: Message, admins: Admins) -> _Author | None:
    """The author of a message; None for a linked channel that posts into a group, and for bots.

    An anonymous admin writes as the group itself, and every admin of a channel as the channel.
    """
    sender = message.sender_chat
    if sender is not None and sender.id == message.chat.id:
        return _Author(Identity(NAME, str(sender.id)), sender.title or "", "en", _yes)
    if sender is not None or message.from_user is None or message.from_user.is_bot:
        return None
    return _user(message.from_user, message.chat.id, admins)


def _user(user: User, chat: int, admins: Admins) -> _Author:
    who = Identity(NAME, str(user.id))
    return _Author(who, user.full_name, user.language_code or "en", partial(admins.is_admin, chat, user.id))


async def _yes() -> bool:
    return True


def _addressed(message: Message, text: str, me: Me) -> Typed | None:
    """A line in a group without the bot's own name, and whether the bot was addressed; None if another bot was."""
    command = COMMAND.match(text)
    if command is not None and command["bot"] is not None:
        if command["bot"].casefold() != me.username.casefold():
            return None
        return Typed(text[: command.start("bot") - 1] + text[command.end() :])
    plain, mentions = re.subn(rf"(?<!\w)@{re.escape(me.username)}(?!\w)", " ", text, flags=re.IGNORECASE)
    return Typed(plain.strip() if mentions else text, direct=bool(mentions) or _answers(message, me))


def _answers(message: Message, me: Me) -> bool:
    """Whether a message replies to one of the bot's."""
    answered = message.reply_to_message
    return answered is not None and answered.from_user is not None and answered.from_user.id == me.id


def _kind(chat: TelegramChat) -> ChatKind | None:
    if chat.type == ChatType.PRIVATE:
        return ChatKind.PRIVATE
    return ChatKind.GROUP if chat.type in GROUPS else None


def _is_channel(chat: TelegramChat) -> bool:
    return chat.type == ChatType.CHANNEL


def _topic(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


def _ref(chat: int) -> ChatRef:
    return ChatRef(NAME, str(chat))
