"""The console script: what each command does and says; errors are one line."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import structlog

from bot import cli
from bot.config import Settings
from bot.platforms.identity import require_own
from bot.platforms.port import RejectedError
from core.books import Books
from core.ledger import rulebook
from core.links.preview import UNANSWERED
from core.links.service import LinkService
from core.wallets.people import Identity
from core.wallets.settings import Settings as WalletSettings
from storage import open_store, upgrade
from storage.schema import HEAD
from storage.sqlite.lock import locked
from tests.clock import TestClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Caught = pytest.CaptureFixture[str]

TELEGRAM = "123456789:AAF-thirty-five-characters-of-a-token"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to start in, and no settings from outside."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """What a command sets up for its process must not outlive it in ours."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def complaint(caught: Caught) -> str:
    """What was said on stderr: one line that says who speaks."""
    text = caught.readouterr().err
    assert text.startswith("connects: ")
    assert text.count("\n") == 1
    return text.removeprefix("connects: ").strip()


class TestHelp:
    @pytest.mark.parametrize(
        ("words", "told"),
        [
            ("--help", "Keeps the books on Upwork Connects"),
            ("run --help", "or the console if none has"),
            ("console --help", "--as"),
            ("doctor --help", "the form of the tokens"),
            ("db --help", "upgrade"),
            ("db upgrade --help", "by hand; every start does it too"),
            ("verify --help", "the first fault"),
            ("adopt --help", "until then it is refused"),
            ("--version", "connects-bot "),
        ],
    )
    def test_everything_explains_itself(self, capsys: Caught, words: str, told: str) -> None:
        assert cli.main(words.split()) == 0
        assert told in " ".join(capsys.readouterr().out.replace("│", " ").split())

    @pytest.mark.parametrize("words", ["frobnicate", "console --loud", "db", "verify everything"])
    def test_what_is_not_understood_is_said_in_one_line(self, capsys: Caught, words: str) -> None:
        code = cli.main(words.split())
        if words != "db":  # which lists what it can do
            assert code == cli.MISUSED
            said = complaint(capsys)
            assert "`connects --help` lists the commands." in said
            assert words.rsplit(maxsplit=1)[-1] in said
            assert "[" not in said


class TestAdopt:
    def test_another_bot_may_go_on_with_the_database(self, capsys: Caught, folder: Path) -> None:
        async def start(bot: str) -> None:
            async with open_store(f"sqlite:///{folder}/data/connects.db") as store:
                await require_own(store.notes, "telegram", bot)

        asyncio.run(start("1"))
        with pytest.raises(RejectedError):
            asyncio.run(start("2"))
        assert cli.main(["adopt", "telegram"]) == 0
        assert "belonged to bot 1 on telegram. The next bot" in capsys.readouterr().out
        asyncio.run(start("2"))
        with pytest.raises(RejectedError):
            asyncio.run(start("1"))

    def test_one_that_no_bot_has_used_belongs_to_nobody(self, capsys: Caught) -> None:
        assert cli.main(["db", "upgrade"]) == 0
        assert cli.main(["adopt", "discord"]) == 0
        assert "It belonged to no bot there yet." in capsys.readouterr().out

    def test_none_is_created_where_the_address_is_mistyped(self, capsys: Caught, folder: Path) -> None:
        assert cli.main(["adopt", "discord"]) == cli.FAILED
        assert "there are no books in" in complaint(capsys)
        assert not (folder / "data").exists()

    def test_a_platform_without_a_token_is_none(self, capsys: Caught) -> None:
        assert cli.main(["adopt", "console"]) == cli.FAILED
        assert complaint(capsys) == "console is not a platform with a token; there are telegram, discord"


