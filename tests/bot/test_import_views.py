"""What is shown of an import: as it reads on a phone, line by line."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from bot.reply.parts import Buttons, Fields, Reply, Say, Table
from bot.reply.words import Voice, voice
from bot.views.imports.booked import booked_reply
from bot.views.imports.doubts import unread_lines, unsure_row
from bot.views.imports.howto import not_a_page
from bot.views.imports.listing import rows_of
from bot.views.imports.previews import preview_of
from bot.views.imports.shown import Shown
from bot.views.imports.undone import undone_reply
from core.imports.model import (
    Answers,
    Cause,
    Doubt,
    KindSum,
    Opening,
    OtherAccount,
    Parted,
    Preview,
    Recosted,
    Row,
    RowKind,
    Stay,
    Staying,
    UndoneImport,
    Unsure,
)
from core.ledger import rulebook
from core.ledger.model import Change, Entry, Kind, Posting, Purpose, expense_on, holding_of
from core.ledger.sightings import Batch, Sighting
from core.shared.ids import PersonId, WalletId
from core.shared.money import CostState, Price

SPEAK: Final[Voice] = voice("en", "UTC")
OCT, JAN = date(2025, 10, 14), date(2026, 1, 12)
AWARD = Row(date(2026, 1, 3), "Refunded Connects for Connects Award", 10, "Logo for a bakery")
BID = Row(date(2026, 1, 5), "Applied to job", -16, "Banner")
AWARDED, BANNER = "Logo for a bakery (Jan 3, 2026)", "Banner (Jan 5, 2026)"
ADDED = "probably a purchase, a reward or a return"
WALLET = WalletId(1)
ENTRY = Entry(
    WALLET,
    12,
    datetime(2026, 1, 5, 9, tzinfo=UTC),
    Kind.SPEND,
    (Posting(holding_of(WALLET), -16, 1), Posting(expense_on(Purpose.PROPOSAL), 16, 1)),
    4,
    "key",
    "body",
    memo="Banner",
)
FIRST: Final = Preview(
    rows=(BID,) * 189,
    first=OCT,
    last=JAN,
    kinds=(
        KindSum(RowKind.PROPOSAL, 62, -1001),
        KindSum(RowKind.BOOST, 42, -977),
        KindSum(RowKind.BOOST_CHARGE, 6, -122),
        KindSum(RowKind.BADGE, 20, -20),
        KindSum(RowKind.PROPOSAL_BACK, 11, 166),
        KindSum(RowKind.BOOST_BACK, 22, 561),
        KindSum(RowKind.PURCHASE, 13, 970),
    ),
    new=189,
    known=0,
    completed=0,
    unsure=(),
    before=20,
    after=45,
    balance=45,
    parted=None,
    opening=None,
    ask_cost=False,
    gaps=(),
    recosted=Recosted(0, ()),
    expired=0,
    price_assumed=0,
    asked={},
    members=(),
    other_account=None,
    change=Change((), ()),
    stamp="s7a",
)
OPENED = FIRST._replace(opening=Opening(218, OCT, datetime(2026, 10, 14, tzinfo=UTC), 20), ask_cost=True)


def lines_of(given: Reply) -> list[str]:
    """The lines of an answer, with plain hyphens."""
    lines: list[str] = []
    for part in given.parts:
        match part:
            case Say():
                lines += SPEAK.say(part).splitlines()
            case Fields(rows):
                lines += [f"{SPEAK.say(label)} {SPEAK.text(value)}" for label, value in rows]
            case Table(_, rows, title):
                lines += [] if title is None else [SPEAK.say(title)]
                lines += [" · ".join(SPEAK.text(cell) for cell in row) for row in rows]
            case _:
                pass
    return [line.replace("\u2212", "-").replace("\u2013", "-") for line in lines]


def presses_of(given: Reply) -> dict[str, str]:
    rows = [row for part in given.parts if isinstance(part, Buttons) for row in part.rows]
    return {SPEAK.say(button.label): button.line for row in rows for button in row}


def preview(of: Preview = FIRST, *, money: bool = True, unread: int = 0, **answers: Any) -> Reply:
    people = {PersonId(3): "Ann"}
    return preview_of(Shown("d1", of, Answers(**answers), people, unread, money), rulebook.default())


class TestFirstLook:
    def test_of_two_accounts_no_page_proves_the_balance(self) -> None:
        of_two = FIRST._replace(balance=None, of_two=True)
        assert lines_of(preview(of_two))[1] == "Balance 20 → 45, both accounts together"

    def test_it_fits_on_a_phone(self) -> None:
        assert lines_of(preview(OPENED)) == [
            "189 rows from Oct 14, 2025 to Jan 12, 2026: all new.",
            "Balance 20 → 45, as Upwork says",
            "Before 218, in place of the 20 booked; gone by Oct 14, 2026",
            "Proposals 62 · -1,001",
            "Boosts 48 · -1,099",
            "Badge 20 · -20",
            "Given back 33 · +727",
            "Bought 13 · +970",
            "What did the 218 Connects cost that you had before these rows?",
        ]

    def test_what_is_shown_is_booked_by_one_press(self) -> None:
        assert presses_of(preview()) == {"Book all 189": "import book d1 s7a proven", "Leave": "import leave d1"}
        assert "import book d1 s7a unproven" in presses_of(preview(FIRST._replace(balance=None))).values()

    def test_a_single_row_is_spoken_of_as_one(self) -> None:
        one = FIRST._replace(rows=(BID,), new=1, first=JAN)
        assert lines_of(preview(one))[0] == "1 row of Jan 12, 2026: it is new."
        assert "Book 1 row" in presses_of(preview(one))

    def test_rows_are_counted_as_new_known_and_unsure(self) -> None:
        some = FIRST._replace(new=180, known=7, unsure=(Unsure(3, BID, Doubt.TYPED), Unsure(4, BID, Doubt.UNREAD)))
        assert (
            lines_of(preview(some))[0] == "189 rows from Oct 14, 2025 to Jan 12, 2026: 180 new, 7 known and 2 unsure."
        )
        assert presses_of(preview(some))["Show what is unsure (2)"] == "import unsure d1"

    def test_there_may_be_nothing_to_book(self) -> None:
        known = FIRST._replace(new=0, known=189, change=None, before=45)
        assert lines_of(preview(known))[:2] == [
            "All 189 rows from Oct 14, 2025 to Jan 12, 2026 are booked already.",
            "Balance 45, as Upwork says",
        ]
        assert list(presses_of(preview(known))) == ["Confirm 45", "Leave"]
        left = known._replace(known=0, unsure=(Unsure(1, BID, Doubt.TYPED),))
        assert lines_of(preview(left, unsure={1: False}))[0].endswith("2026: none is left to book.")

    def test_a_page_of_an_earlier_day_proves_the_balance_of_that_day(self) -> None:
        earlier = FIRST._replace(balance=61)
        assert "Balance 20 → 45, and 61 on the page's own day, as Upwork says" in lines_of(preview(earlier))
        assert "import book d1 s7a unproven" in presses_of(preview(earlier)).values()

    def test_known_rows_can_be_completed(self) -> None:
        better = FIRST._replace(new=0, known=189, completed=4)
        assert "Details 4 known rows get what the page adds" in lines_of(preview(better))
        assert presses_of(preview(better))["Complete 4 rows"] == "import book d1 s7a proven 0 4 0"

    def test_what_only_closes_a_gap_can_be_booked(self) -> None:
        gap = FIRST._replace(new=0, known=189, change=Change((ENTRY,), ()))
        assert "Book the difference" in presses_of(preview(gap))
        assert list(presses_of(preview(gap._replace(change=Change((), ()))))) == ["Leave"]


class TestBalance:
    def test_without_one_on_the_page_it_is_not_proven(self) -> None:
        assert "Balance 20 → 45, the page shows none" in lines_of(preview(FIRST._replace(balance=None)))

    @pytest.mark.parametrize(
        ("parted", "line"),
        [
            (Parted(AWARD, BID, 15), f"Upwork has 15 more between {AWARDED} and {BANNER}: {ADDED}"),
            (Parted(None, BID, -15), f"Upwork has 15 less before {BANNER}: probably a spend"),
            (Parted(BID, None, -15), f"Upwork has 15 less after {BANNER}: probably a spend"),
            (Parted(None, None, -15), "Upwork has 15 less: probably a spend"),
            (
                Parted(None, None, 15, Cause.TYPED, (12, 14)),
                "Upwork has 15 more: something typed is not on the page (#12, #14)",
            ),
            (Parted(None, None, 15, Cause.UNREAD), "Upwork has 15 more: some lines could not be read"),
        ],
    )
    def test_where_the_books_and_the_page_part(self, parted: Parted, line: str) -> None:
        shown = preview(FIRST._replace(balance=60, parted=parted))
        assert lines_of(shown)[1:3] == ["Balance 20 → 45, but Upwork says 60", f"Difference {line}"]
        assert "import book d1 s7a 60" in presses_of(shown).values()


class TestThePast:
    def test_what_changes_there_is_said(self) -> None:
        gaps = tuple(Opening(connects, OCT, None, 0) for connects in (12, -3, 4, 5))
        past = FIRST._replace(
            gaps=gaps, expired=30, price_assumed=970, recosted=Recosted(12, (Price(120, 0, "USD"), Price(-5, 0, "EUR")))
        )
        assert lines_of(preview(past, unread=1))[2:9] == [
            "Gap +12 before Oct 14, 2025, which no row explains",
            "Gap -3 before Oct 14, 2025, which no row explains",
            "Gap 2 more, +9 in all",
            "Expired 30 Connects of the past",
            "Costs 12 earlier spends change, $1.20 more and €0.05 less",
            "Price 970 at the list price; your list of transactions tells what you paid",
            "Not read 1 line",
        ]

    def test_a_group_reads_no_money(self) -> None:
        past = FIRST._replace(recosted=Recosted(1, (Price(120, 0, "USD"),)), expired=-1)
        lines = lines_of(preview(past, money=False))
        assert "Costs 1 earlier spend gets another cost" in lines
        assert "Expired 1 Connect less than was booked" in lines
        assert not any("$" in line for line in lines)


class TestQuestions:
    def test_a_page_of_another_account_is_not_booked_before_an_answer(self) -> None:
        for one in OtherAccount:
            shown = preview(FIRST._replace(other_account=one))
            assert lines_of(shown)[-1] == "Is it the page of this account?"
            assert list(presses_of(shown)) == ["Yes, it is", "Leave"]
        assert "Book all 189" in presses_of(
            preview(FIRST._replace(other_account=OtherAccount.OTHER_MEMBERS), own_account=True)
        )

    def test_a_wording_is_asked_about_with_its_rows(self) -> None:
        shown = preview(OPENED._replace(asked={AWARD.wording: (AWARD, AWARD._replace(title=""))}))
        assert lines_of(shown)[-3:] == [
            "What is “Refunded Connects for Connects Award”?",
            "Jan 3, 2026 · Logo for a bakery · +10",
            "Jan 3, 2026 · +10",
        ]
        presses = presses_of(shown)
        assert list(presses)[:6] == [
            "A proposal given back",
            "A boost given back",
            "Bought",
            "A reward",
            "Monthly Connects",
            "Leave it unexplained",
        ]
        assert presses["A reward"].startswith("import wording d1 ")
        assert presses["A reward"].endswith(" reward")

    def test_what_took_connects_is_offered_what_they_are_spent_on(self) -> None:
        shown = preview(FIRST._replace(asked={"Boosted profile click": (BID,)}))
        assert list(presses_of(shown))[:2] == ["Spent on a proposal", "Spent on a boost"]

    def test_a_member_is_a_person_or_a_name(self) -> None:
        shown = preview(FIRST._replace(members=("Ivo Sample",)))
        assert lines_of(shown)[-1] == "Who is “Ivo Sample”?"
        assert list(presses_of(shown))[:2] == ["Ann", "Only a name"]

    @pytest.mark.parametrize(
        ("cost", "said"),
        [
            (CostState.PAID, "218 ($32.70), in"),
            (Price(500, 0, "EUR"), "218 (\u20ac5.00), in"),
            (CostState.FREE, "218 (free), in"),
            (CostState.UNKNOWN, "218 (cost unknown), in"),
        ],
    )
    def test_the_answer_about_the_cost_is_shown(self, cost: CostState | Price, said: str) -> None:
        shown = preview(OPENED._replace(ask_cost=False), cost=cost)
        assert any(said in line for line in lines_of(shown))

    def test_the_cost_is_asked_last(self) -> None:
        presses = presses_of(preview(OPENED))
        assert presses["Bought at the list price ($32.70)"] == "import cost d1 218 bought"
        assert presses["I do not know"] == "import cost d1 218 unknown"


class TestUnsureRows:
    @pytest.mark.parametrize("why", Doubt)
    def test_one_is_shown_with_what_it_may_be(self, why: Doubt) -> None:
        shown = unsure_row("d1", (Unsure(3, BID, why, (ENTRY,)), Unsure(4, BID, why)), 0)
        lines = lines_of(shown)
        assert lines[:2] == ["Unsure: 1 of 2", "Jan 5, 2026 · Applied to job · Banner · -16"]
        assert lines[-1] == "#12 · Jan 5, 2026 · Banner · -16"
        books = {"It is #12": "import row d1 3 12", "It is another: book it": "import row d1 3 new"}
        assert presses_of(shown) == {
            **({"Book it": "import row d1 3 new"} if why is Doubt.TAKEN_OUT else books),
            "Leave it out": "import row d1 3 out",
            "Next": "import unsure d1 2",
            "Back": "import show d1",
        }

    def test_after_the_last_come_the_lines_that_were_not_read(self) -> None:
        assert "Next" in presses_of(unsure_row("d1", (Unsure(3, BID, Doubt.TYPED),), 0, lines=True))
        shown = unread_lines("d1", [f"line {number}" for number in range(12)])
        assert lines_of(shown)[0] == "I could not read these 12 lines:"
        assert "And 2 lines more." in lines_of(shown)


class TestAnswers:
    BATCH: Final = Batch(
        WALLET,
        3,
        datetime(2026, 1, 12, tzinfo=UTC),
        "key",
        first=OCT,
        last=JAN,
        sightings=tuple(
            Sighting(line, line + 4, line != 2, BID.day, BID.wording, -16, "Banner") for line in range(1, 13)
        ),
    )

    @pytest.mark.parametrize(
        ("said", "balance"),
        [
            ("proven", "45 Connects, as Upwork says"),
            ("unproven", "45 Connects left"),
            ("60", "45 Connects left, but Upwork says 60"),
        ],
    )
    def test_it_says_what_was_booked_and_the_balance(self, said: str, balance: str) -> None:
        shown = booked_reply(self.BATCH, 45, said, here=True)
        assert lines_of(shown) == [f"11 entries booked; {balance}."]
        assert presses_of(shown) == {"Undo": "import undo 3", "Proposals": "proposals"}

    @pytest.mark.parametrize(
        ("more", "done"),
        [
            ((11, 0, 0), "11 entries booked"),
            (
                (11, 155, 2),
                "11 entries booked, 155 known rows got what the page adds and 2 earlier spends got another cost",
            ),
            ((0, 155, 1), "155 known rows got what the page adds and 1 earlier spend got another cost"),
            ((0, 1, 0), "1 known row got what the page adds"),
            ((0, 0, 0), "The difference is booked"),
        ],
    )
    def test_it_says_what_it_did_beside_new_rows(self, more: tuple[int, int, int], done: str) -> None:
        assert lines_of(booked_reply(self.BATCH, 45, "proven", more, here=True)) == [
            f"{done}; 45 Connects, as Upwork says."
        ]

    def test_the_undo_of_another_wallets_import_names_that_wallet(self) -> None:
        assert presses_of(booked_reply(self.BATCH, 45, "proven", here=False)) == {"Undo": "import undo 3 1"}

    def test_an_undo_says_what_stays_and_why(self) -> None:
        stays = (Staying(ENTRY, Stay.SEEN_AGAIN, 4), *(Staying(ENTRY, Stay.NEEDED) for _ in range(6)))
        assert lines_of(undone_reply(UndoneImport(self.BATCH, 5, stays, 45, 20))) == [
            "Import 3 is taken back; 20 Connects left.",
            "7 entries stay:",
            "#12 · Proposal: import 4 has it, too",
            *("#12 · Proposal: what was spent later needs it",) * 4,
            "and 2 more",
        ]
        all_seen = (Staying(ENTRY, Stay.SEEN_AGAIN, 4),) * 6
        assert lines_of(undone_reply(UndoneImport(self.BATCH, 0, all_seen, 45, 45))) == [
            "Import 3 is taken back; 45 Connects left.",
            "Its 6 entries stay, as import 4 has them, too.",
        ]
        undo = Batch(WALLET, 4, self.BATCH.at, "undo", of=3)
        assert lines_of(undone_reply(UndoneImport(undo, 11, (), 45, 1))) == ["Import 3 is taken back; 1 Connect left."]

    def test_an_import_in_the_history_opens_to_its_rows(self) -> None:
        shown = rows_of(self.BATCH, 1, undone=False)
        assert lines_of(shown)[:2] == [
            "Import 3 · 12 rows of Jan 5, 2026, 1-10",
            "Jan 5, 2026 · Applied to job · Banner · -16 → #5",
        ]
        assert presses_of(shown) == {"Older": "import list 3 11", "Undo the import": "import undo 3"}
        assert lines_of(rows_of(self.BATCH, 11, undone=True))[0].startswith("Import 3, undone · 12 rows")

    def test_what_is_no_page_says_what_to_do_instead(self) -> None:
        shown = not_a_page("pdf")
        assert lines_of(shown) == ["I cannot read a PDF. Please copy the text of the page itself and paste it here."]
        assert presses_of(shown) == {"How to import": "import"}
