"""The page of clients, and the question which proposal won one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.reading.lines import line_of
from bot.reply.parts import Button, Buttons, Fact, Reply, Say, Table, buttons, reply, say
from bot.views.entries import LONGEST_TITLE, sum_of
from bot.views.progress import beginning_of
from bot.views.proposals.card import net_cost
from bot.views.proposals.phrases import brief_title, reference
from core.incomes.clients import bids_per_client

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from core.incomes.model import Client
    from core.proposals.model import Proposal

SHOWN: Final = 5
MOST_OFFERED: Final = 6
CLIENTS: Final = "clients"


class ClientsPage(NamedTuple):
    """A page of clients, from `skip` on, and all proposals of the wallet."""

    clients: Sequence[Client]
    proposals: Sequence[Proposal]
    now: datetime
    skip: int = 0


def no_incomes(*, kept: bool) -> Reply:
    """How to let the bot keep incomes, or that it has none yet."""
    if kept:
        return reply(say("clients-none"), buttons(Button(say("button-incomes-off"), "settings incomes=no")))
    return reply(say("clients-off"), buttons(Button(say("button-incomes-on"), "settings incomes=yes")))


def clients_page(page: ClientsPage) -> Reply:
    """What clients paid, what they cost to win and when that was earned back, the latest first."""
    shown = page.clients[page.skip : page.skip + SHOWN]
    columns = tuple(say(f"column-{name}") for name in ("client", "earned", "won-by", "earned-back"))
    part = "all" if len(shown) == len(page.clients) else "some"
    figures = {"first": page.skip + 1, "last": page.skip + len(shown)}
    title = say("clients-title", clients=len(page.clients), shown=part, **figures)
    return reply(
        Table(columns, tuple(_row(client) for client in shown), title),
        _all_bids(page),
        Buttons(tuple(_buttons(page, shown))),
        replace=True,
    )


def _row(client: Client) -> tuple[Fact, ...]:
    return beginning_of(client.name, LONGEST_TITLE), _earned(client), _won_by(client), _earned_back(client)


def _earned(client: Client) -> Say:
    return say("client-earned", sum=sum_of(client.earned), first=client.first, last=client.last, incomes=client.incomes)


def _won_by(client: Client) -> Say:
    if client.won is None:
        return say("client-won-unknown")
    name = "client-won" if client.sure else "client-won-titled"
    won = client.won
    return say(name, ref=reference(won), cost=net_cost(won.net, came_back=won.back) if won.entries else say("unknown"))


def _earned_back(client: Client) -> Say:
    if client.won is None or client.won.net.unknown or not client.won.entries:
        return say("client-back-unknown")
    if client.earned_back is None:
        return say("client-back-not-told" if _is_unclear(client) else "client-back-not-yet")
    return say("client-back-free" if _is_free(client.won) else "client-back", day=client.earned_back)


def _is_unclear(client: Client) -> bool:
    """Whether cost and income cannot be compared, rather than the cost not being earned back."""
    won = client.won
    if won is None or won.unclear or len(won.net.money) > 1:
        return True
    return {price.currency for price in won.net.money} != {price.currency for price in client.earned}


def _is_free(won: Proposal) -> bool:
    return not won.net.money


def _all_bids(page: ClientsPage) -> Say | None:
    found = bids_per_client(page.clients, page.proposals)
    if found is None:
        return None
    return say("clients-all-bids", bids=found.bids, clients=found.clients, connects=found.connects_each)


def _buttons(page: ClientsPage, shown: Sequence[Client]) -> Iterator[tuple[Button, ...]]:
    for client in shown:
        if not client.sure:
            label = say("button-which-bid", client=beginning_of(client.name, LONGEST_TITLE))
            yield (Button(label, line_of(CLIENTS, {"of": client.handle})),)
    before = Button(say("button-newer"), f"{CLIENTS} skip={max(page.skip - SHOWN, 0)}") if page.skip else None
    more = page.skip + SHOWN < len(page.clients)
    after = Button(say("button-older"), f"{CLIENTS} skip={page.skip + SHOWN}") if more else None
    if turning := tuple(button for button in (before, after) if button is not None):
        yield turning
    yield (Button(say("button-incomes-off"), "settings incomes=no"),)


def which_bid(client: Client, offered: Sequence[Proposal]) -> Reply:
    """Ask which proposal won a client."""
    rows = [
        (
            Button(
                say("proposal-named", ref=reference(one), title=brief_title(one)),
                line_of(CLIENTS, {"of": client.handle, "bid": one.ref}),
            ),
        )
        for one in offered[:MOST_OFFERED]
    ]
    rows.append((Button(say("button-no-bid"), line_of(CLIENTS, {"of": client.handle, "bid": "none"})),))
    name = "clients-which" if offered else "clients-which-none"
    return reply(say(name, client=client.name), Buttons(tuple(rows)), replace=True)
