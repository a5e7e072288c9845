"""Whom the settings of a wallet name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.shared.ids import PersonId
    from core.wallets.settings import Settings


def people_in(settings: Settings) -> frozenset[PersonId]:
    """Everybody whom the settings of a wallet name."""
    team = settings.team
    roles = {person for person, _ in team.roles}
    others = (settings.alerts.person, *(one.person for some in (team.limits, team.lifts, team.targets) for one in some))
    same = {person for pair in team.same for person in pair}
    return frozenset(roles | same | {person for person in others if person is not None})
