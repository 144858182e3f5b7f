"""How telling a shared value is, estimated from the data: what share of values like it are a network's.

Why: honest people share too. People whom somebody met in person share values as other honest people do, and
stand-ins are hardly ever met; so among values of one likeness the share of those that a met person holds says how
many are honest. The catalogue's prior stands in where there is too little to learn from, and an estimate never
counts in full what chance could have brought.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp, log10, sqrt
from typing import Any

from bonafides.kinds.base import Kind
from bonafides.network.sharing import FAR_KM, LASTING_DAYS, MAIN_LINE, PERSONAL
from bonafides.store.engine import Engine

_PERSONAL = ", ".join(f"'{kind}'" for kind in PERSONAL)
# Values of one likeness that the prior counts for.
PRIOR_VALUES = 20.0
# So many people of each company on average are a team.
_A_TEAM = 3
# Standard deviations of chance that an excess must outdo before it counts.
_DOUBT = 2.0
# Share of a network's stand-ins whom somebody met in person nevertheless, and the least and the most (natural log) that
# a mix of holders may say: companies' rates are estimates.
_MET_STAND_INS, _LEAST_MIX, _MOST_MIX = 0.05, -6.0, 3.0


@dataclass(frozen=True)
class Hub:
    """One shared value as the estimate sees it."""

    kind: str
    value: str
    parties: int
    likeness: tuple[str, ...]
    prior: float
    held: float
    members: frozenset[str]  # its parties, where they are few; empty otherwise
    chance_met: float  # that a met person is among the holders, were they honest people of their companies
    is_met: bool
    mix: float  # natural log of how much likelier among networks' values it is who was met of them and who was not
    is_lead: bool = True


def weight(share: float, held: float, prior_stand_in: float) -> float:
    """Decibans for holding a value with people of whom nothing is known: a sum over both states of the value."""
    return 10 * log10(1 + share * max(0.0, held / prior_stand_in - 1))


def rates(store: Engine) -> None:
    """`met_rate`: which share of people each company met in person, by their arrangement, drawn towards that of all."""
    store.execute(
        """CREATE OR REPLACE TABLE met_rate AS
        WITH overall AS (
          SELECT work_arrangement, avg(CASE WHEN is_vouched THEN 1e0 ELSE 0e0 END) AS met FROM subject WHERE subject_kind = 'worker' GROUP BY work_arrangement)
        SELECT s.company, s.work_arrangement, rounded((count_if(s.is_vouched) + 5.0 * max(o.met)) / (count(*) + 5.0), 9) AS met
        FROM subject AS s JOIN overall AS o ON o.work_arrangement IS NOT DISTINCT FROM s.work_arrangement WHERE s.subject_kind = 'worker'
        GROUP BY s.company, s.work_arrangement"""
    )


def estimate(
    store: Engine, kinds: Mapping[str, Kind], prior_stand_in: float, learnt: Mapping[str, float] | None = None
) -> None:
    """`hub` and `hub_member`: shared values with their estimated share and weight; `likeness_share`, what was learnt.

    Shape: `learnt` are shares by likeness that a run before estimated; the data are not asked then.
    """
    few: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in store.rows(_FEW):
        few[row["kind"], row["value"]].add(row["party"])
    hubs = [hub_of(row, kinds, frozenset(few.get((row["kind"], row["value"]), ()))) for row in store.rows(_OBSERVED)]
    hubs = bundled(hubs, kinds)
    shares = shares_of(hubs)
    if learnt is not None:
        shares = {likeness: learnt.get(" ".join(likeness), share) for likeness, share in shares.items()}
    told = sorted((" ".join(likeness), share) for likeness, share in shares.items())
    store.load(
        "likeness_share",
        {"likeness": [name for name, _ in told], "share": [share for _, share in told]},
        {"likeness": "VARCHAR", "share": "DOUBLE"},
    )
    columns: dict[str, list[Any]] = defaultdict(list)
    for number, hub in enumerate(hubs):
        share = share_with(shares[hub.likeness], hub.mix) if hub.is_lead else 0.0
        columns["hub"].append(number)
        columns["kind"].append(hub.kind)
        columns["family"].append(kinds[hub.kind].family)
        columns["value"].append(hub.value)
        columns["likeness"].append(" ".join(hub.likeness))
        columns["parties"].append(hub.parties)
        columns["share"].append(round(share, 9))
        columns["held"].append(hub.held)
        columns["free"].append(1.0)
        columns["is_lead"].append(hub.is_lead)
        columns["weight"].append(round(weight(share, hub.held, prior_stand_in), 2))
    types = {
        "hub": "BIGINT", "kind": "VARCHAR", "family": "VARCHAR", "value": "VARCHAR", "likeness": "VARCHAR", "parties": "BIGINT",
        "share": "DOUBLE", "held": "DOUBLE", "free": "DOUBLE", "is_lead": "BOOLEAN", "weight": "DOUBLE",
    }  # fmt: skip
    store.load("hub", {name: columns[name] for name in types}, types)
    store.execute(
        "CREATE OR REPLACE TABLE hub AS SELECT *, CASE WHEN is_lead AND weight < 3 THEN 'crowd' END AS explained_by FROM hub"
    )
    store.execute(
        "CREATE OR REPLACE TABLE hub_member AS SELECT DISTINCT u.hub, h.company, h.subject_id, "
        f"CASE WHEN (u.kind = 'postal_address' AND u.likeness LIKE '%home%') OR u.kind IN ({_PERSONAL}) THEN h.who ELSE h.party END AS party FROM hub AS u JOIN holding AS h "
        "ON h.kind = u.kind AND h.value = u.value JOIN joined AS j ON j.kind = h.kind AND j.value = h.value "
        "AND j.company = h.company AND j.subject_id = h.subject_id WHERE u.explained_by IS NULL AND u.is_lead"
    )
    _persons(store, len(hubs), prior_stand_in)


# A person is the same everywhere but where an account or an identity was used at one employer only.
_SAME_PERSON, _OTHER_PERSON = 0.95, 0.05


def _persons(store: Engine, first: int, prior_stand_in: float) -> None:
    """Add one hub for each person with several engagements.

    Why: that one person has two employers is no evidence of anything and weighs nothing; but what is found out about
    the person at one of them holds at the other.
    """
    store.execute(
        f"""CREATE OR REPLACE TEMP TABLE same_person AS
        SELECT {first} + row_number() OVER (ORDER BY person) - 1 AS hub, person, count(*) AS engagements
        FROM subject WHERE person IS NOT NULL GROUP BY person HAVING count(*) > 1"""
    )
    store.execute(
        f"""INSERT INTO hub (hub, kind, family, value, likeness, parties, share, held, free, is_lead, weight)
        SELECT hub, 'government_id', 'person', person, 'government_id', 1, {prior_stand_in / _SAME_PERSON}, {_SAME_PERSON}, {_OTHER_PERSON}, true, 0.0
        FROM same_person"""
    )
    store.execute(
        "INSERT INTO hub_member SELECT p.hub, s.company, s.subject_id, s.company || chr(31) || s.subject_id FROM same_person AS p JOIN subject AS s ON s.person = p.person"
    )


def share_with(share: float, mix: float) -> float:
    """The share for one value, given who among its holders was met in person."""
    odds = share / (1 - share) * exp(max(_LEAST_MIX, min(_MOST_MIX, mix)))
    return odds / (1 + odds)


def bundled(hubs: list[Hub], kinds: Mapping[str, Kind]) -> list[Hub]:
    """The same hubs, those of the same two or three parties as one bundle:

    its most telling value leads, the others count for nothing more. What two of three parties share is of the
    bundle of the three, unless it is more telling than theirs.

    Why: people who share a home share its line, an account and a family's phone plan as well: one cause, however
    many values, and not all of a house share each of them. What such a bundle is worth is learnt over bundles of the
    same families, so what couples share weighs as couples' sharing does.
    """
    of: dict[frozenset[str], list[int]] = defaultdict(list)
    for n, hub in enumerate(hubs):
        if hub.members:
            of[hub.members].append(n)
    best = {members: max(places, key=lambda n: (_tells(hubs[n]), -n)) for members, places in of.items()}
    house: dict[str, list[frozenset[str]]] = defaultdict(list)
    for members in of:
        if len(members) == 3:
            for member in members:
                house[member].append(members)
    for pair in [members for members in of if len(members) == 2]:
        wider = [m for m in house[min(pair)] if pair < m and _tells(hubs[best[m]]) >= _tells(hubs[best[pair]])]
        if wider:
            of[max(wider, key=lambda m: (_tells(hubs[best[m]]), -best[m]))] += of.pop(pair)
    made = list(hubs)
    for members, places in of.items():
        lead = best[members]
        families = tuple(sorted({kinds[hubs[n].kind].family for n in places}))
        for n in places:
            made[n] = replace(hubs[n], is_lead=n == lead)
        if len(families) > 1:
            likeness = ("+".join(families), *hubs[lead].likeness[2:5])
            made[lead] = replace(
                made[lead],
                likeness=likeness,
                is_met=any(hubs[n].is_met for n in places),
            )
    return made


def _tells(hub: Hub) -> float:
    """How telling a value is before anything is learnt."""
    return hub.prior * hub.held


def shares_of(hubs: list[Hub]) -> dict[tuple[str, ...], float]:
    """Share of network values for each likeness (0..1)."""
    of: dict[tuple[str, ...], list[Hub]] = defaultdict(list)
    for hub in hubs:
        if hub.is_lead:
            of[hub.likeness].append(hub)
    return {likeness: _share(alike) for likeness, alike in of.items()}


def _share(alike: list[Hub]) -> float:
    prior = sum(h.prior for h in alike) / len(alike)
    chance = sum(h.chance_met for h in alike) / len(alike)
    met = sum(h.is_met for h in alike)
    # One met value more than seen: what a handful of values could hide. Without meetings at all, nothing is learnt.
    honest = (met + 1.0) / chance if chance > 0.01 else float(len(alike))
    spread = _DOUBT * sqrt(honest * max(0.0, 1 - chance) / chance) if chance > 0.01 else 0.0
    excess = max(0.0, len(alike) - honest - spread)
    known_honest = met / chance if chance > 0.01 else 0.0
    return (PRIOR_VALUES * prior + excess) / (PRIOR_VALUES + excess + min(known_honest, float(len(alike))))


def hub_of(row: Mapping[str, Any], kinds: Mapping[str, Kind], members: frozenset[str]) -> Hub:
    """One shared value as a row of what was observed tells it. Shape: `members` as in Hub."""
    parties = row["parties"]
    size = (
        "2" if parties == 2 else "3" if parties == 3 else "4-6" if parties <= 6 else "7-15" if parties <= 15 else "16+"
    )
    reach = "inside" if row["companies"] == 1 else "teams" if parties >= _A_TEAM * row["companies"] else "across"
    far = "unplaced" if row["far"] is None else "far" if row["far"] >= 0.5 else "near"
    is_exit = row["is_exit"]
    is_brief = (
        row["kind"] == "ip" and row["overlap"] < LASTING_DAYS and not (row["overlap"] >= 2 and row["part"] >= MAIN_LINE)
    )
    is_side = row["kind"] == "ip" and not is_brief and (row["part"] < MAIN_LINE or row["visited"])
    told, held = _standing(row["kind"], row["role"], reach, far, is_exit, is_brief, parties)
    if is_side:
        # Who has a line of their own as well visits this one: a VPN, a coworking space, a friend. A farm's computer has no other.
        told, held = told * 0.3, min(held, 0.2)
    if row["is_firms"]:
        # A firm's contractors share its account, its office and its line, its candidates its telephone and mailbox; whether
        # it is an agency nobody has written down.
        told, held = told * 0.1, min(held, 0.3)
    prior = kinds[row["kind"]].share(parties) * told
    likeness = (
        row["kind"],
        row["role"],
        size,
        reach,
        far,
        "exit" if is_exit else "firm" if row["is_firms"] else "line",
        "brief" if is_brief else "side" if is_side else "lasting",
    )
    return Hub(
        row["kind"],
        row["value"],
        parties,
        likeness,
        min(0.9, prior),
        held,
        members,
        1 - exp(row["log_unmet"]),
        bool(row["met"]),
        row["mix"],
    )


def _standing(
    kind: str, role: str, reach: str, far: str, is_exit: bool, is_brief: bool, parties: int
) -> tuple[float, float]:
    """How much likelier than its kind's prior a value of this likeness is a network's, and which share of a network
    value's holders are stand-ins.

    Why: colleagues share exits, desk phones and build machines with whoever else their company hired, and strangers
    share VPN exits, campuses and conferences with stand-ins, so one holder who is a stand-in says little of the
    others there. A home line or an account that people of several employers hold lets in nobody by chance;
    facilitators' families and honest lodgers are what remains.
    """
    told, held = 1.0, 0.8
    if kind in ("ip", "postal_address", "bank_account"):
        # Two people far apart may be a couple or kin; three homes far apart behind one line or account seldom are.
        told *= 2.0 if far == "far" and parties > 2 else 0.5 if far == "near" else 1.0
    if kind in ("resume", "profile") or far == "near":
        held = 0.5
    if role == "referee":
        told, held = told * 0.3, 0.3
    if role == "apply":
        told, held = told * 0.5, 0.4
    # An office's people live near it: three far apart by their own word, at one private door or on one home line, are
    # neither colleagues by chance nor a firm's.
    apart = far == "far" and parties > 2 and (role == "delivery" or (kind == "ip" and role == "own"))
    if apart and reach != "across":
        told, held = told * 0.5, 0.5
    elif reach == "inside":
        money = kind in ("bank_account", "wallet")
        told, held = told * (0.5 if money else 0.1), 0.5 if money else 0.1
    elif reach == "teams":
        # Who supplies several people to each of its clients is a firm, whether or not anybody entered it as agency; a
        # network puts one or two of its identities into a company.
        told, held = told * 0.03, 0.3
    if role == "delivery" and far == "far" and parties > 2:
        # Couples, flats and next tenants, whom the kind's prior counts with, do not live over a hundred kilometres apart.
        told *= 4.0
    if role == "delivery" and far == "near":
        # A couple or a neighbour takes in a parcel, and one company's people have an office; four parties' computers from
        # several companies at a door that is not all their home are no favour.
        told, held = (told * 2.0, 0.8) if parties > 3 and reach == "across" else (told * 0.5, 0.3)
    if is_exit:
        told, held = told * 0.05, 0.05
    if is_brief:
        told, held = told * 0.1, min(held, 0.1)
    return told, held


# Sums of fractions are rounded: their last digits depend on the order in which threads add.
# That somebody was not met counts half: whom a company meets depends on more than on arrangement and company. Whom
# several companies met is one person, who came with the one face or the one paper to all of them.
# Values with what joins their holders, as far as nothing innocent does. A shared home is taken as it is: all its
# holders are one household by their own word, and how many live behind one door is all that it says.
_OBSERVED = f"""
WITH open_pair AS (
  SELECT * FROM pair WHERE explained_by IS NULL
  UNION ALL SELECT p.* FROM pair AS p WHERE p.explained_by = 'household' AND p.kind = 'postal_address'),
