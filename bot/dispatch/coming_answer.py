"""What takes the place of an answer as soon as it is there, such as a picture that is being drawn.

Several may come one after another: stages that say how much is done, and at last what was asked for.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from types import CoroutineType
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from bot.base.platform_registry import largest_file
from bot.base.waiting import is_cancelled
from bot.command.declaration import DoubtError, UnfitError
from bot.command.incoming import key_of_coming, key_of_stage
from bot.dispatch.labels import buttons_of
from bot.dispatch.owner import with_owner
from bot.reading.lines import line_of
from bot.reply.files import within
from bot.reply.parts import Button, Buttons, buttons, joined, reply, say, without_buttons
from bot.views.money.visibility import redacted
from bot.views.refusals import explain
from core.shared.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator
    from typing import Any

    from bot.command.declaration import Call
    from bot.command.incoming import Incoming
    from bot.dispatch.dialog import Dialog, Wanted
    from bot.dispatch.failures import Failures
    from bot.dispatch.labels import Labels
    from bot.dispatch.writes import Writes
    from bot.reply.parts import Reply
    from bot.reply.words import Voice

T = TypeVar("T")
AsAnswer: TypeAlias = "Callable[[Reply, ComingAnswer[T] | None], T]"


class ComingAnswer(Generic[T]):
    """An answer that is awaited. The work on it begins at once, and goes on until it is done or stopped."""

    def __init__(
        self, finisher: AnswerFinisher, coming: Awaitable[Reply], after: Meanwhile, as_answer: AsAnswer[T]
    ) -> None:
        """Begin. What comes `after` something else is finished by `finisher`, and made an answer by `as_answer`."""
        self._source = asyncio.ensure_future(coming)
        self._work = asyncio.create_task(finisher.finish(self._source, after))
        self._finisher, self._after, self._as_answer = finisher, after, as_answer
        self._stopped = self._awaited = False

    def __await__(self) -> Generator[Any, None, T]:
        return self._wait().__await__()

    def stop(self) -> None:
        """End the work, because nobody waits for it any more or the platform stops. What is ready already still comes.

        Otherwise the answer says that it was stopped. So does the one that comes after a stage.
        """
        self._stopped = True
        self._source.cancel()
        self._work.add_done_callback(self._leave)

    def _leave(self, work: asyncio.Task[Reply]) -> None:
        """End what was to come after a stage that nobody awaits."""
        if not (self._awaited or work.cancelled() or work.exception()):
            forget(work.result())

    async def _wait(self) -> T:
        self._awaited = True
        try:
            came = await self._work
        except asyncio.CancelledError:
            self.stop()
            if is_cancelled():
                raise
            came = await self._finisher.stopped(self._after)
        then = self._finisher.begin(replace(self._after, shown=came), self._as_answer)
        if then is not None and self._stopped:
            then.stop()
        return self._as_answer(came, then)


@dataclass(frozen=True, slots=True)
class AnswerFinisher:
    """Makes of what came what a platform can show: errors become answers, and buttons work."""

    dialog: Dialog
    failures: Failures
    labels: Labels

    def begin(self, after: Meanwhile, as_answer: AsAnswer[T]) -> ComingAnswer[T] | None:
        """The answer that comes after what is shown; None if none does."""
        coming = after.shown.coming
        return None if coming is None else ComingAnswer(self, coming, after, as_answer)

    async def finish(self, coming: Awaitable[Reply], after: Meanwhile) -> Reply:
        """Await a reply, and finish it. Whatever goes wrong is said in its place."""
        try:
            return await self._finished(await coming, after)
        except RefusedError as refused:
            given = await explain(refused.refusal, after.call)
        except UnfitError as error:
            given = reply(error.sentence, _readings(error))
        except Exception as error:  # noqa: BLE001 - an unexpected error gets an id and an answer
            given = self.failures.answer(error, after.incoming, after.writes, after.call.wallet)
        return await self._finished(given, after)

    async def stopped(self, after: Meanwhile) -> Reply:
        """What to say if nothing comes any more; a press begins it again."""
        wanted = after.wanted
        while wanted.then is not None:
            wanted = wanted.then
        again = Button(say("button-retry"), line_of(wanted.command, wanted.words))
        return await self._finished(reply(say("coming-stopped"), buttons(again)), after)

    async def _finished(self, given: Reply, after: Meanwhile) -> Reply:
        """A reply with buttons that work, under a key of its own. Where the store is out of reach it has none."""
        try:
            incoming = replace(after.incoming, key=_key(given, after.incoming.key))
            allowed = redacted(after.call, given, line_of(after.wanted.command, after.wanted.words))
            sealed = await self.dialog.seal(allowed, incoming, lenient=True)
            owned = with_owner(sealed, after.incoming, after.call.commands.get(after.wanted.command))
            fitted = await within(owned, largest_file(after.incoming.who.platform))
        except BaseException:
            forget(given)
            raise
        finished = replace(fitted, ephemeral=after.shown.ephemeral)
        self.labels.replaced(after.incoming, after.shown, finished, after.speak)
        return finished


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What is shown until something comes, with the action that it answers and the command that was meant."""

    shown: Reply
    incoming: Incoming
    call: Call
    wanted: Wanted
    writes: Writes
    speak: Voice


def _key(given: Reply, key: str) -> str:
    """The key of the buttons of what came after the answer to the action with this key."""
    if given.coming is None:
        return key_of_coming(key)
    return key_of_stage(key, [button.line for button in buttons_of(given)])


def _readings(error: UnfitError) -> Buttons | None:
    readings = error.readings if isinstance(error, DoubtError) else ()
    return Buttons(tuple((reading,) for reading in readings)) if readings else None


def below(done: Reply, given: Reply) -> Awaitable[Reply] | None:
    """What comes after an answer, below what was done before that."""
    forget(done)
    return None if given.coming is None else _below(done, given.coming)


async def _below(done: Reply, coming: Awaitable[Reply]) -> Reply:
    came = await coming
    return replace(joined(without_buttons(done), came), coming=below(done, came))


def forget(given: Reply) -> None:
    """End what was to come after an answer that is not given as it is."""
    match given.coming:
        case asyncio.Future() as work:
            work.cancel()
        case CoroutineType() as work:
            work.close()  # it has not begun
