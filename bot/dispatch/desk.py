"""The one way in: Incoming -> permission -> command -> Answer. Only here do refusals and errors become replies."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import structlog

from bot.base.background_jobs import Jobs
from bot.base.platform_registry import largest_file
from bot.command.declaration import Call, Command, DoubtError, MissingOptionError, UnfitError, UnfitOptionError
from bot.command.incoming import Edited, Pressed, key_after
from bot.dispatch.anonymous import check_press, in_its_name
from bot.dispatch.arrivals import Arrivals
from bot.dispatch.asides import ASIDES, Asides
from bot.dispatch.asking import answer_to, question_for
from bot.dispatch.audit import audited
from bot.dispatch.calls import Caller, Calls
from bot.dispatch.coming_answer import AnswerFinisher, Meanwhile, below, forget
from bot.dispatch.dialog import Dialog, Question, Wanted
from bot.dispatch.edits import Edits, edited_action
from bot.dispatch.failures import Failures
from bot.dispatch.interpreter import Interpreter
from bot.dispatch.labels import Labels, awaited_in
from bot.dispatch.other_books import check_books, for_any_books
from bot.dispatch.owner import with_owner
from bot.dispatch.pages.handed import IMPORT, fetched_once
from bot.dispatch.pages.intake import Intake, Taken
from bot.dispatch.permission import for_asker, forbidden, refuses_presser
from bot.dispatch.team.roster import Roster
from bot.dispatch.writes import Writes
from bot.documents.documents import Documents
from bot.documents.worker_publisher import WorkerPublisher
from bot.options.base import MOST_SUGGESTIONS
from bot.pictures.drawings import Drawings
from bot.pictures.studio import WorkerStudio
from bot.reading.lines import line_of
from bot.reading.parser import read_values
from bot.reading.rich import with_marks
from bot.reply.files import within
from bot.reply.marks import bare
from bot.reply.parts import Buttons, Reply, joined, reply, say, without_buttons
from bot.reply.words import Voice, voice
from bot.views.money.visibility import redacted, redacted_label
from bot.views.refusals import explain
from core.shared.refusals import RefusedError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from bot.command.declaration import Admins, Places
    from bot.command.incoming import Incoming
    from bot.dispatch.asides import Source
    from bot.dispatch.coming_answer import ComingAnswer
    from core.books import Books
    from core.shared.refusals import Outage, Refusal
    from core.store import Store
    from core.wallets.people import Chat, ChatKind, ChatRef

log = structlog.get_logger()
MOST_SHOWN = 60
NO_QUESTION = Question()
PRESSED = Pressed("")  # a button's line went on with a command, which nobody has typed again


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply, and the voice to put it into words with.

    outage: why the store was out of reach, if that is all that the reply says. Nothing was written then.
    coming: the answer that takes the place of this one, as soon as it is there. Who cannot show it stops it.
    """

    reply: Reply
    voice: Voice
    outage: Outage | None = None
    coming: ComingAnswer[Answer] | None = None


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
        drawings: Drawings | None = None,
        documents: Documents | None = None,
        admins: Admins | None = None,
        places: Places | None = None,
        asides: Mapping[str, Source] = ASIDES,
    ) -> None:
        """Serve `commands`, by name and alias, on the books in `store`; `operators` are such as `telegram:42`."""
        self._commands, self._dialog = commands, dialog
        jobs = jobs or Jobs((), store.notes, books.clock)
        drawings, documents = drawings or Drawings(WorkerStudio()), documents or Documents(WorkerPublisher())
        self._calls = Calls(store, books, commands, jobs, drawings, documents, operators, admins, places)
        self._interpreter, self._labels = Interpreter(commands, dialog), Labels()
        self._edits = Edits(self._interpreter)
        self._asides = Asides(store.notes, dialog, asides)
        self._arrivals = Arrivals(store, books, dialog, self._asides)
        self._failures, self._intake, self._roster = Failures(books.clock.now()), Intake(store.notes), Roster()
        self._finisher = AnswerFinisher(dialog, self._failures, self._labels)

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands that menus and native forms show."""
        return tuple(found for found in self.all_commands if not found.hidden)

    @property
    def all_commands(self) -> tuple[Command, ...]:
        """Those and the hidden ones."""
        return tuple(found for name, found in self._commands.items() if name == found.name)

    async def chat_reachable(self, chat: Chat) -> None:
        """Note that a chat can be written to. `answer` does so for every chat in which somebody acts."""
        await self._arrivals.reachable(chat)

    async def chat_joined(self, chat: Chat, locale: str, *, channel: bool = False) -> Answer | None:
        """Note that the bot was added to a chat, or to a channel with readers; what to say there, or None."""
        given = await self._arrivals.joined(chat, channel=channel)
        return None if given is None else Answer(given, voice(locale, "UTC"))

    async def joining_not_heard(self, ref: ChatRef) -> None:
        """Note that the answer of `chat_joined` did not arrive."""
        await self._arrivals.not_heard(ref)

    async def chat_left(self, ref: ChatRef, kind: ChatKind, why: str) -> None:
        """Note that a chat can no longer be written to, as the platform reports: the bot was blocked or removed."""
        await self._arrivals.left(ref, kind, why)

    async def chat_unreachable(self, ref: ChatRef, kind: ChatKind, why: str) -> None:
        """Note that something could not be sent to a chat, because it can no longer be written to."""
        await self._arrivals.unreachable(ref, kind, why)

    async def chat_moved(self, old: ChatRef, new: ChatRef) -> None:
        """Note that a group has a new id."""
        await self._arrivals.moved(old, new)

    def is_ephemeral(self, incoming: Incoming) -> bool:
        """Whether the answer will be ephemeral, so that a platform that can reply to a press only once waits for it."""
        return self._interpreter.is_ephemeral(incoming)

    async def answer(self, incoming: Incoming) -> Answer | None:
        """The answer to what somebody did; None if it was not meant for the bot. An internal error is answered too."""
        started = time.perf_counter()
        voice_of = voice(incoming.locale, "UTC")
        wanted, writes, wallet, outage, action = Wanted(""), Writes(), None, None, None
        if not incoming.away:  # who uses the bot elsewhere need not take direct messages from it
            await self._arrivals.came(incoming)
        try:
            if not self.is_ephemeral(incoming):  # what that is about is the person's own
                incoming = await in_its_name(incoming)
            caller = await self._calls.caller(incoming)
            wallet = caller.wallet
            voice_of = voice(incoming.locale, "UTC" if wallet is None else wallet.settings.zone)
            question = await self._dialog.question(incoming)
            action = Action(incoming, caller, question, voice_of, writes)
            wanted, given = await self._handle(action)
            given = await self._with_asides(given, action)
        except Exception as error:  # noqa: BLE001 - an unexpected error gets an id and an answer
            failure = self._failures.answer(error, incoming, writes, wallet)
            failure = failure if action is None else redacted(self._call(action), failure)
            given = failure if self._interpreter.may_be_meant(incoming) else None
            outage = error.why if isinstance(error, UnavailableError) and not writes.any else None
        if given is None:
            return None
        if writes.any:
            self._failures.wrote(incoming)
        given = await within(given, largest_file(incoming.who.platform))
        took = round((time.perf_counter() - started) * 1000, 1)
        log.info("answered", platform=incoming.who.platform, command=wanted.command, group=incoming.group, ms=took)
        for_one = given.ephemeral or self.is_ephemeral(incoming) or refuses_presser(given, incoming)
        given = replace(given, ephemeral=True) if for_one else given
        if not (writes.failed or writes.forgot):  # else those of before still count: it means the same once more
            self._labels.shown(incoming, given, voice_of)
            self._edits.remember(incoming)
        return Answer(given, voice_of, outage, None if action is None else self._coming(action, wanted, given))

    def _coming(self, action: Action, wanted: Wanted, shown: Reply) -> ComingAnswer[Answer] | None:
        """The answer that takes the place of one that is shown."""
        shown_with = Meanwhile(shown, action.incoming, self._call(action), wanted, action.writes, action.voice)
        return self._finisher.begin(shown_with, lambda came, then: Answer(came, action.voice, coming=then))

    async def _with_asides(self, given: Reply | None, action: Action) -> Reply | None:
        """An answer with what there is to say beside it. One that shows only to the one who pressed has no room."""
        incoming = action.incoming
        shown_to_one = incoming.away or incoming.channel or self.is_ephemeral(incoming)
        if given is None or action.writes.failed or action.writes.forgot or shown_to_one:
            return given
        return await self._asides.beside(given, self._call(action))

    async def suggest(self, incoming: Incoming, command: str, option: str, typed: str) -> tuple[tuple[str, str], ...]:
        """Completions for an option as (label, words), at most 25."""
        kind = self._commands[command].option(option).kind
        caller = await self._calls.caller(incoming)
        if kind.suggest is None or caller.wallet is None:
            return ()
        call = self._calls.call(incoming, caller, Writes())
        if await forbidden(self._commands[command], call, incoming, {option: typed}) is not None:
            return ()
        try:
            found = await kind.suggest(call, typed)
        except UnfitError:
            return ()  # there is nothing to choose from in this chat
        speak = voice(incoming.locale, caller.wallet.settings.zone)
        labelled = ((speak.say(redacted_label(call, label)), words) for words, label in found)
        fitting = [(label, words) for label, words in labelled if typed.casefold() in label.casefold()]
        return tuple(fitting[:MOST_SUGGESTIONS])

    def _call(self, action: Action) -> Call:
        return self._calls.call(action.incoming, action.caller, action.writes)

    async def _handle(self, action: Action) -> tuple[Wanted, Reply | None]:
        """The command that was meant, and the answer to it."""
        wanted: Wanted | None = None
        try:
            taken = await self._take_page(action)
            if taken is not None:
                wanted = Wanted(IMPORT)
                given = None if taken.reply is None else await self._offered(action, taken.reply)
            elif isinstance(action.incoming.said, Edited):
                return Wanted(""), await self._edited(action, action.incoming.said)
            else:
                wanted = await self._understood(action)
                given = None if wanted is None else await self._run(action, wanted)
        except UnfitError as error:
            given = await self._unfit(action, error, as_typed=wanted is None)
        command = None if wanted is None else self._commands[wanted.command]
        return wanted or Wanted(""), None if given is None else with_owner(given, action.incoming, command)

    async def _take_page(self, action: Action) -> Taken | None:
        """The answer to a page, or a part of one, that was handed over without a command."""
        action.incoming = fetched_once(action.incoming)
        call = self._call(action)
        await self._intake.met(call)
        await self._roster.note(call, action.incoming)
        try:
            return await self._intake.take(action.incoming, call)
        except RefusedError as refused:
            return Taken(await explain(refused.refusal, call))

    async def _understood(self, action: Action) -> Wanted | None:
        """The command of a line, a press or a form."""
        if not self.is_ephemeral(action.incoming):
            check_press(action.incoming)
        self._press_label(action)
        opened, zone = action.caller.wallet is not None, action.voice.zone
        incoming, wanted = await self._interpreter.understand(action.incoming, action.question, zone, opened=opened)
        action.incoming = incoming
        if wanted == Wanted(IMPORT):
            await self._intake.asked(incoming)
        return self._with_marks(action, wanted)

    def _with_marks(self, action: Action, wanted: Wanted | None) -> Wanted | None:
        """The same command, with the bold, italics and links of the texts that came with this very action."""
        question, incoming = action.question or NO_QUESTION, action.incoming
        if wanted is None or incoming.key in question.heard:
            return wanted
        words = with_marks(self._commands[wanted.command], wanted.words, incoming, question.wanted.words)
        return replace(wanted, words=words)

    async def _edited(self, action: Action, said: Edited) -> Reply | None:
        """The offer to correct what an edited line had booked, or to run it."""
        given = await self._edits.answer(action.incoming, said, self._call(replace(action, writes=Writes())))
        action.incoming = edited_action(action.incoming, said)
        return None if given is None else await self._offered(action, given)

    def _press_label(self, action: Action) -> None:
        """Typing the label of a button under the last answer is the same as pressing it."""
        incoming, question = action.incoming, action.question or NO_QUESTION
        press = self._labels.press_of(incoming, question.shown, question.pressed)
        if press:
            action.incoming = replace(incoming, said=Pressed(press))
            if action.question is not None:
                action.question = replace(question, pressed={**question.pressed, incoming.key: press})

    async def _unfit(self, action: Action, error: UnfitError, *, as_typed: bool = False) -> Reply:
        """The answer to what makes no sense, or may mean several things. `as_typed`: its readings have no marks yet."""
        if not isinstance(error, DoubtError):
            return redacted(self._call(action), reply(error.sentence))
        readings = error.readings
        if as_typed:
            readings = tuple(self._interpreter.with_marks(reading, action.incoming) for reading in readings)
        return await self._offered(action, reply(error.sentence, Buttons(tuple((one,) for one in readings), asks=True)))

    async def _offered(self, action: Action, given: Reply, refused: Wanted | None = None) -> Reply:
        """An answer to what was not done, whose buttons do it after all."""
        given = for_asker(redacted(self._call(action), given), self._call(action))
        sealed = await self._dialog.seal(given, action.incoming, refused, lenient=action.writes.any)
        await self._dialog.show(action.incoming, action.question, awaited_in(sealed, action.voice))
        return sealed

    async def _run(self, action: Action, wanted: Wanted) -> Reply:
        """Check permission, read the options and run the command; ask for an option that is missing or unfit."""
        command, call = self._commands[wanted.command], self._call(action)
        await check_books(call, action.incoming, action.question, wanted)
        action.writes.check = command.name if "" in command.read_only else ""
        if (refusal := await forbidden(command, call, action.incoming, wanted.words, only=wanted.only)) is not None:
            return reply(refusal)
        if call.file is not None and command.with_file:
            if wanted.words and call.operator:
                raise UnfitError(say("file-beside", words=bare(line_of("", wanted.words)).strip()[:MOST_SHOWN]))
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
            return await self._refused(action, call, wanted, refused.refusal)

    async def _refused(self, action: Action, call: Call, wanted: Wanted, refusal: Refusal) -> Reply:
        """Explain a refusal. A command whose wallet was closed meanwhile runs in the one that its person has now."""
        moved = await self._calls.moved(refusal, action.incoming, action.caller, action.writes)
        if moved is not None:
            return await self._run(replace(action, caller=moved), for_any_books(wanted))
        return await self._offered(action, *await answer_to(refusal, call, wanted))

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
            failed, given = True, self._failures.answer(error, incoming, writes, call.wallet)
        given = redacted(call, given, line_of(wanted.command, wanted.words))
        if writes.forgot:
            return given
        try:
            sealed = await self._dialog.seal(given, incoming, wanted, lenient=writes.any)
        except UnavailableError:
            forget(given)
            raise
        closed = await self._dialog.close(incoming, action.question, wanted, awaited_in(sealed, action.voice))
        if wanted.then is None or failed:
            return sealed
        return await self._go_on(replace(action, question=closed), sealed, wanted.then)

    async def _go_on(self, action: Action, done: Reply, wanted: Wanted) -> Reply:
        """Carry out what was refused before, under a key of its own, and add its answer to that of what came first."""
        booked = action.writes.answered = len(action.writes.receipts)
        action = replace(action, incoming=replace(action.incoming, key=key_after(action.incoming.key), said=PRESSED))
        try:
            given = await self._run(action, wanted)
        except UnfitError as error:
            given = await self._unfit(action, error)
        receipt = len(action.writes.receipts) > booked  # the buttons of two receipts would be mixed up
        return replace(joined(without_buttons(done) if receipt else done, given), coming=below(done, given))

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
        """Ask for an option, and note what is asked."""
        given = redacted(call, await question_for(call, wanted, option, asked=asked, unfit=unfit))
        sealed = await self._dialog.seal(given, action.incoming, lenient=action.writes.any)
        await self._dialog.ask(action.incoming, action.question, wanted, option, awaited_in(sealed, action.voice))
        return sealed
