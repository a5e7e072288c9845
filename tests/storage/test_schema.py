"""The migrations make the declared tables, and the database guards itself."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import sqlite

from storage import open_store, upgrade
from storage.schema import HEAD, REVISIONS, alembic_config
from storage.sql.delivery.statements import OutboxSql
from storage.sql.imports import ImportSql
from storage.sql.journal import ReadSql
from storage.sql.tables.ledger import METADATA, Moment
from storage.sql.tasks import TaskSql
from storage.sqlite.engine import ON_JOBS, TO_TEXT
from storage.sqlite.schema import engine_of, version_of
from tests.clock import TestClock
from tests.storage.importing import Seen, import_rows
from tests.storage.teller import booked, open_teller, proven

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REST = 'body, "by", memo, job, NULL, seal, 9, NULL, salt, digest FROM entry'
KIND = "seal, kind, lifts FROM batch"
SEEN = "booked, day, wording, connects, title, job, member, row_id, at, salt, digest, seal FROM sighting"
JOURNAL_IS_SAFE = "the journal is append-only"


@pytest.fixture
async def kept(url: str, file: Path) -> Path:
    """A database in which something was booked."""
    async with open_store(url) as store:
        teller = await open_teller(store, TestClock(), "ann")
        booked(await teller.buy(20))
        booked(await teller.spend(5))
        booked(await import_rows(teller, Seen(9, "Gift", day=230)))
    return file


@pytest.fixture
def connection(kept: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(kept, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        yield connection


def test_alembic_finds_nothing_to_migrate(file: Path) -> None:
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_the_migrated_tables_are_the_declared_tables_to_the_letter(file: Path, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/declared.db")
    METADATA.create_all(engine)
    engine.dispose()
    assert _statements(file) == _statements(tmp_path / "declared.db")


def _statements(file: Path) -> dict[str, str]:
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type <> 'trigger' AND tbl_name <> 'alembic_version'"
        ).fetchall()
    return {name: re.sub(r"\s+", " ", sql or "").replace(f'TABLE "{name}"', f"TABLE {name}") for name, sql in rows}


def test_every_constraint_has_a_name() -> None:
    for table in METADATA.tables.values():
        for constraint in table.constraints:
            assert constraint.name, f"{table.name}: {constraint}"


def test_the_program_knows_each_migration(file: Path) -> None:
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        script = ScriptDirectory.from_config(alembic_config(connection))
    engine.dispose()
    assert [step.revision for step in script.walk_revisions()] == list(reversed(REVISIONS))
    assert script.get_current_head() == HEAD


def test_an_empty_database_is_migrated_once(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    assert version_of(file) is None
    for _ in range(2):
        upgrade(f"sqlite:///{file}")
        assert version_of(file) == HEAD


def test_reviews_that_an_earlier_version_scheduled_far_ahead_are_due_by_now(tmp_path: Path) -> None:
    """No review is more than nine days ahead, so that one was reckoned by a clock that was ahead."""
    file, day = tmp_path / "old.db", 24 * 60 * 60 * 1_000_000
    engine = engine_of(file)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0007")
        for name, days in (("wallet:1:look", 8), ("wallet:2:look", 365), ("promotion:1:start", 365)):
            connection.exec_driver_sql("INSERT INTO due VALUES (?, ?)", (name, days * day))
    engine.dispose()
    upgrade(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as raw:
        ahead = raw.execute("SELECT name FROM due WHERE reckoned > 0").fetchall()
    assert ahead == [("wallet:2:look",)]


def test_chats_and_subscriptions_of_an_earlier_version_are_brought_into_step(tmp_path: Path) -> None:
    """Alerts go again to chats that an error had retired; announcements wait until somebody comes there."""
    file = tmp_path / "old.db"
    engine = engine_of(file)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0009")
        connection.exec_driver_sql("INSERT INTO person VALUES (1, 'Ann')")
        for platform, chat, retired, address, direct, gone in (
            ("telegram", "1", "blocked", "1", True, ""),
            ("telegram", "-2", "forbidden", "-2", False, "forbidden"),
            ("discord", "dm3", "deleted", "3", True, ""),
            ("discord", "4", "no channel", "4", False, ""),
            ("discord", "5", "", "5", False, ""),
        ):
            kept = "INSERT INTO chat VALUES (?, ?, 'group', '', ?)"
            connection.exec_driver_sql(kept, (platform, chat, retired))
            subscribed = "INSERT INTO subscription VALUES (?, ?, ?, '', 0, 1, '', 'UTC', 'en', '', ?, '')"
            connection.exec_driver_sql(subscribed, (platform, address, direct, gone))
    engine.dispose()
    upgrade(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as raw:
        chats = dict(raw.execute("SELECT id, retired FROM chat WHERE retired <> ''").fetchall())
        lost = dict(raw.execute("SELECT chat, gone FROM subscription WHERE gone <> ''").fetchall())
    assert chats == {"1": "blocked", "dm3": "deleted"}
    assert lost == {"1": "blocked", "-2": "forbidden", "3": "deleted"}


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE VIEW entry AS SELECT 1")
    with pytest.raises(Exception, match="entry"):
        upgrade(f"sqlite:///{file}")
    assert list(_statements(file)) == ["entry"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET balance = 99",
        "UPDATE posting SET connects = 99",
        "DELETE FROM entry",
        "DELETE FROM posting",
        "INSERT OR REPLACE INTO posting SELECT * FROM posting",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry",
        "UPDATE batch SET balance = 99",
        "DELETE FROM batch",
        "UPDATE sighting SET title = 'other'",
        "DELETE FROM sighting",
        "INSERT OR REPLACE INTO sighting SELECT * FROM sighting",
    ],
)
def test_the_journal_refuses_to_be_changed(connection: sqlite3.Connection, statement: str) -> None:
    every = "SELECT * FROM entry, posting, batch, sighting"
    before = connection.execute(every).fetchall()
    with pytest.raises(sqlite3.IntegrityError, match=JOURNAL_IS_SAFE):
        connection.execute(statement)
    assert connection.execute(every).fetchall() == before


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE wallet SET balance = -1", "ck_wallet_balance"),
        ('UPDATE lot SET "left" = -1, open = 0', "ck_lot_left"),
        ('UPDATE lot SET "left" = size + 1', "ck_lot_left"),
        ("UPDATE lot SET open = 0", "ck_lot_open"),
        ("UPDATE wallet SET chat = '1', platform = 'telegram'", "ck_wallet_owner"),
        ("UPDATE wallet SET person = NULL", "ck_wallet_owner"),
        ("UPDATE wallet SET person = 99", "FOREIGN KEY"),
        ("INSERT INTO mark VALUES ('welcome:1', 1, 99)", "FOREIGN KEY"),
        (f"INSERT INTO sighting SELECT wallet, 9, line, number, {SEEN}", "FOREIGN KEY"),
        (f"INSERT INTO sighting SELECT wallet, batch, 9, 99, {SEEN}", "FOREIGN KEY"),
        (f"INSERT INTO batch SELECT wallet, 2, at, 'k', 1, NULL, NULL, 9, 9, {KIND}", "FOREIGN KEY"),
        (f"INSERT INTO batch SELECT wallet, 2, at, key, 1, NULL, NULL, 9, 1, {KIND}", "batch.key"),
        ("INSERT INTO posting VALUES (99, 0, 'wallet:1', 1, 1, NULL, NULL, NULL)", "FOREIGN KEY"),
        (f"INSERT INTO entry SELECT 9, wallet, 9, at, kind, balance, key, {REST}", "entry.key"),
        (f"INSERT INTO entry SELECT 9, wallet, number, at, kind, balance, 'k', {REST}", "entry.wallet, entry.number"),
    ],
)  # fmt: skip
def test_the_database_enforces_its_constraints(connection: sqlite3.Connection, statement: str, constraint: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=constraint):
        connection.execute(statement)


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("head", "SEARCH lot USING PRIMARY KEY (wallet=?)"),
        ("expiring", "SEARCH lot USING INDEX ix_lot_expires (expires>? AND expires<?)"),
        ("lapsed", "SEARCH lot USING INDEX ix_lot_expires (expires<?)"),
        ("key", "sqlite_autoindex_entry_2 (key=?)"),
        ("entries", "sqlite_autoindex_entry_1 (wallet=? AND number>? AND number<?)"),
        ("referring", "ix_entry_of (wallet=? AND of=?)"),
        ("once_keys", "ix_mark_entry (wallet=? AND number=?)"),
        ("memos", "sqlite_autoindex_entry_1 (wallet=?)"),
        ("dated_memos", "ix_entry_happened (wallet=? AND happened>?)"),
        ("on_job", "ix_entry_job (wallet=? AND job=?)"),
    ],
)
def test_reads_go_through_an_index(connection: sqlite3.Connection, name: str, index: str) -> None:
    sql = getattr(TO_TEXT.compiled(ReadSql), name)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", (1,) * sql.count("?"))]
    assert any(index in step for step in plan), plan


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("next_due", "ix_delivery_due (platform=?)"),
        ("due", "ix_delivery_due (platform=? AND due<?)"),
        ("urgent", "ix_delivery_urgent (platform=? AND due<?)"),
        ("put_off", "ix_delivery_due (platform=? AND due>?)"),
        ("hasten", "ix_delivery_due (platform=? AND due>?)"),
        ("held", "ix_delivery_chat (chat=? AND platform=?)"),
        ("gone", "ix_delivery_chat (chat=? AND platform=?)"),
        ("moved", "ix_delivery_chat (chat=? AND platform=?)"),
        ("abandoned", "uq_delivery_in_flight"),
    ],
)
def test_pending_deliveries_are_found_through_an_index_without_sorting(
    connection: sqlite3.Connection, name: str, index: str
) -> None:
    sql = getattr(TO_TEXT.compiled(OutboxSql), name)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", (1,) * sql.count("?"))]
    assert any(index in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan


@pytest.mark.parametrize(("name", "index"), [("due", "ix_due_at (at<?)"), ("ahead", "ix_due_reckoned (reckoned>?)")])
def test_tasks_are_found_through_an_index(connection: sqlite3.Connection, name: str, index: str) -> None:
    sql = getattr(TO_TEXT.compiled(TaskSql), name)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", (1,) * sql.count("?"))]
    assert any(index in step for step in plan), plan


def test_imports_are_found_through_an_index(connection: sqlite3.Connection) -> None:
    for name, index in (
        ("sightings", "SEARCH sighting USING PRIMARY KEY (wallet=?)"),
        ("last", "SEARCH batch USING PRIMARY KEY (wallet=?)"),
        ("key", "sqlite_autoindex_batch_3 (key=?)"),
        ("on_job", "ix_sighting_job (wallet=? AND job=?)"),
        ("on_job", "SEARCH undo USING COVERING INDEX sqlite_autoindex_batch_2 (wallet=? AND of=?)"),
    ):
        sql = getattr(TO_TEXT.compiled(ImportSql), name)
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", (1,) * sql.count("?"))]
        assert any(index in step for step in plan), plan
        assert not any("TEMP B-TREE" in step for step in plan), plan


def test_the_bids_of_a_batch_are_found_through_indexes(connection: sqlite3.Connection) -> None:
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {ON_JOBS}", ("[]", "[]"))]
    for index in ("ix_entry_job (wallet=? AND job=?)", "ix_sighting_job (wallet=? AND job=?)"):
        assert any(index in step for step in plan), plan


def test_a_set_of_statements_is_compiled_once() -> None:
    assert TO_TEXT.compiled(ReadSql) is TO_TEXT.compiled(ReadSql)


def test_old_notices_are_found_through_indexes(connection: sqlite3.Connection) -> None:
    sql = TO_TEXT.compiled(OutboxSql).ended
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", (1,) * sql.count("?"))]
    assert any("USING COVERING INDEX ix_notice_made (made<?)" in step for step in plan), plan
    assert any("SEARCH delivery USING INDEX sqlite_autoindex_delivery_1 (notice=?)" in step for step in plan), plan


async def test_a_spend_that_does_not_drain_its_lot_leaves_the_indexes_of_lots_alone(
    connection: sqlite3.Connection,
) -> None:
    code = connection.execute(
        'EXPLAIN UPDATE lot SET "left" = ?, worth_net = ? WHERE wallet = ? AND number = ?', [1] * 4
    )
    assert sum(row[1] == "IdxInsert" for row in code) == 1


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        Moment().process_bind_param(datetime(2026, 1, 1), sqlite.dialect())  # noqa: DTZ001 - that is the point


def test_a_time_is_stored_in_utc_to_the_microsecond() -> None:
    riga = datetime(2026, 1, 1, 2, 0, 0, 7, tzinfo=timezone(timedelta(hours=2)))
    stored = Moment().process_bind_param(riga, sqlite.dialect())
    assert stored == 1_767_225_600_000_007
    assert Moment().process_result_value(stored, sqlite.dialect()) == datetime(2026, 1, 1, 0, 0, 0, 7, tzinfo=UTC)
    assert Moment().process_bind_param(None, sqlite.dialect()) is None


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE wallet SET balance = balance + 1", "balance"),
        ('UPDATE lot SET "left" = "left" - 1', "lot 1"),
        ("DELETE FROM lot", "lot 1"),
        ("UPDATE wallet SET threshold = 1", None),
    ],
)
async def test_verify_finds_what_was_changed_behind_its_back(
    url: str, connection: sqlite3.Connection, statement: str, fault: str | None
) -> None:
    connection.execute(statement)
    async with open_store(url) as store:
        if fault is None:
            await proven(store)
        else:
            with pytest.raises(AssertionError, match=fault):
                await proven(store)
