"""Sentences in the reader's language and time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.reply import Hour, say
from bot.words import WordsError, facts_of, offered, voice
from core.money import Price

AT = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)


def test_a_number_is_counted_in_words() -> None:
    speak = voice("en", "UTC")
    assert speak.say(say("connects", connects=1)) == "1 Connect"
    assert speak.say(say("connects", connects=1200)) == "1,200 Connects"


def test_a_day_is_the_readers_own() -> None:
    assert voice("en", "UTC").text(AT) == "Jan 31, 2026"
    assert voice("en", "Europe/Kyiv").text(AT) == "Feb 1, 2026"
    assert voice("en", "Europe/Kyiv").text(date(2026, 1, 31)) == "Jan 31, 2026"


def test_an_hour_is_the_readers_own() -> None:
    assert voice("en", "UTC").text(Hour(AT)) == "Jan 31, 2026 23:30 UTC"
    assert voice("en", "Europe/Kyiv").text(Hour(AT)) == "Feb 1, 2026 01:30 EET"


def test_money_has_the_digits_of_its_currency_and_its_tax_in_it() -> None:
    speak = voice("en", "UTC")
    assert speak.text(Price(900, 90, "USD")) == "$9.90"
    assert speak.text(Price(900, 0, "JPY")) == "¥900"


def test_facts_may_be_sentences_spans_or_nothing() -> None:
    speak = voice("en", "UTC")
    assert speak.text(say("never")) == "never"
    assert speak.text(timedelta(hours=3)) == "3 hours"
    assert speak.text(None) == ""
    assert speak.text("as written") == "as written"


@pytest.mark.parametrize("tag", ["en", "en-US", "en_GB", "xx", ""])
def test_an_unknown_language_falls_back(tag: str) -> None:
    assert voice(tag, "UTC").locale == "en"
    assert "en" in offered()


def test_a_missing_sentence_or_fact_is_a_fault() -> None:
    speak = voice("en", "UTC")
    with pytest.raises(WordsError, match="no sentence is named nonsense"):
        speak.say(say("nonsense"))
    with pytest.raises(WordsError, match="connects cannot be said"):
        speak.say(say("connects"))


def test_facts_of_a_refusal_are_facts_of_a_sentence() -> None:
    price = Price(1, 0, "USD")
    assert facts_of({"a": 1, "b": AT, "c": price, "d": ("x",)}) == {"a": 1, "b": AT, "c": price, "d": "('x',)"}
