"""Figures beyond what a database column holds are answered alike by every store: not found, or refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from core.books import Books
from core.ledger import rulebook
from core.ledger.entry_builder import builder_for
from core.ledger.model import Kind, Receipt, Source
from core.ledger.ports import Key, Scope
from core.ledger.requests import Request
from core.promotions.model import Claim, ClaimState, Conditions
from core.promotions.service import PromotionService
from core.scheduling.task import Guard, Task
from core.shared.bounds import MOST
from core.shared.ids import PersonId, PromotionId, WalletId
from core.shared.lifecycle import Status
from core.shared.money import Price
from core.shared.refusals import OutOfRange, RefusedError, Unknown
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import UnfitChangeError
from tests.storage.teller import booked, proven
from tests.storage.test_announcements import drafted as drafted_announcement
from tests.storage.test_promotions import promoted, terms
from tests.storage.test_records import action, series

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from core.announcements.model import Series
    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change, Snapshot
    from core.promotions.model import Promotion, Terms
    from core.shared.refusals import Refusal
    from core.wallets.people import Person
    from tests.storage.teller import Teller

LARGE = (2**31 - 1, 2**31, 2**53, 2**63 - 1, 2**63, 2**100)
BEYOND = LARGE[1:]
NUMBERS = (*LARGE, *(-number for number in LARGE))


async def test_what_has_such_a_number_is_not_there(teller: Teller) -> None:
    """Every method of every port that takes the number of something."""
    booked(await teller.buy(5))
    for number in NUMBERS:
        await check_nothing_has(teller, number)
    await proven(teller.store)


async def check_nothing_has(teller: Teller, number: int) -> None:
    store, wallet, person, promotion = teller.store, WalletId(number), PersonId(number), PromotionId(number)
    nothing: tuple[Awaitable[object], ...] = (
        store.ledger.entry(teller.wallet, number),
        store.ledger.imported(wallet, "key"),
        store.people.wallet_of(person),
        store.promotions.promotion(promotion),
        store.promotions.claim_of(promotion, teller.person),
        store.recurring.one_series(number),
        store.announcements.announcement(str(number)),
    )
    assert [await asked for asked in nothing] == [None] * len(nothing)
    empty: tuple[Awaitable[Any], ...] = (
        store.ledger.history(wallet, None, 5),
        store.ledger.lots_at(wallet, teller.clock.now()),
        store.ledger.titles(wallet, 5),
        store.ledger.on_job(wallet, "job"),
        store.people.names([person]),
        store.people.identities(person),
        store.promotions.claims_on(promotion),
        store.audit_log.records(5, None, None, person),
    )
    assert [len(await asked) for asked in empty] == [0] * len(empty)
    unknown: tuple[Awaitable[object], ...] = (
        store.ledger.holding(wallet),
        store.ledger.record(wallet),
        store.people.settings_of(wallet),
        store.people.save_settings(wallet, Settings()),
        store.people.replace_settings(wallet, Settings(), Settings(threshold=1)),
        store.people.open_wallet(person, Settings()),
    )
    for asked in unknown:
        with pytest.raises(RefusedError):
            await asked


async def test_what_has_such_a_number_is_not_changed(teller: Teller) -> None:
    drafted = await promoted(teller, terms(teller.clock))
    for number in NUMBERS:
        await check_nothing_changes(teller, drafted, number)


async def check_nothing_changes(teller: Teller, drafted: Promotion, number: int) -> None:
    store, at = teller.store, teller.clock.now()
    gone = drafted._replace(id=PromotionId(number))
    mine = Claim(gone.id, number, teller.person, teller.wallet, ClaimState.ASKED, at)
    recurring: Series = series(teller)._replace(id=number)
    announced = replace(drafted_announcement(teller), number=number)
    unchanged: tuple[Awaitable[object], ...] = (
        store.promotions.change_promotion(gone, Status.PAUSED, (), (), at),
        store.promotions.change_promotion(gone, Status.PAUSED, (), (), at, terms=gone.terms),
        store.promotions.enter(gone, mine),
        store.promotions.settle_claim(mine, ClaimState.REFUSED, (), at),
        store.promotions.settle_claims(gone.id, ClaimState.ASKED, ClaimState.LOST),
        store.recurring.change_series(recurring, Status.PAUSED, None),
        store.announcements.change_announcement(announced, announced, None),
    )
    assert not any([await asked for asked in unchanged])
    await store.tasks.schedule(task := Task("promotion:1:end", at))
    assert not await store.tasks.take(task, (), at, guard=Guard("promotion", number, 1))


async def test_a_page_before_or_of_such_a_number_is_what_there_is(teller: Teller) -> None:
    for count in range(3):
        booked(await teller.buy(5))
        await teller.store.audit_log.record(action(teller, f"k{count}"))
    for number in NUMBERS:
        expected = [3, 2, 1] if number > 0 else []
        history = await teller.store.ledger.history(teller.wallet, number, 5)
        assert [entry.number for entry in history] == expected
        assert [one.id for one in await teller.store.audit_log.records(5, number)] == expected


async def test_an_entry_with_such_a_number_is_unknown_to_every_command(teller: Teller) -> None:
    booked(await teller.buy(5))
    for number in NUMBERS:
        for asked in (teller.undo(number), teller.give_back(number), teller.give_back(number, 1)):
            assert await asked == Unknown("entry", str(number))
        nobody = replace(teller, wallet=WalletId(number))
        assert await nobody.buy(5) == Unknown("wallet", str(number))
    assert booked(await teller.buy(5)).entry.number == 2


async def test_the_rulebook_refuses_such_figures(teller: Teller) -> None:
    booked(await teller.buy(50))
    booked(await teller.spend(20))
    for connects in BEYOND:
        await check_refused(teller, connects)
    assert (await proven(teller.store)).entries == 2


async def check_refused(teller: Teller, connects: int) -> None:
    books = Books(teller.store, rulebook.default(), teller.clock)

    def asked(name: str) -> Request:
        return Request(teller.wallet, f"{name}", teller.person)

    refused: dict[str, Awaitable[object]] = {
        "buy": books.buy(asked("buy"), connects),
        "price": books.buy(asked("price"), 5, Price(connects * 10**12, 0, "USD")),
        "tax": books.buy(asked("tax"), 5, Price(5, connects * 10**12, "USD")),
        "spend": books.spend(asked("spend"), connects),
        "adjust": books.adjust(asked("adjust"), connects),
        "down": books.adjust(asked("down"), -connects),
        "return": books.give_back(asked("return"), 2, connects),
        "earn": books.earn(asked("earn"), Source.REWARD, plan=Settings().plan, connects=connects),
        "threshold": books.change_settings(teller.wallet, lambda kept: replace(kept, threshold=connects)),
        "budget": books.change_settings(teller.wallet, lambda kept: replace(kept, budget=connects)),
    }
    for name, call in refused.items():
        with pytest.raises(RefusedError) as error:
            await call
        assert isinstance(error.value.refusal, OutOfRange), name


async def test_terms_with_such_figures_are_refused(teller: Teller) -> None:
    service = PromotionService(Books(teller.store, rulebook.default(), teller.clock), teller.store)
    drafted = await service.draft(terms(teller.clock), teller.person)
    for figure in BEYOND:
        await check_terms_refused(teller, service, drafted, figure)
    assert await teller.store.promotions.newest(5) == (drafted,)


async def check_terms_refused(teller: Teller, service: PromotionService, drafted: Promotion, figure: int) -> None:
    plain = drafted.terms
    unfit: dict[str, Terms] = {
        "gives": replace(plain, gives=figure),
        "supply": replace(plain, supply=figure),
        "lasts": replace(plain, expires_days=figure),
        "winners": replace(plain, winners=figure),
        "new": replace(plain, conditions=Conditions(new_days=figure)),
        "feedback": replace(plain, conditions=Conditions(feedback=figure)),
        "assessments": replace(plain, conditions=Conditions(assessments=figure)),
        "interviews": replace(plain, conditions=Conditions(interviews=figure)),
    }
    for what, asked in unfit.items():
        for call in (service.draft(asked, teller.person), service.revise(drafted, asked)):
            with pytest.raises(RefusedError) as error:
                await call
            assert isinstance(error.value.refusal, OutOfRange)
            assert error.value.refusal.what == what


async def test_no_store_takes_what_another_could_not_hold(teller: Teller) -> None:
    """Rules and options refuse all of this before. If one forgot it, the store would say so."""
    booked(await teller.buy(5))
    other = await teller.store.people.person(Identity("test", "bob"), "Bob")
    for figure in BEYOND:
        await check_unfit(teller, other, figure)
    assert await teller.store.people.wallet_of(other.id) is None
    assert (await proven(teller.store)).entries == 1


async def check_unfit(teller: Teller, other: Person, figure: int) -> None:
    people, promotions, at = teller.store.people, teller.store.promotions, teller.clock.now()
    drafted = await promotions.new_promotion(terms(teller.clock), teller.person, "seed", at)
    wide = terms(teller.clock, supply=figure)
    unfit: tuple[Awaitable[object], ...] = (
        teller.carry(lambda before, intent: _grown(before, intent, figure)),
        people.save_settings(teller.wallet, Settings(threshold=figure)),
        people.replace_settings(teller.wallet, Settings(), Settings(budget=figure)),
        people.open_wallet(other.id, Settings(threshold=figure)),
        promotions.new_promotion(wide, teller.person, "seed", at),
        promotions.change_promotion(drafted, Status.DRAFT, (), (), at, terms=wide),
    )
    for call in unfit:
        with pytest.raises(UnfitChangeError):
            await call


def _grown(before: Snapshot, intent: Intent, figure: int) -> Change | Refusal:
    """A purchase by a rule without bounds."""

    builder = builder_for(before, intent, rulebook.default())
    builder.issue(Source.PURCHASE, figure)
    builder.enter(Kind.PURCHASE)
    return builder.change()


async def test_a_wallet_is_full_at_what_every_store_can_hold(teller: Teller) -> None:
    books = Books(teller.store, replace(rulebook.default(), purchase_limit=MOST), teller.clock)
    full = await books.buy(Request(teller.wallet, "a", teller.person), MOST, Price(1, 0, "USD"))
    assert isinstance(full, Receipt)
    with pytest.raises(RefusedError) as error:
        await books.buy(Request(teller.wallet, "b", teller.person), 1, Price(1, 0, "USD"))
    assert error.value.refusal == OutOfRange("balance", MOST + 1, 0, MOST)
    await books.spend(Request(teller.wallet, "c", teller.person), 1)
    await books.buy(Request(teller.wallet, "d", teller.person), 1, Price(1, 0, "USD"))
    assert (await proven(teller.store)).connects == MOST


async def test_what_was_spent_of_a_budget_counts_up_to_what_every_store_can_hold(teller: Teller) -> None:
    generous = replace(rulebook.default(), purchase_limit=MOST, spend_limit=MOST)
    books = Books(teller.store, generous, teller.clock)
    await teller.store.people.save_settings(teller.wallet, Settings(budget=100))
    for turn in range(3):
        await books.buy(Request(teller.wallet, f"buy {turn}", teller.person), MOST, Price(1, 0, "USD"))
        await books.spend(Request(teller.wallet, f"spend {turn}", teller.person), MOST)
    budget = (await teller.store.ledger.holding(teller.wallet)).budget
    assert budget is not None
    assert budget.spent == MOST
    await teller.store.people.save_settings(teller.wallet, Settings(budget=200))
    await proven(teller.store)


async def test_a_promotion_without_a_supply_gives_no_more_than_every_store_can_count(teller: Teller) -> None:
    promotion = await promoted(teller, terms(teller.clock))
    scope = Scope(teller.wallet, promotion=promotion.id, claimant=teller.person)
    seen: list[Snapshot] = []

    def look(before: Snapshot) -> Refusal:
        seen.append(before)
        return Unknown("entry", "0")

    await teller.store.ledger.write(scope, Key("look", "asked"), look)
    assert [before.left for before in seen] == [MOST]