class TestErrors:
    @pytest.mark.parametrize("command", ["run", "console", "verify", "db upgrade"])
    def test_wrong_settings_are_said(self, capsys: Caught, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
        monkeypatch.setenv("LOG_LEVEL", "loud")
        assert cli.main(command.split()) == 1
        assert complaint(capsys) == "LOG_LEVEL takes DEBUG, INFO, WARNING or ERROR"

    def test_a_rulebook_that_is_not_there_is_said(
        self, capsys: Caught, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("RULEBOOK", "gone.toml")
        (folder / "lines").touch()
        with (folder / "lines").open() as source:
            monkeypatch.setattr("sys.stdin", source)
            assert cli.main(["console"]) == 1
        assert complaint(capsys).startswith("the rulebook gone.toml cannot be read")

    def test_an_address_that_cannot_be_opened_is_said(self, capsys: Caught, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "mysql://me:hunter22@host/books")
        assert cli.main(["verify"]) == 1
        assert "hunter22" not in complaint(capsys)

    def test_what_no_one_foresaw_is_one_line_too(self, capsys: Caught, monkeypatch: pytest.MonkeyPatch) -> None:
        class Broken(dict[str, str]):
            def __getitem__(self, _name: str) -> str:
                raise RuntimeError(TELEGRAM)

        monkeypatch.setattr("bot.config.Settings", Broken().__getitem__)
        monkeypatch.setattr("bot.config.load", lambda: Broken()["settings"])
        assert cli.main(["verify"]) == 1
        assert complaint(capsys).startswith("an unexpected error occurred (RuntimeError)")

    def test_an_interruption_is_no_error_of_ours(self, capsys: Caught, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted() -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("bot.config.load", interrupted)
        assert cli.main(["verify"]) == 130
        assert complaint(capsys) == "interrupted"


class TestDatabase:
    def test_it_is_brought_to_this_revision_by_hand(self, capsys: Caught, folder: Path) -> None:
        assert cli.main(["db", "upgrade"]) == 0
        assert capsys.readouterr().out == f"The database is now at revision {HEAD}.\n"
        assert (folder / "data" / "connects.db").exists()
        assert cli.main(["db", "upgrade"]) == 0
        assert capsys.readouterr().out == f"The database is already at revision {HEAD}.\n"

    def test_one_that_is_newer_is_refused(self, capsys: Caught, monkeypatch: pytest.MonkeyPatch) -> None:
        upgrade("sqlite:///books.db")
        with closing(sqlite3.connect("books.db")) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        monkeypatch.setenv("DATABASE_URL", "sqlite:///books.db")
        assert cli.main(["db", "upgrade"]) == 1
        assert "was written by a newer version" in complaint(capsys)


class TestDoctor:
    def test_all_is_well(self, capsys: Caught) -> None:
        assert cli.main(["doctor"]) == 0
        assert "ok     rulebook" in capsys.readouterr().out

    def test_something_is_wrong(self, capsys: Caught, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TELEGRAM_TOKEN", "nonsense")
        assert cli.main(["doctor"]) == 1
        assert "wrong  TELEGRAM_TOKEN" in capsys.readouterr().out


class TestVerify:
    def test_there_must_be_books(self, capsys: Caught) -> None:
        assert cli.main(["verify"]) == 1
        assert "there are no books in data/connects.db yet" in complaint(capsys)

    def test_books_that_are_right_are_counted_also_while_they_are_kept(self, capsys: Caught, folder: Path) -> None:
        upgrade("sqlite:///data/connects.db")
        with locked(folder / "data" / "connects.db"):
            assert cli.main(["verify"]) == 0
        counted, noted = capsys.readouterr().out.splitlines()
        assert counted == "The books are right: 0 wallets, 0 entries, 0 postings, 0 Connects."
        assert re.fullmatch(r"Fingerprint [0-9a-f]{32}: note it to compare later; .+", noted)

    def test_links_are_counted_if_there_are_any(self, capsys: Caught) -> None:
        upgrade("sqlite:///data/connects.db")
        asyncio.run(_link("sqlite:///data/connects.db"))
        assert cli.main(["verify"]) == 0
        assert "0 entries, 0 postings, 0 Connects, 1 link." in capsys.readouterr().out

    @pytest.mark.parametrize(("people", "often"), [(1, "once"), (2, "2 times")])
    def test_it_says_how_often_somebody_was_forgotten(self, capsys: Caught, people: int, often: str) -> None:
        upgrade("sqlite:///data/connects.db")
        asyncio.run(_forget("sqlite:///data/connects.db", people))
        assert cli.main(["verify"]) == 0
        assert f"Words were erased {often}, last under " in capsys.readouterr().out

    def test_a_row_changed_by_hand_is_found(
        self, capsys: Caught, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lines = folder / "lines"
        lines.write_text("/start\n", encoding="utf-8")
        with lines.open() as source:
            monkeypatch.setattr("sys.stdin", source)
            assert cli.main(["console", "--as", "Ann"]) == 0
        assert "Hello Ann!" in capsys.readouterr().out
        with closing(sqlite3.connect(folder / "data" / "connects.db")) as connection, connection:
            connection.execute("UPDATE wallet SET balance = balance + 1")
        assert cli.main(["verify"]) == 1
        assert complaint(capsys).startswith("the books are not right: wallet 1: its balance is stored as 21")


async def _forget(url: str, people: int) -> None:
    async with open_store(url) as store:
        for user in map(str, range(people)):
            person = await store.people.person(Identity("telegram", user), "Ann")
            await Books(store, rulebook.default(), TestClock()).open(
                person.id, WalletSettings(), f"start {user}", person.id
            )
            await store.forgetting.forget(person.id, TestClock().now())


async def _link(url: str) -> None:
    """Link two people without books."""
    async with open_store(url) as store:
        one, other = [(await store.people.person(Identity("test", name), name)).id for name in ("ann", "bea")]
        links = LinkService(store, rulebook.default(), TestClock())
        stamp = (await links.preview(one, other)).stamp
        await links.link(one, other, None, UNANSWERED, stamp=stamp, key="press")
