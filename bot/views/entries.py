"""Phrases about entries that several commands use: what one did, what it cost, what is left."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.options.choice import choice
from bot.reply.marks import Run, marked
from bot.reply.parts import Button, Fact, Say, say
from bot.views.progress import beginning_of
from core.ledger.model import Entry, Kind, Purpose, Receipt, Source, expense_on, source_of
from core.ledger.queries import BEGINNINGS
from core.shared.job_links import JobLink, short_id
from core.shared.money import CostState, Price, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.ledger.model import Lot
    from core.wallets.settings import Settings

MOST_LISTED: Final = 3
LONGEST_TITLE: Final = 28
BIDDING: Final = frozenset({expense_on(Purpose.PROPOSAL), expense_on(Purpose.BOOST)})
"""The accounts of what a proposal costs."""
FORMS = {Kind.SPEND: Purpose, Kind.GRANT: Source}


def deed(entry: Entry) -> Say:
    """What an entry did, such as "Proposal" or "Undo of #3"."""
    if entry.kind is Kind.AMENDMENT:
        return _amended(entry)
    if entry.of is not None:
        return say(f"deed-{entry.kind}", of=entry.of)
    form = FORMS.get(entry.kind)
    if form is None:
        return say(f"deed-{entry.kind}")
    return choice(form(_end_of(entry)))


def _amended(entry: Entry) -> Say:
    """What Connects cost that an earlier entry issued, and what they cost before, if that was known."""
    *taken, fresh = [home for home, _ in entry.moves]
    price = fresh.price if fresh.price is not None and fresh.price.total else say("nothing")
    if all(state_of(leg.price) is CostState.UNKNOWN for leg in taken):
        return say("deed-priced", connects=fresh.connects, of=entry.of, price=price)
    before = total_price(replace(entry, postings=entry.postings[:-2]))
    was = say("nothing") if before is None or (isinstance(before, Price) and not before.total) else before
    return say("deed-amendment", deed=choice(_end_of(entry)), of=entry.of, price=price, was=was)


def _end_of(entry: Entry) -> str:
    """The last part of the counterpart account's name; of a replaced welcome bonus, the account that replaced it."""
    beyond = entry.moves[-1][1].account
    return source_of(beyond) or beyond.partition(":")[2]


def named(entry: Entry) -> Say:
    """What an entry did, with its title if it has one, or else with the end of its job's id."""
    if entry.memo:
        return say("deed-titled", deed=deed(entry), title=entry.memo)
    return say("deed-of-job", deed=deed(entry), job=short_id(entry.job)) if entry.job else deed(entry)


def in_list(entry: Entry) -> Fact:
    """What an entry did, for a list that a phone shows: a bid, which most entries are, by its title alone.

    The title leads to the job on Upwork.
    """
    title = linked(beginning_of(entry.memo, LONGEST_TITLE), entry.job)
    if title and _is_bid(entry):
        return title
    if title or not entry.job:
        return named(replace(entry, memo=title))
    return say("deed-of-job", deed=deed(entry), job=linked(short_id(entry.job), entry.job))


def linked(words: str, job: str) -> str:
    """Words that lead to a job on Upwork, if it is known."""
    return marked([Run(words, url=JobLink(job).url if job else "")])


def as_edited(entry: Entry) -> Say:
    """What had been booked for a line that was edited, such as "16 Connects for Logo (#12)"."""
    if entry.kind is not Kind.SPEND:
        return say("edited-entry", deed=named(entry), delta=signed(entry.delta), number=entry.number)
    deed = entry.memo if entry.memo and _is_bid(entry) else named(entry)
    return say("edited-spend", connects=-entry.delta, deed=deed, number=entry.number)


def _is_bid(entry: Entry) -> bool:
    return entry.kind is Kind.SPEND and _end_of(entry) == Purpose.PROPOSAL


def correctable(entry: Entry) -> bool:
    """Whether an undo of this entry is something to offer: not of an undo, nor of a wallet's first Connects."""
    return entry.kind is not Kind.UNDO and entry.counterpart not in BEGINNINGS


def cost(entry: Entry) -> Fact:
    """What the Connects of an entry cost, and how many of them were free or have an unknown cost."""
    number: Counter[CostState] = Counter()
    for leg, _ in entry.moves:
        number[state_of(leg.price)] += abs(leg.connects)
    free, paid, unknown = (number[state] for state in CostState)
    return cost_of(free, paid, unknown, total_price(entry))


def cost_of(free: int, paid: int, unknown: int, price: Price | Say | None) -> Fact:
    """What Connects cost of which some were free, some paid for at this price, and some have an unknown cost."""
    if unknown and not paid:
        return say("cost-free-partly", free=free, unknown=unknown) if free else say("unknown")
    some = paid if unknown else 0
    known = say("cost-mixed", price=price, free=free, paid=paid) if free else say("cost-paid", price=price, some=some)
    if not paid:
        return say("cost-free")
    return say("cost-partly", price=known, unknown=unknown) if unknown else known


def total_price(entry: Entry) -> Price | Say | None:
    """The money in an entry as a positive price, or a sum of several currencies; None if there is no known price."""
    sums: dict[str, Price] = {}
    for leg, _ in entry.moves:
        if leg.price is not None and leg.price.known:
            currency = leg.price.currency
            sums[currency] = sums[currency] + leg.price if currency in sums else leg.price
    return sum_of(sums.values())


def sum_of(prices: Iterable[Price]) -> Price | Say | None:
    """Positive amounts of money in several currencies, added up; None if there are none."""
    total: Price | Say | None = None
    for price in prices:
        positive = price if price.total >= 0 else -price
        total = positive if total is None else say("sum", one=total, other=positive)
    return total


def signed(number: int) -> str:
    """A change with its sign; a minus is the typographic one, not a hyphen."""
    return f"{number:+,}".replace("-", "\u2212") if number else "0"


def listed(numbers: Iterable[int | None]) -> str:
    """The numbers of entries, such as "#5, #6"; more than three without gaps are written as a range."""
    found = sorted(number for number in numbers if number is not None)
    if len(found) > MOST_LISTED and found[-1] - found[0] == len(found) - 1:
        return f"#{found[0]}\u2013#{found[-1]}"
    return ", ".join(f"#{number}" for number in found)


def left(receipt: Receipt) -> tuple[Say, Fact]:
    """The row that shows the balance after an entry."""
    return say("field-left"), say("connects", connects=receipt.balance)


def lot_of(receipt: Receipt) -> Lot:
    """The lot that an entry has issued."""
    return next(lot for lot in receipt.lots if lot.number == receipt.entry.postings[0].lot)


def warning(settings: Settings, balance: int) -> Say | None:
    """The warning to show while the balance is below the low-balance threshold."""
    if settings.threshold is None or balance >= settings.threshold:
        return None
    return say("low-balance", connects=balance, threshold=settings.threshold)


def undo_button(receipt: Receipt) -> Button:
    """A button that undoes an entry."""
    return Button(say("button-undo"), f"undo {receipt.entry.number}")


def proposal_button(entry: Entry | None) -> Button | None:
    """A button that shows the proposal that a spend is part of; None if it is of none."""
    if entry is None or entry.kind is not Kind.SPEND or entry.counterpart not in BIDDING:
        return None
    return Button(say("button-proposal"), f"proposals #{entry.number}")


def buy_button(connects: int, price: Price) -> Button:
    """A button that books a purchase at the rulebook's price."""
    return Button(say("button-buy", connects=connects, price=price), f"buy {connects}")
