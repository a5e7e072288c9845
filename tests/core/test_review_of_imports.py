"""The daily review after an import: it goes by when facts happened, and reads no more than the last weeks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.ledger.model import Kind, Source
from core.shared.money import Price
from core.wallets.settings import Plan
from tests.core.earlier import book_earlier, bought, given, on, spent
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from core.ledger.past.facts import NewFact
    from tests.core.dawn import Dawn


async def earlier(dawn: Dawn, *facts: NewFact, key: str = "import") -> tuple[int, ...]:
    return await book_earlier(dawn.books, dawn.books.store.ledger, dawn.ann.wallet, *facts, key=key)


async def test_it_reads_only_what_happened_in_the_last_weeks(dawn: Dawn) -> None:
    rows = [spent(1, 3 + day % 10, 1 + day % 28, year=2025) for day in range(1000)]
    await earlier(dawn, bought(2000, 2, 1, year=2025), *rows, spent(5, 1, 6))
    ledger = dawn.books.store.ledger
    found = await ledger.happened_since(dawn.ann.wallet, dawn.clock.now() - timedelta(days=7))
    assert [(entry.kind, entry.delta) for entry in found] == [(Kind.SPEND, -5), (Kind.GRANT, 20)]


async def test_the_digest_has_the_week_and_not_what_was_booked_in_it(dawn: Dawn) -> None:
    await earlier(dawn, bought(200, 12, 1, dollars(3000), year=2025), spent(40, 12, 20, year=2025), spent(16, 1, 6))
    dawn.clock.pass_(days=2)
    (digest,) = [notice for notice in await dawn.review() if notice.code == "digest"]
    assert digest.facts["spent-proposal"] == 16
    assert "bought" not in digest.facts
    assert digest.facts["cost-net"] == 240


async def test_a_burn_rate_is_known_at_once(dawn: Dawn) -> None:
    await dawn.change_settings(runway=14)
    rows = [spent(10, 1, day) for day in range(1, 10)] + [spent(10, 12, day, year=2025) for day in range(15, 32)]
    await earlier(dawn, bought(300, 12, 1, year=2025), *rows)
    assert "runway" in (await dawn.days(1)).get(11, [])


async def test_a_monthly_lot_that_an_import_found_is_not_missing(dawn: Dawn) -> None:
    await dawn.change_settings(plan=Plan.PLUS, cycle=3)
    dawn.clock.pass_(days=30)
    await earlier(dawn, given(Source.MONTHLY, 100, 2, 3))
    codes = await dawn.days(4)
    assert not {"monthly", "missing"} & {code for day in codes.values() for code in day}


async def test_open_spends_are_those_that_happened_last(dawn: Dawn) -> None:
    typed = booked(await dawn.ann.spend(1)).entry.number
    await earlier(dawn, bought(2000, 2, 1, year=2025), *(spent(1, 1, 1 + n % 9, f"Job {n}") for n in range(1200)))
    spends = await dawn.books.open_spends(dawn.ann.wallet)
    assert spends[0].entry.number == typed
    assert len(spends) >= 999
    whens = [spend.entry.when for spend in spends]
    assert whens == sorted(whens, reverse=True)


async def test_a_past_balance_knows_what_was_learnt_later(dawn: Dawn) -> None:
    await earlier(dawn, bought(80, 12, 1, Price(1200, 0, "USD"), year=2025), spent(16, 12, 20, year=2025))
    wallet = dawn.ann.wallet
    assert (await dawn.books.balance(wallet, on(12, 10, 2025))).available == 80
    then = await dawn.books.balance(wallet, on(12, 21, 2025))
    assert (then.available, then.worth) == (64, (Price(960, 0, "USD"),))
    assert (await dawn.books.balance(wallet)).available == 84
