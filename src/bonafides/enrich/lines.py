"""Lines that nobody names: told by who stays on them."""

from bonafides.store.engine import Engine

# So many people on so many days each, before it is told who stays; so many of each company on average are a team, whose
# company or supplier sends what they do through a gateway.
PEOPLE, DAYS, A_TEAM = 3, 10, 3


def learn(store: Engine) -> None:
    """Call addresses of no known kind `residential` on which four in five of the people seen there, of several companies
    and no teams of theirs, stay: from their first day there to their last, nine in ten of the days on which they are seen
    at all.

    Why: a line has its people every day until it gets another address; who comes out at a VPN's exit, a hotel or a
    coworking space is on another line in between. Of an address that two people use, the indicators judge themselves.
    """
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE stayed_on AS
        WITH seen AS (SELECT DISTINCT company, subject_id, value, day FROM sighting WHERE kind = 'ip' AND day IS NOT NULL),
        asked AS (
          SELECT s.value, s.company, s.subject_id, min(s.day) AS first_on, max(s.day) AS last_on, count(*) AS days
          FROM seen AS s JOIN value_fact AS f ON f.kind = 'ip' AND f.value = s.value
          WHERE f.network IS NULL AND f.holders >= {PEOPLE} GROUP BY s.value, s.company, s.subject_id),
        active AS (SELECT DISTINCT company, subject_id, day FROM seen),
        person AS (
          SELECT a.value, a.company, a.subject_id, max(a.days) >= {DAYS} AND max(a.days) * 10 >= count(*) * 9 AS stays
          FROM asked AS a JOIN active AS d ON d.company = a.company AND d.subject_id = a.subject_id AND d.day BETWEEN a.first_on AND a.last_on
          GROUP BY a.value, a.company, a.subject_id)
        SELECT value FROM person GROUP BY value
        HAVING count_if(stays) >= {PEOPLE} AND count_if(stays) * 5 >= count(*) * 4 AND count(*) < {A_TEAM} * count(DISTINCT company)"""
    )
    is_it = "value_fact.kind = 'ip' AND value_fact.network IS NULL AND value_fact.value = l.value"
    store.fill_in("value_fact", {"network": "'residential'"}, "stayed_on AS l", is_it)
