"""The seal of an entry: it chains the journal of a wallet, so that a row changed by itself no longer fits the rest."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.ledger.model import Entry, Lot
    from core.shared.money import Price


def sealed(before: str, entry: Entry, born: Iterable[Lot]) -> Entry:
    """The entry with its seal, after the seal `before` it and with the lots `born` in it.

    It must be fresh from its maker: it gets the seal in place, because building it twice is an eighth of a spend.
    """
    object.__setattr__(entry, "seal", seal_of(before, entry, born))
    return entry


def seal_of(before: str, entry: Entry, born: Iterable[Lot] = ()) -> str:
    """The fingerprint of an entry, of the lots `born` in it and of everything before it in its wallet.

    BLAKE2b, 16 bytes, hexadecimal.
    """
    legs = ";".join([f"{leg.account},{leg.connects},{leg.lot},{_money(leg.price)}" for leg in entry.postings])
    text = "\x1f".join(
        (
            before, str(entry.wallet), str(entry.number), entry.at.isoformat(), entry.kind, str(entry.balance),
            entry.key, entry.body, str(entry.by), entry.memo, entry.job, str(entry.of), legs,
            *(f"{lot.number},{lot.source},{lot.issued.isoformat()},{lot.expires}" for lot in born),
        )
    )  # fmt: skip
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _money(price: Price | None) -> str:
    return "" if price is None else f"{price.net}/{price.tax}/{price.currency}"
