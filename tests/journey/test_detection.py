"""Which source reads a file, asked of every source's own samples and of files that none reads."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bonafides.cli.main import COMMAND
from bonafides.errors import BadSettings
from bonafides.workflow.detection import detect, readers
from reading import SAMPLES, sample_files

SOME = ("okta_system_log", "aws_cloudtrail", "nacha_ach", "zeek_dns", "git_log", "easypost_tracker")


@pytest.mark.parametrize("source", SOME)
def test_a_source_s_own_samples_are_told(source: str) -> None:
    longest = max(sample_files(source), key=lambda path: path.stat().st_size)
    found = detect(longest)
    assert found[0].source == source and [one.source for one in readers(found)] == [source]


def test_a_file_that_none_reads_is_told_with_the_reasons(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text('{"colour": "red"}\n{"colour": "blue"}\n')
    told = CliRunner().invoke(COMMAND, ["sources", "--detect", str(path)])
    assert readers(detect(path)) == []
    assert "No source reads this file" in told.output and "0 of 2" in told.output


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.touch()
    with pytest.raises(BadSettings, match="nothing in it"):
        detect(path)


def test_samples_are_there() -> None:
    assert all((SAMPLES / source).is_dir() for source in SOME)
