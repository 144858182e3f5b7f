"""Buckets of three clouds, by their own libraries, from servers that answer as they do; as somebody calls it."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cloud import NAME, Bucket, serving

SOURCE = "crowdstrike_fdr"
# What a cloud's library gets over by itself or we ask again for. (Azure's waits a quarter of a minute after a 503.)
FAULTS: dict[str, dict[str, list[int | str]]] = {
    "s3": {"page": [503, "gone"], "object": [429, "cut", 500, "gone"]},
    "gs": {"page": [503, "gone"], "object": [429, "cut", 500, "gone"]},
    "az": {"page": ["gone"], "object": [429, "cut", "gone"]},
}


@pytest.fixture(params=sorted(FAULTS))
def bucket(request: pytest.FixtureRequest) -> Iterator[Bucket]:
    made = Bucket(request.param)
    made.objects = {f"data/batch-{n}/part of {n}.gz": gzip.compress(b'{"n": %d}' % n) for n in range(7)}
    made.objects["elsewhere/part.gz"] = b"of no concern"
    with serving(made):
        yield made


def fetch(bucket: Bucket, exports: Path, folder: str = "data") -> tuple[int, Any]:
    """The command line in a process of its own; answers how it ended, and what it said."""
    known = ("AWS_", "AZURE_", "GOOGLE_", "GCSFS_", "FSSPEC_")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(known)}
    asked = f"fetch {SOURCE} {exports} --company acme --json --from {bucket.protocol}://{NAME}/{folder}"
    done = subprocess.run(
        [sys.executable, "-m", "bonafides", *asked.split()],
        env={**plain, **bucket.environment, "HOME": str(exports)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout) if done.returncode == 0 else done.stderr


def files(exports: Path) -> dict[str, bytes]:
    there = exports / "acme" / SOURCE
    return {f"data/{p.relative_to(there)}": p.read_bytes() for p in there.rglob("*") if p.is_file()}


def test_every_object_comes_once_whole_whatever_happens_on_the_way(bucket: Bucket, tmp_path: Path) -> None:
    bucket.faults = {what: list(some) for what, some in FAULTS[bucket.protocol].items()}
    code, told = fetch(bucket, tmp_path)
    assert code == 0 and told["files"] == 7, told
    assert not any(bucket.faults.values())
    due = {name: data for name, data in bucket.objects.items() if name.startswith("data/")}
    assert files(tmp_path) == due
    bucket.asked.clear()
    bucket.objects["data/batch-7.gz"] = gzip.compress(b"new")
    bucket.objects["data/batch-3/part of 3.gz"] = gzip.compress(b"another than before")
    code, told = fetch(bucket, tmp_path)
    assert code == 0 and told["files"] == 2, told
    assert files(tmp_path) == {n: data for n, data in bucket.objects.items() if n.startswith("data/")}
    assert not any("batch-1" in path for path in bucket.asked)


def test_a_store_that_keeps_breaking_off_leaves_whole_files_and_is_asked_again_later(tmp_path: Path) -> None:
    bucket = Bucket("s3")
    bucket.objects = {f"data/{n}.gz": gzip.compress(b"%d" % n) for n in range(4)}
    with serving(bucket):
        bucket.faults["object"] = ["cut"] * 200
        code, told = fetch(bucket, tmp_path)
        assert code == 3 and "ClientPayloadError" in told, told
        assert files(tmp_path) == {}
        bucket.faults["object"] = []
        code, told = fetch(bucket, tmp_path)
        assert code == 0 and files(tmp_path) == bucket.objects


def test_what_may_not_be_read_and_what_is_not_there_is_said(bucket: Bucket, tmp_path: Path) -> None:
    code, told = fetch(bucket, tmp_path, "dta")
    assert code == 2 and "nothing is there" in told, told
    bucket.faults["page"] = [403] * 20
    code, told = fetch(bucket, tmp_path)
    assert code == 2 and "may not be read with the credentials" in told and "KEY" not in told, told
    assert files(tmp_path) == {}