ends AS (
  SELECT kind, value, a_company AS company, a AS subject_id FROM open_pair UNION SELECT kind, value, b_company, b FROM open_pair),
held AS (
  SELECT e.kind, e.value, h.who, h.party, h.company, h.is_vouched, coalesce(r.met, 0) AS rate, f.value AS firm, coalesce(o.own_days * 1e0 / o.days, 0) AS own_part
  FROM ends AS e JOIN holding AS h ON h.kind = e.kind AND h.value = e.value AND h.company = e.company AND h.subject_id = e.subject_id
  LEFT JOIN met_rate AS r ON r.company = h.company AND r.work_arrangement IS NOT DISTINCT FROM h.work_arrangement
  LEFT JOIN firm_of AS f ON f.company = h.company AND f.subject_id = h.subject_id
  LEFT JOIN on_lines AS o ON o.company = h.company AND o.subject_id = h.subject_id),
each AS (
  SELECT kind, value, who, min(CASE WHEN is_vouched AND rate > {_MET_STAND_INS} THEN ln({_MET_STAND_INS} / rate) END) AS met,
         sum(CASE WHEN NOT is_vouched AND rate > {_MET_STAND_INS} THEN 0.5 * ln((1 - {_MET_STAND_INS}) / (1 - least(0.95, rate))) END) AS unmet
  FROM held GROUP BY kind, value, who),
