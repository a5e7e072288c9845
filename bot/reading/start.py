"""Reads what follows /start: a link to the bot can carry what to start with."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Final

from bot.command.codes import code_in
from bot.reading.lines import line_of
from bot.reading.parser import words_of

if TYPE_CHECKING:
    from bot.command.declaration import Command

CLAIM: Final = re.compile(r"claim_([A-Za-z0-9_-]{1,58})", re.IGNORECASE)
MONEY: Final = re.compile(r"money_(\d{1,18})_([A-Za-z0-9_-]+)")
IN_MONEY: Final = "inmoney"
"""The command that shows figures of a group in money."""
CODE: Final = re.compile(r"(?:link[_-])?(\w{4}-?\w{4})", re.IGNORECASE)
"""A code by which accounts are linked, as the link to the bot carries it that is given with the code."""
MOST_STARTING: Final = 64
"""So many characters may follow /start in a link, as Telegram has it."""
SHORT: Final = ("period=", " form=", "statement", "export", "report", '"all time"', "beancount", "postings=on")
"""What stands in a link as one character, the first of these as U+0001: so no line of a document is too long.

Links were sent with it, so that no place of it may change.
"""


def read_start(given: Command, rest: str) -> str:
    """What a link asks for, such as the claim of t.me/BOT?start=claim_7; or /start alone. DoubtError as for lines."""
    words = rest.strip()
    if (claimed := CLAIM.fullmatch(words)) is not None:
        return line_of("claim", {"what": claimed[1], "started": "yes"})
    if (money := MONEY.fullmatch(words)) is not None and (line := _read(money[2])):
        return line_of(IN_MONEY, {"line": line, "wallet": money[1]})
    if (linked := CODE.fullmatch(words)) is not None and re.search(r"[\d-]", linked[1]) and code_in(linked[1]):
        return line_of("link", {"code": linked[1]})
    words_of(given, rest, typed=True)
    return given.name


def start_in_money(wallet: int, line: str) -> str:
    """What follows /start in the link to a group's figures in money; a line that is too long is cut to its command."""
    start = f"money_{wallet}_{_written(line)}"
    return start if len(start) <= MOST_STARTING else f"money_{wallet}_{_written(line.partition(' ')[0])}"


def _written(line: str) -> str:
    for letter, words in enumerate(SHORT, 1):
        line = line.replace(words, chr(letter))
    return base64.urlsafe_b64encode(line.encode()).decode().rstrip("=")


def _read(written: str) -> str:
    try:
        line = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    for letter, words in enumerate(SHORT, 1):
        line = line.replace(chr(letter), words)
    return line
