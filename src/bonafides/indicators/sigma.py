"""Rules in Sigma's format, run over record tables: each becomes an indicator under the claim that a mapping names.

Why: pySigma reads the rules; the SQL is ours (`sigma_sql`), since published back ends drop correlations' windows.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from bonafides.errors import BadSettings
from bonafides.indicators.base import BASES, CLAIMS, CORE, HYPOTHESES, Indicator
from bonafides.indicators.sigma_sql import CannotRunError, LacksError, Place, correlated, events_of, matching
from bonafides.records.base import COMMON, Table
from bonafides.settings import yaml_of

if TYPE_CHECKING:
    from sigma.correlations import SigmaCorrelationRule
    from sigma.rule import SigmaRule

    Rule = SigmaRule | SigmaCorrelationRule

_KEYS = frozenset({"rules", "logsources", "claims"})
_CLAIM_KEYS = frozenset({"claim", "weights", "group", "basis"})
# Decibans for `hijacked` where the mapping names none, by the rule's own level; half as much for `stand_in`. Nobody
# measures how likely a rule is among honest people: author's judgement, and small.
_LEVELS = {"informational": 0.0, "low": 0.5, "medium": 1.0, "high": 2.0, "critical": 3.0}


@dataclass(frozen=True)
class Unrun:
    """A rule that is not run. Shape: `is_skipped` where the records lack a field; else nobody can run it as it is."""

    id: str
    title: str
    claim: str
    why: str
    is_skipped: bool


@dataclass(frozen=True)
class Rules:
    """What a mapping and its rules come to. Shape: both by id."""

    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    unrun: Mapping[str, Unrun] = field(default_factory=dict)


NO_RULES = Rules()


def told(rule: Indicator) -> dict[str, Any]:
    """A rule's indicator as JSON-ready values, for the manifest of a run; `untold` makes it again."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(rule)))
    return plain


def untold(values: Mapping[str, Any]) -> Indicator:
    """The indicator that a manifest tells of."""
    lists = ("benign", "reads", "attack", "refs", "catalogue")
    needs = tuple(tuple((t, c) for t, c in need) for need in values["needs"])
    return Indicator(**{**values, **{name: tuple(values[name]) for name in lists}, "needs": needs})


def load(paths: Iterable[str | Path], tables: Mapping[str, Table]) -> Rules:
    """Indicators of all rules that the mapping files name, and those that cannot be run, each with the reason.

    Raises: BadSettings naming the file, where a mapping cannot be read or is written wrongly.
    """
    found, unrun = dict[str, Indicator](), dict[str, Unrun]()
    for path in map(Path, paths):
        made = _load(path, tables)
        found |= made.indicators
        unrun |= made.unrun
    return Rules(dict(sorted(found.items())), dict(sorted(unrun.items())))


def _load(path: Path, tables: Mapping[str, Table]) -> Rules:
    told = _mapping(path)
    places = [_place(path, one, tables) for one in told["logsources"]]
    files = sorted({p for pattern in told["rules"] for p in path.parent.glob(str(pattern)) if p.is_file()})
    if not files:
        raise BadSettings(f"{path}: no rule lies where `rules` says")
    found, unrun = dict[str, Indicator](), dict[str, Unrun]()
    rules = [(file, rule) for file in files for rule in _rules(file)]
    named = {str(key): rule for _, rule in rules for key in (rule.name, rule.id) if key}
    for file, rule in rules:
        same = sum(other == file for other, _ in rules) > 1
        name = "sigma_" + _slug(str(rule.name or rule.title) if same else file.stem)
        claim = _claim(path, told["claims"], rule, file)
        try:
            if rule.errors:
                raise CannotRunError("; ".join(str(error) for error in rule.errors))
            if claim is None:
                raise CannotRunError("the mapping names no claim for it")
            found[name] = _indicator(name, rule, claim, places, named, _digest(path, file))
        except LacksError as why:
            unrun[name] = Unrun(name, rule.title, (claim or {}).get("claim", "stewardship"), str(why), True)
        except CannotRunError as why:
            unrun[name] = Unrun(name, rule.title, (claim or {}).get("claim", "stewardship"), str(why), False)
    return Rules(found, unrun)


