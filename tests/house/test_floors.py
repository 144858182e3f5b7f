"""The floor plan: imports go down only, rooms of one floor are strangers. Contracts stand in .importlinter."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from house.source_tree import ROOT, SRC

LINT = Path(sys.executable).parent / "lint-imports"


def lint(folder: Path, source: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(source), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_is_kept() -> None:
    done = lint(ROOT, ROOT / "src")
    assert done.returncode == 0, done.stdout
    assert "4 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("place", "line", "contract"),
    [
        ("enrich/places.py", "from bonafides.network import sharing", "rooms of one floor are strangers"),
        ("store/sql.py", "from bonafides.workflow import derive", "A room imports lower floors only"),
        ("network/sharing.py", "import duckdb", "Only the store knows the engine"),
        ("exchange/base.py", "from bonafides.store import sql", "reach neither the store nor a socket"),
        ("assessment/scores.py", "import socket", "Nothing but fetch and enrich may reach the network"),
    ],
)
def test_a_planted_import_against_the_plan_is_noticed(tmp_path: Path, place: str, line: str, contract: str) -> None:
    shutil.copytree(SRC, tmp_path / "bonafides", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    planted = tmp_path / "bonafides" / place
    planted.write_text(f"{planted.read_text('utf-8')}\n{line}\n", "utf-8")
    done = lint(tmp_path, tmp_path)
    assert done.returncode == 1
    broken = [row for row in done.stdout.splitlines() if row.endswith("BROKEN")]
    assert any(contract in row for row in broken), done.stdout


def test_every_room_stands_in_the_engine_contract() -> None:
    plan = configparser.ConfigParser()
    plan.read(ROOT / ".importlinter")
    listed = set(plan["importlinter:contract:engine"]["source_modules"].split())
    rooms = {f"bonafides.{p.stem}" for p in SRC.iterdir() if (p / "__init__.py").exists() or p.suffix == ".py"}
    assert rooms - listed <= {"bonafides.__init__", "bonafides.store", "bonafides.reference"}
