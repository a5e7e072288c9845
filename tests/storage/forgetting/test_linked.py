"""Whoever was on two platforms is forgotten on both, and `verify` still proves their link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.links.model import Accounts
from core.links.preview import BalanceChoice, LinkAnswers
from tests.storage.one_person import one_person
from tests.storage.teller import proven

if TYPE_CHECKING:
    from core.store import Store
    from tests.clock import TestClock


@pytest.mark.parametrize("accounts", [Accounts.SAME, Accounts.TWO])
@pytest.mark.parametrize("undone", [False, True], ids=["stands", "undone"])
async def test_their_link_is_proven_without_their_words(
    store: Store, clock: TestClock, accounts: Accounts, *, undone: bool
) -> None:
    both = await one_person(store, clock)
    answers = LinkAnswers(BalanceChoice.KEPT) if accounts is Accounts.SAME else LinkAnswers()
    link = (await both.link(accounts, answers, key="press")).link
    if undone:
        await both.unlink(link)
    before = await proven(store)
    for person in (link.merged, link.kept) if undone else (link.merged,):
        await store.forgetting.forget(person, clock.now())
    after = await proven(store)
    assert (after.fingerprint, after.links) == (before.fingerprint, 1)
    (left,) = await store.links.links_of(link.kept)
    assert (left.settings, left.subscribed, left.books, left.closed) == ((), None, link.books, link.closed)
    assert left.key != link.key
