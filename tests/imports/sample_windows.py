"""The samples as windows: three invented accounts whose pages look like real ones."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any, Final

from tests.imports.accounts import BADGE, REASONS, Account, Fact
from tests.imports.renderings import MONTHS
from tests.imports.windows import Shown, Window

SAMPLES: Final = Path(__file__).parent / "samples"
NAMES: Final = ("freelancer-1", "freelancer-2", "agency")
COPIED: Final = datetime(2026, 1, 12, 20, tzinfo=UTC)
DAY: Final = re.compile(r'id="date-cell-\d+">([^<]*)<')
WORDING: Final = re.compile(r"<small>([^<]*)<")
JOB: Final = re.compile(r"/jobs/(~\w+)/")
TITLE: Final = re.compile(r"<strong>([^<]*)<")
MEMBER: Final = re.compile(r'src="./x_files/a"> ([^<]*)<')
CONNECTS: Final = re.compile(r'<div aria-hidden="true">([^<]*)<')


def sample_text(name: str, file: str) -> str:
    """A file of a sample."""
    return (SAMPLES / name / file).read_text("utf-8")


def sample_window(name: str) -> Window:
    """What the sample's page shows. Only the first rows have the second and the id that they truly have."""
    html = sample_text(name, "page.html")
    rows, people = _data(html)
    facts = tuple(_exact(row, people) for row in rows)
    shown = tuple(_shown(row, facts) for row in re.findall(r"<tr tabindex.*?</tr>", html))
    ids = {person["name"]: number for number, person in people.items()}
    balance = json.loads(sample_text(name, "expected.json"))["balance"]
    account = Account(0, facts[::-1], 0, tuple(ids), COPIED - timedelta(days=90), COPIED, ids=ids)
    return Window(account, COPIED, 90, facts, shown, balance)


def _data(html: str) -> tuple[list[dict[str, Any]], dict[str, dict[str, str]]]:
    start = html.index(">", html.index('id="__NUXT_DATA__"')) + 1
    flat = json.loads(html[start : html.index("</script>", start)])
    root = flat[2]
    rows = [{name: flat[place] for name, place in flat[at].items()} for at in flat[root["transactions"]]]
    people = {number: {"name": flat[flat[at]["name"]]} for number, at in flat[root["personMap"]].items()}
    return rows, people


def _exact(row: dict[str, Any], people: dict[str, dict[str, str]]) -> Fact:
    return Fact(
        row_id=row["id"],
        at=datetime.strptime(row["timestamp"], "%a %b %d %H:%M:%S UTC %Y").replace(tzinfo=UTC),
        wording=next((wording for wording, reason in REASONS.items() if str(reason) == row["reasonId"]), ""),
        connects=row["amount"],
        title=row["jobName"] or "",
        job=row["jobOpeningKey"] or "",
        member=people[row["applicantUid"]]["name"] if row["applicantUid"] else "",
        running=row["runningTotal"],
    )


def _shown(html: str, facts: tuple[Fact, ...]) -> Shown:
    wording, connects, day = _found(WORDING, html), int(_found(CONNECTS, html)), _day(_found(DAY, html))
    title, job, member = _found(TITLE, html), _found(JOB, html), _found(MEMBER, html)
    of_day = [fact for fact in facts if fact.at.date() == day.date() and fact.wording == wording]
    parts = tuple(fact for fact in of_day if wording == BADGE)
    same = (fact for fact in of_day if (fact.job, fact.connects) == (job, connects))
    fact = next(iter(parts or same), Fact("", day, wording, connects, title, job, member, 0))
    return Shown(fact, connects, parts or (fact,))


def _found(pattern: re.Pattern[str], html: str) -> str:
    found = pattern.search(html)
    return unescape(found[1]) if found else ""


def _day(name: str) -> datetime:
    if name in {"Today", "Yesterday"}:
        return COPIED - timedelta(days=name == "Yesterday")
    month, day, year = re.split(r",? ", name)
    return datetime(int(year), MONTHS.index(month) + 1, int(day), tzinfo=UTC)
