"""My proposals sets what is known of proposals: once, exactly as it was shown, and never back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.imports.model import Answers
from core.ledger.sightings import BatchKind, ProposalSighting, ProposalState
from core.proposals.deriving import Facts, derive
from core.proposals.my_proposals import MyProposals, MyProposalsAnswers
from core.shared.refusals import BooksMoved, NotThatDay, RefusedError
from tests.imports.keeper import APPLIED, BOUGHT, CANCELLED, Keeper, day, page, row

if TYPE_CHECKING:
    from core.imports.my_proposals.planning import MyProposalsPreview
    from core.ledger.sightings import Boosted
    from core.proposals.model import Proposal

SENT, VIEWED, REPLIED, CLOSED = (
    ProposalState.SENT,
    ProposalState.VIEWED,
    ProposalState.REPLIED,
    ProposalState.CLOSED,
)
HISTORY = page(
    row(10, APPLIED, -16, "Logo"),
    row(9, BOUGHT, 40),
    row(8, APPLIED, -8, "Flyer"),
    row(7, APPLIED, -6, "Twin"),
    row(7, APPLIED, -4, "Twin"),
    row(6, APPLIED, -2, "Card"),
    row(5, APPLIED, -2, "Sign"),
    balance=116,
)


def seen(
    number: int, state: ProposalState, title: str, boosted: Boosted | None = None, **more: str
) -> ProposalSighting:
    viewed = state is VIEWED
    return ProposalSighting(0, state, day(number), title, viewed=viewed, boosted=boosted, **more)  # type: ignore[arg-type] # texts


def page_with(*lines: ProposalSighting, copied: int = 12) -> MyProposals:
    return MyProposals(tuple(one._replace(line=line) for line, one in enumerate(lines, 1)), day(copied))


OPEN = page_with(seen(10, VIEWED, "Logo"), seen(8, REPLIED, "Flyer"), seen(6, SENT, "Card"))


async def shown(ann: Keeper, page: MyProposals, answers: MyProposalsAnswers | None = None) -> MyProposalsPreview:
    return await ann.imports.my_proposals.preview(ann.wallet, page, answers or MyProposalsAnswers(), ann.person)


async def take(ann: Keeper, page: MyProposals, answers: MyProposalsAnswers | None = None) -> MyProposalsPreview:
    preview = await shown(ann, page, answers)
    await ann.imports.my_proposals.book(ann.request, page, answers or MyProposalsAnswers(), preview.stamp)
    return preview


async def cards(ann: Keeper) -> dict[str, Proposal]:
    record = await ann.record()
    return {f"{one.title} {one.base}": one for one in derive(Facts(record.entries, record.batches))}


async def test_what_a_page_shows_is_set_once_and_taken_back(ann: Keeper) -> None:
    await ann.take(HISTORY)
    before = await cards(ann)
    preview = await take(ann, OPEN)
    assert [(one.state, one.shown, one.new) for one in preview.states] == [
        (REPLIED, 1, 1),
        (VIEWED, 1, 1),
        (SENT, 1, 0),
    ]
    assert (preview.known, preview.added, preview.kept, preview.unclear) == (1, 0, 0, ())
    now = await cards(ann)
    assert (now["Logo 16"].stage, now["Flyer 8"].stage, now["Card 2"].stage) == (VIEWED, REPLIED, SENT)
    again = await shown(ann, OPEN)
    assert (again.change, again.known) == (None, 3)
    undone = await ann.undo()
    assert (undone.batch.kind, undone.rows, undone.before) == (BatchKind.PROPOSALS, 0, undone.after)
    assert await cards(ann) == before


async def test_a_page_and_a_history_say_the_same_in_any_order(ann: Keeper) -> None:
    preview = await take(ann, OPEN)
    assert preview.added == 3
    assert {one.net.connects for one in (await cards(ann)).values()} == {0}
    await ann.take(HISTORY)
    there = await cards(ann)
    assert (there["Logo 16"].stage, there["Flyer 8"].stage) == (VIEWED, REPLIED)
    assert len(there) == 6


async def test_an_older_page_and_a_page_that_knows_less_take_nothing_back(ann: Keeper) -> None:
    await ann.take(HISTORY)
    await take(ann, OPEN)
    older = await shown(ann, page_with(seen(10, SENT, "Logo"), seen(8, SENT, "Flyer"), copied=11))
    assert (older.kept, older.change) == (2, None)
    await ann.take(page(row(12, CANCELLED, 16, "Logo"), *HISTORY.rows, balance=132))
    assert (await shown(ann, page_with(seen(10, VIEWED, "Logo"), copied=10))).kept == 1


async def test_what_fits_two_is_asked_once(ann: Keeper) -> None:
    await ann.take(HISTORY)
    twins = page_with(seen(7, VIEWED, "Twin"), seen(7, SENT, "Twin"))
    (one, other) = (await shown(ann, twins)).unclear
    assert [proposal.base for proposal in one.proposals] == [proposal.base for proposal in other.proposals] != []
    answers = MyProposalsAnswers({1: one.proposals[0].ref})
    assert (await take(ann, twins, answers)).unclear == ()
    assert (await cards(ann))[f"Twin {one.proposals[0].base}"].stage is VIEWED
    assert (await shown(ann, twins)).change is None
    later = await shown(ann, page_with(seen(7, REPLIED, "Twin"), seen(7, SENT, "Twin"), copied=13))
    assert ([state.new for state in later.states], later.unclear) == ([1, 0], ())


async def test_what_is_left_open_is_not_asked_about_again(ann: Keeper) -> None:
    await ann.take(HISTORY)
    twins = page_with(seen(7, VIEWED, "Twin"), seen(7, SENT, "Twin"))
    left = await take(ann, twins, MyProposalsAnswers({1: "", 2: ""}))
    assert (left.unclear, left.open_lines) == ((), 2)
    again = await shown(ann, twins)
    assert (again.unclear, again.change) == ((), None)


async def test_an_answer_that_no_longer_fits_does_not_count(ann: Keeper) -> None:
    await ann.take(HISTORY)
    preview = await take(ann, OPEN, MyProposalsAnswers({1: "3"}))
    assert preview.stamp == (await shown(ann, OPEN, MyProposalsAnswers())).stamp or preview.known == 1
    assert (await cards(ann))["Logo 16"].stage is VIEWED


async def test_ids_of_a_saved_page_are_details(ann: Keeper) -> None:
    await ann.take(HISTORY)
    await take(ann, OPEN)
    saved = page_with(*(one._replace(proposal=f"{2010000000000000000 + one.line}") for one in OPEN.proposals))
    preview = await take(ann, saved)
    assert (preview.completed, sum(state.new for state in preview.states)) == (3, 0)
    assert (await shown(ann, saved)).change is None


async def test_the_same_press_books_once_and_moved_books_are_shown_again(ann: Keeper) -> None:
    await ann.take(HISTORY)
    preview, request = await shown(ann, OPEN), ann.request
    first = await ann.imports.my_proposals.book(request, OPEN, MyProposalsAnswers(), preview.stamp)
    second = await ann.imports.my_proposals.book(request, OPEN, MyProposalsAnswers(), preview.stamp)
    assert (first.batch.number, second.preview) == (second.batch.number, None)
    with pytest.raises(RefusedError) as refused:
        await ann.imports.my_proposals.book(ann.request, OPEN, MyProposalsAnswers(), preview.stamp)
    assert isinstance(refused.value.refusal, BooksMoved)


async def test_a_preview_after_a_history_is_what_is_booked_after_it(ann: Keeper) -> None:
    history = await ann.preview(HISTORY)
    both = await ann.imports.my_proposals.preview(ann.wallet, OPEN, MyProposalsAnswers(), ann.person, history.change)
    assert both.added == 0
    await ann.imports.book(ann.request, (HISTORY,), Answers(), history.stamp)
    ann.clock.at += timedelta(minutes=1)
    assert (
        await ann.imports.my_proposals.book(ann.request, OPEN, MyProposalsAnswers(), both.stamp)
    ).preview is not None


async def test_a_page_of_another_account_is_asked_about(ann: Keeper) -> None:
    await ann.take(HISTORY)
    alien = page_with(*(seen(number, SENT, f"Alien {number}") for number in (6, 7, 8, 9)))
    assert (await shown(ann, alien)).other_account
    assert not (await shown(ann, alien, MyProposalsAnswers(own_account=True))).other_account
    assert not (await shown(ann, OPEN)).other_account


async def test_without_a_history_an_earlier_page_tells_the_account(ann: Keeper) -> None:
    await take(ann, OPEN)
    alien = page_with(*(seen(number, SENT, f"Alien {number}") for number in (6, 7, 8)))
    assert (await shown(ann, alien)).other_account
    ended = page_with(*(seen(number, CLOSED, f"Old {number}") for number in (1, 2, 3)))
    assert not (await shown(ann, ended)).other_account


async def test_a_day_to_come_is_refused(ann: Keeper) -> None:
    with pytest.raises(RefusedError) as refused:
        await shown(ann, page_with(seen(20, SENT, "Logo")))
    assert isinstance(refused.value.refusal, NotThatDay)
