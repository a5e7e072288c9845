"""What imports saw, read in pieces, is what it is when everything is at hand."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from core.imports.known import Known
from core.statements.sightings import SightingReader

if TYPE_CHECKING:
    from core.ledger.sightings import Sighting
    from core.shared.ids import WalletId
    from core.store import Store


async def check_sightings(store: Store, wallet: WalletId) -> None:
    """Check what imports saw of each entry of a wallet."""
    known = Known(await store.ledger.record(wallet)).sightings
    seen = SightingReader(wallet, await store.ledger.batches(wallet))
    before: int | None = None
    while entries := await store.ledger.history(wallet, before, 100):
        seen.note(entries)
        before = entries[-1].number
    found: defaultdict[int, list[Sighting]] = defaultdict(list)
    async for rows in seen.pages(store.ledger):
        for number, row in rows:
            found[number].append(row)
    assert {number: tuple(rows) for number, rows in found.items()} == known
