"""The list of proposals: one line each, and buttons for cards, states and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.options.choice import choice
from bot.reading.lines import line_of
from bot.reading.proposals.told import PROPOSALS
from bot.reply.parts import Button, Buttons, Fact, Recent, Reply, Say, Table, reply, say
from bot.views.entries import signed
from bot.views.proposals.card import TOP
from bot.views.proposals.phrases import brief_title, reference, state_in_brief
from core.proposals.model import Shown
from core.shared.names import SOMEONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from core.proposals.model import Proposal
    from core.shared.ids import PersonId

PAGE: Final = 5
MOST_STATES: Final = 6
"""How many states are offered at a time: what fits on a phone, and beside the other rows on Discord."""
IN_ROW: Final = 3


class Listing(NamedTuple):
    """A page of proposals, and what they were filtered by.

    `total` is how many there are in all, `counts` how many in each state. `words` are the options of the line that
    shows this list, but for the page. `after` are the days after which a proposal counts as unanswered, `names` those
    of the people who sent them (empty: the chat is private).
    """

    proposals: tuple[Proposal, ...]
    total: int
    counts: Mapping[Shown, int]
    now: datetime
    after: int
    skip: int = 0
    state: Shown = Shown.ALL
    words: Mapping[str, str] = {}
    first: date | None = None
    last: date | None = None
    names: Mapping[PersonId, str] = {}
    group: bool = False


def listing(page: Listing) -> Reply:
    """A page of the list, newest first."""
    if not page.proposals:
        return _nothing(page)
    columns = ("number", "day", "net", "what", *(("by",) if page.group else ()), "state")
    rows = tuple(_row(page, proposal) for proposal in page.proposals)
    figures = {"first": page.skip + 1, "last": page.skip + len(rows), "shown": len(rows), "total": page.total}
    invited = page.state is Shown.INVITATIONS
    about = _filters(page._replace(state=Shown.ALL) if invited else page)
    title = say("invitations-title" if invited else "proposals-title", **figures, about=about)
    return reply(Table(tuple(say(f"column-{name}") for name in columns), rows, title), _buttons(page), replace=True)


def _row(page: Listing, proposal: Proposal) -> tuple[Fact, ...]:
    sent = Recent(proposal.sent, page.now, day=True)
    by = (sender(proposal, page.names),) if page.group else ()
    net = say("signed", delta=signed(-proposal.net.connects)) if proposal.entries else say(f"kind-{proposal.kind}")
    return reference(proposal), sent, net, brief_title(proposal), *by, state_in_brief(proposal, page.now, page.after)


def sender(proposal: Proposal, names: Mapping[PersonId, str]) -> str:
    """Who sent it: the person here, or the name that a page gives."""
    if proposal.by is None:
        return proposal.member
    return names.get(proposal.by, "") or proposal.member or SOMEONE


def _filters(page: Listing) -> Say:
    """What the list is filtered by, for its title."""
    found: list[Say] = [] if page.state is Shown.ALL else [choice(page.state)]
    if page.first is not None and page.last is not None:
        same = page.first == page.last
        found.append(say("day", at=page.first) if same else say("filtered-days", first=page.first, last=page.last))
    if member := page.words.get("member", ""):
        found.append(say("filtered-by", name=member))
    if words := page.words.get("what", ""):
        found.append(say("filtered-words", words=words))
    if not found:
        return say("filtered-none")
    joined = found[0]
    for more in found[1:]:
        joined = say("filtered-and", first=joined, next=more)
    return say("filtered", about=joined)


def _nothing(page: Listing) -> Reply:
    """That nothing fits, and the way to where something does."""
    filtered = _filters(page)
    if filtered == say("filtered-none"):
        row = (Button(say("button-import"), "import"), Button(say("button-book-bid"), "spend"))
        return reply(say("proposals-none"), Buttons((row, *_rows(_states(page)))), replace=True)
    states = _states(page)
    more = page.words or not states  # without words, one of the states is all of them
    shown = ((Button(say("button-all-proposals"), PROPOSALS),),) if more else ()
    return reply(say("proposals-none-so", about=filtered), Buttons((*_rows(states), *shown)), replace=True)


def _buttons(page: Listing) -> Buttons:
    cards = tuple(Button(reference(one), _card_line(page, one)) for one in page.proposals)
    return Buttons(tuple(row for row in (cards, *_rows(_states(page)), _turning(page)) if row))


def _card_line(page: Listing, proposal: Proposal) -> str:
    back = list_words(page, page.skip)
    return line_of(PROPOSALS, {"what": f"#{proposal.ref}", "back": back or TOP})


def list_words(page: Listing, skip: int, state: Shown | None = None) -> str:
    """The options of a line that shows the list from a proposal on, in a state (None: in that of this page)."""
    chosen = page.state if state is None else state
    words = dict(page.words) | ({} if chosen is Shown.ALL else {"state": chosen.value})
    return line_of("", words | ({"skip": str(skip)} if skip else {})).strip()


def _states(page: Listing) -> list[Button]:
    """The other states in which there are any, with how many."""
    offered = [state for state in Shown if state is not page.state and page.counts.get(state)]
    every = page.counts.get(Shown.ALL)
    telling = [state for state in offered if state is Shown.ALL or page.counts[state] != every]
    return [
        Button(
            say("button-listed", state=choice(state), count=page.counts[state]),
            f"{PROPOSALS} {list_words(page, 0, state)}".strip(),
        )
        for state in telling[:MOST_STATES]
    ]


def _rows(buttons: list[Button]) -> Iterable[tuple[Button, ...]]:
    return (tuple(buttons[at : at + IN_ROW]) for at in range(0, len(buttons), IN_ROW))


def _turning(page: Listing) -> tuple[Button, ...]:
    """The buttons for the newer and the older page."""
    newer, older = max(page.skip - PAGE, 0), page.skip + PAGE
    found = []
    if page.skip:
        found.append(Button(say("button-newer"), f"{PROPOSALS} {list_words(page, newer) or TOP}"))
    if older < page.total:
        found.append(Button(say("button-older"), f"{PROPOSALS} {list_words(page, older)}"))
    return tuple(found)
