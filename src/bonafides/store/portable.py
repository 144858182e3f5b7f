"""Whether a unit's SQL keeps to the profile that engines read alike: asked when the tests run, since parsing takes long."""

from collections.abc import Iterator

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from bonafides.errors import BadUnit

# Constructs that engines answer differently without an error (measured, see the design's stack notes) or lack.
_NOT_PORTABLE: tuple[tuple[type[exp.Expression], str], ...] = (
    (exp.DateDiff, "date_diff: use days_between or minutes_between"),
    (exp.ArrayAgg, "array_agg / list: order differs"),
    (exp.Pivot, "PIVOT"),
    (exp.Lambda, "lambdas"),
    (exp.DayOfWeek, "dayofweek"),
    (exp.JSONExtract, "-> on JSON: use json_text"),
    (exp.JSONExtractScalar, "->> on JSON: use json_text"),
    (exp.RegexpReplace, "regexp_replace: replaces once or always"),
    (exp.RegexpLike, "regexp_matches: use matches"),
)


def parsed(sql: str) -> exp.Query:
    """The one SELECT that a text is.

    Raises: BadUnit where it is anything else.
    """
    try:
        trees = sqlglot.parse(sql, read="duckdb")
    except SqlglotError as why:
        raise BadUnit(f"SQL does not parse: {str(why).splitlines()[0]}") from why
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise BadUnit("must be exactly one SELECT")
    return trees[0]


def columns_named(sql: str) -> set[str]:
    """Names of all columns that a SELECT mentions, whatever table they are of."""
    return {c.name for c in parsed(sql).find_all(exp.Column)}


def not_portable(sql: str) -> list[str]:
    """Constructs of a SELECT that other engines would read differently."""
    tree = parsed(sql)
    found = [says for node, says in _NOT_PORTABLE if tree.find(node)]
    if any(
        isinstance(s, exp.Star) and (s.args.get("except_") or s.args.get("replace")) for s in tree.find_all(exp.Star)
    ):
        found.append("SELECT * EXCLUDE / REPLACE")
    if any(_is_decimal(leaf) for node in tree.find_all(exp.Div, exp.Avg) for leaf in _reached(node)):
        found.append("division or mean of decimals, whose digits differ: write 10e0 for 10.0")
    if any(not isinstance(node.parent, exp.Cast) for node in tree.find_all(exp.Floor, exp.Ceil)):
        found.append("floor and ceil, which are fractions or whole numbers: CAST them")
    if any(node.args.get("decimals") is not None for node in tree.find_all(exp.Round)):
        found.append("round to places: use rounded")
    return found


def _is_decimal(leaf: exp.Expr) -> bool:
    return isinstance(leaf, exp.Literal) and leaf.is_number and "." in leaf.name and "e" not in leaf.name.lower()


def _reached(node: exp.Expr) -> Iterator[exp.Expr]:
    """What an arithmetic expression is made of, down to what is no arithmetic."""
    if isinstance(node, exp.Case | exp.If):
        pieces = [*node.args.get("ifs", []), node.args.get("true"), node.args.get("default"), node.args.get("false")]
    elif isinstance(node, exp.Div | exp.Avg | exp.Mul | exp.Add | exp.Sub | exp.Paren | exp.Neg):
        pieces = list(node.iter_expressions())
    else:
        yield node
        return
    for piece in pieces:
        if piece is not None:
            yield from _reached(piece)


def conditions(tree: exp.Expr) -> Iterator[exp.Expr]:
    """Every condition that WHERE and HAVING clauses join by AND."""
    for clause in tree.find_all(exp.Where, exp.Having):
        if isinstance(clause.this, exp.And):
            yield from clause.this.flatten()
        else:
            yield clause.this


def without_one_condition(sql: str) -> Iterator[tuple[str, str]]:
    """The query again and again, each time with one WHERE or HAVING condition made true: (condition, query)."""
    count = len(list(conditions(parsed(sql))))
    for n in range(count):
        tree = parsed(sql)
        condition = list(conditions(tree))[n]
        said = condition.sql("duckdb")
        condition.replace(exp.true())
        yield said, tree.sql("duckdb")
