"""Files that are larger than a platform takes: nothing is lost, and what was done is said in words."""

from __future__ import annotations

import csv
import hashlib
import io
import random
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
from bot.reply.cutting import cut
from bot.reply.files import MOST_PARTS, made_to_fit, within
from bot.reply.parts import File, Say, reply, say
from tests.bot.stage import a_bot, on_stage

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.reply.parts import Reply

CAPTION = say("balance-now", connects=1)
HEADER = ["number", "title"]
BYTES = 400


def noise(size: int, seed: int = 0) -> bytes:
    """What cannot be compressed."""
    return hashlib.shake_256(b"%d" % seed).digest(size)


def table(rows: list[list[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def journal(random: random.Random, transactions: int) -> bytes:
    """A journal whose comments and postings have empty lines and dates between them too."""
    lines = ["; Connects of Ann", 'option "title" "2026-01-01"', ""]
    for number in range(transactions):
        lines += ["", f'2026-01-{number % 28 + 1:02} * "{random.getrandbits(64):x}"', "  Assets:Connects   16"]
        lines += ["", "  ; 2026-01-01 is no date here"] if number % 3 else []
    return "\n".join(lines).encode()


def files_of(given: Reply) -> list[File]:
    return [part for part in given.parts if isinstance(part, File)]


def codes_of(given: Reply) -> list[str]:
    return [part.id for part in given.parts if isinstance(part, Say)]


def unzipped(file: File) -> tuple[str, bytes]:
    """The one file in an archive, by the standard library."""
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        (name,) = archive.namelist()
        return name, archive.read(name)


def put_together(given: Reply, name: str) -> bytes:
    """What somebody has who does what the answer says."""
    files, codes = files_of(given), codes_of(given)
    if "file-zipped" in codes:
        assert (files[0].name, unzipped(files[0])[0]) == (f"{name}.zip", name)
        return unzipped(files[0])[1]
    if "file-volumes" in codes:
        assert [file.name for file in files] == [f"{name}.zip.{n:03}" for n in range(1, len(files) + 1)]
        return unzipped(File("", b"".join(file.content for file in files), CAPTION))[1]
    parts = [unzipped(file) for file in files]
    stem, dot, suffix = name.partition(".")
    assert [part for part, _ in parts] == [
        f"{stem} ({n} of {len(files)}){dot}{suffix}" for n in range(1, len(files) + 1)
    ]
    assert [file.name for file in files] == [f"{part}.zip" for part, _ in parts]
    if "file-parts-journal" in codes:
        return b"".join(content for _, content in parts)
    head = table([HEADER])
    assert all(content.startswith(head) and rows_of(content) for _, content in parts)
    return head + b"".join(content.removeprefix(head) for _, content in parts)


cells = st.text(st.characters(codec="utf-8"), max_size=9)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=60), st.integers(200, 900))
def test_a_table_in_parts_is_the_whole_table(rows: list[list[str]], largest: int) -> None:
    whole = table([HEADER, *rows])
    fitted = made_to_fit(reply(File("connects.csv", whole, CAPTION)), largest)
    if len(whole) <= largest:
        assert fitted == reply(File("connects.csv", whole, CAPTION))
        return
    assert all(len(file.content) <= largest for file in files_of(fitted))
    assert len(files_of(fitted)) <= MOST_PARTS
    if "file-too-large" not in codes_of(fitted):
        assert put_together(fitted, "connects.csv") == whole


@given(st.randoms(use_true_random=False), st.integers(2, 90), st.integers(1, 9))
def test_a_journal_is_cut_before_transactions(random: random.Random, transactions: int, count: int) -> None:
    whole = journal(random, transactions)
    parts = cut(whole, "journal", count)
    assert b"".join(parts) == whole
    assert len(parts) <= count
    assert all(part.startswith(b"2026-01-") for part in parts[1:])


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=60), st.integers(1, 9))
def test_a_table_is_cut_between_rows(rows: list[list[str]], count: int) -> None:
    parts = cut(table([HEADER, *rows]), "table", count)
    assert len(parts) <= count
    assert [row for part in parts for row in rows_of(part)[1:]] == rows_of(table(rows))


def test_what_is_much_too_large_comes_in_parts() -> None:
    rows = [[str(number), f'a "quoted"\r\nline\n{noise(8 + number % 9, number).hex()}'] for number in range(90)]
    fitted = made_to_fit(reply(File("connects.csv", table([HEADER, *rows]), CAPTION)), 1000)
    assert codes_of(fitted) == [CAPTION.id, "file-parts-table"]
    assert put_together(fitted, "connects.csv") == table([HEADER, *rows])
    whole = journal(random.Random(1), 300)  # noqa: S311 - it only has to be the same every time
    fitted = made_to_fit(reply(File("connects.beancount", whole, CAPTION)), 2000)
    assert codes_of(fitted) == [CAPTION.id, "file-parts-journal"]
    assert put_together(fitted, "connects.beancount") == whole


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("connects.xlsx", noise(1500)),
        ("connects.html", b"<!doctype html>" + noise(1500)),
        ("connects.csv", b"number,title\r\n1," + noise(1500).hex().encode()),
        ("connects.beancount", b"; no transaction\n" + noise(1500).hex().encode()),
    ],
)
def test_what_has_no_records_comes_in_pieces_of_its_archive(name: str, content: bytes) -> None:
    fitted = made_to_fit(reply(File(name, content, CAPTION)), BYTES)
    assert codes_of(fitted) == [CAPTION.id, "file-volumes"]
    assert put_together(fitted, name) == content
    said = fitted.parts[1]
    assert isinstance(said, Say)
    assert said.facts["first"] == f"{name}.zip.001"


def test_what_compresses_well_comes_as_one() -> None:
    for name in ("notes.txt", "connects.csv"):
        whole = b"number,title\r\n" + b"1,b\r\n" * 5000
        fitted = made_to_fit(reply(File(name, whole, CAPTION)), BYTES)
        assert (codes_of(fitted), files_of(fitted)[0].caption) == (["file-zipped"], CAPTION)
        assert put_together(fitted, name) == whole


def test_what_is_too_large_even_so_is_said() -> None:
    fitted = made_to_fit(reply(File("noise.bin", noise(3_000_000), CAPTION)), 100_000)
    assert (files_of(fitted), codes_of(fitted)) == ([], [CAPTION.id, "file-too-large"])
    assert fitted.parts[1] == say("file-too-large", name="noise.bin", megabytes=3, most=MOST_PARTS, share=29)


async def test_where_any_size_goes_everything_stays() -> None:
    given = reply(File("notes.txt", b"a" * 5000, CAPTION))
    assert await within(given, None) is given
    assert await within(given, 5000) is given
    assert largest_file("console") is None


@pytest.mark.parametrize("platform", PLATFORM_NAMES)
async def test_a_large_export_arrives_on_every_platform(platform: str) -> None:
    """The loopback servers refuse what the real ones refuse."""
    most = largest_file(platform) or 10 * 1024 * 1024
    line = b"1,2026-01-10,spend," + b"x" * 80 + b"\r\n"
    whole = b"number,at,kind,title\r\n" + line * (most // len(line) + 9)

    async def export(_call: Call, **_: object) -> Reply:
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
        assert "it comes as a zip file" in heard.text
        assert list(heard.files) == ["connects-2026-01-10.csv.zip"]
