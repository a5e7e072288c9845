"""What a change says in a group's feed: one line, by what was asked for, and none without a feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import pytest

from core.alerts.catalogue import observe
from core.alerts.feed import FEED, LINE_KINDS, LONGEST_TITLE, target_of
from core.delivery.gathering import MOST_LINES, gathered, in_lines, lines_in
from core.ledger import rulebook
from core.ledger.model import (
    Account,
    Change,
    Entry,
    Kind,
    Posting,
    Purpose,
    Snapshot,
    Source,
    expense_on,
    holding_of,
    income_from,
)
from core.ledger.sightings import Batch, BatchKind
from core.shared.ids import PersonId, WalletId
from core.wallets.team import Feed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.delivery.notice import Notice, Target

WALLET, ANN = WalletId(1), PersonId(7)
NOW: Final = datetime(2026, 1, 10, 9, tzinfo=UTC)
PLACE: Final = Feed("test", "team", "5")
BOOK: Final = rulebook.default()
SPENT: Final = expense_on(Purpose.PROPOSAL)


def entry(
    number: int, kind: Kind, connects: int, beyond: Account = SPENT, *, of: int | None = None, memo: str = ""
) -> Entry:
    legs = (Posting(holding_of(WALLET), connects, 1), Posting(beyond, -connects, 1))
    return Entry(WALLET, number, NOW, kind, legs, 100, f"k{number}", "body", ANN, memo, "~021" if memo else "", of)


def notices(
    *entries: Entry, batch: Batch | None = None, shown_in: Target | None = None, before: Snapshot | None = None
) -> list[Notice]:
    change = observe(before or Snapshot(WALLET, feed=PLACE), Change(entries, (), batch=batch), BOOK, shown_in)
    assert isinstance(change, Change)
    return [notice for notice in change.notices if notice.code == FEED]


def said(*entries: Entry, batch: Batch | None = None, before: Snapshot | None = None) -> list[dict[str, str | int]]:
    (notice,) = notices(*entries, batch=batch, before=before)
    return [dict(line) for line in lines_in(notice.facts)]


def batch_of(kind: BatchKind, of: int | None = None) -> Batch:
    return Batch(WALLET, 1, NOW, "k", ANN, kind=kind, of=of)


ENDS: Final = {"by": ANN, "balance": 100}
BID: Final = entry(1, Kind.SPEND, -20, memo="Logo")
BOOST: Final = entry(2, Kind.SPEND, -13, expense_on(Purpose.BOOST), memo="Logo")
OTHER: Final = entry(3, Kind.SPEND, -4, expense_on(Purpose.BADGE))


@pytest.mark.parametrize(
    ("entries", "line"),
    [
        (
            (BID,),
            {"what": "spend", "connects": -20, "entries": 1, "title": "Logo", "job": "~021", "purpose": "proposal"},
        ),
        (
            (BID, BOOST),
            {"what": "spend", "connects": -33, "entries": 2, "title": "Logo", "job": "~021", "purpose": "proposal"}
            | {"boost": 13},
        ),
        ((BID, OTHER), {"what": "spend", "connects": -24, "entries": 2}),
        ((OTHER,), {"what": "spend", "connects": -4, "entries": 1, "title": "", "job": "", "purpose": "badge"}),
        (
            (entry(1, Kind.GRANT, 100, income_from(Source.MONTHLY)),),
            {"what": "earn", "connects": 100, "entries": 1, "source": "monthly", "title": "", "job": ""},
        ),
        (
            (entry(4, Kind.UNDO, 20, of=1), entry(5, Kind.UNDO, 13, of=2)),
            {"what": "undo", "connects": 33, "entries": 2, "title": "", "job": ""},
        ),
        ((entry(4, Kind.VALUATION, 0),), {"what": "price"}),
        ((entry(4, Kind.RECAST, 0, of=1),), {"what": "change"}),
        ((BID, entry(4, Kind.RETURN, 2, of=1)), {"what": "change"}),
    ],
)
def test_a_line_says_what_was_asked_for(entries: Sequence[Entry], line: dict[str, str | int]) -> None:
    assert said(*entries) == [line | ENDS]
    assert line["what"] in LINE_KINDS


def test_what_comes_back_has_the_title_of_its_spend() -> None:
    before = Snapshot(WALLET, feed=PLACE, related=(BID,))
    (line,) = said(entry(4, Kind.RETURN, 20, of=1), before=before)
    assert (line["title"], line["of"]) == ("Logo", 1)


def test_what_had_expired_is_a_line_of_the_same_message() -> None:
    first, second = said(entry(1, Kind.EXPIRY, -5), BID)
    assert (first["what"], first["connects"], first["balance"]) == ("expired", 5, 100)
    assert second["what"] == "spend"
    assert [line["what"] for line in said(entry(1, Kind.EXPIRY, -5))] == ["expired"]


@pytest.mark.parametrize(
    ("batch", "what"),
    [
        (batch_of(BatchKind.HISTORY), "import"),
        (batch_of(BatchKind.HISTORY, of=1), "import-undone"),
        (batch_of(BatchKind.PINNED), "spend"),
    ],
)
def test_an_import_has_one_line(batch: Batch, what: str) -> None:
    (line,) = said(BID, OTHER, replace(BOOST, by=None), batch=batch)
    assert (line["what"], line["entries"], line["by"]) == (what, 3, ANN)


def test_a_long_title_is_cut() -> None:
    (line,) = said(entry(1, Kind.SPEND, -1, memo="x" * 200))
    assert line["title"] == "x" * LONGEST_TITLE


def test_none_without_a_feed_or_where_the_answer_is_read() -> None:
    there = target_of(PLACE)
    assert notices(BID, before=Snapshot(WALLET)) == []
    assert notices(BID, shown_in=there) == []
    (notice,) = notices(BID, shown_in=there._replace(place="6"))
    assert (notice.to, notice.gathers, notice.urgent) == ((there,), True, False)


@pytest.mark.parametrize("more", [1, 2, MOST_LINES - 3, MOST_LINES - 2])
def test_lines_are_gathered_whole_and_in_their_order(more: int) -> None:
    every: list[dict[str, str | int]] = [{"what": f"w{number}", "10.x": number} for number in range(3 + more)]
    together = gathered(in_lines(every[:3]), in_lines(every[3:]))
    assert (None if together is None else list(lines_in(together))) == (every if len(every) <= MOST_LINES else None)
