"""The migrations make exactly the tables that the code reads, and can be taken back."""

from __future__ import annotations

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from dashboard.store import Database
from dashboard.store.database import MIGRATIONS
from dashboard.store.tables import Vacancy


def test_the_migrations_make_the_tables_that_the_code_reads(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        assert compare_metadata(context, Vacancy.metadata) == []


def test_opening_twice_changes_nothing(database: Database) -> None:
    before = database.revision()
    database.open()
    assert database.revision() == before != ""


def test_every_migration_can_be_taken_back(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with database.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
