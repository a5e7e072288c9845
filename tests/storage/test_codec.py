"""JSON columns stay readable for good. These texts are from databases of the first version."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from core.delivery.notice import EVERYBODY, Audience
from core.promotions.model import Conditions, Terms
from core.shared.ids import PersonId
from core.wallets.settings import Alerts, Plan, Where
from core.wallets.team import UNSHARED, Act, Feed, Lift, Limit, Period, Role, Target, TeamSettings
from storage.sql.delivery.fanout import READERS, Reader
from storage.sql.tables.codec import ALERTS, AUDIENCE, FACTS, TERMS, Codec
from storage.sql.tables.codec import TEAM as SHARED

STARTS, ENDS = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 9, 12, 30, 0, 7, tzinfo=timezone(timedelta(hours=2)))
SUMMER = Terms(
    title="Sommer \u2600",
    text='All\n"of" it',
    gives=20,
    starts=STARTS,
    ends=ENDS,
    zone="Europe/Kyiv",
    conditions=Conditions(30, Plan.PLUS, 1, 2, 3),
    supply=400,
    code="SUMMER",
    expires_days=90,
    winners=3,
    audience=Audience(("telegram",), ("de", "en"), ("design",)),
    approval=True,
)
SUMMER_TEXT = (
    r'{"title":"Sommer \u2600","text":"All\n\"of\" it","gives":20,"starts":"2026-03-01T00:00:00+00:00",'
    '"ends":"2026-03-09T12:30:00.000007+02:00","zone":"Europe/Kyiv","conditions":{"new_days":30,"plan":"plus",'
    '"feedback":1,"assessments":2,"interviews":3},"supply":400,"code":"SUMMER","expires_days":90,"winners":3,'
    '"audience":{"platforms":["telegram"],"locales":["de","en"],"tags":["design"]},"approval":true,"moderators":false}'
)
PLAIN = Terms("A", "", 5, STARTS, STARTS)
PLAIN_TEXT = (
    '{"title":"A","text":"","gives":5,"starts":"2026-03-01T00:00:00+00:00","ends":"2026-03-01T00:00:00+00:00",'
    '"zone":"UTC","conditions":{"new_days":null,"plan":null,"feedback":0,"assessments":0,"interviews":0},'
    '"supply":null,"code":"","expires_days":null,"winners":0,"audience":{"platforms":[],"locales":[],"tags":[]},'
    '"approval":false,"moderators":false}'
)
OLD_TERMS = (
    '{"title":"A","text":"","gives":5,"starts":"2026-03-01T00:00:00+00:00","ends":"2026-03-01T00:00:00+00:00",'
    '"conditions":{"new_days":30},"supply":9}'
)
CHOSEN = Alerts(
    expiring=(30, 7),
    runway=None,
    cycle=5,
    monthly=False,
    promotions=False,
    digest=False,
    where=Where.PRIVATE,
    person=PersonId(4),
    snoozed=(("low", STARTS), ("budget", ENDS)),
)
CHOSEN_TEXT = (
    '{"expiring":[30,7],"runway":null,"cycle":5,"monthly":false,"promotions":false,"digest":false,"where":"private",'
    '"person":4,"snoozed":[["low","2026-03-01T00:00:00+00:00"],["budget","2026-03-09T12:30:00.000007+02:00"]]}'
)
ANN, TEAM = (
    Reader("discord", "7", direct=True, place="3", zone="UTC", locale="en"),
    Reader("telegram", "-1", direct=False, place=""),
)
AGENCY = TeamSettings(
    roles=((PersonId(4), Role.OWNER), (PersonId(7), Role.VIEWER)),
    money=True,
    weekly=True,
    feed=Feed("discord", "5", "31"),
    limits=(
        Limit(1, 100, Period.WEEK),
        Limit(2, 5000, Period.MONTH, PersonId(7), currency="USD", boosts=True, act=Act.BLOCK),
        Limit(3, 20, Period.DAY, each=True),
    ),
    lifts=(Lift(2, STARTS, 12, PersonId(7)),),
    targets=(Target(4, 18, date(2026, 3, 1), date(2026, 3, 15), PersonId(7)),),
    made=4,
)
AGENCY_TEXT = (
    '{"roles":[[4,"owner"],[7,"viewer"]],"money":true,"weekly":true,'
    '"feed":{"platform":"discord","chat":"5","place":"31"},"limits":[{"id":1,"amount":100,"period":"week"},'
    '{"id":2,"amount":5000,"period":"month","person":7,"currency":"USD","boosts":true,"act":"block"},'
    '{"id":3,"amount":20,"period":"day","each":true}],'
    '"lifts":[{"limit":2,"since":"2026-03-01T00:00:00+00:00","amount":12,"person":7}],'
    '"targets":[{"id":4,"bids":18,"first":"2026-03-01","last":"2026-03-15","person":7}],"made":4}'
)
KEPT: list[tuple[Codec[Any], Any, str]] = [
    (TERMS, SUMMER, SUMMER_TEXT),
    (TERMS, PLAIN, PLAIN_TEXT),
    (ALERTS, Alerts(), "{}"),
    (ALERTS, CHOSEN, CHOSEN_TEXT),
    (SHARED, UNSHARED, "{}"),
    (SHARED, AGENCY, AGENCY_TEXT),
    (AUDIENCE, EVERYBODY, '{"platforms":[],"locales":[],"tags":[]}'),
    (AUDIENCE, Audience(tags=("ux",)), '{"platforms":[],"locales":[],"tags":["ux"]}'),
    (FACTS, {"number": 7, "title": "7"}, '{"number":7,"title":"7"}'),
    (READERS, [ANN, TEAM], '[["discord","7",true,"3","UTC","en",""],["telegram","-1",false,"","","",""]]'),
]
OLD: list[tuple[Codec[Any], str, Any]] = [
    (ALERTS, '{"runway":3,"where":"both"}', Alerts(runway=3, where=Where.BOTH)),
    (AUDIENCE, '{"tags":["ux"]}', Audience(tags=("ux",))),
    (TERMS, OLD_TERMS, Terms("A", "", 5, STARTS, STARTS, conditions=Conditions(30), supply=9)),
    (READERS, '[["discord","7",true,"3","UTC","en"]]', [ANN]),
]


@pytest.mark.parametrize(("codec", "value", "text"), KEPT)
def test_a_value_is_written_and_read_as_in_the_first_version(codec: Codec[Any], value: Any, text: str) -> None:
    assert codec.text(value) == text
    assert codec.value(text) == value


@pytest.mark.parametrize(("codec", "text", "value"), OLD)
def test_a_field_that_an_old_row_lacks_gets_its_default(codec: Codec[Any], text: str, value: Any) -> None:
    assert codec.value(text) == value


def test_a_fact_of_digits_stays_a_string() -> None:
    assert list(map(type, FACTS.value('{"code":"007","left":7}').values())) == [str, int]


@pytest.mark.parametrize("fact", [None, 1.5, ["design"]])
def test_what_could_not_be_read_back_is_not_written(fact: Any) -> None:
    with pytest.raises(ValidationError):
        FACTS.text({"connects": fact})
