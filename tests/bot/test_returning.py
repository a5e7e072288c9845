"""What /return takes a line for, and when it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command.declaration import DoubtError, UnfitError
from bot.commands import by_name
from bot.commands.ledger.open_spends import OpenSpends, Reading, meant
from bot.options.returned import Returned, Spent
from bot.reading.parser import read_values, words_of
from core.ledger.model import Entry, Kind, Posting, Purpose, expense_on, holding_of
from core.ledger.requests import Request, Spend
from core.ledger.summary import NetSpend
from core.shared.ids import WalletId
from tests.clock import TestClock

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

JOB = "https://www.upwork.com/jobs/Build-an-AI-agent_~022010000000000000000/"
OTHER = "https://www.upwork.com/jobs/Shop_~022010000000000000999/"
SHOWN = "#3 · Proposal: Logo redesign · \u221216"


@pytest.fixture
async def eve(ann: DeskPlayer, bot: Bot) -> DeskPlayer:
    """Eve has #3, a proposal of 16, and in one batch #4 and #5, a bid of 12 with a boost of 8."""
    await ann.say("/buy 60")
    await ann.say("/spend 16 Logo redesign")
    wallet = WalletId(1)
    job = "~022010000000000000000"
    spends = (Spend(12, Purpose.PROPOSAL, "AI agent", job), Spend(8, Purpose.BOOST, "AI agent", job))
    await bot.books.spend_all(Request(wallet, "batch"), spends)
    return ann


class TestBeyondDoubt:
    @pytest.mark.parametrize(
        ("line", "answer"),
        [
            ("/return #3", "16 Connects returned from #3"),
            ("/return all of #3", "16 Connects returned from #3"),
            ("/return everything from entry 3", "16 Connects returned from #3"),
            ("/return entry 3", "16 Connects returned from #3"),
            ("/return no. 3", "16 Connects returned from #3"),
            ("/return №3", "16 Connects returned from #3"),
            ("/refund #3 please", "16 Connects returned from #3"),
            ("/return #3 Logo redesign", "16 Connects returned from #3"),
            ("/return Logo redesign", "16 Connects returned from #3"),
            ("/return the proposal for Logo redesign", "16 Connects returned from #3"),
            ("/return 2 of 3", "2 Connects returned from #3"),
            ("/return 2 of #3", "2 Connects returned from #3"),
            ("/return 2 connects of 3", "2 Connects returned from #3"),
            ("/return 2 out of #3", "2 Connects returned from #3"),
            ("/return #3 2", "2 Connects returned from #3"),
            ("/return #3 2 connects", "2 Connects returned from #3"),
            ("/return 3 10 connects", "10 Connects returned from #3"),
            ("/return 3 10", "10 Connects returned from #3"),
            ("/return 10 back from 3", "10 Connects returned from #3"),
            ("/return 12 of 4", "12 Connects returned from #4"),
            (f"/return the boost on {JOB}", "8 Connects returned from #5"),
            (f"/refund boost {JOB}", "8 Connects returned from #5"),
            (f"/return 10 of {JOB}", "10 Connects returned from #4"),
            (f"/return 20 {JOB}", "20 Connects returned from #4, #5"),
            ("/return #4 #5", "20 Connects returned from #4, #5"),
            ("/return #3, #4 and #5", "36 Connects returned from #3, #4, #5"),
            ("/return #4 & 5", "20 Connects returned from #4, #5"),
            ("/return spend=#3", "16 Connects returned from #3"),
            ("/return #3 connects=5", "5 Connects returned from #3"),
        ],
    )
    async def test_it_is_booked(self, eve: DeskPlayer, line: str, answer: str) -> None:
        assert answer in (await eve.say(line)).text

    async def test_the_one_bid_on_a_job(self, eve: DeskPlayer) -> None:
        await eve.say("/return #5")
        assert "12 Connects returned from #4" in (await eve.say(f"/return {JOB}")).text

    async def test_a_line_that_comes_twice_is_booked_once(self, eve: DeskPlayer) -> None:
        await eve.say("/return #5")
        first, second = await eve.say_twice(f"/refund {JOB}")
        assert first.text == second.text
        assert "12 Connects returned from #4" in first.text
        first, second = await eve.say_twice("/return last bid")
        assert "16 Connects returned from #3" in first.text == second.text

    async def test_a_button_of_an_earlier_version_asks_nothing(self, eve: DeskPlayer) -> None:
        token = eve.buttons["Mark as returned"].partition("|")[0]
        eve.buttons["Old"] = f"{token}|return 3"
        assert "16 Connects returned from #3" in (await eve.press("Old")).text


