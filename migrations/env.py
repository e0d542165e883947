"""Runs migrations over the connection it is given, or for a developer over the one of the settings."""

import os

from alembic import context
from sqlalchemy import Connection

from fasti.settings import read_settings
from fasti.store.database import connect
from fasti.store.tables import metadata


def run(connection: Connection) -> None:
    """Run the migrations in the transaction that is open, which whoever opened it ends."""
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with connect(read_settings(os.environ).database) as database, database.migrating() as own:
        run(own)
