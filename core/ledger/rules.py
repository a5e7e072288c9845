"""The rules of the ledger: pure functions, snapshot + wish -> Change | Refusal.

Lots that have expired are booked out before anything else happens to a wallet.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from core.ledger.earning import EARNING
from core.ledger.entry_builder import Page, Wish, dated, open_page
from core.ledger.model import (
    ADJUSTED,
    EXPIRED,
    RENEWED,
    Change,
    Entry,
    Kind,
    Lot,
    Mark,
    Posting,
    Purpose,
    Snapshot,
    Source,
    expense_on,
    income_from,
    source_of,
)
from core.shared.money import Price
from core.shared.refusals import (
    AlreadyDone,
    Expired,
    LimitReached,
    LotUsed,
    NotEnough,
    NotUndoable,
    OutOfRange,
    Refusal,
    TooLate,
    Unknown,
)

if TYPE_CHECKING:
    from core.ledger.earning import Award, Claim
    from core.ledger.rulebook import Rulebook


def earn(before: Snapshot, wish: Wish, claim: Claim, book: Rulebook) -> Change | Refusal:
    """Book what a claim is worth on the date of its entry, which a clock's step back may make later than the claim."""
    award = EARNING[claim.source](replace(claim, at=dated(before, wish)), book)
    return award if isinstance(award, Refusal) else grant(before, wish, claim.source, award, book)


def grant(before: Snapshot, wish: Wish, source: Source, award: Award, book: Rulebook) -> Change | Refusal:
    """Book what a claim is worth: once for its mark, and up to its cap within the window."""
    page = open_page(before, wish, book)
    if (taken := next((mark for mark in before.marks if mark.name == award.mark), None)) is not None:
        return AlreadyDone(source.value, taken.number if taken.wallet == before.wallet else 0)
    if refusal := _out_of_range(source.value, award.connects, book.grant_limit):
        return refusal
    connects = _within_cap(page, source, award)
    if isinstance(connects, Refusal):
        return connects
    page.issue(source, connects)
    page.enter(Kind.GRANT)
    number = page.entries[-1].number
    return page.change(() if award.mark is None else (Mark(award.mark, before.wallet, number),))


def _within_cap(page: Page, source: Source, award: Award) -> int | LimitReached:
    if award.cap is None or award.window is None:
        return award.connects
    since = page.at - award.window
    recent = [lot for lot in page.before.lots if lot.source is source and lot.issued > since and lot.size]
    room = award.cap - sum(lot.size for lot in recent)
    if room > 0:
        return min(award.connects, room)
    again = min((lot.issued for lot in recent), default=page.at) + award.window
    return LimitReached(source.value, award.cap, award.window.days, again)


def opening(before: Snapshot, wish: Wish, connects: int, mark: str, book: Rulebook) -> Change | Refusal:
    """Book what somebody holds already, in place of the welcome; only while nothing else stands in the books.

    `mark` is the welcome's ("": a group has none). Where it is still free it is taken, so that no welcome comes later.
    """
    page = open_page(before, wish, book)
    welcome = next((lot for lot in before.lots if lot.source is Source.WELCOME and 0 < lot.left == lot.size), None)
    if page.entries or _standing(before) > (0 if welcome is None else 1):
        return TooLate("opening", before.entries)
    low = 1 if welcome is None else 0
    if not low <= connects <= book.grant_limit:
        return OutOfRange("opening", connects, low, book.grant_limit)
    if welcome is not None:
        page.take(welcome.number, welcome.left, income_from(Source.WELCOME))
    if connects:
        page.issue(Source.OPENING, connects)
    page.enter(Kind.GRANT)
    free = mark and all(taken.name != mark for taken in before.marks)
    return page.change((Mark(mark, before.wallet, page.entries[-1].number),) if free else ())


def _standing(before: Snapshot) -> int:
    """Entries that are neither undone nor an undo; what the scope does not name counts as standing."""
    return before.entries - 2 * sum(undo_of(before, entry.number) is not None for entry in before.related)


