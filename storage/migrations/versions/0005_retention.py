"""An index that finds old notices, for retention."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_notice_made", "notice", ["made"])


def downgrade() -> None:
    op.drop_index("ix_notice_made", "notice")
