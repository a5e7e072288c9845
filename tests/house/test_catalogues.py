"""What is declared once is complete: an alert or a way to earn that lacks something is named here."""

from __future__ import annotations

import pkgutil
from datetime import UTC, datetime
from importlib import import_module
from typing import Final

import pytest

from bot.commands import by_name
from bot.commands.alerts.settings import ALERT_SETTINGS
from bot.reply.words import CATALOG
from bot.views.alerts import ALERT_VIEWS
from core.alerts import types
from core.alerts.alert_type import AlertType
from core.alerts.catalogue import ALERTS, BY_CODE
from core.ledger import rulebook
from core.ledger.earning import EARNING, Award, EarningClaim, award_for
from core.ledger.model import Source
from core.shared.ids import PersonId, WalletId
from core.wallets.settings import Settings
from core.wallets.team import TeamSettings

BOOKED_OTHERWISE: Final = {
    Source.OPENING,
    Source.PROMOTION,
    Source.PURCHASE,
    Source.RETURN,
    Source.ADJUSTMENT,
    Source.UNCLASSIFIED,
}


def called(alert: AlertType) -> str:
    return alert.code


class TestAlerts:
    def test_the_catalogue_lists_what_the_files_declare(self) -> None:
        modules = [import_module(f"core.alerts.types.{found.name}") for found in pkgutil.iter_modules(types.__path__)]
        declared = [value for module in modules for value in vars(module).values() if isinstance(value, AlertType)]
        assert {alert.code for alert in declared} == set(BY_CODE)
        assert len(BY_CODE) == len(ALERTS), "two alerts have one code"

    def test_each_view_is_that_of_an_alert(self) -> None:
        assert set(ALERT_VIEWS) == set(BY_CODE)

    @pytest.mark.parametrize("alert", ALERTS, ids=called)
    def test_each_has_its_sentences(self, alert: AlertType) -> None:
        wanted = (f"alert-{alert.code}", f"choice-{alert.code}")
        assert [name for name in wanted if not CATALOG.has(name)] == []

    @pytest.mark.parametrize("alert", ALERTS, ids=called)
    def test_each_is_switched_off_by_one_setting(self, alert: AlertType) -> None:
        (setting,) = (setting for setting in ALERT_SETTINGS if alert in setting.alerts)
        on = Settings(threshold=20, budget=300, team=TeamSettings(weekly=True))
        off = setting.change(on, setting.kind.read("off"), None)
        assert alert.enabled(on)
        assert not alert.enabled(off)


class TestEarning:
    def test_each_source_is_a_way_to_earn_or_booked_otherwise(self) -> None:
        assert set(EARNING) == set(Source) - BOOKED_OTHERWISE

    def test_each_way_has_its_figures(self) -> None:
        assert set(EARNING) == set(rulebook.default().earning)

    @pytest.mark.parametrize("source", EARNING)
    def test_each_is_worth_something(self, source: Source) -> None:
        claim = EarningClaim(source, WalletId(1), PersonId(1), datetime(2026, 1, 10, 9, tzinfo=UTC), "Python")
        award = award_for(claim, rulebook.default())
        assert isinstance(award, Award)
        assert award.connects > 0

    def test_what_is_bookable_is_offered(self) -> None:
        offered = [words for words, _ in by_name()["earn"].option("source").kind.choices]
        assert offered == [source.value for source, rule in EARNING.items() if rule.bookable]
