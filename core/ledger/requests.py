"""The requests that Books takes and the answers it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.model import Purpose

if TYPE_CHECKING:
    from datetime import datetime

    from core.delivery.notice import Target
    from core.ledger.model import Lot, Receipt
    from core.shared.ids import PersonId, WalletId
    from core.shared.money import Price
    from core.wallets.people import Wallet


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody acts on a wallet. `key` is the sender's key of the action, which makes it idempotent.

    `past_pins`: it may change balances that were confirmed (see `core.ledger.past.pins`). `over_limits`: what it spends
    was spent already, so no limit keeps it out (see `core.ledger.limits`). `shown_in`: where others see the answer, too
    (None: nowhere). None of these is part of what is asked for, so that a retry need not repeat it.
    """

    wallet: WalletId
    key: str
    by: PersonId | None = None
    past_pins: bool = False
    over_limits: bool = False
    shown_in: Target | None = None


class Spend(NamedTuple):
    """One spend. For a proposal, `job` is the id of the job and `memo` its title."""

    connects: int
    purpose: Purpose = Purpose.PROPOSAL
    memo: str = ""
    job: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A wallet, and the receipt of its welcome bonus (None: it is a group's, or was open already)."""

    wallet: Wallet
    receipt: Receipt | None


@dataclass(frozen=True, slots=True)
class Balance:
    """What a wallet holds at a moment: Connects that were free, were paid for, or have a cost that nobody has stated.

    `worth` is the cost of the paid part, one price for each currency.
    """

    at: datetime
    available: int
    free: int
    paid: int
    worth: tuple[Price, ...]
    lots: tuple[Lot, ...]
    unknown: int = 0
