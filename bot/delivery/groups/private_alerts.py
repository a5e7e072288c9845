"""Keeps a group's alerts from people who are not, or no longer, meant to read them in private."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.command.permissions import may_get_alerts
from bot.views.lost_places import PLACE_LOST, alert_in, reader_in, wallet_in
from core.delivery.missed import PLACED, MissedAlerts
from core.delivery.notice import Notice, Target, sent_anew
from core.delivery.outcome import Deferred, Obsolete
from core.delivery.state import State
from core.shared.names import SOMEONE
from core.wallets.people import Identity
from core.wallets.settings import back_in_group

if TYPE_CHECKING:
    from bot.delivery.groups.admins import GroupAdmins
    from bot.views.lost_places import Facts
    from core.books import Books
    from core.delivery.notice import Delivery
    from core.delivery.outcome import Outcome
    from core.shared.ids import PersonId, WalletId
    from core.store import Store
    from core.wallets.people import ChatRef
    from core.wallets.settings import Settings

UNKNOWN: Final = Deferred(timedelta(minutes=1), alone=True)
"""The platform cannot say who is an admin. The alert waits until it can, or until the alert is stale."""
NOT_THEIRS: Final = Obsolete("not an admin")
SENT_BEFORE: Final = Obsolete("sent before")
ARRIVING: Final = frozenset({State.PENDING, State.SENDING, State.SENT})


class PrivateAlerts:
    """Asks about each group's alert that goes to a private chat, at the moment at which it would be sent."""

    def __init__(self, books: Books, store: Store, admins: GroupAdmins) -> None:
        """Ask `admins`; whose role does not allow it any more is taken out of the settings of the group's alerts."""
        self._books, self._store, self._admins = books, store, admins
        self._missed = MissedAlerts(store.notes, store.outbox)

    async def check(self, delivery: Delivery) -> Outcome | None:
        """The outcome of a delivery that must not be sent now; None if it may be sent."""
        wallet, target = delivery.notice.wallet, delivery.target
        if delivery.notice.code == PLACE_LOST:
            return await self._of_lost_place(delivery.notice.facts)
        if wallet is None or not target.direct or not delivery.group:
            return None
        return SENT_BEFORE if await self._has_copy(delivery) else await self._of_group(delivery, wallet)

    async def _of_group(self, delivery: Delivery, wallet: WalletId) -> Outcome | None:
        """The same for an alert that goes to the person who gets a group's alerts."""
        target = delivery.target
        group, alerts = await self._store.people.group_of(wallet), (await self._settings(wallet)).alerts
        if group is None:
            return None
        if alerts.person is None or not await self._belongs_to(target, alerts.person):
            await self._send_anew(delivery)  # somebody else has been chosen since
            return NOT_THEIRS
        kept_back = await self._kept_from(wallet, alerts.person)
        if kept_back is not NOT_THEIRS:
            return kept_back
        await self._take_back(wallet, group, alerts.person)
        await self._send_anew(delivery)
        return NOT_THEIRS

    async def _has_copy(self, delivery: Delivery) -> bool:
        """Whether an alert that is sent again, because the group did not get it, reaches this person anyway."""
        key = delivery.notice.key
        while key.endswith(PLACED):
            key = key.removesuffix(PLACED)
            there = await self._store.outbox.deliveries(key)
            if any(target == delivery.target and state in ARRIVING for target, state, _ in there):
                return True
        return False

    async def _of_lost_place(self, facts: Facts) -> Outcome | None:
        """The same for an alert that goes to an admin because it could not be sent to the group's place."""
        if await self._missed.has_followed(alert_in(facts)):
            return SENT_BEFORE
        wallet = wallet_in(facts)
        group = await self._store.people.group_of(wallet)
        return NOT_THEIRS if group is None else await self._kept_from(wallet, reader_in(facts))

    async def _kept_from(self, wallet: WalletId, person: PersonId) -> Outcome | None:
        """None if somebody may get the alerts of a group now."""
        groups, team = await self._store.people.groups_of(wallet), (await self._settings(wallet)).team
        may = await may_get_alerts(self._admins, groups, team, person)
        return UNKNOWN if may is None else None if may else NOT_THEIRS

    async def _settings(self, wallet: WalletId) -> Settings:
        return await self._store.people.settings_of(wallet)

    async def _belongs_to(self, target: Target, person: PersonId) -> bool:
        return Identity(target.platform, target.chat) in await self._store.people.identities(person)

    async def _take_back(self, wallet: WalletId, group: ChatRef, person: PersonId) -> None:
        """Let the alerts come to the group itself again, and tell the group so."""
        kept, has_changed = await self._books.change_settings(wallet, lambda settings: back_in_group(settings, person))
        if has_changed:
            now, to = self._books.clock.now(), (Target(group.platform, group.id, place=kept.alerts.place or ""),)
            name = (await self._store.people.names([person])).get(person, SOMEONE)
            key = f"alerts-back:{wallet}:{now.isoformat()}"
            await self._store.outbox.notify([Notice(key, "alerts-back", {"name": name}, to=to)], now)

    async def _send_anew(self, delivery: Delivery) -> None:
        """Send the notice to where the group's alerts go by now, unless the group itself gets it anyway.

        It is another notice then, because this one had its targets.
        """
        if all(target.direct for target, _, _ in await self._store.outbox.deliveries(delivery.notice.key)):
            await self._store.outbox.notify([sent_anew(delivery.notice)], self._books.clock.now())
