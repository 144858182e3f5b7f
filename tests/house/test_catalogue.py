"""Every published red flag is carried by a live indicator, or the documents say why not."""

from bonafides.kinds.base import rows
from bonafides.workflow.detect import indicators

FLAGS = {row["flag"]: row["why_not"] for row in rows("catalogue")}
CARRIED = {flag: i.id for i in indicators().values() if i.state == "live" for flag in i.catalogue}


def test_an_indicator_names_red_flags_that_are_published() -> None:
    assert set(CARRIED) <= set(FLAGS)


def test_a_red_flag_is_carried_or_has_a_reason_and_not_both() -> None:
    assert [flag for flag, why_not in FLAGS.items() if bool(why_not) == (flag in CARRIED)] == []