mixed AS (SELECT kind, value, rounded(sum(coalesce(met, 0.0) + coalesce(unmet, 0.0)), 9) AS mix FROM each GROUP BY kind, value),
people AS (
  SELECT kind, value, count(DISTINCT who) AS persons, count(DISTINCT party) AS parties, count(DISTINCT company) AS companies,
         rounded(sum(ln(1 - least(0.95, rate))), 9) AS log_unmet, bool_or(is_vouched) AS met,
         count(firm) = count(*) AND min(firm) = max(firm) AS is_firms, count_if(own_part >= {MAIN_LINE}) * 2 > count(*) AS visited
  FROM held GROUP BY kind, value),
spread AS (
  SELECT kind, value, median(pair_days) AS overlap, median(pair_part) AS part, avg(CASE WHEN distance_km IS NULL THEN NULL WHEN distance_km > {FAR_KM} THEN 1e0 ELSE 0e0 END) AS far
  FROM open_pair GROUP BY kind, value)
SELECT p.kind, p.value, CASE WHEN (p.kind = 'postal_address' AND v.role = 'home') OR p.kind IN ({_PERSONAL}) THEN p.persons ELSE p.parties END AS parties, p.companies, v.role, v.is_exit,
       s.overlap, s.part, s.far, p.log_unmet, m.mix, p.met, p.is_firms, p.visited AND v.is_unknown AS visited
