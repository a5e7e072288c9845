"""The tables of the derived cards of proposals, and how their rows are read and written."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, PrimaryKeyConstraint
from sqlmodel import Field

from core.proposals.listing import traits_of
from core.proposals.ports import Cluster
from core.proposals.refs import Ref, order_of, own_ref
from core.shared.ids import WalletId
from core.shared.names import folded
from storage.sql.tables.cards import body_of, read_card, read_cards
from storage.sql.tables.ledger import NO_ROWID, Id, Moment, Table, micros

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from core.proposals import model
    from storage.sql.tables.codec import Row


CLUSTER: Final = 3
"""Where a card's row has its cluster."""


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
    """The cards. Title and member are in the form in which names are compared; `body` is the card as a text.

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
    return (wallet, *own, cluster, traits, *sought, body_of(card))


def ill_listed(rows: Iterable[Row]) -> str | None:
    """The first card that is listed by something else than what it says (None: each is listed as it should be)."""
    for row in rows:
        card = read_card(row[-1])
        if tuple(row) != _card_row(WalletId(row[0]), row[CLUSTER], card):
            return f"proposal {card.ref} is listed by something else than what its card says"
    return None


def read_clusters(cards: Sequence[Row], refs: Iterable[Row], keys: Iterable[Row]) -> tuple[Cluster, ...]:
    """Clusters from all of their rows: each has its id first, and then a body, a name with its owner, or a key."""
    owners: defaultdict[int, dict[Ref, str]] = defaultdict(dict)
    for cluster, batch, number, of in refs:
        owners[cluster][Ref(batch, number)] = of
    read = read_cards([body for _, body in cards])
    found, digests = _grouped(zip((cluster for cluster, _ in cards), read, strict=True)), _grouped(keys)
    return tuple(
        Cluster(cluster, frozenset(digests[cluster]), owners[cluster], _newest_first(found[cluster]))
        for cluster in sorted(owners.keys() | found.keys() | digests.keys())
    )


def _newest_first(cards: Iterable[model.Proposal]) -> tuple[model.Proposal, ...]:
    return tuple(sorted(cards, key=order_of, reverse=True))


def _grouped(rows: Iterable[Row]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for cluster, value in rows:
        found[cluster].append(value)
    return found
