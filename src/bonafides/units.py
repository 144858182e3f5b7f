"""Find the units in a folder. A unit that does not load stops the program, naming file and line."""

import hashlib
import importlib
import pkgutil
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import yaml

from bonafides.errors import BadUnit

T = TypeVar("T")
# The same loader in C where it was built: a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def modules(package: ModuleType, constant: str, of: type[T]) -> dict[str, T]:
    """Which Python units a package holds: name -> constant, in order of name.

    Raises: BadUnit where a module (other than `base`) lacks the constant or fails to import.
    """
    found: dict[str, T] = {}
    for info in pkgutil.iter_modules(package.__path__):
        if info.name == "base":
            continue
        place = f"{package.__name__}.{info.name}"
        try:
            module = importlib.import_module(place)
        except Exception as why:
            raise BadUnit(f"{place} does not load: {why}") from why
        unit = getattr(module, constant, None)
        if not isinstance(unit, of):
            raise BadUnit(f"{place} must define {constant}: {of.__name__}")
        if getattr(unit, "name", info.name) != info.name:
            raise BadUnit(f"{place}: the unit is called {getattr(unit, 'name', '')!r}, its file {info.name!r}")
        found[info.name] = unit
    return dict(sorted(found.items()))


def digest(path: Path) -> str:
    """What a unit's file says, in twelve signs: a change of it is a change of these."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def sql_files(folder: Path) -> list[Path]:
    """SQL units at any depth under a folder, in order of name."""
    return sorted(folder.rglob("*.sql"), key=lambda path: path.stem)


def header(path: Path, keys: frozenset[str], more: frozenset[str] = frozenset()) -> tuple[dict[str, Any], str]:
    """The comment header of an SQL unit as a mapping, and the text after it.

    Shape: the file starts with `/*`, holds YAML with exactly `keys` and any of `more`, then `*/`.
    Raises: BadUnit naming file and line.
    """
    top, end, body = path.read_text("utf-8").partition("*/")
    if not (top.startswith("/*") and end):
        raise BadUnit(f"{path}:1: must start with a /* header */")
    try:
        found = yaml.load(top.removeprefix("/*"), Loader=_LOADER)
    except yaml.YAMLError as why:
        mark = getattr(why, "problem_mark", None)
        raise BadUnit(f"{path}:{mark.line + 1 if mark else 1}: the header is no YAML") from why
    if not isinstance(found, dict) or set(found) - more != keys:
        wrong = sorted(keys ^ (set(found if isinstance(found, dict) else ()) - more))
        raise BadUnit(f"{path}:1: header keys missing or unknown: {', '.join(map(str, wrong))}")
    if found["id"] != path.stem:
        raise BadUnit(f"{path}:1: id must equal the file name")
    return found, body.strip()
