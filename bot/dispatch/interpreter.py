"""Finds out what somebody meant: an Incoming becomes a command with words for its options."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from bot.command.declaration import Command, UnfitError, no_such_command
from bot.command.incoming import Answered, Filled, Incoming, Pressed, Typed
from bot.dispatch.dialog import ANSWER, Dialog, Question, Wanted, line_on, press_key
from bot.dispatch.parser import words_of
from bot.options.figures import whole_number
from bot.reply.parts import Say, say
from core.shared.job_links import is_link, job_in

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_LINE: Final = 4096


class Interpreter:
    """Interprets typed lines, presses, native forms and answers; raises UnfitError for what makes no sense."""

    def __init__(self, commands: Mapping[str, Command], dialog: Dialog) -> None:
        """Recognise `commands` by name and alias, and the buttons of `dialog`."""
        self._commands, self._dialog = commands, dialog

    def is_ephemeral(self, incoming: Incoming) -> bool:
        """Whether this is a press in a group with an ephemeral answer; known from the button alone, without I/O."""
        if not incoming.group or not isinstance(incoming.said, Pressed):
            return False
        known = self._commands.get(line_on(incoming.said.press).partition(" ")[0])
        return known is not None and known.ephemeral

    async def understand(
        self, incoming: Incoming, question: Question | None, *, opened: bool = True
    ) -> tuple[Incoming, Wanted | None]:
        """The command that is wanted (None if the bot is not meant), and the incoming with the key of its action.

        `opened`: there is a wallet, so the answer to a line that is not understood need not explain how to open one.
        """
        if question is not None and incoming.key in question.heard:
            return incoming, question.heard[incoming.key]
        match incoming.said:
            case Filled(command, values):
                return incoming, Wanted(command, {name: str(value) for name, value in values.items()})
            case Answered(token, line):
                return incoming, _as_answer(question, token, line)
            case Pressed(press):
                return await self._pressed(incoming, question, press)
            case Typed(line, direct):
                if incoming.file is not None and not line.lstrip().startswith("/"):
                    return incoming, None if incoming.group else Wanted("file")  # in a group it is for the people
                meant = self._typed(line.strip(), question, direct=direct, group=incoming.group)
                if meant is None and direct and line.strip() and not incoming.group:
                    raise UnfitError(_not_understood(line, opened=opened))
                return incoming, meant
            case other:
                assert_never(other)

    async def _pressed(
        self, incoming: Incoming, question: Question | None, press: str
    ) -> tuple[Incoming, Wanted | None]:
        found = await self._dialog.unseal(press, incoming.at)
        if found is None:
            raise UnfitError(say("button-over"))
        token, separator, line = found
        incoming = replace(incoming, key=press_key(incoming, token, line))
        if question is not None and incoming.key in question.heard:
            return incoming, question.heard[incoming.key]
        if separator == ANSWER:
            return incoming, _as_answer(question, token, line)
        return incoming, self._parsed(line)

    def _typed(self, line: str, question: Question | None, *, direct: bool, group: bool) -> Wanted | None:
        if len(line) > LONGEST_LINE:
            raise UnfitError(say("unfit-long", length=len(line), most=LONGEST_LINE))
        if line.startswith("/"):
            return self._parsed(line) if direct or self._is_command(line) else None  # it may be meant for another bot
        if not direct or not line:
            return None
        if question is not None and question.token:
            return self._answering(question, line)
        return self._without_question(line, group=group)

    def _answering(self, question: Question, line: str) -> Wanted:
        """Words after a question are its answer, unless they do not fit: then a new command, or a longer answer."""
        command = self._commands[question.wanted.command]
        plain = _as_answer(question, question.token, line)
        try:
            command.option(question.option).kind.read(line)
        except UnfitError:
            return self._as_command(line) or _as_longer_answer(command, question, line) or plain
        return plain

    def _as_command(self, line: str) -> Wanted | None:
        word = line.rstrip("?!. ")  # "Balance?"
        if " " not in word and self._is_command(word):
            return self._parsed(word)
        meant = line if self._is_command(line) else _shortcut(line)
        return None if meant is None else self._parsed(meant)

    def _without_question(self, line: str, *, group: bool) -> Wanted | None:
        """A line while no question is open; in a private chat, "16 Logo" is treated like a bare number."""
        meant = self._as_command(line)
        if meant is None and not group and _begins_with_number(line):
            return self._parsed(f"number {line}")
        return meant

    def _is_command(self, line: str) -> bool:
        words = line.removeprefix("/").split(maxsplit=1)
        known = self._commands.get(words[0].casefold()) if words else None
        return known is not None and not known.hidden

    def _parsed(self, line: str) -> Wanted:
        """The command that a line begins with, and the words of its options."""
        name, *rest = line.lstrip("/").strip().split(maxsplit=1) or ("",)
        known = self._commands.get(name.partition("@")[0].casefold())
        if known is None:
            raise UnfitError(no_such_command(name, self._commands))
        return Wanted(known.name, words_of(known, "".join(rest)))


def _begins_with_number(line: str) -> bool:
    return whole_number(line.split(maxsplit=1)[0]) is not None


def _not_understood(line: str, *, opened: bool) -> Say:
    if is_link(line):
        return say("unfit-link")
    return say("not-understood" if opened else "not-understood-yet")


def _shortcut(line: str) -> str | None:
    """The command that a bare number or a link to a job stands for."""
    if whole_number(line) is not None:
        return f"number {line}"
    return f"spend {line}" if job_in(line) is not None else None


def _as_answer(question: Question | None, token: str, line: str) -> Wanted:
    """The wanted command with the question answered. Only the question that is still open can be."""
    if question is None or not question.token or question.token != token:
        raise UnfitError(say("question-over"))
    return Wanted(question.wanted.command, {**question.wanted.words, question.option: line})


def _as_longer_answer(command: Command, question: Question, line: str) -> Wanted | None:
    """An answer that says more than was asked, such as "16 Landing page" to "How many Connects?"."""
    try:
        words = words_of(command, line)
    except UnfitError:
        return None
    changed = words.keys() & question.wanted.words.keys() - {question.option}  # what was said before must stand
    if changed or question.option not in words:
        return None
    return Wanted(command.name, {**question.wanted.words, **words})
