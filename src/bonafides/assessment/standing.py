"""What is thought of each subject: probabilities, explanation, tier, claims, and what to test next."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bonafides.assessment.networks import Group, Subject, groups
from bonafides.assessment.propagation import Beliefs, Floats, propagate
from bonafides.assessment.scores import HYPOTHESES, sums
from bonafides.settings import Settings
from bonafides.store.duckdb import Store, quoted

ALL = ("genuine", *HYPOTHESES)
# Claims in the order of what testing one costs, with the step; every step is offered to every worker alike.
STEPS: tuple[tuple[str, str], ...] = (
    ("payee", "ask the bank or payroll provider to confirm the account's owner"),
    ("location", "ask where the person works from, and compare with the device's own position"),
    ("custody", "ask to show the company's computer and its serial number in a live call"),
    ("identity", "check the document and the face in a live call, with an alternative for who cannot"),
    ("history", "call former employers on numbers found independently"),
    ("exclusivity", "ask about other engagements"),
    ("authorship", "talk through recent work in a live call"),
    ("stewardship", "review what was accessed with the team's lead"),
)
_TELLS: dict[frozenset[str], tuple[str, ...]] = {
    frozenset({"genuine", "stand_in"}): ("payee", "custody", "identity", "location"),
    frozenset({"elsewhere", "stand_in"}): ("payee", "identity", "custody"),
    frozenset({"overextended", "stand_in"}): ("payee", "identity", "custody"),
    frozenset({"hijacked", "stand_in"}): ("custody", "identity"),
    frozenset({"genuine", "elsewhere"}): ("location",),
    frozenset({"genuine", "overextended"}): ("exclusivity",),
    frozenset({"genuine", "hijacked"}): ("authorship", "custody"),
    frozenset({"elsewhere", "overextended"}): ("location", "exclusivity"),
    frozenset({"elsewhere", "hijacked"}): ("location", "custody"),
    frozenset({"hijacked", "overextended"}): ("exclusivity", "custody"),
}
# Ties alone may lift somebody without a finding of their own by `settings.tie_cap`, others by so much.
CAP_WITH_FINDING = 60.0
WAGES_AT_STAKE = 25_000.0
# The share of a value's holders whom a network puts there: below it strangers meet at the value, an exit, a line that
# all visit or what colleagues use, and two networks that do so are two.
HOLDS = 0.25


@dataclass(frozen=True)
class Outcome:
    """What belief propagation came to.

    Shape: one entry a subject in `subjects`, `score` and `probability` (columns in the order of ALL); `allowed` are
    those whom the evidence may bring to `review`.
    """

    subjects: list[Subject]
    score: Floats
    probability: Floats
    networks: list[Group]
    beliefs: Beliefs
    allowed: set[Subject]


def assess(
    store: Store, settings: Settings, before: Mapping[Subject, str], core: Iterable[str], sharing: Iterable[str]
) -> Outcome:
    """Ties on top of prior and findings: adds their contributions; answers probabilities and networks.

    Shape: `before` gives each subject's network in the run before; `core` names the indicators of a core basis, `sharing`
    those that ask what people share.
    """
    own = sums(store)
    subjects = [(row["company"], row["subject_id"]) for row in own]
    place = {subject: n for n, subject in enumerate(subjects)}
    logs = np.array([[row[h] for h in HYPOTHESES] for row in own], dtype=np.float64).reshape(-1, len(HYPOTHESES))
    edges, hubs = _edges(store, place)
    beliefs = _ties(store, settings, subjects, logs, edges, hubs, sharing)
    score = _scores(store)
    table = np.column_stack([np.zeros(len(subjects)), score])
    odds = np.power(10.0, (table - table.max(axis=1, keepdims=True)) / 10)
    probability = odds / odds.sum(axis=1, keepdims=True)
    stand_in = probability[:, ALL.index("stand_in")]
    likely = {i for i, p in enumerate(stand_in) if p >= settings.network_at}
    allowed = _allowed(store, core, sharing)
    found = [
        group
        for group in groups(
            subjects, joining(edges, hubs, likely), list(map(float, stand_in)), settings.review_at, before
        )
        if sum(member in allowed for member in group.members) > 1
    ]
    return Outcome(subjects, score, probability, found, beliefs, allowed)


def _edges(store: Store, place: Mapping[Subject, int]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    edges = store.rows(
        "SELECT m.hub, company, subject_id, party FROM hub_member AS m ORDER BY hub, company, subject_id"
    )
    for edge in edges:
        edge["holder"] = place[edge["company"], edge["subject_id"]]
    return edges, store.rows("SELECT hub, kind, family, value, share, held, free FROM hub ORDER BY hub")


def joining(
    edges: Iterable[Mapping[str, Any]], hubs: Iterable[Mapping[str, Any]], likely: set[int]
) -> dict[int, list[int]]:
    """Values that make one network of those who are likely and hold them, each with these holders."""
    holds = {row["hub"] for row in hubs if row["held"] >= HOLDS}
    held = {h: [i for i in holders if i in likely] for h, holders in _held(edges).items() if h in holds}
    return {h: holders for h, holders in held.items() if len(holders) > 1}


def _held(edges: Iterable[Mapping[str, Any]]) -> dict[int, list[int]]:
    held: dict[int, list[int]] = defaultdict(list)
    for edge in edges:
        held[edge["hub"]].append(edge["holder"])
    return held


def _ties(
    store: Store,
    settings: Settings,
    subjects: Sequence[Subject],
    logs: Floats,
    edges: list[dict[str, Any]],
    hubs: list[dict[str, Any]],
    sharing: Iterable[str],
) -> Beliefs:
    rest = np.column_stack([np.zeros(len(subjects)), logs[:, : HYPOTHESES.index("stand_in")]])
    own = logs[:, HYPOTHESES.index("stand_in")] - 10 * np.log10(np.power(10.0, rest / 10).sum(axis=1))
    with_finding = {
        (row["company"], row["subject_id"])
        for row in store.rows(
            "SELECT DISTINCT company, subject_id FROM contribution WHERE step = 'finding' AND stand_in > 0"
        )
    }
    cap = np.array([CAP_WITH_FINDING if s in with_finding else settings.tie_cap for s in subjects])
    of_hub = {hub["hub"]: hub for hub in hubs}
    beliefs = propagate(
        own,
        np.array([e["hub"] for e in edges], dtype=np.int64),
        np.array([e["holder"] for e in edges], dtype=np.int64),
        np.unique([_cause_of_tie(of_hub[e["hub"]]["family"]) for e in edges], return_inverse=True)[1].astype(np.int64),
        np.unique([e["party"] for e in edges], return_inverse=True)[1].astype(np.int64),
        np.array([hub["share"] for hub in hubs], dtype=np.float64),
        np.array([hub["held"] for hub in hubs], dtype=np.float64),
        np.array([hub["free"] for hub in hubs], dtype=np.float64),
        settings.prior_stand_in,
        cap,
        *told_already(store, edges, sharing, settings.shrink),
    )
    _contribute(store, subjects, edges, of_hub, beliefs, cap)
    return beliefs


def _cause_of_tie(family: str) -> str:
    """The family, but one for a door and the line behind it.

    Why: whoever lives in a house, or whose computer stands there, has both; what one of them says of the others the other
    says again. That they are two things against a claim to live elsewhere is `_allowed`'s business.
    """
    return "house" if family in ("network", "place") else family


def told_already(
    store: Store, edges: Sequence[Mapping[str, Any]], sharing: Iterable[str], shrink: float
) -> tuple[Floats, Floats]:
    """Decibans of each holder's findings that are no news along a value: to the others, and to the holder.

    Shape: two numbers an edge; `sharing` names the indicators that ask what people share, each a finding at all of them.
    To the others is none what one of them has as well, the same finding on the same value: of another cause so much is as
    causes are never quite independent (`shrink`), and what is found of one person twice is found once. To the holder
    is none what findings of the value's cause gave for holding such values.
    """
    of = _ONE_CAUSE | {family: family for family in _ONE_CAUSE.values()}
    store.load(
        "cause_of",
        {"cause": list(of), "tie": [_cause_of_tie(family) for family in of.values()]},
        {"cause": "VARCHAR", "tie": "VARCHAR"},
    )
    rows = store.rows(
        f"""WITH shared AS (
          SELECT m.hub, m.company, m.subject_id, h.free < 1 AS is_person, c.stand_in, coalesce(f.tie, c.cause) = coalesce(v.tie, h.family) AS is_cause,
                 count(*) OVER (PARTITION BY m.hub, c.what, c.value) > 1 AS is_twice
          FROM contribution AS c JOIN hub_member AS m ON m.company = c.company AND m.subject_id = c.subject_id JOIN hub AS h ON h.hub = m.hub
          LEFT JOIN cause_of AS f ON f.cause = c.cause LEFT JOIN cause_of AS v ON v.cause = h.family
          WHERE c.step = 'finding' AND c.is_counted AND c.value IS NOT NULL
            AND (h.free < 1 OR (c.stand_in > 0 AND c.what IN ({_listed(sharing)}))))
        SELECT hub, company, subject_id,
               rounded(coalesce(sum(CASE WHEN is_person OR is_cause THEN stand_in ELSE {1 - shrink} * stand_in END) FILTER (WHERE is_twice), 0), 6) AS echo,
               rounded(coalesce(sum(stand_in) FILTER (WHERE is_cause AND NOT is_person), 0), 6) AS given
        FROM shared GROUP BY hub, company, subject_id"""
    )
    told = {(row["hub"], row["company"], row["subject_id"]): (row["echo"], row["given"]) for row in rows}
    found = [told.get((edge["hub"], edge["company"], edge["subject_id"]), (0.0, 0.0)) for edge in edges]
    echo, given = np.array(found, dtype=np.float64).reshape(-1, 2).T
    return echo, given


def _contribute(
    store: Store,
    subjects: Sequence[Subject],
    edges: list[dict[str, Any]],
    of_hub: Mapping[int, Mapping[str, Any]],
    beliefs: Beliefs,
    cap: Floats,
) -> None:
    """One contribution a tie that counts, and one that takes back what lies over the cap."""
    rows: list[tuple[int, str, str, str | None, float, str | None]] = []
    total: dict[int, float] = defaultdict(float)
    for n, edge in enumerate(edges):
        message = round(float(beliefs.message[n]), 2)
        if beliefs.counted[n] and message:
            hub = of_hub[edge["hub"]]
            rows.append((edge["holder"], "tie", hub["kind"], hub["value"], message, hub["family"]))
            total[edge["holder"]] += message
    for holder, sum_of in sorted(total.items()):
        if sum_of > cap[holder]:
            rows.append((holder, "cap", "ties", None, round(float(cap[holder]) - round(sum_of, 2), 2), None))
    store.load(
        "told_by_ties",
        {
            "company": [subjects[r[0]][0] for r in rows],
            "subject_id": [subjects[r[0]][1] for r in rows],
            "step": [r[1] for r in rows],
            "what": [r[2] for r in rows],
            "value": [r[3] for r in rows],
            "stand_in": [r[4] for r in rows],
            "cause": [r[5] for r in rows],
        },
        {
            "company": "VARCHAR",
            "subject_id": "VARCHAR",
            "step": "VARCHAR",
            "what": "VARCHAR",
            "value": "VARCHAR",
            "stand_in": "DOUBLE",
            "cause": "VARCHAR",
        },
    )
    zero = ", ".join("0.0" for h in HYPOTHESES if h != "stand_in")
    store.execute(
        f"INSERT INTO contribution SELECT company, subject_id, step, what, value, {zero}, stand_in, cause, true FROM told_by_ties"
    )


def _scores(store: Store) -> Floats:
    return np.array([[row[h] for h in HYPOTHESES] for row in sums(store)], dtype=np.float64).reshape(
        -1, len(HYPOTHESES)
    )


def conclude(store: Store, settings: Settings, outcome: Outcome) -> None:
    """`assessment`: one row a subject."""
    network_of = {m: g.network_id for g in outcome.networks for m in g.members}
    claims = _claims(store)
    stakes = {(r["company"], r["subject_id"]): r for r in store.rows(_STAKES)}
    columns: dict[str, list[Any]] = defaultdict(list)
    for n, subject in enumerate(outcome.subjects):
        p = outcome.probability[n]
        order = sorted(range(len(ALL)), key=lambda i: (-p[i], i))
        first, second = ALL[order[0]], ALL[order[1]]
        stake = stakes[subject]
        told = claims.get(subject, {})
        stand_in = float(p[-1])
        tier = _tier(settings, stand_in, first, stake, subject in outcome.allowed)
        row = {
            "company": subject[0],
            "subject_id": subject[1],
            "subject_kind": stake["subject_kind"],
            **{h: float(p[i]) for i, h in enumerate(ALL)},
            "explanation": first,
            "runner_up": second,
            "tier": tier,
            "decibans": float(outcome.score[n][HYPOTHESES.index("stand_in")]),
            "network_id": network_of.get(subject),
            "corroborated": told.get("corroborated", ""),
            "contradicted": told.get("contradicted", ""),
            "untested": told.get("untested", ""),
            "test_next": _next(first, second, told) if tier != "clear" else None,
            "at_stake": stake["controls"],
            "wages": stake["wages"],
        }
        for name, value in row.items():
            columns[name].append(value)
    types = {
        **dict.fromkeys(("company", "subject_id", "subject_kind"), "VARCHAR"),
        **dict.fromkeys(ALL, "DOUBLE"),
        **dict.fromkeys(("explanation", "runner_up", "tier"), "VARCHAR"),
        "decibans": "DOUBLE",
        **dict.fromkeys(("network_id", "corroborated", "contradicted", "untested", "test_next", "at_stake"), "VARCHAR"),
        "wages": "DOUBLE",
    }
    store.load("assessment", {name: columns[name] for name in types}, types)


def _tier(settings: Settings, stand_in: float, first: str, stake: Mapping[str, Any], is_allowed: bool) -> str:
    if stand_in >= settings.review_at and is_allowed:
        at_stake = stake["controls"] is not None or stake["wages"] >= WAGES_AT_STAKE
        return "urgent" if stand_in >= settings.urgent_at and at_stake else "review"
    return "watch" if stand_in >= settings.watch_at or first != "genuine" else "clear"


def _next(first: str, second: str, told: Mapping[str, str]) -> str:
    """The cheapest claim that tells the two explanations apart: an untested one before a contradicted one."""
    telling = _TELLS.get(frozenset({first, second}), ("identity",))
    for having in ("untested", "contradicted"):
        for claim, step in STEPS:
            if claim in telling and claim in told.get(having, "").split(";"):
                return f"{claim}: {step}"
    return next(f"{claim}: {step}" for claim, step in STEPS if claim in telling)


_STAKES = """
WITH touched AS (
  SELECT a.company, a.subject_id, t.control FROM activity AS a JOIN asset AS t ON t.company = a.company AND lower(t.asset) = lower(a.target)
  WHERE a.subject_id IS NOT NULL AND t.control IS NOT NULL
  UNION SELECT c.company, c.subject_id, t.control FROM commit AS c JOIN asset AS t ON t.company = c.company AND lower(t.asset) = lower(c.repository)
  WHERE c.subject_id IS NOT NULL AND t.control IS NOT NULL),
