"""Who spent what, as far as whoever reads it may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.shared.ids import PersonId
    from core.team.model import TeamReport


class TeamSeen(NamedTuple):
    """The report as its reader may see it, with the names of people here. `own`: they see only their own row."""

    found: TeamReport
    names: Mapping[PersonId, str]
    own: bool = False
