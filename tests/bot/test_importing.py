"""Promotions are imported from a file: all as drafts, or none if there are errors."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from bot.command.incoming import LARGEST_FILE
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot, CarryingStage
    from tests.bot.stages.desk import DeskPlayer

EXAMPLE: Final = Path(__file__).resolve().parents[2] / "docs" / "promotions.example.toml"
TWO: Final = b"""\
# What comes in winter
[[promotion]]
title = "Early bird"
text = \"\"\"
For those
who are up\"\"\"
gives = 20
starts = 2026-02-01 09:00:00
ends = "2026-02-03 18:00"
supply = 1000
approval = true
tags = ["design", "python"]

[[promotion]]
title = "Big draw"
text = "One press, one lot"
gives = 100
ends = "5 days"
winners = 3
"""
LIST: Final = (
    "2 promotions saved as drafts. Nothing has been announced yet.\n"
    "1: Early bird · 20 Connects · Feb 1, 2026 09:00 UTC to Feb 3, 2026 18:00 UTC\n"
    "2: Big draw · 100 Connects · Jan 10, 2026 09:00 UTC to Jan 15, 2026 09:00 UTC\n"
    "To preview one, write /promo show and its number."
)
TABLE: Final = (
    "title;text;gives;ends;code\n"
    'Early bird;"For those\nwho are up";20;5 days;\n'
    ";;;;\n"
    "Lark;Sing;10;2026-02-03 18:00;LARK\n"
).encode("utf-8-sig")


class TestOnEveryPlatform:
    @pytest.mark.parametrize("caption", ["", "/promote"])
    async def test_a_file_becomes_drafts_that_one_press_launches(
        self, bot: Bot, stage: CarryingStage, caption: str
    ) -> None:
        zoe = await stage.person("Zoe")
        await zoe.say("/start")
        bot.operators.add(f"{zoe.target.platform}:{zoe.target.chat}")
        heard = await zoe.hand("winter.toml", TWO, caption)
        for line in LIST.splitlines():
            assert line.removeprefix("1: ").removeprefix("2: ") in heard.text
        assert heard.buttons == ("Launch 1", "Launch 2")
        launched = await zoe.press("Launch 2")
        assert "Promotion 2: Big draw" in launched.text
        drafts = [one for one in await bot.store.promotions.newest(5) if one.status == "draft"]
        assert [(one.id, one.terms.text, one.terms.approval) for one in drafts] == [(1, "For those\nwho are up", True)]

    async def test_someone_who_is_not_an_operator_is_told_kindly_that_files_are_not_used(
        self, stage: CarryingStage
    ) -> None:
        zoe = await stage.person("Zoe")
        assert "I do not see a Connects History in that." in (await zoe.hand("winter.toml", TWO)).text
        assert "for the operators of this bot" in (await zoe.hand("winter.toml", TWO, "/promote")).text


class TestAtTheDesk:
    async def test_a_table_may_have_semicolons_quotes_and_empty_rows(self, bot: Bot, boss: DeskPlayer) -> None:
        heard = await boss.hand("winter.CSV", TABLE, "here it is")
        assert heard.text.splitlines()[:2] == [
            "2 promotions saved as drafts. Nothing has been announced yet.",
            "1: Early bird · 20 Connects · Jan 10, 2026 09:00 UTC to Jan 15, 2026 09:00 UTC",
        ]
        codes = [(one.terms.title, one.terms.code) for one in await bot.store.promotions.newest(5)]
        assert codes == [("Lark", "lark"), ("Early bird", "")]

    @pytest.mark.parametrize(
        "content",
        [
            "sep=;\r\nTitle;Text;Gives;Ends\r\nLark;Sing;10;5 days\r\n".encode("utf-8-sig"),
            b'"sep=|"\ntitle|text|gives|ends\nLark|Sing|10|5 days\n',
            b"Promotions for autumn\n\ntitle,text,gives,ends\nLark,Sing,10,5 days\n",
            b"Promotions, prizes, draws;;;\ntitle;text;gives;ends\nLark;Sing;10;5 days\n",
            "Title:\tText:\tGives:\tEnds:\r\nLark\tSing\t10\t5 days\r\n".encode("utf-16"),
            b"title,text,gives,ends,,\nLark,Sing,10,5 days,,\n",
            b'title,text,gives,ends\nLark,Sing,"=""10""",5 days\n',
            b"title,text,gives,ends\nLark,Sing,'10,5 days\n",
            b"title;text;gives;ends\nLark;Sing;10,0;5 days\n",
            b"title,text,gives,ends,supply,winners\r Lark,Sing,10.00,5 days,,\r",
        ],
    )
    async def test_a_table_is_read_as_spreadsheets_save_it(self, bot: Bot, boss: DeskPlayer, content: bytes) -> None:
        assert "1 promotion saved as a draft." in (await boss.hand("winter.txt", content)).text
        (one,) = await bot.store.promotions.newest(5)
        assert (one.terms.title, one.terms.text, one.terms.gives) == ("Lark", "Sing", 10)

    async def test_a_line_below_a_title_keeps_its_number(self, boss: DeskPlayer) -> None:
        content = b"sep=;\nPromotions\n\ntitle;text;gives;ends\nx;y;5;soon\n"
        assert "Line 5, ends: I do not understand" in (await boss.hand("winter.csv", content)).text

    async def test_the_example_in_the_documentation_works(self, boss: DeskPlayer) -> None:
        heard = await boss.hand(EXAMPLE.name, await asyncio.to_thread(EXAMPLE.read_bytes))
        assert "3 promotions saved as drafts." in heard.text

    async def test_a_file_that_is_delivered_twice_is_imported_once(self, bot: Bot, boss: DeskPlayer) -> None:
        first = await boss.hand("winter.toml", TWO, action="m-same")
        assert await boss.hand("winter.toml", TWO, action="m-same") == first
        assert len(await bot.store.promotions.newest(9)) == 2

    @pytest.mark.parametrize("caption", ["/promote tags=design", "/promote Winter", "tags=design", "only for tags=art"])
    async def test_words_beside_a_file_are_not_dropped(self, bot: Bot, boss: DeskPlayer, caption: str) -> None:
        heard = await boss.hand("winter.toml", TWO, caption)
        assert heard.text.startswith("With a file, I cannot use “")
        assert await bot.store.promotions.newest(9) == ()

    async def test_a_caption_without_options_is_only_talk(self, boss: DeskPlayer, ann: DeskPlayer) -> None:
        assert "2 promotions saved" in (await boss.hand("winter.toml", TWO, "Here they are, for the winter")).text
        assert "I do not see a Connects History" in (await ann.hand("winter.toml", TWO, "tags=design")).text

    @pytest.mark.parametrize(
        ("name", "content", "faults"),
        [
            ("a.toml", TWO.replace(b"[[promotion]]", b"[[promotions]]"), ["Line 1, promotions: {} promotion?"]),
            (
                "a.csv",
                b"Title,Text,Connects,End\nx,y,5,friday\n",
                ["Line 2, connects: {} gives?", "Line 2, end: {} ends?"],
            ),
        ],
    )
    async def test_what_has_another_name_is_not_also_missing(
        self, boss: DeskPlayer, name: str, content: bytes, faults: list[str]
    ) -> None:
        lines = (await boss.hand(name, content)).text.splitlines()[1:]
        assert lines == [fault.format("there is no such key. Did you mean") for fault in faults]

    async def test_every_error_is_listed_with_its_line_and_nothing_is_imported(
        self, bot: Bot, boss: DeskPlayer
    ) -> None:
        faulty = TWO.replace(b"gives = 20", b"gives = 0").replace(b'text = "One', b'words = "One')
        heard = await boss.hand("winter.toml", faulty.replace(b"winners = 3", b"winners = 3\nsupply = 200"))
        assert heard.text.splitlines() == [
            "That file has 3 errors, so no promotion was saved.",
            "Line 7, gives: It takes a number from 1 to 5,000, not 0.",
            "Line 14, text: it is missing.",
            "Line 16, words: there is no such key.",
        ]
        assert await bot.store.promotions.newest(9) == ()

    @pytest.mark.parametrize(
        ("name", "content", "answer"),
        [
            ("a.toml", b'[[promotion]]\ntitle = "x', "The file cannot be read from line 2 on"),
            ("a.toml", b"", "There is no promotion in that file."),
            (
                "a.toml",
                b'promotion = [{title="a", text="b", gives=5, ends="now"}]',
                "Line 1, ends: That end is in the past",
            ),
            ("a.toml", b"promotion = 3", "Line 1, promotion: there is no such key."),
            ("a.toml", b"gives = 20\n[extra]\na = 1", "Line 1, extra: there is no such key."),
            ("a.toml", b"title = { a = 1 }", "Line 1, title: this value does not fit."),
            ("a.csv", b'title,text\n"x', "The file cannot be read from line 2 on"),
            ("a.csv", b"title,text\nx,y,z", "Line 2 has something in column 3, but that column has no name."),
            ("a.csv", b"title,tags,text,Tags\nx,a,y,b", "“tags” stands there twice, the second time in line 1."),
            (
                "a.toml",
                b'title = "a"\ngives = 5\ntitle = "b"',
                "“title” stands there twice, the second time in line 3.",
            ),
            (
                "a.toml",
                b'[promotion]\ntitle = "a"\n[promotion]\ntitle = "b"',
                "Begin each promotion with [[promotion]]",
            ),
            (
                "a.toml",
                b'[[promotions]]\ntitle = "a"',
                "Line 1, promotions: there is no such key. Did you mean promotion?",
            ),
            ("a.csv", b"title;End date\nx;friday", "Line 2, end date: there is no such key. Did you mean ends?"),
            ("a.csv", b"Lark;Sing;10;5 days\nOwl;Hoot;5;1 day", "No row of that table names its columns."),
            ("a.csv", b"title;connects\nx;30", "Line 2, connects: there is no such key. Did you mean gives?"),
            ("a.csv", b"title;tag;winner\nx;a;3", "Line 2, tag: there is no such key. Did you mean tags?"),
            (
                "a.csv",
                b"title,text,gives,ends\nx,y,2.1E+18,1 day",
                "Line 2, gives: this value does not fit. If a spreadsheet",
            ),
            ("a.csv", b"title,text,gives,ends\nx,y,5,05.12.2027", "Line 2, ends: “05.12.2027” may be two days."),
            ("a.xlsx", b"PK", "A spreadsheet can save a table as CSV."),
            ("a.csv", "title,text\nx,Ünïcode".encode("cp1252"), "Please save it as UTF-8"),
            ("a.csv", "title,text\nx,Осінь".encode("cp1251"), "Please save it as UTF-8"),
            ("a.csv", b"title,text,gives,ends\n" + b"x,y,5,1 day\n" * 21, "There are 21 promotions in that file"),
            (
                "a.csv",
                b'title,text,gives,ends\n"x\ny",y,5,1 day\nx,y,5,soon',
                "Line 4, ends: I do not understand the time “soon”.",
            ),
            ("a.csv", b"title,text,gives,ends\nx,y,5,now", "Line 2, ends: That end is in the past"),
            ("a.csv", b"title\n\xff\xfe", "not UTF-8 text"),
            ("a.pdf", b"", "“a.pdf” is neither"),
            ("a.toml", b"#" * (LARGEST_FILE + 1), "too large. The limit is 256 KiB"),
        ],
    )
    async def test_an_unreadable_file_is_explained(
        self, bot: Bot, boss: DeskPlayer, name: str, content: bytes, answer: str
    ) -> None:
        assert answer in (await boss.hand(name, content)).text
        assert await bot.store.promotions.newest(9) == ()

    async def test_a_file_in_a_group_is_ignored(self, bot: Bot, lead: DeskPlayer) -> None:
        assert (await lead.hand("winter.toml", TWO)).text == ""
        assert (await lead.hand("winter.toml", TWO, "look at this")).text == ""
        boss = await DeskStage(bot).member("boss", lead.group)
        assert (await boss.hand("winter.toml", TWO)).text == ""

    async def test_a_command_that_needs_no_file_ignores_it(self, ann: DeskPlayer) -> None:
        assert "5 Connects" in (await ann.hand("photo.png", b"", "/spend 5 Logo")).text

    async def test_the_file_command_without_a_file_explains_itself(self, boss: DeskPlayer) -> None:
        assert "Send me the file itself" in (await boss.say("/file")).text
