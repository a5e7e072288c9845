"""The numbers by which wallets, people and promotions are known."""

from __future__ import annotations

from typing import NewType

WalletId = NewType("WalletId", int)
PersonId = NewType("PersonId", int)
PromotionId = NewType("PromotionId", int)
