"""Files that are attached at the console by their paths."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from bot.command.incoming import UnreadableError
from bot.pages.files import LARGEST
from bot.platforms.console.files import attached_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("line", "left", "name"),
    [
        ("/promote @autumn.toml", "/promote", "autumn.toml"),
        ("  @/tmp/my files/a.csv ", "", "a.csv"),
        ("/file @~/b.toml", "/file", "b.toml"),
        ("/promote @./my offers/c.toml", "/promote", "c.toml"),
        ("/promote @~nobody/x.toml", "/promote", "x.toml"),
    ],
)
def test_a_path_after_a_command_or_alone_is_a_file(line: str, left: str, name: str) -> None:
    found = attached_in(line)
    assert found is not None
    assert (found[0], found[1].name) == (left, name)


@pytest.mark.parametrize(
    "line",
    [
        "/spend 5 @home",
        "/as @bob",
        "@bob hello",
        "@bob look at this.md",
        "@bob see 1.5",
        "mail a@b.c",
        "/claim SUMMER",
        "@",
    ],
)
def test_other_lines_are_lines(line: str) -> None:
    assert attached_in(line) is None


async def test_it_is_read_up_to_the_largest_size(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"#" * (2 * LARGEST))
    assert len(await content_of(f"@{tmp_path}/a.toml")) == LARGEST + 1


@pytest.mark.parametrize("name", ["none.toml", "folder.d", "pipe.toml"])
async def test_what_is_no_file_is_unreadable(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.d").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(UnreadableError):
        await content_of(f"@{tmp_path}/{name}")


async def test_a_home_that_nobody_has_is_unreadable() -> None:
    with pytest.raises(UnreadableError):
        await content_of("@~nobody-by-this-name/x.toml")


async def content_of(line: str) -> bytes:
    found = attached_in(line)
    assert found is not None
    return await found[1].read()
