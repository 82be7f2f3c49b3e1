"""Alembic's entry: runs the migrations on the connection that ``store.database`` hands over."""

from __future__ import annotations

from alembic import context

from ownway.store.tables import Base

# render_as_batch: SQLite alters a table only by copying it.
context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
