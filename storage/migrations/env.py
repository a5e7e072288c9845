"""Runs the migrations on the connection in Alembic's settings."""

from alembic import context

from storage.sql.tables.ledger import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
