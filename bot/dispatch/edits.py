"""What the edit of a line leads to: an offer to correct what the line had booked, or to run it. See decision 0030.

An edit by itself books nothing. Where it changes nothing, there is no answer.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from bot.base.cache import Cache
from bot.command.declaration import DoubtError, MissingOptionError, UnfitError
from bot.command.incoming import Edited, Typed, key_after, said_at
from bot.dispatch.dialog import Wanted, going_on
from bot.dispatch.other_books import LOOK, have_changed
from bot.dispatch.permission import forbidden
from bot.dispatch.writes import LEDGER, WRITING
from bot.reading.lines import as_label, line_of
from bot.reading.parser import read_values
from bot.reply.parts import Button, Buttons, Reply, buttons, enumerated, reply, say
from bot.views.entries import MOST_LISTED, as_edited, correctable, listed
from core.ledger.change_keys import change_key
from core.ledger.model import Kind, Receipt
from core.ledger.queries import booked_under, undos_of
from core.shared.calendar import day_in
from core.shared.refusals import KeyReused, RefusedError, Unknown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import date

    from bot.base.background_jobs import Jobs
    from bot.command.declaration import Call
    from bot.command.incoming import Incoming
    from bot.dispatch.interpreter import Interpreter
    from bot.reply.parts import Say
    from core.ledger.model import Change, Entry, Snapshot
    from core.ledger.ports import Decide, Key, Scope
    from core.shared.refusals import Refusal
    from core.store import Store

    Write = Callable[[Scope, Key, Decide], Awaitable[Receipt | Refusal]]

EDITABLE_FOR: Final = timedelta(days=2)
CORRECTIONS: Final = frozenset({"undo", "instead", "return"})
"""What changes entries that stand, so that it never follows the undo of this line."""
LEAVE: Final = Button(say("button-leave-edit"), "leave")


class Edits:
    """Remembers, in this process, what lines said, and reads what they say now."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Read lines with `interpreter`."""
        self._interpreter = interpreter
        self._lines: Cache[str] = Cache()

    def remember(self, incoming: Incoming) -> None:
        """Remember a line, so that an edit that leaves it as it was is known to change nothing."""
        if isinstance(incoming.said, Typed | Edited):
            self._lines.put(incoming.key, incoming.said.line.strip(), incoming.at + EDITABLE_FOR)

    async def answer(self, incoming: Incoming, said: Edited, call: Call) -> Reply | None:
        """What is offered after an edit; None if nothing is, because nothing has changed or the bot is not meant."""
        if said.line.strip() == self._lines.get(incoming.key, incoming.at):
            return None
        key, booked, standing = await _booked(call)
        if not standing:
            undone = say("edited-undone", entries=listed(entry.number for entry in booked))
            given = await self._to_run(undone if booked else say("edited-not-run"), said, incoming, call)
            if given is not None and not (booked or call.group) and await have_changed(call, said_at(call.key)):
                return reply(say("edited-other-books"), buttons(LOOK))  # what it had booked has another key here
            return given
        call, wanted = replace(call, key=key), self._wanted(said, _today(call), group=incoming.group)
        wanted = _as_spend(wanted, standing)
        if wanted is not None and await _is_forbidden(wanted, call, incoming):
            wanted = None
        given = await self._correction(standing, said, wanted, call)
        if given is None:  # once it says this again, an edit to what it said in between changes it
            self.remember(incoming)
        return given

    async def _to_run(self, first: Say, said: Edited, incoming: Incoming, call: Call) -> Reply | None:
        """Offer to run a line of which nothing stands; if it is not certain what it means, by what it may mean.

        What its author may not run is not offered.
        """
        try:
            wanted = self._interpreter.afresh(said, _today(call), group=incoming.group)
        except DoubtError as doubt:
            readings = (self._interpreter.with_marks(reading, incoming) for reading in doubt.readings)
            return reply(first, doubt.sentence, Buttons(tuple((reading,) for reading in readings), asks=True))
        except UnfitError:
            return None
        if wanted is not None and await _is_forbidden(wanted, call, incoming):
            return None
        return _to_run(first, said, wanted)

    def _wanted(self, said: Edited, today: date, *, group: bool) -> Wanted | None:
        """The command that the line holds now; None if there is none, or if it is not certain which."""
        try:
            return self._interpreter.afresh(said, today, group=group)
        except UnfitError:
            return None

    async def _correction(
        self, booked: Sequence[Entry], said: Edited, wanted: Wanted | None, call: Call
    ) -> Reply | None:
        outcome = None if wanted is None else await _tried(call, wanted)
        if isinstance(outcome, Receipt):
            return None  # it says the same in other words
        first = _had_booked(booked)
        if not all(map(correctable, booked)):
            return _to_run(first, said, wanted)
        if wanted is not None and wanted.command in CORRECTIONS:  # after an undo it would correct something else
            if wanted.words:
                return _to_run(first, said, wanted, LEAVE)
            wanted = None
        number = booked[-1].number
        if wanted is None or outcome is None:
            return reply(first, buttons(Button(say("button-undo"), f"undo {number}"), LEAVE))
        return reply(first, buttons(Button(_label(booked, said, wanted), going_on(f"instead {number}", wanted)), LEAVE))


async def _is_forbidden(wanted: Wanted, call: Call, incoming: Incoming) -> bool:
    return await forbidden(call.commands[wanted.command], call, incoming, wanted.words) is not None


