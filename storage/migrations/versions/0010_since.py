"""When a chat was lost or came back. Earlier versions also took errors for the loss of a chat."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

CERTAIN = ("blocked", "removed", "deleted")
"""What the platforms themselves say of a chat that is lost. Alerts to the others are tried again."""
BEFORE_USERS = "dm"
"""What stands before a user's id in the id of a private chat on Discord."""


def upgrade() -> None:
    op.add_column("chat", sa.Column("since", sa.BigInteger(), nullable=True))
    chat = sa.table("chat", *map(sa.column, ("platform", "id", "retired")))
    known = sa.table("subscription", *map(sa.column, ("platform", "chat", "direct", "gone")))
    op.execute(chat.update().where(chat.c.retired.not_in(("", *CERTAIN))).values(retired=""))
    on_discord = sa.and_(known.c.direct, known.c.platform == "discord")
    name = sa.case((on_discord, sa.literal(BEFORE_USERS).concat(known.c.chat)), else_=known.c.chat)
    lost = sa.select(chat.c.retired).where(chat.c.platform == known.c.platform, chat.c.id == name, chat.c.retired != "")
    missed = sa.and_(known.c.gone == "", lost.correlate(known).exists())
    op.execute(known.update().where(missed).values(gone=lost.correlate(known).scalar_subquery()))


def downgrade() -> None:
    op.drop_column("chat", "since")
