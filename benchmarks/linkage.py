"""Pair F1 and seconds of linking documents whose persons are known.

    python benchmarks/linkage.py FILE     # the historical 50k of moj-analytical-services, Parquet with `cluster`

Links all at once; then nine tenths, and the last tenth as new documents that are compared with all while the old ones
are not compared again.
"""

import sys
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from bonafides.sightings.linkage import Compared, learn, matches, pairs, persons
from bonafides.store.duckdb import Store, quoted

COLUMNS = (
    Compared("first_name", "name"), Compared("surname", "name"), Compared("dob", "date"),
    Compared("postcode_fake", "code"), Compared("birth_place", "text"), Compared("occupation", "text"),
)  # fmt: skip
BLOCKS = (
    "first_name || '|' || surname",
    "surname || '|' || dob",
    "first_name || '|' || dob",
    "postcode_fake || '|' || first_name",
    "postcode_fake || '|' || surname",
    "dob || '|' || birth_place",
    "postcode_fake || '|' || dob",
    "postcode_fake || '|' || occupation",
    "surname || '|' || birth_place || '|' || occupation",
    "first_name || '|' || birth_place || '|' || occupation || '|' || substr(dob, 1, 4)",
    "postcode_fake || '|' || birth_place || '|' || substr(dob, 1, 3)",
    "substr(surname, 1, 4) || '|' || dob",
    "substr(postcode_fake, 1, 4) || '|' || dob",
    "substr(first_name, 1, 3) || '|' || substr(surname, 1, 3) || '|' || substr(dob, 1, 4)",
)


def f1(person: dict[str, str], truth: dict[str, str]) -> tuple[float, float, float]:
    def of(groups: dict[str, str]) -> set[tuple[str, str]]:
        held = defaultdict(list)
        for document, group in groups.items():
            held[group].append(document)
        return {pair for members in held.values() for pair in combinations(sorted(members), 2)}

    found, true = of(person), of(truth)
    right = len(found & true)
    precision, recall = right / max(1, len(found)), right / len(true)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    file = Path(sys.argv[1])
    store = Store(memory="4GB")
    told = ", ".join(f"lower(trim(CAST({c.column} AS VARCHAR))) AS {c.column}" for c in COLUMNS)
    read = f"SELECT CAST(unique_id AS VARCHAR) AS id, {told} FROM read_parquet({quoted(str(file))})"
    truth = {
        r["id"]: str(r["c"])
        for r in store.rows(
            f"SELECT CAST(unique_id AS VARCHAR) AS id, cluster AS c FROM read_parquet({quoted(str(file))})"
        )
    }
    began = time.perf_counter()
    store.execute(f"CREATE TABLE document AS {read}")
    pairs(store, COLUMNS, BLOCKS)
    model = learn(store, COLUMNS)
    documents = sorted(truth)
    whole = persons(documents, matches(store, COLUMNS, model), {})
    spent = time.perf_counter() - began
    print(
        f"all {len(documents):,} at once: precision {{:.3f}}, recall {{:.3f}}, F1 {{:.3f}}, {spent:.1f} s, {store.value('SELECT count(*) FROM compared_pair'):,} pairs".format(
            *f1(dict(whole.person), truth)
        )
    )

    fresh = [d for n, d in enumerate(documents) if n % 10 == 0]
    old = [d for n, d in enumerate(documents) if n % 10]
    store.load("fresh_document", {"id": fresh}, {"id": "VARCHAR"})
    store.execute(
        "CREATE OR REPLACE TABLE document AS SELECT * FROM document WHERE id NOT IN (SELECT id FROM fresh_document)"
    )
    pairs(store, COLUMNS, BLOCKS)
    links = matches(store, COLUMNS, model)
    first = persons(old, links, {})
    began = time.perf_counter()
    store.execute(f"CREATE OR REPLACE TABLE document AS {read}")
    pairs(store, COLUMNS, BLOCKS, "fresh_document")
    more = matches(store, COLUMNS, model)
    second = persons(documents, [*links, *more], first.person)
    spent = time.perf_counter() - began
    kept = sum(second.person[d] == first.person[d] for d in old)
    print(
        f"the last {len(fresh):,} added: precision {{:.3f}}, recall {{:.3f}}, F1 {{:.3f}}, {spent:.1f} s; {kept / len(old):.2%} of the old keep their person, "
        f"{len(second.merged)} persons merged, {len(second.split)} split".format(*f1(dict(second.person), truth))
    )


if __name__ == "__main__":
    main()
