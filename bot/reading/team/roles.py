"""Reads who is to be what: "ivan manager", "make Ivan the manager", "remove ivan", "Ivan is our accountant now"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.reading.lines import line_of
from bot.reading.parser import words_of
from bot.reading.questions.vocabulary import FILLERS, MEANING_OF
from core.shared.names import folded
from core.wallets.team import Role

if TYPE_CHECKING:
    from bot.command.declaration import Command
    from bot.options.choice import Synonyms

ROLES: Final[Synonyms] = (
    (Role.OWNER, ("owners", "boss", "lead")),
    (Role.MANAGER, ("managers", "manage")),
    (Role.MEMBER, ("members", "none", "nothing", "off", "remove", "bidder")),
    (Role.VIEWER, ("viewers", "accountant", "bookkeeper", "auditor", "read only")),
    (Role.MODERATOR, ("moderators", "mod")),
)
"""What else people call the roles."""
CALLED: Final = {word: Role(role) for role, words in ROLES for word in (role, *words)}
TAKES_AWAY: Final = frozenset({"remove", "demote", "drop", "unassign"})
NOISE: Final = frozenset(
    {"make", "set", "give", "name", "appoint", "promote", "let", "please", "now", "again"}
    | {"is", "are", "am", "be", "as", "to", "from", "a", "an", "the", "our", "my", "role", "of", "->", "=", "team"}
)
NAME: Final = r"(?P<who>#\d+|<@!?\d+>|@?[^\W\d_][\w'\u2019.-]*(?: [^\W\d_][\w'\u2019.-]*){0,2}?)"
ROLE: Final = r"(?P<role>owner|manager|viewer|moderator|member|accountant)"
PLAIN: Final = (
    re.compile(rf"{NAME} (?:is|am) (?:now )?(?:(?:the|a|an|our|my) )?(?:new )?{ROLE}(?: now)?", re.IGNORECASE),
    re.compile(rf"(?:please )?(?:make|appoint|name) {NAME} (?:the |a |an |our |my )?(?:new )?{ROLE}", re.IGNORECASE),
)
"""What says it in a line without a command."""
REMOVED: Final = re.compile(rf"(?:please )?remove {NAME}(?: as (?:the |a |an |our )?{ROLE})?", re.IGNORECASE)
ASKS: Final = frozenset({"who", "what", "which", "he", "she", "it", "this", "that", "there", "client"})


def role_line(command: Command, typed: str) -> str:
    """The line that the bot would print: whose role, and which."""
    if "=" in typed:
        return line_of(command.name, words_of(command, typed, typed=True))
    words = typed.replace("\u2192", " ").split()
    told = [word for word in words if _word(word) not in NOISE]
    role = next((CALLED[_word(word)] for word in (*told[-1:], *told[:1]) if _word(word) in CALLED), None)
    if told and _word(told[0]) in TAKES_AWAY:
        role, told = Role.MEMBER, told[1:]
    who = " ".join(word for word in told if _word(word) not in CALLED)
    given = {"who": who.rstrip(",.;:"), "to": "" if role is None else role.value}
    return line_of(command.name, {name: value for name, value in given.items() if value})


def told_role(line: str) -> str | None:
    """The command for a line that says who is what; None if it says nothing of the kind."""
    text = line.strip().rstrip(".!")
    for pattern in PLAIN:
        if (found := pattern.fullmatch(text)) is not None and folded(found["who"]) not in ASKS:
            return line_of("role", {"who": found["who"], "to": CALLED[folded(found["role"])]})
    removed = REMOVED.fullmatch(text)
    if removed is None or any(_may_be_other(word) for word in folded(removed["who"]).split()):
        return None
    return line_of("role", {"who": removed["who"], "to": Role.MEMBER.value})


def _may_be_other(word: str) -> bool:
    """Whether something else may be meant to be removed, such as an entry: "remove #7", "remove that bid"."""
    return word in MEANING_OF or word in FILLERS or word in ASKS or word.startswith("#")


def _word(word: str) -> str:
    return folded(word).strip(",.;:!")
