"""Which values are a company's own:

its exits, offices and shared accounts, learned from how many of its people hold them.
"""

import ipaddress
from collections.abc import Mapping, Sequence

from bonafides.store.engine import Engine

# A value is a company's own when at least so many and such a share of its people who show values of the kind hold it,
# and hardly anybody else does. Farms place one to five laptops at one employer, offices hold tens of per cent.
OWN_PEOPLE, OWN_SHARE, OWN_PURITY = 6, 0.1, 0.8
# In a small company fewer people will do, if they are a larger share and somebody met in person is among them; or if
# nearly all are of those who come to an office by HR's records, and a fair share of these.
FEW_PEOPLE, FEW_SHARE = 3, 0.3


def learn(store: Engine, own_ranges: Mapping[str, Sequence[str]]) -> None:
    """Fill in `infrastructure_of` of `value_fact`, from the data and from the ranges that the settings name.

    Why: somebody met in person among the holders is asked for, since a farm has none and an office has many; where
    a company records no such meetings, twice the share is asked for instead. Whom HR knows to come to an office is no
    remote worker, and a farm's identities are.
    """
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE own_value AS
        WITH held AS (
          SELECT DISTINCT g.kind, g.value, g.company, g.subject_id, s.is_vouched, coalesce(s.work_arrangement IN ('hybrid', 'onsite'), false) AS comes FROM sighting AS g
          JOIN subject AS s ON s.company = g.company AND s.subject_id = g.subject_id
          WHERE g.kind IN ('ip', 'postal_address', 'phone', 'signing_key', 'peripheral_serial')),
        people AS (SELECT kind, company, count(DISTINCT subject_id) AS people, count(DISTINCT CASE WHEN is_vouched THEN subject_id END) AS vouched,
                   count(DISTINCT CASE WHEN comes THEN subject_id END) AS comers FROM held GROUP BY ALL),
        everywhere AS (SELECT kind, value, count(*) AS holders FROM held GROUP BY ALL),
        here AS (SELECT kind, value, company, count(*) AS holders, count_if(is_vouched) AS vouched, count_if(comes) AS comers FROM held GROUP BY ALL)
        SELECT h.kind, h.value, h.company FROM here AS h
        JOIN people AS p ON p.kind = h.kind AND p.company = h.company
        JOIN everywhere AS e ON e.kind = h.kind AND e.value = h.value
        WHERE h.holders >= {OWN_PURITY} * e.holders AND (
          (h.holders >= {OWN_PEOPLE} AND h.holders >= {OWN_SHARE} * p.people * CASE WHEN p.vouched > 0 THEN 1 ELSE 2 END
           AND (h.vouched > 0 OR p.vouched = 0))
          OR (h.holders >= {FEW_PEOPLE} AND h.holders >= {FEW_SHARE} * p.people AND h.vouched > 0)
          OR (h.comers >= {FEW_PEOPLE} AND h.comers >= {OWN_PURITY} * h.holders AND h.comers >= {OWN_SHARE} * p.comers))"""
    )
    own = {"infrastructure_of": "o.company"}
    store.fill_in("value_fact", own, "own_value AS o", "o.kind = value_fact.kind AND o.value = value_fact.value")
    if own_ranges:
        blocks = [
            (company, ipaddress.ip_network(block, strict=False))
            for company, named in sorted(own_ranges.items())
            for block in named
        ]
        values = [row["value"] for row in store.rows("SELECT value FROM value_fact WHERE kind = 'ip' ORDER BY value")]
        held = {}
        for value in values:
            one = ipaddress.ip_address(value.split("/")[0])
            for company, block in blocks:
                if one.version == block.version and one in block:
                    held[value] = company
        store.load(
            "named", {"value": list(held), "company": list(held.values())}, {"value": "VARCHAR", "company": "VARCHAR"}
        )
        is_it = "value_fact.kind = 'ip' AND o.value = value_fact.value"
        store.fill_in("value_fact", own, "named AS o", is_it)
