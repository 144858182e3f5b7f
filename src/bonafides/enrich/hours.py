"""By what hours people work, and how far those are off the day where they claim to live and off their company's."""

from math import cos, pi, sin
from typing import Any

from bonafides.store.engine import Engine

# What people do themselves: programs work by night.
_DONE = "('sign_in:ip', 'activity:ip', 'meeting:ip')"
# Logs of sign-ins see mornings more than evenings: what the middle of a day looks like in them is learnt from everybody,
# beginning with so many people at a quarter to one (9 to 17.30 by the clock, winter and summer together).
_PEOPLE, _MIDDLE = 10, 12.75


def _off(middle: str, other: str) -> str:
    """SQL of the hours between two directions on the clock, 0 to 12."""
    return f"rounded(abs(({middle} - ({other}) + 60) % 24 - 12), 6)"


def derive(store: Engine) -> None:
    """`working_week` and `working_hours`, of everybody who did something that sightings date to the hour.

    Why: the middle of a day's hours is taken as a direction on the clock, so that midnight divides nothing, and told
    by the sun at the claimed home.
    """
    angles = [(hour + 0.5) * pi / 12 for hour in range(24)]
    columns: dict[str, list[Any]] = {
        "mark": [1 << h for h in range(24)],
        "up": list(map(sin, angles)),
        "across": list(map(cos, angles)),
    }
    store.load("clock", columns, {"mark": "BIGINT", "up": "DOUBLE", "across": "DOUBLE"})
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE worked_day AS
        WITH done AS (SELECT company, subject_id, day, bit_or(hours) AS hours FROM sighting WHERE via IN {_DONE} GROUP BY company, subject_id, day)
        SELECT d.company, d.subject_id, d.day, sum(c.up) AS up, sum(c.across) AS across
        FROM done AS d JOIN clock AS c ON (d.hours & c.mark) > 0 GROUP BY d.company, d.subject_id, d.day"""
    )
    store.execute(
        """CREATE OR REPLACE TEMP TABLE worked AS
        SELECT company, subject_id, CAST(count(*) AS BIGINT) AS days, min(day) AS first_on, max(day) AS last_on, rounded(atan2(sum(up), sum(across)) * 12 / pi(), 6) AS middle
        FROM worked_day GROUP BY company, subject_id"""
    )
    turned = "(o.middle + s.longitude / 15) * pi() / 12"
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE usual_day AS
        SELECT atan2(coalesce(sum(sin({turned})), 0) + {_PEOPLE} * sin({_MIDDLE}e0 * pi() / 12), coalesce(sum(cos({turned})), 0) + {_PEOPLE} * cos({_MIDDLE}e0 * pi() / 12)) * 12 / pi() AS middle
        FROM worked AS o JOIN subject AS s ON s.company = o.company AND s.subject_id = o.subject_id"""
    )
    store.execute(
        f"""CREATE OR REPLACE TABLE working_week AS
        WITH week AS (
          SELECT company, subject_id, CAST(date_trunc('week', day) AS DATE) AS week, CAST(count(*) AS BIGINT) AS days, min(day) AS first_on, max(day) AS last_on,
                 rounded(atan2(sum(up), sum(across)) * 12 / pi(), 6) AS middle
          FROM worked_day GROUP BY company, subject_id, CAST(date_trunc('week', day) AS DATE))
        SELECT w.company, w.subject_id, w.week, w.days, w.first_on, w.last_on, w.middle, {_off("w.middle + s.longitude / 15", "u.middle")} AS off_home
        FROM week AS w CROSS JOIN usual_day AS u LEFT JOIN subject AS s ON s.company = w.company AND s.subject_id = w.subject_id"""
    )
    store.execute(
        f"""CREATE OR REPLACE TABLE working_hours AS
        WITH firm AS (SELECT company, atan2(sum(sin(middle * pi() / 12)), sum(cos(middle * pi() / 12))) * 12 / pi() AS middle FROM worked GROUP BY company)
        SELECT o.company, o.subject_id, o.days, o.first_on, o.last_on, o.middle, {_off("o.middle + s.longitude / 15", "u.middle")} AS off_home, {_off("o.middle", "f.middle")} AS off_company
        FROM worked AS o JOIN firm AS f ON f.company = o.company CROSS JOIN usual_day AS u LEFT JOIN subject AS s ON s.company = o.company AND s.subject_id = o.subject_id"""
    )
