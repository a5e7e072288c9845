from __future__ import annotations

from tests.storage.conftest import file, migrated, postgres, url

__all__ = ["file", "migrated", "postgres", "url"]
