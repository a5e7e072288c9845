"""When facts happened, memos behind digests, and what imports saw."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SAFE = "the journal is append-only"
GUARDED = ("batch", "sighting")
DATED = sa.text("happened IS NOT NULL")
ON_A_JOB = sa.text("job <> ''")


def upgrade() -> None:
    _entries()
    _batches()
    _sightings()
    _guard()


def downgrade() -> None:
    op.drop_table("sighting")
    op.drop_table("batch")
    op.drop_index("ix_entry_job", "entry")
    op.drop_index("ix_entry_happened", "entry")
    for name in ("digest", "salt", "happened"):
        op.drop_column("entry", name)


def _entries() -> None:
    op.add_column("entry", sa.Column("happened", sa.BigInteger(), nullable=True))
    for name in ("salt", "digest"):
        op.add_column("entry", sa.Column(name, sa.String(), server_default="", nullable=False))
    dated = ["wallet", "happened", "number"]
    op.create_index("ix_entry_happened", "entry", dated, sqlite_where=DATED, postgresql_where=DATED)
    op.create_index("ix_entry_job", "entry", ["wallet", "job"], sqlite_where=ON_A_JOB, postgresql_where=ON_A_JOB)


def _batches() -> None:
    op.create_table(
        "batch",
        sa.Column("wallet", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("by", ID, nullable=True),
        sa.Column("first", sa.String(), nullable=True),
        sa.Column("last", sa.String(), nullable=True),
        sa.Column("balance", sa.Integer(), nullable=True),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.Column("seal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("wallet", "number", name="pk_batch"),
        sa.ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_batch_wallet"),
        sa.ForeignKeyConstraint(["wallet", "of"], ["batch.wallet", "batch.number"], name="fk_batch_of"),
        sa.UniqueConstraint("wallet", "of", name="uq_batch_of"),
        sa.UniqueConstraint("key", name="uq_batch_key"),
        sqlite_with_rowid=False,
    )


def _sightings() -> None:
    op.create_table(
        "sighting",
        sa.Column("wallet", ID, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("booked", sa.Boolean(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("connects", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=True),
        sa.Column("row_id", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("wallet", "batch", "line", name="pk_sighting"),
        sa.ForeignKeyConstraint(["wallet", "batch"], ["batch.wallet", "batch.number"], name="fk_sighting_batch"),
        sa.ForeignKeyConstraint(["wallet", "number"], ["entry.wallet", "entry.number"], name="fk_sighting_entry"),
        sqlite_with_rowid=False,
    )
    seen = ["wallet", "job", "number"]
    op.create_index("ix_sighting_job", "sighting", seen, sqlite_where=ON_A_JOB, postgresql_where=ON_A_JOB)


def _guard() -> None:
    """What imports saw is append-only, as the journal is."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in GUARDED:
        for verb in ("UPDATE", "DELETE", *(["TRUNCATE"] if on_postgresql else ())):
            refuse = (
                "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_safe()"
                if on_postgresql
                else f"BEGIN SELECT RAISE(ABORT, '{SAFE}'); END"
            )
            op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refuse}")
