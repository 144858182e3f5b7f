"""Small enough to read: files, functions, and packages that hold nothing but their docstring."""

import ast
from collections.abc import Iterator

from house.source_tree import SRC, modules, name

LINES, STATEMENT_LINES = 400, 60
# Longer than that, each with its reason.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS = {
    "src/bonafides/assessment/propagation.py:propagate": "one loop over a dozen arrays that all its lines share",
}
FORBIDDEN_NAMES = ("utils", "util", "helpers", "helper", "common", "manager", "core", "misc")


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def test_files_are_short() -> None:
    long = {name(p): n for p in SRC.rglob("*.py") if (n := p.read_text("utf-8").count("\n")) > LINES}
    assert set(long) <= set(LONG_FILES), long


def test_functions_are_short() -> None:
    long = {
        f"{name(p)}:{node.name}": n
        for p, tree in modules()
        for node in functions(tree)
        if (n := (node.end_lineno or 0) - node.lineno + 1) > STATEMENT_LINES
    }
    assert set(long) <= set(LONG_FUNCTIONS), long


def test_packages_hold_a_docstring_and_nothing_else() -> None:
    for path in SRC.rglob("__init__.py"):
        body = ast.parse(path.read_text("utf-8")).body
        if path == SRC / "__init__.py":
            body = [n for n in body if not (isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "__version__")]
        assert len(body) == 1 and ast.get_docstring(ast.Module(body, [])), name(path)


def test_every_public_thing_says_what_it_answers() -> None:
    silent = [
        f"{name(p)}:{node.lineno} {node.name}"
        for p, tree in modules()
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
        if not ast.get_docstring(node)
    ]
    silent += [name(p) for p, tree in modules() if not ast.get_docstring(tree)]
    assert not silent


def test_rooms_and_files_are_nouns() -> None:
    wrong = [name(p) for p in SRC.rglob("*") if p.stem in FORBIDDEN_NAMES]
    assert not wrong


def test_folders_are_at_most_three_deep() -> None:
    deep = [name(p) for p in SRC.rglob("*") if p.is_dir() and len(p.relative_to(SRC).parts) > 3]
    assert not deep


def test_types_are_ignored_only_with_a_code_and_a_reason() -> None:
    bare = [
        f"{name(p)}:{n}"
        for p in SRC.rglob("*.py")
        for n, line in enumerate(p.read_text("utf-8").splitlines(), 1)
        if "type: ignore" in line and not ("type: ignore[" in line and "]  # " in line)
    ]
    assert not bare
