"""Sound and film: our own files, chosen and checked by editors, played without script."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection

from cms import recording_form
from cms.blocks.recordings import RecordingBlock
from storefront.accounts.roles import Role
from tests.cms.blocks.telling import read, tell, told_by_api, words_of
from tests.cms.blocks.values import make_file
from tests.cms.conftest import member


def recording(file: Document, **more: Any) -> tuple[str, dict[str, Any]]:
    said = "<p>Now we wait.</p>"
    return ("recording", {"title": "The still", "recording": file.pk, "transcript": said, **more})


def upload(client: Client, name: str, content: bytes = b"sound") -> Any:
    file = SimpleUploadedFile(name, content)
    library = Collection.get_first_root_node().pk
    return client.post(
        reverse("wagtaildocs:add"), {"title": name, "file": file, "collection": library}
    )


def test_sound_is_played_when_asked_and_its_words_can_be_read() -> None:
    tell(recording(make_file("still.mp3")))

    shown = read()

    player = shown.select_one("audio[controls][preload=none]")
    assert player["src"].startswith("/media/documents/still")
    assert player["aria-label"] == "The still"
    assert words_of(shown.select_one("details")) == "Read what is said Now we wait."


def test_a_film_has_its_captions() -> None:
    captions = make_file("still.vtt")
    tell(recording(make_file("still.mp4"), captions=captions.pk), language="hi")

    player = read("hi").select_one("video[controls][preload=none]")

    assert player.select_one("source")["type"] == "video/mp4"
    track = player.select_one("track[kind=captions][default]")
    assert (track["src"], track["srclang"]) == (captions.url, "hi")


def test_programs_are_told_where_the_file_is() -> None:
    film = make_file("still.webm")
    tell(recording(film))

    [told] = told_by_api()

    assert told["url"] == f"http://testserver{film.url}"
    assert (told["kind"], told["media_type"], told["captions_url"]) == ("video", "video/webm", None)
    assert told["transcript_html"] == "<p>Now we wait.</p>"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"recording": "still.vtt"}, {"recording"}),
        ({"captions": "still.mp3"}, {"captions"}),
        ({"transcript": ""}, {"transcript"}),
        ({"title": "x" * 5000}, {"title"}),
    ],
)
def test_what_cannot_be_played_or_read_is_not_published(
    changes: dict[str, str], wrong: set[str]
) -> None:
    files = {name: make_file(file).pk if "." in file else file for name, file in changes.items()}
    value = RecordingBlock().to_python(recording(make_file("still.mp3"))[1] | files)

    with pytest.raises(ValidationError) as refused:
        RecordingBlock().clean(value)

    assert set(refused.value.block_errors) == wrong


def test_a_draft_may_wait_for_its_file_and_words() -> None:
    block = RecordingBlock()

    assert block.clean_deferred(block.to_python({"title": "The still"}))["recording"] is None


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CORRESPONDENT, Role.MODERATOR])
def test_writers_bring_recordings_into_the_library(role: Role) -> None:
    answer = upload(member(role), "still.mp3")

    assert answer.status_code == 302
    assert Document.objects.get().title == "still.mp3"


@pytest.mark.parametrize("name", ["page.html", "note.pdf", "picture.svg", "still"])
def test_other_files_are_not_taken(editor: Client, name: str) -> None:
    answer = upload(editor, name)

    assert answer.status_code == 200
    assert Document.objects.count() == 0


def test_a_recording_has_a_largest_size(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording_form, "LARGEST", 1024**2)

    answer = upload(editor, "still.mp3", b"x" * (1024**2 + 1))

    assert "A recording may have 1 MB." in answer.content.decode()
    assert Document.objects.count() == 0
