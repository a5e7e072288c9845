"""Rosa moves from Discord to Telegram: what everybody reads stands in moving.golden.md. Its figures are counted again.

They are counted in the plainest way, from the lines that people write and from the pages that Rosa pastes.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.bot.living import KYIV, YEAR
from tests.bot.moving.telling import FOLDER, GOLDEN, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.bot.moving.telling import Told

ROW: Final = re.compile(r"^(?P<day>\w+(?: \d+, \d{4})?)\t\n(?P<what>.+)\n(?:.+\n)?(?P<connects>[+-]\d+)$", re.MULTILINE)
BALANCE: Final = re.compile(r"^My balance\n(\d+) Connects$", re.MULTILINE)
NAMED: Final = {"Today": 0, "Yesterday": 1}
SPENT_ON: Final = ("Applied to job", "Connects bid for boosted proposal.")
ACT: Final = re.compile(r"(?P<name>\w+) on (?P<platform>\w+)(?P<group>, in \w+)?: `(?P<line>.+)`", re.DOTALL)
SPEND: Final = re.compile(r"(?:/?spend (\d+) .+|https\S+ (\d+))")
LEFT: Final = re.compile(r"^(?:Left (\d+) Connects|(\d+) Connects are available\.)$", re.MULTILINE)
WEEK: Final = re.compile(r"Your week, (\w+ \d+, \d+) to (\w+ \d+, \d+)\n+Spent (\d+) Connects")
COST: Final = re.compile(
    r"(?:booked: |Spent |Paid )(\d+)\b[^$]*?(?:Cost|Worth) \$([\d.]+)(?: \(\d+ free, (\d+) paid\))?"
)
MEMBER: Final = re.compile(r"^([\w ]+) (\d+) Connects(?:, \d+ %)?; (\d+) bids?", re.MULTILINE)
COUNTED: Final = re.compile(
    r"^(In both books|Taken over|Left out)(?: from [^:\n]+\))?:? (\d+) entr(?:y|ies)$", re.MULTILINE
)
DONE: Final = "Done. To me you are one person now"
SAME: Final = "On Upwork one account"
PARTED: Final = "Done. You are two persons to me again, as before:"
WELCOME, GIFT, CENTS = 20, 20, 15
QUIET_BEGINS, QUIET_ENDS, DAYS_A_WEEK = 22, 8, 7
APPROVED: Final = date(YEAR, 11, 20)
EXPORTED: Final = "connects-2026-11-23.csv"


class Moved(NamedTuple):
    """Connects that moved on a day."""

    day: date
    what: str
    connects: int


class Page(NamedTuple):
    """What a page of Upwork shows, its newest row first."""

    rows: tuple[Moved, ...]
    balance: int


def page(name: str, pasted: date) -> Page:
    """A page that stands beside the script."""
    text = FOLDER.joinpath(name).read_text("utf-8")
    balance = BALANCE.search(text)
    assert balance is not None
    rows = (Moved(_day(found["day"], pasted), found["what"], int(found["connects"])) for found in ROW.finditer(text))
    return Page(tuple(rows), int(balance[1]))


def _day(text: str, pasted: date) -> date:
    return pasted - timedelta(NAMED[text]) if text in NAMED else _dated(text, "%B %d, %Y")


def _dated(text: str, form: str = "%b %d, %Y") -> date:
    return datetime.strptime(text, form).replace(tzinfo=KYIV).date()


OLDER = page("older.txt", date(YEAR, 11, 3))
NEWER = page("newer.txt", date(YEAR, 11, 14))
LAST = page("week.txt", date(YEAR, 11, 18))
PASTED: Final = {"Discord": (OLDER,), "Telegram": (NEWER, LAST)}
ACCOUNT: Final = frozenset((*OLDER.rows, *NEWER.rows, *LAST.rows))
"""All that happened on Upwork until the last page."""
BEFORE: Final = OLDER.balance - sum(row.connects for row in OLDER.rows)
"""What she had before the oldest row."""


async def test_rosa_moves(tmp_path: Path) -> None:
    """The golden file was written on the memory store, and is what SQLite tells as well."""
    story = await told(f"sqlite:///{tmp_path / 'books.db'}")
    assert story.text.splitlines() == GOLDEN.read_text("utf-8").splitlines(), "renew it: python -m tests.bot.moving"
    the_pages_agree()
    what_is_left_is_what_was_spent(story)
    a_week_is_what_was_spent_in_it(story)
    a_paid_connect_costs_fifteen_cents(story)
    the_link_counts_each_fact_once(story)
    the_export_is_the_account(story)
    the_agency_knows_who_spent_what(story)
    notices_come_when_and_where_they_should(story)
    all_that_is_kept_is_hers(story)
    nobody_reads_of_nils_any_more(story)


def the_pages_agree() -> None:
    """They are of one account, and share some days."""
    assert len(OLDER.rows) + len(NEWER.rows) - len({*OLDER.rows, *NEWER.rows}) == 4
    for one in (OLDER, NEWER, LAST):
        newest = max(row.day for row in one.rows)
        assert upwork_on(newest) == one.balance


def upwork_on(day: date) -> int:
    """What Upwork shows in the evening of a day."""
    return BEFORE + sum(row.connects for row in ACCOUNT if row.day <= day)


class Act(NamedTuple):
    """What somebody did, and what they read then; without a line, what came to them by itself."""

    at: datetime
    platform: str
    line: str
    text: str


def acts(story: Told, name: str, *, group: bool = False) -> Iterator[Act]:
    """What somebody did and read in private, or in groups."""
    for one in story.read:
        found, text = ACT.fullmatch(one.who), one.heard.text
        if found is not None and found["name"] == name and bool(found["group"]) is group:
            yield Act(one.at, found["platform"], found["line"], text)
        elif not group and one.who.startswith(f"to {name} on ") and one.who.endswith(", unasked:"):
            yield Act(one.at, one.who.split()[3].rstrip(","), "", text)


def rosas(story: Told) -> Iterator[Act]:
    """What Rosa did and read on the platforms on which she keeps the books of this account."""
    return (one for one in acts(story, "Rosa") if one.platform in PASTED)


def spent_by(line: str) -> int:
    """What a line says was spent."""
    found = SPEND.fullmatch(line)
    return 0 if found is None else int(found[1] or found[2])


def what_is_left_is_what_was_spent(story: Told) -> None:
    """She has two wallets with a welcome each, which become what their pages say, and one wallet once she is linked."""
    left, apart, found = dict.fromkeys(PASTED, WELCOME), dict.fromkeys(PASTED, 0), 0
    linked = False
    for one in rosas(story):
        change = GIFT if f"{GIFT} Connects are booked" in one.text else -spent_by(one.line)
        if one.line == "[Book all]":
            left[one.platform] = PASTED[one.platform][0].balance
        elif one.line == "[Link]" and DONE in one.text:
            linked, apart, left = True, left, dict.fromkeys(PASTED, LAST.balance)
        elif PARTED in one.text:
            linked, left = False, apart
        for platform in PASTED if linked else (one.platform,):
            left[platform] += change
        for figures in LEFT.findall(one.text):
            assert int(figures[0] or figures[1]) == left[one.platform], one
            found += 1
    assert found > 15
    assert linked


def a_week_is_what_was_spent_in_it(story: Told) -> None:
    """On each platform as far as it is known there: what a page covers as the page says, the rest as it was typed."""
    linked, found = max(one.at for one in rosas(story) if one.line == "[Link]"), 0
    for one in rosas(story):
        for first, last, connects in WEEK.findall(one.text):
            known = tuple(PASTED) if one.at > linked else (one.platform,)
            days = [_dated(first) + timedelta(days) for days in range(DAYS_A_WEEK)]
            assert days[-1] == _dated(last)
            assert int(connects) == sum(spent_on(story, day, known) for day in days), one
            found += 1
    assert found == 4


def spent_on(story: Told, day: date, known: Iterable[str]) -> int:
    """What was spent on a day, as far as it is known on these platforms."""
    covering = [one for platform in known for one in PASTED[platform] if one.rows[-1].day <= day <= one.rows[0].day]
    if covering:
        return -sum(row.connects for row in covering[0].rows if row.day == day and row.what in SPENT_ON)
    return sum(spent_by(one.line) for one in rosas(story) if one.at.date() == day and one.platform in known)


def a_paid_connect_costs_fifteen_cents(story: Told) -> None:
    """Of a spend, of a week, and of what is left."""
    read = (*rosas(story), *acts(story, "Omar"))
    found = [costs for one in read for costs in COST.findall(one.text)]
    for connects, dollars, paid in found:
        assert Decimal(dollars) * 100 == int(paid or connects) * CENTS, (connects, dollars, paid)
    assert len(found) > 15


def the_link_counts_each_fact_once(story: Told) -> None:
    """A fact of Telegram's books is in both if Discord's know something of its day. Its opening is left out."""
    linked = min(one.at for one in rosas(story) if one.line == "[Link]")
    typed = [one for one in rosas(story) if spent_by(one.line) and one.at < linked]
    known = {row.day for row in OLDER.rows} | {one.at.date() for one in typed if one.platform == "Discord"}
    theirs = [row.day for row in NEWER.rows]
    theirs += [one.at.date() for one in typed if one.platform == "Telegram" and one.at.date() > NEWER.rows[0].day]
    both = sum(day in known for day in theirs)
    expected = {"In both books": both, "Taken over": len(theirs) - both, "Left out": 1}
    shown = [dict(COUNTED.findall(one.text)) for one in rosas(story) if SAME in one.text]
    assert shown == [{what: str(count) for what, count in expected.items()}] * 4, "twice on both sides"


def exported_by(story: Told) -> list[dict[str, str]]:
    """The rows of the file that she took home."""
    return list(csv.DictReader(story.files[EXPORTED].decode("utf-8-sig").splitlines()))


def the_export_is_the_account(story: Told) -> None:
    """Day by day it is what Upwork says, and then what was typed and given since."""
    rows = exported_by(story)
    later = [one for one in rosas(story) if spent_by(one.line) and one.at.date() > LAST.rows[0].day]
    expected = Counter({min(row.day for row in ACCOUNT) - timedelta(1): BEFORE})
    for row in ACCOUNT:
        expected[row.day] += row.connects
    for one in later:
        expected[one.at.date()] -= spent_by(one.line)
    expected[APPROVED] += GIFT
    exported: Counter[date] = Counter()
    for each in rows:
        exported[date.fromisoformat(each["date"])] += int(each["connects"])
        left = int(each["balance"])
    assert exported == expected
    assert left == sum(expected.values())
    assert {row["title"] for row in rows} >= {"Map for a museum", "Handbook for a gym", "Stamp for a hotel"}


def the_agency_knows_who_spent_what(story: Told) -> None:
    """Rosa's bids from both platforms are hers; Nils's stay, as those of someone."""
    spent = {name: [spent_by(one.line) for one in acts(story, name, group=True)] for name in ("Rosa", "Nils")}
    bids = {name: (sum(some), sum(map(bool, some))) for name, some in spent.items()}
    together = tuple(map(sum, zip(*bids.values(), strict=True)))
    shown = [MEMBER.findall(one.text) for one in acts(story, "Lea", group=True) if one.line.startswith("/team")]
    read = [{name: (int(connects), int(count)) for name, connects, count in rows} for rows in shown]
    assert read == [
        {"Rosa": bids["Rosa"], nils: bids["Nils"], "All together": together} for nils in ("Nils", "someone")
    ]


def notices_come_when_and_where_they_should(story: Told) -> None:
    """Never in her quiet hours; where she wrote last, and then where she wants them."""
    unasked = [one for one in rosas(story) if not one.line]
    assert all(QUIET_ENDS <= one.at.hour < QUIET_BEGINS for one in unasked)
    (approved,) = (one for one in unasked if f"{GIFT} Connects are booked" in one.text)
    assert (approved.at.hour, approved.platform) == (QUIET_ENDS, "Telegram")
    week, pace = (one for one in unasked if one.at.date() > APPROVED + timedelta(1))
    assert ("Your week" in week.text, week.platform) == (True, "Discord")
    assert ("At your pace" in pace.text, pace.platform) == (True, "Telegram")


def all_that_is_kept_is_hers(story: Told) -> None:
    kept = json.loads(story.files["connects-data.json"])
    assert {one["platform"] for one in kept["accounts"]} == {"discord", "telegram"}
    open_, closed = kept["wallets"]
    assert (open_["balance"], closed["balance"]) == (int(exported_by(story)[-1]["balance"]), 0)
    assert len(kept["entries"]) == open_["entries"] + closed["entries"]
    assert [one["undone"] is None for one in kept["links"]] == [False, True]
    assert kept["groups"][0]["roles"] == ["manager"]
    for name in ("connects-data.json", "connects-data.html"):
        assert not re.search(rb"Nils|Lea|Omar|Boss", story.files[name])


def nobody_reads_of_nils_any_more(story: Told) -> None:
    whos = [one.who for one in story.read]
    rest = story.read[whos.index("Nils on Discord: `forget`") + 1 :]
    assert any("someone" in one.heard.text for one in rest)
    assert not any("Nils" in text for one in rest for text in (one.heard.text, *one.heard.buttons))
