"""The bot with its own processes: it draws and writes, and knows nothing of how that is done."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final

from tests.bot.documents.scribe import SMALL
from tests.bot.processes import in_it
from tests.bot.test_process import ROOT, surroundings
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

MADE: Final = """
import asyncio, sys
import bot.main
from bot.commands import by_name
from bot.documents.documents import open_documents
from bot.pictures.drawings import open_drawings
from tests.bot.documents.scribe import SMALL, order, pieces
from tests.bot.pictures.examples import balance

async def made():
    by_name()
    async with open_drawings() as drawings, open_documents() as documents:
        writing = documents.begin("ann", order("hers"), pieces)
        picture = await drawings.begin("ann", balance()).picture
        return picture[:4], (await writing.document).rows

FORBIDDEN = {"matplotlib", "numpy", "PIL", "xlsxwriter", "jinja2", "icalendar", "bot.documents.writing"}
print(*asyncio.run(made()), *FORBIDDEN & set(sys.modules))
"""


def test_the_bot_imports_nothing_that_draws_or_writes_and_its_home_may_be_unwritable(folders: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MADE], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
        env=surroundings(HOME="/nonexistent", XDG_CACHE_HOME="/nonexistent", TMPDIR=str(folders)),
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == f"b'\\x89PNG' {SMALL}"
    assert (done.returncode, done.stderr, in_it(folders)) == (0, "", [])
