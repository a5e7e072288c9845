"""Lines that stand for a command without naming it: a bare number, a balance, a link to a job."""

from __future__ import annotations

import re
from typing import Final

from bot.options.correction import states_balance
from bot.options.figures import whole_number
from bot.reading.proposals.told import leading_line, named_line
from bot.reading.proposals.wording import is_outcome
from bot.reading.spending.pasted import pasted_in
from bot.reading.team.roles import told_role
from bot.reading.team.told import told_limit
from core.shared.job_links import is_link, job_in

FROM_TO: Final = re.compile(r"[\d,]+\s*(?:-+>|=+>|\u2192)\s*[\d,]+")

UNTAG: Final = re.compile(r"untag (?P<of>#[\d-]+(?:[ ,]+#[\d-]+)*)\W*(?P<tags>.*)", re.IGNORECASE)


def shortcut(line: str) -> str | None:
    """The command that a bare number, a balance, a link, what became of a proposal, or what is agreed in a team."""
    if whole_number(line) is not None:
        return f"number {line}"
    if FROM_TO.fullmatch(line.strip()):
        return f"adjust {line}"
    if states_balance(line):
        return f"balance {line}"
    if job_in(line) is not None or pasted_in(line) is not None:
        return f"spend {line}"
    if (untagged := UNTAG.fullmatch(line.strip())) is not None:
        return f"tag {untagged['of']} off {untagged['tags']}".rstrip()
    return told_role(line) or told_limit(line) or named_line(line)


def news_in(line: str) -> str | None:
    """What became of a proposal: of another one than was asked about, or something else of the same."""
    return named_line(line) or (leading_line(line) if is_outcome(line.split()) else None)


def is_figured(line: str) -> bool:
    """Whether a line may say how many Connects moved, or of which job, so that it is asked about."""
    return is_link(line) or any(map(str.isdigit, line))
