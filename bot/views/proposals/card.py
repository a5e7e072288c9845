"""The card of a proposal: its rows, its net cost, what became of it, and what may be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.reading.lines import line_of
from bot.reading.proposals.told import OUTCOME, PROPOSALS, TAG
from bot.reply.parts import Button, Buttons, Fact, Fields, Hour, Recent, Reply, Say, reply, say
from bot.views.entries import cost_of, deed, signed, sum_of
from bot.views.proposals.phrases import is_invitation, reference, state_sentence, title_of
from core.ledger.model import Kind
from core.ledger.sightings import ProposalState
from core.proposals.model import ProposalKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from core.ledger.model import Entry
    from core.proposals.model import NetCost, Proposal, Unclear

LIKELY: Final = {
    ProposalState.SENT: "viewed replied interview declined",
    ProposalState.VIEWED: "replied interview hired declined",
    ProposalState.REPLIED: "interview offered hired declined",
    ProposalState.INTERVIEW: "offered hired declined closed",
    ProposalState.OFFERED: "hired declined withdrawn closed",
    ProposalState.HIRED: "",
}
"""What probably comes next, by how far a proposal got."""
INVITED: Final = ("withdrawn", "closed", "archived")
"""What probably becomes of an invitation that is not accepted."""
SAID: Final = tuple(state for state in ProposalState if state not in {ProposalState.INVITED, ProposalState.SENT})
"""The states that somebody can set."""
TOP: Final = "skip=0"
"""The options of the list from its beginning."""
IN_ROW: Final = 4


class Shown(NamedTuple):
    """A proposal with what its card needs.

    `entries` are its rows, and `loose` what may be a row of it. `after` are the days after which it counts as
    unanswered, `name` who sent it (empty: that goes without saying), `told` the import that the last state somebody set
    was, which can be taken back (None: nobody has). `owed` are spends of which something may come back. `mine`: whoever
    reads it may set its state.
    """

    proposal: Proposal
    entries: tuple[Entry, ...]
    now: datetime
    after: int
    name: str = ""
    told: int | None = None
    owed: tuple[int, ...] = ()
    mine: bool = True
    loose: tuple[Entry, ...] = ()


class Ways(NamedTuple):
    """How a card is shown: in short, with all states as buttons, and the options of the list that it was opened from.

    `replace`: it takes the place of the message whose button was pressed. `notes` stand above it.
    """

    short: bool = False
    more: bool = False
    back: str | None = None
    replace: bool = False
    notes: tuple[Say, ...] = ()


PLAIN: Final = Ways()


def card(shown: Shown, ways: Ways = PLAIN) -> Reply:
    """A proposal with what may be done about it."""
    proposal = shown.proposal
    unclear = proposal.unclear if shown.mine else ()
    title = say(f"card-{proposal.kind}", ref=reference(proposal), title=title_of(proposal))
    return reply(
        *ways.notes,
        Fields(tuple(_rows(shown, short=ways.short)), title),
        *(_unclear(piece, shown) for piece in proposal.unclear),
        say("unclear-until") if any(piece.number is not None for piece in proposal.unclear) else None,
        _buttons(shown, ways, unclear),
        replace=ways.replace,
    )


def _rows(shown: Shown, *, short: bool) -> Iterable[tuple[Say, Fact]]:
    proposal = shown.proposal
    invited = proposal.kind is ProposalKind.INVITATION
    yield say("field-state"), state_sentence(proposal, shown.now, shown.after)
    if not short:
        sent: Fact = Hour(proposal.sent) if proposal.exact else Recent(proposal.sent, shown.now, day=True)
        label = say("field-received" if invited and not proposal.entries else "field-bid-sent")
        yield label, say("sent-by", sent=sent, name=shown.name) if shown.name else sent
        if proposal.age is not None:
            yield say("field-posted"), say("posted-before", age=proposal.age)
        if proposal.profile:
            yield say("field-profile"), proposal.profile
        for entry in _standing(shown.entries):
            day = Recent(entry.when, shown.now, day=True)
            yield (
                say("entry-number", number=entry.number),
                say("card-row", deed=deed(entry), delta=signed(entry.delta), day=day),
            )
    if proposal.outbid:
        yield say("field-boosted"), say("boost-outbid")
    if proposal.entries:
        yield say("field-net"), net_cost(proposal.net, came_back=proposal.back)
    if proposal.worth is not None:
        yield say("field-hire"), proposal.worth
    if proposal.tags:
        yield say("field-tags"), ", ".join(proposal.tags)


def _standing(entries: Sequence[Entry]) -> Iterable[Entry]:
    """The entries that are not undone. A recast is a part of what it corrects, and moves no Connects."""
    undone = {entry.of for entry in entries if entry.kind is Kind.UNDO}
    hidden = {Kind.UNDO, Kind.RECAST}
    return (entry for entry in entries if entry.kind not in hidden and entry.number not in undone)


def net_cost(net: NetCost, *, came_back: int = 0) -> Say:
    """What a proposal cost in the end, in Connects and in money."""
    if not net.connects:
        return say("net-returned" if came_back else "net-nothing")
    money = cost_of(net.free, net.paid, net.unknown, sum_of(net.money))
    return say("net-cost", connects=net.connects, cost=money)


def _unclear(piece: Unclear, shown: Shown) -> Say:
    """What is not known to be of this proposal."""
    others = ", ".join(f"#{ref}" for ref in piece.refs if ref != shown.proposal.ref)
    if piece.number is None:
        return say("unclear-state", state=say(f"reached-{piece.state or ProposalState.SENT}"), others=others)
    entry = next((entry for entry in shown.loose if entry.number == piece.number), None)
    if entry is None:
        return say("unclear-entry", number=piece.number, others=others)
    row = say("card-row", deed=deed(entry), delta=signed(entry.delta), day=Recent(entry.when, shown.now, day=True))
    return say("unclear-row", number=piece.number, row=row, others=others)


def _buttons(shown: Shown, ways: Ways, unclear: Sequence[Unclear]) -> Buttons | None:
    """Rows of buttons: what is unclear, the states, what else there is to do, and the way back."""
    states = _states(shown, ways) if shown.mine else []
    rows: list[tuple[Button, ...]] = [_settling(piece, ways) for piece in unclear if piece.seen is not None]
    rows += [tuple(states[at : at + IN_ROW]) for at in range(0, len(states), IN_ROW)]
    rows.append(tuple(_others(shown, ways)) if shown.mine else ())
    if ways.more:
        rows.append((_opened(shown.proposal, ways, "button-back-to-proposal"),))
    elif ways.back is not None:
        rows.append((Button(say("button-back-to-list"), f"{PROPOSALS} {ways.back}".strip()),))
    kept = tuple(row for row in rows if row)
    return Buttons(kept) if kept else None


def _settling(piece: Unclear, ways: Ways) -> tuple[Button, ...]:
    """For each proposal that it may be of, the button that says so."""
    assert piece.seen is not None  # noqa: S101 - the caller has looked
    seen, state = "-".join(map(str, piece.seen)), piece.state or ProposalState.SENT
    return tuple(
        Button(
            say("button-settle", ref=f"#{ref}", state=say(f"reached-{state}")),
            line_of(OUTCOME, {"of": f"#{ref}", "state": state.value, "seen": seen, **_here(ways)}),
        )
        for ref in piece.refs
    )


def _states(shown: Shown, ways: Ways) -> list[Button]:
    """The states that come next; all of them if that was asked for."""
    proposal = shown.proposal
    now = {proposal.end or proposal.stage}
    if ways.more:
        found: Iterable[ProposalState] = (state for state in SAID if state not in now)
    elif proposal.end is not None:
        found = ()
    elif is_invitation(proposal):
        found = map(ProposalState, INVITED)
    else:
        found = map(ProposalState, LIKELY[proposal.stage].split())
    return [_state_button(proposal, state, ways) for state in found]


def _state_button(proposal: Proposal, state: ProposalState, ways: Ways) -> Button:
    words = {"of": f"#{proposal.ref}", "state": state.value, **_here(ways)}
    return Button(say(f"reached-{state}"), line_of(OUTCOME, words))


def _here(ways: Ways) -> dict[str, str]:
    """What says in a line that the card was pressed, and from which list it was opened."""
    return {"here": "yes"} if ways.back is None else {"back": ways.back or TOP}


def _others(shown: Shown, ways: Ways) -> Iterable[Button]:
    """What else may be done: all states, the return, what a hire is worth, tags, and the last state taken back."""
    proposal, of = shown.proposal, f"#{shown.proposal.ref}"
    if not ways.more:
        yield _opened(proposal, ways._replace(more=True), "button-more-states")
    if proposal.kind is ProposalKind.INVITATION and not proposal.entries and proposal.job and proposal.end is None:
        words = {"job": proposal.job, "title": proposal.title} if proposal.title else {"job": proposal.job}
        yield Button(say("button-book-bid"), line_of("spend", words))
    if shown.owed and proposal.stage is not ProposalState.HIRED:
        yield Button(say("button-return"), f"return {', '.join(f'#{number}' for number in shown.owed)}")
    if proposal.stage is ProposalState.HIRED and proposal.worth is None:
        yield Button(say("button-worth"), line_of(OUTCOME, {"of": of, "state": "hired", "worth": "?"}))
    if not (ways.short or ways.more):
        yield Button(say("button-tag"), line_of(TAG, {"of": of}))
    if shown.told is not None:
        yield Button(say("button-undo-state"), line_of(OUTCOME, {"of": of, "undo": str(shown.told), **_here(ways)}))


def _opened(proposal: Proposal, ways: Ways, label: str) -> Button:
    """The button that shows the card with all states, or without them again."""
    back = {} if ways.back is None else {"back": ways.back or TOP}
    more = {"more": "on" if ways.more and label == "button-more-states" else "off"}
    return Button(say(label), line_of(PROPOSALS, {"what": f"#{proposal.ref}", **more, **back}))