def buy(before: Snapshot, wish: Wish, connects: int, price: Price, book: Rulebook) -> Change | Refusal:
    """Book a purchase; `price` is what the whole lot cost."""
    page = open_page(before, wish, book)
    if refusal := _out_of_range("purchase", connects, book.purchase_limit):
        return refusal
    for what, money in (("price", price.net), ("tax", price.tax)):
        if not 0 <= money <= book.price_limit:
            return OutOfRange(what, money, 0, book.price_limit, price.currency)
    page.issue(Source.PURCHASE, connects, price)
    page.enter(Kind.PURCHASE)
    return page.change()


def spend(before: Snapshot, wish: Wish, connects: int, purpose: Purpose, book: Rulebook) -> Change | Refusal:
    """Draw Connects from the lots in the order of use; every posting names its lot and what it cost."""
    page = open_page(before, wish, book)
    if refusal := _out_of_range("spend", connects, book.spend_limit):
        return refusal
    if page.balance < connects:
        return not_enough(connects, page.balance, book)
    page.draw(connects, expense_on(purpose))
    page.enter(Kind.SPEND)
    return page.change()


def adjust(before: Snapshot, wish: Wish, delta: int, book: Rulebook) -> Change | Refusal:
    """Correct the books by `delta` Connects: up with a free lot, down in the order of use."""
    page = open_page(before, wish, book)
    if delta == 0 or abs(delta) > book.grant_limit:
        return OutOfRange("adjustment", delta, -book.grant_limit, book.grant_limit)
    if page.balance + delta < 0:
        return not_enough(-delta, page.balance, book)
    if delta > 0:
        page.issue(Source.ADJUSTMENT, delta)
    else:
        page.draw(-delta, ADJUSTED)
    page.enter(Kind.ADJUSTMENT)
    return page.change()


def expire(before: Snapshot, wish: Wish, book: Rulebook) -> Change | Refusal:
    """Book out what has expired; an entry of its own under the wish's key."""
    page = Page(before, wish, book)
    page.book_expired("")
    if not page.entries:
        return Unknown("expired_lot", str(before.wallet))
    return page.change()


def give_back(before: Snapshot, wish: Wish, number: int, connects: int | None, book: Rulebook) -> Change | Refusal:
    """Return a spend or a part of it (None: all that is left of it) into the lots it came from, last drawn first."""
    spent = before.find(number)
    if spent is None:
        return Unknown("entry", str(number))
    if spent.kind is not Kind.SPEND:
        return NotUndoable(number, "not_spend")
    if (undone := undo_of(before, number)) is not None:
        return AlreadyDone("undo", undone.number)
    open_legs = _outstanding(before, spent)
    most = sum(leg.connects for leg in open_legs)
    if not most:
        return AlreadyDone("return", max(late.number for late in before.followers if late.kind is Kind.RETURN))
    wanted = most if connects is None else connects
    if not 1 <= wanted <= most:
        return OutOfRange("return", wanted, 1, most)
    page = open_page(before, wish, book)
    for leg in reversed(open_legs):
        part = min(wanted, leg.connects)
        if part:
            cost = None if leg.price is None else leg.price.share(part, leg.connects)
            _put_back(page, leg, part, cost)
        wanted -= part
    page.enter(Kind.RETURN, of=number)
    return page.change()


def _put_back(page: Page, leg: Posting, connects: int, cost: Price | None) -> None:
    """Put Connects back into their lot; where that has expired meanwhile, the rulebook says what becomes of them."""
    page.move(leg.lot, connects, cost, leg.account)
    lot = page.lots[leg.lot]
    if not lot.expired(page.at):
        return
    if page.book.returns_expired == "forfeit":
        page.take(leg.lot, connects, EXPIRED)
        return
    page.take(leg.lot, connects, RENEWED)
    page.issue(Source.RETURN, connects, cost)


