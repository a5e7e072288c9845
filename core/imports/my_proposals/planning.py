"""What an import of "My proposals" would say of a wallet's proposals. It is pure: nothing is booked here."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from core.imports.my_proposals.other_account import is_other_account
from core.imports.planning import finished
from core.ledger.model import Change
from core.ledger.past.batches import next_batch
from core.ledger.sightings import Batch, BatchKind, ProposalState
from core.proposals.deriving import Facts, derive
from core.proposals.model import ENDS, STAGES
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from core.ledger.entry_builder import Intent
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import ProposalSighting
    from core.proposals.model import Proposal
    from core.proposals.my_proposals import MyProposals, MyProposalsAnswers


class StateCount(NamedTuple):
    """How many proposals the page shows in a state, and how many of them were not known to be so."""

    state: ProposalState
    shown: int
    new: int


class Fitting(NamedTuple):
    """A line of the page that fits several proposals."""

    seen: ProposalSighting
    proposals: tuple[Proposal, ...]


class MyProposalsPreview(NamedTuple):
    """What the page would set; exactly that is booked by `change`, if the books have not changed meanwhile.

    `states` count its lines. `known` lines say nothing new, `completed` ones add Upwork's own id only. `added` are of
    proposals that nothing else knows, so that they get a card without a cost. `kept` lines are behind what is known:
    no state goes back. `unclear` fit several proposals, and nobody has said which; `open_lines` are all that stay open
    if it is booked so. `change` is None if nothing in it is new. `stamp` identifies what is shown.
    """

    page: MyProposals
    states: tuple[StateCount, ...]
    known: int
    completed: int
    added: int
    kept: int
    unclear: tuple[Fitting, ...]
    open_lines: int
    other_account: bool
    change: Change | None
    stamp: str


class MyProposalsPlan(NamedTuple):
    """The import of a page, the wallet's imports before it, and the proposals before and after it."""

    batches: tuple[Batch, ...]
    batch: Batch
    before: tuple[Proposal, ...]
    after: tuple[Proposal, ...]


def preview_of(
    record: Record, page: MyProposals, answers: MyProposalsAnswers, intent: Intent, rulebook: Rulebook
) -> MyProposalsPreview:
    """What an import of the page would set."""
    planned = plan(record, page, answers, intent)
    findings = tuple(_findings(planned, answers))
    moved = Counter(one.seen.state for one in findings if one.moved)
    shown = Counter(one.seen.state for one in findings)
    unclear = tuple(Fitting(one.seen, one.fitting) for one in findings if one.fitting and not one.left)
    says_more = any(one.moved or one.added or one.completed or one.settled for one in findings)
    says_more |= any(one.fitting and not one.was_unclear for one in findings)
    preview = MyProposalsPreview(
        page,
        tuple(StateCount(state, shown[state], moved[state]) for state in ORDER if shown[state]),
        known=sum(not (one.moved or one.added or one.completed or one.fitting) for one in findings),
        completed=sum(one.completed and not (one.moved or one.added) for one in findings),
        added=sum(one.added for one in findings),
        kept=sum(one.kept for one in findings),
        unclear=unclear,
        open_lines=sum(bool(one.fitting) for one in findings),
        other_account=not answers.own_account and is_other_account(record, page, _cards(planned)),
        change=finished(record, Change((), ()), planned.batch, rulebook) if says_more else None,
        stamp="",
    )
    return preview._replace(stamp=_stamp(preview, planned, findings))


def plan(record: Record, page: MyProposals, answers: MyProposalsAnswers, intent: Intent) -> MyProposalsPlan:
    """The import of the page, with what was answered, and what follows from it."""
    batch = next_batch(record.head, intent, len(record.batches), BatchKind.PROPOSALS)
    batch = batch._replace(last=page.copied, proposals=page.proposals)
    before = derive(Facts(record.entries, record.batches))
    batch, after = _told(record, batch, answers)
    while (continued := _continued(record.batches, batch, after)) != batch:
        batch, after = continued, _derived(record, continued)
    return MyProposalsPlan(record.batches, batch, before, after)


