"""Tags of proposals, and how a wallet's holder wants answers in figures."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("proposal_sighting", sa.Column("tags", sa.String(), nullable=True))
    op.add_column("wallet", sa.Column("figures", sa.String(), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("wallet", "figures")
    op.drop_column("proposal_sighting", "tags")
