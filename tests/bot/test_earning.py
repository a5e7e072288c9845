"""What Upwork gave is booked as it was meant: in plain words, and with the figure that is the amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.cleaning import cleaned_line
from bot.commands import by_name
from bot.commands.ledger.awards import award_line
from bot.commands.ledger.receiving import SOURCES
from bot.options.choice import MOST_WORDS
from bot.reading.parser import read_values, words_of
from core.ledger.earning import BOOKABLE

if TYPE_CHECKING:
    from core.ledger.model import Source
    from tests.bot.stages.desk import DeskPlayer

NOTHING = "20 Connects are available."


@pytest.mark.parametrize(
    ("line", "connects", "source"),
    [
        ("bonus 50", 50, "Reward"),
        ("gift 25", 25, "Reward"),
        ("Rising Talent 20", 20, "Reward"),
        ("reward rising talent 20", 20, "Reward"),
        ("badge rising talent 20", 20, "Reward"),
        ("20 rising talent", 20, "Reward"),
        ("reward 20 rising talent", 20, "Reward"),
        ("reward 1\u202f000 for the survey", 1000, "Reward"),
        ("reward \u0665\u0660", 50, "Reward"),
        ("interview", 10, "Interview"),
        ("interviews 30", 30, "Interview"),
        ("interviewed Acme", 10, "Interview"),
        ("review 5", 5, "Feedback"),
        ("feedback 5 stars", 5, "Feedback"),
        ("test Python", 40, "Assessment"),
        ("skill test Python 40", 40, "Assessment"),
        ("40 assessment Python", 40, "Assessment"),
        ('assessment "Python 3"', 40, "Assessment"),
        ('assessment "Python 3" 40', 40, "Assessment"),
        ('assessment name="HTML5 and CSS3"', 40, "Assessment"),
        ("assessment 3D modelling", 40, "Assessment"),
        ("assessment C++11", 40, "Assessment"),
        ("5 star review", 5, "Feedback"),
        ("reward 50 50", 50, "Reward"),
        ("monthly", 10, "Monthly Connects"),
        ("month 12", 12, "Monthly Connects"),
    ],
)
async def test_is_booked_as_meant(ann: DeskPlayer, line: str, connects: int, source: str) -> None:
    assert f"#2 booked: {connects:,} Connects earned · {source}" in (await ann.say(f"/earn {line}")).text


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("interview x3", ("30 Connects · Interview", "10 Connects · Interview")),
        ("interview 3x", ("30 Connects · Interview", "10 Connects · Interview")),
        ("interview \u00d7 3", ("30 Connects · Interview", "10 Connects · Interview")),
        ("interview 3 times", ("30 Connects · Interview", "10 Connects · Interview")),
        ("interview twice", ("20 Connects · Interview", "10 Connects · Interview")),
        ("interview with Acme 2", ("10 Connects · with Acme 2", "2 Connects · with Acme")),
        ("interviewed at Pier 15", ("10 Connects · at Pier 15", "15 Connects · at Pier")),
        ("3 interviews", ("30 Connects · Interview", "3 Connects · Interview")),
        ("reward x2", ("60 Connects · Reward", "30 Connects · Reward")),
        ("assessment Python 3", ("40 Connects · Python 3", "3 Connects · Python")),
        ("test Angular 17", ("40 Connects · Angular 17", "17 Connects · Angular")),
        ("assessment HTML 5 basics", ("40 Connects · HTML 5 basics", "5 Connects · HTML basics")),
        ("reward top freelancer 2026", ("30 Connects · top freelancer 2026", "2,026 Connects · top freelancer")),
        ("reward 30 level 5", ("30 Connects · level 5", "5 Connects · 30 level")),
        ('reward "50"', ("50 Connects · Reward", "30 Connects · 50")),
        ("reward 30 40", ("30 Connects · Reward", "40 Connects · Reward")),
    ],
)
async def test_a_doubt_is_asked_about_first(ann: DeskPlayer, line: str, readings: tuple[str, str]) -> None:
    for reading in readings:
        assert (await ann.say(f"/earn {line}")).buttons == readings
        assert NOTHING in (await ann.say("/balance")).text
        await ann.say(f"/earn {line}")
        assert f"booked: {reading.partition(' · ')[0]} earned" in (await ann.press(reading)).text
        await ann.say("/undo")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("reward $50", 'I did not understand "$50" there.'),
        ("bonus 100%", 'I did not understand "100%" there.'),
        ("gift 20 $5", 'I did not understand "$5" there.'),
        ("feedback x2", "One at a time, please"),
        ("assessment x3", "One at a time, please"),
        ("monthly november", 'I did not understand "november" there.'),
        ("feedback 20", "Feedback counts from 4 to 5 stars, not 20."),
        ("bonus \u22125", "It takes a number from 1 to 5,000, not -5."),
        ("bonus 1.5", '"1.5" is not a whole number'),
        ("surprise 50", "What were they given for?"),
    ],
)
async def test_what_cannot_be_booked_is_explained(ann: DeskPlayer, line: str, said: str) -> None:
    assert said in (await ann.say(f"/earn {line}")).text
    assert NOTHING in (await ann.say("/balance")).text


async def test_the_amount_is_kept_while_the_source_is_asked_for(ann: DeskPlayer) -> None:
    await ann.say("/earn surprise 50")
    assert "#2 booked: 50 Connects earned · Reward" in (await ann.press("Reward")).text


def test_synonyms_are_short_enough_to_be_found_in_a_line() -> None:
    assert all(0 < len(words.split()) <= MOST_WORDS for _, synonyms in SOURCES for words in synonyms)


NAMES = st.text(st.characters(exclude_characters="?\u00ab\u00bb\u201c\u201d\u201e"), max_size=30)


@given(st.sampled_from(BOOKABLE), st.integers(1, 5000), NAMES.map(cleaned_line))
def test_the_line_of_a_button_reads_back_to_the_same_award(source: Source, connects: int, name: str) -> None:
    command, _, rest = award_line(source, connects, name).partition(" ")
    values = read_values(by_name()[command], words_of(by_name()[command], rest))
    assert (values["source"], values["amount"], values["sure"]) == (source, connects, True)
    assert values["name"] == " ".join(name.replace('"', "'").split())


@pytest.mark.parametrize("stars", ["5 stars", "5.0", "5-star", "5/5", "5 \u2b50", "\u2b50" * 5, "5,0 stars"])
async def test_stars_are_no_name(ann: DeskPlayer, stars: str) -> None:
    assert "5 Connects earned" in (await ann.say(f"/earn feedback {stars}")).text
    assert "star" not in (await ann.say("/history")).text


async def test_what_stands_beside_stars_is_the_name(ann: DeskPlayer) -> None:
    assert "5 Connects earned" in (await ann.say("/earn feedback 4 stars from Acme")).text
    assert "Feedback: from Acme" in (await ann.say("/history")).text


async def test_half_a_star_is_asked_about(ann: DeskPlayer) -> None:
    assert '"4.8" is not a whole number of stars, such as 5.' in (await ann.say("/earn feedback 4.8")).text
    assert "5 Connects earned" in (await ann.say("5")).text


@pytest.mark.parametrize("words", ["plus", "Freelancer Plus", "plus plan"])
async def test_another_plan_than_the_one_that_is_set_is_asked_about(ann: DeskPlayer, words: str) -> None:
    asked = await ann.say(f"/earn monthly {words}")
    assert asked.buttons == ("100 Connects \u00b7 Monthly Connects", "/settings plan=plus")
    assert NOTHING in (await ann.say("/balance")).text
    await ann.say("/settings plan=plus")
    assert "100 Connects earned" in (await ann.say(f"/earn monthly {words}")).text


async def test_the_lot_of_another_plan_is_booked_once(ann: DeskPlayer) -> None:
    await ann.say("/earn monthly plus")
    assert "100 Connects earned" in (await ann.press("100 Connects")).text


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("interview on Nov 5", "on Nov 5"),
        ("interview 10 on 5 November", "5 November"),
        ("reward 20 on Nov 12", "on Nov 12"),
    ],
)
async def test_the_figure_of_a_day_is_no_amount(ann: DeskPlayer, line: str, day: str) -> None:
    asked = await ann.say(f"/earn {line}")
    assert f'Please leave out "{day}".' in asked.text
    assert NOTHING in (await ann.say("/balance")).text
    await ann.say(f"/earn {line}")
    assert "Connects earned" in (await ann.press("Book it for today")).text


async def test_a_number_of_times_after_a_name_is_asked_about(ann: DeskPlayer) -> None:
    asked = await ann.say("/earn interview Acme x2")
    assert asked.buttons == ("20 Connects \u00b7 Acme", "10 Connects \u00b7 Acme x2")
    assert "20 Connects earned" in (await ann.press("20 Connects")).text


async def test_please_is_no_name(ann: DeskPlayer) -> None:
    assert "10 Connects earned" in (await ann.say("/earn monthly please")).text
