"""What the questions about an import are answered with. Each answer keeps the draft."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.command.declaration import MissingOptionError, UnfitError
from bot.commands.imports.remembered import remember_member, remember_wording
from bot.options.cost import COST
from bot.options.figures import whole_number
from bot.options.times.time import Day
from bot.reply.parts import say
from bot.views.costs import stated
from bot.views.imports.questions import digest
from core.imports.model import RowKind
from core.imports.undated import dated, earliest_copy, is_undated

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
    from datetime import date

    from bot.command.declaration import Call
    from bot.commands.imports.drafts import Draft
    from bot.options.cost import Paid
    from core.imports.model import Answers
    from core.shared.money import CostState

    Answering = Callable[[Call, Draft, Sequence[str]], Awaitable[Answers]]

NEW: Final = "new"
OUT: Final = "out"
DAY: Final = Day()


async def _own_page(_call: Call, draft: Draft, _words: Sequence[str]) -> Answers:
    """It was confirmed that the page is that of this wallet's account."""
    return replace(draft.answers, own_account=True)


async def _wording(call: Call, draft: Draft, words: Sequence[str]) -> Answers:
    """What a wording means, remembered for the person."""
    name, kind = _two(words)
    wording = _of(name, (row.wording for page in draft.pages for row in page.rows))
    if kind not in set(RowKind):
        raise UnfitError(say("import-ended"))
    meaning = RowKind(kind)
    await remember_wording(call.store.notes, call.person.id, wording, meaning, call.at)
    return replace(draft.answers, wordings={**draft.answers.wordings, wording: meaning})


async def _member(call: Call, draft: Draft, words: Sequence[str]) -> Answers:
    """Who a member is, remembered for the wallet."""
    name, who = _two(words)
    member = _of(name, (row.member or "" for page in draft.pages for row in page.rows))
    person = None if whole_number(who) is None else who
    await remember_member(call.store.notes, draft.wallet, member, person, call.at)
    return replace(draft.answers, members={**draft.answers.members, member: person})


async def _row(_call: Call, draft: Draft, words: Sequence[str]) -> Answers:
    """What an unsure row is: an entry by its number, another fact, or nothing that is to be booked."""
    name, said = _two(words)
    position, given = whole_number(name) or 0, draft.answers
    same = {at: number for at, number in given.same.items() if at != position}
    unsure = {at: booked for at, booked in given.unsure.items() if at != position}
    if said == OUT:
        return replace(given, same=same, unsure={**unsure, position: False})
    number = 0 if said == NEW else whole_number(said) or 0
    booked = {position: True} if said == NEW else {}
    return replace(given, same={**same, position: number}, unsure={**unsure, **booked})


ANSWERS: Final[Mapping[str, Answering]] = {
    "mine": _own_page,
    "wording": _wording,
    "member": _member,
    "row": _row,
}


def costing(call: Call, draft: Draft, words: Sequence[str], cost: CostState | Paid | None) -> Answers:
    """What the Connects cost that were there before the first row; asks for the money if it was another price."""
    connects, said = whole_number(words[0] if words else "") or 0, " ".join(words[1:])
    if cost is None and said in {"", "?"}:
        raise MissingOptionError("cost", say("ask-import-cost"))
    given = COST.read(said) if cost is None else cost
    return replace(draft.answers, cost=stated(call, connects, given, f"import cost {draft.id} {connects}"))


def dating(draft: Draft, words: Sequence[str], day: date | None) -> Draft:
    """The draft with the day on which the first page was saved that does not say it itself; asks for another day."""
    copied = DAY.read(words[0]) if day is None and words else day
    if copied is None:
        raise MissingOptionError("day", say("ask-import-day"))
    at = next((at for at, page in enumerate(draft.pages) if is_undated(page)), None)
    if at is None:
        return draft
    page = dated(draft.pages[at], copied)
    if page is None:
        raise UnfitError(say("import-day-early", earliest=earliest_copy(draft.pages[at])))
    return replace(draft, pages=(*draft.pages[:at], page, *draft.pages[at + 1 :]))


def _two(words: Sequence[str]) -> tuple[str, str]:
    one, other, *_ = (*words, "", "")
    return one, other


def _of(name: str, texts: Iterable[str]) -> str:
    """The text that a button's line names by its digest; UnfitError if it is not on the page."""
    found = next((text for text in texts if digest(text) == name), None)
    if found is None:
        raise UnfitError(say("import-ended"))
    return found
