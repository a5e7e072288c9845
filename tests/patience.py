"""How long tests wait for what must come. It only ends one that hangs, so that it is longer than any machine takes."""

from __future__ import annotations

from typing import Final

PATIENCE: Final = 300.0
"""Seconds; where nothing hangs, nothing waits that long, however busy the machine is."""
