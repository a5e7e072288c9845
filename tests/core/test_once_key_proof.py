"""Which once-keys the proof of a wallet expects, by what was granted, undone, erased or taken over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, NamedTuple

import pytest

from core.ledger.model import (
    Account,
    Entry,
    Kind,
    OnceKey,
    Posting,
    Snapshot,
    Source,
    expense_on,
    holding_of,
    income_from,
    supply_of,
)
from core.ledger.model import Purpose as Use
from core.ledger.proof.once_keys import OnceKeyWalk
from core.ledger.sightings import Batch, BatchKind
from core.shared.ids import PersonId, PromotionId, WalletId

WALLET, ANN, BOB = WalletId(3), PersonId(7), PersonId(8)
NOON: Final = datetime(2026, 1, 10, 12, tzinfo=UTC)
SUPPLY: Final = supply_of(PromotionId(4))
LINKED: Final = "1767000000:telegram:7:m5"


class Deed(NamedTuple):
    """An entry of the walk, numbered by its place."""

    source: Source | None = None
    memo: str = ""
    of: int | None = None
    at: datetime = NOON
    happened: datetime | None = None
    key: str = "key"
    erased: bool = False
    by: PersonId = ANN
    account: Account | None = None
    """Where the Connects come from, if not from the account of the source."""


def entry_of(number: int, deed: Deed) -> Entry:
    income = deed.account or (expense_on(Use.PROPOSAL) if deed.source is None else income_from(deed.source))
    kind = Kind.UNDO if deed.of else Kind.SPEND if deed.source is None else Kind.GRANT
    connects = 5 if kind is Kind.GRANT else -5
    legs = Posting(holding_of(WALLET), connects, number), Posting(income, -connects, number)
    return Entry(
        WALLET, number, deed.at, kind, legs, 0, deed.key, "body", memo=deed.memo, by=deed.by, of=deed.of,
        happened=deed.happened,
    )  # fmt: skip


def fault(deeds: list[Deed], held: list[tuple[str, int]], *batches: Batch) -> str | None:
    """What is wrong with once-keys that are stored beside these entries of Ann's own wallet."""
    head = Snapshot(WALLET, len(deeds), once_keys=tuple(OnceKey(name, WALLET, number) for name, number in held))
    walk = OnceKeyWalk(head, ANN, batches)
    for number, deed in enumerate(deeds, 1):
        walk.step(entry_of(number, deed), erased=deed.erased)
    return walk.fault()


WELCOME: Final = Deed(Source.WELCOME)
RUST: Final = Deed(Source.ASSESSMENT, "Rust")
NEW_YEAR: Final = datetime(2026, 1, 1, 2, tzinfo=UTC)
"""January in London, and still December in New York."""


@pytest.mark.parametrize(
    ("deeds", "held"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([Deed()], [], id="a spend holds none"),
        pytest.param([Deed(Source.REWARD)], [], id="a reward may come again"),
        pytest.param([WELCOME], [("welcome:7", 1)], id="a welcome holds its own"),
        pytest.param([WELCOME, Deed(of=1)], [("welcome:7", 1)], id="a welcome that is undone still does"),
        pytest.param([RUST], [("assessment:3:rust", 1)], id="an assessment holds one of its name"),
        pytest.param([RUST, Deed(of=1)], [], id="one that is undone holds none"),
        pytest.param([Deed(), Deed(of=1)], [], id="a spend that is undone never did"),
        pytest.param([RUST._replace(happened=NOON)], [], id="one that became known late holds none"),
        pytest.param([Deed(Source.OPENING)], [("welcome:7", 1)], id="an opening takes that of the welcome"),
        pytest.param([WELCOME, Deed(Source.OPENING)], [("welcome:7", 1)], id="unless it was taken"),
        pytest.param([Deed(Source.OPENING, by=BOB)], [], id="or somebody else gave it"),
        pytest.param([Deed(Source.PROMOTION, account=SUPPLY)], [("promotion:4:7", 1)],
                     id="a promotion gives to each person once"),
        pytest.param([Deed(Source.MONTHLY)], [("monthly:3:2026-01", 1)], id="a month's Connects come once in it"),
        pytest.param([Deed(Source.MONTHLY, at=NEW_YEAR)], [("monthly:3:2026-01", 1)], id="in the month of London"),
        pytest.param([Deed(Source.MONTHLY, at=NEW_YEAR)], [("monthly:3:2025-12", 1)], id="or in that of New York"),
        pytest.param([Deed(Source.MONTHLY, at=NEW_YEAR)], [], id="or passed on to a later one"),
        pytest.param([Deed(Source.MONTHLY, at=NEW_YEAR), Deed(of=1)], [], id="and none once it is undone"),
        pytest.param([RUST._replace(memo="", erased=True)], [("assessment:3:0a1b", 1)], id="an erased name may be any"),
        pytest.param([RUST._replace(memo="", erased=True)], [], id="or gone with its key"),
    ],
)  # fmt: skip
def test_what_fits(deeds: list[Deed], held: list[tuple[str, int]]) -> None:
    assert fault(deeds, held) is None


