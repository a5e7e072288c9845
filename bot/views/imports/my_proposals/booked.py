"""What an import of "My proposals" booked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.reply.parts import Button, Reply, buttons, reply, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reply.parts import Say
    from core.imports.my_proposals.planning import MyProposalsPreview
    from core.ledger.sightings import Batch
    from core.proposals.findings import Findings, ReplyCost


class Figures(NamedTuple):
    """How many proposals get another state, only Upwork's own id, or a card without a cost; and how many stay open.

    The press carries them, so that it is answered alike however often it arrives.
    """

    moved: int
    completed: int
    added: int
    left: int

    @classmethod
    def in_preview(cls, preview: MyProposalsPreview) -> Figures:
        """Those of a preview."""
        moved = sum(count.new for count in preview.states)
        return cls(moved, preview.completed, preview.added, preview.open_lines)

    @classmethod
    def of(cls, numbers: Sequence[int]) -> Figures:
        """Those that a press carries."""
        moved, completed, added, left, *_ = (*numbers, 0, 0, 0, 0)
        return cls(moved, completed, added, left)

    @property
    def updated(self) -> int:
        """How many proposals the page says something new of."""
        return self.moved + self.completed + self.added

    @property
    def line(self) -> str:
        """What a press carries."""
        return " ".join(map(str, self))


def my_proposals_booked(batch: Batch, figures: Figures, found: Findings, *, here: bool) -> Reply:
    """What was booked, and what is known by now. If its wallet is not that of this chat (`here`), its undo names it."""
    line = f"import undo {batch.number}" if here else f"import undo {batch.number} {batch.wallet}"
    replies, overdue = found.replies, found.overdue
    return reply(
        say("my-proposals-done", proposals=figures.updated),
        say("my-proposals-done-cards", proposals=figures.added) if figures.added else None,
        say("my-proposals-done-open", proposals=figures.left) if figures.left else None,
        None if replies is None else _reply_cost(replies),
        say("my-proposals-overdue", jobs=overdue.jobs, connects=overdue.connects) if overdue else None,
        buttons(
            Button(say("button-undo-proposals"), line),
            Button(say("button-proposals"), "proposals") if here else None,
            Button(say("button-refunds"), "refunds") if here and overdue else None,
        ),
        replace=True,
    )


def _reply_cost(found: ReplyCost) -> Say:
    how = "about" if found.about else "exactly"
    counts = {"bids": found.bids, "replies": found.replies, "waiting": found.waiting}
    return say("my-proposals-reply-cost", how=how, connects=found.each, **counts)
