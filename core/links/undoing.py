"""The undo of a link: its facts leave the kept books, what it replaced there comes back, and the others open again.

It is planned while nothing is on top of the link, so that the kept books become what they were before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ledger.change_keys import change_key
from core.ledger.model import Kind, issues
from core.ledger.past.restate import restate
from core.ledger.past.standing import Standing, booked_again
from core.ledger.past.writer import emptied
from core.ledger.seal import sealed_batch
from core.ledger.sightings import Batch, BatchKind
from core.links.facts import standing_facts
from core.links.steps import BooksPlan, StepBuilder, after_step, possible, reopening

if TYPE_CHECKING:
    from core.ledger.entry_builder import Intent
    from core.ledger.past.facts import NewFact
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.links.facts import Carried
    from core.links.model import Link
    from core.links.steps import LinkAction


def plan_undo(kept: Record, merged: Record, link: Link, act: LinkAction, rulebook: Rulebook) -> BooksPlan:
    """Plan to take out of the kept wallet what a link has booked there, and to open the other one again."""
    act = act.after(kept, merged)
    chain = StepBuilder(kept, act, "unlink")
    _take_back_prices(chain, link, rulebook)
    _take_back(chain, link, rulebook)
    gone = {batch.of for batch in chain.record.batches}
    for batch in reversed(kept.batches):
        if _is_of(link, batch.key) and batch.of is None and batch.number not in gone:
            chain.add_batch(Batch(kept.head.wallet, 0, act.at, "", act.by, kind=batch.kind, of=batch.number))
    opened = reopening(merged, act, f"{link.key}:close", rulebook)
    return BooksPlan(chain.steps_and(opened), chain.record, after_step(merged, opened))


def _take_back_prices(chain: StepBuilder, link: Link, rulebook: Rulebook) -> None:
    """Take back what the link stated of Connects that came back, before they go themselves."""
    standing = Standing(chain.record.entries)
    prices = {n for n, one in standing.facts.items() if one.kind is Kind.VALUATION and _is_of(link, one.key)}
    if prices:
        intent = chain.intent()
        outcome = restate(chain.record, intent, rulebook, withdrawn=prices, lifted=standing.lifted)
        chain.add(possible(outcome).change, intent)


def _take_back(chain: StepBuilder, link: Link, rulebook: Rulebook) -> None:
    """Take back what the link booked, and book again what it took out to put something else in its place.

    Both stand in one change with the undo of the pages that the link imported, so that it is known what became of what.
    """
    record = chain.record
    standing = Standing(record.entries)
    going = {number for number, one in standing.facts.items() if _is_of(link, one.key)}
    if link.books is not None:
        again_there = booked_again(record.entries, link.books.after.entries)
        going |= {number for number, was in again_there.items() if _is_of(link, standing.entries[was].key)}
    before = _before(record, link)
    again = _booked_again(standing, before, link)
    pages = next((one for one in record.batches if _is_of(link, one.key) and one.kind is BatchKind.HISTORY), None)
    if not going and not again:
        return
    intent = chain.intent()
    lifted = Standing(before.entries).lifted
    outcome = restate(record, intent, rulebook, facts=again, withdrawn=going, lifted=lifted)
    change = possible(outcome).change
    if pages is not None:
        change = change._replace(batch=_undo_of(record, intent, pages, chain))
    chain.add(change, intent)


def _undo_of(record: Record, intent: Intent, pages: Batch, chain: StepBuilder) -> Batch:
    last = record.batches[-1]
    undo = Batch(record.head.wallet, last.number + 1, chain.moment(intent), intent.key.name, intent.by, of=pages.number)
    return sealed_batch(last.seal, undo._replace(salt=intent.secret))


def _booked_again(standing: Standing, before: Record, link: Link) -> list[NewFact]:
    """What stood before the link and does not any more, as it was. Returns name their spends."""
    gone = {
        entry.of for entry in standing.entries.values() if entry.kind is Kind.UNDO and _is_of(link, entry.key)
    } - standing.facts.keys()
    carried = standing_facts(before)
    some = [one for one in carried if one.entry.number in gone]
    places = {one.entry.number: place for place, one in reversed([*enumerate(some)])}
    return [_again(one, carried, places) for one in some]


def _again(one: Carried, carried: tuple[Carried, ...], places: dict[int, int]) -> NewFact:
    if one.fact.of_new is None:
        return one.fact
    spend = carried[one.fact.of_new].entry.number
    if spend in places:
        return one.fact._replace(of_new=places[spend])
    return one.fact._replace(of=spend, of_new=None)


def _before(record: Record, link: Link) -> Record:
    """The kept books as the link found them."""
    books = link.books
    if books is None:
        return record
    entries = record.entries[: books.before.entries]
    lots = {lot.number: emptied(lot) for lot in record.head.lots}
    for entry in entries:
        for home, beyond in entry.moves:
            lots[home.lot] = lots[home.lot].moved(home.connects, home.price, issue=issues(beyond.account))
    made = {home.lot for entry in entries for home, _ in entry.moves}
    head = record.head._replace(lots=tuple(lot for number, lot in sorted(lots.items()) if number in made))
    return record._replace(head=head, entries=entries, batches=record.batches[: books.before.imports])


def _is_of(link: Link, key: str) -> bool:
    """Whether a change is of a link, by its key."""
    return change_key(key).startswith(f"{link.key}:link:")
