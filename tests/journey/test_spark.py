"""The whole job with Apache Spark: files read, sightings, ties and findings made by its executors, all the same."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bonafides import api
from bonafides.errors import BadSettings
from bonafides.settings import Settings
from bonafides.store.duckdb import Store
from bonafides.store.spark import ask_executors
from bonafides.workflow.published import PUBLISHED, published

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def runs(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A small reference world, investigated with either engine."""
    folder = tmp_path_factory.mktemp("world")
    api.simulate(folder, "reference", seed=3, scale=0.03)
    found = []
    for engine in ("duckdb", "spark"):
        settings = Settings(engine=engine, spark_master="local[2]", memory="2GB")
        outcome = api.investigate(folder / "exports", folder / engine, now=NOW, settings=settings)
        assert not outcome.failed and not outcome.notes
        found.append(outcome.path)
    yield found[0], found[1]
    shutil.rmtree(folder)


@pytest.mark.parametrize("table", sorted(PUBLISHED))
def test_every_published_table_is_the_same_field_for_field(table: str, runs: tuple[Path, Path]) -> None:
    store = Store()
    by_duckdb, by_spark = (published(store, run, table) for run in runs)
    assert by_spark == by_duckdb
    store.close()


def test_the_run_has_the_same_name_and_the_ledger_says_the_same(runs: tuple[Path, Path]) -> None:
    by_duckdb, by_spark = runs
    assert by_spark.name == by_duckdb.name
    ledgers = [(run.parents[1] / "ledger.json").read_text("utf-8") for run in runs]
    assert ledgers[0] == ledgers[1]


def test_there_is_something_to_compare(runs: tuple[Path, Path]) -> None:
    store = Store()
    counts = {table: len(published(store, runs[1], table)) for table in ("finding", "tie", "hub", "assessment")}
    assert counts["finding"] > 300 and counts["tie"] > 300 and counts["hub"] > 20 and counts["assessment"] > 150
    store.close()


def test_an_engine_that_does_not_exist_is_named(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    with pytest.raises(BadSettings, match="engine is one of duckdb, spark, not sparkle"):
        api.investigate(tmp_path / "exports", tmp_path / "ws", now=NOW, settings=Settings(engine="sparkle"))


def test_executors_that_lack_this_package_are_told_before_anything_is_read(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_executors(spark)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "bare"], check=True)
    monkeypatch.setattr(spark.sparkContext, "pythonExec", str(tmp_path / "bare/bin/python"))
    with pytest.raises(BadSettings, match=r"executors cannot use this package .*: ModuleNotFoundError: .*bonafides"):
        ask_executors(spark)
