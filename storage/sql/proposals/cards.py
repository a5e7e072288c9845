"""The derived cards of proposals: lists of them, and what it takes to derive some of them again."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from core.proposals.listing import MOST_WORDS, Tally, Trait
from core.proposals.ports import Age, Known, Mark, NewFacts, passing_mark
from core.proposals.refs import Ref, ref_named
from core.shared.bounds import MOST_MONEY
from storage.sql.imports import read_heads
from storage.sql.proposals.statements import CardSql, FactSql, called, containing
from storage.sql.session import Aggregate, reads, writes
from storage.sql.tables.cards import read_card, read_cards, read_groups
from storage.sql.tables.imports import read_batch, read_proposal, read_sighting
from storage.sql.tables.ledger import micros
from storage.sql.tables.proposals import cluster_rows, read_clusters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from core.ledger.sightings import Batch, ProposalSighting, Sighting
    from core.proposals.card_groups import CardGroup
    from core.proposals.listing import Wanted
    from core.proposals.model import Proposal
    from core.proposals.ports import Cluster, Renewal, Touched
    from core.shared.ids import WalletId
    from storage.sql.journal import Journal
    from storage.sql.session import Connections, Session
    from storage.sql.tables.codec import Row
    from storage.sql.tables.proposals import ClusterRows

EVERY: Final = -1
"""The mask that every trait passes."""
SLICE: Final = 250
"""How many clusters are written in one transaction."""


class ProposalCards(Aggregate):
    """Implements `core.proposals.ports.ProposalCards`."""

    def __init__(self, connections: Connections, journal: Journal) -> None:
        """`journal` reads entries."""
        super().__init__(connections)
        self._sql, self._facts = connections.to_text.compiled(CardSql), connections.to_text.compiled(FactSql)
        self._journal = journal

    @reads
    def age(self, session: Session, wallet: WalletId) -> Age:
        row = session.row(self._sql.age, wallet)
        if row is None:
            return Age(None, 0, 0)
        entries, imports, *mark = row
        return Age(None if mark[0] is None else Mark(*mark), entries, imports or 0)

    @reads
    def new_facts(self, session: Session, wallet: WalletId, mark: Mark, now: Age) -> NewFacts:
        between = wallet, mark.imports + 1, now.imports
        batches, proposals = (session.rows(sql, *between) for sql in (self._facts.batches, self._facts.proposals))
        entries = self._journal.entries(session, wallet, mark.entries + 1, now.entries)
        return NewFacts(tuple(entries), read_heads(batches, proposals))

    @reads
    def known(self, session: Session, wallet: WalletId, touched: Touched, mark: Mark, limit: int) -> Known | None:
        clusters = frozenset(self._touched(session, wallet, touched))
        refs: set[Ref] = set()
        for cluster in clusters:
            refs.update(Ref(*row) for row in session.rows(self._sql.refs, wallet, cluster))
            if len(refs) > limit:
                return None
        numbers = sorted(ref.number for ref in refs if not ref.batch)
        entries = self._journal.with_followers(session, wallet, numbers)
        unknown = frozenset(row[0] for row in session.rows(self._facts.unknown_lots, wallet))
        batches = self._batches(session, wallet, numbers, [ref for ref in refs if ref.batch], mark)
        return Known(clusters, tuple(one for one in entries if one.number <= mark.entries), batches, unknown)

    def _touched(self, session: Session, wallet: WalletId, touched: Touched) -> Iterator[int]:
        asked = (
            (self._sql.with_key, ((key,) for key in touched.keys)),
            (self._sql.with_ref, touched.refs),
            (self._sql.with_batch, ((batch,) for batch in touched.batches)),
        )
        for sql, values in asked:
            for value in values:
                yield from (row[0] for row in session.rows(sql, wallet, *value))

    def _batches(
        self, session: Session, wallet: WalletId, numbers: Iterable[int], lines: Iterable[Ref], mark: Mark
    ) -> tuple[Batch, ...]:
        """The imports that saw these entries or have these lines, and all histories, with the undos of these."""
        rows: defaultdict[int, list[Sighting]] = defaultdict(list)
        for number in numbers:
            for row in session.rows(self._facts.sightings, wallet, number):
                rows[row[0]].append(read_sighting(row[1:]))
        told: defaultdict[int, list[ProposalSighting]] = defaultdict(list)
        for line in lines:
            told[line.batch] += map(read_proposal, session.rows(self._facts.line, wallet, *line))
        heads = [read_batch(row) for row in session.rows(self._facts.histories, wallet, mark.imports)]
        found = {head.number: head for head in heads}
        for number in (rows.keys() | told.keys()) - found.keys():
            found[number] = read_batch(session.row(self._facts.batches, wallet, number, number))
        for number in list(found):
            undos = map(read_batch, session.rows(self._facts.undo, wallet, number, mark.imports))
            found |= {undo.number: undo for undo in undos}
        return tuple(
            found[number]._replace(
                sightings=tuple(sorted(rows[number], key=lambda row: row.line)),
                proposals=tuple(sorted(told[number], key=lambda one: one.line)),
            )
            for number in sorted(found)
            if number <= mark.imports
        )

    @reads
    def clusters(self, session: Session, wallet: WalletId) -> tuple[Cluster, ...]:
        return read_clusters(*(session.rows(sql, wallet) for sql in self._sql.everything))

    async def renew(self, wallet: WalletId, renewal: Renewal) -> bool:
        """Many clusters are written in slices, so that no booking waits for all of them.

        Until the last one is there, the mark is one that no cards have, as if another version had derived them.
        """
        slices = await asyncio.to_thread(_sliced, wallet, renewal.clusters)
        unfinished = passing_mark()
        seen, gone = renewal.seen, renewal.gone
        for number, rows in enumerate(slices, 1):
            then = renewal.now if number == len(slices) else unfinished
            if not await self._put(wallet, (seen, then), gone, rows):
                return False
            seen, gone = then, frozenset()
        return True

    @writes()
    def _put(
        self,
        session: Session,
        wallet: WalletId,
        marks: tuple[Mark | None, Mark],
        gone: frozenset[int] | None,
        rows: ClusterRows,
    ) -> bool:
        """Drop clusters, add others and set the mark; False if it is not the first of `marks`."""
        session.rows(self._sql.lock, wallet)
        row = session.row(self._sql.mark, wallet)
        seen, then = marks
        if (None if row is None else Mark(*row)) != seen:
            return False
        self._drop(session, wallet, gone)
        if seen is None:
            session.run(self._sql.add_mark, wallet, *then)
        else:
            session.run(self._sql.set_mark, *then, wallet)
        for sql, some in zip((self._sql.add_card, self._sql.add_ref, self._sql.add_key), rows, strict=True):
            if some:
                session.run_many(sql, some)
        return True

    def _drop(self, session: Session, wallet: WalletId, gone: frozenset[int] | None) -> None:
        if gone is None:
            for sql in self._sql.clear:
                session.run(sql, wallet)
            return
        for sql in self._sql.drop:
            for cluster in gone:
                session.run(sql, wallet, cluster)

    @reads
    def page(self, session: Session, wallet: WalletId, wanted: Wanted, skip: int, limit: int) -> tuple[Proposal, ...]:
        rows = session.rows(self._sql.page, *_values(wallet, wanted), limit, skip)
        return tuple(read_cards([body for (body,) in rows]))

    @reads
    def by_ref(self, session: Session, wallet: WalletId, after: Ref, limit: int) -> tuple[Proposal, ...]:
        return tuple(read_cards([body for (body,) in session.rows(self._sql.by_ref, wallet, *after, limit)]))

    @reads
    def tally(self, session: Session, wallet: WalletId, wanted: Wanted, recent: datetime) -> tuple[Tally, ...]:
        rows = session.rows(self._sql.tally, micros(recent), *_values(wallet, wanted))
        return tuple(Tally(Trait(traits), bool(is_recent), number) for traits, is_recent, number in rows)

    @reads
    def groups(self, session: Session, wallet: WalletId, edges: Sequence[datetime]) -> tuple[CardGroup, ...]:
        if not edges:
            return ()
        begins = [*map(micros, edges)]
        return read_groups(session.rows(self._sql.between, wallet, begins[0], begins[-1]), begins)

    @reads
    def named(self, session: Session, wallet: WalletId, refs: Collection[Ref]) -> Mapping[Ref, Proposal]:
        found: dict[Ref, Proposal] = {}
        for ref in refs:
            row = session.row(self._sql.owner, wallet, *ref)
            if row is not None and (own := ref_named(row[0])) is not None:
                found[ref] = read_card(session.row(self._sql.card, wallet, *own)[0])
        return found


def _sliced(wallet: WalletId, clusters: Sequence[Cluster]) -> list[ClusterRows]:
    """The rows of clusters, in slices; at least one slice, which may be empty."""
    starts = range(0, len(clusters), SLICE) or [0]
    return [cluster_rows(wallet, clusters[start : start + SLICE]) for start in starts]


def _values(wallet: WalletId, wanted: Wanted) -> Row:
    """The values that a filter's conditions are given."""
    since = -MOST_MONEY if wanted.since is None else micros(wanted.since)
    before = MOST_MONEY if wanted.before is None else micros(wanted.before)
    words = [*wanted.words, *[""] * MOST_WORDS][:MOST_WORDS]
    who = f",{','.join(map(str, wanted.by))},", called(wanted.member, anybody=not wanted.by)
    asked = int(wanted.traits) or EVERY, since, before, *who, wanted.job
    return (wallet, *asked, *map(containing, words))
