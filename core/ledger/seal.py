"""The seals of entries and imports: hash chains over a wallet, so that a row changed by itself no longer fits.

A seal of the first version is a bare hash over all of an entry. One of the second begins with `2:`. It covers the
memo as a digest only, which is made with a salt and stored with it. Without both memo and salt nobody can tell what the
memo was, and the seal still holds. BLAKE2b, 16 bytes, hexadecimal.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from secrets import token_bytes
from typing import TYPE_CHECKING, Final

from core.ledger.sightings import BatchKind, ProposalSighting, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.ledger.model import Entry, Lot
    from core.ledger.sightings import Batch
    from core.shared.money import Price

SECOND: Final = "2:"
"""What a seal of the second version begins with."""
BYTES: Final = 16
AT_ONCE: Final = 256
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
_drawn: Final[list[str]] = []
_set: Final = object.__setattr__


def new_secret() -> str:
    """A random secret for one change. The salts of its texts are derived from it, and it is stored nowhere.

    Asking the system lets other threads run, so that the writer would wake before all who are about to write have
    queued, and commit for half as many. That cost an eighth of the rate of spends, so secrets are drawn by the hundred.
    """
    while True:
        try:
            return _drawn.pop()
        except IndexError:
            _drawn.extend(token_bytes(AT_ONCE * BYTES).hex(" ", BYTES).split())


def sealed(previous: str, entry: Entry, new_lots: Iterable[Lot], secret: str = "") -> Entry:
    """The entry with its seal, which follows the seal `previous` and covers the lots that the entry issues.

    The salt of its memo is derived from the `secret` of its change. The entry must be new: it is sealed in place,
    because building it twice would take an eighth of a spend's time.
    """
    if memo := entry.memo:
        salt = _salt(secret, b"entry %d" % entry.number)
        _set(entry, "salt", salt)
        _set(entry, "digest", _digest(salt, memo))
    _set(entry, "seal", seal_of(previous, entry, new_lots))
    return entry


def seal_of(previous: str, entry: Entry, new_lots: Iterable[Lot] = ()) -> str:
    """The hash of an entry, of the lots it issues and, through `previous`, of everything before it in its wallet."""
    happened = None if entry.happened is None else _micros(entry.happened)
    text = (
        f"{previous}\x1f{entry.wallet}\x1f{entry.number}\x1f{(entry.at - EPOCH) // MICROSECOND}\x1f{happened}"
        f"\x1f{entry.kind}\x1f{entry.balance}\x1f{entry.key}\x1f{entry.body}\x1f{entry.by}\x1f{entry.digest}"
        f"\x1f{entry.job}\x1f{entry.of}"
    )
    for account, connects, number, price in entry.postings:
        money = "" if price is None else f",{price.net},{price.tax},{price.currency}"
        text += f"\x1e{account},{connects},{number}{money}"
    for lot in new_lots:
        text += f"\x1d{lot.number},{lot.source},{_micros(lot.issued)},{_micros(lot.expires)}"
    return SECOND + blake2b(text.encode(), digest_size=BYTES).hexdigest()


def seal_fault(previous: str, entry: Entry, new_lots: Iterable[Lot] = ()) -> str | None:
    """What is wrong with the seal of a stored entry, or with the digest that it covers (None: all fits)."""
    second = entry.seal.startswith(SECOND)
    if earlier_than(previous, entry):
        return "has a seal of an earlier version than the entry before it"
    if not second and (entry.happened is not None or entry.salt or entry.digest):
        return "has a date or a digest that no seal of its version covers"
    if entry.seal != (seal_of if second else _first_seal_of)(previous, entry, new_lots):
        return "was changed after it was booked: its seal does not match"
    if second and not memo_fits(entry):
        return "was changed after it was booked: its memo does not match its digest"
    return None


def earlier_than(previous: str, entry: Entry) -> bool:
    """Whether the seal of an entry is of an earlier version than the one before it."""
    return previous.startswith(SECOND) and not entry.seal.startswith(SECOND)


def memo_fits(entry: Entry) -> bool:
    """Whether an entry's memo is the one that its digest was made of, or was erased together with its salt."""
    return _fits(entry.salt, entry.digest, entry.memo)


def _first_seal_of(previous: str, entry: Entry, new_lots: Iterable[Lot]) -> str:
    """The seal of an entry as the first version made it."""
    legs = ";".join([f"{leg.account},{leg.connects},{leg.lot},{_money(leg.price)}" for leg in entry.postings])
    facts = (
        previous, str(entry.wallet), str(entry.number), entry.at.isoformat(), entry.kind, str(entry.balance),
        entry.key, entry.body, str(entry.by), entry.memo, entry.job, str(entry.of), legs,
        *(f"{lot.number},{lot.source},{lot.issued.isoformat()},{lot.expires}" for lot in new_lots),
    )  # fmt: skip
    return _hash("\x1f".join(facts))


