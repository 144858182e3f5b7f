"""Which cameras of interviews can show anything."""

import pytest

from bonafides.enrich.attachments import derive
from indicator_cases import filled


def made_up(*cameras: str | None) -> list[tuple[str, int]]:
    """Products known as made up among the cameras of one candidate's interviews, and how often each was seen."""
    at = [f"2026-01-{day:02} 15:00:00" for day in range(1, len(cameras) + 1)]
    interviews = [
        {"subject_id": "s1", "application_id": "a1", "occurred_at": t, "camera_device": camera, "event_ref": t}
        for t, camera in zip(at, cameras, strict=True)
    ]
    store = filled({"interview": interviews, "peripheral": []})
    derive(store)
    found = store.rows("SELECT product, n FROM attached WHERE rule = 'virtual_camera' ORDER BY product")
    return [(row["product"], row["n"]) for row in found]


def test_programs_that_show_what_they_are_given_are_known_by_name() -> None:
    assert made_up("OBS Virtual Camera", "ManyCam Virtual Webcam", "obs virtual camera (m-de:vice)") == [
        ("ManyCam", 1),
        ("OBS", 2),
    ]
    assert made_up("Some Virtual Camera") == [("unnamed", 1)]


@pytest.mark.parametrize("camera", ["FaceTime HD Camera", "Iriun Webcam", "Elgato Virtual Camera", "XSplit VCam", None])
def test_cameras_filters_and_telephones_are_not_made_up(camera: str | None) -> None:
    assert made_up(camera) == []
