"""The one way in: Incoming -> permission -> command -> Answer. Only here do refusals and errors become replies."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog

from bot.base.background_jobs import Jobs
from bot.base.cleaning import cleaned_line
from bot.base.errors import noted
from bot.command.declaration import Call, Command, DoubtError, MissingOptionError, UnfitError, UnfitOptionError, Who
from bot.command.incoming import Pressed, token_at
from bot.dispatch.audit import audited
from bot.dispatch.dialog import Dialog, Question, Wanted
from bot.dispatch.interpreter import Interpreter
from bot.dispatch.labels import Labels, buttons_of, presses_of
from bot.dispatch.writes import Writes, recorded
from bot.options.base import MOST_SUGGESTIONS
from bot.reading.lines import line_of
from bot.reading.parser import read_values
from bot.reply.parts import Ask, Button, Buttons, Reply, Say, buttons, reply, say
from bot.reply.words import CATALOG, Voice, voice
from bot.views.refusals import explain
from core.shared.clock_steps import has_passed
from core.shared.refusals import RefusedError, UnavailableError
from core.wallets.people import Chat, ChatKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from bot.command.declaration import Admins
    from bot.command.incoming import Incoming
    from core.books import Books
    from core.shared.refusals import Outage
    from core.store import Store
    from core.wallets.people import ChatRef, Person, Wallet

log = structlog.get_logger()
MOST_SHOWN = 60
REPORT_EVERY = timedelta(minutes=1)
NO_QUESTION = Question()
GREETING_LIFE = timedelta(days=90)
GREETING = reply(say("greet-group"), buttons(Button(say("button-begin"), "start"), Button(say("button-help"), "help")))


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply, and the voice to put it into words with.

    outage: why the store was out of reach, if that is all that the reply says. Nothing was written then.
    """

    reply: Reply
    voice: Voice
    outage: Outage | None = None


class Caller(NamedTuple):
    """Who did something, and the wallet of that chat (None if it is not open)."""

    person: Person
    wallet: Wallet | None


@dataclass(slots=True)
class Action:
    """What somebody did, with what is known about it: the question it may answer, and what it has written so far."""

    incoming: Incoming
    caller: Caller
    question: Question | None
    voice: Voice
    writes: Writes


