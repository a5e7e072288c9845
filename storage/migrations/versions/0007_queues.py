"""Indexes on pending deliveries by urgency and by chat, and slices for fan-out to a large audience."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PENDING = sa.text("state = 'pending'")
URGENT = sa.text("state = 'pending' AND urgent")


def upgrade() -> None:
    op.add_column("delivery", sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE delivery SET urgent = (SELECT urgent FROM notice WHERE notice.key = delivery.notice)")
    for name, columns, where in (
        ("ix_delivery_chat", ["chat", "platform"], PENDING),
        ("ix_delivery_urgent", ["platform", "due", "id"], URGENT),
    ):
        op.create_index(name, "delivery", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "slice",
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("readers", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("notice", "number", name="pk_slice"),
        sa.ForeignKeyConstraint(["notice"], ["notice.key"], name="fk_slice_notice"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("slice")
    op.drop_index("ix_delivery_urgent", "delivery")
    op.drop_index("ix_delivery_chat", "delivery")
    op.drop_column("delivery", "urgent")