def _digest(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def _mapping(path: Path) -> dict[str, Any]:
    told = yaml_of(path, "a mapping of Sigma rules")
    if not isinstance(told, dict) or set(told) != _KEYS:
        raise BadSettings(f"{path}: a mapping of Sigma rules has the keys {', '.join(sorted(_KEYS))}")
    if not (isinstance(told["rules"], list) and isinstance(told["logsources"], list)):
        raise BadSettings(f"{path}: rules and logsources are lists")
    if not isinstance(told["claims"], dict):
        raise BadSettings(f"{path}: claims maps rules to claims, `default` to that of all others")
    return told


def _place(path: Path, told: Any, tables: Mapping[str, Table]) -> Place:
    if not isinstance(told, dict) or not {"logsource", "table"} <= set(told) <= {"logsource", "table", "fields"}:
        raise BadSettings(f"{path}: a log source has logsource, table and fields")
    if told["table"] not in tables:
        raise BadSettings(f"{path}: no record table is called {told['table']}")
    fields = {str(k).lower(): str(v) for k, v in (told.get("fields") or {}).items()}
    table = tables[told["table"]]
    if unknown := set(fields.values()) - {c.name for c in (*COMMON, *table.columns)}:
        raise BadSettings(f"{path}: {table.name} has no column {min(unknown)}")
    if table.time is None or not table.reaches:
        raise BadSettings(f"{path}: {table.name} holds no dated events of people")
    return Place({k: str(v).lower() for k, v in told["logsource"].items()}, table, fields)


def _claim(path: Path, claims: Mapping[str, Any], rule: "Rule", file: Path) -> Mapping[str, Any] | None:
    keys = (file.stem, str(rule.id or ""), rule.title, str(rule.name or ""), "default")
    told = next((claims[key] for key in keys if key in claims), None)
    if told is None:
        return None
    if not isinstance(told, dict) or set(told) - _CLAIM_KEYS or told.get("claim") not in CLAIMS:
        raise BadSettings(
            f"{path}: claims give {', '.join(sorted(_CLAIM_KEYS))}; a claim is one of {', '.join(CLAIMS)}"
        )
    if set(told.get("weights") or {}) - set(HYPOTHESES):
        raise BadSettings(f"{path}: weights are given for {', '.join(HYPOTHESES)}")
    if told.get("basis", "behaviour") not in BASES or told.get("basis") in CORE:
        raise BadSettings(f"{path}: basis is one of {', '.join(b for b in BASES if b not in CORE)}")
    return told


def _rules(file: Path) -> list["Rule"]:
    from sigma.collection import SigmaCollection
    from sigma.exceptions import SigmaError

    try:
        return list(SigmaCollection.from_yaml(file.read_text("utf-8"), True, resolve_references=False).rules)
    except (SigmaError, yaml.YAMLError, OSError, UnicodeDecodeError) as why:
        raise BadSettings(f"{file}: no rule in Sigma's format: {str(why).splitlines()[0]}") from why


def _indicator(
    name: str,
    rule: "Rule",
    claim: Mapping[str, Any],
    places: Sequence[Place],
    named: Mapping[str, "Rule"],
    digest: str,
) -> Indicator:
    from sigma.correlations import SigmaCorrelationRule

    if isinstance(rule, SigmaCorrelationRule):
        sql, events = correlated(rule, places, named)
    else:
        one = events_of(rule, places)
        sql, events = matching(one), [one]
    level = _LEVELS[rule.level.name.lower() if rule.level else "medium"]
    weights = {"elsewhere": 0.0, "overextended": 0.0, "hijacked": level, "stand_in": level / 2}
    title = " ".join(str(rule.title).split())
    needs = sorted({(e.place.table.name, column) for e in events for column in e.columns})
    return Indicator(
        id=name,
        title=title,
        claim=claim["claim"],
        basis=claim.get("basis", "behaviour"),
        says=f"{{times}} events since {{first_at}} fit the Sigma rule “{title.replace('{', '{{').replace('}', '}}')}”.",
        benign=tuple(map(str, rule.falsepositives)) or ("what the rule's authors did not foresee",),
        resolve="look at the events together with the person",
        reads=tuple(sorted({e.place.table.name for e in events})),
        needs=tuple(((table, column),) for table, column in needs),
        weights=weights | {h: float(w) for h, w in (claim.get("weights") or {}).items()},
        why=f"A rule of level {rule.level.name.lower() if rule.level else 'medium'}; weights as the mapping or, small, the level says.",
        group=claim.get("group", name),
        state="live",
        attack=tuple(str(tag.name).upper() for tag in rule.tags if tag.namespace == "attack" and tag.name[:1] == "t"),
        refs=tuple(map(str, rule.references)),
        catalogue=(),
        sql=sql,
        digest=digest,
    )
