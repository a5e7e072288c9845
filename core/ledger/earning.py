"""How Connects are earned: each way is declared once, in EARNING.

Each way computes, from the rulebook alone, what a claim is worth and its limits; the rule `grant` applies them to the
wallet.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.ledger.model import Source
from core.shared.calendar import month_in
from core.shared.names import folded
from core.shared.refusals import AlreadyDone, OutOfRange, Refusal, Unknown
from core.wallets.settings import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from core.ledger.model import Account, Snapshot
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import PersonId, WalletId

BEST = 5


@dataclass(frozen=True, slots=True)
class EarningClaim:
    """What somebody says they earned. `connects`, if given, replaces the rulebook's figure; `zone` is the wallet's."""

    source: Source
    wallet: WalletId
    person: PersonId | None
    at: datetime
    name: str = ""
    stars: int = BEST
    plan: Plan = Plan.BASIC
    connects: int | None = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Award:
    """What a claim is worth: Connects, the key that makes it happen once, the cap on its source within a window.

    `earlier_keys` were taken for the same claim by earlier versions.

    With `zone`, its source can be booked once in a calendar month there. Then the lots decide and not the once-key:
    earlier versions took the month of UTC for it, which near the end of a month may be the month before or after.
    """

    connects: int
    once_key: str | None = None
    earlier_keys: tuple[str, ...] = ()
    cap: int | None = None
    window: timedelta | None = None
    zone: str | None = None


def _welcome(claim: EarningClaim, rulebook: Rulebook) -> Award | Refusal:
    """Once for each person, whatever the platform; so it must be known who that is."""
    if claim.person is None:
        return Unknown("person", "without a name")
    return Award(rulebook.earning[Source.WELCOME]["connects"])


def _monthly(claim: EarningClaim, rulebook: Rulebook) -> Award:
    """The plan's lot, once in a calendar month of the wallet's zone."""
    return Award(_stated(claim, rulebook.monthly(claim.plan)), zone=claim.zone)


def _interview(claim: EarningClaim, rulebook: Rulebook) -> Award:
    """An interview, with a cap on what interviews bring within some days."""
    figures = rulebook.earning[Source.INTERVIEW]
    return Award(_stated(claim, figures["connects"]), cap=figures["cap"], window=timedelta(days=figures["days"]))


def _feedback(claim: EarningClaim, rulebook: Rulebook) -> Award | Refusal:
    """Positive feedback: from the rulebook's star threshold on."""
    figures = rulebook.earning[Source.FEEDBACK]
    if not figures["stars"] <= claim.stars <= BEST:
        return OutOfRange("stars", claim.stars, figures["stars"], BEST)
    return Award(_stated(claim, figures["connects"]))


def _usual(claim: EarningClaim, rulebook: Rulebook) -> Award:
    """What the rulebook says, or what is stated: a passed test or skill assessment, Rising Talent, any reward."""
    return Award(_stated(claim, rulebook.earning[claim.source]["connects"]))


def _stated(claim: EarningClaim, figure: int) -> int:
    return figure if claim.connects is None else claim.connects


def _same_name(claim: EarningClaim) -> str:
    """The same key for a name, however it is typed."""
    return f"{claim.source}:{claim.wallet}:{folded(claim.name)}"


def _same_name_before(claim: EarningClaim) -> str:
    """The key that version 0.1 took. It told some spellings of a name apart, and stays taken for the same spelling."""
    same = unicodedata.normalize("NFKC", claim.name).casefold()
    return f"{claim.source}:{claim.wallet}:{' '.join(same.split())}"


@dataclass(frozen=True, slots=True)
class EarningRule:
    """A way to earn; its figures are in the rulebook under its source.

    `award` says what a claim is worth, `once_key` gives the key that makes a claim happen once (None: it may be claimed
    repeatedly), `earlier_key` the one that earlier versions took. `bookable`: people may book it. `named`: it needs a
    name. `rated`: the number given is stars.
    """

    award: Callable[[EarningClaim, Rulebook], Award | Refusal]
    once_key: Callable[[EarningClaim], str] | None = None
    earlier_key: Callable[[EarningClaim], str] | None = None
    bookable: bool = True
    named: bool = False
    rated: bool = False


EARNING: Final[Mapping[Source, EarningRule]] = {
    Source.WELCOME: EarningRule(_welcome, lambda claim: f"{claim.source}:{claim.person}", bookable=False),
    Source.ASSESSMENT: EarningRule(_usual, _same_name, _same_name_before, named=True),
    Source.INTERVIEW: EarningRule(_interview),
    Source.FEEDBACK: EarningRule(_feedback, rated=True),
    Source.REWARD: EarningRule(_usual),
    Source.MONTHLY: EarningRule(
        _monthly, lambda claim: f"{claim.source}:{claim.wallet}:{month_in(claim.zone, claim.at)}"
    ),
}
BOOKABLE: Final = tuple(source for source, rule in EARNING.items() if rule.bookable)
EARNED: Final = frozenset({*EARNING, Source.PROMOTION})


def award_for(claim: EarningClaim, rulebook: Rulebook) -> Award | Refusal:
    """What a claim is worth."""
    award = EARNING[claim.source].award(claim, rulebook)
    if isinstance(award, Refusal) or not (keys := once_keys_of(claim)):
        return award
    return replace(award, once_key=keys[0], earlier_keys=keys[1:])


def once_key_of(claim: EarningClaim) -> str:
    """The once-key of a claim (empty: it may be claimed repeatedly, or is not earned)."""
    rule = EARNING.get(claim.source)
    return "" if rule is None or rule.once_key is None else rule.once_key(claim)


def once_keys_of(claim: EarningClaim) -> tuple[str, ...]:
    """The once-key of a claim, then those that earlier versions took for it, if they differ. Empty: it has none."""
    rule, key = EARNING.get(claim.source), once_key_of(claim)
    earlier = () if rule is None or rule.earlier_key is None else (rule.earlier_key(claim),)
    return tuple(dict.fromkeys((key, *earlier))) if key else ()


def once_key_of_promotion(supply: Account, person: PersonId | None) -> str:
    """The key that lets a person claim once what comes out of a promotion's account."""
    return f"{supply}:{person}"


def granted_before(before: Snapshot, at: datetime, source: Source, award: Award) -> AlreadyDone | None:
    """The refusal if an award was granted already, once and for all or in the calendar month of its zone.

    A once-key of that month that an entry of another month holds is stale: it passes to the new entry.
    """
    if award.zone is None:
        keys = (award.once_key, *award.earlier_keys)
        return next(filter(None, (already_taken(before, key, source.value) for key in keys)), None)
    month = month_in(award.zone, at)
    lots = [lot for lot in before.lots if lot.source is source and lot.size]
    if all(month_in(award.zone, lot.issued) != month for lot in lots):
        return None
    return AlreadyDone(source.value, max((key.number for key in before.once_keys), default=0))


def already_taken(before: Snapshot, once_key: str | None, what: str) -> AlreadyDone | None:
    """The refusal if the once-key is taken; it names the entry that took it only to the wallet that owns it."""
    taken = next((key for key in before.once_keys if key.name == once_key), None)
    return None if taken is None else AlreadyDone(what, taken.number if taken.wallet == before.wallet else 0)
