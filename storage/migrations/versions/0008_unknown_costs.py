"""Opening balances without a price: their cost is unknown. The journal, in which they have none, stays as it is."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

UPGRADE = """
    UPDATE lot SET currency = 'XXX', price_net = 0, price_tax = 0, worth_net = 0, worth_tax = 0
    WHERE source = 'opening' AND currency IS NULL
"""
DOWNGRADE = """
    UPDATE lot SET currency = NULL, price_net = NULL, price_tax = NULL, worth_net = NULL, worth_tax = NULL
    WHERE source = 'opening' AND currency = 'XXX' AND EXISTS (
        SELECT 1 FROM entry JOIN posting ON posting.entry = entry.id
        WHERE entry.wallet = lot.wallet AND posting.lot = lot.number
        AND posting.account = 'income\\:opening' AND posting.currency IS NULL
    )
"""


def upgrade() -> None:
    op.execute(UPGRADE)


def downgrade() -> None:
    op.execute(DOWNGRADE)
