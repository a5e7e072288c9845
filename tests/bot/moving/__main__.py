"""Writes moving.golden.md anew."""

from __future__ import annotations

import asyncio
import sys

from tests.bot.moving.telling import GOLDEN, told

if __name__ == "__main__":
    GOLDEN.write_text(asyncio.run(told()).text, "utf-8")
    sys.stdout.write(f"{GOLDEN.name} is up to date.\n")
