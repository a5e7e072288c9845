"""The open question between the bot and one person in one chat, stored as a note so that it survives a restart.

An answer that arrives twice must mean the same both times, so the command that each action led to is stored with it.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypeVar

import structlog

from bot.base.cache import Cache
from bot.command.incoming import DIGEST_BYTES, DIGITS, OF_GROUP, TIME_DIGITS, action_key, token_of
from bot.reading.lines import quoted
from bot.reply.marks import MARKS
from bot.reply.parts import Ask, Button, Buttons, Part, Reply
from core.forgetting.data_subject import OWNER, PRESS
from core.shared.refusals import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.command.incoming import Incoming
    from core.shared.ports import Notes
    from core.wallets.people import ChatRef

log = structlog.get_logger()
QUESTION_LIFE: Final = timedelta(minutes=15)
LINE_LIFE: Final = timedelta(days=90)
PRESS_BYTES: Final = 64  # Telegram's bound on callback_data, the tighter of the two platforms'
MOST_REMEMBERED: Final = 20
LINE, ANSWER, STORED = "|", "?", "#"  # what follows a token: a command line, an answer, the number of a note
THEN: Final = "\x1e"  # in a note, after a button's line: a wanted command follows. Nobody can type this character
ONLY: Final = "\x1d"  # in a note, at its end: the number of the one person who may press the button follows
TOKEN: Final = re.compile(rf"[0-9a-z]{{{TIME_DIGITS}}}[0-9a-f]{{{2 * DIGEST_BYTES}}}{OF_GROUP}?")


V = TypeVar("V")
Shown: TypeAlias = "Mapping[str, str]"
NOTHING: Final[Shown] = {}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A command by its name, with the words given for its options so far; `then` is wanted after it.

    only: the number of the one person to whom the button was shown that was pressed; 0 if it is for everybody.
    """

    command: str
    words: Mapping[str, str] = field(default_factory=dict)
    then: Wanted | None = None
    only: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked last: an option of a wanted command. `token` is used once; it is empty if no question is open.

    `heard` are the commands that earlier actions led to, by the key of the action. `shown` are the presses by the
    labels that wait for one, as `labels.presses_of` gives them, and `pressed` those that typed labels stood for, by
    the key of the action.
    """

    token: str = ""
    wanted: Wanted = field(default_factory=lambda: Wanted(""))
    option: str = ""
    heard: Mapping[str, Wanted] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    pressed: Mapping[str, str] = field(default_factory=dict)

    def together_with(self, answer: str) -> str:
        """An answer together with what is known so far, as a line."""
        named = (f"{name}={quoted(words)}" for name, words in self.wanted.words.items())
        return " ".join((f"/{self.wanted.command}", answer, *named))


class Message(NamedTuple):
    """A message with buttons: the token of its buttons, when it was made, and its chat or conversation."""

    token: str
    at: datetime
    where: str


class Dialog:
    """Opens and closes questions, and gives every button the token and line that a press sends back."""

    def __init__(self, notes: Notes) -> None:
        """Keep questions in `notes`."""
        self._notes = notes
        self._unsaved: Cache[Question] = Cache()

    async def question(self, incoming: Incoming) -> Question | None:
        """The question to this person in this chat, open or just answered; None if there was none lately."""
        unsaved = self._unsaved.get(_name(incoming), incoming.at)
        if unsaved is not None:
            return unsaved
        text = await self._notes.note(_name(incoming), incoming.at)
        if text is None:
            return None
        stored = json.loads(text)
        heard = {key: _wanted(wanted) for key, wanted in stored["heard"].items()}
        presses = stored.get("shown", {}), stored.get("pressed", {})
        return Question(stored["token"], _wanted(stored["wanted"]), stored["option"], heard, *presses)

    async def ask(self, incoming: Incoming, before: Question | None, wanted: Wanted, option: str, shown: Shown) -> None:
        """Open a question about an option. Its token is that of the answer that asks."""
        token = token_of(incoming)
        await self._store(incoming, _heard(before, incoming.key, Question(token, wanted, option, shown=shown)))

    async def close(
        self, incoming: Incoming, before: Question | None, wanted: Wanted, shown: Shown = NOTHING
    ) -> Question | None:
        """Close the open question, remember which command this action led to, and what the answer shows.

        The command has been carried out, so an outage must not change its answer. Until the store is back, this process
        remembers that the question is closed.
        """
        if not shown and (before is None or not (before.token or before.shown)):
            return before
        closed = _heard(before, incoming.key, Question("", wanted, shown=shown))
        try:
            await self._store(incoming, closed)
        except UnavailableError as lost:
            log.warning("question not closed", why=str(lost.why))
        return closed

    async def show(self, incoming: Incoming, before: Question | None, shown: Shown) -> None:
        """Remember the labels of an answer that waits for one of its buttons; a question that is open stays so."""
        if not shown:
            return
        try:
            await self._store(incoming, replace(before or Question(), shown=shown))
        except UnavailableError as lost:
            log.warning("labels not kept", why=str(lost.why))

    async def _store(self, incoming: Incoming, question: Question) -> None:
        """Store a question. Until that is certain none counts as open, lest words answer what nobody was asked."""
        name, until = _name(incoming), incoming.at + QUESTION_LIFE
        self._unsaved.put(name, replace(question, token="", option=""), until)
        await self._notes.put_note(name, json.dumps(asdict(question), separators=(",", ":")), until)
        self._unsaved.pop(name)

    async def seal(
        self, given: Reply, incoming: Incoming, refused: Wanted | None = None, *, lenient: bool = False
    ) -> Reply:
        """The answer with every button's `press` filled in: the answer's token and the button's line.

        `refused` is what a button goes on with. With `lenient`, buttons that cannot be stored are left out: what the
        answer says matters more.
        """
        message = Message(token_of(incoming), incoming.at, incoming.conversation)
        return await self._sealed(message, given, refused, lenient=lenient)

    async def seal_with(self, token: str, given: Reply, now: datetime, chat: ChatRef) -> Reply:
        """The same for a message to a chat that is not an answer; its token is made with `token_at`."""
        return await self._sealed(Message(token, now, str(chat)), given, None, lenient=False)

    async def _sealed(self, message: Message, given: Reply, refused: Wanted | None, *, lenient: bool) -> Reply:
        numbers = count(1)
        parts: list[Part] = []

        async def sealed(row: Iterable[Button], separator: str) -> tuple[Button, ...]:
            made: list[Button] = []
            for button in row:
                kept = _kept(separator, button, refused)
                try:
                    made.append(replace(button, press=await self._press(kept, message, next(numbers))))
                except UnavailableError as lost:
                    if not lenient:
                        raise
                    log.warning("button not kept", why=str(lost.why))
            return tuple(made)

        for part in given.parts:
            match part:
                case Buttons(rows, asks):
                    kept = [row for row in [await sealed(row, LINE) for row in rows] if row]
                    parts += [Buttons(tuple(kept), asks)] if kept else []
                case Ask(choices=choices):
                    parts.append(replace(part, choices=await sealed(choices, ANSWER), token=message.token))
                case _:
                    parts.append(part)
        return replace(given, parts=tuple(parts))

    async def _press(self, kept: str, message: Message, number: int) -> str:
        """What a button carries. What is too long for it is stored as a note, and the button carries its number.

        The note also says where the button is, so that it goes if its reader wants to be forgotten.
        """
        press = f"{message.token}{kept}"
        if len(press.encode()) <= PRESS_BYTES and not any(sign in kept for sign in (THEN, ONLY, *MARKS)):
            return press
        name, text = f"{PRESS}:{message.token}:{number}", f"{kept}{OWNER}{message.where}"
        await self._notes.put_note(name, text, message.at + LINE_LIFE)
        return f"{message.token}{STORED}{number}"

    async def unseal(self, press: str, now: datetime) -> tuple[str, str, str] | None:
        """The token, the separator and the line of a press; None if it is not ours or has expired."""
        for separator in (LINE, ANSWER, STORED):
            token, found, line = press.partition(separator)
            if not (found and TOKEN.fullmatch(token)):
                continue
            if separator != STORED:
                return token, separator, line
            text = await self._notes.note(f"{PRESS}:{token}:{line}", now)
            return None if text is None else (token, text[0], text[1:].partition(OWNER)[0])
        return None


def line_on(press: str) -> str:
    """The line that a button carries itself; empty if it is stored as a note, or the button carries none."""
    token, found, line = press.partition(LINE)
    return line if found and TOKEN.fullmatch(token) else ""


def asked_at(press: str, incoming: Incoming) -> datetime:
    """When the answer was given whose button is pressed; now, if the button is not ours."""
    found = TOKEN.match(press)
    return incoming.at if found is None else _time_of(found[0], incoming)


def press_key(incoming: Incoming, token: str, line: str) -> str:
    """The key of a press: one person pressing one button again is the same action."""
    return action_key(_time_of(token, incoming), incoming.chat, f"{token}:{incoming.who.user}:{line}")


def _time_of(token: str, incoming: Incoming) -> datetime:
    return datetime.fromtimestamp(int(token[:TIME_DIGITS], len(DIGITS)), incoming.at.tzinfo)


def _name(incoming: Incoming) -> str:
    return f"ask:{incoming.conversation}"


def wanted_after(line: str) -> tuple[str, Wanted | None]:
    """The line of a press, and the command that is wanted after it."""
    line, found, then = line.partition(THEN)
    return line, _wanted(json.loads(then)) if found else None


def going_on(line: str, then: Wanted) -> str:
    """The line of a button, after which a command is carried out."""
    return line + THEN + json.dumps(asdict(then), separators=(",", ":"))


def _kept(separator: str, button: Button, refused: Wanted | None) -> str:
    """What a press has to lead to: an answer or a line, and after it the command that was refused."""
    line = button.line if not button.goes_on or refused is None else going_on(button.line, refused)
    return f"{separator}{line}{ONLY}{button.only}" if button.only else separator + line


def _wanted(stored: Mapping[str, Any]) -> Wanted:
    then = stored.get("then")
    return Wanted(stored["command"], stored["words"], None if then is None else _wanted(then), stored.get("only", 0))


def _heard(before: Question | None, key: str, after: Question) -> Question:
    """A question with what earlier actions led to, and this one added; only the latest are stored."""
    known = before or Question()
    return replace(after, heard=_latest({**known.heard, key: after.wanted}), pressed=_latest(known.pressed))


def _latest(by_key: Mapping[str, V]) -> Mapping[str, V]:
    return dict(list(by_key.items())[-MOST_REMEMBERED:])
