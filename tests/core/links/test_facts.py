"""What books take along when they become part of others: each standing fact once, and what imports saw of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from core.ledger.model import Kind, Source, income_from
from core.ledger.sightings import Batch, BatchKind, ProposalSighting, ProposalState, Sighting
from core.links.facts import (
    Origin,
    copied_batches,
    fact_lines,
    numbers_of,
    standing_facts,
    with_those_before,
)
from core.shared.ids import WalletId
from core.shared.money import UNKNOWN, CostState
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from core.ledger.ports import Record
    from core.links.facts import Carried
    from tests.core.freelancer import Freelancer

DAY: Final = date(2026, 1, 10)
AT: Final = datetime(2026, 1, 10, 9, tzinfo=UTC)
HERE, THERE = WalletId(1), WalletId(2)


async def record_of(who: Freelancer) -> Record:
    return await who.books.store.ledger.record(who.wallet)


async def facts_of(who: Freelancer) -> tuple[Carried, ...]:
    return standing_facts(await record_of(who))


class TestStandingFacts:
    async def test_a_welcome_is_named_because_it_is_given_once(self, ann: Freelancer) -> None:
        (welcome,) = await facts_of(ann)
        assert welcome.origin is Origin.WELCOME
        assert (welcome.fact.connects, welcome.fact.price) == (20, None)

    async def test_a_lot_keeps_its_age_its_last_day_and_its_price(self, ann: Freelancer) -> None:
        booked(await ann.buy(40, dollars(600)))
        _, bought = await facts_of(ann)
        lot = (await ann.lots())[-1]
        assert bought.lot == lot
        assert (bought.fact.happened, bought.fact.exact, bought.fact.expires) == (lot.issued, True, lot.expires)
        assert (bought.fact.account, bought.fact.price) == (income_from(Source.PURCHASE), dollars(600))
        assert bought.origin is None

    async def test_what_was_taken_back_is_none(self, ann: Freelancer) -> None:
        booked(await ann.spend(4, "Logo"))
        booked(await ann.undo())
        assert [one.entry.kind for one in await facts_of(ann)] == [Kind.GRANT]

    async def test_a_spend_keeps_its_words_and_who_booked_it(self, ann: Freelancer) -> None:
        booked(await ann.spend(4, "Logo"))
        _, spend = await facts_of(ann)
        assert (spend.fact.connects, spend.fact.memo, spend.fact.by) == (4, "Logo", ann.person)

    async def test_a_return_names_its_spend_by_its_place(self, ann: Freelancer) -> None:
        spend = booked(await ann.spend(4, "Logo"))
        booked(await ann.spend(2, "Shop"))
        booked(await ann.give_back(spend.entry.number))
        facts = await facts_of(ann)
        back = facts[-1].fact
        assert back.of_new is not None
        assert facts[back.of_new].entry.number == spend.entry.number
        assert (back.kind, back.connects, back.account) == (Kind.RETURN, 4, spend.entry.counterpart)

    async def test_what_has_expired_follows_from_the_rest(self, ann: Freelancer) -> None:
        ann.clock.pass_(days=370)
        booked(await ann.buy(10, dollars(150)))
        kinds = [entry.kind for entry in await ann.journal()]
        assert Kind.EXPIRY in kinds
        assert [one.entry.kind for one in await facts_of(ann)] == [Kind.GRANT, Kind.PURCHASE]

    async def test_an_opening_with_two_prices_is_two_facts_of_one_entry(self, ann: Freelancer) -> None:
        opening = booked(await ann.opening(30, CostState.UNKNOWN))
        booked(await ann.value(dollars(150), 10))
        parts = [one for one in await facts_of(ann) if one.entry.number == opening.entry.number]
        assert {one.origin for one in parts} == {Origin.OPENING}
        assert sorted((one.fact.connects, one.fact.price) for one in parts) == [(10, dollars(150)), (20, UNKNOWN)]

    async def test_a_price_that_was_stated_later_counts(self, ann: Freelancer) -> None:
        bought = booked(await ann.buy(10, dollars(150)))
        booked(await ann.amend({bought.entry.number: dollars(120)}))
        (fact,) = [one.fact for one in await facts_of(ann) if one.entry.number == bought.entry.number]
        assert fact.price == dollars(120)


class TestLines:
    async def test_each_standing_fact_has_one_with_what_it_moves(self, ann: Freelancer) -> None:
        booked(await ann.spend(4, "Logo"))
        booked(await ann.spend(2, "Shop"))
        booked(await ann.undo())
        lines = fact_lines(await record_of(ann), {1: 7, 2: 9}, {2})
        assert [(line.row_id, line.number, line.booked, line.connects) for line in lines] == [
            (f"{ann.wallet}:1", 7, False, 20),
            (f"{ann.wallet}:2", 9, True, -4),
        ]

    async def test_they_have_no_words(self, ann: Freelancer) -> None:
        booked(await ann.spend(4, "Logo"))
        lines = fact_lines(await record_of(ann), {}, ())
        assert {(line.wording, line.title, line.job, line.member) for line in lines} == {("", "", "", None)}

    async def test_a_price_is_about_the_entry_that_got_it(self, ann: Freelancer) -> None:
        opening = booked(await ann.opening(30, CostState.UNKNOWN)).entry.number
        booked(await ann.value(dollars(150), 10))
        bought = booked(await ann.buy(10, dollars(150))).entry.number
        booked(await ann.amend({bought: dollars(120)}))
        lines = fact_lines(await record_of(ann), {1: 1, opening: 2, bought: 3}, {bought})
        assert [line.number for line in lines if not line.connects] == [2, 3]
        assert [line.booked for line in lines if line.number == 3] == [True, True]

    async def test_the_second_is_known_of_what_was_booked_at_once(self, ann: Freelancer) -> None:
        receipt = booked(await ann.spend(4, "Logo"))
        *_, line = fact_lines(await record_of(ann), {}, ())
        assert (line.at, line.day) == (receipt.entry.at, receipt.entry.at.astimezone(UTC).date())


async def test_several_facts_of_an_entry_are_known_by_the_first(ann: Freelancer) -> None:
    booked(await ann.opening(30, CostState.UNKNOWN))
    booked(await ann.value(dollars(150), 10))
    carried = await facts_of(ann)
    assert [one.entry.number for one in carried] == [2, 2]
    assert numbers_of(carried, [11, 12]) == {2: 11}


async def test_what_was_seen_of_an_entry_is_of_the_one_in_its_place(ann: Freelancer) -> None:
    booked(await ann.spend(4, "Logo"))
    assert with_those_before(await record_of(ann), {2: 9}) == {2: 9}
    assert with_those_before(await record_of(ann), {7: 9}) == {}


def row(line: int, number: int) -> Sighting:
    return Sighting(line, number, booked=True, day=DAY, wording="Applied", connects=-4, salt="s", digest="d", seal="x")


def seen(line: int, number: int | None = None, other: tuple[int, int] | None = None) -> ProposalSighting:
    return ProposalSighting(line, ProposalState.VIEWED, number=number, seen=other, salt="s", digest="d", seal="x")


class TestCopies:
    """Of the imports of a wallet whose entries 2 and 3 are 12 and 13 in the other books."""

    NUMBERS: Final = {2: 12, 3: 13}

    def copied(self, record: Record, *batches: Batch, kinds: tuple[BatchKind, ...]) -> tuple[Batch, ...]:
        return copied_batches(record._replace(batches=batches), self.NUMBERS, 5, kinds)

    async def test_rows_are_of_the_entries_there_and_what_is_of_others_is_left_out(self, ann: Freelancer) -> None:
        page = Batch(ann.wallet, 1, AT, "key", first=DAY, last=DAY, balance=40, sightings=(row(1, 9), row(2, 3)))
        (copy,) = self.copied(await record_of(ann), page, kinds=(BatchKind.HISTORY,))
        (kept,) = copy.sightings
        assert (kept.line, kept.number, kept.booked) == (1, 13, False)
        assert (kept.salt, kept.digest, kept.seal) == ("", "", "")
        assert (copy.number, copy.key, copy.balance) == (5, "", None)

    async def test_an_import_of_which_nothing_is_left_is_none(self, ann: Freelancer) -> None:
        told = Batch(ann.wallet, 1, AT, "key", kind=BatchKind.TOLD, proposals=(seen(1, 9),))
        assert self.copied(await record_of(ann), told, kinds=(BatchKind.TOLD,)) == ()

    async def test_one_that_was_undone_is_none(self, ann: Freelancer) -> None:
        told = Batch(ann.wallet, 1, AT, "key", kind=BatchKind.TOLD, proposals=(seen(1, 2),))
        undo = Batch(ann.wallet, 2, AT, "undo", kind=BatchKind.TOLD, of=1)
        assert self.copied(await record_of(ann), told, undo, kinds=(BatchKind.TOLD,)) == ()

    async def test_what_was_said_of_a_sighting_is_said_of_its_copy(self, ann: Freelancer) -> None:
        page = Batch(ann.wallet, 1, AT, "a", kind=BatchKind.PROPOSALS, proposals=(seen(1, 9), seen(2)))
        told = Batch(ann.wallet, 2, AT, "b", kind=BatchKind.TOLD, proposals=(seen(1, other=(1, 2)),))
        lost = Batch(ann.wallet, 3, AT, "c", kind=BatchKind.TOLD, proposals=(seen(1, other=(1, 1)),))
        kinds = (BatchKind.PROPOSALS, BatchKind.TOLD)
        first, second = self.copied(await record_of(ann), page, told, lost, kinds=kinds)
        assert [(one.line, one.seen) for one in first.proposals] == [(1, None)]
        assert [one.seen for one in second.proposals] == [(5, 1)]

    async def test_it_holds_as_of_the_day_on_which_it_was_made(self, ann: Freelancer) -> None:
        told = Batch(ann.wallet, 1, AT, "key", kind=BatchKind.TOLD, proposals=(seen(1, 2),))
        (copy,) = self.copied(await record_of(ann), told, kinds=(BatchKind.TOLD,))
        assert copy.last == DAY
        assert copy.proposals[0].number == 12

    async def test_one_can_be_left_out_and_another_keep_its_balance(self, ann: Freelancer) -> None:
        pages = [Batch(ann.wallet, number, AT, "k", first=DAY, last=DAY, balance=40) for number in (1, 2)]
        record = (await record_of(ann))._replace(batches=tuple(pages))
        kinds, one = (BatchKind.HISTORY,), pages[0]
        (copy,) = copied_batches(record, {}, 1, kinds, without=one, balance_of=lambda batch: batch.balance)
        assert copy.balance == 40
