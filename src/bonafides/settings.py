"""One frozen settings object. Faces build it; rooms take from it what they need."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from bonafides.errors import BadSettings

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s?([KMGT])(i?)B", re.IGNORECASE)
# What a run holds beside its engine, measured with 6,000 and 200,000 subjects and with 2 million events, and the least
# that the engine gets along with where there are three companies.
_BESIDE_BYTES, _BESIDE_SHARE, _LEAST_BYTES = 135e6, 0.19, 138e6


# The least and the most that settings may be.
_PRIORS = ("prior_stand_in", "prior_elsewhere", "prior_overextended", "prior_hijacked")
_BETWEEN: dict[str, tuple[float, float]] = {
    **dict.fromkeys(_PRIORS, (1e-9, 0.5)),
    **dict.fromkeys(("shrink", "review_at", "urgent_at", "watch_at", "network_at"), (0, 1)),
    "tie_cap": (0, 1000),
    "keep_days": (0, 36_500),
    "threads": (1, 1024),
}
# What stands behind each name of a setting that holds names.
_INNER: dict[str, Any] = {"weights": 1.0, "own_ranges": (), "own_tools": (), "sanctions": ""}
_WORD = {float: "a number", int: "a whole number", str: "a text", tuple: "a list of texts", dict: "names with values"}


def yaml_of(path: Path, what: str = "YAML") -> Any:
    """What a YAML file holds.

    Raises: BadSettings naming the file, and `what` it cannot be read as.
    """
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as why:
        raise BadSettings(f"{path}: cannot be read as {what}") from why


def _as(where: str, default: Any, value: Any, inner: Any = None) -> Any:
    """A value that YAML gives in the type of its default; what stands behind names in that of `inner`.

    Raises: BadSettings naming `where`.
    """
    want = type(default)
    if isinstance(default, int | float):
        if isinstance(value, int if want is int else int | float) and not isinstance(value, bool) and isfinite(value):
            return want(value)
    elif isinstance(default, dict):
        if isinstance(value, Mapping):
            return {str(name): _as(f"{where}: {name}", inner, one) for name, one in value.items()}
    elif isinstance(default, tuple):
        if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
            return tuple(value)
    elif isinstance(value, str | date):  # YAML makes a day of what looks like one
        return str(value)
    raise BadSettings(f"{where} must be {_WORD[want]}")


@dataclass(frozen=True)
class Settings:
    """Everything a user may set.

    Shape: `engine` is duckdb, or spark with `spark_master` its URL (`local[2]` runs it in this process).
    Units: priors are probabilities among workers. `memory` is written as 4GB or 700MiB.
    `weights` are factors of indicators' weights (1 where not named), as `calibrate` fits them.
    `own_ranges` and `own_tools` name, per company, address ranges (CIDR) and tools that are its own.
    `address_databases` are files in MaxMind's format or CSV ranges (first_ip, last_ip or network, then
    any of asn, as_org, network, city, region, country, latitude, longitude). `mappings` are files that say how a
    user's own CSV or JSON Lines become rows of record tables. `sigma` are mappings of rules in
    Sigma's format. `sanctions` maps lists (OFAC's CSV, OpenSanctions' CSV or
    JSON Lines) to the day of each, as YYYY-MM-DD.
    `keep_days` is how long records may be kept (0 for ever): older ones are dropped before anything is derived, other
    runs are removed, and nothing that was read is kept for later runs.
    Why: the default prior of stand_in (1 in 2,000) is the design's; public rates are contested and are
    not used (facts, section 5). The others are author's judgement of how common undisclosed places, undisclosed
    second jobs and taken-over accounts are among remote staff.
    """

    prior_stand_in: float = 1 / 2000
    prior_elsewhere: float = 1 / 100
    prior_overextended: float = 1 / 100
    prior_hijacked: float = 1 / 500
    shrink: float = 0.7
    tie_cap: float = 30.0
    review_at: float = 0.5
    urgent_at: float = 0.9
    watch_at: float = 0.05
    network_at: float = 0.3
    keep_days: int = 0
    memory: str = "4GB"
    threads: int = 2
    engine: str = "duckdb"
    spark_master: str = "local[2]"
    weights: Mapping[str, float] = field(default_factory=dict)
    own_ranges: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own_tools: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    address_databases: tuple[str, ...] = ()
    mappings: tuple[str, ...] = ()
    sigma: tuple[str, ...] = ()
    sanctions: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path | None, **changes: Any) -> "Settings":
        """Settings from a YAML file, with single values changed.

        Raises: BadSettings naming the file and the key.
        """
        given: dict[str, Any] = {}
        if path is not None:
            given = yaml_of(path) or {}
        known = {f.name: f for f in fields(cls)}
        if not isinstance(given, dict) or set(given) - set(known):
            unknown = sorted(set(given) - set(known)) if isinstance(given, dict) else ["(not a mapping)"]
            raise BadSettings(f"{path}: unknown settings: {', '.join(map(str, unknown))}")
        given.update({name: value for name, value in changes.items() if value is not None})
        default = cls()
        where = path or "settings"
        made = cls(**{n: _as(f"{where}: {n}", getattr(default, n), value, _INNER.get(n)) for n, value in given.items()})
        made._check(str(where))
        return made

    def _check(self, where: str) -> None:
        for name, (least, most) in _BETWEEN.items():
            if not least <= getattr(self, name) <= most:
                raise BadSettings(f"{where}: {name} must lie between {least} and {most}")
        if sum(getattr(self, name) for name in _PRIORS) >= 1:
            raise BadSettings(f"{where}: the priors must leave something for genuine")
        if wrong := [name for name, factor in self.weights.items() if not 0 <= factor <= 10]:
            raise BadSettings(f"{where}: weights: {wrong[0]} must lie between 0 and 10")
        for company, blocks in self.own_ranges.items():
            for block in blocks:
                try:
                    ipaddress.ip_network(block, strict=False)
                except ValueError as why:
                    raise BadSettings(f"{where}: own_ranges: {company}: {block} is no range of addresses") from why
        self.engine_memory()

    def engine_memory(self) -> str:
        """What of `memory` the engine may take, as DuckDB writes sizes: the rest is the program's own.

        Raises: BadSettings where `memory` is no size, or too small for any run.
        """
        told = _SIZE.fullmatch(self.memory)
        if told is None:
            raise BadSettings(f"memory is written as a number and its unit, such as 4GB, not {self.memory!r}")
        size = float(told[1]) * (1024 if told[3] else 1000) ** (" KMGT".index(told[2].upper()))
        left = size * (1 - _BESIDE_SHARE) - _BESIDE_BYTES
        if left < _LEAST_BYTES:
            least = (_LEAST_BYTES + _BESIDE_BYTES) / (1 - _BESIDE_SHARE)
            raise BadSettings(f"memory is {self.memory}, and a run needs {least / 1e6:.0f}MB at least")
        return f"{left / 1e6:.0f}MB"

    def detection(self) -> dict[str, Any]:
        """The settings that change results, for the manifest: not the machine's, nor where mappings and rules lie."""
        machine = {"memory", "threads", "engine", "spark_master", "mappings", "sigma"}
        return {k: v for k, v in sorted(asdict(self).items()) if k not in machine}
