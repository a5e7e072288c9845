"""The samples come in as people hand them over, on every platform, and end in books that are true."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from core.ledger.budget import spent_by
from core.ledger.model import Kind
from core.ledger.past.standing import Standing
from core.shared.ids import WalletId
from tests.bot.stage import PLATFORMS, Bot, Heard, Player, Stage, on_stage
from tests.imports.sample_truth import (
    BACK,
    NAMES,
    PHONE,
    SAVED,
    TABBED,
    TEXTS,
    WIDE,
    connects,
    content,
    copied,
    sample,
    truth,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Mapping

    from core.imports.model import Row
    from core.ledger.model import Entry
    from core.ledger.sightings import Sighting

LABELS: Final = {
    "Proposals": ("bid",),
    "Boosts": ("boost", "boost_final"),
    "Badge": ("badge",),
    "Given back": BACK,
    "Monthly": ("monthly",),
    "Rewards": ("reward",),
    "Bought": ("bought",),
}
"""The sums of the preview, and the kinds of rows in each."""
FIRST: Final = {"agency": PHONE, "freelancer-1": WIDE, "freelancer-2": TABBED}
"""The text with which each account begins here, before its saved page."""
AS_FILES: Final = (WIDE, SAVED)
SUM: Final = "\\W+\\d+ · ([+\u2212][\\d,]+)"


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    bot.clock.at = copied("agency") + timedelta(minutes=5)
    async with on_stage(request.param, bot) as stage:
        yield stage


@pytest.mark.parametrize("name", NAMES)
async def test_a_text_and_then_the_saved_page_are_one_account(stage: Stage, bot: Bot, name: str) -> None:
    ann, known, text = await stage.person("Ann"), truth(name), content(name, FIRST[name]).decode()
    heard = await ann.paste(text, shows=f"{known['shown']} rows")
    assert "all new" in heard.text
    assert_sums(heard, name)
    await ann.press("Book all")
    assert_adds_nothing(await ann.paste(text, shows="are booked already"))
    bot.clock.pass_(minutes=2)
    heard = await ann.hand("page.html", content(name, SAVED))
    assert f"{known['balance']}, as Upwork says" in heard.text
    assert_sums(heard, name)
    await ann.press("Complete")
    bot.clock.pass_(minutes=2)
    assert_adds_nothing(await ann.hand("page.html", content(name, SAVED)))
    assert f"{known['balance']} Connects are available." in (await ann.say("/balance")).text
    await assert_true(bot, name)


@pytest.mark.parametrize("form", [*TEXTS, *(f"file of {form}" for form in AS_FILES)])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("stage", ["desk"], indirect=True)
async def test_every_form_says_the_same(stage: Stage, name: str, form: str) -> None:
    ann, known = await stage.person("Ann"), truth(name)
    heard = await handed(ann, name, form)
    assert f"{known['shown']} rows" in heard.text
    assert "all new" in heard.text
    assert_sums(heard, name)
    if form != TABBED:
        assert f"20 → {known['balance']}, as Upwork says" in heard.text
        assert f"Before: {known['opening']}, in place of the 20 booked" in heard.text


@pytest.mark.parametrize("stage", ["desk"], indirect=True)
async def test_each_import_is_taken_back_and_then_there_is_none(stage: Stage) -> None:
    """The saved page links a return anew, and its undo links it as before: that is no entry to be undone next."""
    ann = await stage.person("Ann")
    await handed(ann, "freelancer-1", PHONE)
    await ann.press("Book all")
    await handed(ann, "freelancer-1", SAVED)
    await ann.press("Complete")
    for number in (2, 1):
        assert "an import of 184 rows" in (await ann.say("/undo")).text
        assert f"Import {number} is taken back" in (await ann.press("Undo the import")).text
    assert "Nothing is left to undo." in (await ann.say("/undo")).text
    lines = (await ann.say("/history")).text.splitlines()
    assert [line.split(" \u00b7 ")[3] for line in lines[1:]] == [
        "Import 1 taken back", "Import 2 taken back", "Import 2", "Import 1", "Welcome bonus"
    ]  # fmt: skip


async def handed(ann: Player, name: str, form: str) -> Heard:
    """Paste a text, or send it as a client does that makes a file of it; the saved page is one anyway."""
    if form in TEXTS:
        return await ann.paste(content(name, form).decode())
    form = form.removeprefix("file of ")
    return await ann.hand("message.txt" if form in TEXTS else form, content(name, form))


def assert_sums(heard: Heard, name: str) -> None:
    shown = {label: re.search(label + SUM, heard.text) for label in LABELS}
    sums = {label: int(found[1].replace("\u2212", "-").replace(",", "")) for label, found in shown.items() if found}
    assert sums == {label: total for label, kinds in LABELS.items() if (total := connects(name, *kinds))}


def assert_adds_nothing(heard: Heard) -> None:
    assert "are booked already" in heard.text
    assert not [label for label in heard.buttons if label.startswith(("Book", "Complete"))]


async def assert_true(bot: Bot, name: str) -> None:
    """The books end with the page's balance, and with all that the saved page tells of its rows."""
    known, record = truth(name), await bot.store.ledger.record(WalletId(1))
    rows, facts = record.batches[-1].sightings, Standing(record.entries).facts
    assert record.head.balance == known["balance"]
    assert Counter(map(told, rows)) == Counter(map(told, sample(name, SAVED).rows))
    assert len({row.number for row in rows} & facts.keys()) == known["shown"]
    jobs, members = net_of({row.number: row for row in rows}, facts.values())
    assert {one["job"]: one["net"] for one in known["proposals"]} == {
        one["job"]: jobs[one["job"]] for one in known["proposals"]
    }
    assert members == known["members"]


def told(row: Row | Sighting) -> tuple[object, ...]:
    return row.day, row.connects, row.title, row.job, row.member, row.at, row.row_id


def net_of(rows: Mapping[int, Sighting], facts: Iterable[Entry]) -> tuple[Counter[str], Counter[str]]:
    """What each job and each member took, less what came back."""
    jobs: Counter[str] = Counter()
    members: Counter[str] = Counter()
    for entry in facts:
        spend = entry.of if entry.kind is Kind.RETURN else entry.number
        if entry.kind in {Kind.SPEND, Kind.RETURN} and (row := rows.get(spend or 0)) and row.job:
            jobs[row.job] += spent_by(entry)
            if row.member:
                members[row.member] += spent_by(entry)
    return jobs, members
