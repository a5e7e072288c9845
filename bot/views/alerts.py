"""The messages of alerts: each gives the present state and the next step, with buttons for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from bot.options.choice import choice
from bot.reply.parts import Button, Buttons, Fields, Hour, Reply, buttons, reply, say
from bot.views.entries import buy_button
from bot.views.lots.advice import advice_button, advice_in_words
from bot.views.team.alerting import limit
from bot.views.team.week import team_week
from core.alerts.types.budget import BUDGET
from core.alerts.types.digest import DIGEST
from core.alerts.types.expiring import EXPIRED, EXPIRING
from core.alerts.types.limit import LIMIT
from core.alerts.types.low import LOW
from core.alerts.types.monthly import MISSING, MONTHLY
from core.alerts.types.promotions import PROMOTION_ENDING, PROMOTION_EVE
from core.alerts.types.runway import REARM_FACTOR, RUNWAY
from core.alerts.types.stale import STALE
from core.alerts.types.team_week import TEAM_WEEK
from core.alerts.types.unfed import UNFED
from core.forecast.advice import ADVISED, advice_in
from core.forecast.burn_rate import burn_rate_in
from core.ledger.model import Purpose
from core.ledger.rules import purchase_covering
from core.shared.money import Price

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.reply.parts import Fact, Say
    from bot.views.showing import Showing, View
    from core.delivery.notice import Notice

    Facts = Mapping[str, str | int]
    Row = tuple[Say, Fact]

LOT_BUTTONS: Final = (Button(say("button-lots"), "lots"), Button(say("button-expiring"), "expiring"))
HALF_A_YEAR: Final = 182
"""Days beyond which a forecast is too uncertain to be shown as a number of days."""
HISTORY: Final = Button(say("button-history"), "history")
TOTALS: Final = {
    "returned": say("field-returned"),
    "earned": say("field-earned"),
    "expired": say("field-expired"),
}
SAID_OF_STALE: Final = ("viewed", "replied", "interview", "hired", "declined", "closed")
"""The states that somebody may know of a proposal without news."""


def low(notice: Notice, showing: Showing) -> Reply:
    """The balance is low. A group gets no button to buy, because there buying is for admins."""
    connects, threshold = int(notice.facts["connects"]), int(notice.facts["threshold"])
    buy = buy_button(*purchase_covering(threshold + 1 - connects, showing.rulebook))
    rows = ((buy,), LOT_BUTTONS) if showing.private else (LOT_BUTTONS,)
    return reply(say("alert-low", connects=connects, threshold=threshold), Buttons(rows))


def budget(notice: Notice, showing: Showing) -> Reply:
    """Most of the month's budget is spent, or all of it. A group gets no button to change it: that is for admins."""
    facts = notice.facts
    change = Button(say("button-budget"), "alerts budget=?") if showing.private else None
    row = buttons(Button(say("button-history"), "history"), change)
    return reply(say("alert-budget", spent=facts["spent"], limit=facts["limit"], mark=facts["mark"]), row)


def expiring(notice: Notice, _showing: Showing) -> Reply:
    """Connects expire soon, with what they cost if it is known."""
    facts = notice.facts
    at, price = datetime.fromisoformat(str(facts["expires"])), None
    if "net" in facts:
        price = Price(int(facts["net"]), int(facts["tax"]), str(facts["currency"]))
    return reply(
        say("alert-expiring", connects=facts["connects"], expires=at),
        None if price is None else say("alert-expiring-paid", price=price),
        say("alert-expiring-unknown", connects=facts["unknown"]) if facts.get("unknown") else None,
        buttons(*LOT_BUTTONS),
    )


def expired(notice: Notice, _showing: Showing) -> Reply:
    """Connects have expired."""
    facts = notice.facts
    at = datetime.fromisoformat(str(facts["expired"]))
    text = say("alert-expired", connects=facts["connects"], expired=at, left=facts["left"])
    return reply(text, buttons(HISTORY, LOT_BUTTONS[0]))


def runway(notice: Notice, showing: Showing) -> Reply:
    """The Connects will not last long. A group gets no button to buy, because there buying is for admins."""
    facts = notice.facts
    connects = int(facts["connects"])
    buy = buy_button(*purchase_covering(max(int(facts["needed"]) - connects, 1), showing.rulebook))
    return reply(
        say("alert-runway", connects=connects, lasting=_lasting(facts)),
        say("alert-runway-next", needed=facts["needed"], days=int(int(facts["mark"]) * REARM_FACTOR)),
        buttons(buy if showing.private else None, *LOT_BUTTONS),
    )


