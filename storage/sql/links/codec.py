"""What a link keeps in the column `facts`, as JSON."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from core.delivery.notice import Subscription
from core.links.model import Accounts, Link, LinkedBooks, LinkedSettings, LinkedSubscriptions
from core.promotions.merging import MergedClaim
from core.promotions.model import ClaimState
from core.shared.ids import LinkId, PersonId, PromotionId, WalletId
from core.wallets.settings import Settings
from storage.sql.tables.codec import NAMES, Codec, Row
from storage.sql.tables.ledger import micros, moment

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """Everything of a link that has no column of its own.

    `review` is when the closed wallet's daily review was due (None: it had none), which no seal covers.
    """

    persons: tuple[PersonId, ...]
    books: LinkedBooks | None = None
    closed: LinkedBooks | None = None
    settings: tuple[LinkedSettings, ...] = ()
    subscribed: LinkedSubscriptions | None = None
    claims: tuple[MergedClaim, ...] = ()
    review: datetime | None = None
    seal: str = ""
    erased: str = ""


ALSO: Final = {
    "ClaimState": ClaimState, "MergedClaim": MergedClaim, "PromotionId": PromotionId, "Settings": Settings,
    "Subscription": Subscription, "WalletId": WalletId,
}  # fmt: skip
FACTS: Final = Codec(LinkFacts, sparse=True, names=NAMES | ALSO)


SHARED: Final = tuple(field.name for field in fields(LinkFacts) if field.name != "review")
"""What both a link and its facts have."""


def link_row(link: Link, review: datetime | None) -> Row:
    """The columns of a link, apart from its number. `review` is when the closed wallet's was due."""
    facts = LinkFacts(review=review, **{name: getattr(link, name) for name in SHARED})
    undone = None if link.undone is None else micros(link.undone)
    return micros(link.at), link.key, link.accounts.value, link.kept, link.merged, FACTS.text(facts), undone


def read_review(row: Row) -> datetime | None:
    """When the daily review of the wallet that a link closed was due."""
    return FACTS.value(row[-2]).review


def read_link(row: Row) -> Link:
    """A link from its columns."""
    number, at, key, accounts, kept, merged, text, undone = row
    facts, known = FACTS.value(text), (LinkId(number), moment(at), key, Accounts(accounts))
    ended = None if undone is None else moment(undone)
    shared = {name: getattr(facts, name) for name in SHARED}
    return Link(*known, PersonId(kept), PersonId(merged), undone=ended, **shared)
