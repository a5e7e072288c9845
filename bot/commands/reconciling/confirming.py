"""The command that compares the books with what Upwork shows, confirms that they agree, and takes that back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bot.command.declaration import Call, command
from bot.commands.reconciling.comparing import compared
from bot.options.correction import Correction, Shown
from bot.options.numbers import MOST_CONNECTS, MOST_NUMBER, Whole
from bot.reply.parts import Button, Reply, buttons, reply, say
from bot.views.reconciling import agreed_reply
from core.ledger.sightings import BatchKind
from core.shared.refusals import BalanceMoved, RefusedError

if TYPE_CHECKING:
    from bot.reply.parts import Buttons
    from core.reconciliation.service import Confirmed


@command("reconcile", read_only=("",))
async def reconcile(
    call: Call,
    shown: Annotated[Correction | None, Shown()] = None,
    *,
    confirm: Annotated[int | None, Whole(low=0, high=MOST_CONNECTS, ruled=True, named=True, hidden=True)] = None,
    lift: Annotated[int | None, Whole(high=MOST_NUMBER, named=True, hidden=True)] = None,
    back: Annotated[int | None, Whole(high=MOST_NUMBER, named=True, hidden=True)] = None,
) -> Reply:
    """Compare the books with the balance that Upwork shows; if they agree, that is confirmed."""
    if confirm is not None:
        return await _confirmed(call, Correction(total=confirm))
    if lift is not None:
        return _lifted(await call.reconciliation.lift(call.request, lift))
    if back is not None:
        return _taken_back(await call.reconciliation.take_back(call.request, back))
    if shown is None:
        return agreed_reply(await call.reconciliation.agreed(call.open_wallet.id), call.at)
    return await (compared if call.pressed else _confirmed)(call, shown)


async def _confirmed(call: Call, stated: Correction) -> Reply:
    """Confirm the balance, or show the difference if the books have another one (by now)."""
    balance = stated.total or 0
    try:
        done = await call.reconciliation.confirm(call.request, balance)
    except RefusedError as refused:
        if not isinstance(refused.refusal, BalanceMoved):
            raise
        return await compared(call, stated)
    if not done.stands:
        return reply(say("reconcile-withdrawn"))
    return reply(say("reconcile-confirmed", connects=balance), _undo(done))


def _lifted(done: Confirmed) -> Reply:
    return reply(say("reconcile-lifted"), _undo(done)) if done.stands else reply(say("reconcile-lift-undone"))


def _taken_back(done: Confirmed) -> Reply:
    lifting = done.batch.kind is BatchKind.LIFTED
    return reply(say("reconcile-lift-undone" if lifting else "reconcile-withdrawn"))


def _undo(done: Confirmed) -> Buttons | None:
    return buttons(Button(say("button-undo"), f"reconcile back={done.batch.number}"))
