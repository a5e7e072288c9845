"""Teams on the wallet of a group: their settings, what was spent of limits, their members and their other groups."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("wallet", sa.Column("team", sa.String(), server_default="{}", nullable=False))
    op.add_column("wallet", sa.Column("tallies", sa.String(), server_default="{}", nullable=False))
    op.create_table(
        "joined_group",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("wallet", ID, nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat", name="pk_joined_group"),
        sa.ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_joined_group_wallet"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_joined_group_wallet", "joined_group", ["wallet"])
    op.create_table(
        "member",
        sa.Column("wallet", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("wallet", "person", name="pk_member"),
        sa.ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_member_wallet"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_member_person"),
        sqlite_with_rowid=False,
    )
    # Whoever has booked something in a group has written there.
    op.execute(
        'INSERT INTO member (wallet, person, since) SELECT entry.wallet, entry."by", MIN(entry.at) FROM entry'
        ' JOIN wallet ON wallet.id = entry.wallet JOIN person ON person.id = entry."by"'
        ' WHERE wallet.chat IS NOT NULL GROUP BY entry.wallet, entry."by"'
    )


def downgrade() -> None:
    op.drop_table("member")
    op.drop_index("ix_joined_group_wallet", "joined_group")
    op.drop_table("joined_group")
    op.drop_column("wallet", "tallies")
    op.drop_column("wallet", "team")
