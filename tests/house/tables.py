"""Writes the README's table of commands from their declarations: `python -m tests.house.tables`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from bot.commands import declared
from bot.commands.wallet.help import usage
from bot.reply.parts import say
from bot.reply.words import voice

README: Final = Path(__file__).resolve().parents[2] / "README.md"
MARKED: Final = re.compile(r"(<!-- commands -->\n).*?(<!-- /commands -->)", re.DOTALL)


def table() -> str:
    """The table, one row for each command that people see."""
    speak = voice("en", "UTC")
    rows = ["| Command | What it does | For example |", "|---|---|---|"]
    for command in declared():
        if command.hidden:
            continue
        written = ", ".join((f"`{usage(command)}`", *(f"`/{alias}`" for alias in command.aliases)))
        about = speak.say(say(f"cmd-{command.name}"))
        rows.append(f"| {written} | {about} | `{speak.say(say(f'example-{command.name}'))}` |")
    return "\n".join(rows) + "\n"


def renewed(text: str) -> str:
    """A text with the table between its marks as it should be."""
    return MARKED.sub(lambda found: found[1] + table() + found[2], text)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{README.name} is up to date.\n")