@pytest.mark.parametrize(
    ("deeds", "held"),
    [
        pytest.param([WELCOME], [], id="a welcome without one"),
        pytest.param([Deed()], [("welcome:7", 1)], id="a spend with one"),
        pytest.param([RUST], [("assessment:3:go", 1)], id="one of another name"),
        pytest.param([RUST], [("assessment:4:rust", 1)], id="one of another wallet"),
        pytest.param([RUST, Deed(of=1)], [("assessment:3:rust", 1)], id="one that is held after the undo"),
        pytest.param([WELCOME], [("welcome:7", 2)], id="one of another entry"),
        pytest.param([Deed(Source.MONTHLY)], [("monthly:3:2026-02", 1)], id="one of another month"),
        pytest.param([Deed(Source.MONTHLY)], [], id="a month's Connects without one"),
        pytest.param([Deed(Source.MONTHLY, at=NEW_YEAR)], [("monthly:3:2026-02", 1)], id="one of neither month"),
    ],
)
def test_what_does_not_fit_is_named(deeds: list[Deed], held: list[tuple[str, int]]) -> None:
    assert "its once-keys are stored as" in str(fault(deeds, held))


def test_an_entry_holds_one_at_most() -> None:
    found = fault([RUST], [("assessment:3:rust", 1), ("assessment:3:go", 1)])
    assert found == "one of its entries is stored as holding several once-keys"


class TestTakenOver:
    """What was earned in books of the same account counts in those that a link keeps, although it is booked late."""

    TAKEN: Final = RUST._replace(happened=NOON, key=f"{LINKED}:1")
    LIST: Final = Batch(WALLET, 1, NOON, f"{LINKED}:2", ANN, kind=BatchKind.LINKED)

    def test_it_holds_the_key_of_its_name(self) -> None:
        assert fault([self.TAKEN], [("assessment:3:rust", 1)], self.LIST) is None
        assert fault([self.TAKEN], [], self.LIST) is not None

    @pytest.mark.parametrize(
        "other",
        [
            LIST._replace(kind=BatchKind.BESIDE),
            LIST._replace(key="1767000000:telegram:7:m6:2"),
            LIST._replace(of=1),
        ],
        ids=["of two accounts", "of another link", "an undo"],
    )
    def test_with_another_list_it_does_not(self, other: Batch) -> None:
        assert fault([self.TAKEN], [], other) is None
        assert fault([self.TAKEN], [("assessment:3:rust", 1)], other) is not None

    def test_what_has_no_name_does_not(self) -> None:
        for deed in (self.TAKEN._replace(memo=""), self.TAKEN._replace(source=Source.MONTHLY)):
            assert fault([deed], [], self.LIST) is None
        given = Deed(Source.PROMOTION, happened=NOON, key=f"{LINKED}:1")
        assert fault([given], [], self.LIST) is None

    def test_one_whose_name_was_erased_may_hold_any(self) -> None:
        erased = self.TAKEN._replace(memo="", erased=True)
        for held in ([], [("assessment:3:0a1b", 1)]):
            assert fault([erased], held, self.LIST) is None
