"""No protected trait is read or scored: no indicator, kind or weight knows where a person or a name comes from."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlglot import exp

import bonafides.derived
import bonafides.records
from bonafides import units
from bonafides.indicators.evaluation import evaluate
from bonafides.records.base import Table
from bonafides.store.portable import columns_named, parsed
from house.source_tree import SRC, name, texts
from indicator_cases import CASES, INDICATORS, filled, read

NAMES = sorted(INDICATORS)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TRAITS = _words(
    """nationality citizenship citizen ethnicity ethnic race religion language languages locale accent fluency
    birthplace photo face faces gender sex age ancestry origin keyboard pregnancy disability marital"""
)
# Columns of people's papers that say something of a protected trait.
NEVER_READ = frozenset({"birth_date", "is_us_person_verified"})
# Indicators that may compare a column above for equality between papers, and do nothing else with it.
EQUALITY_ONLY = {"one_id_several_names": frozenset({"birth_date"})}
# May read that the company itself checked an export authorisation, where a guarded thing was touched, and why.
AUTHORISATION = {"controlled_asset_unauthorised": "asks whether the check was made, of everybody who touched the asset"}
COUNTRIES = frozenset({"country", "redirect_country"})
# Where a country may meet a word of ours, and why.
COUNTRY_NAMED = {
    "invalid_routing_number": "routing numbers exist in one country only; accounts elsewhere are not asked about"
}
NAME_COLUMNS = frozenset({"given_name", "family_name", "holder_name", "author_name", "recipient"})
# Every word that an indicator which reads names may hold in its texts: forms of companies, roles of programs, names of
# our own tables and columns, and words of its sentence. Nothing that a person is called belongs here.
WORDS_OF_THINGS = _words(
    """ab bv co company consulting corp corporation digital gmbh group holdings inc labs limited llc llp lp ltd oy
    partners plc pty sarl services software solutions srl studio studios systems tech technologies
    department desk front global lobby locker mailroom neighbor neighbour office reception shop staffing store
    actions admin administrator bot build builder ci deploy release root runner service system team test unknown user
    account acct checking current default deposit direct main payroll primary salary savings
    ach application bank card contractor credential email emails payout person personal phone phones
    profile reference resume wallet worker
    a an and as bears known money name names none not of own s the theirs this your z"""
)
_PREDICATES = (exp.EQ, exp.NEQ, exp.In, exp.Like, exp.ILike, exp.Anonymous, exp.RegexpLike, exp.Case)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TURNED = "kqxzvbjwmpytrsgdhnclfoeaiu"
_TURN = str.maketrans(_LETTERS + _LETTERS.upper(), _TURNED + _TURNED.upper())


def tokens(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


def tables() -> dict[str, Table]:
    return {**units.modules(bonafides.records, "TABLE", Table), **units.modules(bonafides.derived, "TABLE", Table)}


def test_no_table_has_a_column_for_a_protected_trait() -> None:
    named = {(t.name, c.name) for t in tables().values() for c in t.columns if tokens(c.name) & TRAITS}
    assert not named


@pytest.mark.parametrize("unit", NAMES)
def test_an_indicator_reads_no_column_of_a_protected_trait(unit: str) -> None:
    read_columns = {c.lower() for c in columns_named(INDICATORS[unit].sql)}
    allowed = EQUALITY_ONLY.get(unit, frozenset()) | ({"is_us_person_verified"} if unit in AUTHORISATION else set())
    assert not read_columns & (NEVER_READ - allowed)


@pytest.mark.parametrize("unit", sorted(set(NAMES) & set(EQUALITY_ONLY)))
def test_what_may_be_compared_is_compared_for_equality_only(unit: str) -> None:
    tree = parsed(INDICATORS[unit].sql)
    for column in tree.find_all(exp.Column):
        if column.name in EQUALITY_ONLY[unit]:
            assert _is_plain(column), column.parent


def _is_plain(column: exp.Column) -> bool:
    """Passed on, counted as distinct or compared with another column; never computed with."""
    allowed = (exp.EQ, exp.NEQ, exp.Select, exp.Alias, exp.Distinct, exp.Group, exp.Min, exp.Max, exp.Is, exp.Not)
    parent = column.parent
    while isinstance(parent, (exp.Paren, exp.Cast, exp.Coalesce)):
        parent = parent.parent
    return isinstance(parent, allowed) and not (
        parent.find(exp.Literal) if isinstance(parent, (exp.EQ, exp.NEQ)) else None
    )


@pytest.mark.parametrize("unit", NAMES)
def test_an_indicator_speaks_of_no_protected_trait(unit: str) -> None:
    words = {w for text in parsed(INDICATORS[unit].sql).find_all(exp.Literal) for w in tokens(str(text.this))}
    assert not words & (TRAITS - {"face", "age", "race", "origin"})
    assert not tokens(INDICATORS[unit].says) & TRAITS


def countries_named(sql: str) -> Iterator[str]:
    """Predicates in which a country meets a word, and groups made by country alone."""
    tree = parsed(sql)
    for predicate in tree.find_all(*_PREDICATES):
        if not any(c.name.lower() in COUNTRIES for c in predicate.find_all(exp.Column)):
            continue
        if any(str(lit.this).strip() for lit in predicate.find_all(exp.Literal) if lit.is_string):
            yield predicate.sql()
    for group in tree.find_all(exp.Group):
        keys = [c.name.lower() for c in group.find_all(exp.Column)]
        if keys and set(keys) <= COUNTRIES:
            yield group.sql()


@pytest.mark.parametrize("unit", NAMES)
def test_a_country_is_compared_with_the_claimed_place_and_never_scored_by_itself(unit: str) -> None:
    if unit not in COUNTRY_NAMED:
        assert list(countries_named(INDICATORS[unit].sql)) == []


@pytest.mark.parametrize(
    "planted",
    [
        "SELECT * FROM sign_in WHERE country = 'XX'",
        "SELECT * FROM sign_in WHERE lower(country) IN ('xx', 'yy')",
        "SELECT CASE WHEN country LIKE 'X%' THEN 1 END FROM sign_in",
        "SELECT country, count(*) FROM sign_in GROUP BY country",
    ],
)
def test_a_planted_country_is_noticed(planted: str) -> None:
    assert list(countries_named(planted))


def test_a_country_may_be_compared_with_the_claimed_one() -> None:
    assert not list(countries_named("SELECT * FROM sign_in AS i JOIN subject AS s ON s.country <> i.country"))


def turned(unit: str, given: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The same rows with every letter of every name put for another one; words that the unit itself names stay.

    Why: equality, cuts and spelling distance between a person's own papers survive this; what knows a name does not.
    """
    kept = WORDS_OF_THINGS & tokens(INDICATORS[unit].sql)

    def turn(text: str) -> str:
        return re.sub(r"[A-Za-z]+", lambda w: w[0] if w[0].lower() in kept else w[0].translate(_TURN), text)

    def changed(column: str, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if column in NAME_COLUMNS | {"agency"}:
            return turn(value)
        if "email" in column and "@" in value:
            local, _, domain = value.partition("@")
            return f"{turn(local)}@{domain}"
        return value

    return {t: [{c: changed(c, v) for c, v in row.items()} for row in rows] for t, rows in given.items()}


READS_NAMES = [u for u in NAMES if columns_named(INDICATORS[u].sql) & NAME_COLUMNS]
WITH_NAMES = [pytest.param(unit, case, id=f"{unit}-{case.stem}") for unit in READS_NAMES for case in CASES[unit]]


@pytest.mark.parametrize("unit", READS_NAMES)
def test_what_reads_names_knows_no_name(unit: str) -> None:
    texts_of = [str(lit.this) for lit in parsed(INDICATORS[unit].sql).find_all(exp.Literal) if lit.is_string]
    assert {w for text in texts_of for w in tokens(text)} <= WORDS_OF_THINGS


@pytest.mark.parametrize(("unit", "case"), WITH_NAMES)
def test_findings_stay_the_same_whatever_names_people_bear(unit: str, case: Any) -> None:
    given = read(case)["given"]
    found = []
    for rows in (given, turned(unit, given)):
        store = filled(rows)
        evaluate(store, {unit: INDICATORS[unit]})
        found.append(store.rows("SELECT company, subject_id, strength, first_at, last_at FROM finding ORDER BY ALL"))
        store.close()
    assert found[0] == found[1]


def test_names_are_read_by_few_indicators_and_only_beside_a_second_document() -> None:
    alone = {u for u in READS_NAMES if len(INDICATORS[u].reads) < 2}
    assert not alone


# Sanctions law asks who is paid: holders of accounts are held against lists, and a likeness is worth one deciban.
SCREENED = {("src/bonafides/enrich/sanctions.py", "holder_name")}


@pytest.mark.parametrize("folder", ["enrich", "network", "assessment"])
def test_no_later_stage_reads_names_or_birth_dates(folder: str) -> None:
    words = NAME_COLUMNS | NEVER_READ
    said = {(name(p), w) for p, text in texts(SRC / folder) for w in words if re.search(rf"\b{w}\b", text)}
    assert said <= SCREENED


def test_a_name_like_one_on_a_list_never_weighs_more_than_a_hint() -> None:
    assert max(INDICATORS["payee_named_as_listed"].weights.values()) <= 1


def test_no_kind_is_of_a_name_or_a_trait() -> None:
    assert not [p.name for p in (SRC / "kinds").glob("*.py") if tokens(p.stem) & (TRAITS | {"name"})]
    said = {(name(p), w) for p, text in texts(SRC / "kinds") for w in NAME_COLUMNS | NEVER_READ if w in text}
    assert not said


def test_no_reference_table_sorts_people() -> None:
    heads = {p.stem: p.read_text("utf-8").partition("\n")[0].split(",") for p in (SRC / "reference").glob("*.csv")}
    assert not {(t, c) for t, columns in heads.items() for c in columns if tokens(c) & TRAITS}
