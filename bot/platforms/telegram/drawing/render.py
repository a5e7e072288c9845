"""Renders a Reply as messages and documents. Pure; `sending` does the I/O."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from telegram import ForceReply, InlineKeyboardMarkup

from bot.platforms.telegram.drawing.keyboard import Row, keyboard
from bot.platforms.telegram.drawing.text import (
    LONGEST_ALERT,
    LONGEST_CAPTION,
    LONGEST_MESSAGE,
    Line,
    Span,
    clip,
    cut,
    html,
    lines_of,
    plain,
    units,
)
from bot.reply.parts import Ask, Buttons, Fields, File, Links, Part, Reply, Say, Table, Verbatim, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reply.words import Voice

LONGEST_PLACEHOLDER: Final = 64
SEPARATOR: Final = " · "

Markup: TypeAlias = InlineKeyboardMarkup | ForceReply


@dataclass(frozen=True, slots=True)
class Message:
    """A message; `text` is in Telegram's HTML."""

    text: str
    markup: Markup | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file, or a picture that is shown; `caption` is in Telegram's HTML.

    refused: what is said in its place where it may not be sent, in HTML too; empty if there is nothing to say.
    """

    name: str
    content: bytes
    caption: str
    markup: Markup | None = None
    picture: bool = False
    refused: str = ""


Payload: TypeAlias = Message | Document


@dataclass(slots=True)
class _Sheet:
    """What has been drawn so far; `last` is the last file and its caption, if nothing has been sent since."""

    voice: Voice
    asked: Span | None
    group: bool = False
    forms: bool = True
    unnamed: bool = False
    lines: list[Line] = field(default_factory=list)
    done: list[Payload] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    prompt: ForceReply | None = None
    last: tuple[File, Sequence[Line]] | None = None


def render(
    reply: Reply,
    voice: Voice,
    asked: tuple[str, str] | None = None,
    *,
    group: bool = False,
    forms: bool = True,
    home: str = "",
    unnamed: bool = False,
) -> list[Payload]:
    """The messages and documents of a reply, in order.

    asked: the user id and name to mention in a question. Telegram opens the input field only for the author of the
        message that is replied to, or for people who are mentioned.
    group: typed answers only count if they reply to the question, so the hint says that.
    forms: whether questions can be answered by typing; not so in a channel.
    home: the address of the bot itself, for links to it.
    unnamed: a question is to somebody who must not be mentioned, for whom no input field opens.
    """
    sheet = _Sheet(voice, None if asked is None else Span(asked[1], person=asked[0]), group, forms, unnamed)
    for part in reply.parts:
        _draw(sheet, part)
    _end(sheet)
    _flush(sheet)
    markup = keyboard(sheet.rows, voice, home) or sheet.prompt
    if sheet.done and markup is not None:
        sheet.done[-1] = replace(sheet.done[-1], markup=markup)
    return sheet.done


def alert(reply: Reply, voice: Voice) -> str | None:
    """A reply as the text of an alert over the chat, which only one person sees; buttons are left out.

    It is the whole reply if that fits, or else its first part; None if neither fits.
    """
    if any(isinstance(part, Ask | File | Verbatim) for part in reply.parts):
        return None
    parts = [part for part in reply.parts if not isinstance(part, Buttons | Links)]
    drawn = (_plain(shown, voice) for shown in (parts, parts[:1]))
    return next((text for text in drawn if text and units(text) <= LONGEST_ALERT), None)


def channel_alert(reply: Reply, voice: Voice, link: str) -> str:
    """A reply to a press in a channel, which only the one who pressed may see: as much of it as an alert can show."""
    short = alert(reply, voice) if reply.ephemeral else None
    text = _plain([said for part in reply.parts for said in _in_alert(part)], voice)
    whole = not any(isinstance(part, File) for part in reply.parts)
    if short or (whole and units(text) <= LONGEST_ALERT):
        return short or text
    more = voice.say(say("channel-more", link=link))
    return f"{clip(text, LONGEST_ALERT - units(more) - 1)} {more}"


def _in_alert(part: Part) -> tuple[Part, ...]:
    """What an alert shows of a part: no buttons and no files, and no question that waits for an answer."""
    match part:
        case Buttons():
            return ()
        case Verbatim(lines):
            return lines
        case File(caption=caption):
            return (caption,)
        case Ask(question=question):
            return question, say("channel-question")
        case _:
            return (part,)


def _plain(parts: Sequence[Part], voice: Voice) -> str:
    sheet = _Sheet(voice, None)
    for part in parts:
        _draw(sheet, part)
    return plain(sheet.lines)


def _draw(sheet: _Sheet, part: Part) -> None:
    match part:
        case Say():
            _paragraph(sheet, lines_of(sheet.voice.marked(part)))
        case Fields():
            _paragraph(sheet, _fields(part, sheet.voice))
        case Table():
            _paragraph(sheet, _table(part, sheet.voice))
        case Verbatim(lines):
            _flush(sheet)
            sheet.last = None
            written = [line for one in lines for line in lines_of(sheet.voice.say(one))]
            sheet.done.extend(Message(f"<pre>{html(portion)}</pre>") for portion in cut(written, LONGEST_MESSAGE))
        case Buttons(rows):
            sheet.rows.extend(rows)
        case Links(row):
            sheet.rows.append(row)
        case Ask():
            _ask(sheet, part)
        case File():
            _flush(sheet)
            _file(sheet, part)
        case other:
            assert_never(other)


def _paragraph(sheet: _Sheet, lines: list[Line]) -> None:
    if sheet.lines and lines:
        sheet.lines.append(())
    sheet.lines.extend(lines)


def _flush(sheet: _Sheet) -> None:
    sheet.done.extend(Message(html(portion)) for portion in cut(sheet.lines, LONGEST_MESSAGE))
    sheet.lines.clear()


def _title(title: Say | None, voice: Voice) -> list[Line]:
    return [] if title is None else lines_of(voice.marked(title), "b")


def _fields(part: Fields, voice: Voice) -> list[Line]:
    rows = [_row(Span(voice.say(label), "b"), lines_of(f" {voice.marked(value)}")) for label, value in part.rows]
    return [*_title(part.title, voice), *(line for row in rows for line in row)]


def _row(label: Span, value: list[Line]) -> list[Line]:
    return [(label, *value[0]), *value[1:]]


def _table(part: Table, voice: Voice) -> list[Line]:
    """A line for each row: columns do not fit on a phone, so every cell must say what it is."""
    rows = [lines_of(SEPARATOR.join(filter(None, map(voice.marked, row)))) for row in part.rows]
    return [*_title(part.title, voice), *(line for row in rows for line in row)]


def _ask(sheet: _Sheet, part: Ask) -> None:
    """Telegram shows a keyboard or an input prompt, not both: with choices, the hint is part of the text."""
    question, hint = lines_of(sheet.voice.marked(part.question)), sheet.voice.say(part.hint)
    if part.choices or not sheet.forms:
        hint = sheet.voice.say(say("answer-by-reply", hint=hint)) if sheet.group and sheet.forms else hint
        sheet.rows.extend([part.choices] if part.choices else [])
        _paragraph(sheet, [*question, *(lines_of(hint, "i") if part.free else [])])
        return
    if sheet.asked is not None:
        question[0] = (sheet.asked, Span(": "), *question[0])
    by_reply = lines_of(sheet.voice.say(say("answer-in-reply", hint=hint)), "i") if sheet.unnamed else []
    _paragraph(sheet, [*question, *by_reply])
    sheet.prompt = ForceReply(selective=True, input_field_placeholder=clip(hint, LONGEST_PLACEHOLDER) or None)


def _file(sheet: _Sheet, part: File) -> None:
    """A file with its caption. What is too long for that stands below it."""
    caption, *rest = cut(lines_of(sheet.voice.marked(part.caption)), LONGEST_CAPTION) or [[]]
    sheet.done.append(_document(sheet, part, caption))
    sheet.lines.extend(line for portion in rest for line in portion)
    sheet.last = None if rest else (part, caption)


def _end(sheet: _Sheet) -> None:
    """What follows the last file stands in its caption, if there is room, so that its buttons are below the file."""
    if sheet.last is None or not sheet.lines:
        return
    part, caption = sheet.last
    whole = cut([*caption, *([()] if caption else []), *sheet.lines], LONGEST_CAPTION)
    if len(whole) == 1:
        sheet.done[-1] = _document(sheet, part, whole[0])
        sheet.lines.clear()


def _document(sheet: _Sheet, part: File, caption: Sequence[Line]) -> Document:
    why = [] if part.picture else lines_of(sheet.voice.marked(say("file-not-sent", name=part.name)))
    refused = html([*caption, *([()] if caption and why else []), *why])
    return Document(part.name, part.content, html(caption), picture=part.picture, refused=refused)