def _told(record: Record, batch: Batch, answers: MyProposalsAnswers) -> tuple[Batch, tuple[Proposal, ...]]:
    """The import with what was answered, and what follows from it."""
    after = _derived(record, batch)
    if not answers.which:
        return batch, after
    batch = batch._replace(proposals=tuple(_settled(batch, after, answers)))
    return batch, _derived(record, batch)


def _continued(batches: Sequence[Batch], batch: Batch, proposals: Sequence[Proposal]) -> Batch:
    """The import with more of the lines settled that fit several proposals, so that nothing is asked twice.

    It is the one that looked the same on an earlier page; or the only one that no other line of this page is.
    """
    open_lines = _unclear(batch, proposals)
    if not open_lines:
        return batch
    named = {proposal.ref: proposal for proposal in proposals}
    taken = {proposal.ref for proposal in proposals if any(number == batch.number for number, _ in proposal.seen)}
    lines: list[ProposalSighting] = []
    for seen in batch.proposals:
        free = [named[ref] for ref in open_lines.get(seen.line, ()) if ref in named and ref not in taken]
        alike = [proposal for proposal in free if _looked_so(seen, proposal, batches)]
        found = alike[0] if alike else free[0] if len(free) == 1 else None
        taken |= set() if found is None else {found.ref}
        lines.append(seen if found is None else _settled_as(seen, found))
    return batch._replace(proposals=tuple(lines))


def _looked_so(seen: ProposalSighting, proposal: Proposal, batches: Sequence[Batch]) -> bool:
    """Whether the latest page that had a proposal showed it as this line does."""
    pages = {batch.number: batch for batch in batches if batch.kind is BatchKind.PROPOSALS}
    before = max((name for name in proposal.seen if name[0] in pages), default=None)
    if before is None:
        return False
    return any(one.line == before[1] and _look(one) == _look(seen) for one in pages[before[0]].proposals)


def _derived(record: Record, batch: Batch) -> tuple[Proposal, ...]:
    return derive(Facts(record.entries, (*record.batches, batch)))


def _settled(batch: Batch, proposals: Sequence[Proposal], answers: MyProposalsAnswers) -> Iterator[ProposalSighting]:
    """The lines with what was answered. An answer counts only while the line still fits that proposal."""
    open_lines = _unclear(batch, proposals)
    named = {proposal.ref: proposal for proposal in proposals}
    for seen in batch.proposals:
        ref = answers.which.get(seen.line, "")
        proposal = named.get(ref) if ref in open_lines.get(seen.line, ()) else None
        yield seen if proposal is None else _settled_as(seen, proposal)


def _settled_as(seen: ProposalSighting, proposal: Proposal) -> ProposalSighting:
    if proposal.entries:
        return seen._replace(number=proposal.entries[0])
    return seen._replace(seen=proposal.seen[0])


def _unclear(batch: Batch, proposals: Iterable[Proposal]) -> Mapping[int, tuple[str, ...]]:
    """The lines of an import that fit several proposals, with the names of these."""
    return {
        one.seen[1]: one.refs
        for proposal in proposals
        for one in proposal.unclear
        if one.seen is not None and one.seen[0] == batch.number
    }


class _Finding(NamedTuple):
    """What a line of the page says that was not known."""

    seen: ProposalSighting
    moved: bool = False
    completed: bool = False
    added: bool = False
    kept: bool = False
    fitting: tuple[Proposal, ...] = ()
    left: bool = False
    was_unclear: bool = False
    settled: bool = False


def _cards(planned: MyProposalsPlan) -> Mapping[int, Proposal]:
    """The proposal that each line of the page is."""
    return {
        line: proposal for proposal in planned.after for number, line in proposal.seen if number == planned.batch.number
    }


