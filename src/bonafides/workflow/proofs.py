"""The raw items behind findings: which file, by its digest, and which item of it."""

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from bonafides.cases.state import Subject
from bonafides.exchange.case.base import Proof
from bonafides.store.duckdb import Store, quoted
from bonafides.store.publishing import RECORDS
from bonafides.workflow.explain import Told, is_subject
from bonafides.workflow.export import is_ref
from bonafides.workflow.published import published


class Proofs:
    """Raw items behind references."""

    def __init__(self, store: Store, workspace: Path) -> None:
        self._store = store
        # Items lie by source: a file is called after the source that made it.
        self._origin = sorted((workspace / RECORDS / "origin").glob("*.parquet"))
        ledger = workspace / "ledger.json"
        told = json.loads(ledger.read_text("utf-8")) if ledger.exists() else []
        self._files = {one["sha256"]: one["file"] for one in told}

    def of(self, company: str, refs: Collection[str]) -> dict[str, Proof]:
        """By reference. Shape: a reference is `<source>:<item id>`, with `#part` where an item makes several rows."""
        ids = {ref: ref.partition(":")[2].rpartition("#")[0] or ref.partition(":")[2] for ref in refs}
        if not ids or not self._origin:
            return {ref: Proof(ref, None, None, None) for ref in refs}
        listed = ", ".join(quoted(one) for one in sorted({*ids.values(), *(ref.partition(":")[2] for ref in refs)}))
        sources = {ref.partition(":")[0] for ref in refs}
        own = {path: path.name.partition("-")[0].partition(".")[0] for path in self._origin}
        # Where a source has no file by its name, its items may lie in any.
        near = [p for p, source in own.items() if source in sources or not sources <= set(own.values())]
        origin = f"read_parquet([{', '.join(quoted(str(path)) for path in near)}])"
        rows = self._store.rows(
            f"SELECT item_id, min(sha256) AS sha256, min_by(item, sha256) AS item FROM {origin} "
            f"WHERE company = {quoted(company)} AND item_id IN ({listed}) GROUP BY item_id"
        )
        found = {row["item_id"]: row for row in rows}
        made = {}
        for ref, short in ids.items():
            row = found.get(ref.partition(":")[2]) or found.get(short) or {"sha256": None, "item": None}
            made[ref] = Proof(ref, self._files.get(row["sha256"]), row["sha256"], row["item"])
        return made


def behind(
    store: Store, run: Path, who: Subject, told: Sequence[Told], proofs: Proofs
) -> tuple[tuple[Proof, ...], ...]:
    """The raw items behind each finding of a subject. Order: as `told`, whose references they are shown by."""
    rows = published(store, run, "finding", is_subject(*who))
    refs = [
        [str(r) for name, said in json.loads(row["because"]).items() if is_ref(name) and said for r in _listed(said)]
        for row in rows
    ]
    known = proofs.of(who[0], {ref for one in refs for ref in one})
    return tuple(
        tuple(
            Proof(shown, known[ref].file, known[ref].sha256, known[ref].item)
            for ref, shown in zip(dict.fromkeys(own), one.refs, strict=False)
        )
        for one, own in zip(told, refs, strict=True)
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
