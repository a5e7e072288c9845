"""Links between persons: who stands for whom, and wallets that are closed."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MERGED = sa.text('"into" IS NOT NULL')


def upgrade() -> None:
    op.add_column("person", sa.Column("into", ID, nullable=True))
    op.add_column("person", sa.Column("used", sa.String(), server_default="", nullable=False))
    op.create_index("ix_person_into", "person", ["into"], sqlite_where=MERGED, postgresql_where=MERGED)
    op.create_index("ix_identity_person", "identity", ["person"])
    op.add_column("wallet", sa.Column("closed", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "link",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("accounts", sa.String(), nullable=False),
        sa.Column("kept", ID, nullable=False),
        sa.Column("merged", ID, nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("undone", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_link"),
        sa.ForeignKeyConstraint(["kept"], ["person.id"], name="fk_link_kept"),
        sa.ForeignKeyConstraint(["merged"], ["person.id"], name="fk_link_merged"),
        sa.UniqueConstraint("key", name="uq_link_key"),
    )


def downgrade() -> None:
    op.drop_table("link")
    op.drop_column("wallet", "closed")
    op.drop_index("ix_identity_person", "identity")
    op.drop_index("ix_person_into", "person")
    op.drop_column("person", "used")
    op.drop_column("person", "into")
