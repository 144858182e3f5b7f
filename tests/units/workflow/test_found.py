"""Whom a text names."""

from pathlib import Path

import pytest

from bonafides.errors import BadSettings
from bonafides.store.duckdb import Store
from bonafides.workflow.explain import found_in


def named(folder: Path, text: str, company: str | None = None) -> tuple[str, str]:
    """Whom a text names among three subjects, of whom payroll knows one of each company as u-1."""
    store = Store()
    people = [("acme", "17"), ("acme", "18"), ("beta", "17")]
    store.load(
        "assessment",
        {"company": [c for c, _ in people], "subject_id": [s for _, s in people], "subject_kind": ["worker"] * 3},
        dict.fromkeys(("company", "subject_id", "subject_kind"), "VARCHAR"),
    )
    store.load(
        "known_as",
        {"company": ["acme", "beta"], "subject_id": ["18", "17"], "known_as": ["u-1", "u-1"]},
        dict.fromkeys(("company", "subject_id", "known_as"), "VARCHAR"),
    )
    for table in ("assessment", "known_as"):
        store.write(f"SELECT * FROM {table}", folder / f"{table}.parquet")
    found = found_in(store, folder, text, company)
    return found["company"], found["subject_id"]


@pytest.mark.parametrize(
    ("text", "company", "who"),
    [
        ("acme/17", None, ("acme", "17")),
        ("18", None, ("acme", "18")),
        ("acme/u-1", None, ("acme", "18")),
        ("u-1", "beta", ("beta", "17")),
    ],
)
def test_any_id_that_a_company_has_of_somebody_names_them(
    tmp_path: Path, text: str, company: str | None, who: tuple[str, str]
) -> None:
    assert named(tmp_path, text, company) == who


def test_an_id_of_several_or_of_nobody_names_nobody(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="several companies"):
        named(tmp_path, "u-1")
    with pytest.raises(BadSettings, match="no such subject"):
        named(tmp_path, "u-2", "acme")
