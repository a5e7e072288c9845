"""Incomes of those who want them kept, and which proposal won a client."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "income",
        sa.Column("wallet", ID, nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("wallet", "ref", name="pk_income"),
        sa.ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_income_wallet"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "named_bid",
        sa.Column("wallet", ID, nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("proposal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("wallet", "client", name="pk_named_bid"),
        sa.ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_named_bid_wallet"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("named_bid")
    op.drop_table("income")
