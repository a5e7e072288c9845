from __future__ import annotations

from tests.storage.conftest import file, migrated, postgres, server, url

__all__ = ["file", "migrated", "postgres", "server", "url"]