listed AS (SELECT company, subject_id, min(control) || CASE WHEN count(DISTINCT control) > 1 THEN ';' || max(control) ELSE '' END AS controls FROM touched GROUP BY ALL)
SELECT s.company, s.subject_id, s.subject_kind, s.wages, l.controls FROM subject AS s
LEFT JOIN listed AS l ON l.company = s.company AND l.subject_id = s.subject_id"""


# Groups of findings and families of ties that one cause makes.
_ONE_CAUSE = {
    "lan-cohabitation": "network",
    "vpn": "network",
    "shipping": "place",
    "payee-graph": "money",
    "contact-graph": "contact",
    "mfa": "contact",
    "resume-graph": "text",
    "code-graph": "code",
    "attached": "device",
    "device-mode": "device",
}
# Decibans from which a cause counts as one of its own.
_OWN_CAUSE = 5.0
# The same where it takes three.
_THIRD_CAUSE = 3.0


def _allowed(store: Store, core: Iterable[str], sharing: Iterable[str]) -> set[Subject]:
    """Who may reach `review`.

    Shape: a finding of a core basis of their own, or an unexplained tie to somebody who has one; and two independent
    causes at least, since one shared thing is a coincidence until a second one meets it. What is found out about the
    same person at another employer is a cause of its own. Of who only applied there is neither a computer nor pay nor a
    check yet, so that nothing of a core basis can be found: what they share with strangers by three independent causes
    does (telephone, text, referees, say).
    Why: line and door are two causes for whoever claims to live elsewhere. For whoever claims that very door they are
    one: living there, which lodgers of a facilitator do as well.
    """
    rows = store.rows(
        f"""WITH own AS (SELECT DISTINCT company, subject_id FROM contribution WHERE step = 'finding' AND is_counted AND stand_in > 0 AND what IN ({_listed(core)})),
        hubs AS (SELECT DISTINCT m.hub FROM hub_member AS m JOIN own AS o ON o.company = m.company AND o.subject_id = m.subject_id)
        SELECT company, subject_id FROM own UNION
        SELECT m.company, m.subject_id FROM hub_member AS m JOIN hubs AS h ON h.hub = m.hub"""
    )
    causes: dict[Subject, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    shared: dict[Subject, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in store.rows(
        f"""WITH door AS (
          SELECT DISTINCT c.company, c.subject_id FROM contribution AS c JOIN sighting AS g ON g.company = c.company AND g.subject_id = c.subject_id
          AND g.kind = 'postal_address' AND g.value = c.value AND g.via IN ('worker:address', 'application:address') WHERE c.cause IN ('place', 'shipping'))
        SELECT c.company, c.subject_id, c.cause, c.stand_in, d.subject_id IS NOT NULL AS is_at_home, s.subject_kind,
               (c.step = 'tie' AND c.cause <> 'person') OR c.what IN ({_listed(sharing)}) AS is_shared FROM contribution AS c
        JOIN subject AS s ON s.company = c.company AND s.subject_id = c.subject_id
        LEFT JOIN door AS d ON d.company = c.company AND d.subject_id = c.subject_id
        WHERE c.is_counted AND c.stand_in > 0 AND c.cause IS NOT NULL ORDER BY ALL"""
    ):
        cause = _ONE_CAUSE.get(row["cause"], row["cause"])
        if row["is_at_home"] and cause == "network":
            cause = "place"
        causes[row["company"], row["subject_id"]][cause] += row["stand_in"]
        if row["subject_kind"] == "applicant" and row["is_shared"]:
            shared[row["company"], row["subject_id"]][cause] += row["stand_in"]
    several = {subject for subject, found in causes.items() if sum(w >= _OWN_CAUSE for w in found.values()) > 1}
    applied = {subject for subject, found in shared.items() if sum(w >= _THIRD_CAUSE for w in found.values()) > 2}
    return {(row["company"], row["subject_id"]) for row in rows} & several | applied


def _listed(names: Iterable[str]) -> str:
    """Names as the inside of an SQL list, which may not be empty."""
    return ", ".join(map(quoted, sorted(names))) or "''"


def _claims(store: Store) -> dict[Subject, dict[str, str]]:
    """Claims of each subject by what became of them:

    corroborated, contradicted, untested; `;` between, in alphabetical order.
    """
    found: dict[Subject, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in store.rows("SELECT company, subject_id, claim, standing FROM claim_standing ORDER BY ALL"):
        found[row["company"], row["subject_id"]][row["standing"]].append(row["claim"])
    return {
        subject: {standing: ";".join(claims) for standing, claims in told.items()} for subject, told in found.items()
    }
