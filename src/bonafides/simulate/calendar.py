"""The days that the logs cover. Dates are day numbers (`date.toordinal`), times are seconds since 1970 in UTC."""

from datetime import date, timedelta
from functools import cache

LAST = date(2026, 6, 30).toordinal()
LOG_DAYS = 90
FIRST = LAST - LOG_DAYS + 1
# Memorial Day and Juneteenth 2026: most people do not work.
HOLIDAYS = frozenset((date(2026, 5, 25).toordinal(), date(2026, 6, 19).toordinal()))
_EPOCH = date(1970, 1, 1).toordinal()
DAY_SECONDS = 86_400


def midnight(day: int) -> int:
    """Second at which a UTC day begins."""
    return (day - _EPOCH) * DAY_SECONDS


def day_of(second: float) -> int:
    """UTC day in which a second lies."""
    return int(second // DAY_SECONDS) + _EPOCH


@cache
def iso_day(day: int) -> str:
    """`2026-06-30`."""
    return date.fromordinal(day).isoformat()


def weekday(day: int) -> int:
    """0 is Monday."""
    return (day + 6) % 7


def month_ends(first: int, last: int) -> list[int]:
    """Last days of the months from one day to another, both included."""
    ends: list[int] = []
    day = date.fromordinal(first)
    while True:
        turn = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        end = turn.toordinal() - 1
        if end > last:
            return ends
        ends.append(end)
        day = turn


def clock(second: float) -> str:
    """`14:05:09` of a second, UTC."""
    rest = int(second) % DAY_SECONDS
    return f"{rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d}"


def iso(second: float) -> str:
    """`2026-06-30T14:05:09Z`, without fractions."""
    return f"{iso_day(day_of(second))}T{clock(second)}Z"


def iso_ms(milliseconds: int) -> str:
    """`2026-06-30T14:05:09.123Z`."""
    second, rest = divmod(milliseconds, 1000)
    return f"{iso_day(day_of(second))}T{clock(second)}.{rest:03d}Z"
