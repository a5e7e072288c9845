"""The tables of the derived cards of proposals, and how their rows are read and written."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import datetime, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, PrimaryKeyConstraint
from sqlmodel import Field

from core.ledger.sightings import ProposalState
from core.proposals import model
from core.proposals.figures import CardFigures
from core.proposals.listing import traits_of
from core.proposals.model import NetCost, ProposalKind, Unclear
from core.proposals.ports import Cluster
from core.proposals.refs import Ref, order_of, own_ref
from core.shared.ids import PersonId, WalletId
from core.shared.money import Price
from core.shared.names import folded
from storage.sql.tables.ledger import EPOCH, MICROSECOND, NO_ROWID, Id, Moment, Table, micros, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from storage.sql.tables.codec import Row


CLUSTER: Final = 3
"""Where a card's row has its cluster."""
KINDS: Final[Mapping[str, ProposalKind]] = {kind.value: kind for kind in ProposalKind}
STATES: Final[Mapping[str | None, ProposalState]] = {state.value: state for state in ProposalState}
NEEDED: Final = itemgetter(*map(model.Proposal._fields.index, (*CardFigures._fields[:-2], "entries", "unclear")))
"""What figures need of a card's body."""


class ProposalMark(Table, table=True):
    """Up to which entry and import the cards of a wallet were derived, and by which version of the rules."""

    __tablename__ = "proposal_mark"
    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("wallet", name="pk_proposal_mark"),
        ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_proposal_mark_wallet"),
        NO_ROWID,
    )

    wallet: int = Field(primary_key=True, sa_type=Id)
    entries: int
    imports: int
    version: int


class Proposal(Table, table=True):
    """The cards. Title and member are in the form in which names are compared; `body` is the card as a JSON array.

    A card is named after an entry (`batch` is 0, `number` its number) or after a line of an import.
    """

    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("wallet", "batch", "number", name="pk_proposal"),
        ForeignKeyConstraint(["wallet"], ["proposal_mark.wallet"], name="fk_proposal_mark"),
        Index("ix_proposal_cluster", "wallet", "cluster"),
        NO_ROWID,
    )

    wallet: int = Field(primary_key=True, sa_type=Id)
    batch: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    cluster: int = Field(sa_type=BigInteger)
    traits: int
    sent: datetime = Field(sa_type=Moment)
    title: str
    by: int | None = Field(sa_type=Id)
    member: str
    job: str
    body: str


class ProposalRef(Table, table=True):
    """The entries and lines that are read with a cluster of cards, and the name of the card that each belongs to."""

    __tablename__ = "proposal_ref"
    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("wallet", "batch", "number", name="pk_proposal_ref"),
        ForeignKeyConstraint(["wallet"], ["proposal_mark.wallet"], name="fk_proposal_ref_mark"),
        Index("ix_proposal_ref_cluster", "wallet", "cluster"),
        NO_ROWID,
    )

    wallet: int = Field(primary_key=True, sa_type=Id)
    batch: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    cluster: int = Field(sa_type=BigInteger)
    of: str


class ProposalKey(Table, table=True):
    """What the entries and lines of a cluster have in common, as digests of jobs and titles."""

    __tablename__ = "proposal_key"
    __table_args__: ClassVar[Any] = (
        PrimaryKeyConstraint("wallet", "key", name="pk_proposal_key"),
        ForeignKeyConstraint(["wallet"], ["proposal_mark.wallet"], name="fk_proposal_key_mark"),
        Index("ix_proposal_key_cluster", "wallet", "cluster"),
        NO_ROWID,
    )

    wallet: int = Field(primary_key=True, sa_type=Id)
    key: int = Field(primary_key=True, sa_type=BigInteger)
    cluster: int = Field(sa_type=BigInteger)


ClusterRows: TypeAlias = "tuple[list[Row], list[Row], list[Row]]"
"""The rows of clusters to insert: cards, names and keys."""


def cluster_rows(wallet: WalletId, clusters: Iterable[Cluster]) -> ClusterRows:
    """The rows of clusters."""
    cards: list[Row] = []
    refs: list[Row] = []
    keys: list[Row] = []
    for cluster in clusters:
        cards += [_card_row(wallet, cluster.id, card) for card in cluster.proposals]
        refs += [(wallet, *ref, cluster.id, of) for ref, of in cluster.refs.items()]
        keys += [(wallet, key, cluster.id) for key in cluster.keys]
    return cards, refs, keys


