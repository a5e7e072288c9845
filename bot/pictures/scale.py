"""Where the lines of a grid stand: round figures and round days, for whoever builds a chart and writes their texts."""

from datetime import date, timedelta

STEPS = (1, 2, 5)


def round_steps(low: int, high: int, most: int = 5) -> tuple[int, ...]:
    """At most `most` + 2 round figures that reach from `low` to `high` and have 0 among them; at least 0 and 1."""
    low, high = min(low, 0), max(high, 0)
    step = _step(max(high - low, 1), most)
    return tuple(range(low // step * step, -(-high // step) * step + 1, step)) if high > low else (0, 1)


def _step(span: int, most: int) -> int:
    power = 1
    while True:
        for step in STEPS:
            if step * power * most >= span:
                return step * power
        power *= 10


def round_days(first: date, last: date, most: int = 5) -> tuple[date, ...]:
    """At most `most` days between both: some days apart, or the first of months, or of years."""
    length = (last - first).days
    if length < most * 14:
        step = next(days for days in (1, 2, 7, 14) if days * most > length)
        return tuple(first + timedelta(days=days) for days in range(0, length + 1, step))
    months = [day for day in _firsts(first, last) if day >= first]
    step = next(step for step in (1, 2, 3, 6, *range(12, 1200, 12)) if len(months) <= step * most)
    return tuple(day for day in months if (day.year * 12 + day.month - 1) % step == 0)[:most]


def _firsts(first: date, last: date) -> list[date]:
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(month // 12, month % 12 + 1, 1) for month in months]
