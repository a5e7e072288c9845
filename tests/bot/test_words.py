"""Sentences in the reader's language and time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.reply.parts import Hour, say
from bot.reply.words import CATALOG, Catalog, WordsError, facts_of, voice
from core.shared.money import Price

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)


def test_plural_forms_follow_the_number() -> None:
    speak = voice("en", "UTC")
    assert speak.say(say("connects", connects=1)) == "1 Connect"
    assert speak.say(say("connects", connects=1200)) == "1,200 Connects"


def test_a_day_is_in_the_readers_zone() -> None:
    assert voice("en", "UTC").text(AT) == "Jan 31, 2026"
    assert voice("en", "Europe/Kyiv").text(AT) == "Feb 1, 2026"
    assert voice("en", "Europe/Kyiv").text(date(2026, 1, 31)) == "Jan 31, 2026"


def test_an_hour_is_in_the_readers_zone() -> None:
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


@pytest.mark.parametrize(("what", "start"), [("interview", "Interviews bring"), ("feedback", "That brings")])
def test_a_cap_is_explained_whatever_the_source(what: str, start: str) -> None:
    said = voice("en", "UTC").say(say("refusal-limit-reached", what=what, cap=50, days=7, possible_at=AT))
    assert said == f"{start} at most 50 Connects in 7 days. The next one counts from Jan 31, 2026."


@pytest.mark.parametrize("tag", ["en", "en-XX", "uk", "xx", "xx-US", "", "not a tag"])
def test_an_unknown_language_falls_back(tag: str) -> None:
    assert voice(tag, "UTC").locale == "en"
    assert "en" in CATALOG.offered()


def test_a_region_has_its_own_way_to_write_numbers_and_dates() -> None:
    american, indian = voice("en-US", "UTC"), voice("en_IN", "UTC")
    assert [american.text(AT), indian.text(AT)] == ["Jan 31, 2026", "31 Jan 2026"]
    assert [speak.text(1234567) for speak in (american, indian)] == ["1,234,567", "12,34,567"]
    assert indian.say(say("connects", connects=1234567)) == "12,34,567 Connects"
    assert [speak.text(Price(100, 0, "INR")) for speak in (american, indian)] == ["₹1.00", "₹1.00"]


class TestAnotherLanguage:
    """A file of words need not be complete."""

    @pytest.fixture
    def catalog(self, tmp_path: Path) -> Catalog:
        files = {
            "en": "hello = Hello { $name }\nleft = { $connects } left\ncost = It cost { $price }\nbye = Bye",
            "pt": "hello = Olá { $nome }\nleft = Restam { $connects }\nodd = Só aqui\nbye =\n    .title = Tchau",
            "pt-BR": "left = Sobram { $connects }",
            "es": "left = Quedan { $connects }",
        }
        for language, text in files.items():
            (tmp_path / f"{language}.ftl").write_text(text, encoding="utf-8")
        return Catalog(tmp_path)

    def test_each_region_has_its_own_words_then_its_languages_then_english(self, catalog: Catalog) -> None:
        brazilian, portuguese = (voice(tag, "UTC", catalog) for tag in ("pt-BR", "pt-PT"))
        assert brazilian.say(say("left", connects=3)) == "Sobram 3"
        assert portuguese.say(say("left", connects=3)) == "Restam 3"
        assert [speak.say(say("cost", price=Price(150, 0, "EUR"))) for speak in (brazilian, portuguese)] == [
            "It cost €\xa01,50",
            "It cost 1,50\xa0€",
        ]

    def test_numbers_and_dates_are_written_as_in_the_region(self, catalog: Catalog) -> None:
        spanish, mexican = (voice(tag, "UTC", catalog) for tag in ("es", "es-mx"))
        assert spanish.say(say("left", connects=12345)) == "Quedan 12.345"
        assert mexican.say(say("left", connects=12345)) == "Quedan 12,345"
        assert [speak.text(12345) for speak in (spanish, mexican)] == ["12.345", "12,345"]

    def test_what_is_missing_or_wrong_in_a_language_is_taken_from_english(self, catalog: Catalog) -> None:
        speak = voice("pt-BR", "UTC", catalog)
        assert speak.say(say("hello", name="Ann")) == "Hello Ann"  # the translation asks for a fact that is not given
        assert speak.say(say("bye")) == "Bye"
        with pytest.raises(WordsError, match="no sentence is named odd"):
            speak.say(say("odd"))
        with pytest.raises(WordsError, match="hello cannot be formatted"):
            speak.say(say("hello"))

    def test_what_cannot_be_read_in_a_language_is_taken_from_english(self, catalog: Catalog, tmp_path: Path) -> None:
        (tmp_path / "es.ftl").write_text("left = Quedan { $connects\nbye = Hasta { luego }\nhello = Hola { $name }")
        speak = voice("es", "UTC", catalog)
        assert speak.say(say("left", connects=3)) == "3 left"
        assert speak.say(say("bye")) == "Bye"
        assert speak.say(say("hello", name="Ann")) == "Hola Ann"

    def test_a_sentence_may_refer_to_others_wherever_they_stand(self, catalog: Catalog, tmp_path: Path) -> None:
        (tmp_path / "en.ftl").write_text(
            "bye = { goodbye }\n# Names\n-bot = { $case ->\n   *[one] the bot\n    [other] bots\n}\n"
            'goodbye =\n    Bye from\n    { -bot(case: "other") }\n    .title = x = y\n\nbye = second'
        )
        assert voice("en", "UTC", catalog).say(say("bye")) == "Bye from\nbots"

    def test_a_file_is_only_read_when_its_language_is_needed(self, catalog: Catalog, tmp_path: Path) -> None:
        assert catalog.offered() == ("en", "es", "pt", "pt-BR")
        (tmp_path / "es.ftl").write_bytes(b"\xff")
        assert voice("pt", "UTC", catalog).say(say("left", connects=1)) == "Restam 1"
        with pytest.raises(UnicodeDecodeError):
            voice("es", "UTC", catalog).say(say("left", connects=1))


def test_a_missing_sentence_or_fact_is_an_error() -> None:
    speak = voice("en", "UTC")
    with pytest.raises(WordsError, match="no sentence is named nonsense"):
        speak.say(say("nonsense"))
    with pytest.raises(WordsError, match="connects cannot be formatted"):
        speak.say(say("connects"))


def test_facts_of_a_refusal_are_facts_of_a_sentence() -> None:
    price = Price(1, 0, "USD")
    assert facts_of({"a": 1, "b": AT, "c": price, "d": ("x",)}) == {"a": 1, "b": AT, "c": price, "d": "('x',)"}


@pytest.mark.parametrize(
    ("tag", "locale", "word"),
    [
        ("pt-br", "pt-br", "nunca"),
        ("zh-hans", "zh-hans", "永不"),
        ("zh-hans-cn", "zh-hans-cn", "永不"),
        ("pt", "en", "never"),
    ],
)
def test_a_tag_as_telegram_writes_it_finds_its_file(tmp_path: Path, tag: str, locale: str, word: str) -> None:
    for name, text in (("en", "never"), ("pt-BR", "nunca"), ("zh-Hans", "永不")):
        (tmp_path / f"{name}.ftl").write_text(f"never = {text}\n", encoding="utf-8")
    speak = voice(tag, "UTC", Catalog(tmp_path))
    assert (speak.locale, speak.say(say("never"))) == (locale, word)
