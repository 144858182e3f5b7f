"""SQL of rules in Sigma's format: conditions, and correlations within their time windows.

Why: Sigma's texts are compared without regard to case, and a field that is not there matches nothing, also under `not`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bonafides.records.base import COMMON, Table

if TYPE_CHECKING:
    from sigma.correlations import SigmaCorrelationRule
    from sigma.rule import SigmaRule

    Rule = SigmaRule | SigmaCorrelationRule

_COMPARED = {"LT": "<", "LTE": "<=", "GT": ">", "GTE": ">=", "EQ": "=", "NEQ": "<>"}


class CannotRunError(Exception):
    """Why a rule cannot be run."""


class LacksError(Exception):
    """Which field of a rule has no column."""


@dataclass(frozen=True)
class Place:
    """Where a log source's events stand: a record table, and the column of each field (lower case)."""

    logsource: Mapping[str, str]
    table: Table
    fields: Mapping[str, str]

    def column(self, name: str) -> str:
        """The column of a field: as the mapping says, or the column of that very name."""
        known = {c.name for c in (*COMMON, *self.table.columns)}
        found = self.fields.get(name.lower(), name.lower())
        if found not in known:
            raise LacksError(f"no column for the field {name} in {self.table.name}")
        return found


@dataclass(frozen=True)
class Events:
    """One rule's events: where they stand, and SQL of the condition that makes one."""

    place: Place
    condition: str
    columns: frozenset[str]


def refuse_faulty(rule: "Rule") -> None:
    """Raises: CannotRunError where pySigma found something wrong with a rule."""
    if rule.errors:
        raise CannotRunError("; ".join(map(str, rule.errors)))


def matching(events: Events) -> str:
    """SQL of the findings of one rule: everybody with an event that fits it."""
    time = events.place.table.time
    return (
        f"SELECT company, subject_id, min(CAST({time} AS TIMESTAMP)) AS first_at, max(CAST({time} AS TIMESTAMP)) AS last_at, "
        "1.0 AS strength, CAST(NULL AS VARCHAR) AS value, count(*) AS times, min(event_ref) AS ref, max(event_ref) AS ref_2 "
        f"FROM {events.place.table.name} WHERE subject_id IS NOT NULL AND {events.condition} GROUP BY company, subject_id"
    )


def events_of(rule: "SigmaRule", places: Sequence[Place]) -> Events:
    """Where a rule's events stand and which of the table's rows they are."""
    from sigma.exceptions import SigmaError

    logsource = {
        key: value.lower()
        for key in ("category", "product", "service")
        if (value := getattr(rule.logsource, key, None)) is not None
    }
    # The mapping's entry that says most, of those that the rule's log source fits.
    fitting = [p for p in places if p.logsource.items() <= logsource.items()]
    if not fitting:
        told = ", ".join(f"{k} {v}" for k, v in logsource.items())
        raise LacksError(f"no record table for the log source {told or 'that it does not name'}")
    place = max(fitting, key=lambda p: len(p.logsource))
    columns: set[str] = set()
    try:
        parsed = [_condition(one.parsed, place, columns) for one in rule.detection.parsed_condition]
    except (SigmaError, TypeError) as why:
        # pySigma calls what a filter brings otherwise each time.
        told = re.sub(r"_filt_[a-z]+_", "", str(why).splitlines()[0])
        raise CannotRunError(f"its condition cannot be read: {told}") from why
    return Events(place, f"({' OR '.join(parsed)})", frozenset(columns))


def _condition(node: Any, place: Place, columns: set[str]) -> str:
    """SQL of a parsed condition; the columns that it reads are added to `columns`."""
    from sigma import conditions

    if isinstance(node, conditions.ConditionAND):
        return f"({' AND '.join(_condition(arg, place, columns) for arg in node.args)})"
    if isinstance(node, conditions.ConditionOR):
        return f"({' OR '.join(_condition(arg, place, columns) for arg in node.args)})"
    if isinstance(node, conditions.ConditionNOT):
        return f"(NOT {_condition(node.args[0], place, columns)})"
    if isinstance(node, conditions.ConditionFieldEqualsValueExpression):
        column = place.column(node.field)
        columns.add(column)
        return f"coalesce({_compared(column, node.value, place, columns)}, false)"
    if isinstance(node, conditions.ConditionValueExpression):
        raise CannotRunError("it looks for a word in any field, and records have no line of text")
    raise CannotRunError(f"a condition of kind {type(node).__name__}")


