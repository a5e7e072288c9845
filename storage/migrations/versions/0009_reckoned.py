"""When the due time of a task was reckoned, to notice that the clock was ahead then."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LONGEST_AHEAD = 9 * 24 * 60 * 60 * 1_000_000
"""In microseconds, longer than the time to any daily review, even that of an idle wallet."""


def upgrade() -> None:
    op.add_column("due", sa.Column("reckoned", sa.BigInteger(), nullable=True))
    due = sa.table("due", sa.column("name"), sa.column("at"), sa.column("reckoned"))
    reviews = due.c.name.startswith("wallet:")
    op.execute(due.update().where(reviews).values(reckoned=due.c.at - LONGEST_AHEAD))
    op.create_index("ix_due_reckoned", "due", ["reckoned"])


def downgrade() -> None:
    op.drop_index("ix_due_reckoned", "due")
    op.drop_column("due", "reckoned")
