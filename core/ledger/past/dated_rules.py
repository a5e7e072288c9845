"""What somebody books of the past, one fact at a time, and takes back: pure rules on everything about a wallet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.ledger import rules
from core.ledger.budget import spent_by
from core.ledger.change_keys import change_key
from core.ledger.earning import award_for
from core.ledger.model import ADJUSTED, Kind, Source, expense_on, income_from, issues
from core.ledger.past.facts import NewFact
from core.ledger.past.replay import Short
from core.ledger.past.restate import restate
from core.ledger.past.standing import Standing
from core.ledger.sightings import came_with_link
from core.shared.calendar import month_in
from core.shared.money import UNKNOWN
from core.shared.refusals import (
    AlreadyDone,
    LotUsed,
    NotEnoughThen,
    NotThatDay,
    NotUndoable,
    OutOfRange,
    Refusal,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from core.ledger.earning import EarningClaim
    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change, Entry, Snapshot
    from core.ledger.ports import Record
    from core.ledger.requests import Spend
    from core.ledger.rulebook import Rulebook
    from core.shared.money import Price


def spend_then(
    record: Record, intent: Intent, spends: Sequence[Spend], *, on: datetime, rulebook: Rulebook
) -> Change | Refusal:
    """Book spends of a past day: all of them, or none if there were not enough Connects for all by then."""
    if refusal := rules.spends_out_of_range(spends, rulebook):
        return refusal
    facts = [
        NewFact(on, Kind.SPEND, one.connects, expense_on(one.purpose), memo=one.memo, job=one.job, by=intent.by)
        for one in spends
    ]
    return _booked(record, intent, facts, rulebook)


def buy_then(
    record: Record, intent: Intent, connects: int, price: Price, *, on: datetime, rulebook: Rulebook
) -> Change | Refusal:
    """Book a purchase of a past day; `price` is what all of it cost."""
    if refusal := rules.purchase_out_of_range(connects, price, rulebook):
        return refusal
    account = income_from(Source.PURCHASE)
    fact = NewFact(on, Kind.PURCHASE, connects, account, price, memo=intent.memo, by=intent.by)
    return _booked(record, intent, [fact], rulebook)


def earn_then(
    record: Record, intent: Intent, claim: EarningClaim, *, on: datetime, rulebook: Rulebook
) -> Change | Refusal:
    """Book the monthly lot of a past day, if none came in its calendar month."""
    award = award_for(replace(claim, at=on), rulebook)
    if isinstance(award, Refusal):
        return award
    if (taken := _came_in_month_of(record, claim, on)) is not None:
        return AlreadyDone("monthly_then", taken)
    if refusal := rules.grant_out_of_range(claim.source, award.connects, rulebook):
        return refusal
    fact = NewFact(on, Kind.GRANT, award.connects, income_from(claim.source), memo=intent.memo, by=intent.by)
    return _booked(record, intent, [fact], rulebook)


def _came_in_month_of(record: Record, claim: EarningClaim, on: datetime) -> int | None:
    """The entry of the monthly lot that came in the calendar month of a day (None: there is none)."""
    account, month = income_from(claim.source), month_in(claim.zone, on)
    standing = Standing(record.entries).facts.values()
    same = (one for one in standing if one.kind is Kind.GRANT and one.counterpart == account)
    return next((one.number for one in same if month_in(claim.zone, one.when) == month), None)


def adjust_then(record: Record, intent: Intent, delta: int, *, on: datetime, rulebook: Rulebook) -> Change | Refusal:
    """Correct the books as of a past day: up with a lot of unknown cost, down in the order of use."""
    if refusal := rules.adjustment_out_of_range(delta, rulebook):
        return refusal
    account, price = (income_from(Source.ADJUSTMENT), UNKNOWN) if delta > 0 else (ADJUSTED, None)
    fact = NewFact(on, Kind.ADJUSTMENT, abs(delta), account, price, memo=intent.memo, by=intent.by)
    return _booked(record, intent, [fact], rulebook)


def give_back_then(
    record: Record, intent: Intent, numbers: Sequence[int], connects: int | None, *, on: datetime, rulebook: Rulebook
) -> Change | Refusal:
    """Return `connects` of a spend, or all that is left of several (None), as of a past day."""
    standing = Standing(record.entries)
    facts: list[NewFact] = []
    for number in numbers:
        most = _returnable(standing, number, on)
        if isinstance(most, Refusal):
            return most
        wanted = most if connects is None else connects
        if not 1 <= wanted <= most:
            return OutOfRange("return", wanted, 1, most)
        account = standing.entries[number].counterpart
        facts.append(NewFact(on, Kind.RETURN, wanted, account, memo=intent.memo, of=number, by=intent.by))
    return _booked(record, intent, facts, rulebook)


def _returnable(standing: Standing, number: int, on: datetime) -> int | Refusal:
    """How much of a spend can still come back, at least 1."""
    spent = standing.entries.get(number)
    if spent is None:
        return Unknown("entry", str(number))
    if spent.kind is not Kind.SPEND:
        return NotUndoable(number, "not_spend")
    if (undone := _undo_of(standing, number)) is not None:
        return AlreadyDone("undo", undone)
    if on.date() < spent.when.date():
        return NotThatDay("return", spent.when, number)
    returns = [one for one in standing.facts.values() if one.kind is Kind.RETURN and one.of == number]
    most = -spent.delta - sum(-spent_by(one) for one in returns)
    return most or AlreadyDone("return", max(one.number for one in returns))


def _booked(record: Record, intent: Intent, facts: Sequence[NewFact], rulebook: Rulebook) -> Change | Refusal:
    on = facts[0].happened
    began = min((entry.when for entry in record.entries), default=intent.at)
    if on.date() < began.date():
        return NotThatDay("before", began)
    outcome = restate(record, intent, rulebook, facts=facts, lifted=Standing(record.entries).lifted)
    if not isinstance(outcome, Short):
        return outcome.change
    number = outcome.number or 0
    needed = abs(record.entries[number - 1].delta) if number else facts[outcome.index or 0].connects
    return NotEnoughThen(outcome.when, needed, max(needed - outcome.missing, 0), number)


def restated_today(
    record: Record,
    intent: Intent,
    *,
    rule: Callable[[Snapshot, Intent], Change | Refusal],
    rulebook: Rulebook,
) -> Change | Refusal:
    """What a rule decides for today, and what follows from it for the past."""
    change = rule(record.head, intent)
    if isinstance(change, Refusal):
        return change
    outcome = restate(record, intent, rulebook, with_today=change, lifted=Standing(record.entries).lifted)
    if isinstance(outcome, Short):
        return NotEnoughThen(outcome.when, outcome.missing, 0, outcome.number or 0)
    return outcome.change


def undo_then(record: Record, intent: Intent, number: int, rulebook: Rulebook) -> Change | Refusal:
    """Take an entry out of the past, as if it had never been, and with it all that stands of its change.

    Of an import only this row is taken out, and so of what came with a link.
    """
    standing = Standing(record.entries)
    if (entry := standing.entries.get(number)) is None:
        return Unknown("entry", str(number))
    if hindrance := rules.fixed(entry):
        return hindrance
    members = _members(record, standing, entry)
    if not members:
        return AlreadyDone("undo", _undo_of(standing, number) or 0)
    numbers = {member.number for member in members}
    late = [one for one in standing.facts.values() if one.kind is Kind.RETURN and one.of in numbers]
    hindrances = [rules.fixed(member) for member in members]
    hindrances += [NotUndoable(one.of or 0, "returned") for one in late if one.number not in numbers]
    if hindrance := next(filter(None, hindrances), None):
        return hindrance
    outcome = restate(record, intent, rulebook, withdrawn=numbers, lifted=standing.lifted)
    if not isinstance(outcome, Short):
        return outcome.change
    lots = (home.lot for member in members for home, beyond in member.moves if issues(beyond.account))
    return LotUsed(next(lots, 0), outcome.missing, outcome.number or 0)


def _members(record: Record, standing: Standing, entry: Entry) -> list[Entry]:
    key = change_key(entry.key)
    if any(batch.key == key for batch in record.batches) or came_with_link(record.batches, key):
        return [entry] if entry.number in standing.facts else []
    return [one for one in standing.facts.values() if change_key(one.key) == key]


def _undo_of(standing: Standing, number: int) -> int | None:
    """The entry that undid this one, if there is one."""
    return next((one.number for one in standing.entries.values() if one.kind is Kind.UNDO and one.of == number), None)
