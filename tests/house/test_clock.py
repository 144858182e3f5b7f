"""Nothing below the command line reads the wall clock, the environment or chance that differs from run to run."""

import ast
import re

import pytest

from house.source_tree import SRC, modules, name, room, texts

MODULES = frozenset({"time", "uuid", "secrets", "getpass", "platform", "locale"})
CALLS = frozenset({"utcnow", "today", "expanduser", "gethostname", "getenv", "environ", "urandom"})
OF_CLASSES = frozenset({"datetime", "date", "Path"})
# Words of SQL that answer differently at another moment.
SQL = re.compile(
    r"\b(now|today|random|uuid|gen_random_uuid|getenv|setseed)\s*\(\s*\)|\bcurrent_(date|time|timestamp)\b", re.I
)


def readings(tree: ast.Module) -> list[tuple[int, str]]:
    """Where a module reads what changes by itself."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, a.name) for a in node.names if a.name.split(".")[0] in MODULES]
        elif isinstance(node, ast.ImportFrom):
            if (node.module or "").split(".")[0] in MODULES:
                found.append((node.lineno, node.module or ""))
            found += [(node.lineno, a.name) for a in node.names if a.name in CALLS]
        elif isinstance(node, ast.Attribute):
            of = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
            if node.attr in CALLS or (node.attr in {"now", "home"} and of in OF_CLASSES):
                found.append((node.lineno, f"{of}.{node.attr}"))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += [(node.lineno, hit[0]) for hit in SQL.finditer(node.value)]
    return found


def test_only_the_command_line_reads_the_clock_or_the_environment() -> None:
    read = {(name(p), what) for p, tree in modules() if room(p) != "cli" for _, what in readings(tree)}
    # What nobody may guess comes from chance.
    assert read == {(f"src/bonafides/console/{name}.py", "secrets") for name in ("entrance", "sign_in")}


def test_the_command_line_reads_the_clock_in_one_place() -> None:
    read = [(p.name, what) for p, tree in modules(SRC / "cli") for _, what in readings(tree)]
    assert read == [("base.py", "datetime.now"), ("base.py", "os.environ")]


@pytest.mark.parametrize(
    "planted",
    [
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.datetime.now()",
        "from datetime import date\ndate.today()",
        "import time",
        "from time import monotonic",
        "import os\nos.environ['X']",
        "from os import getenv",
        "import uuid",
        "from pathlib import Path\nPath.home()",
        "sql = 'SELECT now()'",
        "sql = f'SELECT {1} WHERE paid_on < current_date'",
    ],
)
def test_a_planted_reading_is_noticed(planted: str) -> None:
    assert readings(ast.parse(planted))


def test_the_runs_own_clock_is_no_reading() -> None:
    assert not readings(ast.parse("when = run.now.strftime('%Y')"))


def test_no_unit_in_sql_asks_for_the_moment_or_for_chance() -> None:
    asked = {(name(p), hit[0]) for p, text in texts(SRC) if p.suffix == ".sql" for hit in SQL.finditer(text)}
    assert not asked


def test_chance_always_has_a_seed() -> None:
    """A generator without a seed, or the module's own, gives another world every time."""
    unseeded: list[tuple[str, int]] = []
    for path, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            of = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
            is_bare = node.func.attr in {"Random", "default_rng", "SystemRandom"} and not node.args
            if is_bare or (of == "random" and node.func.attr not in {"Random"}):
                unseeded.append((name(path), node.lineno))
    assert not unseeded


def test_rows_are_never_put_out_in_the_order_of_a_set() -> None:
    """Order of a set of texts changes from process to process: iterating one into a list must sort it."""
    wrong: list[tuple[str, int]] = []
    for path, tree in modules():
        if room(path) in {"cli", "simulate"}:
            continue
        for node in ast.walk(tree):
            if isinstance(node, (ast.ListComp, ast.For)):
                over = node.generators[0].iter if isinstance(node, ast.ListComp) else node.iter
                if isinstance(over, (ast.Set, ast.SetComp)):
                    wrong.append((name(path), node.lineno))
    assert not wrong
