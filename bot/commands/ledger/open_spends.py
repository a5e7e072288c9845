"""What a line about returned Connects may mean, as the books stand.

A reading that the books would refuse is left out as long as there is another. If one is left, it is done. If several
are, each becomes a button, and nothing is booked before one is pressed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from bot.command.declaration import DoubtError, UnfitError
from bot.options.returned import FILLERS
from bot.reply.parts import Button, Say, say
from bot.views.entries import listed, named, signed
from core.ledger.change_keys import change_key
from core.ledger.model import Purpose, expense_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.options.returned import Returned
    from core.ledger.model import Entry
    from core.ledger.summary import NetSpend

MOST_OFFERED: Final = 5
"""How many spends are offered as buttons, the latest first."""


class Reading(NamedTuple):
    """All that is left of these spends, or some Connects of one of them."""

    numbers: tuple[int, ...]
    connects: int | None = None

    @property
    def line(self) -> str:
        """The line that means this and nothing else."""
        numbers = " ".join(f"#{number}" for number in self.numbers)
        return f"return {numbers}" if self.connects is None else f"return {self.connects} of {numbers}"


@dataclass(frozen=True)
class OpenSpends:
    """The spends that a line may be about, newest first: the person may return them, and something of them is left.

    unseen: an entry up to this number may not have been looked at.
    """

    spends: Sequence[NetSpend]
    unseen: int = 0

    @cached_property
    def left(self) -> dict[int, int]:
        """How many Connects can still come back, by the number of the spend."""
        return {spend.entry.number: spend.connects for spend in self.spends}

    def fits(self, reading: Reading) -> bool:
        """Whether the books would book this reading."""
        if any(number not in self.left and not 0 < number <= self.unseen for number in reading.numbers):
            return False
        return reading.connects is None or 1 <= reading.connects <= self.left.get(reading.numbers[0], reading.connects)

    def one_of(self, sentence: Say, readings: Iterable[Reading]) -> Reading:
        """The only reading, if there is but one; asks otherwise."""
        found = list(dict.fromkeys(readings))
        return found[0] if len(found) == 1 else self.ask(sentence, found)

    def ask(self, sentence: Say, readings: Sequence[Reading]) -> NoReturn:
        """Ask which of the readings is meant; if there are none, which spend."""
        offered = list(dict.fromkeys(readings or _offers(self.spends, None)))[: MOST_OFFERED + 1]
        if not offered:
            raise UnfitError(say("return-none"))
        raise DoubtError(sentence, *map(self.button, offered))

    def button(self, reading: Reading) -> Button:
        """The button that books a reading."""
        number = reading.numbers[0]
        if len(reading.numbers) > 1:
            total = sum(self.left.get(one, 0) for one in reading.numbers)
            label = say("return-all", entries=listed(reading.numbers), connects=total)
        elif number not in self.left:
            label = say("entry-number", number=number)
        else:
            deed = named(next(spend.entry for spend in self.spends if spend.entry.number == number))
            label = say("entry-line", number=number, deed=deed, delta=signed(-self.left[number]))
            if reading.connects is not None:
                label = say("return-part", connects=reading.connects, number=number, deed=deed)
        return Button(label, reading.line)


def meant(said: Returned, open_spends: OpenSpends) -> Reading:
    """The one reading of what was said; raises DoubtError if there are several, and UnfitError if there is none."""
    cases = (
        (said.numbers, _of_entries),
        (said.job, _on_job),
        (said.rest, _titled),
        (said.connects is not None and said.figures, _part_of_figure),
        (said.figures, _of_figures),
        (said.latest, _latest),
    )
    return next((read for holds, read in cases if holds), _unnamed)(said, open_spends)


def _of_entries(said: Returned, open_spends: OpenSpends) -> Reading:
    """`#12`, `#12 5`, `2 of #12`, `#5 #6`, `#5 and 6`."""
    figures = said.figures
    numbers, amount = said.numbers, said.connects
    if said.listed and amount is None:
        numbers, figures = numbers + figures, ()
    elif len(numbers) == 1 and amount is None and len(figures) == 1:
        amount, figures = figures[0], ()
    reading = Reading(tuple(dict.fromkeys(numbers)), amount if len(numbers) == 1 else None)
    if not open_spends.fits(reading):
        return reading  # the books refuse it, and say why
    unread = [*map(str, figures), *([str(amount)] if amount is not None and len(numbers) > 1 else [])]
    if unread:
        open_spends.ask(
            say("return-unread", words=", ".join(unread)), [Reading((number,), amount) for number in numbers]
        )
    spends = [spend for spend in open_spends.spends if spend.entry.number in numbers]
    if said.rest and not any(_says(spend.entry.memo, said.rest) for spend in spends):
        open_spends.ask(say("return-unread", words=said.rest[:60]), [reading])
    if said.job is not None and not all(spend.entry.job == said.job.id for spend in spends):
        open_spends.ask(say("return-other-job"), [reading, *_offers(_on(said, open_spends), amount)])
    return reading


def _on_job(said: Returned, open_spends: OpenSpends) -> Reading:
    """A link to a job, perhaps with how many Connects came back."""
    on_job = _on(said, open_spends)
    amount = said.figures[0] if said.connects is None and len(said.figures) == 1 else said.connects
    if not on_job:
        open_spends.ask(say("return-none-on-job"), _offers(open_spends.spends, amount))
    titles = [*(spend.entry.memo for spend in on_job), said.job.title if said.job else ""]
    if said.rest and not any(_says(title, said.rest) for title in titles):
        open_spends.ask(say("return-unread", words=said.rest[:60]), _offers(on_job, amount))
    if len(on_job) == 1:
        return Reading((on_job[0].entry.number,), amount)
    return open_spends.one_of(say("return-which-on-job"), _offers(on_job, amount) or _offers(on_job, None))


def _titled(said: Returned, open_spends: OpenSpends) -> Reading:
    """Words that may be a title. They are beyond doubt if they are exactly that of one spend."""
    titled = [spend for spend in _wanted(said, open_spends) if _says(spend.entry.memo, said.rest)]
    if not titled:
        open_spends.ask(say("return-unread", words=said.rest[:60]), _offers(open_spends.spends, None))
    if said.latest:
        titled = titled[:1]
    numbered = [spend for spend in titled if spend.entry.number in said.figures]
    amount = said.figures[0] if said.connects is None and said.figures else said.connects
    exact = len(titled) == 1 and _words(titled[0].entry.memo) - _words(said.rest) <= FILLERS
    if exact and not numbered and len(said.figures) + (said.connects is not None) <= 1:
        return Reading((titled[0].entry.number,), amount)
    return open_spends.ask(
        say("return-which"), [*_offers(numbered, None), *(_offers(titled, amount) or _offers(titled, None))]
    )


def _part_of_figure(said: Returned, open_spends: OpenSpends) -> Reading:
    """`2 of 12`, `12 5 connects`: some Connects of a spend that is named by its number or, after "of", by its size."""
    number, connects = said.figures[0], said.connects
    entry = Reading((number,), connects)
    sized = [spend for spend in open_spends.spends if said.out_of and spend.connects == number != spend.entry.number]
    if not sized and len(said.figures) == 1:
        return entry
    readings = [reading for reading in (entry, *_offers(sized, connects)) if open_spends.fits(reading)]
    return open_spends.ask(say("return-which"), readings or _offers(open_spends.spends, connects))


def _of_figures(said: Returned, open_spends: OpenSpends) -> Reading:
    """Bare figures, which may be the numbers of entries or Connects."""
    if len(said.figures) == 1:
        return _of_figure(said.figures[0], open_spends)
    readings: list[Reading] = []
    if said.listed or len(said.figures) > 2:  # noqa: PLR2004 - two figures without a comma are an entry and an amount
        readings.append(Reading(tuple(dict.fromkeys(said.figures))))
    if len(said.figures) == 2:  # noqa: PLR2004
        one, other = said.figures
        readings += Reading((one,), other), Reading((other,), one)
    return open_spends.one_of(say("return-which"), [one for one in readings if open_spends.fits(one)] or readings[:1])


def _of_figure(figure: int, open_spends: OpenSpends) -> Reading:
    """`5`: the entry, unless so many Connects may as well have come back of another."""
    entry = Reading((figure,))
    parts = [
        part
        for part in _offers(open_spends.spends, figure)
        if part.numbers != (figure,) or open_spends.left[figure] != figure
    ]
    if not parts:
        return entry
    if not open_spends.fits(entry):
        open_spends.ask(say("return-not-entry", number=figure), parts)
    connects = Button(say("connects", connects=figure), f"return {figure} connects")
    amount = open_spends.button(parts[0]) if len(parts) == 1 else connects
    raise DoubtError(say("return-entry-or-connects", number=figure), open_spends.button(entry), amount)


def _latest(said: Returned, open_spends: OpenSpends) -> Reading:
    """The last spend or bid; asks if others belong to it."""
    bids = [spend for spend in open_spends.spends if spend.entry.counterpart == expense_on(Purpose.PROPOSAL)]
    wanted = bids if said.bid and said.purpose is None and bids else _wanted(said, open_spends)
    mates = wanted if said.purpose is not None else open_spends.spends
    last = [spend for spend in mates if _belong_together(spend, wanted[0])]
    return open_spends.one_of(say("return-which"), _offers(last, said.connects))


def _unnamed(said: Returned, open_spends: OpenSpends) -> Reading:
    """`5 connects`, `the boost`, `all`: which spend it is remains open."""
    readings = _offers(_wanted(said, open_spends), said.connects)
    if said.connects is None:
        return open_spends.ask(say("return-which"), readings)
    if open_spends.spends and not readings:
        raise UnfitError(say("return-too-many", connects=said.connects))
    return open_spends.ask(say("return-of-which", connects=said.connects), readings)


def _belong_together(spend: NetSpend, other: NetSpend) -> bool:
    one, two = spend.entry, other.entry
    return _bond(one) == _bond(two) or (one.job != "" and one.job == two.job)


def _bond(entry: Entry) -> tuple[object, ...]:
    """What entries share that were booked for one bid: the change, and in an import, which has many bids, its title."""
    change = change_key(entry.key)
    return (change,) if entry.happened is None else (change, entry.happened, entry.memo)


def _on(said: Returned, open_spends: OpenSpends) -> list[NetSpend]:
    return [spend for spend in _wanted(said, open_spends) if said.job is not None and spend.entry.job == said.job.id]


def _wanted(said: Returned, open_spends: OpenSpends) -> Sequence[NetSpend]:
    """The spends on offer: those on the purpose that was named, if there are any."""
    account = None if said.purpose is None else expense_on(said.purpose)
    return [spend for spend in open_spends.spends if spend.entry.counterpart == account] or open_spends.spends


def _offers(spends: Sequence[NetSpend], connects: int | None) -> list[Reading]:
    """A reading for each spend that has so many left and, if they were booked together, one for all of them."""
    fitting = [spend for spend in spends if connects is None or 1 <= connects <= spend.connects]
    each = [Reading((spend.entry.number,), connects) for spend in fitting]
    together = len(spends) > 1 and len({spend.entry.job or _bond(spend.entry) for spend in spends}) == 1
    if together and connects in {None, sum(spend.connects for spend in spends)}:
        return [Reading(tuple(sorted(spend.entry.number for spend in spends))), *each]
    return each


def _says(title: str, words: str) -> bool:
    return _words(words) <= _words(title)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