def _money(price: Price | None) -> str:
    return "" if price is None else f"{price.net}/{price.tax}/{price.currency}"


def erased(entry: Entry) -> bool:
    """Whether the entry had a memo that was erased."""
    return bool(entry.digest) and not entry.memo


def sealed_batch(previous: str, batch: Batch) -> Batch:
    """The import with its seal, which follows the seal `previous` of the wallet's import before it (empty: none).

    The salts of its sightings' texts are derived from `batch.salt`, the secret of its change, which is dropped here.
    """
    sightings = tuple(_sealed_sighting(sighting, batch.salt) for sighting in batch.sightings)
    proposals = tuple(_sealed_proposal(sighting, batch.salt) for sighting in batch.proposals)
    seals = [*(row.seal for row in sightings), *(proposal.seal for proposal in proposals)]
    seal = seal_of_batch(previous, batch, seals)
    return batch._replace(sightings=sightings, proposals=proposals, salt="", seal=seal)


def seal_of_batch(previous: str, batch: Batch, seals: Iterable[str]) -> str:
    """The hash of an import, of the seals of its sightings and, through `previous`, of all imports before it.

    `seals` are those of its rows, then those of its proposals. A history is sealed as it was before there were other
    kinds.
    """
    kind = () if batch.kind is BatchKind.HISTORY else (batch.kind, batch.lifts)
    head = (
        previous, batch.wallet, batch.number, _micros(batch.at), batch.key, batch.by, batch.first, batch.last,
        batch.balance, batch.of, *kind, *seals,
    )  # fmt: skip
    return SECOND + _hash("\x1f".join(map(str, head)))


def seal_of_sighting(sighting: Sighting) -> str:
    """The hash of a sighting, and of its texts by their digest."""
    facts = (
        sighting.line, sighting.number, int(sighting.booked), sighting.day, sighting.connects, sighting.job,
        sighting.row_id, _micros(sighting.at), sighting.digest,
    )  # fmt: skip
    return _hash("\x1f".join(map(str, facts)))


def seal_of_proposal(sighting: ProposalSighting) -> str:
    """The hash of what was seen of a proposal, and of its texts by their digest."""
    facts = (
        sighting.line, sighting.state, sighting.day, sighting.number, sighting.seen, sighting.proposal, sighting.job,
        sighting.boosted, int(sighting.viewed), _money(sighting.worth), int(sighting.afresh), sighting.digest,
        *(() if sighting.tags is None else (len(sighting.tags),)),
    )  # fmt: skip
    return _hash("\x1f".join(map(str, facts)))


def digest_fits(sighting: Sighting | ProposalSighting) -> bool:
    """Whether a sighting's texts are those that its digest was made of, or were all erased together with its salt."""
    texts = _texts(sighting) if isinstance(sighting, Sighting) else _texts_of_proposal(sighting)
    return _fits(sighting.salt, sighting.digest, texts)


def _micros(at: datetime | None) -> int | None:
    """Microseconds since 1970. This is the same in whatever zone a moment is given."""
    return None if at is None else (at - EPOCH) // MICROSECOND


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=BYTES).hexdigest()


def _salt(secret: str, text: bytes) -> str:
    """The salt of one text, which is named. Neither the secret nor another salt of the change can be found from it."""
    return blake2b(text, key=secret.encode(), digest_size=BYTES).hexdigest()


def _digest(salt: str, text: str) -> str:
    return blake2b(text.encode(), key=salt.encode(), digest_size=BYTES).hexdigest()


def _fits(salt: str, digest: str, text: str) -> bool:
    """Whether a text is that of its digest. Without text and salt, it was erased, or there never was one."""
    return digest == _digest(salt, text) if salt and text else not salt and not text


def _sealed_sighting(sighting: Sighting, secret: str) -> Sighting:
    if text := _texts(sighting):
        salt = _salt(secret, b"sighting %d" % sighting.line)
        sighting = sighting._replace(salt=salt, digest=_digest(salt, text))
    return sighting._replace(seal=seal_of_sighting(sighting))


def _sealed_proposal(sighting: ProposalSighting, secret: str) -> ProposalSighting:
    if text := _texts_of_proposal(sighting):
        salt = _salt(secret, b"proposal %d" % sighting.line)
        sighting = sighting._replace(salt=salt, digest=_digest(salt, text))
    return sighting._replace(seal=seal_of_proposal(sighting))


def _texts_of_proposal(sighting: ProposalSighting) -> str:
    """The texts of what was seen of a proposal as one; empty if it has none."""
    texts = (sighting.title, sighting.profile, *(sighting.tags or ()))
    return "\x1f".join(texts) if any(texts) else ""


def _texts(sighting: Sighting) -> str:
    """The texts of a sighting as one; empty if it has none. No member is another text than a member without a name."""
    texts = (sighting.wording, sighting.title, *(() if sighting.member is None else (f"{sighting.member}\x1f",)))
    return "\x1f".join(texts) if any(texts) else ""
