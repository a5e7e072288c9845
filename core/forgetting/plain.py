"""What is kept as plain values with lasting names, for everybody's own file: docs/privacy.md explains each of them.

Times are texts in ISO 8601 and UTC, days are such too, Connects and minor units of money are integers. Seals, salts and
keys are left out: they say nothing of a person, and prove the books only as long as nobody else has them.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from core.shared.money import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from core.announcements.model import Announcement, Series
    from core.audit_log import AuditRecord
    from core.delivery.notice import Subscription
    from core.forgetting.personal_data import KeptMessage, KeptNote, KeptPerson
    from core.incomes.model import Income
    from core.ledger.model import Entry, Lot
    from core.ledger.sightings import Batch, ProposalSighting, Sighting
    from core.promotions.model import Claim, Promotion
    from core.proposals.model import Proposal
    from core.shared.ids import WalletId
    from core.shared.money import Price
    from core.wallets.people import Chat
    from core.wallets.settings import Settings

Plain: TypeAlias = "dict[str, Any]"
Hide: TypeAlias = "Callable[[str], str]"
"""Takes the names of other people out of a text."""
OTHERS: Final = frozenset(
    {"by", "by-name", "name", "names", "person", "lines", "winner", "winners", "giver", "taker", "kept", "merged"}
)
"""The facts of notices that may be about other people."""
NUMBERED: Final = re.compile(r"\b(who|member|person)=#?\d+")
"""Other people in a line of the audit log, by their numbers."""
UNNAMED: Final = "someone"


def at(moment: datetime | None) -> str | None:
    """A moment."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def money(price: Price | None) -> Plain | None:
    """What something cost, in minor units; None if it was free. What nobody has stated has no figures."""
    if price is None or price == UNKNOWN:
        return None if price is None else {"state": "unknown"}
    return {"net": price.net, "tax": price.tax, "currency": price.currency}


def plain(value: Any) -> Any:
    """Settings and the like with the names of their fields."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return at(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


def settings(kept: Settings) -> Plain:
    """The settings of somebody's own wallet, in which nobody else has a part."""
    found: Plain = plain(kept)
    del found["team"], found["alerts"]["person"]
    return found


def person(one: KeptPerson) -> Plain:
    """As whom somebody is known, under the name that they had last."""
    return {"number": one.number, "name": one.name, "used": one.used or None}


def chat(one: Chat) -> Plain:
    """A private chat."""
    lost = {"unreachable": one.retired, "since": at(one.since)}
    return {"platform": one.ref.platform, "chat": one.ref.id, "title": one.title, **lost}


def entry(one: Entry, *, own: bool) -> Plain:
    """An entry with its postings. `own`: they booked it themselves."""
    legs = [
        {"account": leg.account, "connects": leg.connects, "lot": leg.lot, "cost": money(leg.price)}
        for leg in one.postings
    ]
    return {
        "wallet": one.wallet,
        "number": one.number,
        "booked": at(one.at),
        "happened": at(one.when),
        "kind": one.kind.value,
        "connects": one.delta,
        "balance": one.balance,
        "by_you": own,
        "title": one.memo,
        "job": one.job,
        "of": one.of,
        "postings": legs,
    }


def lot(wallet: WalletId, one: Lot) -> Plain:
    """Connects that were issued together."""
    life = {"issued": at(one.issued), "expires": at(one.expires)}
    much = {"size": one.size, "left": one.left, "cost": money(one.price), "worth": money(one.worth)}
    return {"wallet": wallet, "number": one.number, "source": one.source.value, **life, **much}


def batch(one: Batch) -> Plain:
    """An import, or a balance that was confirmed, with what it says of proposals."""
    return {
        "wallet": one.wallet,
        "number": one.number,
        "at": at(one.at),
        "kind": one.kind.value,
        "first": plain(one.first),
        "last": plain(one.last),
        "balance": one.balance,
        "undoes": one.of,
        "lifts": one.lifts,
        "proposals": [_said(seen) for seen in one.proposals],
    }


