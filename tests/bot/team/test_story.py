"""Two weeks of an agency of six: what everybody reads stands in team.golden.md, and its figures are counted again.

They are counted in the plainest way from the file that the accountant exported. What was left after each change is
counted along the feed. Checked by hand were only: the shares in percent, targets, what an import or an opening leaves.
"""

from __future__ import annotations

import asyncio
import csv
import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.bot.living import KYIV, YEAR, script
from tests.bot.month import Told, golden_of, played, script_of

if TYPE_CHECKING:
    from collections.abc import Iterator

EXPORTED: Final = "connects-2026-11-15.csv"
CENTS: Final = 15
"""What each Connect had cost."""
BOTH: Final = {"All together": None, "Together": None, "Nobody named": ""}
DAY: Final = r"(\w{3} \d+, \d{4})"
PERIOD: Final = re.compile(rf"(?:Who spent what|The team's week).*?{DAY}(?: (?:\u2013|to) {DAY})?\)?$")
ROW: Final = re.compile(r"([\w ]+): (\d+) Connects(?:, \d+ %)?(?: \(\$([\d.]+)\))?(.*)")
BIDS: Final = re.compile(r"\b(\d+) bids?\b")
USED: Final = re.compile(r"(You|All together) have spent (\d+) of \d+ Connects (for boosts )?(today|this week)")
FED: Final = re.compile(r"\w+ (bid|booked|bought|undid|imported)(?: entry #\d+[^:]*:)?\D*(\d+).* (\d+) left\.")


def kyiv(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)


class Spent(NamedTuple):
    """What somebody spent on a day, or got back of it: `booked` is when that was booked, in Kyiv."""

    who: str
    day: date
    booked: datetime
    connects: int
    what: str
    undone: datetime | None = None


class Heard(NamedTuple):
    """What somebody read at a moment, in Kyiv."""

    at: datetime
    who: str
    lines: tuple[str, ...]


UNDONE: Final = Spent(
    "Mara", date(YEAR, 11, 2), kyiv("2026-11-02 11:00"), 12, "proposal", undone=kyiv("2026-11-04 12:02")
)
"""No export has it."""


@cache
def told() -> Told:
    return asyncio.run(played(script(script_of("team").read_text("utf-8")), "team"))


def test_everybody_reads_what_they_should() -> None:
    assert told().text.splitlines() == golden_of("team").read_text("utf-8").splitlines(), (
        "renew it: python -m tests.bot.month team"
    )


def test_who_spent_what_is_what_the_export_says() -> None:
    spent, rows = exported(), [*reported()]
    for heard, first, last, who, row in rows:
        connects = sum(one.connects for one in of(spent, heard.at, first, last, who))
        bids = sum(one.what == "proposal" and one.connects > 0 for one in of(spent, heard.at, first, last, who))
        counted = BIDS.search(row[4])
        assert (int(row[2]), int(counted[1]) if counted else 0) == (connects, bids), (heard, row[0])
        assert row[3] is None or round(float(row[3]) * 100) == connects * CENTS, (heard, row[0])
    assert len(rows) > 40


def test_what_is_spent_of_limits_is_what_the_export_says() -> None:
    spent, found = exported(), 0
    for heard in everything():
        for used in filter(None, map(USED.match, heard.lines)):
            last = heard.at.date()
            first = last if used[4] == "today" else last - timedelta(days=last.weekday())
            whose = heard.who.split(" in ")[0] if used[1] == "You" else None
            some = of(spent, heard.at, first, last, whose)
            assert int(used[2]) == sum(one.connects for one in some if one.what == "boost" or not used[3]), heard
            found += 1
    assert found > 10


def test_the_feed_adds_up() -> None:
    left = 260
    for heard in everything():
        for does, connects, after in (fed.groups() for fed in filter(None, map(FED.match, heard.lines))):
            sign = -1 if does == "bid" else 1
            left = int(after) if does == "imported" else left + sign * int(connects)
            assert left == int(after), heard
    assert left == int([*rows_exported()][-1]["balance"])


def test_no_money_is_read_in_the_group_while_members_may_not_see_it() -> None:
    shown = kyiv("2026-11-13 11:01"), kyiv("2026-11-13 11:03")
    money = [one for one in everything() if "in Studio" in one.who and any("$" in line for line in one.lines)]
    assert [one.who for one in money] == ["Ivan in Studio: `/team`"]
    assert shown[0] < money[0].at < shown[1]


def everything() -> Iterator[Heard]:
    """All that was read, in its order."""
    for day in told().text.split("\n## ")[1:]:
        on, _, hours = day.partition("\n")
        for hour in hours.split("\n**")[1:]:
            clock, _, rest = hour.partition(" EET** · ")
            who, *lines = rest.splitlines()
            at = datetime.strptime(f"{YEAR} {on} {clock}", "%Y %a %d %b %H:%M").replace(tzinfo=KYIV)
            yield Heard(at, who, tuple(line.strip() for line in lines))


def reported() -> Iterator[tuple[Heard, date, date, str | None, re.Match[str]]]:
    """Each row of a report on the team: when it was read, the first and last day, whose it is, and what it says."""
    for heard in everything():
        titles = [title for title in map(PERIOD.match, heard.lines) if title]
        for row in filter(None, map(ROW.match, heard.lines)) if titles else ():
            first, last = (_day(titles[0][1]), _day(titles[0][2] or titles[0][1]))
            yield heard, first, last, BOTH.get(row[1], row[1]), row


def _day(text: str) -> date:
    return datetime.strptime(text, "%b %d, %Y").replace(tzinfo=KYIV).date()


def of(spent: list[Spent], at: datetime, first: date, last: date, who: str | None) -> list[Spent]:
    """What somebody, or with None everybody, had spent on some days by a moment."""
    return [
        one
        for one in spent
        if who in {None, one.who}
        and first <= one.day <= last
        and one.booked <= at
        and (one.undone is None or one.undone > at)
    ]


def rows_exported() -> Iterator[dict[str, str]]:
    """The rows of the file that the accountant got."""
    return iter(csv.DictReader(told().files[EXPORTED].decode("utf-8-sig").splitlines()))


def exported() -> list[Spent]:
    """What was spent, as the accountant got it. What came back is of whoever had spent it, on that day."""
    spent: dict[str, Spent] = {}
    for row in rows_exported():
        if row["kind"] in {"spend", "return"}:
            of_what = spent.get(row["of"])
            who, day = (row["by"], date.fromisoformat(row["date"])) if of_what is None else of_what[:2]
            booked = kyiv(row["booked"])
            spent[row["number"]] = Spent(who, day, booked, -int(row["connects"]), row["what"])
    return [UNDONE, *spent.values()]