class TestInDoubt:
    @pytest.mark.parametrize(
        ("line", "question", "buttons"),
        [
            ("/return 5", "Entry #5, or 5 Connects?", ("#5 · Boost: AI agent · \u22128", "5 Connects")),
            ("/return 3", "Entry #3, or 3 Connects?", (SHOWN, "3 Connects")),
            ("/return all 3", "", (SHOWN, "3 Connects")),
            ("/return 16", "Nothing can come back from entry #16.", ("16 Connects of #3 · Proposal: Logo redesign",)),
            (
                "/return 10 connects",
                "10 Connects came back: from which spend?",
                ("10 Connects of #4 · Proposal: AI agent", "10 Connects of #3 · Proposal: Logo redesign"),
            ),
            ("/refund 16c", "from which spend?", ("16 Connects of #3 · Proposal: Logo redesign",)),
            ("/return 2 of 12", "", ("2 Connects of #4 · Proposal: AI agent",)),
            (
                f"/return {JOB}",
                "Several spends on that job are open.",
                ("All of #4, #5: 20 Connects", "#5 · Boost: AI agent · \u22128", "#4 · Proposal: AI agent · \u221212"),
            ),
            (
                f"/return 5 of {JOB}",
                "",
                ("5 Connects of #5 · Boost: AI agent", "5 Connects of #4 · Proposal: AI agent"),
            ),
            (
                "/return last",
                "Which spend came back?",
                ("All of #4, #5: 20 Connects", "#5 · Boost: AI agent · \u22128", "#4 · Proposal: AI agent · \u221212"),
            ),
            ("/return logo", "Which spend came back?", (SHOWN,)),
            ("/return the boost", "Which spend came back?", ("#5 · Boost: AI agent · \u22128",)),
            (
                "/return 4 5",
                "Which spend",
                ("5 Connects of #4 · Proposal: AI agent", "4 Connects of #5 · Boost: AI agent"),
            ),
            ("/return #3 by cheque", 'I did not understand "by cheque".', (SHOWN,)),
            ("/return #3 -5", 'I did not understand "-5".', (SHOWN,)),
            ("/return #3 4 5", 'I did not understand "4, 5".', (SHOWN,)),
            (f"/return #3 {JOB}", "That entry is for another job.", (SHOWN, "All of", "#5", "#4")),
            (f"/return {OTHER}", "I know of nothing on that job", ("#5", "#4", SHOWN)),
            (f"/return {JOB} by cheque", 'I did not understand "by cheque".', ("All of", "#5", "#4")),
            ("/return whatever", 'I did not understand "whatever".', ("#5", "#4", SHOWN)),
        ],
    )
    async def test_it_is_asked_about(self, eve: DeskPlayer, line: str, question: str, buttons: tuple[str, ...]) -> None:
        heard = await eve.say(line)
        assert question in heard.text
        assert len(heard.buttons) == len(buttons), heard
        assert all(shown.startswith(label) for shown, label in zip(heard.buttons, buttons, strict=True)), heard.buttons
        assert "44 Connects are available." in (await eve.say("/balance")).text

    @pytest.mark.parametrize("label", ["#5", "5 Connects"])
    async def test_a_button_answers(self, eve: DeskPlayer, label: str) -> None:
        await eve.say("/return 5")
        heard = await eve.press(label)
        if label != "#5":
            heard = await eve.press("5 Connects of #3")
        assert "Connects returned from" in heard.text

    async def test_without_words_it_asks_and_takes_any_answer(self, eve: DeskPlayer) -> None:
        for answer, booked in (("#3", "16 Connects returned from #3"), (f"20 of {JOB}", "returned from #4, #5")):
            assert "Which spend came back?" in (await eve.say("/return")).text
            assert booked in (await eve.say(answer)).text

    @pytest.mark.parametrize(
        ("line", "answer"),
        [
            ("/return 99", "There is no entry #99."),
            ("/return #1", "#1 is not a spend"),
            ("/return 0", "There is no entry #0."),
            ("/return 17 of #3", "Between 1 and 16 Connects can come back from that, not 17."),
            ("/return 50 connects", "No spend has 50 Connects left that can come back."),
            ("/return #3 tomorrow", "is still to come"),
            (f"/return {JOB} {OTHER}", "One job link at a time"),
            ("/return https://example.com/", "That is not a link to an Upwork job."),
        ],
    )
    async def test_what_cannot_be_is_refused(self, eve: DeskPlayer, line: str, answer: str) -> None:
        assert answer in (await eve.say(line)).text

    async def test_with_nothing_open_it_says_so(self, ann: DeskPlayer) -> None:
        for line in ("/return logo", f"/return {JOB}", "/return last", "/return all"):
            assert (await ann.say(line)).text == "Nothing that was spent lately can still come back."

    async def test_of_one_connect_it_reads_as_a_person_says_it(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 1 Logo")
        assert "Only 1 Connect is left to come back from that, not 5." in (await ann.say("/return 5 of #2")).text


class TestAll:
    async def test_of_a_job_is_one_change_and_one_undo(self, eve: DeskPlayer) -> None:
        await eve.say(f"/return {JOB}")
        assert "20 Connects returned from #4, #5" in (await eve.press("All of #4, #5")).text
        assert "#6, #7 are undone (\u221220)" in (await eve.press("Undo")).text

    async def test_of_a_bid_with_its_boost_is_undone_at_once(self, eve: DeskPlayer) -> None:
        heard = await eve.say("/undo")
        assert "#4, #5 are undone (+20)" in heard.text
        assert "Left: 64 Connects" in heard.text


class TestInAGroup:
    async def test_only_ones_own_spends_are_offered(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await lead.say("/spend 16 Logo redesign")
        await bob.say("/spend 12 Landing page")
        assert (await bob.say("/return 10 connects")).buttons == ("10 Connects of #3 · Proposal: Landing page",)
        assert len((await lead.say("/return 10 connects")).buttons) == 2
        for line in ("/return #2", "/return #2 #3", "/return 2 of #2"):
            assert "you can return and undo what you booked yourself" in (await bob.say(line)).text
        assert 'I did not understand "logo redesign".' in (await bob.say("/return Logo redesign")).text


def spend(number: int, connects: int, *, together: bool = False) -> NetSpend:
    legs = (Posting(holding_of(WalletId(1)), -connects, 1), Posting(expense_on(Purpose.PROPOSAL), connects, 1))
    key = "together" if together else f"key {number}"
    entry = Entry(WalletId(1), number, TestClock().now(), Kind.SPEND, legs, 0, key, "")
    return NetSpend(entry, connects)


books = st.builds(
    lambda spends: OpenSpends([spend(number, *rest) for number, *rest in sorted(spends, reverse=True)]),
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=5, unique_by=lambda one: one[0]),
)
pieces = st.lists(
    st.sampled_from(
        [*"123456789", "#1", "#2", "#3", "of", "and", ",", "connects", "all", "last", "boost", "logo", JOB]
    ),
    min_size=1,
    max_size=5,
)


def read(words: str) -> Returned:
    values = read_values(by_name()["return"], words_of(by_name()["return"], words))
    assert isinstance(values["spend"], Returned)
    return values["spend"]


@given(books, pieces)
def test_whatever_is_written_each_button_means_what_it_says(open_spends: OpenSpends, words: list[str]) -> None:
    """Pressed or typed, a button is no question again, and it books what the books may book."""
    try:
        found = meant(Spent().read(" ".join(words)), open_spends)
    except DoubtError as doubt:
        for button in doubt.readings:
            line = button.line.removeprefix("return ")
            if not line.endswith("connects"):
                reading = meant(read(line), open_spends)
                assert reading.line == button.line
                assert open_spends.fits(reading) or "#" in " ".join(words)
    except UnfitError:
        return
    else:
        assert meant(read(found.line.removeprefix("return ")), open_spends) == found
        assert found.connects is None or str(found.connects) in words


@given(st.lists(st.integers(1, 999), min_size=1, max_size=4, unique=True), st.none() | st.integers(1, 999))
def test_the_line_of_a_reading_reads_back(numbers: list[int], connects: int | None) -> None:
    reading = Reading(tuple(numbers), connects if len(numbers) == 1 else None)
    said = read(reading.line.removeprefix("return "))
    assert (said.numbers, said.connects, said.figures, said.rest) == (reading.numbers, reading.connects, (), "")
    assert said.certain


def test_an_entry_from_long_ago_may_be_meant() -> None:
    open_spends = OpenSpends([spend(2000, 16)], unseen=1000)
    with pytest.raises(DoubtError) as doubt:
        meant(Spent().read("12"), open_spends)
    assert [button.line for button in doubt.value.readings] == ["return #12", "return 12 of #2000"]
    assert meant(Spent().read("900"), open_spends) == Reading((900,))