def _lasting(facts: Facts) -> Say:
    """How long the Connects last, with the range if it has one. A time that is far off is not given in days."""
    forecast = burn_rate_in(facts).lasts(int(facts["connects"]))
    if forecast.days > HALF_A_YEAR:
        return say("lasting-long")
    about = say("lasting", days=forecast.days)
    if forecast.least == forecast.most:
        return about
    if forecast.most is None:
        return say("lasting-least", about=about, least=forecast.least)
    return say("lasting-range", about=about, least=forecast.least, most=forecast.most)


def _book_monthly(facts: Facts) -> Button:
    return Button(say("button-came"), f"earn monthly {facts['connects']} came={facts['due']}")


def monthly(notice: Notice, showing: Showing) -> Reply:
    """The plan's lot is due."""
    facts = notice.facts
    due = date.fromisoformat(str(facts["due"]))
    text = say("alert-monthly", connects=facts["connects"], when=facts["when"], due=due)
    return reply(text, say("alert-monthly-next"), buttons(_book_monthly(facts) if showing.private else None, HISTORY))


def missing(notice: Notice, showing: Showing) -> Reply:
    """The plan's lot is overdue: it did not come, or nobody booked it."""
    facts = notice.facts
    due = date.fromisoformat(str(facts["due"]))
    return reply(
        say("alert-missing", connects=facts["connects"], due=due),
        say("alert-missing-next"),
        buttons(
            _book_monthly(facts) if showing.private else None, Button(say("button-no-monthly"), "alerts monthly=off")
        ),
    )


def promotion_ending(notice: Notice, _showing: Showing) -> Reply:
    """Connects from a promotion expire soon."""
    facts = notice.facts
    connects, at = facts["connects"], Hour(datetime.fromisoformat(str(facts["expires"])))
    title = facts["title"]
    with_title = say("alert-promotion-ending-of", connects=connects, title=title, expires=at)
    return reply(
        with_title if title else say("alert-promotion-ending", connects=connects, expires=at),
        say("alert-promotion-ending-next"),
        buttons(*LOT_BUTTONS),
    )


def draw_reminder(notice: Notice, _showing: Showing) -> Reply:
    """The draw of a contest that the reader takes part in is near."""
    facts = notice.facts
    at = Hour(datetime.fromisoformat(str(facts["ends"])), readers=True)
    return reply(
        say("alert-promotion-eve", title=facts["title"], entry=facts["entry"], at=at),
        buttons(Button(say("button-no-promotions"), "alerts promotions=off")),
    )


def unfed(notice: Notice, showing: Showing) -> Reply:
    """Nothing was imported for some days. A group gets no button to stop it, because its settings are for admins."""
    facts = notice.facts
    return reply(
        say("alert-unfed", last=datetime.fromisoformat(str(facts["last"]))),
        say("alert-unfed-next"),
        buttons(
            Button(say("button-import"), "import"),
            Button(say("button-unfed"), "alerts unfed=?") if showing.private else None,
        ),
    )


def stale(notice: Notice, _showing: Showing) -> Reply:
    """A proposal has waited for long: what became of it?"""
    facts = notice.facts
    of, others = f"#{facts['ref']}", int(facts["others"])
    told = [Button(say(f"reached-{state}"), f"outcome of={of} state={state}") for state in SAID_OF_STALE]
    rows = (
        tuple(told[:3]),
        tuple(told[3:]),
        (Button(say("button-nothing-yet"), f"waiting {of}"), Button(say("button-show-proposal"), f"proposals {of}")),
    )
    every = (Button(say("button-all-waiting"), "proposals state=unanswered"),)
    sent = datetime.fromisoformat(str(facts["sent"]))
    return reply(
        say("alert-stale", title=facts["title"] or of, sent=sent, days=facts["days"]),
        say("alert-stale-others", others=others) if others else None,
        Buttons((*rows, every) if others else rows),
    )


