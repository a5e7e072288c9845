"""Notices, their deliveries, and the lease to send on a platform."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PENDING, SENDING = sa.text("state = 'pending'"), sa.text("state = 'sending'")


def upgrade() -> None:
    op.add_column("wallet", sa.Column("low", sa.Boolean(), server_default=sa.false(), nullable=False))
    _notices()
    _deliveries()
    op.create_table(
        "sender",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("platform", name="pk_sender"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("sender", "delivery", "notice"):
        op.drop_table(table)
    op.drop_column("wallet", "low")


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("wallet", ID, nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_notice"),
        sa.ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_notice_wallet"),
        sqlite_with_rowid=False,
    )


def _deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", ID, nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.ForeignKeyConstraint(["notice"], ["notice.key"], name="fk_delivery_notice"),
        sa.UniqueConstraint("notice", "platform", "chat", name="uq_delivery_chat"),
    )
    op.create_index(
        "ix_delivery_due", "delivery", ["platform", "due", "id"], sqlite_where=PENDING, postgresql_where=PENDING
    )
    op.create_index(
        "uq_delivery_in_flight", "delivery", ["platform", "chat"],
        unique=True, sqlite_where=SENDING, postgresql_where=SENDING,
    )  # fmt: skip