FROM people AS p JOIN mixed AS m ON m.kind = p.kind AND m.value = p.value JOIN spread AS s ON s.kind = p.kind AND s.value = p.value JOIN shared AS v ON v.kind = p.kind AND v.value = p.value
WHERE p.persons > 1 ORDER BY p.kind, p.value"""


# Parties of values that few hold.
_FEW = """
SELECT DISTINCT h.kind, h.value, h.party FROM holding AS h
JOIN joined AS j ON j.kind = h.kind AND j.value = h.value AND j.company = h.company AND j.subject_id = h.subject_id
JOIN (SELECT h.kind, h.value FROM holding AS h JOIN joined AS j ON j.kind = h.kind AND j.value = h.value AND j.company = h.company
      AND j.subject_id = h.subject_id GROUP BY h.kind, h.value HAVING count(DISTINCT h.party) BETWEEN 2 AND 3) AS f
  ON f.kind = h.kind AND f.value = h.value"""


def ties(store: Engine) -> None:
    """`tie`: every pair over a shared value, also the explained ones: they show why nobody was blamed."""
    store.execute(
        """CREATE OR REPLACE TABLE tie AS
        SELECT p.a_company, p.a, p.b_company, p.b, p.kind, u.family, p.value, v.holders, p.overlap_days, rounded(p.distance_km, 1) AS distance_km,
               CASE WHEN coalesce(p.explained_by, u.explained_by) IN ('person', 'agency', 'company', 'succession', 'crowd') THEN 0.0
                    WHEN p.explained_by = 'household' THEN CASE WHEN p.kind = 'postal_address' THEN coalesce(u.weight, 0.0) ELSE 0.0 END
                    ELSE coalesce(u.weight, 0.0) END AS weight,
               u.share, coalesce(p.explained_by, u.explained_by, CASE WHEN u.hub IS NULL THEN 'crowd' END) AS explained_by, p.first_at, p.last_at, p.a_ref, p.b_ref
        FROM pair AS p JOIN shared AS v ON v.kind = p.kind AND v.value = p.value
        LEFT JOIN hub AS u ON u.kind = p.kind AND u.value = p.value"""
    )


def joined(store: Engine) -> None:
    """`joined`: holders of each value whom something unexplained, or one shared door, joins to another holder."""
    store.execute(
        """CREATE OR REPLACE TEMP TABLE joined AS
        SELECT kind, value, a_company AS company, a AS subject_id FROM pair WHERE explained_by IS NULL OR (explained_by = 'household' AND kind = 'postal_address')
        UNION SELECT kind, value, b_company, b FROM pair WHERE explained_by IS NULL OR (explained_by = 'household' AND kind = 'postal_address')"""
    )
