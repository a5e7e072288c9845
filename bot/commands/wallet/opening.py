"""Opening a wallet, and getting help."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import (
    Call,
    Command,
    DoubtError,
    MissingOptionError,
    Who,
    command,
    no_such_command,
)
from bot.commands.alerts.places import lacking_in, named
from bot.commands.ledger.costs import note_asked
from bot.options.choice import Choice
from bot.options.cost import COST, CostedNumber, Paid
from bot.options.numbers import MOST_CONNECTS
from bot.options.text import Text
from bot.reply.parts import Button, Fact, Fields, Reply, Say, buttons, reply, say
from bot.views.commands import about_option
from bot.views.costs import cost_choices, cost_of, stated
from bot.views.entries import left, undo_button
from bot.views.places import rights_named
from core.ledger.model import Source
from core.shared.money import CostState
from core.shared.names import folded
from core.shared.refusals import CostUnstated, RefusedError
from core.wallets.settings import Alerts, Settings

if TYPE_CHECKING:
    from bot.command.declaration import Option
    from core.ledger.model import Receipt
    from core.wallets.people import Owner


@command("start", who=Who.ADMINS, needs_wallet=False)
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
            buttons(_holding(), _where(call), _help()),
        )
    return reply(say("start-again", connects=balance.available), buttons(_help()))


def _welcome(call: Call, receipt: Receipt) -> Reply:
    lot = receipt.lots[-1]
    return reply(
        say("start-welcome", name=call.person.name, connects=lot.size, expires=lot.expires or "never"),
        say("start-next"),
        buttons(_holding(), _help()),
    )


def _alerts_of(call: Call, place: str | None, lacking: tuple[str, ...] | None) -> Say | None:
    """Where the wallet's alerts go, if the group has several places; or why they cannot come here."""
    if place is None and lacking:
        return say("start-alerts-not", place=named(call, call.place), rights=rights_named(lacking))
    return say("start-alerts", place=named(call, place)) if place else None


def _where(call: Call) -> Button | None:
    return Button(say("button-where"), "alerts place=?") if call.place else None


def _holding() -> Button:
    return Button(say("button-opening"), "opening")


def _help() -> Button:
    return Button(say("button-help"), "help")


@command("opening", who=Who.ADMINS)
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


NO_TOPIC: Final = frozenset({"me", "please", "pls", "plz", "me please", "me pls"})


@command("help", needs_wallet=False)
async def help_(call: Call, topic: Annotated[str, Text()] = "") -> Reply:
    """List the commands, or explain one."""
    if topic and topic.casefold().strip(" .!?") not in NO_TOPIC:
        return _explain(call, folded(topic.lstrip("/")))
    listed = [found for name, found in call.commands.items() if name == found.name and not found.hidden]
    rows: tuple[tuple[Say, Fact], ...] = tuple(
        (say("command-name", command=found.name), say(f"cmd-{found.name}")) for found in listed
    )
    own = _of_operators(call) if call.operator and not call.group else None
    return reply(say("help-intro"), Fields(rows), own, say("help-more"), None if call.group else say("help-bare"))


def _of_operators(call: Call) -> Fields:
    """The commands for operators, which no menu lists."""
    found = (one for name, one in call.commands.items() if name == one.name and _is_own(call, one))
    rows: tuple[tuple[Say, Fact], ...] = tuple(
        (say("command-name", command=one.name), say(f"cmd-{one.name}")) for one in found
    )
    return Fields(rows, say("help-operators"))


def _is_own(call: Call, found: Command) -> bool:
    """Whether it is a command for operators, and the caller is one."""
    return call.operator and found.who is Who.OPERATORS


def _explain(call: Call, name: str) -> Reply:
    known = {one: found for one, found in call.commands.items() if not found.hidden or _is_own(call, found)}
    found = known.get(name)
    if found is None:
        near = get_close_matches(name, known, n=1)
        sentence = say("no-such-command-but", name=name[:40], near=near[0]) if near else no_such_command(name, {})
        raise DoubtError(sentence, *(Button(say("command-name", command=one), f"help {one}") for one in near))
    rows = tuple((say("option-name", option=option.name), _about(found, option)) for option in found.shown)
    return reply(
        say("help-command", usage=usage(found), about=say(f"cmd-{found.name}")),
        Fields(rows, say("help-options")) if rows else None,
        say("help-example", example=say(f"example-{found.name}")),
    )


def _about(found: Command, option: Option) -> Say:
    about = about_option(found, option)
    if isinstance(option.kind, Choice):
        about = say("help-choices", about=about, known=option.kind.known)
    return say("help-required" if option.required else "help-optional", about=about)


def usage(found: Command) -> str:
    """The usage of a command: `/spend connects [purpose] [title]`."""
    words = (option.name if option.required else f"[{option.name}]" for option in found.shown)
    return " ".join((f"/{found.name}", *words))


@command("cancel", needs_wallet=False)
async def cancel(call: Call) -> Reply:  # noqa: ARG001 - every command closes the open question; this one does nothing else
    """Close the open question."""
    return reply(say("cancelled"))


@command("whoami", needs_wallet=False)
async def whoami(call: Call) -> Reply:
    """Show who the bot thinks the caller is."""
    rows: list[tuple[Say, Fact]] = [
        (say("field-person"), say("person-line", name=call.person.name, number=call.person.id)),
        (say("field-identity"), call.identity),
        (say("field-chat"), say("chat-group", title=call.title) if call.group else say("chat-private")),
        (say("field-wallet"), say("wallet-none") if call.wallet is None else say("wallet-open")),
    ]
    if call.operator:
        rows.append((say("field-role"), say("role-operator")))
    return reply(Fields(tuple(rows)))
