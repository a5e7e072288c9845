"""Opening a wallet, and what concerns whoever is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bot.command.declaration import (
    Call,
    MissingOptionError,
    command,
)
from bot.commands.alerts.places import lacking_in, named
from bot.commands.ledger.costs import note_asked
from bot.options.cost import COST, CostedNumber, Paid
from bot.options.numbers import MOST_CONNECTS
from bot.reading.start import read_start
from bot.reply.parts import Button, Fact, Fields, Reply, Say, buttons, reply, say
from bot.views.costs import cost_choices, cost_of, stated
from bot.views.entries import left, undo_button
from bot.views.linking.codes import others_of
from bot.views.places import rights_named
from bot.views.team.roles import role_name
from bot.views.welcome import adding, first_steps, help_button, holding_button, import_button
from core.ledger.model import Source
from core.shared.money import CostState
from core.shared.refusals import CostUnstated, RefusedError
from core.wallets.settings import Alerts, Settings

if TYPE_CHECKING:
    from core.ledger.model import Receipt
    from core.wallets.people import Owner


@command("start", needs_wallet=False, reader=read_start)
async def start(call: Call) -> Reply:
    """Open the wallet of this chat; a person's comes with the welcome bonus."""
    owner: Owner = call.chat if call.group else call.person.id
    currency = call.books.rulebook.currency
    lacking = await lacking_in(call, call.place) if call.group else None
    alerts = Alerts(place=call.place) if call.group and not lacking else Alerts()
    opened = await call.books.open(owner, Settings(currency=currency, alerts=alerts), call.key, call.person.id)
    if opened.receipt is not None:
        return _welcome(call, opened.receipt)
    balance = await call.books.balance(opened.wallet.id)
    if call.group and not balance.lots:
        return reply(
            say("start-group", group=call.title),
            _alerts_of(call, opened.wallet.settings.alerts.place, lacking),
            buttons(import_button(), holding_button(), _where(call), help_button()),
        )
    again = say("start-again", connects=balance.available)
    return reply(again, buttons(help_button()), None if call.group else adding())


def _welcome(call: Call, receipt: Receipt) -> Reply:
    lot = receipt.lots[-1]
    return reply(
        say("start-welcome", name=call.person.name, connects=lot.size, expires=lot.expires or "never"),
        *first_steps(call.chat.platform, away=call.away).parts,
    )


def _alerts_of(call: Call, place: str | None, lacking: tuple[str, ...] | None) -> Say | None:
    """Where the wallet's alerts go, if the group has several places; or why they cannot come here."""
    if call.joined:
        return None
    if place is None and lacking:
        return say("start-alerts-not", place=named(call, call.place), rights=rights_named(lacking))
    return say("start-alerts", place=named(call, place)) if place else None


def _where(call: Call) -> Button | None:
    return Button(say("button-where"), "alerts place=?") if call.place else None


@command("opening")
async def opening(
    call: Call,
    connects: Annotated[int, CostedNumber(low=0, high=MOST_CONNECTS, ruled=True)],
    cost: Annotated[CostState | Paid | None, COST] = None,
) -> Reply:
    """Book the Connects held before, and what they cost; they replace the welcome bonus."""
    said = None if cost is None else stated(call, connects, cost, f"opening {connects}")
    try:
        receipt = await call.books.opening(call.request, connects, said)
    except RefusedError as refused:
        if not isinstance(refused.refusal, CostUnstated):
            raise
        choices = cost_choices(connects, call.books.rulebook)
        raise MissingOptionError("cost", say("ask-opening-cost-of", connects=connects), choices) from refused
    if said is not None:
        await note_asked(call)
    lot = receipt.lots[-1]
    cost_row = ((say("field-cost"), cost_of(lot)),) if lot.source is Source.OPENING else ()
    return reply(
        say("opening-group" if call.group else "opening-done", connects=connects),
        Fields((*cost_row, left(receipt))),
        say("opening-unknown") if lot.cost_state is CostState.UNKNOWN else None,
        buttons(undo_button(receipt)),
    )


@command("cancel", needs_wallet=False)
async def cancel(call: Call) -> Reply:
    """Close the open question, as every command does. What is being written has a button of its own."""
    return reply(say("cancelled-writing" if call.documents.under_way(call.person.id) else "cancelled"))


async def _linked(call: Call) -> list[tuple[Say, Fact]]:
    """Where else the caller is known, which is for nobody else to read."""
    others = None if call.group else others_of(await call.store.people.identities(call.person.id), call.identity)
    return [] if others is None else [(say("field-linked"), others)]


def _chat(call: Call) -> Say:
    if call.group:
        return say("chat-group", title=call.title)
    return say("chat-away" if call.away else "chat-private")


@command("whoami", needs_wallet=False)
async def whoami(call: Call) -> Reply:
    """Show who the bot thinks the caller is."""
    rows: list[tuple[Say, Fact]] = [
        (say("field-person"), say("person-line", name=call.person.name, number=call.person.id)),
        (say("field-identity"), call.identity),
        *await _linked(call),
        (say("field-chat"), _chat(call)),
        (say("field-wallet"), say("wallet-none") if call.wallet is None else say("wallet-open")),
    ]
    others = () if call.group else await call.store.people.identities(call.person.id)
    linked = ", ".join(sorted(str(one) for one in others if str(one) != call.identity))
    if linked:
        rows.insert(2, (say("field-linked"), linked))
    if call.group and call.wallet is not None:
        rows.append((say("field-role"), role_name(await call.role())))
    if call.operator:
        rows.append((say("field-role"), say("role-operator")))
    return reply(Fields(tuple(rows)))