def digest(notice: Notice, showing: Showing) -> Reply:
    """The sums of a week, the present state, the sums of a month if it has just ended, and what is worth doing next."""
    facts, advice = notice.facts, advice_in(notice.facts)
    month = {name.removeprefix("month-"): value for name, value in facts.items() if name.startswith("month-")}
    does = advice_button(advice, showing.rulebook, money=showing.money, admin=showing.private)
    row = (HISTORY, Button(say("button-no-digest"), "alerts digest=off"))
    return reply(
        say("alert-digest", **_span(facts)),
        Fields((*_sums(facts), *_state(facts))),
        Fields(tuple(_sums(month)), say("digest-month", **_span(month))) if month else None,
        advice_in_words(advice, money=showing.money) if ADVISED in facts else None,
        Buttons((row,) if does is None else ((does,), row)),
    )


def _span(facts: Facts) -> dict[str, Fact]:
    return {"first": date.fromisoformat(str(facts["from"])), "last": date.fromisoformat(str(facts["until"]))}


def _sums(facts: Facts) -> Iterable[Row]:
    """A row for each sum of a span of days that is not 0."""
    spent = [(purpose, int(facts[f"spent-{purpose}"])) for purpose in Purpose if facts.get(f"spent-{purpose}")]
    if spent:
        yield say("field-spent"), _spent(spent)
    cost, unknown = _price(facts, "cost"), int(facts.get("cost-unknown", 0))
    if unknown:
        yield say("field-cost"), _cost_in_part(cost, unknown)
    elif cost is not None:
        yield say("field-cost"), _cost(cost, int(facts.get("proposals", 0)), int(facts.get("interviews", 0)))
    for name, label in TOTALS.items():
        if facts.get(name):
            yield label, say("connects", connects=facts[name])
    if facts.get("bought"):
        yield say("field-bought"), _bought(facts)


def _spent(spent: list[tuple[Purpose, int]]) -> Say:
    """The total, and the part of each purpose if there are several."""
    total = say("connects", connects=sum(connects for _, connects in spent))
    if len(spent) == 1:
        return say("digest-of", total=total, parts=choice(spent[0][0]))
    parts = [say("digest-part", purpose=choice(purpose), connects=connects) for purpose, connects in spent]
    listed = parts[0]
    for part in parts[1:]:
        listed = say("digest-parts", some=listed, more=part)
    return say("digest-of", total=total, parts=listed)


def _cost_in_part(cost: Price | None, unknown: int) -> Say:
    """The cost of what was spent if a part of it is unknown. What each proposal cost is unknown then, too."""
    if cost is None:
        return say("cost-unknown-of", connects=unknown)
    return say("cost-partly", price=cost, unknown=unknown)


def _cost(cost: Price, proposals: int, interviews: int) -> Fact:
    """The cost of what was spent: in all, for each proposal, and for each interview that followed."""
    text: Fact = cost
    for number, name in ((proposals, "digest-each-proposal"), (interviews, "digest-each-interview")):
        if number > 1:
            text = say(name, cost=text, each=cost.share(1, number), number=number)
    return text


def _bought(facts: Facts) -> Say:
    connects, paid = say("connects", connects=facts["bought"]), _price(facts, "paid")
    return connects if paid is None else say("digest-paid", connects=connects, price=paid)


def _price(facts: Facts, name: str) -> Price | None:
    if f"{name}-net" not in facts and f"{name}-currency" not in facts:
        return None
    return Price(int(facts.get(f"{name}-net", 0)), int(facts.get(f"{name}-tax", 0)), str(facts[f"{name}-currency"]))


def _state(facts: Facts) -> Iterable[Row]:
    """The rows of the present state: what is left, how long it lasts, and what expires soon."""
    yield say("field-left"), say("connects", connects=facts["connects"])
    if "usual" in facts:
        yield say("field-lasts"), _lasting(facts)
    if "soon" in facts:
        first = datetime.fromisoformat(str(facts["first"]))
        yield say("field-soon"), say("soon", connects=facts["soon"], first=first)


QUIET: Final = frozenset({UNFED.code, STALE.code})
"""What only asks or reminds, and makes no sound."""
ALERT_VIEWS: Final[Mapping[str, View]] = {
    LOW.code: low,
    BUDGET.code: budget,
    LIMIT.code: limit,
    EXPIRING.code: expiring,
    EXPIRED.code: expired,
    RUNWAY.code: runway,
    MONTHLY.code: monthly,
    MISSING.code: missing,
    PROMOTION_ENDING.code: promotion_ending,
    PROMOTION_EVE.code: draw_reminder,
    UNFED.code: unfed,
    STALE.code: stale,
    DIGEST.code: digest,
    TEAM_WEEK.code: team_week,
}
