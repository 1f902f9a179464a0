"""Recordings are served whole, and in the parts that players ask for."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

WHOLE = bytes(range(200)) * 1000


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "still.mp4").write_bytes(WHOLE)
    (tmp_path / "lota.webp").write_bytes(WHOLE)
    return tmp_path


def ask(client: Client, wanted: str, name: str = "still.mp4", **headers: str) -> Any:
    return client.get(f"/media/{name}", headers={"Range": wanted, **headers})


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-", 0, 200_000),
        ("bytes=0-1", 0, 2),
        ("bytes=70000-199999", 70_000, 200_000),
        ("bytes=199999-500000", 199_999, 200_000),
        ("bytes=-500", 199_500, 200_000),
        ("bytes=-500000", 0, 200_000),
    ],
)
def test_a_player_gets_the_part_it_asks_for(
    client: Client, media: Path, wanted: str, start: int, end: int
) -> None:
    answer = ask(client, wanted)

    assert answer.status_code == 206
    assert answer.getvalue() == WHOLE[start:end]
    assert answer["Content-Length"] == str(end - start)
    assert answer["Content-Range"] == f"bytes {start}-{end - 1}/200000"
    assert answer["Content-Type"] == "video/mp4"


@pytest.mark.parametrize("wanted", ["bytes=200000-", "bytes=5-4", "bytes=-0", f"bytes={'9' * 18}-"])
def test_a_part_that_there_is_not_is_refused_with_the_length(
    client: Client, media: Path, wanted: str
) -> None:
    answer = ask(client, wanted)

    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */200000")


@pytest.mark.parametrize(
    "wanted", ["", "bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b", f"bytes={'9' * 5000}-"]
)
def test_who_asks_for_no_part_gets_the_whole(client: Client, media: Path, wanted: str) -> None:
    answer = ask(client, wanted)

    assert (answer.status_code, answer["Accept-Ranges"]) == (200, "bytes")
    assert answer.getvalue() == WHOLE


def test_who_has_a_part_of_an_older_file_gets_the_new_one_whole(
    client: Client, media: Path
) -> None:
    now = client.get("/media/still.mp4")["Last-Modified"]

    same = ask(client, "bytes=0-1", **{"If-Range": now})
    older = ask(client, "bytes=0-1", **{"If-Range": "Thu, 01 Jan 2026 00:00:00 GMT"})

    assert (same.status_code, older.status_code) == (206, 200)


def test_pictures_come_whole(client: Client, media: Path) -> None:
    answer = ask(client, "bytes=0-1", name="lota.webp")

    assert (answer.status_code, answer.getvalue()) == (200, WHOLE)


@pytest.mark.django_db
def test_a_recording_that_was_taken_away_is_not_found(client: Client, media: Path) -> None:
    assert ask(client, "bytes=0-1", name="gone.mp4").status_code == 404
