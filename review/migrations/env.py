"""Alembic's entry: runs the steps inside the transaction that `review.database` opened."""

from __future__ import annotations

from alembic import context

from review.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