def _card_row(wallet: WalletId, cluster: int, card: model.Proposal) -> Row:
    own, traits = own_ref(card), int(traits_of(card))
    sought = micros(card.sent), folded(card.title), card.by, folded(card.member), card.job
    return (wallet, *own, cluster, traits, *sought, _body(card))


def ill_listed(rows: Iterable[Row]) -> str | None:
    """The first card that is listed by something else than what it says (None: each is listed as it should be)."""
    for row in rows:
        card = read_card(row[-1])
        if tuple(row) != _card_row(WalletId(row[0]), row[CLUSTER], card):
            return f"proposal {card.ref} is listed by something else than what its card says"
    return None


def _body(card: model.Proposal) -> str:
    fields = card._asdict() | {
        "sent": micros(card.sent),
        "since": micros(card.since),
        "answered": None if card.answered is None else micros(card.answered),
        "age": None if card.age is None else card.age // MICROSECOND,
    }
    return json.dumps(list(fields.values()), ensure_ascii=False, separators=(",", ":"))


def read_card(body: str) -> model.Proposal:
    """A card from its body."""
    fields: dict[str, Any] = dict(zip(model.Proposal._fields, json.loads(body), strict=True))
    answered, age, worth, end, by = (fields[name] for name in ("answered", "age", "worth", "end", "by"))
    free, paid, unknown, money = fields["net"]
    fields |= {
        "kind": ProposalKind(fields["kind"]),
        "by": None if by is None else PersonId(by),
        "sent": moment(fields["sent"]),
        "since": moment(fields["since"]),
        "answered": None if answered is None else moment(answered),
        "age": None if age is None else timedelta(microseconds=age),
        "net": NetCost(free, paid, unknown, tuple(Price(*price) for price in money)),
        "stage": ProposalState(fields["stage"]),
        "end": None if end is None else ProposalState(end),
        "worth": None if worth is None else Price(*worth),
        "entries": tuple(fields["entries"]),
        "seen": tuple((batch, line) for batch, line in fields["seen"]),
        "unclear": tuple(_unclear(*one) for one in fields["unclear"]),
        "tags": tuple(fields["tags"]),
    }
    return model.Proposal(**fields)


def read_figures(bodies: Iterable[str]) -> Iterator[CardFigures]:
    """What figures need of cards. All bodies are read as one text, which takes two thirds of the time of reading each.

    The rest is written for speed too: thousands of cards are read for one answer.
    """
    for row in json.loads(f"[{','.join(bodies)}]"):
        (
            ref, kind, sent, profile, member, by, tags, base, boost, back, (free, paid, unknown, money),
            boosted, stage, end, viewed, answered, age, worth, heard, entries, unclear,
        ) = NEEDED(row)  # fmt: skip
        yield CardFigures(
            ref,
            KINDS[kind],
            EPOCH + timedelta(0, 0, sent),
            profile,
            member,
            by,
            tuple(tags),
            base,
            boost,
            back,
            NetCost(free, paid, unknown, tuple([Price(*price) for price in money])),
            boosted,
            STATES[stage],
            None if end is None else STATES[end],
            viewed,
            None if answered is None else EPOCH + timedelta(0, 0, answered),
            None if age is None else timedelta(0, 0, age),
            None if worth is None else Price(*worth),
            heard,
            bool(entries),
            bool(unclear),
        )


def _unclear(refs: list[str], number: int | None, seen: list[int] | None, state: str | None) -> Unclear:
    batch_and_line = None if seen is None else (seen[0], seen[1])
    return Unclear(tuple(refs), number, batch_and_line, None if state is None else ProposalState(state))


def read_clusters(cards: Iterable[Row], refs: Iterable[Row], keys: Iterable[Row]) -> tuple[Cluster, ...]:
    """Clusters from all of their rows: each has its id first, and then a body, a name with its owner, or a key."""
    owners: defaultdict[int, dict[Ref, str]] = defaultdict(dict)
    for cluster, batch, number, of in refs:
        owners[cluster][Ref(batch, number)] = of
    bodies, digests = _grouped(cards), _grouped(keys)
    return tuple(
        Cluster(cluster, frozenset(digests[cluster]), owners[cluster], _newest_first(bodies[cluster]))
        for cluster in sorted(owners.keys() | bodies.keys() | digests.keys())
    )


def _newest_first(bodies: Iterable[str]) -> tuple[model.Proposal, ...]:
    return tuple(sorted(map(read_card, bodies), key=order_of, reverse=True))


def _grouped(rows: Iterable[Row]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for cluster, value in rows:
        found[cluster].append(value)
    return found
