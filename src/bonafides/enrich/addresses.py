"""Owner, place and kind of network of each address: the vendor's own words first, then databases, then lists, then
what is known of its neighbours.
"""

import csv
import ipaddress
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import maxminddb

from bonafides.errors import BadSettings
from bonafides.kinds.base import rows
from bonafides.store.engine import Engine

FACTS = {
    "kind": "VARCHAR", "value": "VARCHAR", "asn": "BIGINT", "as_org": "VARCHAR", "network": "VARCHAR", "city": "VARCHAR",
    "region": "VARCHAR", "country": "VARCHAR", "latitude": "DOUBLE", "longitude": "DOUBLE", "holders": "BIGINT",
    "companies": "BIGINT", "infrastructure_of": "VARCHAR", "lists": "VARCHAR",
}  # fmt: skip


def facts(store: Engine, databases: Sequence[str]) -> None:
    """`value_fact` for every shared or placed value; for addresses with owner, place and kind of network.

    Shape: countries are written as two letters where the reference list knows them, as the vendor wrote them otherwise.
    """
    known = rows("countries")
    store.load(
        "country_code",
        {"spelling": [r["spelling"] for r in known], "code": [r["country"] for r in known]},
        {"spelling": "VARCHAR", "code": "VARCHAR"},
    )
    store.execute(
        """CREATE OR REPLACE TEMP TABLE told AS
        WITH said_of AS (
          SELECT c.value, s.asn, s.as_org, s.city, s.region, s.country, rounded(s.latitude, 3) AS latitude, rounded(s.longitude, 3) AS longitude,
                 count(*) AS n, bool_or(coalesce(s.is_proxy, false)) AS is_proxy
          FROM sign_in AS s JOIN cleaned AS c ON c.kind = 'ip' AND c.raw = s.ip
          WHERE s.as_org IS NOT NULL OR s.latitude IS NOT NULL OR s.city IS NOT NULL OR s.country IS NOT NULL OR s.asn IS NOT NULL OR s.is_proxy IS NOT NULL
          GROUP BY ALL),
        placed AS (SELECT *, row_number() OVER (PARTITION BY value ORDER BY latitude IS NULL, city IS NULL, country IS NULL, n DESC, city NULLS LAST, as_org NULLS LAST,
                 latitude NULLS LAST, longitude NULLS LAST, asn NULLS LAST, region NULLS LAST, country NULLS LAST) AS place FROM said_of),
        owned AS (SELECT *, row_number() OVER (PARTITION BY value ORDER BY as_org IS NULL, asn IS NULL, n DESC, as_org, asn) AS place FROM said_of),
        said_at_all AS (SELECT value, max(asn) AS asn, bool_or(is_proxy) AS is_proxy FROM said_of GROUP BY value)
        SELECT p.value, coalesce(o.asn, a.asn) AS asn, o.as_org, p.city, p.region, p.country, p.latitude, p.longitude, a.is_proxy
        FROM placed AS p JOIN owned AS o ON o.value = p.value AND o.place = 1 JOIN said_at_all AS a ON a.value = p.value WHERE p.place = 1"""
    )
    _owners(store)
    _from_databases(store, databases)
    store.execute(
        """CREATE OR REPLACE TABLE value_fact AS
        WITH held AS (
          SELECT kind, value, count(DISTINCT company || chr(31) || subject_id) AS holders, count(DISTINCT company) AS companies FROM sighting GROUP BY kind, value)
        SELECT h.kind, h.value, coalesce(t.asn, d.asn) AS asn, coalesce(t.as_org, d.as_org) AS as_org,
               CASE WHEN t.is_proxy THEN 'proxy' ELSE coalesce(o.network, d.network) END AS network,
               coalesce(t.city, d.city) AS city, coalesce(t.region, d.region) AS region,
               coalesce(k.code, t.country, d.country) AS country,
               coalesce(t.latitude, d.latitude) AS latitude, coalesce(t.longitude, d.longitude) AS longitude,
               h.holders, h.companies, CAST(NULL AS VARCHAR) AS infrastructure_of, CAST(NULL AS VARCHAR) AS lists
        FROM held AS h
        LEFT JOIN told AS t ON h.kind = 'ip' AND t.value = h.value
        LEFT JOIN found AS d ON h.kind = 'ip' AND d.value = h.value
        LEFT JOIN country_code AS k ON k.spelling = folded(coalesce(t.country, d.country))
        LEFT JOIN owner AS o ON o.asn = coalesce(t.asn, d.asn, -1) AND o.as_org = coalesce(t.as_org, d.as_org, '')"""
    )
    _neighbours(store)


def block(value: str) -> str:
    """SQL of the block that an address lies in."""
    return (
        f"coalesce(part_of({value}, '^([0-9]+[.][0-9]+[.][0-9]+)[.][0-9]+$'), "
        f"part_of({value}, '^([0-9a-f]+:[0-9a-f]+:[0-9a-f]+):'))"
    )


def _neighbours(store: Engine) -> None:
    """Kind of network of addresses of which nothing is said, where all that is known of their own network agrees.

    Shape: the autonomous system first, then the block (256 addresses of IPv4, a /48 of IPv6); two known ones at least.
    Why: one vendor names an owner or marks a proxy where another gives a number or nothing, for the same exits.
    """
    for same in ("CAST(asn AS VARCHAR)", block("value")):
        told = f"""(
          SELECT {same} AS neighbourhood, min(network) AS common FROM value_fact WHERE kind = 'ip' AND network IS NOT NULL AND {same} IS NOT NULL
          GROUP BY {same} HAVING count(*) >= 2 AND count(DISTINCT network) = 1) AS k"""
        where = f"kind = 'ip' AND value_fact.network IS NULL AND {same} = k.neighbourhood"
        store.fill_in("value_fact", {"network": "k.common"}, told, where)


