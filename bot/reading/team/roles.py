"""Reads who is to be what: "ivan manager", "make Ivan the manager", "remove ivan", "Ivan is our accountant now"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.reading.lines import line_of
from bot.reading.parser import words_of
from bot.reading.questions.members import may_be_name
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
    {"make", "set", "give", "name", "appoint", "promote", "let", "please", "now", "again", "add", "new"}
    | {"is", "are", "am", "be", "as", "to", "from", "a", "an", "the", "our", "my", "role", "of", "->", "=", "-", "team"}
)
OTHER_TITLES: Final = frozenset({"admin", "administrator", "ceo", "chief", "freelancer", "leader", "head", "staff"})
"""What people are called that is none of these roles, so that it is asked what they shall be."""
NAME: Final = r"(?P<who>#\d+|<@!?\d+>|@?[^\W\d_][\w'\u2019.-]*(?: [^\W\d_][\w'\u2019.-]*){0,2}?)"
ROLE: Final = r"(?P<role>owner|manager|viewer|moderator|mod|member|accountant|bookkeeper|auditor|boss|lead|admin)"
THE: Final = r"(?:the |a |an |our |my )?(?:new )?"
NOW: Final = r"(?: now| here| too| from now on)*"
PLAIN: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{NAME} (?:is|am|becomes) (?:now )?{THE}{ROLE}{NOW}",
        rf"{NAME} (?:should|shall|will) (?:be|become) {THE}{ROLE}{NOW}",
        rf"(?:please )?(?:make|appoint|name) {NAME} {THE}{ROLE}{NOW}",
        rf"(?:please )?(?:let|have) {NAME} (?:be|become) {THE}{ROLE}{NOW}",
        rf"(?:please )?(?:promote|demote) {NAME} to {THE}{ROLE}{NOW}",
        rf"(?:the |our )?(?:new )?{ROLE}: {NAME}",
    )
)
"""What says it in a line without a command."""
UNCERTAIN: Final = frozenset({"boss", "lead", "admin"})
"""What may be said of somebody who is to have no more rights."""
UNSAID: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:please )?(?:promote|demote) {NAME}",
        rf"{NAME} (?:is not|isn['\u2019]?t|is no longer|is no more) {THE}{ROLE}(?: any ?more| any longer{NOW})?",
    )
)
"""What leaves open which role somebody shall have."""
REMOVED: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:please )?remove {NAME}(?: as (?:the |a |an |our )?{ROLE}| from the (?:team|group))?",
        rf"(?:please )?(?:fire|kick|dismiss) {NAME}",
        rf"{NAME} (?:has |just )*left (?:the (?:team|agency|company)|us)",
        rf"{NAME} (?:no longer works|does not work|doesn['\u2019]?t work) (?:here|with us|for us)(?: any ?more)?",
    )
)
"""What takes somebody's role away."""
ASKS: Final = frozenset({"who", "what", "which", "he", "she", "it", "this", "that", "there", "client"})
POLITELY: Final = re.compile(
    r"(?:(?:can|could|would|will) you (?:please )?|pls |plz |i (?:want|would like) you to )", re.IGNORECASE
)


def role_line(command: Command, typed: str) -> str:
    """The line that the bot would print: whose role, and which."""
    if re.search(r"\w=\S", typed):
        return line_of(command.name, words_of(command, typed, typed=True))
    words = typed.replace("\u2192", " ").split()
    told = [word for word in words if _word(word) not in NOISE]
    role = next((CALLED[_word(word)] for word in (*told[-1:], *told[:1]) if _word(word) in CALLED), None)
    if told and _word(told[0]) in TAKES_AWAY:
        role, told = Role.MEMBER, told[1:]
    left = [word for word in told if _word(word) not in CALLED]
    who = " ".join([word for word in left if _word(word) not in OTHER_TITLES] or left)
    given = {"who": who.rstrip(",.;:"), "to": "" if role is None else role.value}
    return line_of(command.name, {name: value for name, value in given.items() if value})


def told_role(line: str) -> str | None:
    """The command for a line that says who is what; None if it says nothing of the kind."""
    text = " ".join(line.split()).rstrip(".!")
    asked = POLITELY.match(text)
    text = text if asked is None else text[asked.end() :].rstrip("?. !")
    for pattern in PLAIN:
        if (found := pattern.fullmatch(text)) is not None and folded(found["who"]) not in ASKS:
            role = folded(found["role"])
            return line_of("role", {"who": found["who"], **({} if role in UNCERTAIN else {"to": CALLED[role]})})
    for pattern in UNSAID:
        if (found := pattern.fullmatch(text)) is not None and not _are_others(found["who"]):
            return line_of("role", {"who": found["who"]})
    removed = next((found for pattern in REMOVED if (found := pattern.fullmatch(text)) is not None), None)
    if removed is None or _are_others(removed["who"]):
        return None
    return line_of("role", {"who": removed["who"], "to": Role.MEMBER.value})


def _are_others(who: str) -> bool:
    """Whether something else may be meant to be removed, such as an entry: "remove #7", "remove that bid"."""
    return any(not may_be_name(word) or folded(word) in ASKS or word.startswith("#") for word in who.split())


def _word(word: str) -> str:
    return folded(word).strip(",.;:!")
