"""Promotions, claims and tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "due",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_due"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_due_at", "due", ["at"])
    op.create_table(
        "promotion",
        sa.Column("id", ID, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("by", ID, nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("supply", sa.Integer(), nullable=True),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_promotion"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_promotion_by"),
        sa.CheckConstraint("supply IS NULL OR given <= supply", name="ck_promotion_supply"),
    )
    op.create_index("ix_promotion_code", "promotion", ["code", "status"])
    op.create_table(
        "claim",
        sa.Column("promotion", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("wallet", ID, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("promotion", "number", name="pk_claim"),
        sa.ForeignKeyConstraint(["promotion"], ["promotion.id"], name="fk_claim_promotion"),
        sa.ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_claim_wallet"),
        sa.UniqueConstraint("promotion", "person", name="uq_claim_person"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("claim", "promotion", "due"):
        op.drop_table(table)
