"""What became of a proposal: set by a button or in words, corrected, and taken back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from bot.command.declaration import Call, DoubtError, MissingOptionError, UnfitError, command
from bot.command.permissions import corrects_others
from bot.commands.ledger.booking_day import happened_on, named_day
from bot.commands.ledger.suggestions import recent_days
from bot.commands.proposals.card import card_of, may_tell
from bot.commands.proposals.listing import MOST_NAMED, link_of, list_of, recent_proposals, titled, told_apart
from bot.options.choice import Switch
from bot.options.figures import Amount
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.proposals import SKIPPED, WORTH, About, State, Subject
from bot.options.text import Text
from bot.options.times.past import Past, PastDay
from bot.reading.dating import ON
from bot.reading.lines import line_of
from bot.reading.proposals.told import OUTCOME, PROPOSALS, outcome_line
from bot.reply.parts import Button, Reply, Say, buttons, reply, say
from bot.views.menu.pages import menu_button
from bot.views.proposals.card import Ways
from bot.views.proposals.phrases import brief_title, reference, state_of
from bot.views.team.roles import not_yours
from core.ledger.change_keys import own_key
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.model import STAGES
from core.shared.calendar import day_in
from core.shared.money import Price
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.reply.parts import Fact
    from core.ledger.sightings import Batch
    from core.proposals.model import Proposal
    from core.shared.job_links import JobLink

PAIR: Final = re.compile(r"\d{1,9}-\d{1,9}")
"""An import and a line of it."""


class Statement(NamedTuple):
    """What somebody says of a proposal, with the words of the line that said it.

    `on` is the day as of which it holds (None: today). `seen` is what a page says, if this settles of which proposal
    that is. `afresh`: what was known no longer counts. `sure`: even where no bid is known (True), or not even which
    proposal a title means (False). `invited`: it was an invitation. `here`: the card was pressed, and is shown anew;
    `back` are the options of the list that it was opened from.
    """

    of: str
    state: ProposalState
    on: PastDay | None = None
    worth: Amount | str | None = None
    seen: tuple[int, int] | None = None
    afresh: bool = False
    sure: bool | None = None
    invited: bool = False
    here: bool = False
    back: str = ""

    def line(self, of: str = "", **more: str) -> str:
        """The line that says the same of a proposal by another name."""
        on = {} if self.on is None else {ON: self.on.words}
        here = {"back": self.back} if self.back else {"here": "yes"} if self.here else {}
        return line_of(OUTCOME, {"of": of or self.of, "state": self.state.value, **on, **here, **more})

    def ways(self, *notes: Say | None) -> Ways:
        """How the card is shown in answer."""
        return _short(self.back, *notes, here=self.here)

    @property
    def name(self) -> Say:
        """The name of the state."""
        return say(f"reached-{self.state}")


@command("outcome", hidden=True, reader=outcome_line)
async def outcome(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    of: Annotated[Subject, About(suggest=recent_proposals)],
    state: Annotated[ProposalState | None, State(named=True)] = None,
    on: Annotated[PastDay | None, Past(named=True, suggest=recent_days)] = None,
    worth: Annotated[Amount | str | None, WORTH] = None,
    seen: Annotated[str, Text(named=True, hidden=True)] = "",
    undo: Annotated[int | None, Whole(high=MOST_NUMBER, named=True, hidden=True)] = None,
    sure: Annotated[bool | None, Switch(named=True, hidden=True)] = None,
    *,
    afresh: Annotated[bool, Switch(named=True, hidden=True)] = False,
    invited: Annotated[bool, Switch(named=True, hidden=True)] = False,
    here: Annotated[bool, Switch(named=True, hidden=True)] = False,
    back: Annotated[str, Text(named=True, hidden=True)] = "",
) -> Reply:
    """Say what became of a proposal, or take back what was said last."""
    if undo is not None:
        return await _taken_back(call, of, undo, _short(back, here=here))
    if state is None:
        return await card_of(call, await _known(call, of))
    page = tuple(map(int, seen.split("-", 1))) if PAIR.fullmatch(seen) else ()
    settles = (page[0], page[1]) if page else None
    statement = Statement(
        _named_so(of),
        state,
        on,
        worth,
        settles,
        afresh,
        True if invited else sure,
        invited=invited,
        here=here,
        back=back,
    )
    _check_day(call, statement)
    if (booked := await _booked_before(call, statement)) is not None:
        return await _answer(call, booked, statement)
    proposal = await _meant(call, of, statement)
    if proposal is not None:
        if not await may_tell(call, proposal):
            return reply(not_yours(call.wallet, "not-your-proposal"))
        if (settled := await _settled_before(call, proposal, statement)) is not None:
            return settled
    return await _answer(call, await _told(call, proposal, of, statement), statement)


def _check_day(call: Call, statement: Statement) -> None:
    """Ask about a day that is unclear or still to come. That of an interview may be an appointment."""
    if statement.state is not ProposalState.INTERVIEW:
        happened_on(call, statement.on, OUTCOME)
        return
    try:
        happened_on(call, statement.on)
    except UnfitError as error:
        then = (Button(day.label, statement.line(**{ON: day.words})) for day in error.answers)
        raise DoubtError(error.sentence, *then, Button(statement.name, statement._replace(on=None).line())) from error


def _named_so(of: Subject) -> str:
    """How a line names it."""
    return f"#{of.ref}" if of.ref else of.words if of.job is None else link_of(of.job)


async def _known(call: Call, of: Subject) -> Proposal:
    """The proposal of a number; refused if there is none."""
    found = await call.proposals.find(call.open_wallet.id, of.ref)
    if found is None:
        every = Button(say("button-all-proposals"), PROPOSALS)
        raise DoubtError(say("proposal-unknown", ref=_named_so(of)), every)
    return found


async def _meant(call: Call, of: Subject, statement: Statement) -> Proposal | None:
    """The proposal that is meant, or None: a card of its own is. DoubtError if there are several, or none."""
    if of.ref:
        return await _known(call, of)
    wallet = call.open_wallet.id
    if of.job is not None:
        found = await call.proposals.on_job(wallet, of.job.id)
        if not found and (statement.sure or statement.state is ProposalState.INVITED):
            return None
        if not found:
            raise _without_bid(of.job, statement)
    else:
        found = await call.proposals.titled(wallet, of.words, MOST_NAMED)
        same = [one for one in found if folded(one.title) == folded(of.words)]
        found = tuple(same) or found
        if not found and statement.sure:
            return None
        if not found or not same or statement.sure is False:
            raise _about_title(call, of.words, found, statement)
    if len(found) > 1:
        raise _which(call, found, statement)
    return found[0]


def _which(call: Call, found: Sequence[Proposal], statement: Statement) -> DoubtError:
    """Asks which of several proposals is meant."""
    rows = (Button(label, statement.line(f"#{one.ref}")) for one, label in told_apart(found[:MOST_NAMED], call.at))
    return DoubtError(say("outcome-which", state=statement.name, count=len(found)), *rows)


def _without_bid(job: JobLink, statement: Statement) -> DoubtError:
    """Asks what to do about a job without a bid."""
    bid = Button(say("button-book-bid-first"), line_of("spend", {"job": job.id, **titled(job)}))
    invited = Button(say("button-was-invited"), statement.line(invited="yes"))
    alone = Button(say("button-without-bid", state=statement.name), statement.line(sure="yes"))
    return DoubtError(say("outcome-no-bid", state=statement.name), bid, invited, alone)


def _about_title(call: Call, words: str, found: Sequence[Proposal], statement: Statement) -> UnfitError:
    """Asks whether one of the proposals with such a title is meant."""
    if found:
        return _which(call, found, statement)
    if statement.sure is False:  # a line that is no command, and rather about something else
        return DoubtError(say("not-understood", platform=call.chat.platform), menu_button())
    every = Button(say("button-all-proposals"), PROPOSALS)
    bid = Button(say("button-book-bid"), line_of("spend", {"title": words}))
    alone = Button(say("button-without-bid", state=statement.name), statement.line(sure="yes"))
    return DoubtError(say("outcome-untitled", words=words), every, bid, alone)


async def _booked_before(call: Call, statement: Statement) -> Batch | None:
    """What this very request has booked already: by now, the same words might be about another proposal."""
    request = call.request
    batch = await call.store.ledger.imported(request.wallet, own_key(request.key))
    return batch if batch is not None and [one.state for one in batch.proposals] == [statement.state] else None


async def _settled_before(call: Call, proposal: Proposal, statement: Statement) -> Reply | None:
    """What to say if it is known already; DoubtError about a state that would take back a later one. None: neither."""
    if statement.afresh or statement.seen is not None or isinstance(statement.worth, Amount):
        return None
    if statement.worth == SKIPPED:
        return await card_of(call, proposal, statement.ways())
    if statement.state is state_of(proposal) and statement.on is None:
        return await card_of(call, proposal, statement.ways(say("outcome-already", state=statement.name)))
    if statement.state is ProposalState.INVITED and proposal.entries:
        return await card_of(call, proposal, statement.ways(say("outcome-bid-already")))
    if not _takes_back(call, proposal, statement):
        return None
    facts = {"title": _titled(proposal), "day": proposal.since}
    was = say(f"reached-{state_of(proposal)}")
    back = Button(say("button-set-back", state=statement.name), statement.line(f"#{proposal.ref}", afresh="yes"))
    show = Button(say("button-show-proposal"), f"{PROPOSALS} #{proposal.ref}")
    raise DoubtError(say("outcome-lower", was=was, state=statement.name, **facts), back, show)


def _takes_back(call: Call, proposal: Proposal, statement: Statement) -> bool:
    """Whether a state lies behind the one that is known. On an earlier day it is simply a part of the story."""
    hired = proposal.stage is ProposalState.HIRED and statement.state not in STAGES
    if not hired and not _is_lower(statement.state, proposal.stage):
        return False
    known = day_in(call.zone, proposal.since)
    return statement.on is None or statement.on.of(day_in(call.zone, call.at)) >= known


def _is_lower(state: ProposalState, known: ProposalState) -> bool:
    return state in STAGES and known in STAGES and STAGES.index(state) < STAGES.index(known)


def _titled(proposal: Proposal) -> Fact:
    return say("proposal-named", ref=reference(proposal), title=brief_title(proposal))


def _short(back: str, *notes: Say | None, here: bool) -> Ways:
    """The card in short, below some notes."""
    noted = tuple(note for note in notes if note is not None)
    return Ways(short=True, back=list_of(back), replace=here or bool(back), notes=noted)


async def _told(call: Call, proposal: Proposal | None, of: Subject, statement: Statement) -> Batch:
    """Book it: of a proposal, or of a job or a title that has none."""
    day = None if statement.on is None else _day(call, statement)
    told = ProposalSighting(1, statement.state, worth=_price(call, statement.worth), afresh=statement.afresh)
    if proposal is not None:
        number = next(iter(proposal.entries), None)
        seen = statement.seen if number is not None or statement.seen is not None else proposal.seen[0]
        return (await call.proposals.tell(call.request, told._replace(number=number, seen=seen), day)).batch
    on_job = told._replace(title=of.words) if of.job is None else told._replace(title=of.job.title, job=of.job.id)
    if statement.invited and statement.state is not ProposalState.INVITED:
        first = replace(call.request, key=f"{call.key}:invited")
        invitation = on_job._replace(state=ProposalState.INVITED, worth=None)
        on_job = on_job._replace(seen=((await call.proposals.tell(first, invitation, day)).batch.number, 1))
    return (await call.proposals.tell(call.request, on_job, day)).batch


async def _answer(call: Call, booked: Batch, statement: Statement) -> Reply:
    """What was noted, and what is known of the proposal now."""
    told, day = booked.proposals[0], booked.last
    proposal = await call.proposals.find(call.open_wallet.id, f"{booked.number}-{told.line}")
    if proposal is None:
        undo = Button(say("button-undo-state"), line_of(OUTCOME, {"of": statement.of, "undo": str(booked.number)}))
        return reply(say("outcome-told", state=statement.name), buttons(undo))
    if statement.state is ProposalState.HIRED and statement.worth is None:
        raise MissingOptionError("worth", say("worth-question", title=_titled(proposal)))
    said = say("outcome-done", state=statement.name)
    if told.worth is not None:
        said = say("outcome-worth", worth=told.worth)
    elif day is not None:
        said = say("outcome-done-on", state=statement.name, day=named_day(day))
    owed = proposal.net.connects and statement.state is ProposalState.CLOSED
    stays = say("outcome-older") if statement.state is not state_of(proposal) else None
    return await card_of(call, proposal, statement.ways(said, stays, say("outcome-closed") if owed else None))


def _day(call: Call, statement: Statement) -> date | None:
    """The day as of which it holds; None if it is today."""
    happened = happened_on(call, statement.on, OUTCOME)
    return None if happened is None else day_in(call.zone, happened)


def _price(call: Call, worth: Amount | str | None) -> Price | None:
    if not isinstance(worth, Amount):
        return None
    currency = worth.currency or call.open_wallet.settings.currency
    return Price(worth.minor(currency), 0, currency)


async def _taken_back(call: Call, of: Subject, number: int, ways: Ways) -> Reply:
    """Take back what somebody said of a proposal, and show what is known without it."""
    before = await call.proposals.find(call.open_wallet.id, of.ref) if of.ref else None
    if not await _may_take_back(call, before, number):
        return reply(not_yours(call.wallet, "not-your-proposal"))
    done = await call.proposals.take_back(call.request, number)
    told = done.batch.proposals[0]
    said = say("outcome-undone", state=say(f"reached-{told.state}"))
    hired = done.proposal is not None and done.proposal.stage is ProposalState.HIRED
    said = say("outcome-worth-undone") if told.worth is not None and hired else said
    if done.proposal is None:
        return reply(said, replace=ways.replace)
    return await card_of(call, done.proposal, ways._replace(notes=(said,)))


async def _may_take_back(call: Call, proposal: Proposal | None, number: int) -> bool:
    if proposal is not None:
        return await may_tell(call, proposal)
    batches = await call.imports.batches(call.open_wallet.id)
    own = any(batch.number == number and call.team.now(batch.by) == call.person.id for batch in batches)
    return own or await corrects_others(call)
