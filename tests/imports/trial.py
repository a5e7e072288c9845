"""Any drops of an account, in any order and form: what was shown is booked once, or asked about.

Run by hand with many accounts: `python -m tests.imports.trial 500`.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from core.imports.matching import State
from core.imports.other_account import other_account
from tests.imports.accounts import BADGE, account
from tests.imports.fake_book import FakeBook
from tests.imports.windows import FORMS, page, window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from core.imports.model import OtherAccount, Page
    from tests.imports.accounts import Account
    from tests.imports.windows import Window

Name = tuple[object, ...]


class Outcome(NamedTuple):
    """Rows as day, Connects and title: how many were shown, and which of them are missing, doubled or asked about."""

    shown: int
    missing: Counter[Name]
    doubled: Counter[Name]
    asked: Counter[Name]
    badges: Counter[date]
    again: int
    alarms: tuple[OtherAccount, ...]

    @property
    def silent(self) -> Counter[Name]:
        """What is missing and was not asked about."""
        return self.missing - self.asked


class Drop(NamedTuple):
    """Pages that come together."""

    pages: tuple[Page, ...]
    shown: Window


def drops(lived: Account, dice: Random, *, smallest: int = 1) -> list[Drop]:
    """Windows of an account, whole, in parts of so many rows at least, or twice, and in any order."""
    found: list[Drop] = []
    for _ in range(dice.randrange(2, 9)):
        copied = lived.first + timedelta(seconds=dice.randrange(int((lived.last - lived.first).total_seconds())))
        shown = window(lived, copied, days=dice.choice((7, 30, 90)), more=dice.choice((None, None, 0, 1, 3)))
        form = dice.choice(FORMS)
        if dice.random() < 0.4 and len(shown.rows) > 3 * smallest:
            parts = list(_parts(shown, form, dice, smallest))
            found += [Drop(tuple(parts), shown)] if dice.random() < 0.5 else [Drop((part,), shown) for part in parts]
        else:
            found.append(Drop((page(shown, form),) * dice.choice((1, 1, 2)), shown))
    if dice.random() < 0.7:
        dice.shuffle(found)
    return found


def _parts(shown: Window, form: str, dice: Random, smallest: int) -> Iterator[Page]:
    """The window in up to four parts, shuffled."""
    cuts = sorted(dice.randrange(smallest, len(shown.rows) - smallest) for _ in range(dice.randrange(1, 4)))
    bounds = [0, *(cut for last, cut in pairwise([0, *cuts]) if cut - last >= smallest), len(shown.rows)]
    parts = [page(shown, form, shown.rows[start:end], top_cut=start > 0) for start, end in pairwise(bounds)]
    dice.shuffle(parts)
    yield from parts


def tried(seed: int, *, smallest: int = 1) -> Outcome:
    """Import the drops of an account, and compare the books with what was shown."""
    dice = Random(-seed)  # noqa: S311 - the same drops for the same seed, no secret
    book, given = FakeBook(), drops(account(seed), dice, smallest=smallest)
    asked: Counter[Name] = Counter()
    alarms: list[OtherAccount] = []
    for drop in given:
        merged, verdicts = book.match(*drop.pages)
        rows = zip(merged.rows, verdicts, strict=True)
        asked.update((row.day, row.connects, row.title) for row, verdict in rows if verdict.state is State.UNSURE)
        alarm = other_account(merged, book.record, verdicts)
        alarms += [alarm] if alarm else []
        book.take(*drop.pages)
    shown = {fact for drop in given for fact in drop.shown.facts}
    truth: Counter[Name] = Counter(
        (fact.at.date(), fact.connects, fact.title) for fact in shown if fact.wording != BADGE
    )
    badges = Counter(fact.at.date() for fact in shown if fact.wording == BADGE)
    booked, booked_badges = _booked(book)
    badges.subtract(booked_badges)
    for cut in {drop.shown.facts[-1].at.date() for drop in given if drop.shown.facts}:
        del badges[cut]  # a part of that day alone looks like the day as it was earlier, which nobody can tell apart
    again = sum(verdict.state is State.NEW for drop in given for verdict in book.match(*drop.pages)[1])
    return Outcome(truth.total(), truth - booked, booked - truth, asked, badges, again, tuple(alarms))


def _booked(book: FakeBook) -> tuple[Counter[Name], Counter[date]]:
    of_badges = {sighting.number for batch in book.batches for sighting in batch.sightings if sighting.wording == BADGE}
    facts: Counter[Name] = Counter()
    badges: Counter[date] = Counter()
    for entry in book.standing:
        if entry.number in of_badges:
            badges[entry.when.date()] -= entry.delta
        else:
            facts[entry.when.date(), entry.delta, entry.memo] += 1
    return facts, badges


def main(accounts: int, smallest: int) -> None:
    """Try so many accounts, and print every error and the sums."""
    sums: Counter[str] = Counter()
    for seed in range(accounts):
        outcome = tried(seed, smallest=smallest)
        counts = {
            "rows": outcome.shown,
            "missing, asked about": (outcome.missing & outcome.asked).total(),
            "missing in silence": outcome.silent.total(),
            "doubled": outcome.doubled.total(),
            "asked about": outcome.asked.total(),
            "badges off": sum(map(abs, outcome.badges.values())),
            "booked by a second try": outcome.again,
            "false alarms": len(outcome.alarms),
        }
        sums.update(counts)
        if outcome.silent or outcome.doubled or outcome.again or outcome.alarms or counts["badges off"]:
            print(seed, counts, *outcome.alarms)  # noqa: T201 - it is run by hand, and reports
    print(dict(sums))  # noqa: T201 - the same


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 1)
