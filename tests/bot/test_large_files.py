"""Files that are larger than a platform takes: nothing is lost, and what was done is said in words."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.platform_registry import PLATFORM_NAMES, largest_file
from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.reply.files import MOST_PARTS, within
from bot.reply.parts import File, Say, reply, say
from tests.bot.stage import a_bot, on_stage

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.reply.parts import Reply

CAPTION = say("balance-now", connects=1)
BYTES = 200


def table(rows: list[list[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def files_of(given: Reply) -> list[File]:
    return [part for part in given.parts if isinstance(part, File)]


def codes_of(given: Reply) -> list[str]:
    return [part.id for part in given.parts if isinstance(part, Say)]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=9), min_size=2, max_size=2), max_size=60))
def test_the_parts_together_are_the_whole_table(rows: list[list[str]]) -> None:
    header = ["number", "title"]
    whole = table([header, *rows])
    fitted = within(reply(File("connects.csv", whole, CAPTION)), BYTES)
    files = files_of(fitted)
    if len(whole) <= BYTES:
        assert files == [File("connects.csv", whole, CAPTION)]
        return
    if files[0].name.endswith(".zip"):
        assert len(whole) > BYTES * MOST_PARTS / 2
        return
    assert all(len(file.content) <= BYTES for file in files)
    assert b"".join([table([header]), *(file.content.removeprefix(table([header])) for file in files)]) == whole
    assert [file.name for file in files] == [
        f"connects ({number} of {len(files)}).csv" for number in range(1, len(files) + 1)
    ]
    assert codes_of(fitted) == [CAPTION.id, "file-in-parts"]


def test_a_line_end_within_a_cell_is_no_end_of_a_row() -> None:
    rows = [["number", "title"], *([str(number), 'a "quoted"\r\nline\nand more'] for number in range(30))]
    files = files_of(within(reply(File("connects.csv", table(rows), CAPTION)), 300))
    assert [row for file in files for row in rows_of(file.content)[1:]] == rows[1:]
    assert len(files) > 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.txt", b"a" * 5000),
        ("connects.csv", b"number,title\r\n" + b"1,b\r\n" * 5000),
        ("connects.csv", b"number,title\r\n1," + b"a" * 5000),
        ("connects.csv", b'number,title\r\n1,"' + b"a" * 5000),
        ("connects.csv", b"a" * 5000),
    ],
)
def test_what_cannot_be_cut_is_compressed(name: str, content: bytes) -> None:
    fitted = within(reply(File(name, content, CAPTION)), BYTES)
    (file,) = files_of(fitted)
    assert (file.name, file.caption.id, codes_of(fitted)) == (f"{name}.zip", "file-zipped", [CAPTION.id])
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        assert archive.read(name) == content


def test_what_is_too_large_even_so_is_said() -> None:
    noise = hashlib.shake_256(b"noise").digest(3_000_000)
    fitted = within(reply(File("noise.bin", noise, CAPTION)), BYTES)
    assert (files_of(fitted), codes_of(fitted)) == ([], [CAPTION.id, "file-too-large"])
    assert fitted.parts[1] == say("file-too-large", name="noise.bin", megabytes=3)


def test_where_any_size_goes_everything_stays() -> None:
    given = reply(File("notes.txt", b"a" * 5000, CAPTION))
    assert within(given, None) is given
    assert largest_file("console") is None


@pytest.mark.parametrize("platform", PLATFORM_NAMES)
async def test_a_large_export_arrives_on_every_platform(platform: str) -> None:
    """The loopback servers refuse what the real ones refuse."""
    most = largest_file(platform) or 10 * 1024 * 1024
    line = b"1,2026-01-10,spend," + b"x" * 80 + b"\r\n"
    whole = b"number,at,kind,title\r\n" + line * (3 * most // (2 * len(line)))

    async def export(_call: Call) -> Reply:
        return reply(File("connects-2026-01-10.csv", whole, CAPTION))

    async with a_bot() as bot:
        commands = {**by_name(), "export": replace(by_name()["export"], run=export)}
        bot.desk = Desk(bot.store, bot.books, commands, Dialog(bot.store.notes))
        async with on_stage(platform, bot) as stage:
            ann = await stage.person("Ann")
            await ann.say("/start")
            heard = await ann.say("/export")
    if platform == "console":
        assert list(heard.files) == ["connects-2026-01-10.csv"]
    else:
        assert "it comes in 2 parts" in heard.text
        assert "connects-2026-01-10 (1 of 2).csv" in heard.files
