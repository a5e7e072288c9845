"""The command that lists proposals, and shows the card of one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from bot.command.declaration import Call, DoubtError, Suggestion, command
from bot.commands.proposals.card import card_of
from bot.options.choice import Choice, Switch
from bot.options.numbers import MOST_NUMBER, Whole
from bot.options.proposals import About, Subject
from bot.options.text import Text
from bot.options.times.period import Period, Span
from bot.reading.lines import line_button, line_of
from bot.reading.parser import read_values, words_of
from bot.reading.proposals.asked import SHOWN, proposals_line
from bot.reading.proposals.told import OUTCOME, PROPOSALS
from bot.reply.parts import Button, Buttons, Recent, Reply, Say, reply, say
from bot.views.proposals.card import TOP, Ways
from bot.views.proposals.listing import PAGE, Listing, listing
from bot.views.proposals.phrases import brief_title, reference
from core.proposals.model import Filter, Shown
from core.shared.calendar import day_in
from core.shared.job_links import is_link
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from core.proposals.model import Proposal
    from core.shared.ids import PersonId
    from core.shared.job_links import JobLink

RECENT: Final = 5
LATELY: Final = 200
"""How many of the latest entries are looked at for the people of a group."""
MYSELF: Final = frozenset({"me", "mine", "myself", "i"})
MOST_NAMED: Final = 6
"""How many proposals are offered when it is asked which one is meant."""


async def recent_proposals(call: Call, _typed: str) -> tuple[Suggestion, ...]:
    """The latest proposals."""
    found = await call.proposals.page(call.open_wallet.id, Filter(), limit=RECENT)
    return tuple(Suggestion(f"#{one.ref}", label) for one, label in told_apart(found.proposals, call.at))


def named(proposal: Proposal) -> Say:
    """A proposal on a button: its number and its title."""
    return say("proposal-named", ref=reference(proposal), title=brief_title(proposal))


def told_apart(found: Sequence[Proposal], now: datetime) -> Iterable[tuple[Proposal, Say]]:
    """Proposals with their labels; those of the same title have their days, too."""
    titles = Counter(folded(one.title) for one in found)
    for one in found:
        dated = say("proposal-named", ref=named(one), title=Recent(one.sent, now, day=True))
        yield one, dated if titles[folded(one.title)] > 1 else named(one)


@command("proposals", "proposal", reader=proposals_line)
async def proposals(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    what: Annotated[Subject | None, About(suggest=recent_proposals)] = None,
    state: Annotated[Shown, Choice(of=Shown, also=SHOWN, named=True)] = Shown.ALL,
    period: Annotated[Span | None, Period(named=True)] = None,
    member: Annotated[str, Text(named=True)] = "",
    skip: Annotated[int, Whole(low=0, high=MOST_NUMBER, named=True, hidden=True)] = 0,
    more: Annotated[bool | None, Switch(named=True, hidden=True)] = None,
    back: Annotated[str, Text(named=True, hidden=True)] = "",
) -> Reply:
    """List proposals, newest first, or show one: its rows, its net cost, and what became of it."""
    subject, wanted = _read(call, what or Subject(), Wanted(Shown(state), period, member))
    opened = Ways(more=bool(more), back=list_of(back), replace=bool(back) or more is not None)
    if subject.ref:
        found = await call.proposals.find(call.open_wallet.id, subject.ref)
        return _unknown(subject.ref) if found is None else await card_of(call, found, opened)
    if subject.job is not None:
        there = await call.proposals.on_job(call.open_wallet.id, subject.job.id)
        return await on_job(call, subject.job, there)
    return await _list(call, subject.words, wanted, skip)


def list_of(words: str) -> str | None:
    """The options of the list that a card was opened from; None if it was not."""
    return (None if not words else "") if words in {"", TOP} else words


class Wanted(NamedTuple):
    """What a list was asked for, apart from words in the titles."""

    state: Shown = Shown.ALL
    period: Span | None = None
    member: str = ""


def _read(call: Call, subject: Subject, wanted: Wanted) -> tuple[Subject, Wanted]:
    """What was asked for in a native form, which has one field for words such as "viewed last month"."""
    if not subject.words or wanted != Wanted():
        return subject, wanted
    given = call.commands[PROPOSALS]
    name, _, rest = (line := proposals_line(given, subject.words)).partition(" ")
    if name != PROPOSALS:
        label = " ".join(word for word in subject.words.split() if not is_link(word))
        raise DoubtError(say("doubt-told"), line_button(line, label))
    values = read_values(given, words_of(given, rest))
    return values["what"] or Subject(), Wanted(Shown(values["state"]), values["period"], values["member"])


async def _list(call: Call, words: str, wanted: Wanted, skip: int) -> Reply:
    """A page of the proposals that fit; if it is only one, searched for by its title, its card."""
    wallet = call.open_wallet
    people = await people_here(call) if words or wanted.member else {}
    if call.of_group and words and not wanted.member and _named_so(people, words):
        words, wanted = "", wanted._replace(member=words)
    by = person_named(call, people, wanted.member)
    first, last = (None, None) if wanted.period is None else wanted.period.of(day_in(call.zone, call.at))
    member = "" if folded(wanted.member) in MYSELF else wanted.member
    which = Filter(wanted.state, words, by, member, first, last)
    found = await call.proposals.page(wallet.id, which, skip=skip, limit=PAGE)
    if words and not wanted.member and not any(found.counts.values()):  # a name that only pages know
        called = await call.proposals.page(wallet.id, which._replace(words="", member=words), skip=skip, limit=PAGE)
        if called.total:
            words, wanted, found = "", wanted._replace(member=words), called
    if words and wanted.state is not Shown.ALL and not found.total:  # "interview prep" may be a title
        titled_so = f"{wanted.state.value} {words}"
        there = await call.proposals.page(wallet.id, which._replace(shown=Shown.ALL, words=titled_so), skip=skip)
        if there.total:
            words, wanted, found = titled_so, wanted._replace(state=Shown.ALL), there
    if found.total == 1 and words and found.proposals:
        return await card_of(call, found.proposals[0])
    names = await call.store.people.names({one.by for one in found.proposals if one.by is not None})
    page = Listing(
        found.proposals, found.total, found.counts, call.at, wallet.settings.alerts.answer, skip, wanted.state,
        _words(words, wanted), first, last, names, call.of_group,
    )  # fmt: skip
    return listing(page)


def _words(words: str, wanted: Wanted) -> Mapping[str, str]:
    """The options of a line that asks for the same."""
    period = "" if wanted.period is None else wanted.period.words
    named = {"what": words, "period": period, "member": wanted.member}
    return {name: said for name, said in named.items() if said}


async def people_here(call: Call) -> Mapping[PersonId, str]:
    """Those who have booked something here lately."""
    if not call.of_group:
        return {call.person.id: call.person.name}
    known = await call.books.authors(await call.books.history(call.open_wallet.id, None, LATELY))
    return {call.team.now(person): name for person, name in known.items()}


def _named_so(people: Mapping[PersonId, str], words: str) -> list[PersonId]:
    """The people of this name, or whose first name it is."""
    said = folded(words).removeprefix("@")
    whole = [person for person, name in people.items() if folded(name) == said]
    return whole or [person for person, name in people.items() if said in folded(name).split()]


def person_named(call: Call, people: Mapping[PersonId, str], member: str) -> PersonId | None:
    """The one person who is meant; None if it is nobody here, or one of several."""
    if not member:
        return None
    if folded(member) in MYSELF:
        return call.person.id
    found = _named_so(people, member)
    return found[0] if len(found) == 1 else None


async def on_job(call: Call, job: JobLink, there: Sequence[Proposal]) -> Reply:
    """The card of the proposal on a job, or which there are; if there is none, what may be booked."""
    if len(there) == 1:
        return await card_of(call, there[0])
    if there:
        labelled = told_apart(there[:MOST_NAMED], call.at)
        rows = tuple((Button(label, f"{PROPOSALS} #{one.ref}"),) for one, label in labelled)
        return reply(say("proposals-on-job", count=len(there)), Buttons(rows))
    bid = Button(say("button-book-bid"), line_of("spend", {"job": job.id, **titled(job)}))
    invited = Button(say("button-was-invited"), line_of(OUTCOME, {"of": link_of(job), "state": "invited"}))
    return reply(say("proposal-none-on-job"), Buttons(((bid, invited),)))


def titled(job: JobLink) -> Mapping[str, str]:
    """The title that a link has, as an option of a line."""
    return {"title": job.title} if job.title else {}


def link_of(job: JobLink) -> str:
    """A job's link with its title, by which it is known later."""
    return f"https://www.upwork.com/jobs/{job.title.replace(' ', '-')}_{job.id}/" if job.title else job.id


def _unknown(ref: str) -> Reply:
    every = Button(say("button-all-proposals"), PROPOSALS)
    return reply(say("proposal-unknown", ref=f"#{ref}"), Buttons(((every,),)))
