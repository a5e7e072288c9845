"""Reads what a picture shows from the books."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.options.times.period import EVER
from bot.pictures.model import ForecastDay
from bot.reply.parts import Button, say
from bot.views.charts.balance import BalanceData, balance_picture, levels_of
from bot.views.charts.captioned import Missing
from bot.views.charts.funnel import funnel_picture
from bot.views.charts.replies import ReplyData, replies_picture
from bot.views.charts.spend import SpendData, spend_picture
from bot.views.stats.phrases import days_in_words
from core.forecast.outlook import forecast, outlook
from core.forecast.running_out import Means, remaining
from core.ledger.flows import balances
from core.ledger.queries import balance_of, began_on
from core.shared.calendar import DAY, beginning, day_in, last_monday
from core.stats.model import Selection, Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.command.declaration import Call
    from bot.views.charts.captioned import CaptionedChart, ChartWriter
    from core.forecast.outlook import Outlook
    from core.ledger.model import Lot
    from core.stats.model import Statistics, UnitCost
    from core.wallets.people import Wallet

LONGEST_AHEAD: Final = 91
SHORTEST_AHEAD: Final = 14
MOST_WEEKS: Final = 27
IMPORT: Final = Button(say("button-import"), "import")
BOOK: Final = Button(say("button-book-bid"), "spend")
NOTHING: Final = Missing(say("chart-nothing"), (IMPORT, BOOK))


class ChartScope(NamedTuple):
    """What to draw: the days, of which the first may be long before the books begin, and whether in money.

    says_money: what things cost may be said in money.
    """

    first: date
    last: date
    money: bool
    says_money: bool

    @property
    def days(self) -> tuple[date, date] | None:
        """The days; None for all time."""
        return None if self.first == EVER else (self.first, self.last)


async def balance(call: Call, scope: ChartScope, write: ChartWriter) -> CaptionedChart | Missing:
    """The balance over time, with what expires and how long it lasts."""
    wallet = call.open_wallet
    expected = await outlook(call.store.ledger, wallet.id, wallet.settings, call.books.rulebook, call.at)
    days = _days(scope, wallet, expected.lots)
    if isinstance(days, Missing):
        return days
    today = day_in(wallet.settings.zone, call.at)
    edges = [beginning(day, wallet.settings.zone) for day in (*days, days[-1] + DAY, today + 2 * DAY)]
    booked = sum(lot.left for lot in expected.lots)
    at_ends = list(balances(booked, await call.store.ledger.flows(wallet.id, edges))[1:-1])
    if days[-1] < today:
        return balance_picture(BalanceData(levels_of(days, tuple(at_ends)), current=False), write)
    at_ends[-1] = balance_of(expected.lots, call.at, call.books.rulebook).available
    found = BalanceData(levels_of(days, tuple(at_ends)), current=True, threshold=wallet.settings.threshold)
    return balance_picture(_ahead(call, expected, found, len(days)), write)


def _days(scope: ChartScope, wallet: Wallet, lots: Sequence[Lot]) -> tuple[date, ...] | Missing:
    """The days of a period since the books began; why there are none if they began later, or not yet."""
    began = began_on(lots, wallet.settings.zone)
    if began is None:
        return NOTHING
    if scope.last < began:
        return Missing(say("chart-before", day=began), (IMPORT,))
    first = max(scope.first, began)
    return tuple(first + number * DAY for number in range((scope.last - first).days + 1))


def _ahead(call: Call, expected: Outlook, found: BalanceData, behind: int) -> BalanceData:
    """The same balance, with what is to come. How far is looked ahead follows from how far back it is shown."""
    wallet, rate = call.open_wallet, expected.pace.rate
    zone, today = wallet.settings.zone, found.last.day
    days = [today + number * DAY for number in range(1, min(max(behind // 3, SHORTEST_AHEAD), LONGEST_AHEAD) + 1)]
    expiring: Counter[date] = Counter()
    for lot in expected.lots:
        if lot.left and lot.expires is not None and lot.expires > call.at:
            expiring[day_in(zone, lot.expires)] += lot.left
    found = found._replace(expiries=tuple(sorted((day, some) for day, some in expiring.items() if day <= days[-1])))
    if rate is None:
        return found
    means = Means(expected.lots, expected.coming, zone, call.books.rulebook, call.at)
    ends = [beginning(day + DAY, zone) for day in days]
    low, usual, high = (tuple(remaining(means, pace, ends)) for pace in (rate.fast, rate.usual, rate.slow))
    now = found.last.amount
    ahead = (ForecastDay(today, now, now, now), *map(ForecastDay, days, low, usual, high))
    out = forecast(expected, wallet.settings, call.books.rulebook, call.at).out
    at = None if out is None else out.usual.out
    return found._replace(ahead=ahead, paced=True, out=None if at is None else day_in(zone, at))


async def spend(call: Call, scope: ChartScope, write: ChartWriter) -> CaptionedChart | Missing:
    """What was spent, by week or month."""
    wallet = call.open_wallet
    days = _days(scope, wallet, await call.store.ledger.lots(wallet.id))
    if isinstance(days, Missing):
        return days
    monthly = len(days) > MOST_WEEKS * 7
    firsts = sorted({max(days[0], day.replace(day=1) if monthly else last_monday(day)) for day in days})
    zone = wallet.settings.zone
    edges = [beginning(day, zone) for day in (*firsts, days[-1] + DAY)]
    flows = await call.store.ledger.flows(wallet.id, edges)
    (whole,) = await call.store.ledger.flows(wallet.id, (edges[0], edges[-1]))
    if not whole.spent and not whole.returned:
        return Missing(say("chart-spend-none", days=days_in_words(days[0], days[-1])), (BOOK,))
    found = SpendData(tuple(zip(firsts, flows, strict=True)), days[-1], whole, monthly)
    return spend_picture(found, write, money=scope.says_money)


async def funnel(call: Call, scope: ChartScope, write: ChartWriter) -> CaptionedChart | Missing:
    """What became of proposals."""
    found = await _statistics(call, scope)
    return found if isinstance(found, Missing) else funnel_picture(found, write, money=scope.says_money)


async def replies(call: Call, scope: ChartScope, write: ChartWriter) -> CaptionedChart | Missing:
    """What a reply cost, month by month."""
    found, wallet = await _statistics(call, scope), call.open_wallet
    if isinstance(found, Missing):
        return found
    months = await call.stats.months(wallet.id, scope.days, Selection())
    whole, about = found.funnel.at(Step.REPLY), bool(found.funnel.expense.about)
    currency = _currency_of(whole.unit_cost, wallet) if scope.money else ""
    days = days_in_words(found.first, found.last)
    return replies_picture(ReplyData(months, whole, days, currency, about), write)


def _currency_of(cost: UnitCost | None, wallet: Wallet) -> str:
    """The currency in which all was paid, or else that of the wallet."""
    paid = (cost.money or ()) if cost is not None else ()
    return paid[0].currency if len(paid) == 1 else wallet.settings.currency


async def _statistics(call: Call, scope: ChartScope) -> Statistics | Missing:
    """The figures of all proposals of the period, or how to fill the books with them."""
    found = await call.stats.statistics(call.open_wallet.id, scope.days, Selection())
    if not found.every:
        none = say("chart-no-proposals", days=days_in_words(scope.first, scope.last))
        return NOTHING if scope.days is None else Missing(none, (IMPORT, BOOK))
    return found if found.informed else Missing(say("chart-uninformed"), (IMPORT,))
