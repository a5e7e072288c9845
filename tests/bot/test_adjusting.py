"""What /adjust and /balance take a line for, and when they ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command.declaration import UnfitError
from bot.commands import by_name
from bot.options.correction import Corrected, Correction, corrections_in, states_balance, total_in
from bot.reading.parser import read_values, words_of
from core.ledger.requests import Request
from core.shared.ids import WalletId
from core.shared.refusals import BalanceMoved, RefusedError

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture
async def eve(ann: DeskPlayer) -> DeskPlayer:
    """Eve holds 187 Connects."""
    await ann.say("/opening 187 free")
    return ann


TOTALS = [
    "to 190",
    "set 190",
    "set to 190",
    "set it to 190",
    "make it 190",
    "is 190",
    "= 190",
    "=190",
    "it is 190",
    "it's 190",
    "should be 190",
    "187 -> 190",
    "187->190",
    "187 \u2192 190",
    "187 => 190",
    "187 to 190",
    "from 187 to 190",
    "187 190",
    "190 not 187",
    "190, not 187",
    "190 instead of 187",
    "190 total",
    "190 in total",
    "total 190",
    "total: 190",
    "190 connects in total",
    "up to 190",
    "raise to 190",
    "now 190",
    "190 now",
    "190 left",
    "190 available",
    "Upwork shows 190",
    "Upwork says 190 connects",
    "190 on Upwork",
    "190 as Upwork shows it",
    "-> 190",
    "\u2192 190",
    "was 187 now 190",
    "187 should be 190",
    "must be 190",
    "reset to 190",
    "new balance 190",
    "I have 190",
    "my balance is 190",
    "the balance should be 190",
    "balance=190",
    "to=190",
    "\u0661\u0669\u0660 total",
]
LESS = [
    "-3",
    "- 3",
    "\u22123",
    "\u2212 3",
    "\u20133",
    "\u2014 3",
    "-3 connects",
    "minus 3",
    "3 less",
    "3 connects less",
    "3 fewer",
    "less 3",
    "remove 3",
    "take away 3",
    "take 3 away",
    "take off 3",
    "subtract 3",
    "deduct 3 connects",
    "reduce by 3",
    "reduce the balance by 3",
    "decrease by 3",
    "down by 3",
    "3 too many",
    "3 too much",
    "lost 3",
    "minus -3",
    "by -3",
    "by=-3",
]
MORE = ["+3", "+ 3", "\uff0b3", "plus 3", "add 3", "add 3 connects", "3 more", "increase by 3"]
MORE += ["up by 3", "3 too few", "by 3", "by +3"]


class TestATotal:
    @pytest.mark.parametrize("words", TOTALS)
    async def test_is_shown_and_booked_by_its_button_alone(self, eve: DeskPlayer, words: str) -> None:
        heard = await eve.say(f"/adjust {words}")
        assert "187 \u2192 190: that is a correction of +3. Nothing is booked yet." in heard.text
        assert "187 Connects are available." in (await eve.say("/balance")).text
        eve.buttons["again"] = (await self._preview(eve, words))["Correct by +3"]
        first, second = await eve.press_twice("again")
        assert first.text == second.text
        assert "#3 booked: corrected by +3" in first.text
        assert "Left: 190" in first.text

    async def _preview(self, eve: DeskPlayer, words: str) -> dict[str, str]:
        await eve.say(f"/adjust {words}")
        return eve.buttons

    @pytest.mark.parametrize("words", [*TOTALS[:26], "190", "190 connects", "is 190 connects", "real balance 190"])
    async def test_is_compared_by_the_balance_too(self, eve: DeskPlayer, words: str) -> None:
        heard = await eve.say(f"/balance {words}")
        assert "Upwork shows 190 and my books have 187: +3. Nothing is booked yet." in heard.text
        assert "Left: 190" in (await eve.press("Correct by +3")).text

    @pytest.mark.parametrize(
        "line",
        [
            *("my balance is 190", "Upwork shows 190", "I have 190 connects", "Available Connects: 190", "balance 190"),
            *("is 190", "It is 190.", "is now 190"),
        ],
    )
    async def test_is_understood_without_a_command(self, eve: DeskPlayer, line: str) -> None:
        assert "Upwork shows 190 and my books have 187" in (await eve.say(line)).text

    async def test_that_is_right_already_is_said_to_be(self, eve: DeskPlayer) -> None:
        for line in ("/adjust is 187", "/adjust 190 -> 187", "/adjust to=187 was=187"):
            heard = await eve.say(line)
            assert heard.text == "The balance is 187 Connects already, so there is nothing to correct."
            assert heard.buttons == ()

    async def test_from_another_balance_starts_from_the_true_one(self, eve: DeskPlayer) -> None:
        heard = await eve.say("/adjust 180 -> 190")
        assert "187 \u2192 190: that is a correction of +3." in heard.text
        assert "You wrote 180; my books say 187." in heard.text
        assert "corrected by +3" in (await eve.press("Correct by +3")).text

    async def test_is_shown_anew_if_the_balance_has_moved_since(self, eve: DeskPlayer) -> None:
        await eve.say("/adjust is 190")
        button = eve.buttons["Correct by +3"]
        await eve.say("/spend 16 Logo")
        eve.buttons["old"] = button
        heard = await eve.press("old")
        assert "171 \u2192 190: that is a correction of +19. Nothing is booked yet." in heard.text
        assert "the balance went from 187 to 171" in heard.text
        assert "Left: 190" in (await eve.press("Correct by +19")).text

    async def test_keeps_its_reason_exactly_but_for_quotes(self, eve: DeskPlayer) -> None:
        heard = await eve.say('/adjust forgot "Logo" to=5: 187 -> 184')
        assert heard.buttons == ("Correct by \u22123",) or "5" in heard.text
        await eve.say('/adjust is 184 because of "Logo" by=5')
        await eve.say("/adjust is 184 forgotten bid")
        await eve.press("Correct by")
        assert "forgotten bid" in (await eve.say("/history")).text

    async def test_out_of_all_bounds_is_refused(self, eve: DeskPlayer) -> None:
        assert "from -5,000 to 5,000, not 99,813" in (await eve.say("/balance is 100,000")).text
        assert "from -5,000 to 5,000" in (await eve.say("/adjust to 1 000 000")).text


class TestADifference:
    @pytest.mark.parametrize(("words", "delta"), [*((words, -3) for words in LESS), *((words, 3) for words in MORE)])
    async def test_with_a_direction_is_booked(self, eve: DeskPlayer, words: str, delta: int) -> None:
        heard = await eve.say(f"/adjust {words}")
        assert f"Left: {187 + delta} Connects" in heard.text

    @pytest.mark.parametrize(
        ("words", "reason"),
        [
            ("3 less forgotten bid", "forgotten bid"),
            ("forgotten bid 3 less", "forgotten bid"),
            ("forgotten bid: -3", "forgotten bid"),
            ("-3 (forgotten bid)", "forgotten bid"),
            ("minus 3 because I forgot a bid", "because I forgot a bid"),
            ("-3 as Upwork shows it", "as Upwork shows it"),
            ("-3 Logo for 2 pages", "Logo for 2 pages"),
            ("-3 as Upwork shows 184", "as Upwork shows 184"),
            ('by=-3 reason="a bid"', "a bid"),
        ],
    )
    def test_may_have_a_reason_before_or_after(self, words: str, reason: str) -> None:
        values = read_values(by_name()["adjust"], words_of(by_name()["adjust"], words))
        first = values["by"][0]
        assert (first.delta, values["reason"] or first.reason) == (-3, reason)

    async def test_that_agrees_with_the_total_beside_it_is_booked(self, eve: DeskPlayer) -> None:
        assert "corrected by \u22123" in (await eve.say("/adjust -3 as Upwork shows 184")).text

    @pytest.mark.parametrize(
        ("words", "buttons"),
        [
            ("190", ("187 \u2192 190", "Correct by +190")),
            ("185", ("187 \u2192 185", "Correct by +185", "Correct by \u2212185")),
            ("187", ("Correct by +187", "Correct by \u2212187")),
            ("250", ("187 \u2192 250", "Correct by +250")),
            ("100", ("187 \u2192 100", "Correct by +100", "Correct by \u2212100")),
            ("5 forgotten bid", ("Correct by +5", "Correct by \u22125")),
            ("2 forgotten bids", ("Correct by +2", "Correct by \u22122")),
            ("-3 as Upwork shows 190", ("Correct by \u22123", "187 \u2192 190")),
            ("+190 total", ("Correct by +190", "187 \u2192 190")),
            ("off by 3", ("Correct by +3", "Correct by \u22123")),
            ("3 extra", ("Correct by +3", "Correct by \u22123")),
            ("3 missing", ("Correct by +3", "Correct by \u22123")),
            ("spent 3", ("Correct by +3", "Correct by \u22123")),
            ("--3", ("Correct by +3", "Correct by \u22123")),
            ("3-", ("Correct by +3", "Correct by \u22123")),
            ("3 x2", ("Correct by +3", "Correct by \u22123")),
            ("the bot shows 3 less", ("Correct by +3", "Correct by \u22123")),
            ("-3 x2", ("Correct by \u22123",)),
            ("-3 /spend 16 Logo", ("/adjust -3", "/spend 16 Logo", '/adjust -3 "/spend" 16 Logo')),
            ("add -3", ("Correct by \u22123", "Correct by +3")),
            ("3 less than Upwork", ("Correct by \u22123", "Correct by +3")),
            ("Logo - 3 pages", ("Correct by \u22123", "Correct by +3")),
            ("-3 5", ("Correct by \u22123",)),
            ("5 -3", ("Correct by \u22123",)),
            ("-3 +5", ("Correct by \u22123", "Correct by +5")),
            ("add 3 to 187", ("Correct by +3", "187 \u2192 187")),
        ],
    )
    async def test_in_doubt_is_asked_about(self, eve: DeskPlayer, words: str, buttons: tuple[str, ...]) -> None:
        heard = await eve.say(f"/adjust {words}")
        assert sorted(heard.buttons) == sorted(buttons)
        assert "187 Connects are available." in (await eve.say("/balance")).text

    async def test_is_booked_by_its_button(self, eve: DeskPlayer) -> None:
        await eve.say("/adjust 5 forgotten bid")
        assert "corrected by \u22125" in (await eve.press("Correct by \u22125")).text
        assert "Correction: forgotten bid" in (await eve.say("/history")).text

    async def test_without_a_sign_adds_what_cannot_be_a_total(self, eve: DeskPlayer) -> None:
        assert "corrected by +5" in (await eve.say("/adjust 5")).text

    async def test_that_comes_twice_is_booked_once(self, eve: DeskPlayer) -> None:
        await eve.say("/adjust -177")
        first, second = await eve.say_twice("/adjust 4")
        assert first.text == second.text
        assert "Left: 14" in first.text

    @pytest.mark.parametrize("words", ["sixteen", "-5.5", "1.5", "11/28", "hello", "+", "-", "#5", "3%", "2x3"])
    async def test_that_is_no_figure_is_asked_for(self, eve: DeskPlayer, words: str) -> None:
        heard = await eve.say(f"/adjust {words}")
        assert f'"{words}" is not a correction.' in heard.text
        assert "corrected by +3" in (await eve.say("3 more")).text

    @pytest.mark.parametrize("words", ["is 190 on 2026-01-09", "it is 190 yesterday"])
    async def test_of_another_days_balance_is_refused(self, eve: DeskPlayer, words: str) -> None:
        assert "only with today's books" in (await eve.say(f"/adjust {words}")).text

    async def test_of_endless_words_is_refused_at_once(self, eve: DeskPlayer) -> None:
        for words in ("is " * 1000, "add 3 to 187 " * 300, "1 " * 2000, "-3 " + "x" * 300):
            assert "the limit is 200" in (await eve.say(f"/adjust {words}")).text


class TestABalanceOfADay:
    @pytest.mark.parametrize("words", ["2026-01-11", "on 2026-01-11", "2026-01-09", "9 jan"])
    async def test_is_shown_as_before(self, eve: DeskPlayer, words: str) -> None:
        assert "available at the end of Jan" in (await eve.say(f"/balance {words}")).text

    @pytest.mark.parametrize("words", ["11/28", "28.11", "28 nov"])
    async def test_may_lie_before_the_books(self, eve: DeskPlayer, words: str) -> None:
        assert "No Connects were available at the end of Nov 28, 2025." in (await eve.say(f"/balance {words}")).text

    @pytest.mark.parametrize("words", ["tomorrow", "+3", "minus 3", "190 or 187"])
    async def test_words_that_are_neither_are_asked_about(self, eve: DeskPlayer, words: str) -> None:
        heard = await eve.say(f"/balance {words}")
        assert f"\u201c{words}\u201d is" in heard.text
        assert "Which day?" in heard.text


@pytest.mark.usefixtures("eve")
async def test_books_refuse_a_correction_of_another_balance(bot: Bot) -> None:
    wallet = WalletId(1)
    with pytest.raises(RefusedError) as refused:
        await bot.books.adjust(Request(wallet, "one"), 3, was=100)
    assert refused.value.refusal == BalanceMoved(100, 187)
    first = await bot.books.adjust(Request(wallet, "two"), 3, was=187)
    assert await bot.books.adjust(Request(wallet, "two"), 3, was=187) == first._replace(replayed=True)


async def test_in_a_group_only_admins_get_the_button(lead: DeskPlayer, bob: DeskPlayer) -> None:
    heard = await bob.say("/balance is 310")
    assert "Upwork shows 310 and my books have 300" in heard.text
    assert heard.buttons == ()
    assert "for admins" in (await bob.say("/adjust is 310")).text
    await lead.say("/balance is 310")
    assert "Left: 310" in (await lead.press("Correct by +10")).text


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("-3 190", ("Correct by \u22123",)),
        ("minus 5 100", ("Correct by \u22125",)),
        ("+3 190", ("Correct by +3", "Correct by +3,190")),
        ("add 3 190 for the test", ("Correct by +3", "Correct by +3,190")),
    ],
)
async def test_a_blank_after_a_sign_may_end_the_figure(ann: DeskPlayer, line: str, readings: tuple[str, ...]) -> None:
    assert (await ann.say(f"/adjust {line}")).buttons == readings


PIECES = (
    '3|5|190|187|1 000|-3|+5|\u22123|- 3|to|is|set|less|more|minus|add|total|not|->|by|Logo|than|1.5|:|,|"|to=5|by=7'
)
words = st.lists(st.sampled_from(PIECES.split("|")), min_size=1, max_size=6).map(" ".join)


@given(words)
def test_no_reading_has_a_figure_that_was_not_written(line: str) -> None:
    plain = line.replace(" ", "")
    for one in corrections_in(line):
        assert (one.delta is None) != (one.total is None)
        for figure in (one.delta, one.total, one.was):
            assert figure is None or str(abs(figure)) in plain, (line, one)
        assert one.reason == "" or all(part in line for part in one.reason.split())


@given(words, st.integers(-9999, 9999).filter(bool), st.text(alphabet='ab "=to5', max_size=12))
def test_a_line_that_the_bot_prints_reads_back(line: str, delta: int, reason: str) -> None:
    del line
    quoted = reason.replace('"', "'").strip()
    tail = f' reason="{quoted}"' if quoted else ""
    values = read_values(by_name()["adjust"], words_of(by_name()["adjust"], f"by={delta:+}{tail}"))
    assert values["by"] == (Correction(delta=delta),)
    assert values["reason"] == " ".join(quoted.split())
    values = read_values(by_name()["adjust"], words_of(by_name()["adjust"], f"to=190 was={abs(delta)}{tail}"))
    assert (values["to"], values["was"], values["reason"]) == (190, abs(delta), " ".join(quoted.split()))


def test_only_a_balance_is_a_balance() -> None:
    assert total_in("190") == Correction(total=190)
    assert total_in("190 pages") is None
    assert total_in("3 less") is None
    for line in (
        "16 Logo",
        "I have 3 questions about a bid",
        "balance sheet design",
        "hello",
        "I have a job of 20 hours",
    ):
        assert not states_balance(line), line
    with pytest.raises(UnfitError):
        Corrected().read("nothing")
