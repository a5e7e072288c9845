"""Reconciles the books with pages: links returns, derives openings and gaps, and says what is to be booked for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from core.imports.known import OPENED
from core.imports.reconciling.costs import Part, costs_of, costs_then, scaled, stated, unknown
from core.imports.reconciling.coverage import Beginning, Cover, beginning, lifted_now
from core.imports.reconciling.links import Back, Spent, links
from core.imports.reconciling.openings import Premises, derive, fact_of_supply
from core.imports.row_facts import GIVEN_BACK, fact_of
from core.imports.row_order import RowOrder
from core.imports.wordings import kind_of
from core.ledger.model import Kind, Purpose, expense_on
from core.ledger.past.facts import NewFact
from core.ledger.past.lineage import RETURNED, brought, is_return
from core.proposals.wordings import plain
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from core.imports.known import Known
    from core.imports.model import Row, RowKind
    from core.imports.reconciling.openings import Derived, Supply
    from core.ledger.model import Entry
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import Sighting
    from core.shared.ids import PersonId
    from core.shared.money import CostState, Price

RETURNABLE = frozenset({expense_on(Purpose.PROPOSAL), expense_on(Purpose.BOOST)})


class NewRow(NamedTuple):
    """A row that is to be booked: what it is, so many of its Connects (with their sign), and by whom.

    `fact` is what is booked for it, if other books know that better than the row says (None: what the row says). A
    return that names its spend there stays the return of that spend.
    """

    position: int
    row: Row
    kind: RowKind
    connects: int
    by: PersonId | None
    order: RowOrder
    fact: NewFact | None = None


class Question(NamedTuple):
    """What is to be reconciled: new rows, rows that are withdrawn, and what imports cover then.

    `page` has the known rows of the page and their places on it, by their entries. `cost` is what somebody says that
    the opening cost, and `spoken` is what other books know of that, in case these do not. With `back` an opening or a
    gap that there was before costs what it did. With `keep` openings and gaps stay as they are, as in
    books of two accounts, where no page proves any. With `rescue` draws that find too little are supplied.
    """

    rulebook: Rulebook
    until: datetime
    rows: Sequence[NewRow] = ()
    withdrawn: frozenset[int] = frozenset()
    covers: Sequence[Cover] = ()
    wordings: Mapping[str, RowKind] = {}
    page: Mapping[int, tuple[RowOrder, Row]] = {}
    cost: Price | CostState | None = None
    back: bool = False
    keep: bool = False
    rescue: bool = True
    spoken: Sequence[Part] = ()


class Reconciled(NamedTuple):
    """What is to be booked: `facts` are those of the new rows in their order, then the others.

    `rebooked` are returns that are booked anew, as their places among the facts by the numbers of their entries.
    `supplies` are all openings and gaps that there are then, `new_supplies` those that are not in the books. `unbooked`
    are the Connects of rows that were taken out, by day.
    """

    facts: tuple[NewFact, ...]
    withdrawn: frozenset[int]
    rebooked: Mapping[int, int]
    start: Beginning
    derived: Derived
    covers: tuple[Cover, ...]
    unbooked: Mapping[date, int]
    supplies: tuple[Supply, ...] = ()
    new_supplies: tuple[Supply, ...] = ()

    @property
    def lifted(self) -> frozenset[int]:
        """The typed openings whose Connects a derived opening replaces."""
        return self.start.lifted


def reconcile(known: Known, question: Question) -> Reconciled:
    """Work out what follows from everything that is known, and what of it is not in the books yet."""
    facts, rebooked = _linked(known, question)
    withdrawn = question.withdrawn | rebooked.keys()
    covers = tuple(_renamed(cover, rebooked) for cover in question.covers)
    left_out = unbooked(known, question.rows)
    start = beginning(known, covers)
    old = frozenset(entry.number for entry in known.derived)
    if question.keep:
        covers, start, old = (), Beginning(lifted_now(known)), frozenset()
    derived = derive(
        Premises(
            known.record,
            question.rulebook,
            question.until,
            facts,
            withdrawn | old,
            covers,
            start,
            left_out,
            question.rescue,
        )
    )
    reconciled = Reconciled(tuple(facts), withdrawn, rebooked, start, derived, covers, left_out)
    if question.keep and not known.of_two_accounts:
        return reconciled
    new, gone = (derived.supplies, frozenset[int]()) if question.keep else _changed(known, derived.supplies)
    facts += _supplied(known, new, question, gone)
    return reconciled._replace(
        facts=tuple(facts), withdrawn=withdrawn | gone, supplies=derived.supplies, new_supplies=new
    )


def _renamed(cover: Cover, rebooked: Mapping[int, int]) -> Cover:
    seen = frozenset(-1 - rebooked[number] if number in rebooked else number for number in cover.seen)
    return cover._replace(seen=seen)


def unbooked(known: Known, rows: Iterable[NewRow]) -> Mapping[date, int]:
    """The Connects of rows that were taken out, by day. What was booked again since, or is now, is not among them."""
    again: Counter[tuple[object, ...]] = Counter(_same(new.row) for new in rows)
    for sightings in known.sightings.values():
        again[_same(sightings[0])] += 1
    there: Counter[tuple[object, ...]] = Counter()
    for batch in known.batches:
        for same, number in Counter(map(_same, batch.sightings)).items():
            there[same] = max(there[same], number)
    gone = {known.current(seen.number): seen for seen in known.taken_out}
    found: Counter[date] = Counter()
    for number, seen in gone.items():
        if there[_same(seen)] > again[_same(seen)]:
            again[_same(seen)] += 1
            entry = known.record.entries[number - 1]
            found[entry.when.date()] += entry.delta
    return found


def _same(seen: Row | Sighting) -> tuple[object, ...]:
    return seen.day, plain(seen.wording), seen.connects, folded(seen.title)


def _linked(known: Known, question: Question) -> tuple[list[NewFact], dict[int, int]]:
    """The facts of the new rows, then the returns that are to be booked anew, each with its spend if that is known."""
    facts = [new.fact or fact_of(new.row, new.kind, new.connects, new.by, question.rulebook) for new in question.rows]
    returned = _returned(facts)
    spends = [*_spent(known, question, returned), *_new_spent(question.rows, facts, returned)]
    backs = [*_backs(known, question), *_new_backs(question.rows, facts)]
    found = links(spends, backs)
    for back in backs:
        if back.id < 0 and back.id in found:
            facts[-1 - back.id] = _of(facts[-1 - back.id], found[back.id], back)
    rebooked: dict[int, int] = {}
    for back in backs:
        if back.id > 0 and found.get(back.id) != back.linked:
            rebooked[back.id] = len(facts)
            facts.append(_again(known.entries[back.id], found.get(back.id), back))
    return facts, rebooked


def _of(fact: NewFact, spend: int, back: Back) -> NewFact:
    """A return of a spend, by the number of its entry or its place among the new facts."""
    fact = fact._replace(kind=Kind.RETURN, account=back.account)
    return fact._replace(of=spend) if spend > 0 else fact._replace(of_new=-1 - spend)


def _again(entry: Entry, spend: int | None, back: Back) -> NewFact:
    """A return as it is booked anew, of another spend or of none."""
    fact = NewFact(entry.when, Kind.GRANT, brought(entry), RETURNED, memo=entry.memo, job=entry.job, by=entry.by)
    return fact if spend is None else _of(fact, spend, back)


def _returned(facts: Iterable[NewFact]) -> Counter[int]:
    """What new facts return of spends that they name, by entries or, if a spend is new, by places (-1, -2, ...)."""
    back: Counter[int] = Counter()
    for fact in facts:
        if fact.kind is Kind.RETURN and (fact.of is not None or fact.of_new is not None):
            back[-1 - fact.of_new if fact.of_new is not None else fact.of or 0] += fact.connects
    return back


def _spent(known: Known, question: Question, returned: Counter[int]) -> Iterator[Spent]:
    """The standing spends, without what was returned by hand."""
    back = Counter(returned)
    for entry in known.entries.values():
        if entry.kind is Kind.RETURN and entry.of is not None and not _may_move(known, entry, question):
            back[entry.of] += brought(entry)
    for entry in known.entries.values():
        if entry.kind is not Kind.SPEND or entry.number in question.withdrawn or entry.counterpart not in RETURNABLE:
            continue
        if (left := -entry.delta - back[entry.number]) > 0:
            title, job, member = _described(known, entry, question)
            order = _order_of(known, entry.number, question)
            yield Spent(entry.number, entry.counterpart, entry.when.date(), left, title, job, member, order)


def _new_spent(rows: Sequence[NewRow], facts: Sequence[NewFact], returned: Counter[int]) -> Iterator[Spent]:
    for index, (new, fact) in enumerate(zip(rows, facts, strict=True), 1):
        left = fact.connects - returned[-index]
        if fact.kind is Kind.SPEND and fact.account in RETURNABLE and left > 0:
            row = new.row
            yield Spent(-index, fact.account, row.day, left, folded(row.title), row.job, row.member, new.order)


def _may_move(known: Known, entry: Entry, question: Question) -> bool:
    """Whether a return may be one of another spend than it is of: an import booked it.

    In books of two accounts the other one may have a spend that looks the same. So those stay that have their spend,
    and those that were there before both were put side by side.
    """
    if entry.number not in known.rows:
        return False
    if not known.of_two_accounts:
        return True
    return entry.of in question.withdrawn if entry.kind is Kind.RETURN else entry.number > known.linked


def _backs(known: Known, question: Question) -> Iterator[Back]:
    """The standing returns that imports booked."""
    for number in sorted(known.rows - question.withdrawn):
        entry = known.entries[number]
        wording = next((seen.wording for seen in known.seen(number)), "")
        if not is_return(entry) or (kind := kind_of(wording, 1, question.wordings)) not in GIVEN_BACK:
            continue
        if not _may_move(known, entry, question):
            continue
        title, job, member = _described(known, entry, question)
        linked = entry.of if entry.kind is Kind.RETURN else None
        order = _order_of(known, number, question)
        yield Back(number, GIVEN_BACK[kind], entry.when.date(), brought(entry), title, job, member, order, linked)


def _new_backs(rows: Sequence[NewRow], facts: Sequence[NewFact]) -> Iterator[Back]:
    for index, (new, fact) in enumerate(zip(rows, facts, strict=True), 1):
        if new.connects > 0 and new.kind in GIVEN_BACK and fact.kind is not Kind.RETURN:
            row, account = new.row, GIVEN_BACK[new.kind]
            yield Back(-index, account, row.day, fact.connects, folded(row.title), row.job, row.member, new.order)


def _order_of(known: Known, number: int, question: Question) -> RowOrder:
    """Where pages show an entry."""
    order = known.row_orders.get(number, RowOrder())
    if number not in question.page:
        return order
    here = question.page[number][0]
    return RowOrder({**order.lines, **here.lines}, max(order.rank, here.rank))


def _described(known: Known, entry: Entry, question: Question) -> tuple[str, str, str | None]:
    """Title, job and member of an entry, as far as it or a page says them."""
    rows: list[Row | Sighting] = list(known.seen(entry.number))
    if entry.number in question.page:
        rows.append(question.page[entry.number][1])
    title = next((row.title for row in rows if row.title), entry.memo)
    job = entry.job or next((row.job for row in rows if row.job), "")
    member = next((row.member for row in rows if row.member is not None), None)
    return folded(title), job, member


def _changed(known: Known, supplies: Iterable[Supply]) -> tuple[tuple[Supply, ...], frozenset[int]]:
    """The supplies that are not in the books, and the entries in whose place they come."""
    booked: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in known.derived:
        booked[entry.when.date()].append(entry)
    wanted: Counter[date] = Counter()
    for supply in supplies:
        wanted[supply.day] += supply.connects
    same = {day for day, entries in booked.items() if sum(entry.delta for entry in entries) == wanted[day]}
    gone = (entry.number for day, entries in booked.items() if day not in same for entry in entries)
    return tuple(supply for supply in supplies if supply.day not in same), frozenset(gone)


def _supplied(known: Known, new: Iterable[Supply], question: Question, gone: frozenset[int]) -> list[NewFact]:
    """The facts of new supplies, each with what was said of its cost."""
    facts: list[NewFact] = []
    for supply in new:
        fact = fact_of_supply(supply)
        if supply.connects <= 0:
            facts.append(fact)
            continue
        replaced = [known.entries[number] for number in sorted(gone)]
        if question.back and (then := known.derived_before(supply.day, supply.connects)):
            parts = costs_then(then, known.entries.values())
        elif supply.opening:
            parts = _opening_cost(known, supply.connects, question, replaced)
        else:
            there = [entry for entry in replaced if entry.when.date() == supply.day] or spoken_of(known)
            parts = scaled(costs_of(known.record, there, known.entries.values()) or question.spoken, supply.connects)
        facts += (fact._replace(connects=part.connects, price=part.price) for part in parts)
    return facts


def _opening_cost(known: Known, connects: int, question: Question, replaced: Sequence[Entry]) -> tuple[Part, ...]:
    """What the opening cost: as somebody says now, or said of the opening in whose place it comes."""
    if question.cost is not None:
        return stated(question.cost, connects, question.rulebook)
    before = [entry for entry in replaced if entry.when.date() == min(one.when.date() for one in replaced)]
    said = costs_of(known.record, before or spoken_of(known), known.entries.values())
    return scaled(question.spoken if unknown(said) else said, connects)


def spoken_of(known: Known) -> list[Entry]:
    """The opening that was typed, or else the first that was derived: what was said of its cost goes for others, too.

    Whichever page comes first, what nobody else speaks of costs the same.
    """
    typed = [
        entry
        for entry in known.entries.values()
        if entry.happened is None
        and entry.kind is Kind.GRANT
        and any(beyond.account == OPENED for _, beyond in entry.moves)
        and costs_of(known.record, [entry], known.entries.values())
    ]
    return typed[:1] or sorted(known.derived, key=lambda entry: entry.when)[:1]
