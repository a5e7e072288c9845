"""What should have come back and did not, as a list and as a text for Upwork's support; what came, and what never does.

Nothing here promises that Upwork gives Connects back.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.reading.proposals.told import PROPOSALS
from bot.reply.parts import Button, Buttons, Fact, Fields, Recent, Reply, Say, Table, Verbatim, enumerated, reply, say
from bot.views.entries import signed
from bot.views.progress import beginning_of
from bot.views.proposals.phrases import brief_title, reference, title_of
from core.proposals.refunds import Reason, Why, rows_of
from core.shared.job_links import JobLink

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from core.ledger.model import Entry
    from core.proposals.model import Proposal
    from core.proposals.refunds import Owed, Refunds, Row

REFUNDS: Final = "refunds"
LONGEST_TITLE: Final = 100
PAGE: Final = 4
"""How many a page shows: so many fit into one text, which one message holds on every platform."""


class Part(StrEnum):
    """What of the refunds is shown."""

    OWED = "owed"
    TEXT = "text"
    RETURNED = "returned"
    KEPT = "kept"


class Shown(NamedTuple):
    """A page of refunds, from `skip` on. `days` are those after which something is owed."""

    found: Refunds
    now: datetime
    days: timedelta
    skip: int = 0
    entries: Mapping[int, Entry] = {}

    @property
    def owed(self) -> Sequence[Owed]:
        """What is owed, on this page."""
        return self.found.owed[self.skip : self.skip + PAGE]

    def rows(self, proposal: Proposal) -> tuple[Row, ...]:
        """The rows of a proposal."""
        return rows_of(self.entries[number] for number in proposal.entries if number in self.entries)


def owed(shown: Shown) -> Reply:
    """What should have come back and did not, longest first."""
    found = shown.found
    notes = tuple(_notes(shown))
    ways = tuple(way for part in (Part.RETURNED, Part.KEPT) if (way := _way(found, part)) is not None)
    if not found.owed:
        return reply(say("refunds-none"), *notes, Buttons((ways,)), replace=True)
    columns = tuple(say(f"column-{name}") for name in ("number", "what", "missing", "why"))
    title = say("refunds-title", connects=found.connects, count=len(found.owed))
    rows = tuple(_owed_row(one, shown.now) for one in shown.owed)
    cards = tuple(Button(reference(one.proposal), f"{PROPOSALS} #{one.proposal.ref}") for one in shown.owed)
    text = Button(say("button-support-text"), _line(Part.TEXT, shown.skip))
    turning = _turning(Part.OWED, shown.skip, len(found.owed))
    again = Button(say("button-import"), "import")
    keys = (cards, (text, again) if _unproven(found) else (text,), ways, turning)
    return reply(Table(columns, rows, title), *notes, Buttons(tuple(row for row in keys if row)), replace=True)


def _owed_row(one: Owed, now: datetime) -> tuple[Fact, ...]:
    why = say("owed-unclear") if one.doubtful else _why(one, Recent(one.since, now, day=True))
    return reference(one.proposal), brief_title(one.proposal), say("refunds-missing", connects=one.connects), why


def _why(one: Owed, day: Recent) -> Say:
    return say("owed-closed", day=day) if one.why is Why.CLOSED else say("owed-outbid")


def _notes(shown: Shown) -> Iterator[Say]:
    """What makes the list less than certain, or complete."""
    found = shown.found
    if waiting := sum(one.connects for one in found.waiting):
        yield say("refunds-waiting", connects=waiting, days=shown.days.days)
    if (unproven := _unproven(found)) is not None:
        yield unproven
    if found.uncosted:
        yield say("refunds-uncosted", count=found.uncosted)


def _unproven(found: Refunds) -> Say | None:
    """That what is owed may have come back, because the books do not have the rows of that time."""
    if found.owed and found.known_until is None:
        return say("refunds-typed")
    if found.known_until is not None and any(one.since.date() > found.known_until for one in found.owed):
        return say("refunds-unproven", day=found.known_until)
    return None


def support(shown: Shown) -> Reply:
    """A text for Upwork's support about what is owed: some proposals at a time."""
    if not shown.owed:
        return owed(shown._replace(skip=0))
    sum_of_page = sum(one.connects for one in shown.owed)
    lines: list[Say] = [say("support-begin", count=len(shown.owed)), say("support-gap")]
    for number, one in enumerate(shown.owed, 1):
        lines += [*_complaint(number, one, shown), say("support-gap")]
    if len(shown.owed) > 1:
        lines += [say("support-total", connects=sum_of_page), say("support-gap")]
    lines.append(say("support-end"))
    unclear = [one.proposal.ref for one in shown.owed if one.doubtful]
    note = say("refunds-text-unclear", refs=", ".join(f"#{ref}" for ref in unclear)) if unclear else None
    more = shown.skip + PAGE
    back = Button(say("button-back"), _line(Part.OWED, shown.skip))
    further = Button(say("button-next-text"), _line(Part.TEXT, more)) if more < len(shown.found.owed) else None
    keys = (back,) if further is None else (further, back)
    return reply(say("refunds-text"), _unproven(shown.found), note, Verbatim(tuple(lines)), Buttons((keys,)))


