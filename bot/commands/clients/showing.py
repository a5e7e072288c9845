"""The command that shows what clients paid, what they cost to win, and when that was earned back."""

from __future__ import annotations

from typing import Annotated, Final

from bot.command.declaration import Call, DoubtError, command
from bot.commands.clients.incomes import kept_incomes
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.text import Text
from bot.reply.parts import Button, Reply, reply, say
from bot.views.clients.showing import ClientsPage, clients_page, no_incomes, which_bid
from core.incomes.clients import candidates, clients_of
from core.shared.names import folded

NONE: Final = "none"


@command("clients", "client")
async def clients(
    call: Call,
    skip: Annotated[int, Whole(low=0, high=MOST_NUMBER, named=True, hidden=True)] = 0,
    of: Annotated[str, Text(named=True, hidden=True)] = "",
    bid: Annotated[str, Text(named=True, hidden=True)] = "",
) -> Reply:
    """Show what each client paid and cost to win.

    of: a client's handle, or a part of clients' names. bid: the proposal that won that client.
    """
    if call.group:
        return reply(say("clients-private"))
    wallet = call.open_wallet
    incomes = await kept_incomes(call)
    if not incomes:
        return no_incomes(kept=wallet.settings.figures.incomes)
    proposals = await call.proposals.every(wallet.id)
    found = clients_of(incomes, proposals, await call.store.incomes.named_bids(wallet.id))
    client = next((one for one in found if one.handle == of), None)
    if client is not None and not bid:
        return which_bid(client, candidates(client, proposals))
    if client is not None:
        await call.store.incomes.name_bid(wallet.id, client.key, "" if bid == NONE else bid.removeprefix("#"))
        found = clients_of(incomes, proposals, await call.store.incomes.named_bids(wallet.id))
    elif of:
        found = tuple(one for one in found if folded(of) in folded(one.name))
        if not found:
            raise DoubtError(say("clients-unknown", name=of), Button(say("button-clients"), "clients"))
    return clients_page(ClientsPage(found, proposals, call.at, skip))
