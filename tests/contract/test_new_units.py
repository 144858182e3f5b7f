"""Adding a unit is one new file and one new test folder, and edits nothing.

The examples of CONTRIBUTING.md are written into a copy of the project, and the contract tests are run on them there.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from house.source_tree import ROOT

UNITS = ("doorway_badge", "laptop_kept_after_end", "hardware_token", "tsv")
# A line that names a file, then the block that it holds.
BLOCK = re.compile(r"^`((?:src|tests)/[\w./-]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONTRACTS = (
    "tests/contract/test_sources.py", "tests/contract/test_indicators.py", "tests/contract/test_exchange.py",
    "tests/units/test_sources.py", "tests/units/test_indicators.py", "tests/units/kinds/test_cases.py",
    "tests/units/kinds/test_contract.py", "tests/units/kinds/test_laws.py", "tests/units/exchange/tsv_table",
    "tests/house/test_units.py", "tests/house/test_protected_traits.py",
)  # fmt: skip


def examples() -> dict[str, str]:
    return dict(BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8")))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the examples added."""
    target = tmp_path_factory.mktemp("project")
    unseen = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for folder in ("src", "tests", "docs"):
        shutil.copytree(ROOT / folder, target / folder, ignore=unseen)
    for file in ("pyproject.toml", "Makefile", "README.md", "CONTRIBUTING.md"):
        shutil.copy(ROOT / file, target)
    for path, text in examples().items():
        assert not (target / path).exists(), f"{path} is there already: an example must be new"
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text, "utf-8")
    done = python(target, "docs/generate.py")
    assert done.returncode == 0, done.stderr
    return target


def python(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(project / "src"), "PYTEST_XDIST_WORKER": ""}
    return subprocess.run(
        [sys.executable, *arguments], cwd=project, env=environment, capture_output=True, text=True, check=False
    )


def contracts(project: Path, *files: str) -> subprocess.CompletedProcess[str]:
    chosen = " or ".join(UNITS)
    return python(project, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "-k", chosen, *files)


def test_every_example_is_a_file_of_its_own() -> None:
    found = examples()
    for unit in UNITS:
        assert [path for path in found if Path(path).stem.removesuffix("_table") == unit and path.startswith("src/")]
    assert len(found) == 11


def test_the_examples_keep_every_promise(copy: Path) -> None:
    done = contracts(copy, *CONTRACTS)
    assert done.returncode == 0, done.stdout[-6000:]
    for unit in UNITS:
        passed = [line for line in done.stdout.splitlines() if line.startswith("PASSED") and unit in line]
        assert len(passed) >= 3, f"{unit}: {passed}"


def test_the_examples_are_known_by_their_names_on_the_command_line(copy: Path) -> None:
    for verb, unit in (("sources", UNITS[0]), ("indicators", UNITS[1]), ("kinds", UNITS[2])):
        done = python(copy, "-m", "bonafides", verb)
        assert done.returncode == 0 and unit in done.stdout, done.stderr
    done = python(copy, "-m", "bonafides", "export", "tie", "--format", "xml")
    assert "one of csv, jsonl, parquet, tsv" in done.stderr


def test_a_unit_without_its_test_folder_is_noticed(copy: Path, tmp_path: Path) -> None:
    for path in [p for p in (copy / "tests").rglob("*") if p.is_dir() and p.name.removesuffix("_table") in UNITS]:
        shutil.move(path, tmp_path / path.name)
    done = contracts(copy, "tests/house/test_units.py")
    failed = {line for line in done.stdout.splitlines() if line.startswith("FAILED")}
    assert done.returncode == 1
    assert all(any(unit in line for line in failed) for unit in UNITS), failed