def _complaint(number: int, one: Owed, shown: Shown) -> Iterator[Say]:
    """One proposal in the text: its title and link, each of its rows, why it should come back, and what is missing."""
    proposal = one.proposal
    title = beginning_of(proposal.title, LONGEST_TITLE) or say("proposal-untitled")
    yield say("support-title", number=number, title=title)
    if proposal.job:
        yield say("support-link", link=JobLink(proposal.job).url)
    yield say("support-sent-by" if proposal.member else "support-sent", day=proposal.sent, name=proposal.member)
    for row in shown.rows(proposal):
        yield say(f"support-{row.what.value.replace('_', '-')}", connects=abs(row.connects), day=row.when)
    yield say(f"support-{one.why}", day=one.since)
    yield say("support-missing", connects=one.connects)


def came_back(shown: Shown) -> Reply:
    """What came back, netted row by row, newest first."""
    came = shown.found.came
    page = came[shown.skip : shown.skip + PAGE]
    back = (Button(say("button-back"), REFUNDS),)
    if not page:
        return reply(say("refunds-came-none"), Buttons((back,)), replace=True)
    rows = tuple((say("refunds-came-of", ref=reference(one), title=title_of(one)), _netted(one, shown)) for one in page)
    total = say("refunds-came", connects=sum(one.back for one in came), count=len(came))
    turning = _turning(Part.RETURNED, shown.skip, len(came))
    cards = tuple(Button(reference(one), f"{PROPOSALS} #{one.ref}") for one in page)
    return reply(Fields(rows, total), Buttons((cards, (*turning, *back))), replace=True)


def _netted(proposal: Proposal, shown: Shown) -> Say:
    rows = [
        say("refunds-came-row", delta=signed(row.connects), day=Recent(row.when, shown.now, day=True))
        for row in shown.rows(proposal)
    ]
    return (
        say("refunds-netted", rows=enumerated(rows, "refunds-came-rows"), net=proposal.net.connects)
        if rows
        else say("net-nothing")
    )


def kept(found: Refunds) -> Reply:
    """What never comes back, and why, with what that has cost so far."""
    counted = {one.reason: one for one in found.kept}
    rows: list[tuple[Say, Fact]] = []
    for reason in Reason:
        one = counted.get(reason)
        number, connects = (0, 0) if one is None else (one.proposals, one.connects)
        label = say("kept-so-far", reason=say(f"kept-{reason}"), count=number, connects=connects)
        rows.append((label, say(f"why-kept-{reason}")))
    rows += [(say(f"kept-{name}"), say(f"why-kept-{name}")) for name in ("other", "badge", "ads")]
    return reply(
        Fields(tuple(rows), say("refunds-kept")), Buttons(((Button(say("button-back"), REFUNDS),),)), replace=True
    )


def _way(found: Refunds, part: Part) -> Button | None:
    if part is Part.RETURNED and not found.came:
        return None
    label = "button-refunds-returned" if part is Part.RETURNED else "button-refunds-kept"
    return Button(say(label), _line(part, 0))


def _line(part: Part, skip: int) -> str:
    return " ".join(filter(None, (REFUNDS, "" if part is Part.OWED else part.value, f"skip={skip}" if skip else "")))


def _turning(part: Part, skip: int, total: int) -> tuple[Button, ...]:
    """The buttons for the page before and the page after."""
    before = Button(say("button-previous"), _line(part, max(skip - PAGE, 0))) if skip else None
    after = Button(say("button-next"), _line(part, skip + PAGE)) if skip + PAGE < total else None
    return tuple(one for one in (before, after) if one is not None)
