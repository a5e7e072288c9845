"""The seal of an entry: a hash chain over a wallet's journal, so that a row changed by itself no longer fits."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.ledger.model import Entry, Lot
    from core.shared.money import Price


def sealed(previous: str, entry: Entry, new_lots: Iterable[Lot]) -> Entry:
    """The entry with its seal, which follows the seal `previous` and covers the lots that the entry issues.

    The entry must be new: it is sealed in place, because building it twice would take an eighth of a spend's time.
    """
    object.__setattr__(entry, "seal", seal_of(previous, entry, new_lots))
    return entry


def seal_of(previous: str, entry: Entry, new_lots: Iterable[Lot] = ()) -> str:
    """The hash of an entry, of the lots it issues and, through `previous`, of everything before it in its wallet.

    BLAKE2b, 16 bytes, hexadecimal.
    """
    legs = ";".join([f"{leg.account},{leg.connects},{leg.lot},{_money(leg.price)}" for leg in entry.postings])
    text = "\x1f".join(
        (
            previous, str(entry.wallet), str(entry.number), entry.at.isoformat(), entry.kind, str(entry.balance),
            entry.key, entry.body, str(entry.by), entry.memo, entry.job, str(entry.of), legs,
            *(f"{lot.number},{lot.source},{lot.issued.isoformat()},{lot.expires}" for lot in new_lots),
        )
    )  # fmt: skip
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _money(price: Price | None) -> str:
    return "" if price is None else f"{price.net}/{price.tax}/{price.currency}"