def _compared(column: str, value: Any, place: Place, columns: set[str]) -> str:
    from sigma import types

    text = f"CAST({column} AS VARCHAR)"
    if isinstance(value, types.SigmaString):
        return _like(text, value, is_cased=isinstance(value, types.SigmaCasedString))
    if isinstance(value, types.SigmaBool):
        return f"lower({text}) = '{str(value.boolean).lower()}'"
    if isinstance(value, types.SigmaNumber):
        return f"{_number(column, value, place)} = {value.number}"
    if isinstance(value, types.SigmaCompareExpression):
        return f"{_number(column, value.number, place)} {_COMPARED[value.op.name]} {value.number.number}"
    if isinstance(value, types.SigmaNull):
        return f"{column} IS NULL"
    if isinstance(value, types.SigmaExists):
        return f"{column} IS NOT NULL" if value.exists else f"{column} IS NULL"
    if isinstance(value, types.SigmaRegularExpression):
        flags = {flag.name for flag in value.flags}
        inline = "".join(
            sign for name, sign in (("IGNORECASE", "i"), ("MULTILINE", "m"), ("DOTALL", "s")) if name in flags
        )
        pattern = value.regexp.original if hasattr(value.regexp, "original") else str(value.regexp)
        return f"matches({text}, {_quoted((f'(?{inline})' if inline else '') + str(pattern))})"
    if isinstance(value, types.SigmaCIDRExpression):
        return f"({' OR '.join(_like(text, types.SigmaString(one), is_cased=False) for one in value.expand())})"
    if isinstance(value, types.SigmaFieldReference) and not (value.starts_with or value.ends_with):
        other = place.column(value.field)
        columns.add(other)
        return f"lower({text}) = lower(CAST({other} AS VARCHAR))"
    raise CannotRunError(f"a value of kind {type(value).__name__}")


def _number(column: str, value: Any, place: Place) -> str:
    """A column as a number, or that part of its time which a value is compared with (in UTC)."""
    from sigma.types import SigmaTimestampPart

    if not isinstance(value, SigmaTimestampPart):
        return f"try_cast(CAST({column} AS VARCHAR) AS DOUBLE)"
    types = {c.name: c.type for c in (*COMMON, *place.table.columns)}
    if types[column] not in ("timestamp", "date"):
        raise CannotRunError(f"{place.table.name}.{column} is no time")
    return f"date_part('{value.timestamp_part.name}', CAST({column} AS TIMESTAMP))"


def _like(text: str, value: Any, *, is_cased: bool) -> str:
    """Equality, or a pattern where the text has Sigma's wildcards."""
    from sigma.types import SpecialChars

    has_wildcard, pattern, plain = False, "", ""
    for part in value.s:
        if part == SpecialChars.WILDCARD_MULTI or part == SpecialChars.WILDCARD_SINGLE:
            has_wildcard = True
            pattern += "%" if part == SpecialChars.WILDCARD_MULTI else "_"
        elif isinstance(part, str):
            plain += part
            pattern += re.sub(r"([\\%_])", r"\\\1", part)
        else:
            raise CannotRunError("a placeholder that nothing fills")
    if not is_cased:
        text, pattern, plain = f"lower({text})", pattern.lower(), plain.lower()
    return f"{text} LIKE {_quoted(pattern)} ESCAPE '\\'" if has_wildcard else f"{text} = {_quoted(plain)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def correlated(
    rule: "SigmaCorrelationRule", places: Sequence[Place], named: Mapping[str, "Rule"]
) -> tuple[str, list[Events]]:
    """SQL of a correlation over the events of its rules, within its time window; and those events."""
    from sigma.correlations import SigmaCorrelationRule

    parts: list[tuple[str, Events]] = []
    for named_rule in rule.rules or ():
        other = named.get(str(named_rule.reference))
        if other is None:
            raise CannotRunError(f"it names the rule {named_rule.reference}, which is not among the files")
        if isinstance(other, SigmaCorrelationRule):
            raise CannotRunError("it correlates correlations")
        refuse_faulty(other)
        parts.append((str(named_rule.reference), events_of(other, places)))
    if not parts:
        raise CannotRunError("it names no rule")
    counted = rule.condition.fieldref if hasattr(rule.condition, "fieldref") else None
    if counted is not None and not isinstance(counted, str):
        raise CannotRunError("it counts values of several fields at once")
    groups = list(rule.group_by or ())
    selects = []
    needed: list[Events] = []
    for n, (reference, events) in enumerate(parts):
        keys = [_group_column(rule, group, reference, events.place) for group in groups]
        column = events.place.column(counted) if counted else None
        listed = "".join(f", lower(CAST({key} AS VARCHAR)) AS g{k}" for k, key in enumerate(keys))
        selects.append(
            f"SELECT company, subject_id, CAST({events.place.table.time} AS TIMESTAMP) AS at_time, event_ref, {n} AS rule_no, "
            f"{f'lower(CAST({column} AS VARCHAR))' if column else 'event_ref'} AS counted{listed} "
            f"FROM {events.place.table.name} WHERE {events.condition}"
        )
        columns = events.columns | set(keys) | ({column} if column else set())
        needed.append(Events(events.place, events.condition, frozenset(columns)))
    by = ", ".join(["company", *(f"g{k}" for k in range(len(groups)))])
    there = " AND ".join(["subject_id IS NOT NULL", *(f"g{k} IS NOT NULL" for k in range(len(groups)))])
    body = _window(rule, by, len(parts))
    return (
        f"WITH event AS ({' UNION ALL '.join(selects)}), {body} "
        "SELECT company, subject_id, min(at_time) AS first_at, max(at_time) AS last_at, 1.0 AS strength, CAST(NULL AS VARCHAR) AS value, "
        f"count(*) AS times, min(event_ref) AS ref, max(event_ref) AS ref_2 FROM hit WHERE is_hit AND {there} GROUP BY company, subject_id"
    ), needed