def _owners(store: Engine) -> None:
    """`owner`: kind of network of each distinct (asn, owner's name), by the reference list."""
    known = rows("network_owners")
    by_asn = {row["asn"]: row["network"] for row in known if row["asn"]}
    patterns = [(row["name_pattern"], row["network"]) for row in known if row["name_pattern"]]
    asns: list[int] = []
    names: list[str] = []
    networks: list[str | None] = []
    for row in store.rows(
        "SELECT DISTINCT coalesce(asn, -1) AS asn, coalesce(as_org, '') AS as_org FROM told ORDER BY ALL"
    ):
        name = row["as_org"].lower()
        network = by_asn.get(str(row["asn"])) or next((n for p, n in patterns if p in name), None)
        asns.append(row["asn"])
        names.append(row["as_org"])
        networks.append(network)
    store.load(
        "owner",
        {"asn": asns, "as_org": names, "network": networks},
        {"asn": "BIGINT", "as_org": "VARCHAR", "network": "VARCHAR"},
    )


def _from_databases(store: Engine, databases: Sequence[str]) -> None:
    """`found`: what databases named in the settings say of the addresses seen."""
    columns = ("asn", "as_org", "network", "city", "region", "country", "latitude", "longitude")
    values = (
        [r["value"] for r in store.rows("SELECT DISTINCT value FROM sighting WHERE kind = 'ip' ORDER BY value")]
        if databases
        else []
    )
    known: dict[str, dict[str, Any]] = {value: {} for value in values}
    for name in databases:
        looked_up = _maxmind(Path(name), values) if name.endswith(".mmdb") else _ranges(Path(name), values)
        for value, told in looked_up.items():
            for column, what in told.items():
                known[value].setdefault(column, what)
    table: dict[str, list[Any]] = {
        "value": list(known),
        **{c: [told.get(c) for told in known.values()] for c in columns},
    }
    store.load("found", table, {"value": "VARCHAR", **{c: FACTS[c] for c in columns}})


def _maxmind(path: Path, values: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Answers of a MaxMind-format database (GeoLite2/GeoIP2 City and ASN, DB-IP, IPinfo layouts)."""
    try:
        reader = maxminddb.open_database(str(path))
    except (OSError, maxminddb.InvalidDatabaseError) as why:
        raise BadSettings(f"{path}: no readable MaxMind-format database") from why
    found: dict[str, dict[str, Any]] = {}
    with reader:
        for value in values:
            told = reader.get(value.split("/")[0])
            if isinstance(told, dict):
                found[value] = {k: v for k, v in _of_maxmind(told).items() if v is not None}
    return found


def _of_maxmind(told: Mapping[str, Any]) -> dict[str, Any]:
    def name(of: Any) -> Any:
        return of.get("names", {}).get("en") if isinstance(of, dict) else of

    place = told.get("location") if isinstance(told.get("location"), dict) else {}
    divisions = told.get("subdivisions") or []
    country = told.get("country")
    asn = str(told.get("autonomous_system_number") or told.get("asn") or "").upper().removeprefix("AS")
    return {
        "asn": int(asn) if asn.isdigit() else None,
        "as_org": told.get("autonomous_system_organization") or told.get("as_name"),
        "city": name(told.get("city")),
        "region": (divisions[0].get("iso_code") if divisions else None) or told.get("region"),
        "country": country.get("iso_code") if isinstance(country, dict) else country,
        "latitude": place.get("latitude") if place else _number(told.get("lat") or told.get("latitude")),
        "longitude": place.get("longitude") if place else _number(told.get("lng") or told.get("longitude")),
    }


def _number(text: Any) -> float | None:
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def _ranges(path: Path, values: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Answers of a CSV with `network`, or `first_ip` and `last_ip`, and any of the fact columns; ranges must not
    overlap.
    """
    starts: list[tuple[int, int]] = []
    told: list[tuple[int, dict[str, Any]]] = []
    try:
        with path.open(encoding="utf-8", newline="") as text:
            for row in csv.DictReader(text):
                first, last = _bounds(row)
                starts.append((first.version, int(first)))
                clean = {k: v for k, v in row.items() if k in FACTS and v and k not in ("kind", "value")}
                for column in ("latitude", "longitude"):
                    if column in clean:
                        clean[column] = float(clean[column])
                told.append((int(last), clean))
    except (OSError, ValueError, KeyError) as why:
        raise BadSettings(f"{path}: not a CSV of address ranges (network, or first_ip and last_ip)") from why
    order = sorted(range(len(starts)), key=starts.__getitem__)
    keys = [starts[i] for i in order]
    found: dict[str, dict[str, Any]] = {}
    for value in values:
        one = ipaddress.ip_address(value.split("/")[0])
        place = bisect_right(keys, (one.version, int(one))) - 1
        if place >= 0 and keys[place][0] == one.version and int(one) <= told[order[place]][0]:
            found[value] = told[order[place]][1]
    return found


def _bounds(row: Mapping[str, str]) -> tuple[Any, Any]:
    if row.get("network") and "/" in row["network"]:
        block = ipaddress.ip_network(row["network"], strict=False)
        return block[0], block[-1]
    return ipaddress.ip_address(row["first_ip"]), ipaddress.ip_address(row["last_ip"])
