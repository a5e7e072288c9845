"""Changes how a wallet is shared, by a rule that may refuse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.shared.refusals import Refusal, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.command.declaration import Call
    from core.shared.ids import WalletId
    from core.wallets.settings import Settings
    from core.wallets.team import TeamSettings


async def change_team(
    call: Call, wallet: WalletId, change: Callable[[TeamSettings], TeamSettings | Refusal]
) -> TeamSettings:
    """How the wallet is shared after the change of what is stored by then. A refusal is raised."""

    def changed(settings: Settings) -> Settings:
        team = change(settings.team)
        if isinstance(team, Refusal):
            raise RefusedError(team)
        return replace(settings, team=team)

    saved, _ = await call.books.change_settings(wallet, changed)
    return saved.team
