"""Subscriptions, and notices for an audience."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ABOUT = sa.text("about <> ''")
WITHOUT_ROWID = {"sqlite_with_rowid": False}


def upgrade() -> None:
    with op.batch_alter_table("notice", table_kwargs=WITHOUT_ROWID) as notice:
        notice.alter_column("wallet", existing_type=ID, nullable=True)
        notice.add_column(sa.Column("about", sa.String(), server_default="", nullable=False))
    op.create_index("ix_notice_about", "notice", ["about"], sqlite_where=ABOUT, postgresql_where=ABOUT)
    for name in ("place", "zone", "locale"):
        op.add_column("delivery", sa.Column(name, sa.String(), server_default="", nullable=False))
    op.create_table(
        "subscription",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("tags", sa.String(), nullable=False),
        sa.Column("gone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat", name="pk_subscription"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_subscription_by"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("subscription")
    for name in ("place", "zone", "locale"):
        op.drop_column("delivery", name)
    op.drop_index("ix_notice_about", "notice")
    with op.batch_alter_table("notice", table_kwargs=WITHOUT_ROWID) as notice:
        notice.drop_column("about")
        notice.alter_column("wallet", existing_type=ID, nullable=False)
