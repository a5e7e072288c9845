"""The rules of the ledger: pure functions, snapshot + intent -> Change | Refusal.

Every rule first books out the lots that have expired.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from core.ledger.change_keys import MOST_MEMBERS, members_in
from core.ledger.earning import award_for, granted_before
from core.ledger.entry_builder import EntryBuilder, Intent, builder_for, dated, order_of_use
from core.ledger.model import (
    ADJUSTED,
    EXPIRED,
    RENEWED,
    Change,
    Entry,
    Kind,
    Lot,
    Posting,
    Snapshot,
    Source,
    expense_on,
    source_of,
)
from core.shared.bounds import MOST
from core.shared.money import UNKNOWN, Price
from core.shared.refusals import (
    AlreadyDone,
    BalanceMoved,
    Expired,
    LimitReached,
    LotUsed,
    NotEnough,
    NotUndoable,
    OutOfRange,
    Refusal,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.ledger.earning import Award, EarningClaim
    from core.ledger.requests import Spend
    from core.ledger.rulebook import Rulebook


def earn(before: Snapshot, intent: Intent, claim: EarningClaim, rulebook: Rulebook) -> Change | Refusal:
    """Book what a claim is worth on the date of its entry, which is later than the claim if the clock stepped back."""
    award = award_for(replace(claim, at=dated(before, intent)), rulebook)
    return award if isinstance(award, Refusal) else grant(before, intent, claim.source, award, rulebook)


def grant(before: Snapshot, intent: Intent, source: Source, award: Award, rulebook: Rulebook) -> Change | Refusal:
    """Book an award, unless its once-key is taken, and only up to its cap within the window."""
    builder = builder_for(before, intent, rulebook)
    if taken := granted_before(before, builder.at, source, award):
        return taken
    if refusal := grant_out_of_range(source, award.connects, rulebook):
        return refusal
    connects = _within_cap(builder, source, award)
    if isinstance(connects, Refusal):
        return connects
    builder.issue(source, connects)
    builder.enter(Kind.GRANT)
    stale = [key.name for key in before.once_keys if key.name == award.once_key]
    return builder.change(award.once_key, released=tuple(stale))


def grant_out_of_range(source: Source, connects: int, rulebook: Rulebook) -> Refusal | None:
    """The refusal if nobody may be granted so many Connects at once."""
    return _out_of_range(source.value, connects, rulebook.grant_limit)


def _within_cap(builder: EntryBuilder, source: Source, award: Award) -> int | LimitReached:
    if award.cap is None or award.window is None:
        return award.connects
    since = builder.at - award.window
    recent = [lot for lot in builder.before.lots if lot.source is source and lot.issued > since and lot.size]
    room = award.cap - sum(lot.size for lot in recent)
    if room > 0:
        return min(award.connects, room)
    possible_at = min((lot.issued for lot in recent), default=builder.at) + award.window
    return LimitReached(source.value, award.cap, award.window.days, possible_at)


def buy(before: Snapshot, intent: Intent, connects: int, price: Price, rulebook: Rulebook) -> Change | Refusal:
    """Book a purchase; `price` is what the whole lot cost."""
    builder = builder_for(before, intent, rulebook)
    if refusal := purchase_out_of_range(connects, price, rulebook):
        return refusal
    builder.issue(Source.PURCHASE, connects, price)
    builder.enter(Kind.PURCHASE)
    return builder.change()


def spend_all(before: Snapshot, intent: Intent, spends: Sequence[Spend], rulebook: Rulebook) -> Change | Refusal:
    """Draw Connects from the lots in the order of use; every posting names its lot and its cost.

    Each spend gets an entry. They are booked all, or none of them.
    """
    builder = builder_for(before, intent, rulebook)
    if refusal := spends_out_of_range(spends, rulebook):
        return refusal
    total = sum(one.connects for one in spends)
    if builder.balance < total:
        return not_enough(total, builder.balance, rulebook)
    for position, one in enumerate(spends, 1):
        builder.draw(one.connects, expense_on(one.purpose))
        builder.enter(Kind.SPEND, memo=one.memo, job=one.job, last=position == len(spends))
    return builder.change()


def adjust(
    before: Snapshot, intent: Intent, delta: int, rulebook: Rulebook, was: int | None = None
) -> Change | Refusal:
    """Correct the books by `delta` Connects: up with a lot of unknown cost, down in the order of use.

    With `was` it is refused if the balance is another.
    """
    builder = builder_for(before, intent, rulebook)
    if was not in {None, builder.balance}:
        return BalanceMoved(was or 0, builder.balance)
    if refusal := adjustment_out_of_range(delta, rulebook):
        return refusal
    if builder.balance + delta < 0:
        return not_enough(-delta, builder.balance, rulebook)
    if delta > 0:
        builder.issue(Source.ADJUSTMENT, delta, UNKNOWN)
    else:
        builder.draw(-delta, ADJUSTED)
    builder.enter(Kind.ADJUSTMENT)
    return builder.change()


def expire(before: Snapshot, intent: Intent, rulebook: Rulebook) -> Change | Refusal:
    """Book out what has expired, as an entry under the intent's own key."""
    builder = EntryBuilder(before, intent, rulebook)
    builder.book_expired("")
    if not builder.entries:
        return Unknown("expired_lot", str(before.wallet))
    return builder.change()


