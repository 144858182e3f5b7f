"""What a program may call: the same jobs as the command line's, by the same code.

>>> from datetime import UTC, datetime
>>> from bonafides import api
>>> world = api.simulate("demo", scenario="quiet", scale=0.05)
>>> outcome = api.investigate("demo/exports", "demo/workspace", now=datetime.now(UTC))
>>> outcome.tiers["clear"] > 0
True

Why: the rooms that do the work are imported when a function is called, so that a command line starts at once.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from bonafides.run import Run
from bonafides.settings import Settings

if TYPE_CHECKING:
    from bonafides.fetch.apis.base import Api
    from bonafides.fetch.pull import Pulled
    from bonafides.simulate.world import WorldSummary
    from bonafides.workflow.calibrate import Calibration
    from bonafides.workflow.cases import Desk
    from bonafides.workflow.evaluate import Evaluation
    from bonafides.workflow.explain import Explanation
    from bonafides.workflow.file_ledger import FileLedger
    from bonafides.workflow.investigate import Investigation
    from bonafides.workflow.readiness import Company
    from bonafides.workflow.watch import Round


def _silent(_: str) -> None:
    return None


def investigate(
    exports: Path | str,
    workspace: Path | str,
    *,
    now: datetime,
    settings: Settings | None = None,
    say: Callable[[str], None] = _silent,
) -> "Investigation":
    """What do the records say? Everything from raw files to assessments, networks and a report, published whole.

    Shape: `exports` holds `<company>/<source id>/**` and `<company>/records/<table>.*`; `say` is told what goes on.
    Units: `now` is aware; it only refuses times in the future, and nothing that is published depends on it otherwise.
    Raises: BadSettings where `exports` cannot be used; nothing is published then.

    >>> outcome = investigate("exports", "workspace", now=datetime.now(UTC), settings=Settings(prior_stand_in=1 / 5000))
    >>> outcome.path / "assessment.parquet"
    """
    from bonafides.workflow import investigate as room

    return room.investigate(Path(exports), Path(workspace), settings or Settings(), Run(now, say))


def fetch(
    source: str,
    company: str,
    exports: Path | str,
    *,
    clock: Callable[[], datetime],
    sleep: Callable[[float], None],
    given: Mapping[str, str] = MappingProxyType({}),
    secrets: Mapping[str, str] = MappingProxyType({}),
    since: str | None = None,
    from_url: str | None = None,
    say: Callable[[str], None] = _silent,
) -> "Pulled":
    """What is new at the vendor? Events of one source of one company into `exports/<company>/<source>/`.

    Shape: `given` are the API's settings and `secrets` its secrets (`apis` names them); or `from_url` is a bucket or a
    folder whose new objects are copied. `since` is the first day asked for, the first time. `clock` tells the time and
    `sleep` takes seconds to wait.
    Raises: BadSettings where something is missing or refused; TryLater where the vendor does not answer; what was whole
    by then stays.

    >>> okta = {"domain": "acme.okta.com"}
    >>> fetch("okta_system_log", "acme", "exports", given=okta, secrets=secrets, clock=clock, sleep=sleep).items
    """
    from bonafides.workflow import fetch as room

    return room.fetch(source, company, Path(exports), given, secrets, since, from_url, clock, sleep, say)


def apis() -> "Mapping[str, Api]":
    """Which sources can `fetch` ask for, and what do their APIs need to know? By source.

    Raises: BadSettings where the loading library is not installed.

    >>> apis()["okta_system_log"].secrets
    """
    from bonafides.workflow import fetch as room

    return room.apis()


def simulate(
    target: Path | str,
    scenario: str = "reference",
    *,
    seed: int = 1,
    scale: float = 1.0,
    say: Callable[[str], None] = _silent,
) -> "WorldSummary":
    """A synthetic world in vendor formats, with its truth: `target/exports`, `target/truth.csv`, `target/truth.json`.

    Shape: `scenario` is one of the simulator's (docs/api.md); `scale` shrinks or grows the honest population.
    Raises: BadSettings where the scenario is unknown or the folder holds a world already.

    >>> simulate("demo", "company", seed=7).stand_ins
    """
    from bonafides.simulate.world import simulate as world

    return world(Path(target), scenario, seed, scale, say)


def evaluate(workspace: Path | str, truth: Path | str) -> "Evaluation":
    """How well does the latest run tell stand-ins from everybody else? Precision, recall, calibration, false alarms.

    Raises: BadSettings where there is no run, or the truth lacks a column.

    >>> evaluate("workspace", "demo/truth.csv").at_review["precision"]
    """
    from bonafides.workflow import evaluate as room

    return room.evaluate(Path(workspace), Path(truth))


def desk(
    workspace: Path | str, *, actor: str, role: str, clock: Callable[[], datetime], database: str | None = None
) -> "Desk":
    """Who decides? The desk at which one person, in one role, works on the cases of a workspace.

    Shape: `actor` is who works there and `role` what they may do; `clock` tells the time; `database` is the URL of a
    PostgreSQL, or None for the workspace's own file.
    Raises: BadSettings where there is no such workspace or database; TryLater where the database does not answer.

    >>> with desk("workspace", actor="mia", role="analyst", clock=clock) as mine:
    ...     mine.open("Farm on Elm Street", network_id="N-3f2a")
    """
    from bonafides.workflow.cases import Desk

    return Desk(Path(workspace), actor, role, clock, database)


def readiness(workspace: Path | str, *, company: str | None = None) -> "tuple[Company, ...]":
    """What could be tested at each company, what would test the rest, and which controls hold?

    Raises: BadSettings where there is no run, or no such company in it.

    >>> [c.control for c in readiness("workspace")[0].controls if c.outcome == "fails"]
    """
    from bonafides.workflow import readiness as room

    return room.readiness(Path(workspace), company)


def explain(workspace: Path | str, subject: str, *, company: str | None = None, masked: bool = True) -> "Explanation":
    """Why is a subject thought of so? Claims, contributions that sum to the score, findings, ties, what to test next.

    Shape: `subject` is `company/subject_id`, a subject_id (or another id that the company has) with `company`, or the
    six-letter tag of pages and exports.
    Raises: BadSettings where there is no run, no such subject, or several.

    >>> why = explain("workspace", "3f9a1c")
    >>> why.total() == why.decibans
    True
    """
    from bonafides.workflow import explain as room

    return room.explain(Path(workspace), subject, company, masked)


def screen(
    applications: Path | str,
    workspace: Path | str,
    *,
    now: datetime,
    company: str | None = None,
    settings: Settings | None = None,
    masked: bool = True,
) -> "tuple[tuple[Explanation, ...], list[FileLedger]]":
    """What speaks for and against applications before anybody is hired, beside all that the latest run knows?

    Shape: `applications` is a file of the application table, with `company` saying whose, or a folder in the shape of
    exports; explanations as `explain` gives them, and what became of every file. Nothing is published.
    Units: `now` is aware; it only refuses times in the future.
    Raises: BadSettings where there is no run, no such file, no company, or nothing that could be read.

    >>> (one,), _ = screen("application.json", "workspace", now=datetime.now(UTC), company="acme")
    >>> one.tier, one.claims
    """
    from bonafides.workflow import screen as room

    return room.screen(Path(workspace), Path(applications), company, settings or Settings(), Run(now), masked)


def calibrate(workspace: Path | str, decisions: Path | str, *, is_sample: bool = False) -> "Calibration":
    """Which weights do people's decisions ask for, and how reliable are probabilities before and after?

    Shape: `decisions` is a CSV with company, subject_id and decision; `is_sample` says that the decided were drawn at
    random from everybody. `settings()` of what is answered is the text of a settings file; nothing changes before a run
    is given it.
    Raises: BadSettings where there is no run, or the decisions cannot be used or say too little.

    >>> Path("fitted.yaml").write_text(calibrate("workspace", "decisions.csv").settings())
    """
    from bonafides.workflow import calibrate as room

    return room.calibrate(Path(workspace), Path(decisions), is_sample)


def export(workspace: Path | str, table: str, *, format: str = "csv", masked: bool = True) -> bytes:
    """A table of the latest run as the content of a file.

    Shape: `format` is csv, jsonl or parquet; masked, subjects and values are pseudonyms.
    Raises: BadSettings where there is no run, no such table or no such format.

    >>> Path("assessment.csv").write_bytes(export("workspace", "assessment"))
    """
    from bonafides.workflow import export as room

    return room.export(Path(workspace), table, format, masked)


def arrived(exports: Path | str) -> str:
    """Which files lie in a folder? Another answer than before means that something arrived, changed or was withdrawn.

    >>> arrived("exports") == arrived("exports")
    True
    """
    from bonafides.workflow import watch as room

    return room.arrived(Path(exports))


def watch(
    exports: Path | str,
    workspace: Path | str,
    *,
    now: datetime,
    settings: Settings | None = None,
    places: Sequence[str] = (),
    send: Callable[[str, str, str], bool] = lambda place, title, text: False,
    database: str | None = None,
    say: Callable[[str], None] = _silent,
) -> "Round":
    """What is new? One look at `exports`: a run if something arrived since the last look, and each place told once.

    Shape: `send(place, title, text)` answers whether the place took the message; one that did not is tried again at
    the next look. Places may hold secrets: the workspace keeps their digests only. What is told is masked; what people
    dismissed is no news, by the decisions of `database`, or by the workspace's own.
    Raises: BadSettings as `investigate` does.

    >>> watch("exports", "workspace", now=datetime.now(UTC)).news
    """
    from bonafides.workflow import watch as room

    return room.look(Path(exports), Path(workspace), settings or Settings(), Run(now, say), places, send, database)
