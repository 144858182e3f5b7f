"""Rules in Sigma's format, run over record tables: each becomes an indicator under the claim that a mapping names.

Why: pySigma reads the rules; the SQL is ours (`sigma_sql`), since published back ends drop correlations' windows.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain, count
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from bonafides.errors import BadSettings
from bonafides.indicators.base import BASES, CLAIMS, CORE, HYPOTHESES, Indicator
from bonafides.indicators.sigma_sql import (
    CannotRunError,
    LacksError,
    Place,
    correlated,
    events_of,
    matching,
    refuse_faulty,
)
from bonafides.records.base import COMMON, Table
from bonafides.settings import yaml_of

if TYPE_CHECKING:
    from sigma.collection import SigmaCollection
    from sigma.correlations import SigmaCorrelationRule
    from sigma.filters import SigmaFilter
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
        if twice := {*found, *unrun} & {*made.indicators, *made.unrun}:
            raise BadSettings(f"{path}: another mapping has a rule that is called {min(twice)} as well")
        found |= made.indicators
        unrun |= made.unrun
    return Rules(dict(sorted(found.items())), dict(sorted(unrun.items())))


def _load(path: Path, tables: Mapping[str, Table]) -> Rules:
    told = _mapping(path)
    places = [_place(path, one, tables) for one in told["logsources"]]
    files = _files(path, told["rules"])
    if not files:
        raise BadSettings(f"{path}: no rule lies where `rules` says")
    rules = _rules(files)
    _known(path, told["claims"], rules)
    named = {str(key): read.rule for read in rules if read.rule for key in (read.rule.name, read.rule.id) if key}
    found, unrun = dict[str, Indicator](), dict[str, Unrun]()
    for name, read in zip(_names(path.parent, rules), rules, strict=True):
        claim = _claim(path, told["claims"], read)
        try:
            if read.rule is None:
                raise CannotRunError(read.why)
            refuse_faulty(read.rule)
            if claim is None:
                raise CannotRunError("the mapping names no claim for it")
            found[name] = _indicator(name, read.rule, claim, places, named, (path, read.file))
        except (LacksError, CannotRunError) as why:
            of = (claim or {}).get("claim", "stewardship")
            unrun[name] = Unrun(name, read.title, of, str(why), isinstance(why, LacksError))
    return Rules(found, unrun)


def _names(root: Path, rules: Sequence["_Read"]) -> list[str]:
    """What each rule's indicator is called: after the file, where that holds several the rule, where two files are called
    so their folders too, and by a number where all that is the same.
    """
    held = Counter(read.file for read in rules)
    stems = Counter(file.stem for file in held)
    names = list[str]()
    for read in rules:
        file = read.file.relative_to(root).with_suffix("") if stems[read.file.stem] > 1 else Path(read.file.stem)
        own = read.name or read.title if held[read.file] > 1 else ""
        called = _slug(own if own and stems[read.file.stem] == 1 else f"{file} {own}")
        numbered = (f"sigma_{called}_{n}" for n in count(2))
        names.append(next(name for name in chain([f"sigma_{called}"], numbered) if name not in names))
    return names


def _digest(sql: str, *paths: Path) -> str:
    """Of what a rule comes to as well: filters and the rules of a correlation lie in other files."""
    return hashlib.sha256(b"".join([sql.encode(), *(path.read_bytes() for path in paths)])).hexdigest()[:12]


def _title(rule: "Rule") -> str:
    return " ".join(str(rule.title or "").split())


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


def _files(path: Path, patterns: Sequence[Any]) -> list[Path]:
    try:
        return sorted({p for pattern in patterns for p in path.parent.glob(str(pattern)) if p.is_file()})
    except (ValueError, NotImplementedError) as why:
        raise BadSettings(f"{path}: rules are patterns relative to this file: {why}") from why


def _place(path: Path, told: Any, tables: Mapping[str, Table]) -> Place:
    if not isinstance(told, dict) or not {"logsource", "table"} <= set(told) <= {"logsource", "table", "fields"}:
        raise BadSettings(f"{path}: a log source has logsource, table and fields")
    given = told.get("fields") or {}
    if not (isinstance(told["logsource"], dict) and isinstance(given, dict)):
        raise BadSettings(f"{path}: logsource and fields map names to values")
    if str(told["table"]) not in tables:
        raise BadSettings(f"{path}: no record table is called {told['table']}")
    fields = {str(k).lower(): str(v) for k, v in given.items()}
    table = tables[told["table"]]
    if unknown := set(fields.values()) - {c.name for c in (*COMMON, *table.columns)}:
        raise BadSettings(f"{path}: {table.name} has no column {min(unknown)}")
    if table.time is None or not table.reaches:
        raise BadSettings(f"{path}: {table.name} holds no dated events of people")
    return Place({str(k): str(v).lower() for k, v in told["logsource"].items()}, table, fields)


def _known(path: Path, claims: Mapping[str, Any], rules: Sequence["_Read"]) -> None:
    """Refuse claims for a rule that is nowhere, unless a file that cannot be read may hold it."""
    unknown = {str(key) for key in claims} - {"default"} - {key for read in rules for key in read.keys}
    if unknown and all(read.rule for read in rules):
        raise BadSettings(f"{path}: claims are given for {min(unknown)}, and no rule is called so")


def _claim(path: Path, claims: Mapping[str, Any], read: "_Read") -> Mapping[str, Any] | None:
    told = next((claims[key] for key in (*read.keys, "default") if key in claims), None)
    if told is None:
        return None
    if not isinstance(told, dict) or set(told) - _CLAIM_KEYS or told.get("claim") not in CLAIMS:
        raise BadSettings(
            f"{path}: claims give {', '.join(sorted(_CLAIM_KEYS))}; a claim is one of {', '.join(CLAIMS)}"
        )
    weights = told.get("weights") or {}
    if not isinstance(weights, dict) or set(weights) - set(HYPOTHESES):
        raise BadSettings(f"{path}: weights are given for {', '.join(HYPOTHESES)}")
    if not all(isinstance(w, int | float) and not isinstance(w, bool) and isfinite(w) for w in weights.values()):
        raise BadSettings(f"{path}: weights are numbers of decibans")
    if told.get("basis", "behaviour") not in BASES or told.get("basis") in CORE:
        raise BadSettings(f"{path}: basis is one of {', '.join(b for b in BASES if b not in CORE)}")
    if not isinstance(told.get("group", ""), str):
        raise BadSettings(f"{path}: group is a word")
    return told


@dataclass(frozen=True)
class _Read:
    """A rule of a file, or why that holds none."""

    file: Path
    rule: "Rule | None"
    why: str = ""

    @property
    def name(self) -> str:
        return str(self.rule.name or "") if self.rule else ""

    @property
    def title(self) -> str:
        return _title(self.rule) if self.rule else self.file.name

    @property
    def keys(self) -> tuple[str, ...]:
        """By what a mapping may call it."""
        return (self.file.stem, *((str(self.rule.id or ""), self.title, self.name) if self.rule else ()))


def _rules(files: Sequence[Path]) -> list[_Read]:
    """The rules of all files, with the filters among these applied."""
    from sigma.rule import SigmaRule

    rules, filters = list[_Read](), list[tuple[Path, "SigmaFilter"]]()
    for file in files:
        try:
            read = _parsed(file)
        except CannotRunError as why:
            rules.append(_Read(file, None, str(why)))
            continue
        faulty = [one for one in read.filters if one.errors]
        rules += [_Read(file, rule) for rule in read.rules]
        rules += [_Read(file, None, f"a filter: {'; '.join(map(str, one.errors))}") for one in faulty]
        filters += [(file, one) for one in read.filters if not one.errors]
        if not (read.rules or read.filters):
            rules.append(_Read(file, None, "the file holds no rule"))
    sound = [read.rule for read in rules if isinstance(read.rule, SigmaRule) and not read.rule.errors]
    for file, one in filters:
        before = [list(rule.detection.condition) for rule in sound]
        for rule in sound:
            one.apply_on_rule(rule)  # changes the rule
        if before == [rule.detection.condition for rule in sound]:
            rules.append(_Read(file, None, "a filter of no rule among the files"))
    return rules


def _parsed(file: Path) -> "SigmaCollection":
    """The rules and filters of a file. Raises: CannotRunError where it holds something else."""
    from sigma.collection import SigmaCollection
    from sigma.exceptions import SigmaError

    try:
        return SigmaCollection.from_yaml(file.read_text("utf-8"), True, collect_filters=True, resolve_references=False)
    except (SigmaError, yaml.YAMLError, OSError, ValueError) as why:
        raise CannotRunError(f"no rule in Sigma's format: {str(why).splitlines()[0]}") from why
    except (AttributeError, TypeError, RecursionError) as why:  # from pySigma, where YAML holds another kind of thing
        raise CannotRunError("no rule in Sigma's format") from why


def _indicator(
    name: str,
    rule: "Rule",
    claim: Mapping[str, Any],
    places: Sequence[Place],
    named: Mapping[str, "Rule"],
    files: tuple[Path, Path],
) -> Indicator:
    from sigma.correlations import SigmaCorrelationRule

    if isinstance(rule, SigmaCorrelationRule):
        sql, events = correlated(rule, places, named)
    else:
        one = events_of(rule, places)
        sql, events = matching(one), [one]
    level = _LEVELS[rule.level.name.lower() if rule.level else "medium"]
    weights = {"elsewhere": 0.0, "overextended": 0.0, "hijacked": level, "stand_in": level / 2}
    title = _title(rule)
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
        digest=_digest(sql, *files),
    )
