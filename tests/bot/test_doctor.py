"""The doctor: what is wrong is said in words, and nothing is changed by looking."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.config import Settings
from bot.doctor import Level, examine
from core.inbox import KeptUpdate
from storage import open_store, upgrade
from storage.schema import HEAD

if TYPE_CHECKING:
    from pathlib import Path

TELEGRAM = "123456789:AAF-thirty-five-characters-of-a-token"
DISCORD = "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to start in, and no settings from outside."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(folder: Path, *lines: str) -> list[str]:
    (folder / ".env").write_text("\n".join(lines), encoding="utf-8")
    return [str(finding) for finding in examine()]


def wrong(folder: Path, *lines: str) -> list[str]:
    return [line for line in found(folder, *lines) if line.startswith(Level.WRONG)]


def test_an_empty_folder_is_all_right(folder: Path) -> None:
    findings = [str(finding) for finding in examine()]
    assert findings == [
        "ok     settings: read from the environment",
        "ok     platforms: none has a token, so `connects run` opens the console",
        f"ok     database: does not exist yet; the first start creates it at revision {HEAD}",
        "ok     rulebook: the built-in one",
    ]
    assert list(folder.iterdir()) == []


def test_wrong_settings_are_all_that_is_said(folder: Path) -> None:
    assert found(folder, "LOG_LEVEL=loud") == ["wrong  settings: LOG_LEVEL takes DEBUG, INFO, WARNING or ERROR"]


def test_a_name_that_is_no_setting_is_noted(folder: Path) -> None:
    assert "note   settings: .env has TELEGRAM_TOKN, which is not a setting of this bot" in found(
        folder, f"TELEGRAM_TOKN={TELEGRAM}"
    )


class TestTokens:
    def test_good_ones_are_not_shown(self, folder: Path) -> None:
        findings = found(folder, f"TELEGRAM_TOKEN={TELEGRAM}", f"DISCORD_TOKEN={DISCORD}")
        assert "ok     TELEGRAM_TOKEN: the token has the right form" in findings
        assert "ok     DISCORD_TOKEN: the token has the right form" in findings
        assert TELEGRAM not in "".join(findings)

    @pytest.mark.parametrize("token", ["987654321", "bot123456789:AAF", DISCORD])
    def test_another_shape_is_no_token_of_telegram(self, folder: Path, token: str) -> None:
        (line,) = wrong(folder, f"TELEGRAM_TOKEN={token}")
        assert line.startswith("wrong  TELEGRAM_TOKEN: this is not a valid token; it should be 123456789:")
        assert token not in line

    @pytest.mark.parametrize("token", ["secret", "1234.5678", TELEGRAM])
    def test_another_shape_is_no_token_of_discord(self, folder: Path, token: str) -> None:
        (line,) = wrong(folder, f"DISCORD_TOKEN={token}")
        assert "it should have three parts with dots between them" in line
        assert token not in line


def test_an_operator_of_an_unknown_platform_is_noticed(folder: Path) -> None:
    assert wrong(folder, "OPERATORS=slack:U1, telegram:42, console:ann") == [
        "wrong  OPERATORS: slack is not a platform of this bot; there are telegram, discord, console"
    ]


@pytest.mark.parametrize("operator", ["telegram:ann", "discord:@ann", "telegram:-42"])
def test_an_operator_by_another_name_than_the_platforms_number_is_noticed(folder: Path, operator: str) -> None:
    (line,) = wrong(folder, f"OPERATORS={operator}")
    assert line.startswith(f"wrong  OPERATORS: {operator} needs a number, such as ")


class TestDatabase:
    def test_its_folder_can_be_made(self, folder: Path) -> None:
        assert wrong(folder, "DATABASE_URL=sqlite:///far/away/books.db") == []
        assert not (folder / "far").exists()

    def test_a_folder_that_cannot_be_one_is_wrong(self, folder: Path) -> None:
        (folder / "letter").write_text("no folder", encoding="utf-8")
        for file in ("letter/books.db", "letter/far/books.db"):
            (line,) = wrong(folder, f"DATABASE_URL=sqlite:///{file}")
            assert "cannot be written to" in line

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="whoever is root may write anywhere")
    def test_a_folder_or_a_file_that_is_only_to_be_read_is_wrong(self, folder: Path) -> None:
        upgrade("sqlite:///kept/books.db")
        for path in (folder / "kept" / "books.db", folder / "kept"):
            path.chmod(0o500)
            (line,) = wrong(folder, "DATABASE_URL=sqlite:///kept/books.db")
            path.chmod(0o700)
            assert "cannot be written to" in line

    def test_one_that_is_up_to_date_says_its_revision(self, folder: Path) -> None:
        upgrade("sqlite:///books.db")
        assert f"ok     database: reachable, at revision {HEAD}" in found(folder, "DATABASE_URL=sqlite:///books.db")

    @pytest.mark.parametrize(
        ("revision", "words"),
        [
            ("0000", f"ok     database: reachable, at revision 0000; the next start upgrades it to {HEAD}"),
            ("9999", "wrong  database: at revision 9999, which is newer than this program"),
        ],
    )
    def test_another_revision_is_said(self, folder: Path, revision: str, words: str) -> None:
        upgrade("sqlite:///books.db")
        with closing(sqlite3.connect("books.db")) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        assert words in "\n".join(found(folder, "DATABASE_URL=sqlite:///books.db"))

    def test_a_file_that_is_no_database_is_said_to_be_none(self, folder: Path) -> None:
        (folder / "books.db").write_text("not a database at all, but a letter" * 20, encoding="utf-8")
        (line,) = wrong(folder, "DATABASE_URL=sqlite:///books.db")
        assert "cannot be read as a database" in line

    def test_an_address_that_cannot_be_opened_is_said_without_its_password(self, folder: Path) -> None:
        (line,) = wrong(folder, "DATABASE_URL=mysql://me:hunter22@host/books")
        assert "mysql:... cannot be opened" in line
        assert "hunter22" not in line


class TestRulebook:
    def test_one_of_ones_own_is_read(self, folder: Path) -> None:
        (folder / "mine.toml").write_text("[price]\neach = 20\n", encoding="utf-8")
        assert "ok     rulebook: mine.toml" in found(folder, "RULEBOOK=mine.toml")

    def test_its_wrong_key_is_named(self, folder: Path) -> None:
        (folder / "mine.toml").write_text("[price]\neach = -1\n", encoding="utf-8")
        (line,) = wrong(folder, "RULEBOOK=mine.toml")
        assert "price.each is -1" in line


async def test_updates_that_wait_are_noted(folder: Path) -> None:
    update = KeptUpdate(7, '{"text": "/spend 16"}', datetime(2026, 1, 10, 9, 0, tzinfo=UTC))
    async with open_store(Settings.model_fields["database_url"].default) as store:
        await store.inbox.keep("telegram", [update])
    assert [line for line in found(folder) if "updates" in line] == [
        "note   updates: 1 received and not finished; a bot that runs is handling them, or the next start does first"
    ]
