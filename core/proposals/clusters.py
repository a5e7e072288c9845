"""Clusters of proposals: what may belong together shares a job or a title, and is derived together.

So when something is booked, only the clusters that it touches are derived again.
"""

from __future__ import annotations

from collections import defaultdict
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

from core.ledger.change_keys import change_key, position_of
from core.ledger.model import Kind
from core.ledger.past.lineage import RETURNED
from core.ledger.sightings import ProposalSighting
from core.proposals.deriving import keys_of
from core.proposals.deriving.pieces import OURS
from core.proposals.ports import Cluster, Touched
from core.proposals.refs import Ref, entry_ref, refs_of, told_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from core.ledger.model import Entry
    from core.ledger.sightings import Batch, Sighting
    from core.proposals.deriving import Facts
    from core.proposals.model import Proposal

Node: TypeAlias = "Ref | int"
"""An entry or a line, or a key by its digest."""


def digest_of(key: str) -> int:
    """A key as 63 bits. If two had the same digest, their clusters would be derived together, which is as right."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") >> 1


def touched_by(entries: Iterable[Entry], batches: Iterable[Batch]) -> Touched:
    """What new entries and imports are about."""
    keys: set[int] = set()
    refs: set[Ref] = set()
    undone: set[int] = set()
    for entry in entries:
        if _can_be_part(entry):
            keys.update(_digests(entry))
        if entry.of is not None:
            refs.add(entry_ref(entry.of))
    for batch in batches:
        if batch.of is not None:
            undone.add(batch.of)
        for one in batch.proposals:
            keys.update(_digests(one))
            refs.update(told_of(one))
    return Touched(frozenset(keys), frozenset(refs), frozenset(undone))


def clustered(facts: Facts, proposals: Sequence[Proposal]) -> tuple[Cluster, ...]:
    """The clusters of all facts, with the proposals that were derived from these."""
    groups = _Groups()
    for nodes in _joined(facts):
        groups.join(nodes)
    named: dict[Ref, str] = {}
    for proposal in proposals:
        refs = refs_of(proposal)
        groups.join(refs)
        named |= dict.fromkeys(refs, proposal.ref)
    cards: defaultdict[Node, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        cards[groups.root(refs_of(proposal)[0])].append(proposal)
    return tuple(_cluster(nodes, named, cards[root]) for root, nodes in groups.members().items())


def _cluster(nodes: Iterable[Node], named: Mapping[Ref, str], proposals: Iterable[Proposal]) -> Cluster:
    keys = frozenset(node for node in nodes if isinstance(node, int))
    refs = {node: named.get(node, "") for node in nodes if isinstance(node, Ref)}
    number = min([*keys, *(digest_of(f"#{ref.name}") for ref in refs)])
    return Cluster(number, keys, refs, tuple(proposals))


def _joined(facts: Facts) -> Iterator[Sequence[Node]]:
    """What belongs to one cluster, because of one fact each."""
    there: set[int] = set()
    several: set[str] = set()
    for entry in facts.entries:
        if not _can_be_part(entry):
            continue
        there.add(entry.number)
        of = () if entry.of is None or entry.of not in there else (entry_ref(entry.of),)
        yield [entry_ref(entry.number), *of, *_digests(entry), *_change_of(entry, several)]
    for batch in facts.batches:
        for row in batch.sightings:
            if row.number in there:
                yield [entry_ref(row.number), *_digests(row)]
        for one in batch.proposals:
            yield [Ref(batch.number, one.line), *told_of(one), *_digests(one)]


def _can_be_part(entry: Entry) -> bool:
    """Whether an entry may be a part of a proposal by itself. What only corrects another one is read with that."""
    if entry.kind in {Kind.SPEND, Kind.RETURN}:
        return entry.counterpart in OURS
    return entry.kind is Kind.GRANT and entry.counterpart == RETURNED


def _change_of(entry: Entry, several: set[str]) -> list[int]:
    """The change of an entry as a key, if it has more entries; such changes are collected in `several`."""
    change = change_key(entry.key)
    if position_of(entry.key):
        several.add(change)
    return [digest_of(f"change:{change}")] if change in several else []


def _digests(one: Entry | Sighting | ProposalSighting) -> list[int]:
    keys = list(keys_of(one))
    if isinstance(one, ProposalSighting) and one.proposal:
        keys.append(f"proposal:{one.proposal}")
    return list(map(digest_of, keys))


class _Groups:
    """Nodes that are joined, directly or through others."""

    def __init__(self) -> None:
        self._above: dict[Node, Node] = {}

    def root(self, node: Node) -> Node:
        """The node that stands for all that are joined with this one."""
        above = self._above.setdefault(node, node)
        while above != node:
            higher = self._above[above]
            self._above[node] = higher
            node, above = above, higher
        return node

    def join(self, nodes: Iterable[Node]) -> None:
        """Join nodes, of which there is one at least."""
        first, *others = nodes
        root = self.root(first)
        for other in others:
            self._above[self.root(other)] = root

    def members(self) -> Mapping[Node, list[Node]]:
        """All nodes by their roots."""
        found: defaultdict[Node, list[Node]] = defaultdict(list)
        for node in self._above:
            found[self.root(node)].append(node)
        return found
