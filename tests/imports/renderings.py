"""What a window looks like in each form in which people hand it over. The shapes are those of the samples."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from tests.imports.accounts import AWARD, BID_BACK, BOOST_CLOSED, CANCELLED, OUTBID, REASONS, REFUNDED
from tests.imports.windows import PHONE, SAVED, SCREENFUL, TABBED, WIDE

if TYPE_CHECKING:
    from datetime import date

    from tests.imports.accounts import Fact
    from tests.imports.windows import Shown, Window

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MENU = "Skip to content\nUpwork home\n\nFind work\n\nDeliver work\n\nManage finances\n\nMessages\n\nSearch category:\n"
HEAD = "Account Settings\nConnects History\nMy balance\n{balance} Connects\nConnects type\nAll connects\nDate\n{days}\n"
FOOT = (
    "Footer navigation\nAbout Us\nFeedback\nTrust, Safety & Security\nHelp & Support\nTerms of Service\n"
    "Privacy Policy\nFollow Us\n\u00a9 2015 - 2026 Upwork\u00ae Global LLC\n"
)
NOBODY = "\u2014"


def rendered(shown: Window, form: str) -> str:
    """The window in one of the forms."""
    return {WIDE: wide, PHONE: phone, TABBED: tabbed, SAVED: saved}[form](shown)


def wide(shown: Window) -> str:
    """Text copied from a wide page."""
    cells = ["Date", "Action", *(["Freelancer"] if shown.account.members else []), "Connects"]
    return (
        MENU
        + "Jobs\n\n"
        + _head(shown)
        + "\t".join(cells)
        + "\n"
        + "".join(_wide_row(shown, row) for row in shown.rows)
        + FOOT
    )


def phone(shown: Window) -> str:
    """Text copied from a narrow page, which names no members."""
    return _head(shown) + "".join(_phone_row(shown, row) for row in shown.rows) + FOOT


def tabbed(shown: Window) -> str:
    """One line a row, with tabs."""
    return "".join(_tabbed_row(shown, row) + "\n" for row in shown.rows)


def saved(shown: Window) -> str:
    """The saved page: its table, the copy for narrow screens, and the data of its first rows."""
    cells = [("dates", "Date"), ("action", "Action"), ("freelancer", "Freelancer"), ("connects", "Connects")]
    heads = [cell for cell in cells if cell[0] != "freelancer" or shown.account.members]
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Connects History - Upwork</title>'
        "<style>#connects-history-table{border:none}</style></head><body><nav>Find work</nav>"
        f"<h1>Connects History</h1><h2>My balance</h2><div>{shown.balance} Connects</div>"
        '<table id="connects-history-table" aria-label="Connects transactions table"><thead><tr>'
        + "".join(f'<th id="{name}-header">{title}</th>' for name, title in heads)
        + "</tr></thead><tbody>"
        + "".join(_table_row(shown, row, at) for at, row in enumerate(shown.rows))
        + '</tbody></table><div class="transactions-table-sm d-md-none">'
        + "".join(_narrow_row(shown, row) for row in shown.rows)
        + '</div><footer>\u00a9 2015 - 2026</footer><script type="application/json" id="__NUXT_DATA__" data-ssr="true">'
        + json.dumps(_data(shown))
        + "</script></body></html>"
    )


def day_name(day: date, copied: date) -> str:
    """A day as the page names it."""
    ago = (copied - day).days
    return {0: "Today", 1: "Yesterday"}.get(ago, f"{MONTHS[day.month - 1]} {day.day}, {day.year}")


def _head(shown: Window) -> str:
    return HEAD.format(balance=shown.balance, days=f"Last {shown.days} days")


def _day(shown: Window, row: Shown) -> str:
    return day_name(row.fact.at.date(), shown.copied.date())


def _unit(connects: int) -> str:
    return "Connect" if abs(connects) == 1 else "Connects"


def _twin(row: Shown) -> str:
    verb = "Spent" if row.connects < 0 else "Refunded" if row.fact.wording in {REFUNDED, AWARD} else "Added"
    return f"{verb} {abs(row.connects)} {_unit(row.connects)}"


def _wide_row(shown: Window, row: Shown) -> str:
    lines = [_day(shown, row) + "\t", row.fact.wording]
    lines += [row.fact.title] if row.fact.title else []
    if shown.account.members:
        lines += [f" {row.fact.member}"] if row.fact.member else []
        lines.append(NOBODY)
    return "\n".join([*lines, f"{row.connects:+}", _twin(row), ""])


def _phone_row(shown: Window, row: Shown) -> str:
    what = [row.fact.wording, row.fact.title] if row.fact.title else ["", row.fact.wording]
    return "\n".join([_day(shown, row), *what, f"{row.connects:+} {_unit(row.connects)}", _twin(row), ""])


def _tabbed_row(shown: Window, row: Shown) -> str:
    what = f"{row.fact.wording} / {row.fact.title}" if row.fact.title else row.fact.wording
    who = [row.fact.member] if shown.account.members else []
    return "\t".join([_day(shown, row), what, *who, f"{row.connects:+}   {_twin(row)}"])


def _action(row: Shown) -> str:
    job = (
        f'<div class="mb-2x"><a class="up-n-link" href="https://www.upwork.com/jobs/{row.fact.job}/" target="_blank">'
        f"<strong>{escape(row.fact.title)}</strong></a></div>"
    )
    return f"<div><small>{escape(row.fact.wording)}</small>{job if row.fact.title else ''}</div>"


def _table_row(shown: Window, row: Shown, at: int) -> str:
    avatar = '<img alt="user avatar" src="./x_files/a"> ' + escape(row.fact.member) if row.fact.member else ""
    who = f'<td id="freelancer-cell-{at}">{avatar}<div>{NOBODY}</div></td>' if shown.account.members else ""
    return (
        f'<tr tabindex="0"><td id="date-cell-{at}">{_day(shown, row)}</td>'
        f'<td id="action-cell-{at}">{_action(row)}</td>{who}<td id="connects-cell-{at}"><div>'
        f'<div aria-hidden="true">{row.connects:+}</div><span class="sr-only">{_twin(row)}</span></div></td></tr>'
    )


def _narrow_row(shown: Window, row: Shown) -> str:
    return (
        f'<div><div class="date-sm">{_day(shown, row)}</div><div class="d-flex">{_action(row)}<div class="nowrap">'
        f'<div aria-hidden="true">{row.connects:+} Connects</div><span class="sr-only">{_twin(row)}</span>'
        "</div></div></div>"
    )


def _data(shown: Window) -> list[Any]:
    """The page's state as Nuxt writes it: one flat list, in which the values of an object are places in that list."""
    root: dict[str, int] = {}
    flat: list[Any] = [["Reactive", 1], {"data": 2}, root]
    rows = [_stored(flat, _object(shown, fact)) for fact in shown.facts[:SCREENFUL]]
    again = [_put(flat, flat[place]) for place in rows]
    root["transactions"], root["grouped"] = _put(flat, rows), _put(flat, again)
    root["personMap"] = _put(
        flat, {number: _stored(flat, {"name": name}) for name, number in shown.account.ids.items()}
    )
    return flat


def _stored(flat: list[Any], values: dict[str, Any]) -> int:
    return _put(flat, {name: _put(flat, value) for name, value in values.items()})


def _put(flat: list[Any], value: Any) -> int:
    flat.append(value)
    return len(flat) - 1


def _object(shown: Window, fact: Fact) -> dict[str, Any]:
    back = fact.wording in {OUTBID, BOOST_CLOSED, CANCELLED, REFUNDED, BID_BACK, AWARD}
    return {
        "isSet": True,
        "id": fact.row_id,
        "reasonId": str(REASONS.get(fact.wording, 999)),
        "typeId": "2" if fact.connects < 0 else "3" if back else "1",
        "timestamp": f"{fact.at:%a %b %d %H:%M:%S UTC %Y}",
        "amount": fact.connects,
        "runningTotal": fact.running,
        "jobName": fact.title or None,
        "jobOpeningKey": fact.job or None,
        "applicantUid": shown.account.ids.get(fact.member),
        "loginId": None,
        "source": [],
        "displayDate": "mun_Date_1",
    }