def _today(call: Call) -> date:
    """The day on which the line was written: "yesterday" means the same after an edit."""
    return day_in("UTC" if call.wallet is None else call.wallet.settings.zone, said_at(call.key))


async def _booked(call: Call) -> tuple[str, Sequence[Entry], Sequence[Entry]]:
    """What a line had booked: under which key, which entries, and which of them stand.

    If an earlier edit was pressed, the line stands for what was booked then, by the press that undid what had stood.
    """
    key, ledger = call.key, call.store.ledger
    booked = () if call.wallet is None else await booked_under(ledger, call.wallet.id, key)
    undos = await undos_of(ledger, booked)
    while booked and booked[-1].number in undos:
        then = key_after(change_key(undos[booked[-1].number].key))
        instead = await booked_under(ledger, booked[-1].wallet, then)
        if not instead:
            break
        key, booked, undos = then, instead, await undos_of(ledger, instead)
    return key, booked, [entry for entry in booked if entry.number not in undos]


def edited_action(incoming: Incoming, said: Edited) -> Incoming:
    """The edit as an action of its own, whose key differs from that of the message and from those of other edits."""
    digest = hashlib.blake2b(said.line.encode(), digest_size=8).hexdigest()
    return replace(incoming, key=f"{incoming.key}:edit:{digest}")


def _to_run(first: Say, said: Edited, wanted: Wanted | None, leave: Button | None = None) -> Reply | None:
    """Offer to run a line that was not run; None if it holds no command."""
    if wanted is None:
        return None
    line = said.line.strip()
    run = line if line.startswith("/") else line_of(wanted.command, wanted.words)
    return reply(first, buttons(Button(say("button-run-line", line=as_label(line)), run), leave))


def _as_spend(wanted: Wanted | None, booked: Sequence[Entry]) -> Wanted | None:
    """A bare number, which had been the answer to a question, as how many Connects the one spend should have had."""
    if wanted is None or wanted.command != "number" or len(booked) != 1 or booked[0].kind is not Kind.SPEND:
        return wanted
    entry = booked[0]
    words = {"connects": wanted.words["connects"], "purpose": entry.counterpart.partition(":")[2]}
    return Wanted("spend", words | {name: text for name, text in (("job", entry.job), ("title", entry.memo)) if text})


def _had_booked(booked: Sequence[Entry]) -> Say:
    return say("edited-booked", entries=_named(booked))


def _named(booked: Sequence[Entry]) -> Say:
    if len(booked) <= MOST_LISTED:
        return enumerated([as_edited(entry) for entry in booked])
    return say("edited-entries", entries=listed(entry.number for entry in booked))


def _label(booked: Sequence[Entry], said: Edited, wanted: Wanted) -> Say:
    connects = wanted.words.get("connects", "")
    if wanted.command == "spend" and len(booked) == 1 and connects not in {"", str(-booked[0].delta)}:
        return say("button-instead-spend", connects=connects)
    return say("button-instead", line=as_label(said.line))


async def _tried(call: Call, wanted: Wanted) -> Receipt | Refusal | None:
    """What the books say to a command under the key of an action that has booked: the same again, or something else.

    Nothing is written. None if the command does not get as far as booking.
    """
    outcomes: list[Receipt | Refusal] = []
    store, command = cast("Store", _TriedStore(call.store, outcomes)), call.commands[wanted.command]
    trial = replace(call, store=store, books=call.books.over(store), jobs=cast("Jobs", _NotOnTrial()))
    try:
        values = read_values(command, wanted.words)
        if all(option.name in values for option in command.options):
            await command.run(trial, **values)
    except (MissingOptionError, RefusedError, UnfitError, _ElsewhereError):
        pass
    return next((found for found in outcomes if isinstance(found, Receipt | KeyReused)), None)


class _ElsewhereError(Exception):
    """A command on trial is about to do something outside the ledger."""


class _NotOnTrial:
    """What a command on trial has no part in, such as the background jobs."""

    def __getattr__(self, name: str) -> Any:
        raise _ElsewhereError(name)


class _TriedPort:
    """A port of a store that writes nothing."""

    def __init__(self, port: object, name: str, outcomes: list[Receipt | Refusal]) -> None:
        self._port, self._name, self._outcomes = port, name, outcomes

    def __getattr__(self, name: str) -> Any:
        operation = getattr(self._port, name)
        if name not in WRITING[self._name]:
            return operation
        return partial(self._try, operation) if self._name == LEDGER else _keep_out

    async def _try(self, write: Write, scope: Scope, key: Key, _decide: Decide) -> Receipt | Refusal:
        """Look the key up as every write does, and decide that nothing is written if it is new."""
        outcome = await write(scope, key, _nothing)
        self._outcomes.append(outcome)
        return outcome


class _TriedStore:
    """A store in which nothing can be written."""

    def __init__(self, store: Store, outcomes: list[Receipt | Refusal]) -> None:
        self._store, self._outcomes = store, outcomes

    def __getattr__(self, name: str) -> Any:
        part = getattr(self._store, name)
        return _TriedPort(part, name, self._outcomes) if name in WRITING else part


def _nothing(before: Snapshot) -> Change | Refusal:
    return Unknown("key", str(before.wallet))


async def _keep_out(*_: object, **__: object) -> None:
    raise _ElsewhereError