def give_back(
    before: Snapshot, intent: Intent, number: int, connects: int | None, rulebook: Rulebook
) -> Change | Refusal:
    """Return `connects` of a spend (None: all that is left of it) to the lots they came from, last drawn first."""
    legs = _returnable(before, number, rulebook)
    if isinstance(legs, Refusal):
        return legs
    most = sum(leg.connects for leg in legs)
    wanted = most if connects is None else connects
    if not 1 <= wanted <= most:
        return OutOfRange("return", wanted, 1, most)
    builder = builder_for(before, intent, rulebook)
    _give_back(builder, legs, wanted)
    builder.enter(Kind.RETURN, of=number)
    return builder.change()


def give_back_all(before: Snapshot, intent: Intent, numbers: Sequence[int], rulebook: Rulebook) -> Change | Refusal:
    """Return all that is left of several different spends: of all of them, or of none."""
    builder = builder_for(before, intent, rulebook)
    if refusal := _out_of_range("batch", len(numbers), MOST_MEMBERS):
        return refusal
    for position, number in enumerate(numbers, 1):
        legs = _returnable(before, number, rulebook)
        if isinstance(legs, Refusal):
            return legs
        _give_back(builder, legs, sum(leg.connects for leg in legs))
        builder.enter(Kind.RETURN, of=number, last=position == len(numbers))
    return builder.change()


def _returnable(before: Snapshot, number: int, rulebook: Rulebook) -> list[Posting] | Refusal:
    """The counter legs of a spend as far as they have not come back, in the order in which they were drawn.

    There is at least one Connect in all.
    """
    spent = before.find(number)
    if spent is None:
        return Unknown("entry", str(number))
    if spent.kind is not Kind.SPEND:
        return NotUndoable(number, "not_spend")
    if (undone := undo_of(before, number)) is not None:
        return AlreadyDone("undo", undone.number)
    legs = _outstanding(before, spent)
    if any(leg.connects for leg in legs):
        if any(late.kind is Kind.RECAST for late in before.followers):
            lots = {lot.number: lot for lot in before.lots}
            legs.sort(key=lambda leg: order_of_use(lots[leg.lot], rulebook))
        return legs
    returns = (late for late in before.followers if late.kind is Kind.RETURN and late.of == number)
    return AlreadyDone("return", max(late.number for late in returns))


def _give_back(builder: EntryBuilder, legs: Sequence[Posting], wanted: int) -> None:
    """Put Connects back into the lots they came from, last drawn first."""
    for leg in reversed(legs):
        part = min(wanted, leg.connects)
        if part:
            cost = builder.lots[leg.lot].nothing if leg.price is None else leg.price.share(part, leg.connects)
            _put_back(builder, leg, part, cost)
        wanted -= part


