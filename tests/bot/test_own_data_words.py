"""Plain words about what the bot keeps of somebody, and about forgetting."""

from __future__ import annotations

import pytest

from bot.commands.person.forgetting import WORD, GivenWord
from bot.reading.own_data import own_data_line


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("Can I have my data?", "mydata"),
        ("gdpr export", "mydata"),
        ("what data do you keep", "mydata"),
        ("show me everything you know about me", "mydata"),
        ("my data as json", "mydata"),
        ("which data do you have about bob", "help mydata"),
        ("privacy", "help mydata"),
        ("how long do you keep my data?", "help mydata"),
        ("who can read my data?", "help mydata"),
        ("delete everything", "forgetme"),
        ("please delete all data you have about me", "forgetme"),
        ("close my account", "forgetme"),
        ("I want to be forgotten", "forgetme"),
        ("remove my name only", "help forgetme"),
        ("forget my colleague", "help forgetme"),
        ("delete bob's data", "help forgetme"),
        ("delete my history", "help forgetme"),
        ("can an admin delete my data?", "help forgetme"),
        ("what happens if I delete my data?", "help forgetme"),
        ("export my data as csv", None),
        ("what do you know about clients", None),
        ("forget it", None),
        ("forget my last entry", None),
        ("delete my last bid", None),
        ("remove all tags", None),
        ("delete #5", None),
    ],
)
def test_the_line_that_is_meant(said: str, line: str | None) -> None:
    assert own_data_line(said) == line


@pytest.mark.parametrize("typed", ["forget", "FORGET!", "\u201cforget\u201d", " Forget. "])
def test_the_word_is_known_as_people_type_it(typed: str) -> None:
    assert GivenWord().read(typed) == WORD
