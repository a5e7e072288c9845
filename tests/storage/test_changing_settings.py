"""Settings that two processes change at the same time keep both changes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.books import Books
from core.ledger import rulebook
from core.scheduling.task import Task
from core.shared.ids import WalletId
from core.shared.refusals import RefusedError
from core.wallets.ports import daily_review_name
from core.wallets.settings import Settings, snooze
from storage import open_store
from tests.storage.teller import open_teller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller

CODES = tuple(f"alert-{number}" for number in range(12))


async def test_settings_that_changed_since_they_were_seen_are_kept(teller: Teller) -> None:
    people, at = teller.store.people, teller.clock.now()
    first, second, third = Settings(), Settings(threshold=20), Settings(budget=300)
    assert await people.replace_settings(teller.wallet, first, second, at)
    assert not await people.replace_settings(teller.wallet, first, third, at + timedelta(days=1))
    assert await people.settings_of(teller.wallet) == second
    assert await teller.store.tasks.due_by(at, 9) == (Task(daily_review_name(teller.wallet), at),)


async def test_a_replacement_that_is_tried_again_has_succeeded(teller: Teller) -> None:
    """As a writer does if the answer to its commit was lost."""
    for _ in range(2):
        assert await teller.store.people.replace_settings(teller.wallet, Settings(), Settings(threshold=20))


async def test_settings_of_an_unknown_wallet_cannot_be_replaced(store: Store) -> None:
    with pytest.raises(RefusedError):
        await store.people.replace_settings(WalletId(99), Settings(), Settings(threshold=20))


async def test_a_change_applies_to_what_another_process_has_saved(teller: Teller) -> None:
    await changed_at_once([teller.store, teller.store], teller)


async def test_two_processes_on_a_server_keep_both_changes(emptied: str, clock: TestClock) -> None:
    async with open_store(emptied) as here, open_store(emptied) as there:
        await changed_at_once([here, there], await open_teller(here, clock, "ann"))


async def changed_at_once(stores: Iterable[Store], teller: Teller) -> None:
    processes = [Books(store, rulebook.default(), teller.clock) for store in stores]
    changes = (
        processes[number % 2].change_settings(teller.wallet, snoozed(code, teller.clock))
        for number, code in enumerate(CODES)
    )
    assert all(has_changed for _, has_changed in await asyncio.gather(*changes))
    stored = await teller.store.people.settings_of(teller.wallet)
    assert {code for code, _ in stored.alerts.snoozed} == {*CODES}


def snoozed(code: str, clock: TestClock) -> Callable[[Settings], Settings]:
    until = clock.now() + timedelta(days=7)
    return lambda settings: replace(settings, alerts=snooze(settings.alerts, code, until, clock.now()))
