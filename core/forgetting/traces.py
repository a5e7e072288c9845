"""What is left of small texts, of settings and of the audit log once somebody is forgotten."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.forgetting.whose import OWNER, PRESS
from core.forgetting.words import command_of
from core.ledger.erased.keys import erased_key
from core.shared.ids import PersonId
from core.wallets.settings import back_in_group

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.audit_log import AuditRecord
    from core.forgetting.words import Words
    from core.wallets.settings import Settings

QUESTION: Final = "ask"
FORM: Final = "discord:form"
MEMBERS: Final = "import-members"
MISSED: Final = "missed"
LINKING: Final = "link"
ASIDE: Final = "aside"
DRAFTED: Final = "drafted"
OF_ADMIN: Final = "console:admin"
FACTS: Final = 2
"""Where a notice that was missed has its facts."""


def questions_of(notes: Iterable[tuple[str, str]], words: Words) -> frozenset[str]:
    """The tokens of the questions that wait for an answer of theirs: the form of each is kept apart."""
    asked = (text for name, text in notes if _kind(name) == QUESTION and words.whose.has_note(name, text))
    return frozenset(filter(None, (str(json.loads(text or "{}").get("token", "")) for text in asked)))


def members_in(text: str | None) -> dict[str, PersonId | None]:
    """Whom the pages of a wallet call by a name, by the text of the note that says so."""
    known = json.loads(text or "{}")
    return {name: None if who is None else PersonId(int(who)) for name, who in known.items()}


def note_left(name: str, text: str, words: Words, tokens: frozenset[str]) -> str | None:
    """What is left of a small text (None: it goes). `tokens` are those of questions to them.

    A button from before its note said where it stands may be anybody's, so it goes, too.
    """
    kind, whose = _kind(name), words.whose
    if kind == PRESS and OWNER in text and all(one.user not in text for one in whose.identities):
        return text  # nearly all notes are such
    if whose.has_note(name, text) or (kind == PRESS and OWNER not in text):
        return None
    if (name.startswith(f"{FORM}:") and name.rpartition(":")[2] in tokens) or _names(name, text, words):
        return None
    if kind == MEMBERS and text:
        known = json.loads(text)
        theirs = {str(person) for person in whose.persons}
        return json.dumps({called: who for called, who in known.items() if who not in theirs}, separators=(",", ":"))
    if kind == MISSED and text:
        rows = [[*row[:FACTS], words.without(row[FACTS]), *row[FACTS + 1 :]] for row in json.loads(text)]
        return json.dumps(rows, separators=(",", ":"))
    return text


def _names(name: str, text: str, words: Words) -> bool:
    kind, accounts = _kind(name), words.whose.identities
    if kind == ASIDE:
        return words.in_key(text.partition(" ")[2])
    if kind == DRAFTED:
        return words.in_key(name.partition(":")[2])
    if name.startswith(LINKING):
        return any(f'"{one.user}"' in text or str(one) in f"{name} {text}" for one in accounts)
    return name.startswith(f"{OF_ADMIN}:") and text in {one.user for one in accounts}


def _kind(name: str) -> str:
    return name.partition(":")[0]


def settings_left(settings: Settings, persons: frozenset[PersonId]) -> Settings:
    """The settings of a group's wallet without somebody: their role, their limits and targets, and their alerts."""
    for person in persons:
        settings = back_in_group(settings, person)
    team = settings.team
    limits = tuple(one for one in team.limits if one.person not in persons)
    kept = {one.id for one in limits}
    return replace(
        settings,
        team=replace(
            team,
            roles=tuple(one for one in team.roles if one[0] not in persons),
            limits=limits,
            lifts=tuple(one for one in team.lifts if one.person not in persons and one.limit in kept),
            targets=tuple(one for one in team.targets if one.person not in persons),
        ),
    )


def action_left(action: AuditRecord, words: Words, secret: str) -> AuditRecord:
    """A record of the audit log without somebody: of what they did, and of what names them, the command only."""
    theirs = action.person in words.whose.persons
    key = erased_key(action.key, secret) if theirs or words.in_key(action.key) else action.key
    line = command_of(action.line) if theirs or words.in_line(action.line) else action.line
    chat = replace(action.chat, id="") if action.chat in words.whose.chats else action.chat
    return action._replace(key=key, line=line, chat=chat)


def facts_left(facts: Mapping[str, str | int], words: Words) -> dict[str, str | int] | None:
    """The facts of a notice without somebody; None if they were never in it."""
    left = words.without(facts)
    return None if left == facts else left
