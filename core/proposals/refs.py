"""What proposals are named after: entries, and lines of imports. Each names the proposal that it belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from core.ledger.sightings import ProposalSighting
    from core.proposals.model import Proposal

NAME: Final = re.compile(r"#?(?:([1-9][0-9]{0,9})-)?([1-9][0-9]{0,9})", re.ASCII)


class Ref(NamedTuple):
    """An entry by its number (`batch` is 0 then), or a line of the import `batch`."""

    batch: int
    number: int

    @property
    def name(self) -> str:
        """How lines and buttons name it, such as "12" or "7-3"."""
        return f"{self.batch}-{self.number}" if self.batch else str(self.number)


def entry_ref(number: int) -> Ref:
    """An entry by its number."""
    return Ref(0, number)


def ref_named(name: str) -> Ref | None:
    """What is called so (None: nothing can be)."""
    found = NAME.fullmatch(name.strip())
    return None if found is None else Ref(int(found[1] or 0), int(found[2]))


def own_ref(proposal: Proposal) -> Ref:
    """What a proposal is named after."""
    batch, _, number = proposal.ref.rpartition("-")
    return Ref(int(batch or 0), int(number))


def refs_of(proposal: Proposal) -> tuple[Ref, ...]:
    """All that names a proposal, beginning with its own name."""
    rest = [*map(entry_ref, proposal.entries), *(Ref(*seen) for seen in proposal.seen)]
    return tuple(dict.fromkeys([own_ref(proposal), *rest]))


def order_of(proposal: Proposal) -> tuple[object, ...]:
    """Where a proposal comes in a list, the newest last."""
    own = own_ref(proposal)
    return proposal.sent, own.batch == 0, own


def told_of(told: ProposalSighting) -> tuple[Ref, ...]:
    """By what somebody said which proposal they mean."""
    entry = () if told.number is None else (entry_ref(told.number),)
    return entry if told.seen is None else (*entry, Ref(*told.seen))
