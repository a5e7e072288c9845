"""What becomes of the books when a person is forgotten: words go, figures and the proof of them stay.

In their own wallets all words go. In those of others it is what they did: by the rule that says for whom an entry
counts (`core.team.attribution`), and by who imported or said what was seen of a proposal. Of a link that was undone it
is all that it had taken over from them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from core.forgetting.mentions import is_plain
from core.forgetting.model import Forgotten
from core.ledger.change_keys import change_key
from core.ledger.earning import EARNING
from core.ledger.erased.keys import action_of, erased_key, is_erased_key
from core.ledger.erased.witness import (
    ENTRY,
    IMPORT,
    ORDER,
    Witness,
    ranked,
    ranks_of_days,
    witness_of_entry,
    witness_of_import,
)
from core.ledger.model import Source
from core.ledger.seal import SECOND
from core.ledger.sightings import BatchKind
from core.team.attribution import Naming, add_namings, who_did

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from core.forgetting.mentions import Mentions
    from core.ledger.model import Entry
    from core.ledger.ports import Record
    from core.ledger.sightings import Batch, ProposalSighting, Sighting
    from core.shared.ids import PersonId, WalletId


class ErasedRows(NamedTuple):
    """The rows of a wallet that change, as they are left, and what proves them.

    Of each import among `batches` those sightings are given that change, too. `once_keys` are the names that go.
    """

    wallet: WalletId
    entries: tuple[Entry, ...] = ()
    batches: tuple[Batch, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    once_keys: tuple[str, ...] = ()
    texts: frozenset[str] = frozenset()
    """The words that went."""
    stays: int = 0
    """How many entries stay without them: all of their own books, and what they booked in those of others."""


class Erasing:
    """The rows of one wallet without the words of one person."""

    def __init__(
        self,
        record: Record,
        mentions: Mentions,
        secret: str,
        people: Mapping[str, PersonId | None],
        ranks: Mapping[int, str],
        *,
        own: bool,
    ) -> None:
        """`people` is whom its pages call by a name, `ranks` what took the place of memos that were erased before.

        `own`: the wallet is theirs, so that nothing in it is others'.
        """
        self._record, self._mentions, self._secret, self._own = record, mentions, secret, own
        self._ranks = ranks
        self._people = people
        rows = ((batch.number, row) for batch in record.batches for row in batch.sightings)
        self._namings: dict[int, Naming] = {}
        add_namings(self._namings, rows)
        self._theirs = {entry.number for entry in record.entries if own or self._did(entry)}
        self._theirs |= set(self._repeated())
        self._changes = self._erased_changes()
        self._gone: set[str] = set()

    def rows(self) -> ErasedRows:
        """What changes."""
        entries, witnesses = self._entries()
        batches, more = self._batches()
        keys = tuple(key.name for key in self._record.head.once_keys if key.number in self._theirs and _named(key.name))
        texts = frozenset(filter(None, self._gone))
        proof = (*witnesses, *more, *self._order())
        stays = sum(self._own or entry.by in self._mentions.subject.persons for entry in self._record.entries)
        return ErasedRows(self._record.head.wallet, entries, batches, proof, keys, texts, stays)

    def _order(self) -> Iterator[Witness]:
        """In which order facts of a day count whose memos go."""
        gone = {entry.number for entry in self._record.entries if entry.number in self._theirs and entry.memo}
        for number, rank in ranks_of_days(ranked(self._record.entries, self._ranks), gone).items():
            yield Witness(self._record.head.wallet, ORDER, number, rank)

    def _did(self, entry: Entry) -> bool:
        """Whether an entry counts for them, or a link took it over from them."""
        if action_of(entry.key) in self._mentions.taken_over:
            return True
        who = who_did(entry.by, self._namings.get(entry.number), self._people)
        return who.person in self._mentions.subject.persons

    def _repeated(self) -> Iterator[int]:
        """Others' entries that repeat the memo of one of theirs, such as the undo of it."""
        memos = {entry.number: entry.memo for entry in self._record.entries if entry.number in self._theirs}
        for entry in self._record.entries:
            if entry.of in memos and entry.memo == memos[entry.of]:
                memos[entry.number] = entry.memo
                yield entry.number

    def _erased_changes(self) -> frozenset[str]:
        """The changes whose keys name them, or hold their lines."""
        importers = {batch.key: batch.by for batch in self._record.batches}
        actors = {change: entry.by for entry in self._record.entries if (change := change_key(entry.key))} | importers
        return frozenset(change for change, by in actors.items() if self._is_erased(change, by))

    def _is_erased(self, change: str, by: PersonId | None) -> bool:
        if is_erased_key(change):
            return False
        theirs = by in self._mentions.subject.persons and not is_plain(action_of(change))
        return self._own or theirs or action_of(change) in self._mentions.links or self._mentions.in_key(change)

    def _key(self, key: str) -> str:
        return erased_key(key, self._secret) if change_key(key) in self._changes else key

    def _entries(self) -> tuple[tuple[Entry, ...], tuple[Witness, ...]]:
        changed: list[Entry] = []
        witnesses: list[Witness] = []
        previous, stored = "", {lot.number: lot for lot in self._record.head.lots}
        for entry in self._record.entries:
            new_lots = [stored.pop(leg.lot) for leg, _ in entry.moves if leg.lot in stored]
            if (left := self._left(entry)) != entry:
                changed.append(left)
                if _needs_witness(entry, left):
                    seal = witness_of_entry(previous, left, new_lots)
                    witnesses.append(Witness(entry.wallet, ENTRY, entry.number, seal))
            previous = entry.seal
        return tuple(changed), tuple(witnesses)

    def _left(self, entry: Entry) -> Entry:
        key = self._key(entry.key)
        left = entry if key == entry.key else replace(entry, key=key, body="")
        if entry.number not in self._theirs or not (entry.memo or entry.salt):
            return left
        self._gone.add(entry.memo)
        return replace(left, memo="", salt="")

    def _batches(self) -> tuple[tuple[Batch, ...], tuple[Witness, ...]]:
        changed: list[Batch] = []
        witnesses: list[Witness] = []
        previous = ""
        for batch in self._record.batches:
            left = batch._replace(
                key=self._key(batch.key),
                sightings=tuple(self._rows_left(batch)),
                proposals=tuple(self._proposals_left(batch)),
            )
            if left.key != batch.key:
                seals = [*(row.seal for row in batch.sightings), *(one.seal for one in batch.proposals)]
                witnesses.append(Witness(batch.wallet, IMPORT, batch.number, witness_of_import(previous, left, seals)))
            if left.key != batch.key or left.sightings or left.proposals:
                changed.append(left)
            previous = batch.seal
        return tuple(changed), tuple(witnesses)

    def _rows_left(self, batch: Batch) -> Iterator[Sighting]:
        taken_over = action_of(batch.key) in self._mentions.taken_over
        for row in batch.sightings:
            named = bool(row.member) and self._people.get(row.member or "") in self._mentions.subject.persons
            left = row._replace(wording="", title="", member=None, salt="")
            if left != row and (taken_over or named or row.number in self._theirs):
                self._gone |= {row.title, row.member or ""}
                yield left

    def _proposals_left(self, batch: Batch) -> Iterator[ProposalSighting]:
        theirs = batch.by in self._mentions.subject.persons or action_of(batch.key) in self._mentions.taken_over
        said = self._own or theirs
        for one in batch.proposals:
            seen = batch.kind is BatchKind.PROPOSALS and one.number in self._theirs
            tags = None if one.tags is None else ("",) * len(one.tags)
            left = one._replace(title="", profile="", tags=tags, salt="")
            if left != one and (said or seen):
                self._gone |= {one.title, one.profile}
                yield left


def forgotten(
    mentions: Mentions, erased: Iterable[ErasedRows], groups: Collection[WalletId], chats: int, rows: int
) -> Forgotten:
    """What was forgotten of a person: so many chats and other rows. Of whoever was forgotten before, nothing more.

    `groups` are all wallets of groups.
    """
    every, own = tuple(erased), mentions.subject.wallets
    persons, texts = tuple(sorted(mentions.subject.persons)), len(frozenset[str]().union(*(one.texts for one in every)))
    stays = {one.wallet: one.stays if mentions.names else 0 for one in every}
    entries, in_groups = (sum(stays[wallet] for wallet in some if wallet in stays) for some in (own, groups))
    return Forgotten(persons, entries, in_groups, texts, chats, rows)


def _needs_witness(entry: Entry, left: Entry) -> bool:
    """Whether something is gone that the entry's own seal covers."""
    return left.key != entry.key or (left.memo != entry.memo and not entry.seal.startswith(SECOND))


def _named(once_key: str) -> bool:
    """Whether a once-key holds a name that somebody typed."""
    source = once_key.partition(":")[0]
    return source in {*Source} and (rule := EARNING.get(Source(source))) is not None and rule.named
