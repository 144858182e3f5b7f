"""What holds for all tests: none is judged by how long it took."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from bonafides.store.spark import session

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """Apache Spark on two cores of this machine, without compiling code for queries of a few rows."""
    few = {
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.adaptive.enabled": "false",
    }
    found = session("local[2]", "1GB", few)
    yield found
    found.stop()