def _outstanding(before: Snapshot, entry: Entry) -> list[Posting]:
    """The entry's legs beyond the wallet, less what came back by returns and plus what their undos took out again.

    An undo may take out another share of the money than the return had put back, so both are counted as they were.
    """
    returns = {late.number for late in before.followers if late.of == entry.number and late.kind is Kind.RETURN}
    back: Counter[int] = Counter()
    money: dict[int, Price] = {}
    for later in (late for late in before.followers if returns & {late.number, late.of}):
        for _, beyond in later.moves:
            if beyond.account == entry.counterpart:
                back[beyond.lot] -= beyond.connects
                if beyond.price is not None:
                    money[beyond.lot] = money[beyond.lot] + beyond.price if beyond.lot in money else beyond.price
    return [
        leg._replace(connects=leg.connects - back[leg.lot], price=_plus(leg.price, money.get(leg.lot)))
        for _, leg in entry.moves
    ]


def _plus(price: Price | None, other: Price | None) -> Price | None:
    return price if price is None or other is None else price + other


def undo(before: Snapshot, wish: Wish, number: int, book: Rulebook) -> Change | Refusal:
    """Reverse an entry by a new one that refers to it; once, and never so that a lot would go below zero."""
    entry = before.find(number)
    if entry is None:
        return Unknown("entry", str(number))
    if entry.kind in {Kind.UNDO, Kind.EXPIRY} or source_of(entry.counterpart) is Source.PROMOTION:
        return NotUndoable(number, "promotion" if entry.kind is Kind.GRANT else entry.kind.value)
    if (done := undo_of(before, number)) is not None:
        return AlreadyDone("undo", done.number)
    if any(later.of == number and undo_of(before, later.number) is None for later in before.followers):
        return NotUndoable(number, "returned")
    page = open_page(before, wish, book)
    for (home, _), beyond in zip(reversed(entry.moves), reversed(_outstanding(before, entry)), strict=True):
        if home.connects < 0:
            page.move(home.lot, -home.connects, beyond.price, beyond.account)
        elif (lot := page.lots[home.lot]).left < home.connects:
            return _gone(lot, home.connects - lot.left, page)
        else:
            page.move(home.lot, -home.connects, _cost_taken_back(page.lots[home.lot], home), beyond.account)
    _let_expire(page)
    page.enter(Kind.UNDO, of=number)
    released = tuple(mark.name for mark in before.marks if mark.number == number and mark.wallet == before.wallet)
    return page.change(released=tuple(name for name in released if not name.startswith("welcome:")))


def _gone(lot: Lot, missing: int, page: Page) -> Refusal:
    """Why a lot no longer has the Connects that an undo would take out of it."""
    if lot.expires is not None and lot.expired(page.at):
        return Expired(lot.number, lot.expires)
    return LotUsed(lot.number, missing)


def _cost_taken_back(lot: Lot, leg: Posting) -> Price | None:
    """What leaves a lot when Connects that came into it are taken out again.

    Exactly what came in, unless spends in between have rounded so that the lot would be left with too little money, or
    with money and no Connects; then their share.
    """
    if lot.worth is None or leg.price is None:
        return None
    rest = lot.worth - leg.price
    emptied = lot.left == leg.connects
    fits = rest.net == rest.tax == 0 if emptied else min(rest.net, rest.tax) >= 0
    return -leg.price if fits else -lot.worth.share(leg.connects, lot.left)


def _let_expire(page: Page) -> None:
    """What an undo puts back into an expired lot would have expired there."""
    for lot in list(page.touched.values()):
        if lot.left and lot.expired(page.at):
            page.take(lot.number, lot.left, EXPIRED)


def undo_of(before: Snapshot, number: int) -> Entry | None:
    """The entry that undid this one, if one did."""
    return next((entry for entry in before.followers if entry.of == number and entry.kind is Kind.UNDO), None)


def not_enough(needed: int, available: int, book: Rulebook) -> NotEnough:
    """The refusal for a shortfall, with the smallest purchase that would cover it."""
    shortfall = needed - available
    cover = next((size for size in book.bundles if size >= shortfall), shortfall)
    return NotEnough(needed, available, shortfall, cover, price_of(cover, book))


def price_of(connects: int, book: Rulebook) -> Price:
    """What the rulebook says that Connects cost, with its tax rounded half up."""
    net = connects * book.each
    return Price(net, (net * book.tax_percent + 50) // 100, book.currency)


def _out_of_range(what: str, value: int, high: int) -> OutOfRange | None:
    return None if 1 <= value <= high else OutOfRange(what, value, 1, high)