def _group_column(rule: "SigmaCorrelationRule", group: str, reference: str, place: Place) -> str:
    """The column of a field to group by, which an alias may call otherwise for each rule."""
    alias = rule.aliases.aliases.get(group)
    if alias is None:
        return place.column(group)
    names = {str(ref.reference): name for ref, name in alias.mapping.items()}
    if reference not in names:
        raise CannotRunError(f"the alias {group} says nothing of the rule {reference}")
    return place.column(names[reference])


def _window(rule: "SigmaCorrelationRule", by: str, rules: int) -> str:
    """CTEs ending in `hit`: events with `is_hit` where the correlation holds within the window that ends with them."""
    from sigma.correlations import SigmaCorrelationCondition

    kind, seconds = rule.type.name, rule.timespan.seconds
    over = f"(PARTITION BY {by} ORDER BY at_time RANGE BETWEEN INTERVAL {seconds} SECOND PRECEDING AND CURRENT ROW)"
    if kind in ("EVENT_COUNT", "VALUE_COUNT"):
        condition = rule.condition
        if not isinstance(condition, SigmaCorrelationCondition):
            raise CannotRunError("a condition over several rules for a count")
        count = "count(*)" if kind == "EVENT_COUNT" else "count(DISTINCT counted)"
        return f"hit AS (SELECT *, {count} OVER {over} {_COMPARED[condition.op.name]} {condition.count} AS is_hit FROM event)"
    if kind == "TEMPORAL":
        seen = " AND ".join(f"count(CASE WHEN rule_no = {n} THEN 1 END) OVER {over} > 0" for n in range(rules))
        return f"hit AS (SELECT *, {seen} AS is_hit FROM event)"
    if kind == "TEMPORAL_ORDERED":
        # `start` of an event of the n-th rule: the latest start of a chain of the rules before it that it ends.
        steps = ["chain0 AS (SELECT *, CASE WHEN rule_no = 0 THEN at_time END AS start FROM event)"]
        for n in range(1, rules):
            last = f"max(CASE WHEN rule_no = {n - 1} THEN start END) OVER (PARTITION BY {by} ORDER BY at_time, rule_no ROWS UNBOUNDED PRECEDING)"
            steps.append(
                f"chain{n} AS (SELECT * REPLACE (CASE WHEN rule_no = {n} THEN {last} ELSE start END AS start) FROM chain{n - 1})"
            )
        steps.append(
            f"hit AS (SELECT *, rule_no = {rules - 1} AND coalesce(at_time - start <= INTERVAL {seconds} SECOND, false) AS is_hit FROM chain{rules - 1})"
        )
        return ", ".join(steps)
    raise CannotRunError(f"a correlation of kind {kind.lower()}")
