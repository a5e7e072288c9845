"""The command that says when the Connects run out."""

from __future__ import annotations

from bot.command.declaration import Call, command
from bot.command.permissions import may
from bot.pictures.kinds import Picture
from bot.reply.parts import Button, Reply, say
from bot.views.lots.running_out import ForecastView, forecast_answer
from bot.views.money.visibility import in_money, shows_money
from bot.views.stats.query import CHART
from core.forecast.advice import advised
from core.forecast.outlook import forecast as forecast_of
from core.forecast.outlook import grounds_of, outlook
from core.stats.boosting import LooseEndsWithBoosts


@command("forecast", "runway")
async def forecast(call: Call) -> Reply:
    """Say when the Connects run out at the present pace, what to buy by when, and what is worth doing next."""
    wallet, rulebook = call.open_wallet, call.books.rulebook
    found = await outlook(call.store.ledger, wallet.id, wallet.settings, rulebook, call.at)
    ends = await LooseEndsWithBoosts(call.store, call.proposals).loose_ends(wallet.id, found.imports)
    grounds = grounds_of(found, wallet.settings, rulebook, call.at)._replace(ends=ends)
    return forecast_answer(
        ForecastView(
            found,
            forecast_of(found, wallet.settings, rulebook, call.at),
            next(iter(advised(grounds)), None),
            rulebook,
            call.at,
            money=shows_money(call),
            admin=await may(call, "buy"),
            more=(
                Button(say("button-balance-picture"), f"{CHART} {Picture.BALANCE}"),
                in_money(call, "forecast"),
            ),
        )
    )
