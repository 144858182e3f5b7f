"""Two small worlds, written once for all tests of this room."""

from pathlib import Path

import pytest

from bonafides.simulate.world import WorldSummary, simulate


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> WorldSummary:
    return simulate(tmp_path_factory.mktemp("reference"), "reference", scale=0.05)


@pytest.fixture(scope="session")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> WorldSummary:
    return simulate(tmp_path_factory.mktemp("quiet"), "quiet", seed=4, scale=0.15)


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> WorldSummary:
    return simulate(tmp_path_factory.mktemp("company"), "company", scale=0.1)


@pytest.fixture(scope="session")
def exports(reference: WorldSummary) -> Path:
    return reference.target / "exports"
