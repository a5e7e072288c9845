"""What a chat hears about: topics are added, dropped and left out, as people write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.command.declaration import UnfitError
from bot.options.audience import Languages, Platforms, Topics
from core.announcements.topics import Wishes, topics_after

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer

EVERYTHING = "This chat will get announcements."
NO_MORE = "This chat will get no more announcements."


@pytest.mark.parametrize(
    ("words", "wishes"),
    [
        ("design, python", Wishes(("design", "python"))),
        ("#Design and python", Wishes(("design", "python"))),
        ("design & python", Wishes(("design", "python"))),
        ("to design announcements, please", Wishes(("design",))),
        ("+design", Wishes(("design",))),
        ("3d-modelling", Wishes(("3d-modelling",))),
        ("off", Wishes(off=True)),
        ("None", Wishes(off=True)),
        ("no topics", Wishes(off=True)),
        ("nothing", Wishes(off=True)),
        ("no design", Wishes(unwanted=("design",))),
        ("not #design", Wishes(unwanted=("design",))),
        ("-design", Wishes(unwanted=("design",))),
        ("\u2212design", Wishes(unwanted=("design",))),
        ("without design and python", Wishes(unwanted=("design", "python"))),
        ("design off", Wishes(unwanted=("design",))),
        ("python, not design", Wishes(("python",), ("design",))),
        ("all", Wishes(everything=True)),
        ("everything but design", Wishes(unwanted=("design",), everything=True)),
        ("please no more design", Wishes(unwanted=("design",))),
        ("I want art", Wishes(("art",))),
        ("stop design", Wishes(unwanted=("design",))),
        ("all design news", Wishes(("design", "news"))),
        ("nothing but design", Wishes(("design",), only=True)),
        ("only design", Wishes(("design",), only=True)),
    ],
)
def test_wishes_are_read_as_people_write_them(words: str, wishes: Wishes) -> None:
    assert Topics().read(words) == wishes


@pytest.mark.parametrize("words", ["", "#", "the", "x" * 33, " ".join(f"t{number}" for number in range(21))])
def test_what_names_no_topics_is_refused(words: str) -> None:
    with pytest.raises(UnfitError):
        Topics().read(words)


@pytest.mark.parametrize(
    ("before", "wishes", "after"),
    [
        (None, Wishes(("design",)), ("design",)),
        (None, Wishes(unwanted=("design",)), ("-design",)),
        (("design",), Wishes(("art",)), ("design", "art")),
        (("design",), Wishes(("design",)), ("design",)),
        (("design",), Wishes(("art",), only=True), ("art",)),
        (("design", "art"), Wishes(unwanted=("design",)), ("art",)),
        (("design",), Wishes(unwanted=("design",)), None),
        (("design",), Wishes(unwanted=("art",)), ("design",)),
        (("design",), Wishes(("art",), ("design",)), ("art",)),
        (("design",), Wishes(everything=True), ()),
        (("design",), Wishes(unwanted=("design",), everything=True), ("-design",)),
        ((), Wishes(("design",)), ("design",)),
        ((), Wishes(unwanted=("design",)), ("-design",)),
        (("-design",), Wishes(unwanted=("art",)), ("-art", "-design")),
        (("-design",), Wishes(("design",)), ()),
        (("-design",), Wishes(("art",)), ("art",)),
        (("design",), Wishes(off=True), None),
        (None, Wishes(off=True), None),
    ],
)
def test_wishes_change_what_a_chat_has(
    before: tuple[str, ...] | None, wishes: Wishes, after: tuple[str, ...] | None
) -> None:
    assert topics_after(before, wishes) == after


class TestInAChat:
    async def test_topics_join_those_it_has(self, ann: DeskPlayer) -> None:
        await ann.say("/subscribe design")
        heard = await ann.say("/subscribe art")
        assert heard.text == "This chat will get announcements about design, art, and those for everyone."
        assert heard.buttons == ("Without design", "Without art", "Everything", "Unsubscribe")
        assert "about art, and" in (await ann.press("Without design")).text
        assert (await ann.press("Everything")).text == EVERYTHING

    async def test_one_is_dropped_and_the_others_stay(self, ann: DeskPlayer) -> None:
        await ann.say("/subscribe design, art")
        assert "about art, and" in (await ann.say("/unsubscribe design")).text
        assert (await ann.say("/unsubscribe from art")).text == NO_MORE
        assert (await ann.say("/unsubscribe art")).text == "This chat gets no announcements."

    async def test_all_but_one_are_dropped(self, ann: DeskPlayer) -> None:
        await ann.say("/subscribe design, art")
        assert "about art, and" in (await ann.say("/unsubscribe all but art")).text

    @pytest.mark.parametrize("line", ["/subscribe off", "/subscribe none", "/unsubscribe", "/unsubscribe all"])
    async def test_all_of_it_is_stopped(self, ann: DeskPlayer, line: str) -> None:
        await ann.say("/subscribe design")
        heard = await ann.say(line)
        assert heard.text == NO_MORE
        assert heard.buttons == ("Subscribe",)

    @pytest.mark.parametrize("line", ["/subscribe no design", "/subscribe -design", "/subscribe all except design"])
    async def test_one_is_left_out(self, bot: Bot, ann: DeskPlayer, boss: DeskPlayer, line: str) -> None:
        heard = await ann.say(line)
        assert heard.text == "This chat will get all announcements except those about design."
        assert heard.buttons == ("With design", "Everything", "Unsubscribe")
        assert "No matching chat" in (await boss.say("/announce A new logo tags=design")).text
        assert "Send to 1 chat" in (await boss.say("/announce A new logo tags=art")).buttons
        assert (await ann.press("With design")).text == EVERYTHING
        (kept,) = await bot.store.subscriptions.subscribers()
        assert kept.tags == ()


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("uk", ("uk",)),
        ("Ukrainian, English", ("uk", "en")),
        ("ukr", ("uk",)),
        ("pt-BR", ("pt-br",)),
        ("en_US", ("en-us",)),
    ],
)
def test_languages_are_known_by_code_and_by_name(words: str, codes: tuple[str, ...]) -> None:
    assert Languages().read(words) == codes


@pytest.mark.parametrize(("words", "offers"), [("ua", ["uk"]), ("ukranian", ["uk"]), ("zzzzz", [])])
def test_a_language_that_is_not_known_is_asked_about(words: str, offers: list[str]) -> None:
    with pytest.raises(UnfitError) as raised:
        Languages().read(words)
    assert [offer.words for offer in raised.value.answers] == offers


async def test_a_code_of_several_words_is_claimed(boss: DeskPlayer, ann: DeskPlayer) -> None:
    await boss.say('/promote Bonus gives=20 ends=friday text=x code="Summer  24"')
    await boss.press("Launch")
    assert "20 Connects for you" in (await ann.say("/claim SUMMER 24")).text


def test_platforms_are_known_by_their_usual_short_names() -> None:
    assert Platforms().read("tg, Discrod, matrix") == ("telegram", "discord", "matrix")


@pytest.mark.parametrize("written", ["CAF\u00c9", "cafe\u0301", "\uff43\uff41\uff46\u00e9", "caf\u200b\u00e9"])
async def test_a_tag_or_a_code_is_the_same_in_other_letters(boss: DeskPlayer, ann: DeskPlayer, written: str) -> None:
    await ann.say(f"/subscribe {written}")
    assert "Send to 1 chat" in (await boss.say("/announce New tags=caf\u00e9")).buttons
    await boss.say("/promote Bonus gives=20 ends=friday text=x code=caf\u00e9")
    await boss.press("Launch")
    assert "20 Connects for you" in (await ann.say(f"/claim {written}")).text
