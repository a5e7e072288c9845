"""How Connects are earned: one small function for each way, listed in EARNING.

Each says, from the rulebook alone, what a claim is worth and what bounds it;
the rule `grant` holds it against the wallet.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.ledger.model import Source
from core.shared.refusals import OutOfRange, Refusal, Unknown
from core.wallets.settings import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from core.ledger.model import Account
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import PersonId, WalletId

BEST = 5


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says they earned. `connects` overrules the rulebook's figure where that may be stated."""

    source: Source
    wallet: WalletId
    person: PersonId | None
    at: datetime
    name: str = ""
    stars: int = BEST
    plan: Plan = Plan.BASIC
    connects: int | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """What a claim is worth: Connects, the mark that makes it happen once, the cap on its source within a window."""

    connects: int
    mark: str | None = None
    cap: int | None = None
    window: timedelta | None = None


def welcome(claim: Claim, book: Rulebook) -> Award | Refusal:
    """Once for each person, whatever the platform; so it must be known who that is."""
    if claim.person is None:
        return Unknown("person", "without a name")
    return Award(book.earning[Source.WELCOME]["connects"], mark=_mark(claim))


def monthly(claim: Claim, book: Rulebook) -> Award:
    """The plan's lot, once in a calendar month (UTC)."""
    return Award(_stated(claim, book.monthly(claim.plan)), mark=_mark(claim))


def assessment(claim: Claim, book: Rulebook) -> Award:
    """A passed test or skill assessment: each, by its name, once."""
    return Award(_stated(claim, book.earning[Source.ASSESSMENT]["connects"]), mark=_mark(claim))


def interview(claim: Claim, book: Rulebook) -> Award:
    """An interview, with a cap on what interviews bring within some days."""
    figures = book.earning[Source.INTERVIEW]
    return Award(_stated(claim, figures["connects"]), cap=figures["cap"], window=timedelta(days=figures["days"]))


def feedback(claim: Claim, book: Rulebook) -> Award | Refusal:
    """Positive feedback: from the rulebook's star threshold on."""
    figures = book.earning[Source.FEEDBACK]
    if not figures["stars"] <= claim.stars <= BEST:
        return OutOfRange("stars", claim.stars, figures["stars"], BEST)
    return Award(_stated(claim, figures["connects"]))


def reward(claim: Claim, book: Rulebook) -> Award:
    """Rising Talent and whatever else Upwork rewards at the time."""
    return Award(_stated(claim, book.earning[Source.REWARD]["connects"]))


def _mark(claim: Claim) -> str:
    return mark_of(claim.source, claim.wallet, claim.person, claim.at, claim.name)


def mark_of(source: Source, wallet: WalletId, person: PersonId | None, at: datetime, name: str) -> str:
    """The mark that makes a grant happen once; empty for a source that may come again."""
    match source:
        case Source.WELCOME:
            return f"welcome:{person}"
        case Source.MONTHLY:
            return f"monthly:{wallet}:{at:%Y-%m}"
        case Source.ASSESSMENT:
            same = unicodedata.normalize("NFKC", name).casefold()  # however a keyboard puts its accents
            return f"assessment:{wallet}:{' '.join(same.split())}"
        case _:
            return ""


def _stated(claim: Claim, figure: int) -> int:
    return figure if claim.connects is None else claim.connects


EARNING: Final[Mapping[Source, Callable[[Claim, Rulebook], Award | Refusal]]] = {
    Source.WELCOME: welcome,
    Source.MONTHLY: monthly,
    Source.ASSESSMENT: assessment,
    Source.INTERVIEW: interview,
    Source.FEEDBACK: feedback,
    Source.REWARD: reward,
}


def mark_of_claim(supply: Account, person: PersonId | None) -> str:
    """The mark that lets a person claim once what comes out of a promotion's account."""
    return f"{supply}:{person}"
