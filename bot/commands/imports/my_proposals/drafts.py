"""Pages "My proposals" that wait to be booked, for a day: what was read and answered. No raw text is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from bot.commands.imports.drafts import DraftNotes
from core.ledger.sightings import Boosted, ProposalSighting, ProposalState
from core.proposals.my_proposals import Count, MyProposals, MyProposalsAnswers, Section
from core.shared.money import Price

if TYPE_CHECKING:
    from core.shared.ids import PersonId, WalletId


@dataclass(frozen=True, slots=True)
class MyProposalsDraft:
    """An import of `page` into `wallet`, which `person` began at `at`. `booked` is its number, once it has one."""

    id: str
    wallet: WalletId
    person: PersonId
    page: MyProposals
    answers: MyProposalsAnswers
    at: datetime
    booked: int = 0

    def moved(self, wallet: WalletId, person: PersonId) -> MyProposalsDraft:
        """The draft for another wallet, of whoever sent it. What was answered was about other books."""
        return replace(self, wallet=wallet, person=person, answers=MyProposalsAnswers())


MY_PROPOSALS: Final = DraftNotes(
    MyProposalsDraft,
    "my_proposals",
    (
        Boosted,
        Count,
        Mapping,
        Price,
        ProposalSighting,
        ProposalState,
        Section,
        MyProposals,
        MyProposalsAnswers,
        date,
        datetime,
    ),
)
keep_my_proposals, kept_my_proposals, drop_my_proposals = MY_PROPOSALS.keep, MY_PROPOSALS.kept, MY_PROPOSALS.drop
