"""What kind of import it was, pins, and what imports saw and people said of proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SAFE = "the journal is append-only"
TABLE = "proposal_sighting"


def upgrade() -> None:
    op.add_column("batch", sa.Column("kind", sa.String(), server_default="history", nullable=False))
    op.add_column("batch", sa.Column("lifts", sa.Integer(), nullable=True))
    op.create_table(
        TABLE,
        sa.Column("wallet", ID, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("seen", sa.String(), nullable=True),
        sa.Column("proposal", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("boosted", sa.String(), nullable=True),
        sa.Column("viewed", sa.Boolean(), nullable=False),
        sa.Column("net", sa.Integer(), nullable=True),
        sa.Column("tax", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("afresh", sa.Boolean(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("wallet", "batch", "line", name="pk_proposal_sighting"),
        sa.ForeignKeyConstraint(
            ["wallet", "batch"], ["batch.wallet", "batch.number"], name="fk_proposal_sighting_batch"
        ),
        sa.ForeignKeyConstraint(
            ["wallet", "number"], ["entry.wallet", "entry.number"], name="fk_proposal_sighting_entry"
        ),
        sqlite_with_rowid=False,
    )
    _guard()


def downgrade() -> None:
    op.drop_table(TABLE)
    for name in ("lifts", "kind"):
        op.drop_column("batch", name)


def _guard() -> None:
    """What was seen is append-only, as the journal is."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for verb in ("UPDATE", "DELETE", *(["TRUNCATE"] if on_postgresql else ())):
        refuse = (
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_safe()"
            if on_postgresql
            else f"BEGIN SELECT RAISE(ABORT, '{SAFE}'); END"
        )
        op.execute(f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} {refuse}")