def _findings(planned: MyProposalsPlan, answers: MyProposalsAnswers) -> Iterator[_Finding]:
    cards, unclear = _cards(planned), _unclear(planned.batch, planned.after)
    named = {proposal.ref: proposal for proposal in planned.after}
    known = _known_by(planned.before)
    open_before = _open_before(planned)
    for seen in planned.batch.proposals:
        card = cards.get(seen.line)
        if card is not None:
            before = next((known[name] for name in _names(card) if name in known), None)
            yield _one(seen, card, before, asked=bool(answers.which.get(seen.line)))
        else:
            look = _look(seen)
            was_open = open_before[look] > 0
            open_before[look] -= was_open
            fitting = tuple(named[ref] for ref in unclear.get(seen.line, ()) if ref in named)
            yield _Finding(seen, fitting=fitting, left=was_open or seen.line in answers.which, was_unclear=was_open)


def _one(seen: ProposalSighting, card: Proposal, before: Proposal | None, *, asked: bool) -> _Finding:
    """What a line says of its proposal, of which it is known how it was before."""
    if before is None:
        return _Finding(seen, added=True)
    moved = (card.stage, card.end, card.viewed) != (before.stage, before.end, before.viewed)
    return _Finding(
        seen,
        moved=moved,
        completed=bool(card.proposal) and not before.proposal,
        kept=not moved and _is_behind(seen.state, before),
        settled=asked,
    )


def _is_behind(state: ProposalState, known: Proposal) -> bool:
    """Whether more is known of a proposal than that state."""
    if state in ENDS:
        return known.end is None
    if known.end is not None:
        return True
    return state in STAGES and known.stage in STAGES and STAGES.index(state) < STAGES.index(known.stage)


def _names(proposal: Proposal) -> Iterator[object]:
    yield from proposal.entries
    yield from proposal.seen


def _known_by(proposals: Iterable[Proposal]) -> Mapping[object, Proposal]:
    return {name: proposal for proposal in proposals for name in _names(proposal)}


def _look(seen: ProposalSighting) -> tuple[object, ...]:
    return folded(seen.title), seen.day, seen.state, seen.viewed, seen.boosted


def _open_before(planned: MyProposalsPlan) -> Counter[tuple[object, ...]]:
    """What earlier pages left open, so that it is not asked about once more."""
    return Counter(_look(one) for one in _left_open(planned))


def _left_open(planned: MyProposalsPlan) -> Iterator[ProposalSighting]:
    names = {one.seen for proposal in planned.before for one in proposal.unclear if one.seen is not None}
    newest: dict[tuple[object, ...], int] = {}
    pages = {batch.number: batch for batch in planned.batches}
    for number, line in sorted(names):
        seen = next(one for one in pages[number].proposals if one.line == line)
        if newest.setdefault(_look(seen), number) == number:
            yield seen


def _stamp(preview: MyProposalsPreview, planned: MyProposalsPlan, findings: Sequence[_Finding]) -> str:
    """What tells this preview from another one: all that it would book, and what it says of each line."""
    cards = _cards(planned)
    lines = [
        (
            [*seen],
            cards[seen.line].ref if seen.line in cards else [proposal.ref for proposal in one.fitting],
            [one.moved, one.completed, one.added, one.kept],
        )
        for one in findings
        for seen in (one.seen,)
    ]
    facts = (str(preview.page.copied), preview.change is None, preview.other_account, lines)
    return hashlib.blake2b(json.dumps(facts, default=str).encode(), digest_size=8).hexdigest()


ORDER: Final = (
    ProposalState.HIRED,
    ProposalState.OFFERED,
    ProposalState.INTERVIEW,
    ProposalState.REPLIED,
    ProposalState.VIEWED,
    ProposalState.SENT,
    ProposalState.CLOSED,
    ProposalState.DECLINED,
    ProposalState.WITHDRAWN,
    ProposalState.EXPIRED,
    ProposalState.ARCHIVED,
    ProposalState.INVITED,
)
"""The order in which a preview names the states."""
