"""Forgettings and their witnesses. The journal's guards let through that words are blanked, and nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SAFE = "the journal is append-only"
APPENDED = ("erasure", "witness")
HEX = "[0-9a-f]"
STAYS = {
    "entry": (
        "id", "wallet", "number", "at", "kind", "balance", "by", "job", "of", "seal", "first", "happened", "digest",
    ),
    "batch": ("wallet", "number", "at", "by", "first", "last", "balance", "of", "seal", "kind", "lifts"),
    "sighting": (
        "wallet", "batch", "line", "number", "booked", "day", "connects", "job", "row_id", "at", "digest", "seal",
    ),
    "proposal_sighting": (
        "wallet", "batch", "line", "state", "day", "number", "seen", "proposal", "job", "boosted", "viewed", "net",
        "tax", "currency", "afresh", "digest", "seal",
    ),
}  # fmt: skip
EMPTIED = {"entry": ("memo", "salt"), "sighting": ("wording", "title", "salt", "member"),
           "proposal_sighting": ("title", "profile", "salt")}  # fmt: skip
PROVEN = (
    "EXISTS (SELECT 1 FROM witness WHERE witness.wallet = OLD.wallet AND witness.kind = 'KIND'"
    " AND witness.number = OLD.number)"
)
WITNESSES = {"entry": "entry", "batch": "import"}


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("witnesses", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_erasure"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "witness",
        sa.Column("wallet", ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("erasure", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("wallet", "kind", "number", "erasure", name="pk_witness"),
        sa.ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_witness_wallet"),
        sa.ForeignKeyConstraint(["erasure"], ["erasure.number"], name="fk_witness_erasure"),
        sqlite_with_rowid=False,
    )
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in APPENDED:
        for verb in ("UPDATE", "DELETE", *(["TRUNCATE"] if on_postgresql else ())):
            op.execute(_refuse(table, verb, on_postgresql=on_postgresql))
    for table in STAYS:
        _drop_guard(table, on_postgresql=on_postgresql)
        if on_postgresql:
            _guard_on_postgresql(table)
        else:
            condition = _erases(table, "IS", f"GLOB 'erased:{HEX * 32}*'", "NOT GLOB '*[^ -]*'")
            op.execute(
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN ({condition}) IS NOT 1 "
                f"BEGIN SELECT RAISE(ABORT, '{SAFE}'); END"
            )


def downgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in STAYS:
        _drop_guard(table, on_postgresql=on_postgresql)
        if on_postgresql:
            op.execute(f"DROP FUNCTION {table}_is_safe()")
        op.execute(_refuse(table, "UPDATE", on_postgresql=on_postgresql))
    op.drop_table("witness")
    op.drop_table("erasure")


def _guard_on_postgresql(table: str) -> None:
    condition = _erases(table, "IS NOT DISTINCT FROM", f"~ '^erased:{HEX}{{32}}'", "!~ '[^ -]'")
    op.get_bind().exec_driver_sql(
        f"CREATE FUNCTION {table}_is_safe() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN"
        f" RETURN NEW; END IF; RAISE EXCEPTION '{SAFE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_is_safe()"
    )


def _drop_guard(table: str, *, on_postgresql: bool) -> None:
    op.execute(f"DROP TRIGGER {table}_no_update" + (f" ON {table}" if on_postgresql else ""))


def _refuse(table: str, verb: str, *, on_postgresql: bool) -> str:
    refuse = (
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_safe()"
        if on_postgresql
        else f"BEGIN SELECT RAISE(ABORT, '{SAFE}'); END"
    )
    return f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refuse}"


def _erases(table: str, same: str, has_form: str, only_tags: str) -> str:
    def stays(*columns: str) -> str:
        return " AND ".join(f'NEW."{column}" {same} OLD."{column}"' for column in columns)

    rules = [stays(*STAYS[table])]
    if emptied := EMPTIED.get(table):
        gone = " AND ".join(f'NEW."{c}" IS NULL' if c == "member" else f"NEW.\"{c}\" = ''" for c in emptied)
        rules.append(f"({stays(*emptied)} OR {gone})")
    if table == "proposal_sighting":
        rules.append(f'({stays("tags")} OR NEW."tags" {only_tags})')
    if kind := WITNESSES.get(table):
        columns = ("key", "body") if table == "entry" else ("key",)
        empty = " AND NEW.\"body\" = ''" if table == "entry" else ""
        proven = PROVEN.replace("KIND", kind)
        rules.append(f'({stays(*columns)} OR NEW."key" {has_form}{empty} AND {proven})')
    return " AND ".join(rules)
