"""What the wordings of the Connects History mean."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from core.imports.model import RowKind
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

SPENDING: Final = frozenset(
    {RowKind.PROPOSAL, RowKind.BOOST, RowKind.BOOST_CHARGE, RowKind.BADGE, RowKind.AD, RowKind.EXPIRY}
)
EXPIRING: Final = re.compile(r"\bexpir(?:ed|y|es|ation)\b")


@lru_cache(maxsize=4096)
def plain(wording: str) -> str:
    """The form in which wordings are compared: case, blanks, the apostrophe and the full stop make no difference."""
    return folded(wording).replace("\u2019", "'").rstrip(". ")


def explained(answers: Mapping[str, RowKind]) -> Mapping[str, RowKind]:
    """What people answered about wordings, so that a wording is found in whatever case and with whatever blanks."""
    return {**{plain(wording): kind for wording, kind in answers.items()}, **answers}


def kind_of(wording: str, connects: int, known: Mapping[str, RowKind]) -> RowKind:
    """What a row with this wording and this many Connects is; `known` are the person's own answers (see `explained`).

    An answer explains only what nobody else has explained, and only rows of its own sign.
    """
    said = plain(wording)
    kind = WORDINGS.get(said)
    if kind is None and connects < 0 and EXPIRING.search(said):
        kind = RowKind.EXPIRY
    kind = kind or known.get(wording) or known.get(said)
    return kind if kind is not None and _fits(kind, connects) else RowKind.UNCLASSIFIED


def _fits(kind: RowKind, connects: int) -> bool:
    return (kind in SPENDING) == (connects < 0)


WORDINGS: Final[Mapping[str, RowKind]] = {
    plain(wording): kind
    for wording, kind in (
        ("Applied to job", RowKind.PROPOSAL),
        ("Connects bid for boosted proposal.", RowKind.BOOST),
        ("We accepted your bid to boost a proposal. This is the final bid charge.", RowKind.BOOST_CHARGE),
        ("We accepted your bid to boost a proposal. This is a refund for your total bid.", RowKind.BOOST_BACK),
        ("You've been outbid to boost your proposal", RowKind.BOOST_BACK),
        ("You bid to boost a proposal, but the job was closed", RowKind.BOOST_BACK),
        ("Job cancelled", RowKind.PROPOSAL_BACK),
        ("Connects refunded", RowKind.PARTLY_BACK),
        ("Availability Badge", RowKind.BADGE),
        ("Monthly Connects renewal", RowKind.MONTHLY),
        ("Membership upgraded to Plus", RowKind.MONTHLY),
        ("Earned Connects by completing task", RowKind.REWARD),
        ("Rising Talent Achievement", RowKind.REWARD),
        ("Added extra Connects", RowKind.PURCHASE),
    )
}
