"""Finds out what somebody meant: an Incoming becomes a command with words for its options."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from bot.command.declaration import Command, DoubtError, UnfitError
from bot.command.incoming import Answered, Edited, Filled, Incoming, Pressed, Typed, Wordless
from bot.command.permissions import permission_of
from bot.command.slips import nearest_command, no_such_command, one_slip_apart
from bot.dispatch.dialog import ANSWER, ONLY, Dialog, Question, Wanted, asked_at, line_on, press_key, wanted_after
from bot.options.text import Link, Text
from bot.reading.dating import ON, settled, settled_doubt, settled_line
from bot.reading.exports.lines import DOCUMENTS
from bot.reading.lines import line_button, line_of
from bot.reading.linking import linking_line
from bot.reading.own_data import own_data_line
from bot.reading.pairs import pairs_of
from bot.reading.parser import words_of
from bot.reading.proposals.told import OUTCOME, leading_line, loose_line, named_line, refuse_unread
from bot.reading.questions.interpreting import asks_surely, is_question, question_line
from bot.reading.rich import reading_with_marks
from bot.reading.shortcuts import is_figured, news_in, shortcut
from bot.reading.talk import EXPLAINING, as_command, buttons_for, names_in, refuse_second
from bot.reading.team.settings import team_settings_line
from bot.reading.tokens import LABELS, SORT_OF
from bot.reading.unknown import names_options
from bot.reply.parts import Button, say
from bot.views.menu.pages import labelled_line, menu_button
from core.shared.calendar import day_in
from core.shared.job_links import is_link, job_in
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LONGEST_LINE: Final = 4096
SEVERAL: Final = "several"
FLUENT: Final = frozenset({EXPLAINING, "stats", "proposals"}) | DOCUMENTS
"""Commands that read whole sentences themselves, such as "stats by price in october"."""
REPORTING: Final = "/report "  # also how people tell another bot, and the admins, of a message
TALK: Final = "talk"
MOST_ABOUT: Final = 100
NAMING: Final = frozenset({"spend", "proposals"})
"""What is offered because of a word that only names a bid or a proposal."""
SHORTEST_MISSPELT: Final = 3
BEGINS_WITH_FIGURE: Final = re.compile(r"[+#]?\d")


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

    def with_marks(self, reading: Button, incoming: Incoming) -> Button:
        """A reading of a typed line that keeps the bold, italics and links of the text in it."""
        try:
            wanted = self._parsed(reading.line)
        except UnfitError:  # it will be asked about when the button is pressed
            return reading
        return reading_with_marks(reading, self._commands[wanted.command], wanted.words, incoming)

    def may_be_meant(self, incoming: Incoming) -> bool:
        """Whether an error has to be answered: not what people in a group say to each other."""
        said = incoming.said
        if not isinstance(said, Typed | Edited) or said.direct:
            return True
        return said.line.lstrip().startswith("/") and self._is_command(said.line.strip())

    async def understand(
        self, incoming: Incoming, question: Question | None, zone: str, *, opened: bool = True
    ) -> tuple[Incoming, Wanted | None]:
        """The command that is wanted (None if the bot is not meant), and the incoming with the key of its action.

        What is asked today may be answered tomorrow, so words such as "yesterday" are settled here, by `zone`.
        `opened`: there is a wallet, so the answer to a line that is not understood need not explain how to open one.
        """
        said = incoming.said
        today = day_in(zone, asked_at(said.press, incoming) if isinstance(said, Pressed) else incoming.at)
        try:
            incoming, wanted = await self._understood(incoming, question, opened=opened)
        except DoubtError as doubt:
            raise settled_doubt(doubt, today) from doubt
        return incoming, self._settled(wanted, today)

    def _settled(self, wanted: Wanted | None, today: date) -> Wanted | None:
        if wanted is None or (ON not in wanted.words and wanted.command != SEVERAL):
            return wanted
        if wanted.command == SEVERAL:
            return replace(wanted, words={name: settled_line(text, today) for name, text in wanted.words.items()})
        return replace(wanted, words=settled(self._commands[wanted.command], wanted.words, today))

    async def _understood(
        self, incoming: Incoming, question: Question | None, *, opened: bool
    ) -> tuple[Incoming, Wanted | None]:
        if question is not None and incoming.key in question.heard:
            return incoming, question.heard[incoming.key]
        match incoming.said:
            case Filled(command, values):
                return incoming, Wanted(command, {name: str(value) for name, value in values.items()})
            case Answered(token, line):
                return incoming, self._naming(question, token, line) or self._answered(question, token, line)
            case Pressed(press):
                return await self._pressed(incoming, question, press)
            case Edited():
                return incoming, None  # by itself it runs nothing; see bot.dispatch.edits
            case Wordless():
                raise UnfitError(say("wordless", platform=incoming.chat.platform))
            case Typed():
                return incoming, self._read_typed(incoming, incoming.said, question, opened=opened)
            case other:
                assert_never(other)

    def afresh(self, said: Edited, today: date, *, group: bool) -> Wanted | None:
        """The command of a line that was edited, read apart from any question; None if the bot is not meant."""
        try:
            return self._settled(self._typed(said.line.strip(), None, direct=said.direct, group=group), today)
        except DoubtError as doubt:
            raise settled_doubt(doubt, today) from doubt

    async def _pressed(
        self, incoming: Incoming, question: Question | None, press: str
    ) -> tuple[Incoming, Wanted | None]:
        found = await self._dialog.unseal(press, incoming.at)
        if found is None:
            raise UnfitError(say("button-over"))
        token, separator, stored = found
        stored, _, only = stored.partition(ONLY)
        line, then = wanted_after(stored)
        incoming = replace(incoming, key=press_key(incoming, token, line))
        if question is not None and incoming.key in question.heard:
            return incoming, question.heard[incoming.key]
        if separator == ANSWER:
            return incoming, _as_answer(question, token, line)
        return incoming, replace(
            self._read(line) if line.startswith("/") else self._parsed(line), then=then, only=int(only or 0)
        )

    def _read_typed(self, incoming: Incoming, said: Typed, question: Question | None, *, opened: bool) -> Wanted | None:
        """The command of a typed line; in a private chat, DoubtError with what may be meant if there is none."""
        line, group = said.line, incoming.group
        if incoming.file is not None and not line.lstrip().startswith("/"):
            words = {"text": line} if any(pairs_of(line)) else {}
            return None if group else Wanted("file", words)  # in a group it is for the people
        meant = self._typed(line.strip(), question, direct=said.direct, group=group)
        if meant is not None or not said.direct or not line.strip():
            return meant
        if group:
            return _lost(line) if asks_surely(line) else None
        if is_question(line) or not is_figured(line):
            return _lost(line)
        sentence = say("not-understood", platform=incoming.chat.platform) if opened else say("not-understood-yet")
        unread = say("unfit-link") if is_link(line) else sentence
        raise DoubtError(unread, *(self._offers(line) if opened else []) or [menu_button()])

    def _typed(self, line: str, question: Question | None, *, direct: bool, group: bool) -> Wanted | None:
        if len(line) > LONGEST_LINE:
            raise UnfitError(say("unfit-long", length=len(line), most=LONGEST_LINE))
        if not direct and folded(line).startswith(REPORTING):
            with suppress(UnfitError):
                return self._read(line)
            return None
        if line.startswith("/"):
            meant = direct or self._is_for_members(line) or self._is_misspelt(line)
            return self._read(line) if meant else None  # it may be for another bot
        if not direct or not line:
            return None
        if question is not None and question.token:
            return self._asked_meanwhile(question, line) or self._answering(question, line)
        return self._without_question(line, group=group)

    def _asked_meanwhile(self, question: Question, line: str) -> Wanted | None:
        """A question to the bot instead of an answer to its own, whatever would fit there."""
        kind = self._commands[question.wanted.command].option(question.option).kind
        asks = is_question(line) if kind.greedy else not self._fits(question, line)
        if kind.names and " " in line:
            return self._without_question(line, group=True)
        return self._plainly(line) if asks and not self._is_plain(line) else None

    def _plainly(self, line: str) -> Wanted | None:
        """The command that answers a question in plain words, or of a button of the menu; or a group's setting."""
        found = labelled_line(line) or team_settings_line(line) or own_data_line(line) or linking_line(line)
        found = found or question_line(line)
        return None if found is None or self._named(found) is None else self._read(found)

    def _answering(self, question: Question, line: str) -> Wanted:
        """Words after a question are its answer, unless they do not fit: then a new command, or a longer answer."""
        plain = _as_answer(question, question.token, line)
        if (more := self._naming(question, question.token, line)) is not None:
            return more
        if (called := self._called_anew(question, line)) is not None:
            return called
        if question.wanted.command == OUTCOME and question.option == "of" and (told := news_in(line)) is not None:
            return self._parsed(told)
        if self._fits(question, line):
            return plain
        new = self._as_command(line) if self._begins_anew(question, line) else None
        return new or self._as_longer_answer(question, line) or self._as_command(line) or self._became(line) or plain

    def _called_anew(self, question: Question, line: str) -> Wanted | None:
        """A command by its bare name, such as "cancel", or a document, where any words would fit."""
        known = self._named(word := line.rstrip("?!. "))
        if known is None or not self._commands[question.wanted.command].option(question.option).kind.greedy:
            return None
        if known.name in DOCUMENTS:
            with suppress(UnfitError):  # such as the title "Report design"
                return self._read(line)
        return self._read(word) if folded(word) == known.name and not known.hidden else None

    def _begins_anew(self, question: Question, line: str) -> bool:
        """Whether a link begins another bid, because the question was about none or about another job.

        So does what became of the proposal of a number.
        """
        command = self._commands[question.wanted.command]
        takes_link = any(isinstance(option.kind, Link) for option in command.options)
        other_job = job_in(line) is not None and (not takes_link or "job" in question.wanted.words)
        return other_job or (line.startswith("#") and named_line(line) is not None)

    def _answered(self, question: Question | None, token: str, line: str) -> Wanted:
        """What was filled into the form of a question: its answer, which may say more than was asked."""
        plain = _as_answer(question, token, line)
        if question is None or self._fits(question, line):
            return plain
        return self._as_longer_answer(question, line) or plain

    def _fits(self, question: Question, line: str) -> bool:
        try:
            self._commands[question.wanted.command].option(question.option).kind.read(line)
        except UnfitError:
            return False
        return True

    def _naming(self, question: Question | None, token: str, line: str) -> Wanted | None:
        """A text that was asked for, with options after it, as in a line; None if it has none. DoubtError as there."""
        if question is None or question.token != token:
            return None
        command = self._commands[question.wanted.command]
        if not command.option(question.option).kind.greedy or not names_options(command, line):
            return None
        return self._read(question.together_with(line))

    def _as_longer_answer(self, question: Question, line: str) -> Wanted | None:
        """An answer that says more than was asked, such as "16 Landing page" to "How many Connects?".

        It is read together with what is known so far, so that a doubt about it loses nothing.
        """
        command, known = question.wanted.command, question.wanted.words
        if self._is_command(line):
            return None
        try:
            found = self._read(question.together_with(line))
        except DoubtError:
            raise
        except UnfitError:
            return None
        new = found.words.keys() - known.keys()
        more = any(not self._commands[found.command].option(name).kind.greedy for name in new)
        if not more and found.command == command:
            return None
        if is_question(line) and not BEGINS_WITH_FIGURE.match(line):
            raise DoubtError(say("doubt-answer"), line_button(line_of(found.command, found.words)), menu_button())
        return found

    def _as_command(self, line: str) -> Wanted | None:
        word = line.rstrip("?!. ")  # "Balance?"
        if " " not in word and self._is_command(word):
            return self._read(word)
        meant = line if self._is_command(line) else shortcut(line)
        return None if meant is None else self._read(meant)

    def _without_question(self, line: str, *, group: bool) -> Wanted | None:
        """A line while no question is open; in a private chat, "16 Logo" is treated like a bare number."""
        meant = (None if self._is_plain(line) else self._plainly(line)) or self._as_command(line)
        if meant is not None or group:
            return None if group and meant is not None and meant.command == TALK else meant
        told = as_command(line)
        if told is not None:
            return self._read(told)
        refuse_unread(line)
        return self._bare(line) if BEGINS_WITH_FIGURE.match(line) else self._became(line)

    def _is_plain(self, line: str) -> bool:
        """Whether a line is a command by its bare name, such as "balance?", or of one that reads sentences itself."""
        word = line.rstrip("?!. ")
        named = self._named(word)
        return named is not None and not named.hidden and (" " not in word or named.name in FLUENT)

    def _became(self, line: str) -> Wanted | None:
        """What became of a proposal that a line calls by its title, or does not name."""
        asks = is_question(line) or not NAMING.issuperset(names_in(line, self._name_of))
        became = leading_line(line) or (None if asks else loose_line(line))
        return None if became is None else self._read(became)

    def _bare(self, line: str) -> Wanted | None:
        """A line that begins with a figure, read like a spend; what happened is asked before anything is booked."""
        meant = self._read(f"spend {line}")
        if "connects" not in meant.words and meant.command == "spend":
            return None
        if meant.command == "spend" and meant.words.keys() <= {"connects", "title", ON}:
            return Wanted("number", meant.words)
        names = [option.name for option in self._commands[meant.command].options]
        spend = line_of(meant.command, {name: meant.words[name] for name in names if name in meant.words})
        raise DoubtError(say("doubt-bare"), line_button(spend, f"/{spend}"))

    def _is_command(self, line: str) -> bool:
        known = self._named(line)
        return known is not None and not known.hidden

    def _is_for_members(self, line: str) -> bool:
        """Whether a command is for the people of a group. What is only for operators must be addressed to the bot."""
        known = self._named(line)
        return known is not None and (not known.hidden or permission_of(known).by_role)

    def _is_misspelt(self, line: str) -> bool:
        """Whether a command in a group is one slip away from one of ours, so that it is hardly another bot's.

        The first letter is seldom a slip: /warn and /slots are common commands of other bots.
        """
        name = folded(line.removeprefix("/").partition(" ")[0])
        listed = (known.name for known in self._commands.values() if not known.hidden)
        return len(name) >= SHORTEST_MISSPELT and any(
            name[0] == known[0] and one_slip_apart(name, known) for known in listed
        )

    def _named(self, line: str) -> Command | None:
        """The command whose name a line begins with."""
        words = line.removeprefix("/").split(maxsplit=1)
        return self._commands.get(folded(words[0])) if words else None

    def _parsed(self, line: str) -> Wanted:
        """The command of a line that the bot printed, and the words of its options."""
        known, rest = self._split(line)
        return Wanted(known.name, words_of(known, rest))

    def _read(self, line: str) -> Wanted:
        """The command of a line that somebody typed, and the words of its options; DoubtError if it is not certain."""
        known, rest = self._split(line)
        if not _keeps_lines(known):
            refuse_second(known, rest, self._name_of)
        if known.reader is not None:
            return self._parsed(known.reader(known, rest))
        return Wanted(known.name, words_of(known, rest, typed=True))

    def _split(self, line: str) -> tuple[Command, str]:
        """The command that a line begins with, and what follows its name."""
        name, *rest = line.lstrip("/").strip().split(maxsplit=1) or ("",)
        known = self._commands.get(folded(name.partition("@")[0]))
        if known is None:
            near = self._nearest(name, "".join(rest)) or [menu_button()]
            raise DoubtError(no_such_command(name, self._commands), *near)
        return known, "".join(rest)

    def _nearest(self, name: str, rest: str) -> list[Button]:
        """A button with the line as it was probably meant."""
        near = nearest_command(name, self._commands)
        return [] if near is None else [line_button(f"/{near} {rest}".strip())]

    def _offers(self, line: str) -> list[Button]:
        """What may have been meant by a line that is not understood: a misspelt command, or what it asks about."""
        name, _, rest = line.partition(" ")
        if rest[:1].isdigit() and SORT_OF.get(folded(name)) in LABELS:  # "boost 8"
            return [line_button(f"/spend {line}")]
        misspelt = self._nearest(name, rest) if len(name) >= SHORTEST_MISSPELT and rest[:1].isdigit() else []
        return misspelt or list(buttons_for(line, self._name_of))

    def _name_of(self, word: str) -> str | None:
        """The name of a command that menus show, by name or alias."""
        known = self._commands.get(word.casefold())
        return None if known is None or known.hidden else known.name


def _keeps_lines(command: Command) -> bool:
    """Whether the command takes a text of several lines, in which other commands may be mentioned."""
    return any(isinstance(option.kind, Text) and option.kind.lines for option in command.options)


def _lost(line: str) -> Wanted:
    """The menu, with what may have been meant by a line that is not understood."""
    return Wanted(TALK, {"words": f"{line[:MOST_ABOUT]} "})  # a question mark alone would have the bot ask


def _as_answer(question: Question | None, token: str, line: str) -> Wanted:
    """The wanted command with the question answered. Only the question that is still open can be."""
    if question is None or not question.token or question.token != token:
        raise UnfitError(say("question-over"))
    return replace(question.wanted, words={**question.wanted.words, question.option: line})
