"""Announcements with a number, a stage and a time. Those that were kept as notes move here."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = 90 * 24 * 60 * 60 * 1_000_000
"""In microseconds, how long such a note was kept."""
PREFIX = "announcement:"


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("by", ID, nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mends", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_announcement"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_announcement_by"),
        sa.UniqueConstraint("name", name="uq_announcement_name"),
    )
    _move_notes()


def _move_notes() -> None:
    note = sa.table("note", sa.column("name"), sa.column("text"), sa.column("until"))
    notice = sa.table("notice", sa.column("key"), sa.column("made"))
    names = ("name", "text", "audience", "zone", "stage", "made", "at", "version", "mends")
    announcement = sa.table("announcement", *(sa.column(name) for name in names))
    sent = sa.select(note.c.name, note.c.text, note.c.until, notice.c.made)
    kept = sent.select_from(note.outerjoin(notice, notice.c.key == note.c.name)).where(note.c.name.startswith(PREFIX))
    for name, text, until, at in op.get_bind().execute(kept.order_by(note.c.until)).all():
        if text:
            fields = json.loads(text)
            row = {
                "name": name.removeprefix(PREFIX),
                "text": fields["text"],
                "audience": json.dumps(fields["audience"], separators=(",", ":")),
                "zone": fields.get("zone", ""),
                "stage": "draft" if at is None else "sent",
                "made": until - KEPT,
                "at": at,
                "version": 1,
                "mends": 0,
            }
            op.get_bind().execute(announcement.insert().values(**row))
    op.get_bind().execute(note.delete().where(note.c.name.startswith(PREFIX)))


def downgrade() -> None:
    op.drop_table("announcement")
