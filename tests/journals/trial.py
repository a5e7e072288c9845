"""Reads many random journals: `python -m tests.journals.trial 300`, or with a first seed.

Every third wallet is one in which everything happens that can (`tests/imports/wide_walks.py`).
"""

from __future__ import annotations

import asyncio
import sys
