"""The store: tables, the queue of items, filed verdicts, the log. SQLite by default, PostgreSQL by URL."""

from __future__ import annotations

from dashboard.store.database import Database, StoreDamaged, StoreOfLaterVersion, StoreUnavailable

__all__ = ["Database", "StoreDamaged", "StoreOfLaterVersion", "StoreUnavailable"]
