"""The derived cards of proposals, and the index by which they find what imports saw of an entry."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEX = "ix_sighting_entry"


def upgrade() -> None:
    op.create_index(INDEX, "sighting", ["wallet", "number"])
    op.create_table(
        "proposal_mark",
        sa.Column("wallet", ID, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("imports", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("wallet", name="pk_proposal_mark"),
        sa.ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_proposal_mark_wallet"),
        sqlite_with_rowid=False,
    )
    _add_named("proposal", "fk_proposal_mark")
    _add_named("proposal_ref", "fk_proposal_ref_mark")
    op.create_table(
        "proposal_key",
        sa.Column("wallet", ID, nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("cluster", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("wallet", "key", name="pk_proposal_key"),
        sa.ForeignKeyConstraint(["wallet"], ["proposal_mark.wallet"], name="fk_proposal_key_mark"),
        sqlite_with_rowid=False,
    )
    for table in ("proposal", "proposal_ref", "proposal_key"):
        op.create_index(f"ix_{table}_cluster", table, ["wallet", "cluster"])


CARD = (
    sa.Column("traits", sa.Integer(), nullable=False),
    sa.Column("sent", sa.BigInteger(), nullable=False),
    sa.Column("title", sa.String(), nullable=False),
    sa.Column("by", ID, nullable=True),
    sa.Column("member", sa.String(), nullable=False),
    sa.Column("job", sa.String(), nullable=False),
    sa.Column("body", sa.String(), nullable=False),
)
OWNER = (sa.Column("of", sa.String(), nullable=False),)


def _add_named(table: str, mark: str) -> None:
    """A table of what is named after an entry or a line of an import."""
    op.create_table(
        table,
        sa.Column("wallet", ID, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cluster", sa.BigInteger(), nullable=False),
        *(CARD if table == "proposal" else OWNER),
        sa.PrimaryKeyConstraint("wallet", "batch", "number", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["wallet"], ["proposal_mark.wallet"], name=mark),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("proposal_key", "proposal_ref", "proposal", "proposal_mark"):
        op.drop_table(table)
    op.drop_index(INDEX, "sighting")
