"""The ledger, its projections, the directory of people, and notes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN_SQLITE, OPEN = sa.text("open = 1"), sa.text("open")
REFERS = sa.text('"of" IS NOT NULL')
JOURNAL = ("entry", "posting")
SAFE = "the journal is append-only"


def upgrade() -> None:
    _people()
    _chats_and_notes()
    _wallets()
    _lots()
    _journal()
    _marks()
    _guard()


def downgrade() -> None:
    for table in ("mark", "posting", "entry", "lot", "wallet", "note", "chat", "identity", "person"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION journal_is_safe")
        op.execute("DROP SEQUENCE entry_block")


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_table(
        "identity",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.PrimaryKeyConstraint("platform", "user", name="pk_identity"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_identity_person"),
        sqlite_with_rowid=False,
    )


def _chats_and_notes() -> None:
    op.create_table(
        "chat",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("retired", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "id", name="pk_chat"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "note",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_note"),
        sqlite_with_rowid=False,
    )


def _wallets() -> None:
    op.create_table(
        "wallet",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, nullable=True),
        sa.Column("platform", sa.String(), nullable=True),
        sa.Column("chat", sa.String(), nullable=True),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("lots_made", sa.Integer(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_wallet"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_wallet_person"),
        sa.UniqueConstraint("person", name="uq_wallet_person"),
        sa.UniqueConstraint("platform", "chat", name="uq_wallet_chat"),
        sa.CheckConstraint(
            "(person IS NULL) = (chat IS NOT NULL) AND (platform IS NULL) = (chat IS NULL)", name="ck_wallet_owner"
        ),
        sa.CheckConstraint("balance >= 0", name="ck_wallet_balance"),
    )


def _lots() -> None:
    op.create_table(
        "lot",
        sa.Column("wallet", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("issued", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("price_net", sa.BigInteger(), nullable=True),
        sa.Column("price_tax", sa.BigInteger(), nullable=True),
        sa.Column("worth_net", sa.BigInteger(), nullable=True),
        sa.Column("worth_tax", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("wallet", "number", name="pk_lot"),
        sa.ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_lot_wallet"),
        sa.CheckConstraint('"left" >= 0 AND "left" <= size', name="ck_lot_left"),
        sa.CheckConstraint('open = ("left" > 0)', name="ck_lot_open"),
        sa.CheckConstraint(
            "(price_net IS NULL) = (currency IS NULL) AND (price_tax IS NULL) = (currency IS NULL)"
            " AND (worth_net IS NULL) = (currency IS NULL) AND (worth_tax IS NULL) = (currency IS NULL)",
            name="ck_lot_money",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_lot_expires", "lot", ["expires", "wallet"], sqlite_where=OPEN_SQLITE, postgresql_where=OPEN)


def _journal() -> None:
    op.create_table(
        "entry",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("wallet", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("by", ID, nullable=True),
        sa.Column("memo", sa.String(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
        sa.ForeignKeyConstraint(["wallet"], ["wallet.id"], name="fk_entry_wallet"),
        sa.ForeignKeyConstraint(["wallet", "of"], ["entry.wallet", "entry.number"], name="fk_entry_of"),
        sa.UniqueConstraint("wallet", "number", name="uq_entry_number"),
        sa.UniqueConstraint("key", name="uq_entry_key"),
        sa.CheckConstraint("balance >= 0", name="ck_entry_balance"),
    )
    op.create_index("ix_entry_of", "entry", ["wallet", "of"], sqlite_where=REFERS, postgresql_where=REFERS)
    op.create_table(
        "posting",
        sa.Column("entry", ID, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("connects", sa.Integer(), nullable=False),
        sa.Column("lot", sa.Integer(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=True),
        sa.Column("tax", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("entry", "line", name="pk_posting"),
        sa.ForeignKeyConstraint(["entry"], ["entry.id"], name="fk_posting_entry"),
        sa.CheckConstraint(
            "(net IS NULL) = (currency IS NULL) AND (tax IS NULL) = (currency IS NULL)", name="ck_posting_money"
        ),
        sqlite_with_rowid=False,
    )


def _marks() -> None:
    op.create_table(
        "mark",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("wallet", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_mark"),
        sa.ForeignKeyConstraint(["wallet", "number"], ["entry.wallet", "entry.number"], name="fk_mark_entry"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mark_entry", "mark", ["wallet", "number"])


def _guard() -> None:
    """The journal refuses to be changed, whatever the client."""
    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgresql()
        return
    for table in JOURNAL:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{SAFE}'); END"
            )


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION journal_is_safe() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SAFE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in JOURNAL:
        for verb in ("UPDATE", "DELETE", "TRUNCATE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_safe()"
            )
    op.execute("CREATE SEQUENCE entry_block")
