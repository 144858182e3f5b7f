"""What a user may set is checked before anything is read, and refused by its name."""

import re
from pathlib import Path

import pytest

from bonafides.errors import BadSettings
from bonafides.settings import Settings


def read(folder: Path, text: str) -> Settings:
    path = folder / "settings.yaml"
    path.write_text(text, "utf-8")
    return Settings.read(path)


def test_what_a_file_leaves_out_keeps_its_default_and_numbers_and_days_are_taken_as_meant(tmp_path: Path) -> None:
    text = (
        "tie_cap: 20\nsanctions: {list.csv: 2026-11-01}\nown_ranges: {7: [192.0.2.0/24]}\nweights: {shared_payee: 1}\n"
    )
    found = read(tmp_path, text)
    assert (found.tie_cap, found.shrink) == (20.0, Settings().shrink)
    assert found.sanctions == {"list.csv": "2026-11-01"}
    assert found.own_ranges == {"7": ("192.0.2.0/24",)}
    assert found.weights == {"shared_payee": 1.0}
    assert read(tmp_path, "") == Settings()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[1]", "unknown settings: (not a mapping)"),
        ("colour: 1", "unknown settings: colour"),
        ("threads: true", "threads must be a whole number"),
        ("threads: 1.5", "threads must be a whole number"),
        ("threads: 0", "threads must lie between 1 and 1024"),
        ("shrink: .nan", "shrink must be a number"),
        ("shrink: much", "shrink must be a number"),
        ("review_at: 1.5", "review_at must lie between 0 and 1"),
        ("tie_cap: -1", "tie_cap must lie between 0 and 1000"),
        ("prior_stand_in: 0", "prior_stand_in must lie between 1e-09 and 0.5"),
        ("{prior_stand_in: 0.5, prior_elsewhere: 0.5}", "the priors must leave something for genuine"),
        ("keep_days: -1", "keep_days must lie between 0 and 36500"),
        ("memory: [4GB]", "memory must be a text"),
        ("sanctions: {list.csv: 2026-13-45}", "settings.yaml: cannot be read as YAML"),
        ("[" * 5000, "settings.yaml: cannot be read as YAML"),
        ("memory: much", "such as 4GB"),
        ("memory: 10MB", "a run needs"),
        ("mappings: own.yaml", "mappings must be a list of texts"),
        ("address_databases: [1]", "address_databases must be a list of texts"),
        ("weights: [1]", "weights must be names with values"),
        ("weights: {shared_payee: many}", "weights: shared_payee must be a number"),
        ("weights: {shared_payee: 11}", "weights: shared_payee must lie between 0 and 10"),
        ("own_ranges: {acme: 192.0.2.0/24}", "own_ranges: acme must be a list of texts"),
        ("own_ranges: {acme: [192.0.2.0/99]}", "own_ranges: acme: 192.0.2.0/99 is no range of addresses"),
        ("own_tools: {acme: [1]}", "own_tools: acme must be a list of texts"),
    ],
)  # fmt: skip
def test_what_cannot_be_set_is_refused_by_file_and_name(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=re.escape(says)):
        read(tmp_path, text)
