"""Writes docs/reference from the units themselves: `make docs`. A test fails when a page is stale."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

import bonafides.derived
from bonafides import units
from bonafides.cli.base import EXIT_CODES
from bonafides.cli.main import COMMAND
from bonafides.indicators.base import CLAIMS, HYPOTHESES, Indicator
from bonafides.kinds.base import rows as reference
from bonafides.records.base import COMMON, Table
from bonafides.settings import Settings
from bonafides.workflow.derive import kinds
from bonafides.workflow.detect import controls, indicators
from bonafides.workflow.ingest import record_tables, sources

REFERENCE = Path(__file__).parent / "reference"
_REQUIRED = " \\*"
_MADE = "<!-- Written by `make docs` from the units; edits here are lost. -->"

# What each setting is, with its unit. The names and values come from the code.
SETTINGS = {
    "prior_stand_in": "share of workers who are stand-ins before anything is known; 1 in 2,000",
    "prior_elsewhere": "share who work from an undisclosed place",
    "prior_overextended": "share with other undisclosed jobs, or who let others do the work",
    "prior_hijacked": "share whose account was taken over from outside",
    "shrink": "what every further cause of the same direction counts after the strongest (0..1)",
    "keep_days": "days for which records may be kept, 0 for ever: older ones are dropped before anything is derived, "
    "other runs and what was read for later ones are removed, the manifest says what went",
    "tie_cap": "most decibans that ties may add to somebody without a finding of their own",
    "review_at": "probability of stand_in from which a worker is listed for review",
    "urgent_at": "probability from which, with something at stake, a worker is listed as urgent",
    "watch_at": "probability from which a worker is kept in sight",
    "network_at": "probability from which a holder of a shared value counts as part of a network",
    "memory": "most memory of a run, as `4GB`; what does not fit goes to disk; changes no result",
    "threads": "threads of the engine; changes no result",
    "engine": "`duckdb`, or `spark`: what makes [sightings, ties and findings](../spark.md); changes no result",
    "spark_master": "URL of Spark's master; `local[2]` runs it on two cores of this machine",
    "weights": "per indicator, a factor of its weights, as `bonafides calibrate` fits them",
    "own_ranges": "per company, address ranges (CIDR) that are its own: offices, exits",
    "own_tools": "per company, remote-access tools that are its own",
    "address_databases": "files that know networks and places of addresses (MaxMind's format, or CSV of ranges)",
    "sigma": "[mappings of Sigma rules](../sigma.md), which say where the rules lie and what each is about",
    "sanctions": "lists of sanctions (OFAC's CSV, OpenSanctions' CSV or JSON Lines), each with its day",
    "mappings": "[mapping files](../mapping.md), which read files of any shape",
}


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(value) for value in line)} |" for line in lines)


def _cell(value: Any) -> str:
    return " ".join(str(value).replace("|", "\\|").split())


def _page(title: str, intro: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", _MADE, intro, *(part for part in parts if part)]) + "\n"


def _sources() -> str:
    parts = []
    known = {name: s for name, s in sources().items() if not name.startswith("records/")}
    for name, source in known.items():
        parts += [
            f"## {name}",
            f"{source.title}. Files: `EXPORTS/<company>/{name}/**` ({source.format}, also `.gz` and `.zst`). "
            f"Fills {', '.join(f'[{t}](records.md#{t})' for t in source.selects)}. "
            + (f"[Vendor's description]({source.vendor_page})." if source.vendor_page else ""),
            _table(
                ("field", "type"), ((" or ".join(f"`{'.'.join(p)}`" for p in c.paths), c.type) for c in source.columns)
            ),
            _listed("Set aside", (f"{reason}: `{' '.join(sql.split())}`" for reason, sql in source.set_aside.items())),
            _listed("Left unread on purpose", (f"`{path}`" for path in source.ignores)),
        ]
    return _page(
        "Sources",
        "Vendor logs that can be read, one a folder under `EXPORTS/<company>/`. A field that is neither read nor left "
        "unread on purpose is counted and reported; an item that cannot be read without guessing is set aside whole, "
        "with the reason. Tables already in our own shape go to `EXPORTS/<company>/records/`, see "
        "[records](records.md).",
        _table(("source", "what it is"), ((f"[{name}](#{name})", s.title) for name, s in known.items())),
        *parts,
    )


def _listed(title: str, items: Iterable[str]) -> str:
    lines = [f"- {' '.join(item.split())}" for item in items]
    return "\n".join([f"{title}:", "", *lines]) if lines else ""


def _tables(title: str, intro: str, known: dict[str, Table], before: str = "") -> str:
    parts = []
    for name, table in known.items():
        rows = [
            (
                f"`{c.name}`{_REQUIRED if c.required else ''}",
                c.type,
                f"[{c.kind}](kinds.md#{c.kind})" if c.kind else "",
                f"{c.says}; several stand in one text with `;` between, or in a list" if c.many else c.says,
            )
            for c in table.columns
        ]
        reach = f" Reaches people by {', '.join(f'`{way}`' for way in table.reaches)}." if table.reaches else ""
        dated = f" Dated by `{table.time}`." if table.time else ""
        says = table.says[0].upper() + table.says[1:]
        parts += [f"## {name}", f"{says}.{dated}{reach}", _table(("column", "type", "kind", "meaning"), rows)]
    listed = _table(("table", "one row per"), ((f"[{n}](#{n})", t.says) for n, t in known.items()))
    return _page(title, intro, before, listed, *parts)


def _records() -> str:
    common = _table(("column", "type", "meaning"), ((f"`{c.name}`", c.type, c.says) for c in COMMON))
    return _tables(
        "Record tables",
        "What vendors say, in one shape. Times are UTC; NULL means that the vendor did not say. Columns with \\* are "
        "required. A column with a kind yields sightings, and with them ties, by itself. A file "
        "`EXPORTS/<company>/records/<table>.csv` (or `.jsonl`, `.parquet`, each also `.gz` and `.zst`) in this shape "
        "is read as it is; columns that are not required may be missing. A CSV may be in UTF-8, in UTF-16 or, as "
        "office programs save it, in Windows-1252. In it a day may also have its year last (3/15/2026, 15.3.2026): a "
        "number above twelve, anywhere in the file, tells which of the two is the month; where none does, days between "
        "slashes are set aside.",
        record_tables(),
        f"Every table also has:\n\n{common}",
    )


def _derived() -> str:
    return _tables(
        "Derived tables",
        "What is computed from the records; all of it may be dropped and rebuilt. A run publishes most of these as "
        "Parquet under `WORKSPACE/runs/<run id>/` (`WORKSPACE/latest` points to the newest); `bonafides export` writes "
        "them masked.",
        units.modules(bonafides.derived, "TABLE", Table),
    )


def _kinds() -> str:
    parts = []
    for name, kind in kinds().items():
        shares = [f"from {holders} holders {share:g}" for holders, share in kind.telling]
        says = (
            f"May tie people; family `{kind.family}`. Share of shared values that are a network's, before looking at "
            f"the data: {', '.join(shares)}."
            if kind.ties
            else "Ties nobody."
        )
        parts += [f"## {name}", f"{kind.title[0].upper()}{kind.title[1:]}. {says} Shown masked as `{kind.masks('x')}`."]
    return _page(
        "Kinds",
        "Types of values that can connect people. A kind knows how to clean a value, how telling it is when strangers "
        "share it, and how it is shown before a case is open. Values of one family share a cause: of them only the "
        "strongest counts.",
        *parts,
    )


def _indicators() -> str:
    known = indicators()
    rows = [
        (f"[{i.id}](#{i.id})", i.claim, i.state, *(f"{i.weights[h]:+g}" for h in HYPOTHESES), i.title)
        for i in sorted(known.values(), key=lambda i: (CLAIMS.index(i.claim), i.id))
    ]
    parts = []
    for name, i in known.items():
        needs = "; ".join(" or ".join(f"`{t}.{c}`" for t, c in need) for need in i.needs)
        parts += [
            f"## {name}",
            f"**{i.title}.** Claim `{i.claim}`, basis `{i.basis}`, group `{i.group}`, {i.state}.",
            f"> {' '.join(i.says.split())}",
            _listed("Honest explanations", i.benign),
            f"To settle it: {' '.join(i.resolve.split())}.",
            f"Why these weights: {' '.join(i.why.split())}",
            f"Reads {', '.join(f'`{t}`' for t in i.reads)}; skipped where {needs} is missing.",
            _listed("Published red flags", [f"`{flag}`" for flag in i.catalogue]),
            _listed("References", (*i.attack, *i.refs)),
        ]
    return _page(
        "Indicators",
        "Questions that are asked of the records. Weights are decibans of each hypothesis against `genuine` at full "
        "strength; negative ones speak for the worker. Findings of one group share a cause: the strongest counts.",
        _table(("indicator", "claim", "state", *HYPOTHESES, "title"), rows),
        *_red_flags(known),
        *parts,
    )


def _controls() -> str:
    known = controls()
    parts = []
    for name, one in known.items():
        needs = "; ".join(" or ".join(f"`{t}.{c}`" for t, c in need) for need in one.needs)
        parts += [
            f"## {name}",
            f"**{one.title}.** {one.asks} Protects the claim `{one.claim}`; cannot be told where {needs} is missing.",
            _listed("Asked for by", one.refs),
        ]
    return _page(
        "Controls",
        "What public guidance asks of an employer. `bonafides readiness` and the report say for each company whether "
        "it holds for everybody concerned, fails, or cannot be told from the records. A control speaks of the "
        "employer: none weighs in anybody's assessment.",
        *parts,
    )


def _red_flags(known: Mapping[str, Indicator]) -> list[str]:
    """Every published red flag, with the live indicators that carry it or the reason why none does."""
    carried: dict[str, list[str]] = {}
    for i in known.values():
        for flag in i.catalogue if i.state == "live" else ():
            carried.setdefault(flag, []).append(f"[{i.id}](#{i.id})")
    flags = reference("catalogue")
    return [
        "## Published red flags",
        f"Of {len(flags)} red flags that governments, courts and vendors have published, {len(carried)} are carried by "
        "live indicators. The others, each with the reason, are listed beside them.",
        _table(
            ("red flag", "what it is", "carried by, or why not"),
            [(f"`{f['flag']}`", f["title"], ", ".join(carried.get(f["flag"], ())) or f["why_not"]) for f in flags],
        ),
    ]


def _commands() -> str:
    context = click.Context(COMMAND, info_name="bonafides", max_content_width=110, terminal_width=110)
    parts = []
    for name in COMMAND.list_commands(context):  # type: ignore[attr-defined]
        verb = COMMAND.get_command(context, name)  # type: ignore[attr-defined]
        under = click.Context(verb, info_name=name, parent=context, max_content_width=110, terminal_width=110)
        parts += [f"## {name}", f"```text\n{verb.get_help(under)}\n```"]
        for part in verb.commands.values() if isinstance(verb, click.Group) else ():
            inside = click.Context(part, info_name=part.name, parent=under, max_content_width=110, terminal_width=110)
            parts += [f"### {name} {part.name}", f"```text\n{part.get_help(inside)}\n```"]
    codes = _table(("code", "meaning"), EXIT_CODES.items())
    return _page(
        "Commands",
        "Every verb takes `--help`, and `--json` for programs. Progress goes to stderr, if that is a terminal. "
        "Errors are one line on stderr and hold no person's data.",
        codes,
        *parts,
    )


def _settings() -> str:
    default = Settings()
    rows = [(f"`{f.name}`", _default(getattr(default, f.name)), SETTINGS[f.name]) for f in fields(Settings)]
    return _page(
        "Settings",
        "A YAML file given by `--settings` (or `BONAFIDES_SETTINGS`); what it leaves out keeps its default. Unknown "
        "names are refused. All but `memory`, `threads`, `engine` and `spark_master` are in the manifest of a run, and "
        "of mappings and rules what they say.",
        _table(("setting", "default", "meaning"), rows),
        "```yaml\nprior_stand_in: 0.0002\nown_ranges:\n  acme: [192.0.2.0/24]\nown_tools:\n  acme: [AnyDesk]\n"
        "address_databases: [/data/ranges.csv]\nsanctions:\n  /data/sdn.csv: 2026-11-01\n```",
    )


def _default(value: Any) -> str:
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`" if value or value == 0 else "none"


PAGES: dict[str, Callable[[], str]] = {
    "sources": _sources,
    "records": _records,
    "derived": _derived,
    "kinds": _kinds,
    "indicators": _indicators,
    "controls": _controls,
    "commands": _commands,
    "settings": _settings,
}


def pages() -> dict[str, str]:
    """Every page's text by file name."""
    return {f"{name}.md": write() for name, write in PAGES.items()}


if __name__ == "__main__":
    REFERENCE.mkdir(exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, "utf-8")
