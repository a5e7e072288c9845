"""What the wordings of the Connects History mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.imports.model import RowKind
from core.proposals.wordings import (
    APPLIED,
    BID_BACK,
    BOOST_BID,
    BOOST_CLOSED,
    CANCELLED,
    FINAL_CHARGE,
    OUTBID,
    PARTLY_BACK,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

SPENDING: Final = frozenset(
    {RowKind.PROPOSAL, RowKind.BOOST, RowKind.BOOST_CHARGE, RowKind.BADGE, RowKind.AD, RowKind.EXPIRY}
)
EXPIRING: Final = re.compile(r"\bexpir(?:ed|y|es|ation)\b")


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
        (APPLIED, RowKind.PROPOSAL),
        (BOOST_BID, RowKind.BOOST),
        (FINAL_CHARGE, RowKind.BOOST_CHARGE),
        (BID_BACK, RowKind.BOOST_BACK),
        (OUTBID, RowKind.BOOST_BACK),
        (BOOST_CLOSED, RowKind.BOOST_BACK),
        (CANCELLED, RowKind.PROPOSAL_BACK),
        (PARTLY_BACK, RowKind.PARTLY_BACK),
        ("Availability Badge", RowKind.BADGE),
        ("Monthly Connects renewal", RowKind.MONTHLY),
        ("Membership upgraded to Plus", RowKind.MONTHLY),
        ("Earned Connects by completing task", RowKind.REWARD),
        ("Rising Talent Achievement", RowKind.REWARD),
        ("Added extra Connects", RowKind.PURCHASE),
    )
}
