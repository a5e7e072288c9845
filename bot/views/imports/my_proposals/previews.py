"""The preview of "My proposals": what it sets, what is new of it, and one question at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Say, Table, reply, say
from bot.views.imports.my_proposals.booked import Figures
from bot.views.imports.questions import Question
from bot.views.progress import beginning_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reply.parts import Part
    from bot.views.imports.my_proposals.shown import MyProposalsShown
    from core.imports.my_proposals.planning import Fitting, MyProposalsPreview, StateCount
    from core.proposals.model import Proposal
    from core.proposals.my_proposals import Count

LONGEST_TITLE: Final = 60
MOST_FITTING: Final = 5
OPEN: Final = "open"
"""The answer that leaves a line open."""


def my_proposals_preview(shown: MyProposalsShown, note: Say | None = None) -> Reply:
    """What the page would set, a question about it if there is one, and the buttons that book or leave it."""
    preview, question = shown.preview, question_of(shown)
    parts: list[Part | None] = [
        note,
        say("import-for", group=shown.group) if shown.group else None,
        found_in(preview),
        Fields(tuple(_rows(preview))),
    ]
    if question is not None:
        parts += question.parts
    return reply(*parts, Buttons(tuple(_buttons(shown, question)), asks=True), replace=True)


def is_my_proposals_ready(shown: MyProposalsShown) -> bool:
    """Whether there is something to book, and nothing to ask before."""
    return shown.preview.change is not None and question_of(shown) is None


def found_in(preview: MyProposalsPreview) -> Say:
    """How many proposals the page shows, as of which day, and how many of them say something new."""
    shown, new = len(preview.page.proposals), Figures.in_preview(preview).updated
    day = preview.page.copied
    facts: dict[str, Fact] = {"proposals": shown, "new": new, "day": day}
    if preview.change is not None:
        return Say("my-proposals-found-undated" if day is None else "my-proposals-found", facts)
    return Say("my-proposals-nothing-new-undated" if day is None else "my-proposals-nothing-new", facts)


def question_of(shown: MyProposalsShown) -> Question | None:
    """The question to ask now: whose page it is, or which proposal a line is."""
    preview = shown.preview
    if preview.other_account:
        yes = Button(say("button-own-page"), f"importproposals mine {shown.draft}")
        return Question((say("my-proposals-other-account"), say("ask-own-page")), ((yes,),), first=True)
    return _which(shown, preview.unclear[0]) if preview.unclear else None


def _which(shown: MyProposalsShown, one: Fitting) -> Question:
    """Which proposal a line is, with what is known of each that fits."""
    line = f"importproposals which {shown.draft} {one.seen.line}"
    fitting = one.proposals[:MOST_FITTING]
    rows: tuple[tuple[Fact, ...], ...] = tuple((_candidate(proposal),) for proposal in fitting)
    asked = say(
        "my-proposals-which",
        title=beginning_of(one.seen.title, LONGEST_TITLE),
        state=state_name(one.seen.state),
        day=one.seen.day,
        dated="no" if one.seen.day is None else "yes",
    )
    keys = [Button(say("button-same-proposal", ref=proposal.ref), f"{line} {proposal.ref}") for proposal in fitting]
    leave = Button(say("button-leave-open"), f"{line} {OPEN}")
    return Question((Table((say("column-what"),), rows, asked),), (*((key,) for key in keys), (leave,)))


def _candidate(proposal: Proposal) -> Say:
    spent = say(
        "my-proposals-boosted" if proposal.boost else "my-proposals-unboosted", base=proposal.base, boost=proposal.boost
    )
    return say(
        "my-proposals-candidate", ref=proposal.ref, day=proposal.sent, spent=spent, state=state_name(_state(proposal))
    )


def _state(proposal: Proposal) -> str:
    return proposal.end or proposal.stage


def state_name(state: str) -> Say:
    """The word for a state of a proposal."""
    return say(f"reached-{state}")


def _rows(preview: MyProposalsPreview) -> Iterator[tuple[Say, Fact]]:
    for count in preview.states:
        yield state_name(count.state), _count(count)
    if preview.added:
        yield say("field-my-proposals-cards"), say("my-proposals-cards", proposals=preview.added)
    if preview.completed:
        yield say("field-my-proposals-completed"), say("my-proposals-completed", proposals=preview.completed)
    if preview.kept:
        yield say("field-my-proposals-kept"), say("my-proposals-kept", proposals=preview.kept)
    if preview.unclear:
        yield say("field-my-proposals-open"), say("my-proposals-open", proposals=len(preview.unclear))
    for miscount in preview.page.miscounts:
        yield say("field-my-proposals-missing"), _miscount(miscount)
    if preview.page.unread:
        yield say("field-unread"), say("unread-lines", lines=len(preview.page.unread))


def _count(count: StateCount) -> Say:
    if not count.new:
        return say("my-proposals-count", shown=count.shown)
    return say(
        "my-proposals-count-all-new" if count.new == count.shown else "my-proposals-count-new",
        shown=count.shown,
        new=count.new,
    )


def _miscount(count: Count) -> Say:
    section = say(f"section-{count.section}".replace("_", "-"))
    return say("my-proposals-missing", section=section, said=count.said, read=count.read)


def _buttons(shown: MyProposalsShown, question: Question | None) -> Iterator[tuple[Button, ...]]:
    """The answers to the question, the button that books, and those that show more or leave it."""
    if question is not None:
        yield from question.rows
    leave = Button(say("button-leave-import"), f"importproposals leave {shown.draft}")
    book = None if question is not None and question.first else book_button(shown)
    yield (leave,) if book is None else (book, leave)
    if shown.preview.page.unread:
        lines = len(shown.preview.page.unread)
        yield (Button(say("button-unread", lines=lines), f"importproposals lines {shown.draft}"),)


def book_button(shown: MyProposalsShown) -> Button | None:
    """The button that books exactly what is shown; None if nothing in it is new."""
    if shown.preview.change is None:
        return None
    figures = Figures.in_preview(shown.preview)
    label = say("button-book-my-proposals", proposals=figures.updated) if figures.updated else say("button-book-open")
    return Button(label, f"importproposals book {shown.draft} {shown.preview.stamp} {figures.line}")
