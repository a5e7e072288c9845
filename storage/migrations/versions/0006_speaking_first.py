"""Settings of alerts, quiet hours, budgets, recurring announcements and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ADDED = (
    ("wallet", "budget", sa.Integer(), None),
    ("wallet", "quiet", sa.String(), ""),
    ("wallet", "alerts", sa.String(), "{}"),
    ("wallet", "month", sa.BigInteger(), None),
    ("wallet", "spent", sa.Integer(), "0"),
    ("delivery", "quiet", sa.String(), ""),
    ("subscription", "quiet", sa.String(), ""),
    ("claim", "platform", sa.String(), ""),
    ("claim", "chat", sa.String(), ""),
)


def upgrade() -> None:
    for table, name, kind, default in ADDED:
        op.add_column(table, sa.Column(name, kind, server_default=default, nullable=default is None))
    op.create_table(
        "series",
        sa.Column("id", ID, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("cron", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_series_by"),
    )
    op.create_table(
        "action",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_action_person"),
        sa.UniqueConstraint("key", name="uq_action_key"),
    )
    op.create_index("ix_action_at", "action", ["at"])
    # Every wallet is reviewed from now on, for the first time at once.
    op.execute("INSERT INTO due (name, at) SELECT 'wallet\\:' || id || '\\:look', 0 FROM wallet")


def downgrade() -> None:
    op.execute("DELETE FROM due WHERE name LIKE 'wallet\\:%'")
    for table in ("action", "series"):
        op.drop_table(table)
    for table, name, _, _ in reversed(ADDED):
        op.drop_column(table, name)
