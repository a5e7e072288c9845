"""The rules of the ledger: pure functions, snapshot + wish -> Change | Refusal.

Lots that have expired are booked out before anything else happens to a wallet.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from core.ledger.earning import award_for
from core.ledger.entry_builder import EntryBuilder, Intent, builder_for, dated
from core.ledger.model import (
    ADJUSTED,
    EXPIRED,
    RENEWED,
    Change,
    Entry,
    Kind,
    Lot,
    OnceKey,
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
    from core.ledger.earning import Award, EarningClaim
    from core.ledger.rulebook import Rulebook


def earn(before: Snapshot, intent: Intent, claim: EarningClaim, book: Rulebook) -> Change | Refusal:
    """Book what a claim is worth on the date of its entry, which a clock's step back may make later than the claim."""
    award = award_for(replace(claim, at=dated(before, intent)), book)
    return award if isinstance(award, Refusal) else grant(before, intent, claim.source, award, book)


def grant(before: Snapshot, intent: Intent, source: Source, award: Award, book: Rulebook) -> Change | Refusal:
    """Book what a claim is worth: once for its mark, and up to its cap within the window."""
    builder = builder_for(before, intent, book)
    if (taken := next((mark for mark in before.once_keys if mark.name == award.once_key), None)) is not None:
        return AlreadyDone(source.value, taken.number if taken.wallet == before.wallet else 0)
    if refusal := _out_of_range(source.value, award.connects, book.grant_limit):
        return refusal
    connects = _within_cap(builder, source, award)
    if isinstance(connects, Refusal):
        return connects
    builder.issue(source, connects)
    builder.enter(Kind.GRANT)
    number = builder.entries[-1].number
    return builder.change(() if award.once_key is None else (OnceKey(award.once_key, before.wallet, number),))


def _within_cap(builder: EntryBuilder, source: Source, award: Award) -> int | LimitReached:
    if award.cap is None or award.window is None:
        return award.connects
    since = builder.at - award.window
    recent = [lot for lot in builder.before.lots if lot.source is source and lot.issued > since and lot.size]
    room = award.cap - sum(lot.size for lot in recent)
    if room > 0:
        return min(award.connects, room)
    again = min((lot.issued for lot in recent), default=builder.at) + award.window
    return LimitReached(source.value, award.cap, award.window.days, again)


def opening(before: Snapshot, intent: Intent, connects: int, mark: str, book: Rulebook) -> Change | Refusal:
    """Book what somebody holds already, in place of the welcome; only while nothing else stands in the books.

    `mark` is the welcome's ("": a group has none). Where it is still free it is taken, so that no welcome comes later.
    """
    builder = builder_for(before, intent, book)
    welcome = next((lot for lot in before.lots if lot.source is Source.WELCOME and 0 < lot.left == lot.size), None)
    if builder.entries or _standing(before) > (0 if welcome is None else 1):
        return TooLate("opening", before.entries)
    low = 1 if welcome is None else 0
    if not low <= connects <= book.grant_limit:
        return OutOfRange("opening", connects, low, book.grant_limit)
    if welcome is not None:
        builder.take(welcome.number, welcome.left, income_from(Source.WELCOME))
    if connects:
        builder.issue(Source.OPENING, connects)
    builder.enter(Kind.GRANT)
    free = mark and all(taken.name != mark for taken in before.once_keys)
    return builder.change((OnceKey(mark, before.wallet, builder.entries[-1].number),) if free else ())


def _standing(before: Snapshot) -> int:
    """Entries that are neither undone nor an undo; what the scope does not name counts as standing."""
    return before.entries - 2 * sum(undo_of(before, entry.number) is not None for entry in before.related)


def buy(before: Snapshot, intent: Intent, connects: int, price: Price, book: Rulebook) -> Change | Refusal:
    """Book a purchase; `price` is what the whole lot cost."""
    builder = builder_for(before, intent, book)
    if refusal := _out_of_range("purchase", connects, book.purchase_limit):
        return refusal
    for what, money in (("price", price.net), ("tax", price.tax)):
        if not 0 <= money <= book.price_limit:
            return OutOfRange(what, money, 0, book.price_limit, price.currency)
    builder.issue(Source.PURCHASE, connects, price)
    builder.enter(Kind.PURCHASE)
    return builder.change()