def _put_back(builder: EntryBuilder, leg: Posting, connects: int, cost: Price | None) -> None:
    """Put Connects back into their lot. If it has expired since, the rulebook decides what happens to them."""
    builder.move(leg.lot, connects, cost, leg.account)
    lot = builder.lots[leg.lot]
    if not lot.expired(builder.at):
        return
    if builder.rulebook.returns_expired == "forfeit":
        builder.take(leg.lot, connects, EXPIRED)
        return
    builder.take(leg.lot, connects, RENEWED)
    builder.issue(Source.RETURN, connects, cost)


def _outstanding(before: Snapshot, entry: Entry) -> list[Posting]:
    """The entry's counter legs, less what returns brought back, plus what undoing those returns took out again.

    An undo may take out a different share of the money than the return put back, so both are counted as booked. Recasts
    of the entry and of its returns count too: they move legs to other lots.
    """
    named = {
        late.number for late in before.followers if late.of == entry.number and late.kind in {Kind.RETURN, Kind.RECAST}
    }
    back: Counter[int] = Counter()
    money: dict[int, Price] = {}
    for later in (late for late in before.followers if named & {late.number, late.of}):
        for _, beyond in later.moves:
            if beyond.account == entry.counterpart:
                back[beyond.lot] -= beyond.connects
                if beyond.price is not None:
                    money[beyond.lot] = money[beyond.lot] + beyond.price if beyond.lot in money else beyond.price
    own = {leg.lot for _, leg in entry.moves}
    moved_to = [Posting(entry.counterpart, -back[lot], lot, money.get(lot)) for lot in back if lot not in own]
    return moved_to + [
        leg._replace(connects=leg.connects - back[leg.lot], price=_plus(leg.price, money.get(leg.lot)))
        for _, leg in entry.moves
    ]


def _plus(price: Price | None, other: Price | None) -> Price | None:
    return price if price is None or other is None else price + other


def undo(before: Snapshot, intent: Intent, number: int, rulebook: Rulebook) -> Change | Refusal:
    """Reverse an entry by a new one that refers to it: once, and only if no lot goes below zero.

    All that stands of its change is reversed with it.
    """
    entry = before.find(number)
    if entry is None:
        return Unknown("entry", str(number))
    if hindrance := fixed(entry):
        return hindrance
    standing = [member for member in members_in(before.related, number) if undo_of(before, member.number) is None]
    if (done := undo_of(before, number)) is not None and not standing:
        return AlreadyDone("undo", done.number)
    if hindrance := next(filter(None, (fixed(member) or _returned(before, member) for member in standing)), None):
        return hindrance
    builder = builder_for(before, intent, rulebook)
    for member in reversed(standing):
        if refusal := reverse(builder, member):
            return refusal
        _let_expire(builder)
        builder.enter(Kind.UNDO, of=member.number, last=member is standing[0])
    undone = {member.number for member in standing}
    held = [key.name for key in before.once_keys if key.number in undone and key.wallet == before.wallet]
    return builder.change(released=tuple(name for name in held if not name.startswith("welcome:")))


def fixed(entry: Entry) -> NotUndoable | None:
    """The refusal if an entry of this kind can never be undone."""
    if entry.kind in {Kind.UNDO, Kind.EXPIRY, Kind.RECAST} or source_of(entry.counterpart) is Source.PROMOTION:
        return NotUndoable(entry.number, "promotion" if entry.kind is Kind.GRANT else entry.kind.value)
    return None


def _returned(before: Snapshot, entry: Entry) -> NotUndoable | None:
    """The refusal if Connects have come back from the entry."""
    later = (late for late in before.followers if late.of == entry.number and late.kind is not Kind.RECAST)
    if any(undo_of(before, one.number) is None for one in later):
        return NotUndoable(entry.number, "returned")
    return None


def reverse(builder: EntryBuilder, entry: Entry) -> Refusal | None:
    """Move everything back that an entry moved, or say why it is gone since."""
    back = reversed(_outstanding(builder.before, entry))
    for (home, _), beyond in zip(reversed(entry.moves), back, strict=True):
        if home.connects < 0:
            builder.move(home.lot, -home.connects, beyond.price, beyond.account)
        elif (lot := builder.lots[home.lot]).left < home.connects:
            return _why_gone(lot, home.connects - lot.left, builder)
        else:
            builder.move(home.lot, -home.connects, _cost_taken_back(builder.lots[home.lot], home), beyond.account)
    return None