class Desk:
    """Answers what people do in chats."""

    def __init__(
        self,
        store: Store,
        books: Books,
        commands: Mapping[str, Command],
        dialog: Dialog,
        *,
        operators: AbstractSet[str] = frozenset(),
        jobs: Jobs | None = None,
        admins: Admins | None = None,
    ) -> None:
        """Serve `commands`, by name and alias, on the books in `store`; `operators` are such as `telegram:42`."""
        self._store, self._books, self._commands = store, books, commands
        self._dialog, self._operators, self._admins = dialog, operators, admins
        self._jobs = jobs or Jobs((), store.notes, books.clock)
        self._interpreter, self._labels = Interpreter(commands, dialog), Labels()
        self._reported: tuple[Outage, datetime] | None = None
        self._greeting = asyncio.Lock()

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands that menus and native forms show."""
        return tuple(found for name, found in self._commands.items() if name == found.name and not found.hidden)

    async def chat_reachable(self, chat: Chat) -> None:
        """Note that a chat can be written to, because something was received from it."""
        await self._store.people.save_chat(replace(chat, title=cleaned_line(chat.title)))

    async def chat_joined(self, chat: Chat, locale: str) -> Answer | None:
        """Note that the bot was added to a chat; the greeting for it, or None if it was greeted recently.

        It is marked as greeted first, so that after a crash it is greeted never rather than twice.
        """
        await self.chat_reachable(chat)
        if chat.kind is not ChatKind.GROUP:
            return None
        notes, now, name = self._store.notes, self._books.clock.now(), _greeted(chat.ref)
        async with self._greeting:
            if await notes.note(name, now) is not None:
                return None
            await notes.put_note(name, "", now + GREETING_LIFE)
        given = await self._dialog.seal_with(token_at(now, str(chat.ref)), GREETING, now)
        return Answer(given, voice(locale, "UTC"))

    async def chat_unreachable(self, ref: ChatRef, kind: ChatKind, why: str) -> None:
        """Note that a chat can no longer be written to: the bot was blocked or removed, or the chat deleted."""
        await self._store.people.save_chat(Chat(ref, kind, retired=why))

    async def chat_moved(self, old: ChatRef, new: ChatRef) -> None:
        """Note that a group has a new id: its wallet follows, and it is not greeted again."""
        notes, now = self._store.notes, self._books.clock.now()
        await self._store.people.move_chat(old, new)
        await notes.put_note(_greeted(new), "", now + GREETING_LIFE)

    def is_ephemeral(self, incoming: Incoming) -> bool:
        """Whether the answer will be ephemeral, so that a platform that can reply to a press only once waits for it."""
        return self._interpreter.is_ephemeral(incoming)

    async def answer(self, incoming: Incoming) -> Answer | None:
        """The answer to what somebody did; None if it was not meant for the bot. An internal error is answered too."""
        started = time.perf_counter()
        voice_of = voice(incoming.locale, "UTC")
        wanted, writes, wallet, outage = Wanted(""), Writes(), None, None
        try:
            caller = await self._caller(incoming)
            wallet = caller.wallet
            voice_of = voice(incoming.locale, "UTC" if wallet is None else wallet.settings.zone)
            question = await self._dialog.question(incoming)
            wanted, given = await self._handle(Action(incoming, caller, question, voice_of, writes))
        except Exception as error:  # noqa: BLE001 - an unexpected error gets an id and an answer
            failure = self._failure(error, incoming, writes, wallet)
            given = failure if self._interpreter.may_be_meant(incoming) else None
            outage = error.why if isinstance(error, UnavailableError) and not writes.any else None
        if given is None:
            return None
        if not writes.failed:  # the buttons before still count, so that sending it again means the same
            self._labels.shown(incoming, given, voice_of)
        took = round((time.perf_counter() - started) * 1000, 1)
        log.info("answered", platform=incoming.who.platform, command=wanted.command, group=incoming.group, ms=took)
        given = replace(given, ephemeral=True) if self.is_ephemeral(incoming) else given
        return Answer(given, voice_of, outage)

    def _failure(self, error: Exception, incoming: Incoming, writes: Writes, wallet: Wallet | None) -> Reply:
        """The answer to an outage or an unexpected error. It claims no more than is known: see decision 0025."""
        writes.failed, here = True, None if wallet is None else wallet.id
        standing, advice = writes.standing(here), writes.advice(here)
        if not isinstance(error, UnavailableError):
            number = noted(error, incoming.who.platform)
            return reply(*standing, say("fault"), advice, say("fault-number", id=number))
        self._report(error, incoming)
        again = None if writes.any else say("unavailable-again")
        return reply(*standing, say(f"unavailable-{error.why}"), advice, again)

    def _report(self, error: UnavailableError, incoming: Incoming) -> None:
        """Log for the operator that the store is out of reach, but not at every message."""
        last = self._reported
        if last is None or last[0] is not error.why or has_passed(REPORT_EVERY, last[1], incoming.at):
            self._reported = error.why, incoming.at
            log.critical("books are out of reach", why=str(error.why))

    async def suggest(self, incoming: Incoming, command: str, option: str, typed: str) -> tuple[tuple[str, str], ...]:
        """Completions for an option as (label, words), at most 25."""
        kind = self._commands[command].option(option).kind
        caller = await self._caller(incoming)
        if kind.suggest is None or caller.wallet is None:
            return ()
        found = await kind.suggest(self._call(incoming, caller, Writes()), typed)
        speak = voice(incoming.locale, caller.wallet.settings.zone)
        labelled = ((speak.say(label), words) for words, label in found)
        return tuple((label, words) for label, words in labelled if typed.casefold() in label.casefold())[
            :MOST_SUGGESTIONS
        ]

    async def _caller(self, incoming: Incoming) -> Caller:
        person = await self._books.person(incoming.who, incoming.name)
        return Caller(person, await self._books.wallet_of(incoming.chat if incoming.group else person.id))

    def _call(self, incoming: Incoming, caller: Caller, writes: Writes) -> Call:
        store = recorded(self._store, writes)
        return Call(
            store=store,
            books=self._books.over(store),
            commands=self._commands,
            key=incoming.key,
            at=incoming.at,
            person=caller.person,
            identity=str(incoming.who),
            chat=incoming.chat,
            group=incoming.group,
            title=incoming.title,
            wallet=caller.wallet,
            is_admin=incoming.admin,
            jobs=self._jobs,
            admins=self._admins,
            operator=str(incoming.who) in self._operators,
            place=incoming.place,
            locale=incoming.locale,
            file=incoming.file,
            pressed=isinstance(incoming.said, Pressed),
        )

    async def _handle(self, action: Action) -> tuple[Wanted, Reply | None]:
        """The command that was meant, and the answer to it."""
        wanted: Wanted | None = None
        try:
            self._press_label(action)
            opened = action.caller.wallet is not None
            incoming, wanted = await self._interpreter.understand(action.incoming, action.question, opened=opened)
            action.incoming = incoming
            given = None if wanted is None else await self._run(action, wanted)
        except UnfitError as error:
            given = await self._unfit(action, error)
        return wanted or Wanted(""), given

    def _press_label(self, action: Action) -> None:
        """Typing the label of a button under the last answer is the same as pressing it."""
        incoming, question = action.incoming, action.question or NO_QUESTION
        press = self._labels.press_of(incoming, question.shown, question.pressed)
        if press:
            action.incoming = replace(incoming, said=Pressed(press))
            if action.question is not None:
                action.question = replace(question, pressed={**question.pressed, incoming.key: press})

    async def _unfit(self, action: Action, error: UnfitError) -> Reply:
        """The answer to what makes no sense, or may mean several things."""
        if not isinstance(error, DoubtError):
            return reply(error.sentence)
        rows = Buttons(tuple((reading,) for reading in error.readings), asks=True)
        return await self._offered(action, reply(error.sentence, rows))

    async def _offered(self, action: Action, given: Reply, refused: Wanted | None = None) -> Reply:
        """An answer to what was not done, whose buttons do it after all."""
        sealed = await self._dialog.seal(given, action.incoming, refused, lenient=action.writes.any)
        await self._dialog.show(action.incoming, action.question, _labels_in(sealed, action))
        return sealed

    async def _run(self, action: Action, wanted: Wanted) -> Reply:
        """Check permission, read the options and run the command; ask for an option that is missing or unfit."""
        command, call = self._commands[wanted.command], self._call(action.incoming, action.caller, action.writes)
        action.writes.check = command.name if "" in command.read_only else ""
        if (forbidden := await _forbidden(command, call)) is not None:
            return reply(forbidden)
        if call.file is not None and command.with_file:
            if wanted.words and call.operator:
                raise UnfitError(say("file-beside", words=line_of("", wanted.words).strip()[:MOST_SHOWN]))
            command, wanted = self._commands[command.with_file], Wanted(command.with_file)
        try:
            values = read_values(command, wanted.words)
            missing = next((option.name for option in command.options if option.name not in values), None)
            if command.needs_wallet:
                _ = call.open_wallet
            if missing is not None:
                return await self._ask(action, call, wanted, missing)
            return await self._carry_out(action, call, wanted, command, values)
        except MissingOptionError as error:
            return await self._ask(action, call, wanted, error.option, asked=error)
        except UnfitOptionError as error:
            kept = {name: words for name, words in wanted.words.items() if name != error.option.name}
            return await self._ask(action, call, replace(wanted, words=kept), error.option.name, unfit=error)
        except RefusedError as refused:
            return await self._offered(action, explain(refused.refusal, call), wanted)

    async def _carry_out(
        self, action: Action, call: Call, wanted: Wanted, command: Command, values: Mapping[str, Any]
    ) -> Reply:
        """Run the command. Once it has written something, no failure keeps its answer from saying so."""
        incoming, writes, failed = action.incoming, action.writes, False
        try:
            given = await audited(call, command, wanted.words, values, writes)
        except (MissingOptionError, RefusedError, UnfitError):
            raise
        except Exception as error:
            if not writes.any:
                raise
            failed, given = True, self._failure(error, incoming, writes, call.wallet)
        sealed = await self._dialog.seal(given, incoming, lenient=writes.any)
        closed = await self._dialog.close(incoming, action.question, wanted, _labels_in(sealed, action))
        if wanted.then is None or failed:
            return sealed
        return await self._go_on(replace(action, question=closed), sealed, wanted.then)

    async def _go_on(self, action: Action, done: Reply, wanted: Wanted) -> Reply:
        """Carry out what was refused before, under a key of its own, and add its answer to that of what came first."""
        booked = action.writes.answered = len(action.writes.receipts)
        action = replace(action, incoming=replace(action.incoming, key=f"{action.incoming.key}:then"))
        try:
            given = await self._run(action, wanted)
        except UnfitError as error:
            given = await self._unfit(action, error)
        return _joined(done, given, both=len(action.writes.receipts) == booked)

    async def _ask(
        self,
        action: Action,
        call: Call,
        wanted: Wanted,
        option: str,
        *,
        asked: MissingOptionError | None = None,
        unfit: UnfitError | None = None,
    ) -> Reply:
        """Ask for an option; after an unfit answer, with what was wrong and what may have been meant."""
        kind = self._commands[wanted.command].option(option).kind
        rewrite = unfit is not None and kind.greedy  # their own text was unfit: other texts would not help them
        offered = () if kind.suggest is None or call.wallet is None or rewrite else await kind.suggest(call, "")
        own = () if asked is None else asked.choices
        likely = own or (() if unfit is None else unfit.answers)
        choices = tuple(Button(label, words) for words, label in likely or (*kind.choices, *offered))
        sentence = (asked and asked.question) or _question(self._commands[wanted.command], wanted, option)
        ask = Ask(sentence, _hint(wanted.command, option), choices, free=not (own or kind.choices))
        given = reply(None if unfit is None else unfit.sentence, ask)
        sealed = await self._dialog.seal(given, action.incoming, lenient=action.writes.any)
        await self._dialog.ask(action.incoming, action.question, wanted, option, _labels_in(sealed, action))
        return sealed


async def _forbidden(command: Command, call: Call) -> Say | None:
    """The answer to somebody who may not use a command; None if they may."""
    if command.who is Who.OPERATORS and not call.operator:
        return say("operators-only", command=command.name)
    if command.who is Who.ADMINS and call.group and not await call.is_admin():
        return say("admins-only", command=command.name)
    return None


def _labels_in(sealed: Reply, action: Action) -> Mapping[str, str]:
    """The presses of an answer that waits for one, by their labels."""
    return presses_of(buttons_of(sealed, asking=True), action.voice)


def _joined(first: Reply, second: Reply, *, both: bool) -> Reply:
    """Two answers as one. Both have their buttons only if the second is no receipt, whose own would be mixed up."""
    rows = [part.rows for part in (*(first.parts if both else ()), *second.parts) if isinstance(part, Buttons)]
    parts = [part for part in (*first.parts, *second.parts) if not isinstance(part, Buttons)]
    return reply(*parts, Buttons(tuple(chain.from_iterable(rows))) if rows else None)


def _greeted(ref: ChatRef) -> str:
    """The name of the note that remembers a greeting."""
    return f"greeted:{ref}"


def _question(command: Command, wanted: Wanted, option: str) -> Say:
    """The question for an option: written for this command, for any command, or made of the option's description.

    It may name what was said for the other options, or "none".
    """
    own = next((name for name in (f"ask-{command.name}-{option}", f"ask-{option}") if CATALOG.has(name)), None)
    said = {other.name: wanted.words.get(other.name, "none") for other in command.options}
    return say("ask", about=say(f"opt-{option}")) if own is None else Say(own, said)


def _hint(command: str, option: str) -> Say:
    """The hint for an option: written for this command, for any command, or a general one."""
    return say(next((name for name in (f"hint-{command}-{option}", f"hint-{option}") if CATALOG.has(name)), "hint"))