def spend(before: Snapshot, intent: Intent, connects: int, purpose: Purpose, book: Rulebook) -> Change | Refusal:
    """Draw Connects from the lots in the order of use; every posting names its lot and what it cost."""
    builder = builder_for(before, intent, book)
    if refusal := _out_of_range("spend", connects, book.spend_limit):
        return refusal
    if builder.balance < connects:
        return not_enough(connects, builder.balance, book)
    builder.draw(connects, expense_on(purpose))
    builder.enter(Kind.SPEND)
    return builder.change()


def adjust(before: Snapshot, intent: Intent, delta: int, book: Rulebook) -> Change | Refusal:
    """Correct the books by `delta` Connects: up with a free lot, down in the order of use."""
    builder = builder_for(before, intent, book)
    if delta == 0 or abs(delta) > book.grant_limit:
        return OutOfRange("adjustment", delta, -book.grant_limit, book.grant_limit)
    if builder.balance + delta < 0:
        return not_enough(-delta, builder.balance, book)
    if delta > 0:
        builder.issue(Source.ADJUSTMENT, delta)
    else:
        builder.draw(-delta, ADJUSTED)
    builder.enter(Kind.ADJUSTMENT)
    return builder.change()


def expire(before: Snapshot, intent: Intent, book: Rulebook) -> Change | Refusal:
    """Book out what has expired; an entry of its own under the wish's key."""
    builder = EntryBuilder(before, intent, book)
    builder.book_expired("")
    if not builder.entries:
        return Unknown("expired_lot", str(before.wallet))
    return builder.change()


def give_back(before: Snapshot, intent: Intent, number: int, connects: int | None, book: Rulebook) -> Change | Refusal:
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
    builder = builder_for(before, intent, book)
    for leg in reversed(open_legs):
        part = min(wanted, leg.connects)
        if part:
            cost = None if leg.price is None else leg.price.share(part, leg.connects)
            _put_back(builder, leg, part, cost)
        wanted -= part
    builder.enter(Kind.RETURN, of=number)
    return builder.change()


def _put_back(builder: EntryBuilder, leg: Posting, connects: int, cost: Price | None) -> None:
    """Put Connects back into their lot; where that has expired meanwhile, the rulebook says what becomes of them."""
    builder.move(leg.lot, connects, cost, leg.account)
    lot = builder.lots[leg.lot]
    if not lot.expired(builder.at):
        return
    if builder.book.returns_expired == "forfeit":
        builder.take(leg.lot, connects, EXPIRED)
        return
    builder.take(leg.lot, connects, RENEWED)
    builder.issue(Source.RETURN, connects, cost)


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


def undo(before: Snapshot, intent: Intent, number: int, book: Rulebook) -> Change | Refusal:
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
    builder = builder_for(before, intent, book)
    for (home, _), beyond in zip(reversed(entry.moves), reversed(_outstanding(before, entry)), strict=True):
        if home.connects < 0:
            builder.move(home.lot, -home.connects, beyond.price, beyond.account)
        elif (lot := builder.lots[home.lot]).left < home.connects:
            return _gone(lot, home.connects - lot.left, builder)
        else:
            builder.move(home.lot, -home.connects, _cost_taken_back(builder.lots[home.lot], home), beyond.account)
    _let_expire(builder)
    builder.enter(Kind.UNDO, of=number)
    released = tuple(mark.name for mark in before.once_keys if mark.number == number and mark.wallet == before.wallet)
    return builder.change(released=tuple(name for name in released if not name.startswith("welcome:")))


def _gone(lot: Lot, missing: int, builder: EntryBuilder) -> Refusal:
    """Why a lot no longer has the Connects that an undo would take out of it."""
    if lot.expires is not None and lot.expired(builder.at):
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


def _let_expire(builder: EntryBuilder) -> None:
    """What an undo puts back into an expired lot would have expired there."""
    for lot in list(builder.touched.values()):
        if lot.left and lot.expired(builder.at):
            builder.take(lot.number, lot.left, EXPIRED)


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
