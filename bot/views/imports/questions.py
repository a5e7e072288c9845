"""What an import asks, one question at a time, each answered by one press."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.reply.parts import Button, Fact, Table, say
from bot.views.costs import cost_choices
from bot.views.imports.rows import LONGEST_TITLE, LONGEST_WORDING, under_wording
from bot.views.progress import beginning_of
from core.imports.model import RowKind
from core.shared.ids import PersonId
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from bot.reply.parts import Part
    from bot.views.imports.shown import Shown
    from core.imports.model import Row
    from core.ledger.rulebook import Rulebook

SPENT: Final = (RowKind.PROPOSAL, RowKind.BOOST, RowKind.BADGE, RowKind.AD, RowKind.EXPIRY)
ADDED: Final = (RowKind.PROPOSAL_BACK, RowKind.BOOST_BACK, RowKind.PURCHASE, RowKind.REWARD, RowKind.MONTHLY)
MEANINGS: Final = (*SPENT, *ADDED, RowKind.UNCLASSIFIED)
DIGEST_BYTES: Final = 4
MOST_PEOPLE: Final = 8


class Question(NamedTuple):
    """A question, and the rows of buttons that answer it. One that is `first` must be answered before booking."""

    parts: tuple[Part, ...]
    rows: tuple[tuple[Button, ...], ...]
    first: bool = False


def question_of(shown: Shown, rulebook: Rulebook) -> Question | None:
    """The question to ask now: whose page it is, what a wording means, who somebody is, what Connects cost."""
    preview = shown.preview
    if preview.other_account is not None and not shown.answers.own_account:
        return _whose(shown)
    for wording, rows in preview.asked.items():
        return _meaning(shown, wording, rows)
    for member in preview.members:
        return _person(shown, member)
    return _cost(shown, rulebook) if preview.ask_cost and preview.opening is not None else None


def digest(words: str) -> str:
    """Words in a button's line, which has no room for long ones."""
    return hashlib.blake2b(words.encode(), digest_size=DIGEST_BYTES).hexdigest()


def _whose(shown: Shown) -> Question:
    yes = Button(say("button-own-page"), f"import mine {shown.draft}")
    why = say(f"account-{shown.preview.other_account}".replace("_", "-"))
    return Question((why, say("ask-own-page")), ((yes,),), first=True)


def _meaning(shown: Shown, wording: str, rows: tuple[Row, ...]) -> Question:
    spent = bool(rows) and rows[0].connects < 0
    line = f"import wording {shown.draft} {digest(wording)}"
    kinds = [Button(say(f"meaning-{kind}".replace("_", "-")), f"{line} {kind}") for kind in (SPENT if spent else ADDED)]
    unexplained = Button(say("meaning-unclassified"), f"{line} {RowKind.UNCLASSIFIED}")
    listed: tuple[tuple[Fact, ...], ...] = tuple((under_wording(row),) for row in rows)
    asked = say("ask-wording", wording=beginning_of(wording, LONGEST_WORDING))
    return Question((Table((say("column-what"),), listed, asked),), pairs([*kinds, unexplained]))


def pairs(keys: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Buttons two by two, so that with those below them they have room on each platform."""
    return tuple(tuple(keys[at : at + 2]) for at in range(0, len(keys), 2))


def _person(shown: Shown, member: str) -> Question:
    others = {PersonId(int(person)) for person in shown.answers.members.values() if person is not None}
    return person_question(member, shown.people, others, f"import member {shown.draft} {digest(member)}")


def person_question(member: str, people: Mapping[PersonId, str], others: AbstractSet[PersonId], line: str) -> Question:
    """Who the member is whom pages call so, or that it is nobody here. `others` are other members on these pages.

    The `line` goes on with the number of a person, or with "nobody".
    """
    likely = _likely(member, people, others)[:MOST_PEOPLE]
    keys = [Button(say("raw", text=name), f"{line} {person}") for person, name in likely]
    only = Button(say("button-only-name"), f"{line} nobody")
    return Question((say("ask-member", name=beginning_of(member, LONGEST_TITLE)),), pairs([*keys, only]))


def _likely(
    member: str, people: Mapping[PersonId, str], others: AbstractSet[PersonId]
) -> Sequence[tuple[PersonId, str]]:
    """Those who may be a member, first whoever shares a name with them, last those who are another member."""
    names = set(folded(member).split())
    return sorted(people.items(), key=lambda one: (names.isdisjoint(folded(one[1]).split()), one[0] in others))


def _cost(shown: Shown, rulebook: Rulebook) -> Question:
    connects = 0 if shown.preview.opening is None else shown.preview.opening.connects
    choices = cost_choices(connects, rulebook)
    keys = [Button(label, f"import cost {shown.draft} {connects} {words}") for words, label in choices]
    return Question((say("import-cost-question", connects=connects),), pairs(keys))
