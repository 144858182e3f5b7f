"""What verbs share: how they print, what they say while they work, and their exit codes."""

import json
import os
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from bonafides.errors import BadSettings

DONE, DONE_WITH_TROUBLE, WRONG_CALL, NOTHING_READ, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 4, 130
EXIT_CODES = {
    DONE: "done",
    DONE_WITH_TROUBLE: "done, but something failed or a source was stopped; what, is said",
    WRONG_CALL: "wrong call or settings: the message says what to change",
    NOTHING_READ: "nothing could be read",
    OUR_FAULT: "a fault of this program: a unit written wrongly, or an error nobody foresaw",
    INTERRUPTED: "interrupted",
}


def now() -> datetime:
    """The moment of the call: the one place where the clock is read."""
    return datetime.now(UTC)


as_json = click.option("--json", "is_json", is_flag=True, help="Print one JSON value for programs, and no progress.")
workspace = click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("workspace"),
    envvar="BONAFIDES_WORKSPACE",
    show_default=True,
    show_envvar=True,
    help="Folder that holds the runs.",
)

settings = click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="BONAFIDES_SETTINGS",
    show_envvar=True,
    help="YAML file with settings (docs/reference/settings.md).",
)

database = click.option(
    "--database",
    envvar="BONAFIDES_DATABASE",
    show_envvar=True,
    help="Where decisions are kept: a PostgreSQL URL; the workspace's own file if not given.",
)
actor = click.option(
    "--as", "actor", required=True, envvar="BONAFIDES_ACTOR", show_envvar=True, help="Who does this, or works here."
)
role = click.option(
    "--role",
    default="analyst",
    show_default=True,
    envvar="BONAFIDES_ROLE",
    show_envvar=True,
    help="analyst, reviewer, counsel, administrator or viewer.",
)

mapping = click.option(
    "--mapping",
    "mapping_files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="Mapping file for files of your own shape (docs/mapping.md); may be given several times.",
)

unmasked = click.option(
    "--unmasked", is_flag=True, help="Show names and values in clear; a reveal belongs in a case, and says so."
)


def environment(name: str) -> str | None:
    """What the environment says of a secret, which no option may hold."""
    return os.environ.get(name)


def warn_of_reveal(unmasked: bool) -> None:
    """Say on stderr that what comes is not masked."""
    if unmasked:
        click.echo(
            "bonafides: names and values are in clear: a reveal belongs in a case, with its reason and a second person",
            err=True,
        )


def warn(text: str) -> None:
    """Say on stderr what went wrong, and go on."""
    click.echo(f"bonafides: {harmless(text)}", err=True)


def progress(is_json: bool) -> Callable[[str], None]:
    """Where long work says what it does: on stderr if somebody is looking."""
    if is_json or not sys.stderr.isatty():
        return lambda _: None
    return lambda text: click.echo(harmless(text), err=True)


def harmless(text: str) -> str:
    """A text that does nothing to a terminal: logs may hold control signs and signs that turn the writing round."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)


def put(text: str = "") -> None:
    """A line for people."""
    click.echo(harmless(text))


def put_json(value: Any) -> None:
    """One JSON value for programs."""
    click.echo(json.dumps(value, indent=1, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, (set, frozenset)) else str(value)


def put_table(rows: Iterable[Sequence[Any]], indent: str = "  ") -> None:
    """Rows in columns as wide as their widest cell; numbers to the right, the last column as long as it is."""
    texts = [[_cell(value) for value in row] for row in rows]
    if not texts:
        return
    widths = [max(len(row[n][0]) for row in texts) for n in range(len(texts[0]))]
    for row in texts:
        cells = [
            text.rjust(w) if is_number else text.ljust(w) for (text, is_number), w in zip(row, widths, strict=True)
        ]
        put(f"{indent}{'  '.join(cells).rstrip()}")


def _cell(value: Any) -> tuple[str, bool]:
    if value is None:
        return "-", False
    if isinstance(value, bool):
        return ("yes" if value else "no"), False
    if isinstance(value, int):
        return f"{value:,}", True
    if isinstance(value, float):
        return f"{value:,.2f}", True
    return str(value), False


def one_of(known: Collection[str], name: str, what: str) -> str:
    """The name, if it is known.

    Raises: BadSettings with what may have been meant.
    """
    if name in known:
        return name
    near = get_close_matches(name, known, n=3)
    raise BadSettings(f"no {what} {name}" + (f": did you mean {', '.join(near)}?" if near else ""))
