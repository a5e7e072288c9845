"""Reads everything that may follow `/spend`: a bid, several on lines or with links of their own, or a copied page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.command.declaration import DoubtError, UnfitError
from bot.reading.lines import as_label, pieces
from bot.reading.proposals.told import told_line
from bot.reading.proposals.wording import is_outcome, is_return
from bot.reading.spending.bids import MOST_BIDS, Bid, button_for, button_for_all, line_of_all, short
from bot.reading.spending.doubts import about_outcome, distinct, readings_of
from bot.reading.spending.pasted import Pasted, pasted_in
from bot.reading.spending.single import understood
from bot.reading.tokens import Sort, tokens_in
from bot.reply.parts import Button, say
from core.shared.job_links import is_link, job_in, short_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.command.declaration import Command

SPEND: Final = frozenset({"spend", "bid"})
SECOND: Final = re.compile(r"(?<=\s)/(?=(?:spend|bid)(?:@\w+)?\s)", re.IGNORECASE)
NUMBERED: Final = re.compile(r"(?:(\d{1,2})[.)]|[-*\u2022\u2013])\s+")
EACH: Final = re.compile(r"\b(?:each|apiece|both|for all)\b", re.IGNORECASE)


class Piece(NamedTuple):
    """One of several lines. `firm`: it has a command or a link of its own, so it is no mere part of a title."""

    text: str
    firm: bool


def spend_line(given: Command, text: str) -> str:
    """The line that the bot itself would print for what was written after `/spend`."""
    page = pasted_in(text)
    if page is not None:
        return _copied(page)
    written = [_piece(piece) for piece in _unnumbered(pieces(SECOND.sub("\n/", text)))]
    if len(written) > 1 and (found := _several(given, written)) is not None:
        return found
    firm = any(piece.firm for piece in written[1:])
    flat = " ".join((" ".join(piece.text for piece in written) if firm else text).split())
    linked = _by_links(flat)
    linked = _by_links(EACH.sub(" ", flat)) if len(linked) > 1 else linked
    if len(linked) > 1:
        return _linked(given, linked)
    found_one = understood(given, flat)
    return found_one.line if isinstance(found_one, Bid) else found_one


def _unnumbered(lines: list[str]) -> list[str]:
    """The lines of a list without their bullets or numbers."""
    marks = [NUMBERED.match(line) for line in lines]
    counted = [int(mark[1]) if mark is not None and mark[1] else 0 for mark in marks]
    numbered = counted == list(range(1, len(lines) + 1)) or not any(counted)
    if not lines[1:] or not numbered:
        return lines
    return [line[mark.end() :] if mark is not None else line for mark, line in zip(marks, lines, strict=True)]


def _piece(text: str) -> Piece:
    name, _, rest = text.partition(" ")
    named = name.removeprefix("/").partition("@")[0].casefold() in SPEND
    return Piece(rest.strip() if named else text, named or is_link(text))


def _several(given: Command, written: Sequence[Piece]) -> str | None:
    """Several lines that are a bid each; None if they are parts of one."""
    _ask_about_outcomes(written)
    found = [_complete(given, piece.text) for piece in written]
    bids = [one for one in found if isinstance(one, Bid)]
    firm = all(piece.firm for piece in written[1:])
    if len(bids) == len(found):
        _refuse_one_job(bids)
        _refuse_days(bids)
        if len(bids) > MOST_BIDS:
            raise UnfitError(say("unfit-bids-many", count=len(bids), most=MOST_BIDS))
        if firm:
            return line_of_all(bids)
        one = readings_of(understood, given, " ".join(piece.text for piece in written))
        raise DoubtError(say("doubt-lines", count=len(bids)), *distinct(button_for_all(bids), *one[:1]))
    if not firm or _is_one(written):
        return None
    raise _unclear(written, found)


def _ask_about_outcomes(written: Sequence[Piece]) -> None:
    """Ask about several lines that each say what became of a proposal: they are noted one by one."""
    jobs = [job_in(piece.text) for piece in written]
    if not all(jobs):
        return
    buttons = [
        Button(say("raw", text=as_label(_named_by_title(piece.text))), line)
        for piece in written
        if (line := _outcome(piece.text)) is not None
    ]
    if len(buttons) == len(written):
        raise DoubtError(say("outcomes-several", count=len(buttons)), *buttons)


def _outcome(text: str) -> str | None:
    """The line for what became of a proposal, if a text says that and nothing is unclear."""
    try:
        return told_line(text)
    except UnfitError:
        return None


def _named_by_title(text: str) -> str:
    """A text in which a job is called by its title instead of its link."""
    words = (job.title or short_id(job.id) if (job := job_in(word)) is not None else word for word in text.split())
    return " ".join(words)


def _refuse_one_job(bids: Sequence[Bid]) -> None:
    """Ask about two amounts on the same job: they are rather a bid and its boost."""
    jobs = [job_in(bid.job) for bid in bids if bid.job]
    if len(set(jobs)) == len(jobs):
        return
    first, *others = bids
    pair = [replace(first, boost=others[0].connects)] if len(others) == 1 and not first.boost else []
    amounts = ", ".join(str(bid.connects) for bid in bids)
    raise DoubtError(say("doubt-figures", figures=amounts), *map(button_for, pair), button_for_all(bids))


def _refuse_days(bids: Sequence[Bid]) -> None:
    """Ask about bids of which only some have a day; what is booked together happened on one."""
    days = {bid.day for bid in bids}
    if len(days) == 1 or "" not in days:
        return  # two wordings may mean one day
    named = sorted(days - {""})
    if len(named) > 1:
        raise UnfitError(say("unfit-days-several"))
    together = button_for_all([bid.on(named[0]) for bid in bids])
    raise DoubtError(say("doubt-day-all", count=len(bids), day=named[0]), together)


def _is_one(written: Sequence[Piece]) -> bool:
    """Whether several lines have only one link among them, and no command: then they say together what one bid was."""
    links = [piece for piece in written if is_link(piece.text)]
    return len(links) == 1 and len(links) == sum(piece.firm for piece in written)


def _complete(given: Command, text: str) -> Bid | DoubtError | None:
    """A line as a bid with its amount, or why it is not one."""
    try:
        found = understood(given, text)
    except DoubtError as doubt:
        return doubt
    except UnfitError as error:
        return DoubtError(error.sentence)
    return found if isinstance(found, Bid) and found.connects is not None and not found.flagged else None


def _unclear(written: Sequence[Piece], found: Sequence[Bid | DoubtError | None]) -> DoubtError:
    """The first line that is not understood, by its place and its words; the button books the others."""
    place = next(place for place, one in enumerate(found) if not isinstance(one, Bid))
    sentence = say("doubt-line", number=place + 1, line=short(written[place].text))
    others = [one for one in found if isinstance(one, Bid)]
    rest = button_for_all(others) if len(others) > 1 else button_for(others[0]) if others else None
    return DoubtError(sentence, *distinct(rest))


def _by_links(text: str) -> list[str]:
    """A line cut at its links: before each of them, or after each if it ends with one."""
    links = [token for token in tokens_in(text) if token.sort is Sort.LINK and job_in(token.text) is not None]
    if not links[1:]:
        return [text]
    leading = not text[: links[0].start].strip()
    cuts = [token.start for token in links[1:]] if leading else [token.end for token in links[:-1]]
    ends = [*cuts, len(text)]
    return [text[begin:end].strip() for begin, end in zip([0, *cuts], ends, strict=True)]


def _linked(given: Command, parts: Sequence[str]) -> str:
    """Several links in one line: an amount with each, or one amount for all of them."""
    found = [_complete(given, part) for part in parts]
    bids = [one for one in found if isinstance(one, Bid)]
    if len({job_in(part) for part in parts}) < len(parts):
        raise UnfitError(say("unfit-links"))
    if len(bids) == len(parts):
        _refuse_days(bids)
        return line_of_all(bids)
    jobs = [one for part in parts if isinstance(one := _or_none(given, part), Bid)]
    if len(bids) == 1 and len(jobs) == len(parts) and not any(isinstance(one, DoubtError) for one in found):
        amount, day = bids[0].connects, next((one.day for one in jobs if one.day), "")
        each = [replace(one, connects=amount, boost=bids[0].boost) for one in jobs]
        each = [one.on(day) for one in each] if day else each
        shared = _shared(each)
        raise DoubtError(
            say("doubt-links", count=len(parts), connects=amount or 0),
            *distinct(button_for_all(each), None if shared is None else button_for_all(shared)),
        )
    raise UnfitError(say("unfit-links"))


def _shared(each: Sequence[Bid]) -> list[Bid] | None:
    """The amount divided among the jobs, if that goes without a remainder."""
    whole = each[0].connects or 0
    if whole % len(each) or each[0].boost is not None:
        return None
    return [replace(one, connects=whole // len(each)) for one in each]


def _or_none(given: Command, text: str) -> Bid | str | None:
    """What a line says; None if it cannot be said beyond doubt."""
    try:
        return understood(given, text)
    except UnfitError:
        return None


def _copied(page: Pasted) -> str:
    """A page copied from Upwork. Its balance is compared with the books once the bid is booked."""
    jobs = [link for link in page.links if job_in(link) is not None]
    if len(jobs) > 1:
        raise UnfitError(say("unfit-links"))
    bid = Bid(page.connects, boost=page.boost, job="".join(jobs), title=page.title, shown=page.shown)
    if bid.title and is_outcome(bid.title.split()):
        raise about_outcome(bid, returned=is_return(bid.title.split()))
    if page.others:
        amounts = (page.connects, *page.others)
        boosted = [replace(bid, boost=page.others[0])] if bid.boost is None and not page.others[1:] else []
        readings = [*boosted, *(replace(bid, connects=amount) for amount in amounts)]
        figures = ", ".join(map(str, amounts))
        raise DoubtError(say("doubt-figures", figures=figures), *map(button_for, readings))
    return bid.line