def _why_gone(lot: Lot, missing: int, builder: EntryBuilder) -> Refusal:
    if lot.expires is not None and lot.expired(builder.at):
        return Expired(lot.number, lot.expires)
    return LotUsed(lot.number, missing)


def _cost_taken_back(lot: Lot, leg: Posting) -> Price | None:
    """The cost that leaves a lot when Connects that came into it are taken out again.

    It is exactly what came in, unless rounding by spends in between would leave the lot with negative money, or with
    money but no Connects. Then it is the proportional share.
    """
    if lot.worth is None or leg.price is None:
        return None
    rest = lot.worth - leg.price
    emptied = lot.left == leg.connects
    fits = rest.net == rest.tax == 0 if emptied else min(rest.net, rest.tax) >= 0
    return -leg.price if fits else -lot.worth.share(leg.connects, lot.left)


def _let_expire(builder: EntryBuilder) -> None:
    """Expire what an undo has just put back into an expired lot."""
    for lot in list(builder.touched.values()):
        if lot.left and lot.expired(builder.at):
            builder.take(lot.number, lot.left, EXPIRED)


def undo_of(before: Snapshot, number: int) -> Entry | None:
    """The entry that undid this one, if there is one."""
    return next((entry for entry in before.followers if entry.of == number and entry.kind is Kind.UNDO), None)


def not_enough(needed: int, available: int, rulebook: Rulebook) -> NotEnough:
    """The refusal for a shortfall, with the smallest purchase that would cover it."""
    shortfall = needed - available
    return NotEnough(needed, available, shortfall, *purchase_covering(shortfall, rulebook))


def purchase_covering(shortfall: int, rulebook: Rulebook) -> tuple[int, Price]:
    """The smallest purchase that covers a shortfall: its Connects and its price.

    It is a bundle, or the shortfall itself if no bundle is large enough.
    """
    connects = next((size for size in rulebook.bundles if size >= shortfall), shortfall)
    return connects, price_of(connects, rulebook)


def price_of(connects: int, rulebook: Rulebook) -> Price:
    """The rulebook's price, with its tax rounded half up."""
    net = connects * rulebook.each
    return Price(net, (net * rulebook.tax_percent + 50) // 100, rulebook.currency)


def price_out_of_range(price: Price, rulebook: Rulebook) -> OutOfRange | None:
    """The refusal of a price that is negative, or above the rulebook's limit."""
    for what, money in (("price", price.net), ("tax", price.tax)):
        if not 0 <= money <= rulebook.price_limit:
            return OutOfRange(what, money, 0, rulebook.price_limit, price.currency)
    return None


def purchase_out_of_range(connects: int, price: Price, rulebook: Rulebook) -> OutOfRange | None:
    """The refusal of a purchase that is too small or too large, or of its price."""
    return _out_of_range("purchase", connects, rulebook.purchase_limit) or price_out_of_range(price, rulebook)


def spends_out_of_range(spends: Sequence[Spend], rulebook: Rulebook) -> OutOfRange | None:
    """The refusal of too many spends at once, or of the first that is too small or too large."""
    sizes = (_out_of_range("spend", one.connects, rulebook.spend_limit) for one in spends)
    return _out_of_range("batch", len(spends), MOST_MEMBERS) or next(filter(None, sizes), None)


def adjustment_out_of_range(delta: int, rulebook: Rulebook) -> OutOfRange | None:
    """The refusal of a correction by nothing, or by too much."""
    most = rulebook.grant_limit
    return OutOfRange("adjustment", delta, -most, most) if delta == 0 or abs(delta) > most else None


def _out_of_range(what: str, value: int, high: int) -> OutOfRange | None:
    return None if 1 <= value <= high else OutOfRange(what, value, 1, high)


def bounded(outcome: Change | Refusal) -> Change | Refusal:
    """Refuse a change with which a wallet or a lot would hold more than every database can store, even meanwhile."""
    if isinstance(outcome, Refusal):
        return outcome
    most = max([entry.balance for entry in outcome.entries] + [lot.size for lot in outcome.lots], default=0)
    return outcome if most <= MOST else OutOfRange("balance", most, 0, MOST)
