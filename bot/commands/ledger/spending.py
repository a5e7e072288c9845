"""Commands for what is spent: spend, several at once, a bid with a boost in it, and what a bare number means."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from typing_extensions import override

from bot.command.declaration import Call, Suggestion, UnfitError, command
from bot.command.permissions import may
from bot.commands.ledger.booking_day import booked_on, day_of, happened_on
from bot.commands.ledger.earlier_bids import doubt_about
from bot.commands.ledger.remarks import budget_after, differs, limits_after, low_after, unpinned
from bot.commands.ledger.suggestions import recent_days, recent_titles, usual_amounts
from bot.commands.team.another import ask_whose
from bot.options.choice import Choice, Switch
from bot.options.numbers import MOST_CONNECTS, Whole
from bot.options.text import Link, Text
from bot.options.times.past import Past, PastDay
from bot.reading.dating import ON
from bot.reading.lines import line_of, pieces
from bot.reading.parser import read_values
from bot.reading.spending.bids import MOST_BIDS, Bid, short
from bot.reading.spending.several import spend_line
from bot.reading.spending.single import understood
from bot.reply.parts import Button, Fact, Fields, Reply, Say, buttons, reply, say
from bot.views.entries import cost, left, named, proposal_button, undo_button
from core.ledger.model import Purpose, expense_on
from core.ledger.requests import Spend
from core.shared.job_links import JobLink
from core.shared.refusals import AlreadyBid, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.options.choice import Synonyms
    from core.ledger.model import Entry, Receipt

CLOCKS_DIFFER = timedelta(days=1)
PURPOSES: Final[Synonyms] = (
    (Purpose.PROPOSAL, ("bid", "application")),
    (Purpose.BOOST, ("boosts", "boosting", "boosted proposal")),
    (Purpose.BADGE, ("available now", "available now badge", "available badge", "availability")),
    (Purpose.PROFILE_AD, ("ad", "ads", "profile ads", "profile boost", "boosted profile", "advertising")),
)
BID: Final = expense_on(Purpose.PROPOSAL)
ALL: Final = "all"
NONE: Final = "none"
NOTHING_OF_IT: Final = 0
ALL_OF_IT: Final = -1


class Wish(NamedTuple):
    """A spend as somebody gave it: with its boost, its link, and what Upwork showed beside it."""

    connects: int
    boost: int | None
    purpose: Purpose
    job: JobLink | None
    title: str
    shown: int | None
    again: bool
    on: PastDay | None = None

    @property
    def spends(self) -> tuple[Spend, ...]:
        """What is booked for it: the bid, and its boost if it has one."""
        memo = self.title or (self.job.title if self.job is not None else "")
        job = "" if self.job is None else self.job.id
        bid = Spend(self.connects, self.purpose, memo, job)
        return (bid,) if self.boost is None else (bid, Spend(self.boost, Purpose.BOOST, memo, job))

    @property
    def unless_bid_on(self) -> str:
        """The job on which nobody may have bid before (empty: there is none, or they have confirmed it)."""
        bids = self.job is not None and self.purpose is Purpose.PROPOSAL and not self.again
        return self.job.id if self.job is not None and bids else ""

    @property
    def line(self) -> str:
        """The line that books it."""
        bid = Bid(
            self.connects,
            self.boost,
            purpose=self.purpose.value,
            job="" if self.job is None else self.job.id,
            title=self.spends[0].memo,
            shown=self.shown,
            more=(
                *((("again", "yes"),) if self.again else ()),
                *(() if self.on is None else ((ON, self.on.words),)),
            ),
        )
        return bid.line


@command("spend", "bid", reader=spend_line)
async def spend(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    connects: Annotated[int, Whole(high=MOST_CONNECTS, ruled=True, suggest=usual_amounts)],
    purpose: Annotated[Purpose, Choice(of=Purpose, also=PURPOSES, lowercase=True)] = Purpose.PROPOSAL,
    job: Annotated[JobLink | None, Link()] = None,
    title: Annotated[str, Text(suggest=recent_titles)] = "",
    boost: Annotated[int | None, Whole(high=MOST_CONNECTS, ruled=True, named=True)] = None,
    on: Annotated[PastDay | None, Past(named=True, suggest=recent_days)] = None,
    shown: Annotated[int | None, Whole(low=0, high=MOST_CONNECTS, named=True, hidden=True)] = None,
    again: Annotated[bool, Switch(named=True, hidden=True)] = False,  # noqa: FBT002 - options are given by name
    anyway: Annotated[bool, Switch(named=True, hidden=True)] = False,  # noqa: FBT002 - the same
    sent: Annotated[bool, Switch(named=True, hidden=True)] = False,  # noqa: FBT002 - the same
) -> Reply:
    """Book Connects that were spent on a proposal, a boost, the badge, a profile ad or something else."""
    happened = happened_on(call, on, "spend")
    wish = Wish(connects, boost, Purpose(purpose), job, title, shown, again, on)
    return await _book(replace(call, past_pins=anyway, over_limits=sent), (_checked(call, wish),), happened)


@command("several", hidden=True)
async def several(
    call: Call,
    lines: Annotated[str, Text(most=4000, lines=True)],
    *,
    anyway: Annotated[bool, Switch(named=True, hidden=True)] = False,
    sent: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """Book several spends together: all of them, or none. Each is written as after /spend, with a `;` between."""
    written = pieces(lines)
    if not 0 < len(written) <= MOST_BIDS:
        raise UnfitError(say("unfit-bids-many", count=len(written), most=MOST_BIDS))
    wishes = [_wish(call, number, piece) for number, piece in enumerate(written, 1)]
    days = {happened_on(call, wish.on) for wish in wishes}
    if len(days) > 1:
        raise UnfitError(say("unfit-days-several"))
    return await _book(replace(call, past_pins=anyway, over_limits=sent), wishes, days.pop())


def _wish(call: Call, number: int, piece: str) -> Wish:
    """One of several spends. If it makes no sense, it is named, and nothing is booked."""
    try:
        bid = understood(spend, piece)
        values = read_values(spend, bid.words) if isinstance(bid, Bid) and not bid.flagged else {}
    except UnfitError:
        values = {}
    if "connects" not in values:
        raise UnfitError(say("doubt-line", number=number, line=short(piece)))
    return _checked(call, Wish(**{name: values[name] for name in Wish._fields}))


def _checked(call: Call, wish: Wish) -> Wish:
    if wish.job is not None and wish.job.posted is not None and wish.job.posted > call.at + CLOCKS_DIFFER:
        raise UnfitError(say("unfit-link-future", day=wish.job.posted))
    if wish.boost is not None and wish.purpose is not Purpose.PROPOSAL:
        raise UnfitError(say("unfit-boost"))
    return wish


async def _book(call: Call, wishes: Sequence[Wish], happened: datetime | None) -> Reply:
    """Book spends together, once a second bid on the same job is confirmed."""
    for wish in wishes:
        await ask_whose(call, wish.title, _line_of_all(wishes))
    spends = [one for wish in wishes for one in wish.spends]
    receipt = await _booked_once(call, wishes, spends, happened)
    booked = _as_asked(receipt.asked, spends)
    shown = wishes[0].shown if len(wishes) == 1 else None
    differing = await differs(call, receipt, booked, shown)
    single = booked[0] if len(booked) == 1 else None
    back = None if single is None else Button(say("button-return"), f"return #{single.number}")
    return reply(
        _done(booked, wishes),
        booked_on(call, happened),
        await unpinned(call, receipt),
        Fields(tuple(_rows(booked, wishes, receipt))),
        low_after(call, receipt),
        await budget_after(call, receipt),
        *await limits_after(call, receipt, booked),
        None if differing is None else differing.sentence,
        buttons(undo_button(receipt), back, _shown(booked, wishes), None if differing is None else differing.button),
    )


def _shown(booked: Sequence[Entry], wishes: Sequence[Wish]) -> Button | None:
    """The button that shows the proposal, or all of them if there are several."""
    if len(wishes) == 1:
        return proposal_button(next((one for one in booked if one.counterpart == BID), None))
    return Button(say("button-proposals"), "proposals") if any(one.counterpart == BID for one in booked) else None


async def _booked_once(
    call: Call, wishes: Sequence[Wish], spends: Sequence[Spend], happened: datetime | None
) -> Receipt:
    """Book spends, unless there is a bid already on one of the jobs. Then it is asked about."""
    jobs = {wish.unless_bid_on: None for wish in wishes if wish.unless_bid_on}
    try:
        return await call.books.spend_all(call.request, spends, on=happened, unless_bid_on=tuple(jobs))
    except RefusedError as refused:
        if not isinstance(refused.refusal, AlreadyBid):
            raise
        lines = [wish._replace(again=True) for wish in wishes]
        doubt = await doubt_about(call, jobs, _line_of_all(lines))
        raise refused if doubt is None else doubt from refused


def _line_of_all(wishes: Sequence[Wish]) -> str:
    if len(wishes) == 1:
        return wishes[0].line
    return line_of("several", {"lines": "; ".join(wish.line.partition(" ")[2] for wish in wishes)})


def _as_asked(entries: Iterable[Entry], spends: Sequence[Spend]) -> list[Entry]:
    """The entries in the order in which they were asked for, which is another one if they are of an earlier day."""
    places = {(expense_on(one.purpose), -one.connects, one.memo, one.job): at for at, one in enumerate(spends)}
    return sorted(entries, key=lambda entry: places[entry.counterpart, entry.delta, entry.memo, entry.job])


def _done(booked: Sequence[Entry], wishes: Sequence[Wish]) -> Say:
    if len(booked) == 1:
        entry = booked[0]
        return say("spend-done", number=entry.number, connects=-entry.delta, deed=named(entry))
    numbers = {"first": min(entry.number for entry in booked), "last": max(entry.number for entry in booked)}
    if len(wishes) == 1:
        bid, boost = booked
        return say("spend-done-boosted", connects=-bid.delta, boost=-boost.delta, deed=named(bid), **numbers)
    return say("spend-done-several", count=len(wishes), connects=-sum(entry.delta for entry in booked), **numbers)


def _rows(booked: Sequence[Entry], wishes: Sequence[Wish], receipt: Receipt) -> list[tuple[Say, Fact]]:
    """What each entry did if there are several, what they cost, and what is left."""
    job = wishes[0].job if len(wishes) == 1 else None
    rows: list[tuple[Say, Fact]] = []
    if (
        job is not None and job.posted is not None and booked[0].happened is None
    ):  # of another day only the day is known
        rows.append((say("field-posted"), say("posted-before", age=max(booked[0].at - job.posted, timedelta()))))
    if len(booked) == 1:
        rows.append((say("field-cost"), cost(booked[0])))
    else:
        rows += [(say("entry-number", number=entry.number), _spent(entry)) for entry in booked]
    return [*rows, left(receipt)]


def _spent(entry: Entry) -> Say:
    return say("entry-spent", connects=-entry.delta, deed=named(entry), cost=cost(entry))


class Part(Whole):
    """How much of a spend was a boost: a number of Connects, none of them, or all."""

    @override
    def read(self, words: str) -> int:
        said = words.strip().casefold()
        if said in {NONE, "no", "nothing", "no boost"}:
            return NOTHING_OF_IT
        return ALL_OF_IT if said in {ALL, "everything", "all of it"} else Whole.read(self, words)


async def parts(_call: Call, _typed: str) -> tuple[Suggestion, ...]:
    """The two answers that are no numbers."""
    return Suggestion(NONE, say("button-no-boost")), Suggestion(ALL, say("button-all-boost"))


@command("boosted", hidden=True)
async def boosted(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    connects: Annotated[int, Whole(high=MOST_CONNECTS, ruled=True, suggest=usual_amounts)],
    part: Annotated[int, Part(low=0, high=MOST_CONNECTS, named=True, suggest=parts)],
    job: Annotated[JobLink | None, Link()] = None,
    title: Annotated[str, Text()] = "",
    on: Annotated[PastDay | None, Past(named=True)] = None,
    shown: Annotated[int | None, Whole(low=0, high=MOST_CONNECTS, named=True, hidden=True)] = None,
    anyway: Annotated[bool, Switch(named=True, hidden=True)] = False,  # noqa: FBT002 - options are given by name
    sent: Annotated[bool, Switch(named=True, hidden=True)] = False,  # noqa: FBT002 - the same
) -> Reply:
    """Book Connects of which a part was a boost, once it is known how many."""
    if part > connects:
        raise UnfitError(say("unfit-part", part=part, connects=connects))
    rest = Wish(connects, None, Purpose.PROPOSAL, job, title, shown, again=False, on=on)
    if part in {ALL_OF_IT, connects}:
        rest = rest._replace(purpose=Purpose.BOOST)
    elif part:
        rest = rest._replace(connects=connects - part, boost=part)
    return await _book(
        replace(call, past_pins=anyway, over_limits=sent), (_checked(call, rest),), happened_on(call, on, "boosted")
    )


@command("number", hidden=True, needs_wallet=False)
async def number_(
    call: Call,
    connects: Annotated[int, Whole()],
    title: Annotated[str, Text()] = "",
    on: Annotated[PastDay | None, Past(named=True)] = None,
) -> Reply:
    """Ask what a bare number means."""
    dated = {} if on is None else {ON: on.words}
    words = {"connects": str(connects), **({"title": title} if title else {}), **dated}
    buys = not title and await may(call, "buy")
    return reply(
        say("number-what-titled", connects=connects, title=title) if title else say("number-what", connects=connects),
        None if on is None or call.wallet is None else say("number-day", day=day_of(call, on)),
        buttons(
            Button(say("button-spend"), line_of("spend", words)),
            Button(say("button-boost"), line_of("spend", {**words, "purpose": "boost"})),
            Button(say("button-bought"), line_of("buy", {"connects": str(connects), **dated})) if buys else None,
            asks=True,
        ),
    )
