"""Two people press the same button at once: a pin is lifted once, and taken back once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from core.reconciliation.service import Confirmed, Reconciliation
from core.shared.refusals import AlreadyDone, RefusedError
from tests.imports.keeper import keeper

if TYPE_CHECKING:
    from core.store import Store


async def test_who_comes_second_is_told_that_it_is_done(store: Store) -> None:
    ann = await keeper(store)
    upwork = Reconciliation(store, ann.books.rulebook, ann.clock)
    await upwork.confirm(ann.request, 20)
    for deed, number in ((upwork.lift, 1), (upwork.take_back, 1)):
        both = await asyncio.gather(*(deed(ann.request, number) for _ in range(2)), return_exceptions=True)
        (refused,) = (one for one in both if not isinstance(one, Confirmed))
        assert isinstance(refused, RefusedError)
        assert isinstance(refused.refusal, AlreadyDone)
    assert [one.kind.value for one in (await ann.record()).batches] == ["pinned", "lifted", "pinned"]
    await ann.verify()
