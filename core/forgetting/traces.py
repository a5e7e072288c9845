"""What is left of small texts, of settings and of the audit log once somebody is forgotten."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.forgetting.data_subject import OWNER, PAIRED, PRESS
from core.forgetting.mentions import command_of
from core.ledger.erased.keys import erased_key
from core.shared.ids import PersonId
from core.wallets.settings import back_in_group

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from core.audit_log import AuditRecord
    from core.forgetting.mentions import Mentions
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


def questions_of(notes: Iterable[tuple[str, str]], mentions: Mentions) -> frozenset[str]:
    """The tokens of the questions that wait for an answer of theirs: the form of each is kept apart."""
    asked = (text for name, text in notes if _kind(name) == QUESTION and mentions.subject.has_note(name, text))
    return frozenset(filter(None, (str(json.loads(text or "{}").get("token", "")) for text in asked)))


def is_form(name: str, tokens: Collection[str]) -> bool:
    """Whether a note is the form of one of these questions."""
    return name.startswith(f"{FORM}:") and name.rpartition(":")[2] in tokens


def members_in(text: str | None) -> dict[str, PersonId | None]:
    """Whom the pages of a wallet call by a name, by the text of the note that says so."""
    known = json.loads(text or "{}")
    return {name: None if who is None else PersonId(int(who)) for name, who in known.items()}


def note_left(name: str, text: str, mentions: Mentions, tokens: frozenset[str]) -> str | None:
    """What is left of a small text (None: it goes). `tokens` are those of questions to them.

    A button from before its note said where it stands may be anybody's, so it goes, too.
    """
    kind, subject = _kind(name), mentions.subject
    if kind == PRESS and OWNER in text and all(one.user not in text for one in subject.identities):
        return text  # nearly all notes are such
    if subject.has_note(name, text) or (kind == PRESS and OWNER not in text):
        return None
    if is_form(name, tokens) or _names(name, text, mentions):
        return None
    if kind == MEMBERS and text:
        known = json.loads(text)
        theirs = {str(person) for person in subject.persons}
        return json.dumps({called: who for called, who in known.items() if who not in theirs}, separators=(",", ":"))
    if kind == MISSED and text:
        rows = [[*row[:FACTS], mentions.without(row[FACTS]), *row[FACTS + 1 :]] for row in json.loads(text)]
        return json.dumps(rows, separators=(",", ":"))
    return text


def _names(name: str, text: str, mentions: Mentions) -> bool:
    kind, accounts = _kind(name), mentions.subject.identities
    if kind == ASIDE:
        return mentions.in_key(text.partition(" ")[2])
    if kind == DRAFTED:
        return mentions.in_key(name.partition(":")[2])
    if kind in PAIRED and any(json.dumps(one) in text for one in mentions.names):
        return True  # whoever was linked with them may be called as they were
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


def action_left(action: AuditRecord, mentions: Mentions, secret: str) -> AuditRecord:
    """A record of the audit log without somebody: of what they did, and of what names them, the command only."""
    theirs = action.person in mentions.subject.persons
    key = erased_key(action.key, secret) if theirs or mentions.in_key(action.key) else action.key
    line = command_of(action.line) if theirs or mentions.in_line(action.line) else action.line
    chat = replace(action.chat, id="") if action.chat in mentions.subject.chats else action.chat
    return action._replace(key=key, line=line, chat=chat)


def facts_left(facts: Mapping[str, str | int], mentions: Mentions) -> dict[str, str | int] | None:
    """The facts of a notice without somebody; None if they were never in it."""
    left = mentions.without(facts)
    return None if left == facts else left
