"""The open question between the bot and one person in one chat, stored as a note so that it survives a restart.

An answer that arrives twice must mean the same both times, so the command that each action led to is stored with it.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Final

from bot.command.incoming import DIGITS, TIME_DIGITS, action_key, token_at
from bot.reply.parts import Ask, Button, Buttons, Part, Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.incoming import Incoming
    from core.shared.ports import Notes

QUESTION_LIFE: Final = timedelta(minutes=15)
LINE_LIFE: Final = timedelta(days=90)
PRESS_BYTES: Final = 64  # Telegram's bound on callback_data, the tighter of the two platforms'
MOST_REMEMBERED: Final = 20
LINE, ANSWER, STORED = "|", "?", "#"  # what follows a token: a command line, an answer, the number of a note
TOKEN: Final = re.compile(rf"[0-9a-z]{{{TIME_DIGITS}}}[0-9a-f]{{6}}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A command by its name, with the words given for its options so far."""

    command: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked last: an option of a wanted command. `token` is used once; it is empty if no question is open.

    `heard` are the commands that earlier actions led to, by the key of the action.
    """

    token: str
    wanted: Wanted
    option: str
    heard: Mapping[str, Wanted] = field(default_factory=dict)


class Dialog:
    """Opens and closes questions, and gives every button the token and line that a press sends back."""

    def __init__(self, notes: Notes) -> None:
        """Keep questions in `notes`."""
        self._notes = notes

    async def question(self, incoming: Incoming) -> Question | None:
        """The question to this person in this chat, open or just answered; None if there was none lately."""
        text = await self._notes.note(_name(incoming), incoming.at)
        if text is None:
            return None
        stored = json.loads(text)
        heard = {key: Wanted(**wanted) for key, wanted in stored["heard"].items()}
        return Question(stored["token"], Wanted(**stored["wanted"]), stored["option"], heard)

    async def ask(self, incoming: Incoming, before: Question | None, wanted: Wanted, option: str) -> str:
        """Open a question about an option; returns its token."""
        token = token_at(incoming.at, incoming.key)
        heard = _remember(before, incoming.key, wanted)
        await self._store(incoming, Question(token, wanted, option, heard))
        return token

    async def close(self, incoming: Incoming, before: Question | None, wanted: Wanted) -> None:
        """Close the open question, and remember which command this action led to."""
        if before is not None:
            await self._store(incoming, Question("", wanted, "", _remember(before, incoming.key, wanted)))

    async def _store(self, incoming: Incoming, question: Question) -> None:
        text = json.dumps(asdict(question), separators=(",", ":"))
        await self._notes.put_note(_name(incoming), text, incoming.at + QUESTION_LIFE)

    async def seal(self, given: Reply, incoming: Incoming) -> Reply:
        """The answer with every button's `press` filled in: the answer's token and the button's line."""
        return await self.seal_with(token_at(incoming.at, incoming.key), given, incoming.at)

    async def seal_with(self, token: str, given: Reply, now: datetime) -> Reply:
        """The same for a message that is not an answer; its token is made with `token_at`."""
        numbers = count(1)
        parts: list[Part] = []
        for part in given.parts:
            match part:
                case Buttons(rows):
                    sealed = [[await self._seal(b, token, next(numbers), LINE, now) for b in row] for row in rows]
                    parts.append(Buttons(tuple(tuple(row) for row in sealed)))
                case Ask(choices=choices):
                    sealed_choices = [await self._seal(b, token, next(numbers), ANSWER, now) for b in choices]
                    parts.append(replace(part, choices=tuple(sealed_choices), token=token))
                case _:
                    parts.append(part)
        return replace(given, parts=tuple(parts))

    async def _seal(self, button: Button, token: str, number: int, separator: str, now: datetime) -> Button:
        """A line that is too long for a button is stored as a note, and the button carries its number."""
        press = f"{token}{separator}{button.line}"
        if len(press.encode()) > PRESS_BYTES:
            await self._notes.put_note(f"press:{token}:{number}", separator + button.line, now + LINE_LIFE)
            press = f"{token}{STORED}{number}"
        return replace(button, press=press)

    async def unseal(self, press: str, now: datetime) -> tuple[str, str, str] | None:
        """The token, the separator and the line of a press; None if it is not ours or has expired."""
        for separator in (LINE, ANSWER, STORED):
            token, found, line = press.partition(separator)
            if not (found and TOKEN.fullmatch(token)):
                continue
            if separator != STORED:
                return token, separator, line
            text = await self._notes.note(f"press:{token}:{line}", now)
            return None if text is None else (token, text[0], text[1:])
        return None


def line_on(press: str) -> str:
    """The line that a button carries itself; empty if it is stored as a note, or the button carries none."""
    token, found, line = press.partition(LINE)
    return line if found and TOKEN.fullmatch(token) else ""


def press_key(incoming: Incoming, token: str, line: str) -> str:
    """The key of a press: one person pressing one button again is the same action."""
    at = datetime.fromtimestamp(int(token[:TIME_DIGITS], len(DIGITS)), incoming.at.tzinfo)
    return action_key(at, incoming.chat, f"{token}:{incoming.who.user}:{line}")


def _name(incoming: Incoming) -> str:
    return f"ask:{incoming.chat}:{incoming.who}"


def _remember(before: Question | None, key: str, wanted: Wanted) -> Mapping[str, Wanted]:
    """The commands that actions led to, with this one added; only the latest are stored."""
    heard = {} if before is None else dict(before.heard)
    heard[key] = wanted
    return dict(list(heard.items())[-MOST_REMEMBERED:])
