"""The project's files as the house tests look at them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "bonafides"
TESTS = ROOT / "tests"
DOCS = ROOT / "docs"


def modules(folder: Path = SRC) -> Iterator[tuple[Path, ast.Module]]:
    """Every Python file under a folder, parsed."""
    for path in sorted(folder.rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


def room(path: Path) -> str:
    """The room of the package in which a file lies."""
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def texts(*folders: Path) -> Iterator[tuple[Path, str]]:
    """Every text file under some folders, caches left out."""
    for folder in folders:
        for path in sorted(folder.rglob("*") if folder.is_dir() else [folder]):
            if path.is_file() and "__pycache__" not in path.parts:
                try:
                    yield path, path.read_text("utf-8")
                except UnicodeDecodeError:
                    continue


def name(path: Path) -> str:
    """A file's path as messages show it."""
    return str(path.relative_to(ROOT))
