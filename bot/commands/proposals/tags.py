"""The tags that somebody gives proposals, so that figures can be told apart by them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, DoubtError, MissingOptionError, Suggestion, UnfitError, command
from bot.commands.proposals.card import is_of, may_tell
from bot.commands.proposals.listing import named, recent_proposals
from bot.options.choice import Switch
from bot.options.proposals import Numbers, TagChange, Tagging
from bot.options.text import LONGEST_TAG
from bot.reading.lines import line_button, line_of
from bot.reading.proposals.told import PROPOSALS, TAG, named_line
from bot.reading.proposals.wording import STATE_OF
from bot.reply.parts import Button, Reply, Say, buttons, reply, say
from bot.views.team.roles import not_yours
from core.ledger.change_keys import own_key
from core.ledger.sightings import ProposalSighting
from core.proposals.model import Filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.ledger.requests import Request
    from core.proposals.model import Proposal

MOST: Final = 8
"""How many tags a proposal has at most."""
LATELY: Final = 50
"""Among so many of the latest proposals tags are looked for that can be given again."""
OFFERED: Final = 6


async def known_tags(call: Call, _typed: str) -> tuple[Suggestion, ...]:
    """The tags of the latest proposals."""
    found = await call.proposals.page(call.open_wallet.id, Filter(), limit=LATELY)
    tags = dict.fromkeys(tag for proposal in found.proposals for tag in proposal.tags)
    return tuple(Suggestion(tag, say("raw", text=tag)) for tag in list(tags)[:OFFERED])


@command(TAG, "label")
async def tag(
    call: Call,
    of: Annotated[tuple[str, ...], Numbers(suggest=recent_proposals)],
    tags: Annotated[Tagging | None, TagChange(most=MOST, suggest=known_tags)] = None,
    undo: Annotated[tuple[str, ...], Numbers(named=True, hidden=True)] = (),
    *,
    sure: Annotated[bool, Switch(named=True, hidden=True)] = False,
) -> Reply:
    """Give proposals tags, or take some of them away."""
    found = [await _known(call, ref) for ref in of]
    for proposal in found:
        if not await may_tell(call, proposal):
            return reply(not_yours(call.wallet, "not-your-proposal"))
    if undo:
        return await _taken_back(call, found, undo)
    if tags is None:
        question = say("tags-question", title=named(found[0]), others=len(found) - 1)
        raise MissingOptionError("tags", question, await known_tags(call, ""))
    if not sure:
        _ask_about_outcomes(of, tags)
    booked = [await _tag(call, at, proposal, tags) for at, proposal in enumerate(found)]
    return await _answer(call, of, [number for number in booked if number])


def _ask_about_outcomes(of: Sequence[str], tags: Tagging) -> None:
    """A tag that says what became of a proposal, or is a figure, may be meant as that."""
    odd = next((tag for tag in tags.given if tag in STATE_OF or tag.isdecimal()), None)
    if odd is None:
        return
    told = named_line(f"#{of[0]} {odd}") if len(of) == 1 and odd in STATE_OF else None
    became = [] if told is None else [line_button(told, f"#{of[0]} {odd}")]
    words = ", ".join((*tags.given, *(f"-{tag}" for tag in tags.off)))
    tagged = Button(say("button-as-tag", tag=odd), _line(of, tags=words, sure="on"))
    raise DoubtError(say("doubt-tag", tag=odd), *became, tagged)


async def _known(call: Call, ref: str) -> Proposal:
    found = await call.proposals.find(call.open_wallet.id, ref)
    if found is None:
        every = Button(say("button-all-proposals"), PROPOSALS)
        raise DoubtError(say("proposal-unknown", ref=f"#{ref}"), every)
    return found


async def _tag(call: Call, at: int, proposal: Proposal, change: Tagging) -> int:
    """Book the tags of one of the proposals; the number of the import, or 0 if these are its tags already."""
    request = _request(call, at)
    earlier = await call.store.ledger.imported(request.wallet, own_key(request.key))
    if earlier is not None:
        return earlier.number
    tags = change.of(proposal.tags)
    if len(tags) > MOST:
        raise UnfitError(say("unfit-tags", most=MOST, longest=LONGEST_TAG))
    if tags == proposal.tags:
        return 0
    number = next(iter(proposal.entries), None)
    seen = proposal.seen[0] if number is None else None
    told = ProposalSighting(1, proposal.stage, number=number, seen=seen, tags=tags)
    return (await call.proposals.tell(request, told)).batch.number


def _request(call: Call, at: int) -> Request:
    """The request for one of several proposals."""
    return replace(call.request, key=f"{call.key}:{at}") if at else call.request


async def _answer(call: Call, of: Sequence[str], booked: Sequence[int]) -> Reply:
    """The tags that the proposals have now."""
    undo = _line(of, undo=",".join(map(str, booked)))
    show = Button(say("button-show-proposal"), f"{PROPOSALS} #{of[0]}") if len(of) == 1 else None
    offered = (Button(say("button-undo-tags"), undo) if booked else None, show)
    return reply(*[await _now(call, ref) for ref in of], buttons(*filter(None, offered)))


async def _now(call: Call, ref: str) -> Say:
    proposal = await _known(call, ref)
    return say("tags-now", title=named(proposal), tags=", ".join(proposal.tags), count=len(proposal.tags))


def _line(of: Sequence[str], **more: str) -> str:
    return line_of(TAG, {"of": ",".join(f"#{ref}" for ref in of), **more})


async def _taken_back(call: Call, found: Sequence[Proposal], undo: Sequence[str]) -> Reply:
    """Take back what was said of the tags of these proposals, and say what they are without it."""
    batches = {batch.number: batch for batch in await call.imports.batches(call.open_wallet.id)}
    numbers = [int(number.partition("-")[0]) for number in undo]
    for number in numbers:
        said = batches.get(number)
        tags = said is not None and [one.only_tags for one in said.proposals] == [True]
        if said is None or not tags or not any(is_of(said, proposal) for proposal in found):
            raise UnfitError(say("import-unknown", number=number))
    for at, number in enumerate(numbers):
        await call.proposals.take_back(_request(call, at), number)
    return reply(say("tags-undone"), *[await _now(call, proposal.ref) for proposal in found])
