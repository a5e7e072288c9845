"""What Connects cost: how it is asked, how an answer is read, and where it is shown."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from bot.command.declaration import UnfitError
from bot.options.cost import COST, Paid
from bot.options.figures import Amount
from bot.reply.parts import Fields, say
from bot.reply.words import voice
from bot.views.alerts import digest
from bot.views.showing import Showing
from core.delivery.notice import Notice
from core.ledger.rulebook import default
from core.shared.ids import WalletId
from core.shared.money import CostState

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


def _plain(cost: CostState | Paid) -> object:
    """The state, or the amount without the way in which it was written."""
    return cost if isinstance(cost, CostState) else (cost.amount.figure, cost.amount.currency, cost.each)


BALANCE_20 = "20 Connects are available."


def usd(figure: str) -> Amount:
    return Amount(Decimal(figure), "USD")


class TestReading:
    @pytest.mark.parametrize(
        ("words", "cost"),
        [
            ("bought", CostState.PAID),
            ("I bought them.", CostState.PAID),
            ("bought at the list price", CostState.PAID),
            ("full price", CostState.PAID),
            ("free", CostState.FREE),
            ("all free", CostState.FREE),
            ("they were given by Upwork", CostState.FREE),
            ("it was a bonus", CostState.FREE),
            ("cost nothing", CostState.FREE),
            ("no cost", CostState.FREE),
            ("I didn\u2019t pay for them", CostState.FREE),
            ("not bought", CostState.FREE),
            ("$0", CostState.FREE),
            ("unknown", CostState.UNKNOWN),
            ("I don't know", CostState.UNKNOWN),
            ("no idea", CostState.UNKNOWN),
            ("not sure", CostState.UNKNOWN),
            ("I forgot", CostState.UNKNOWN),
            ("$25", Paid(usd("25"))),
            ("25 usd", Paid(usd("25"))),
            ("bought for $25", Paid(usd("25"))),
            ("I paid $25 for all of them", Paid(usd("25"), each=False)),
            ("$25 in total", Paid(usd("25"), each=False)),
            ("at $0.15 each", Paid(usd("0.15"), each=True)),
            ("$0.15 per Connect", Paid(usd("0.15"), each=True)),
            ("25", Paid(Amount(Decimal(25), None))),
            ("paid 25", Paid(Amount(Decimal(25), None))),
            ("9,60 EUR", Paid(Amount(Decimal("9.60"), "EUR"))),
        ],
    )
    def test_a_cost_in_words(self, words: str, cost: CostState | Paid) -> None:
        found = COST.read(words)
        assert isinstance(found, CostState) == isinstance(cost, CostState)
        assert _plain(found) == _plain(cost)

    @pytest.mark.parametrize(
        "words",
        [
            "60 bought the rest free",
            "60 bought, 127 free",
            "60 bought",
            "bought 60 for $9",
            "half of them free",
            "bought some",
            "mostly free",
            "not free",
            "free or bought",
            "$25 and some free",
            "$25 $30",
            "yesterday",
            "Logo redesign",
            "-5",
            "all 25",
            "from Upwork",
        ],
    )
    def test_more_or_less_than_one_cost_is_asked_about(self, words: str) -> None:
        with pytest.raises(UnfitError):
            COST.read(words)


class TestAnOpening:
    @pytest.mark.parametrize(
        ("line", "cost"),
        [
            ("/opening 187 bought", "$28.05"),
            ("/opening 187 $25", "$25.00"),
            ("/opening 187 bought for $25", "$25.00"),
            ("/opening bought 187", "$28.05"),
            ("/opening $25 187", "$25.00"),
            ("/opening 187 free", "free"),
            ("/opening 187 connects unknown", "unknown"),
            ("/opening 187 I do not know", "unknown"),
            ("/opening 187 at $0.12 each", "$22.44"),
            ("/opening connects=187 cost=$25", "$25.00"),
            ("/opening bought 187 for 25", "$25.00"),
            ("/opening I bought 187 for $25", "$25.00"),
            ("/opening $0.12 each for 187", "$22.44"),
            ("/opening 187 25", "$25.00"),
        ],
    )
    async def test_is_booked_with_its_cost_in_one_line(self, ann: DeskPlayer, line: str, cost: str) -> None:
        heard = await ann.say(line)
        assert "you start with 187 Connects" in heard.text
        assert f"Cost: {cost}\n" in heard.text

    @pytest.mark.parametrize(
        ("label", "cost"),
        [
            ("Bought at the list price ($28.05)", "$28.05"),
            ("Given by Upwork", "free"),
            ("I do not know", "unknown"),
        ],
    )
    async def test_asks_what_it_cost_and_books_the_answer_once(self, ann: DeskPlayer, label: str, cost: str) -> None:
        assert "What did these 187 Connects cost you?" in (await ann.say("/opening 187")).text
        first, second = await ann.press_twice(label)
        assert f"Cost: {cost}\n" in first.text
        assert first.text == second.text
        assert "Entries #2 to #1" in (await ann.say("/history")).text

    async def test_asks_for_another_price(self, ann: DeskPlayer) -> None:
        await ann.say("/opening 187")
        assert "What did these 187 cost you in total?" in (await ann.press("Bought at another price")).text
        assert "Cost: $25.00\n" in (await ann.say("$25")).text

    async def test_takes_an_answer_in_words(self, ann: DeskPlayer) -> None:
        await ann.say("/opening 187")
        assert "Cost: $25.00\n" in (await ann.say("I paid $25 for them")).text

    @pytest.mark.parametrize("answer", ["60 bought the rest free", "60 bought", "16 Logo redesign", "16 free"])
    async def test_books_no_other_number_than_was_said_first(self, ann: DeskPlayer, answer: str) -> None:
        await ann.say("/opening 187")
        assert "is not one cost for all of them" in (await ann.say(answer)).text
        assert BALANCE_20 in (await ann.say("/balance")).text

    async def test_with_words_that_are_no_cost_is_not_booked(self, ann: DeskPlayer) -> None:
        assert 'I did not understand "Logo" there.' in (await ann.say("/opening 187 Logo")).text
        assert '"plenty" is not a whole number' in (await ann.say("/opening plenty")).text

    @pytest.mark.parametrize("rest", ["60 bought the rest free", "60 bought 127 free", "half free", "60 for $9"])
    async def test_with_more_than_one_cost_is_asked_about(self, ann: DeskPlayer, rest: str) -> None:
        heard = await ann.say(f"/opening 187 {rest}")
        assert f'"{rest}" is not one cost for all of them' in heard.text
        assert heard.buttons[:3] == ("Bought at the list price", "Given by Upwork", "I do not know")
        assert "you start with 187 Connects" in (await ann.press("I do not know")).text

    async def test_whose_number_is_in_doubt_is_asked_for_it(self, ann: DeskPlayer) -> None:
        assert "What did they cost you in total?" in (await ann.say("/opening about 187 for 25")).text
        assert "How many Connects do you have now?" in (await ann.press("Given by Upwork")).text
        assert "you start with 187 Connects" in (await ann.say("187")).text

    async def test_at_an_unlikely_price_is_asked_about(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/opening 187 $0.15")
        assert "$0.15 for 187 Connects is far from the list price." in heard.text
        assert heard.buttons == ("$0.15 each ($28.05)", "$0.15 for all")
        assert "Cost: $28.05\n" in (await ann.press("$0.15 each")).text
        await ann.say("/undo 2")
        heard = await ann.say("/opening 187 $900")
        assert heard.buttons == ("$900.00 for all", "Bought at the list price ($28.05)")
        assert "Cost: $900.00\n" in (await ann.press("$900.00 for all")).text

    async def test_is_taken_as_it_stands_if_the_rulebook_wants_no_questions(self, ann: DeskPlayer) -> None:
        ann.bot.books.rulebook = replace(ann.bot.books.rulebook, doubt=0)
        assert "Cost: $900.00\n" in (await ann.say("/opening 187 $900")).text

    async def test_in_a_currency_that_is_in_doubt_is_asked_about(self, ann: DeskPlayer) -> None:
        await ann.say("/settings currency=CAD")
        heard = await ann.say("/opening 187 $25")
        assert len(heard.buttons) == 2
        assert "Cost: CA$25.00\n" in (await ann.press(heard.buttons[1])).text

    async def test_that_comes_too_late_is_not_asked_about(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 4 Logo")
        assert "An opening balance must come first" in (await ann.say("/opening 187")).text

    async def test_of_nothing_has_no_cost(self, ann: DeskPlayer) -> None:
        heard = await ann.say("/opening 0")
        assert "you start with 0 Connects" in heard.text
        assert "Cost" not in heard.text


class TestShown:
    async def test_a_balance_and_its_worth_name_what_is_unknown(self, ann: DeskPlayer) -> None:
        await ann.say("/opening 30 unknown")
        await ann.say("/buy 60 $9")
        lines = (await ann.say("/balance")).text.splitlines()
        assert lines[1:] == [
            "Free: 0",
            "Paid: 60",
            "Cost unknown: 30 (write /cost if you know it)",
            "Worth: $9.00, and 30 of unknown cost",
        ]
        lines = (await ann.say("/lots")).text.splitlines()
        assert [line.split(" \u00b7 ")[2] for line in lines[1:3]] == ["unknown", "$9.00"]

    async def test_a_spend_names_each_part(self, ann: DeskPlayer) -> None:
        await ann.say("/opening 20 unknown")
        assert "Cost: unknown\n" in (await ann.say("/spend 4 Logo")).text
        await ann.say("/earn reward 4")
        assert "Cost: nothing for 1 of them; 16 of unknown cost\n" in (await ann.say("/spend 17 Logo")).text
        await ann.say("/return #3")
        await ann.say("/buy 20 $3")
        assert "Cost: $0.15 (3 free, 1 paid), and 4 of unknown cost\n" in (await ann.say("/spend 8 Logo")).text
        await ann.say("/adjust +5")
        assert "Cost: $2.85, and 1 of unknown cost\n" in (await ann.say("/spend 20 Logo")).text

    async def test_an_export_says_free_paid_or_unknown(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 4 Logo")
        await ann.say("/buy 20 $3")
        await ann.say("/adjust +5")
        (content,) = (await ann.say("/export postings=yes")).files.values()
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert [(row["lot"], row["cost"], row["net"], row["currency"]) for row in rows[::2]] == [
            ("1", "free", "", ""),
            ("1", "free", "", ""),
            ("2", "paid", "3.00", "USD"),
            ("3", "unknown", "", ""),
        ]

    @pytest.mark.parametrize(
        ("facts", "cost"),
        [
            ({"cost-net": 90, "cost-currency": "USD"}, "$0.90, $0.45 for each of 2 proposals"),
            ({"cost-net": 90, "cost-currency": "USD", "cost-unknown": 8}, "$0.90, and 8 of unknown cost"),
            ({"cost-unknown": 8}, "unknown for 8 Connects"),
        ],
    )
    def test_a_digest_leaves_out_a_rate_that_would_be_too_low(self, facts: dict[str, str | int], cost: str) -> None:
        week: dict[str, str | int] = {"from": "2026-01-05", "until": "2026-01-11", "connects": 5, "proposals": 2}
        shown = digest(
            Notice("digest:1:x", "digest", week | facts, WalletId(1)), Showing(default(), private=True, money=True)
        )
        (fields,) = (part for part in shown.parts if isinstance(part, Fields))
        ((_, value),) = (row for row in fields.rows if row[0].id == "field-cost")
        assert voice("en", "UTC").say(say("raw", text=value)) == cost


class TestStatingIt:
    async def test_is_asked_and_booked(self, ann: DeskPlayer) -> None:
        await ann.say("/opening 187 unknown")
        await ann.say("/spend 16 Logo")
        heard = await ann.say("/cost")
        assert "I do not know yet what 187 of your Connects cost." in heard.text
        heard = await ann.press("Bought at the list price ($28.05)")
        assert heard.text.splitlines() == [
            "#5 booked: 187 Connects of #2 cost $28.05.",
            "What you spent of them costs $2.40 now: 1 spend.",
        ]
        told = "#5 \u00b7 09:00 \u00b7 0 \u00b7 187 Connects of #2 cost $28.05 \u00b7 171 left"
        assert told in (await ann.say("/history")).text
        assert "#5 is undone. What #2 cost is what it was before." in (await ann.say("/undo")).text
        assert "Cost: unknown" in (await ann.say("/spend 1")).text

    async def test_of_what_is_left_offers_the_rest(self, ann: DeskPlayer) -> None:
        await ann.say("/opening 187 unknown")
        await ann.say("/spend 16 Logo")
        heard = await ann.say("/cost $7")
        assert "187 of your Connects came at an unknown cost, and 171 of them are left." in heard.text
        heard = await ann.press("Only the 171 left")
        assert heard.text.splitlines() == [
            "#4 booked: the cost of 171 Connects",
            "Cost: $7.00",
            "16 Connects were spent before that. Their cost stays unknown.",
        ]
        await ann.press("What the other 16 cost")
        heard = await ann.press("Given by Upwork")
        assert heard.text.splitlines() == [
            "#6 booked: 16 Connects of #2 cost nothing.",
            "What you spent of them costs nothing now: 1 spend.",
        ]
        assert "#4 \u00b7 09:00 \u00b7 0 \u00b7 Cost stated \u00b7 171 left" in (await ann.say("/history")).text

    async def test_of_all_goes_for_several_openings(self, ann: DeskPlayer) -> None:
        await ann.say("/opening 40 unknown")
        await ann.say("/adjust +20")
        await ann.say("/spend 50 Logo")
        assert "the cost of 60 Connects\nWhat you spent of them costs $7.50 now" in (await ann.say("/cost 60 $9")).text
        await ann.say("/undo")
        heard = await ann.say("/cost 30 bought")
        assert heard.buttons == ("All 60", "Only the 10 left")
        assert "costs $7.50 now: 1 spend." in (await ann.press("All 60")).text

    async def test_asks_for_another_price(self, ann: DeskPlayer) -> None:
        await ann.say("/opening 187 unknown")
        await ann.say("/cost")
        await ann.press("Bought at another price")
        assert "Cost: $25.00" in (await ann.say("25")).text

    async def test_in_parts_books_each_part(self, ann: DeskPlayer) -> None:
        await ann.say("/opening 187 unknown")
        assert "Cost: $9.00" in (await ann.say("/cost 60 $9")).text
        assert "the cost of 127 Connects\nCost: free" in (await ann.say("/cost they were free")).text
        assert "You have no Connects of unknown cost." in (await ann.say("/cost")).text

    async def test_of_more_than_are_unknown_is_refused(self, ann: DeskPlayer) -> None:
        await ann.say("/adjust +5")
        for line in ("/cost 6", "/cost 6 free"):
            assert "Only 5 Connects are of unknown cost." in (await ann.say(line)).text

    async def test_that_it_is_not_known_books_nothing(self, ann: DeskPlayer) -> None:
        await ann.say("/adjust +5")
        assert "Then it stays unknown." in (await ann.say("/cost unknown")).text
        assert "Entries #2 to #1" in (await ann.say("/history")).text

    @pytest.mark.parametrize(
        ("line", "cost"),
        [
            ("$9 + 1.80 tax", "$10.80, not $9.00"),
            ("= $10.80 incl. $1.80 VAT", "$10.80, not $9.00"),
            ("was 12 incl. 20% tax", "$12.00, not $9.00"),
            ("\u20ac8.40", "\u20ac8.40, not $9.00"),
            ("bought tax=10%", "$9.90, not $9.00"),
            ("free", "nothing, not $9.00"),
            ("$0.20 each", "$12.00, not $9.00"),
        ],
    )
    async def test_corrects_what_a_purchase_cost(self, ann: DeskPlayer, line: str, cost: str) -> None:
        await ann.say("/buy 60 $9")
        assert f"#3 booked: Purchase #2 cost {cost}." in (await ann.say(f"/cost #2 {line}")).text

    async def test_asks_what_a_correction_lacks(self, ann: DeskPlayer) -> None:
        await ann.say("/buy 60 $9")
        assert "#2 brought 60 Connects. What did they really cost you" in (await ann.say("/cost purchase #2")).text
        await ann.press("Bought at another price")
        assert "far from the list price" in (await ann.say("$400")).text
        assert "$400.00, not $9.00" in (await ann.press("$400.00 for all")).text
        assert "How much of that was tax?" in (await ann.say("/cost #2 $11 incl. tax")).text
        assert "Purchase #2 cost $11.00, not $400.00" in (await ann.say("$1")).text
        assert "cost nothing, not $11.00" in (await ann.say("/cost #4 free")).text, "an amendment is of its purchase"

    @pytest.mark.parametrize(
        ("line", "answer"),
        [
            ("/cost #9 $4", "There is no entry #9."),
            ("/cost #3 $4", "#3 brought no Connects that you can have paid for."),
            ("/cost #2 $9", "That is what #2 cost in the books already."),
            ("/cost #2 $9 + $20 tax", "$20.00"),
        ],
    )
    async def test_refuses_what_cannot_be(self, ann: DeskPlayer, line: str, answer: str) -> None:
        await ann.say("/buy 60 $9")
        await ann.say("/spend 3 Logo")
        assert answer in (await ann.say(line)).text

    async def test_says_nothing_anew_of_what_had_expired(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("/opening 40 unknown")
        await ann.say("/spend 30 Logo")
        bot.clock.pass_(days=400)
        await ann.say("/buy 5")
        await ann.say("/cost 40 $4")
        shown = (await ann.say("/history")).text.splitlines()
        assert ["40 Connects of #2 cost $4.00" in line for line in shown[1:3]] == [True, False]
        assert sum("Expired" in line for line in shown) == 1

    async def test_is_for_admins_of_a_group(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await lead.say("/adjust +5")
        assert "/cost is for admins" in (await bob.say("/cost 5 free")).text

    async def test_is_not_asked_again_after_the_opening_has_asked(self, ann: DeskPlayer) -> None:
        await ann.say("/opening 187")
        await ann.press("I do not know")
        for line in ("/balance", "/lots"):
            assert "I do not know yet" not in (await ann.say(line)).text
