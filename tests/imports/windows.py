"""What a page shows of an account: a window of its rows, newest first, as of the moment at which it is copied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from core.imports.model import Page, Row
from tests.imports.accounts import BADGE, Account, Fact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

SCREENFUL = 20
WIDE, PHONE, TABBED, SAVED = FORMS = ("wide", "phone", "tabbed", "saved")


class Shown(NamedTuple):
    """A line of the page: a fact, or the badge's facts of a day together, as one."""

    fact: Fact
    connects: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Window:
    """The page as it stands on the screen."""

    account: Account
    copied: datetime
    days: int
    facts: tuple[Fact, ...]
    rows: tuple[Shown, ...]
    balance: int

    @property
    def hides(self) -> bool:
        """Whether the page ends with "Show more"."""
        return len(self.facts) < len(_within(self.account, self.copied, self.days))


def window(account: Account, copied: datetime, *, days: int = 90, more: int | None = None) -> Window:
    """The last 7, 30 or 90 days, after "Show more" was pressed so often (None: until there was no more)."""
    facts = _within(account, copied, days)
    facts = facts if more is None else facts[: SCREENFUL * (more + 1)]
    return Window(account, copied, days, tuple(facts), _lines(facts), account.balance_at(copied))


def page(shown: Window, form: str, rows: Sequence[Shown] | None = None, *, top_cut: bool = False) -> Page:
    """The window, or a part of its rows, as it is read from a form."""
    part = shown.rows if rows is None else rows
    first = set(shown.facts[:SCREENFUL])
    return Page(
        rows=tuple(_row(shown, line, form, exact=line.fact in first) for line in part),
        balance=None if top_cut else shown.balance,
        copied=shown.copied.date(),
        top_cut=top_cut,
    )


def _within(account: Account, copied: datetime, days: int) -> list[Fact]:
    since = copied - timedelta(days=days)
    return [fact for fact in reversed(account.facts) if since < fact.at <= copied]


def _lines(facts: Sequence[Fact]) -> tuple[Shown, ...]:
    """The table merges a badge's rows of a day, at the place of the newest."""
    lines: list[Shown] = []
    of_day: dict[date, int] = {}
    for fact in facts:
        if fact.wording != BADGE or (at := of_day.setdefault(fact.at.date(), len(lines))) == len(lines):
            lines.append(Shown(fact, fact.connects, (fact,)))
        else:
            line = lines[at]
            lines[at] = Shown(line.fact, line.connects + fact.connects, (*line.facts, fact))
    return tuple(lines)


def _row(shown: Window, line: Shown, form: str, *, exact: bool) -> Row:
    fact = line.fact
    row = Row(
        day=fact.at.date(),
        wording=fact.wording,
        connects=line.connects,
        title=fact.title,
        job=fact.job if form == SAVED else "",
        member=fact.member if shown.account.members and form != PHONE else None,
    )
    if form != SAVED or not exact or fact.wording == BADGE:
        return row
    return row._replace(row_id=fact.row_id, at=fact.at, running=fact.running)