def _said(one: ProposalSighting) -> Plain:
    return {
        "line": one.line,
        "state": one.state.value,
        "day": plain(one.day),
        "title": one.title,
        "entry": one.number,
        "proposal": one.proposal,
        "job": one.job,
        "profile": one.profile,
        "boosted": plain(one.boosted),
        "viewed": one.viewed,
        "worth": money(one.worth),
        "tags": plain(one.tags),
    }


def row(wallet: WalletId, number: int, one: Sighting) -> Plain:
    """A row of a page that was handed over, and the entry that it is."""
    return {
        "wallet": wallet,
        "import": number,
        "line": one.line,
        "entry": one.number,
        "day": one.day.isoformat(),
        "at": at(one.at),
        "wording": one.wording,
        "connects": one.connects,
        "title": one.title,
        "job": one.job,
        "member": one.member,
        "row": one.row_id,
    }


def proposal(wallet: WalletId, one: Proposal) -> Plain:
    """What is known of a proposal."""
    came = {"stage": one.stage.value, "end": plain(one.end), "answered": at(one.answered), "worth": money(one.worth)}
    much = {"base": one.base, "boost": one.boost, "back": one.back}
    about = {"title": one.title, "job": one.job, "profile": one.profile, "tags": list(one.tags)}
    entries = {"sent": at(one.sent), "entries": list(one.entries)}
    return {"wallet": wallet, "ref": one.ref, "kind": one.kind.value, **about, **entries, **much, **came}


def income(wallet: WalletId, one: Income) -> Plain:
    """What a client paid."""
    about = {"row": one.ref, "day": one.day.isoformat(), "client": one.client, "about": one.about}
    return {"wallet": wallet, **about, "amount": money(one.amount)}


def claim(one: Claim) -> Plain:
    """A claim on a promotion."""
    about = {"promotion": one.promotion, "number": one.number, "state": one.state.value, "at": at(one.at)}
    return {**about, "wallet": one.wallet, "entry": one.entry, "chat": None if one.chat is None else str(one.chat)}


def promotion(one: Promotion) -> Plain:
    """A promotion that somebody made as an operator."""
    terms = one.terms
    about = {"title": terms.title, "text": terms.text, "starts": at(terms.starts), "ends": at(terms.ends)}
    return {"number": one.id, "status": one.status.value, "made": at(one.made), **about}


def announcement(one: Announcement) -> Plain:
    """An announcement that somebody made as an operator."""
    when = {"made": at(one.made), "at": at(one.at), "zone": one.zone}
    return {"number": one.number, "stage": one.stage.value, "text": one.text, "to": plain(one.audience), **when}


def series(one: Series) -> Plain:
    """A recurring announcement that somebody made as an operator."""
    when = {"made": at(one.made), "cron": one.cron, "zone": one.zone}
    return {"number": one.id, "status": one.status.value, "text": one.text, "to": plain(one.audience), **when}


def subscription(one: Subscription) -> Plain:
    """A chat that gets announcements because somebody asked for it."""
    where = {"platform": one.target.platform, "chat": one.target.chat, "private": one.target.direct}
    reader = {"zone": one.zone, "language": one.locale, "quiet": one.quiet, "unreachable": one.gone}
    return {**where, "title": one.title, "since": at(one.since), "topics": list(one.tags), **reader}


def message(one: KeptMessage) -> Plain:
    """A message to them that was sent, or still waits."""
    facts = {name: fact for name, fact in one.facts.items() if name not in OTHERS}
    state = {"state": one.state.value, "changed": at(one.changed)}
    return {"platform": one.platform, "chat": one.chat, "what": one.code, "facts": facts, "made": at(one.made), **state}


def note(one: KeptNote, hide: Hide) -> Plain:
    """A small text."""
    return {"name": one.name, "text": hide(one.text), "until": at(one.until)}


def hiding(names: Collection[str]) -> Hide:
    """What takes these names out of texts."""
    if not names:
        return lambda text: text
    every = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    found = re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)
    return lambda text: found.sub(UNNAMED, text)


def action(one: AuditRecord, hide: Hide) -> Plain:
    """What they did as an operator, or in a group."""
    where = {"platform": one.chat.platform, "chat": one.chat.id}
    return {"at": at(one.at), **where, "line": hide(NUMBERED.sub(rf"\1={UNNAMED}", one.line)), "outcome": one.outcome}
