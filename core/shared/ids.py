"""The ids of wallets, people, promotions and links."""

from __future__ import annotations

from typing import NewType

WalletId = NewType("WalletId", int)
PersonId = NewType("PersonId", int)
PromotionId = NewType("PromotionId", int)
LinkId = NewType("LinkId", int)
