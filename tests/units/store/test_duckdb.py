"""The engine in this process says what it lacks."""

from pathlib import Path

import pytest

from bonafides.errors import BadSettings
from bonafides.settings import Settings
from bonafides.store.duckdb import Store


def test_too_little_memory_is_a_setting_to_change_and_no_unit_s_fault(tmp_path: Path) -> None:
    store = Store(tmp_path, memory="20MB", threads=1)
    with pytest.raises(BadSettings, match="--memory"):
        store.value("SELECT list(range) FROM range(50_000_000)")
    assert store.value("SELECT count(*) FROM range(50_000_000)") == 50_000_000


@pytest.mark.parametrize(("memory", "engine"), [("4GB", "3105MB"), ("1000 mb", "675MB"), ("1GiB", "735MB")])
def test_the_engine_gets_what_the_program_leaves(memory: str, engine: str) -> None:
    assert Settings(memory=memory).engine_memory() == engine


@pytest.mark.parametrize("memory", ["lots", "4", "-4GB", "300MB"])
def test_no_run_gets_along_with_no_memory(memory: str) -> None:
    with pytest.raises(BadSettings, match="memory is"):
        Settings(memory=memory).engine_memory()
