"""The desk at which people work on cases: every way to it, the command line's and a page's, goes through here."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from bonafides.cases.rules import check
from bonafides.cases.state import AGAINST, Case, State, Subject, state
from bonafides.decisions.entry import Deed, Entry
from bonafides.errors import BadSettings
from bonafides.kinds.base import pseudonym
from bonafides.store.decided import Broken, Ledger, url_of
from bonafides.store.duckdb import Store, quoted
from bonafides.store.publishing import latest
from bonafides.workflow.detect import indicators
from bonafides.workflow.explain import Explanation, explain, found_in, indicators_of, tag_of
from bonafides.workflow.published import latest_run, published, source

if TYPE_CHECKING:
    from bonafides.workflow.case_file import Exported


@dataclass(frozen=True)
class Decision:
    """A decision that stands, as `calibrate` reads it."""

    company: str
    subject_id: str
    decision: str


class Desk:
    """Cases of one workspace, worked on by one person in one role.

    Shape: `clock` tells the time; `database` is a URL, or None for the workspace's own file. Use it with `with`.
    Raises: BadSettings where something is not allowed or not said; nothing is written then.
    """

    def __init__(
        self, workspace: Path, actor: str, role: str, clock: Callable[[], datetime], database: str | None = None
    ) -> None:
        if not workspace.is_dir():
            raise BadSettings(f"{workspace}: no such workspace")
        self._workspace, self._actor, self._role, self._clock = workspace, actor, role, clock
        self._ledger = Ledger(database or url_of(workspace))
        self._now: tuple[State, Sequence[Entry]] = (State(), ())

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._ledger.close()

    def seat(self, actor: str, role: str) -> "Desk":
        """The same desk for somebody else."""
        other = copy(self)
        other._actor, other._role = actor, role
        return other

    def state(self) -> State:
        """Everything that the entries say now. Not to be changed."""
        return self._state(self._ledger.entries())

    def _state(self, entries: Sequence[Entry]) -> State:
        """What entries say, worked out anew only when somebody did more since than look."""
        now, of = self._now
        is_more = len(entries) >= len(of) and (not of or entries[len(of) - 1] is of[-1])
        if not is_more or any(entry.deed.kind != "viewed" for entry in entries[len(of) :]):
            now = state(entries)
        self._now = (now, entries)
        return now

    def case(self, case_id: str) -> Case:
        """One case. Raises: BadSettings where there is none of this id."""
        found = self.state().cases.get(case_id)
        if found is None:
            raise BadSettings(f"no case {case_id}")
        return found

    def entries(self) -> list[Entry]:
        """The ledger, in order."""
        return list(self._ledger.entries())

    def broken(self) -> Broken | None:
        """The first link of the ledger that does not hold. Unknown: None where all do."""
        return self._ledger.broken()

    def do(self, kind: str, body: Mapping[str, Any], case_id: str | None = None) -> Entry:
        """One deed, checked against everything before it and written down."""
        if kind == "suppressed":
            self._known(str(body.get("indicator") or ""))

        def make(before: Sequence[Entry]) -> Sequence[Deed]:
            deed = self._deed(kind, body, case_id)
            check(self._state(before), deed)
            return [deed]

        return self._ledger.add(make)[0]

    def _known(self, indicator: str) -> None:
        """Raises: BadSettings where nothing that asks is called so, and so nothing would be quiet."""
        run = latest(self._workspace)
        if indicator and indicator not in (indicators_of(run) if run else indicators()):
            raise BadSettings(f"no indicator {indicator}")

    def _deed(self, kind: str, body: Mapping[str, Any], case_id: str | None) -> Deed:
        run = latest(self._workspace)
        at, actor = self.signature()
        return Deed(at, actor, self._role, kind, body, case_id, run.name if run else None)

    def open(self, title: str, subjects: Sequence[str] = (), network_id: str | None = None) -> str:
        """A new case on subjects or on everybody of a network; answers its id.

        Shape: a subject is named as `explain` takes it.
        """
        people = [self.subject(text) for text in subjects]
        if network_id is not None:
            people += [who for who in self._members(network_id) if who not in people]
        told = [{"company": company, "subject_id": subject} for company, subject in dict.fromkeys(people)]
        entry = self.do("case_opened", {"title": title, "subjects": told, "network_id": network_id})
        return next(case.case_id for case in self.state().cases.values() if case.log[0].seq == entry.seq)

    @contextmanager
    def _run(self) -> Iterator[tuple[Store, Path]]:
        """An engine for a moment, and the latest run."""
        store = Store()
        try:
            yield store, latest_run(self._workspace)
        finally:
            store.close()

    def subject(self, text: str) -> Subject:
        """Whom a text names, in the latest run."""
        with self._run() as (store, run):
            row = found_in(store, run, text, None)
        return row["company"], row["subject_id"]

    def tags(self, subjects: Sequence[Subject]) -> dict[Subject, str]:
        """What stands for each subject, the same as in the report."""
        known = {who: tag_of(row) for who, row in self._assessed(subjects).items()}
        # Of whom the latest run does not know any more, nothing is known but that they were in an earlier one.
        return {who: known.get(who) or pseudonym("worker", "\x1f".join(who)) for who in subjects}

    def _assessed(self, subjects: Collection[Subject]) -> dict[Subject, dict[str, Any]]:
        """Assessments of those of the subjects whom the latest run knows."""
        wanted = set(subjects)
        with self._run() as (store, run):
            rows = store.rows(f"SELECT company, subject_id, subject_kind, test_next FROM {source(run, 'assessment')}")
        return {who: row for row in rows if (who := (row["company"], row["subject_id"])) in wanted}

    def _members(self, network_id: str) -> list[Subject]:
        with self._run() as (store, run):
            rows = published(store, run, "network_member", f"network_id = {quoted(network_id)}")
        if not rows:
            raise BadSettings(f"no network {network_id} in the latest run")
        return [(row["company"], row["subject_id"]) for row in rows]

    def about(self, kind: str, case_id: str, subject: str, body: Mapping[str, Any]) -> Entry:
        """A deed about one subject."""
        company, subject_id = self.subject(subject)
        return self.do(kind, {**body, "company": company, "subject_id": subject_id}, case_id)

    def reveal(self, case_id: str, subject: str) -> Explanation:
        """The explanation of a subject in clear, if that was granted; who saw it is written down first."""
        company, subject_id = self.subject(subject)
        self.do("revealed", {"company": company, "subject_id": subject_id}, case_id)
        return explain(self._workspace, subject_id, company, masked=False)

    def signature(self) -> tuple[str, str]:
        """When it is, and who works here."""
        return self._clock().isoformat(timespec="milliseconds"), self._actor

    def export(self, case_id: str, format: str) -> "Exported":
        """A case as a file for others, masked but for whom was revealed; the ledger says so before it leaves."""
        from bonafides.workflow.case_file import export_case

        return export_case(self._workspace, self, case_id, format)

    def next_tests(self, case_id: str) -> list[Entry]:
        """Add what the run would test next of each subject as tasks, where they are not there yet."""
        case = self.case(case_id)
        there, found = {task.text for task in case.tasks}, self._assessed(case.subjects)
        if missing := sum(who not in found for who in case.subjects):
            raise BadSettings(f"{missing} of the case's subjects are not in the latest run")
        rows = [found[who] for who in case.subjects]
        texts = [f"{tag_of(row)} at {row['company']}: {row['test_next']}" for row in rows if row["test_next"]]
        return [self.do("task_added", {"text": text}, case_id) for text in dict.fromkeys(texts) if text not in there]

    def decisions(self) -> list[Decision]:
        """Every decision that stands, for `calibrate`: of a false claim the explanation that was found right."""
        made = []
        for (company, subject_id), one in sorted(self.state().decided().items()):
            told = one.explanation or "unresolved" if one.outcome == AGAINST else one.outcome.replace("_", " ")
            made.append(Decision(company, subject_id, told))
        return made
