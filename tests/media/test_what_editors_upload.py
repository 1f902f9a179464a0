"""What editors bring into the library: whole, described, and not there already."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import UploadedFile

from cms.planting import plant_site
from storefront.accounts.roles import Role
from storefront.media.models import Picture
from storefront.media.queries import pictures
from storefront.media.rules import LETTER_SPEC, MOST_PIXELS, Use, specs
from tests.cms.conftest import member
from tests.media.pictures import SVG, claiming, drawn, halves

pytestmark = pytest.mark.django_db
HALF = len(drawn()) // 2
UPLOADS = ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:create"]
WORDS = {"alt_en": "A brass lota", "alt_hi": "पीतल का लोटा", "credit": "", "licence": ""}
REFUSED = [
    pytest.param("loom.jpg", drawn()[:HALF], "damaged", "खराब है", id="broken off"),
    pytest.param("loom.png", drawn("PNG")[:-400], "damaged", "खराब है", id="without its end"),
    pytest.param("words.jpg", b"Dear editor, see below.", "valid image", "तस्वीर नहीं", id="words"),
    pytest.param("loom.svg", SVG, "Not a supported", "ये चलती हैं", id="drawing with a script"),
    pytest.param("loom.png", SVG, "does not match", "मेल नहीं", id="drawing that says PNG"),
    pytest.param("loom.jpg", drawn("PNG"), "does not match", "मेल नहीं", id="another kind"),
    pytest.param("loom.png", claiming(8192, 6144), "too many pixels", "बहुत बड़ी", id="50 megapixel"),
    pytest.param("loom.png", claiming(40_000, 40_000), "pixels", "बहुत बड़ी", id="a bomb"),
    pytest.param("loom.jpg", drawn() + b"0" * 16 * 1024**2, "too big", "बहुत भारी", id="16 MB"),
    pytest.param("loom.jpg", b"", "empty", "खाली", id="nothing"),
]


@pytest.fixture(autouse=True)
def _site() -> None:
    plant_site()


@pytest.fixture
def editor() -> Client:
    """A signed-in editor."""
    return member(Role.EDITOR)


def sent(view: str, name: str, content: bytes, **words: str) -> dict[str, Any]:
    """Return what the browser sends: the chooser's form has a prefix, the quick one only files."""
    file = SimpleUploadedFile(name, content)
    if view.endswith("multiple"):
        return {"title": name, "files[]": file}
    known = {"title": name, "file": file, "tags": "", **(WORDS | words)}
    prefix = "image-chooser-upload-" if "chooser" in view else ""
    return {f"{prefix}{field}": value for field, value in known.items()}


def upload(client: Client, view: str, name: str, content: bytes, **words: str) -> str:
    """Send a file; return what the editor reads."""
    response = client.post(reverse(view), sent(view, name, content, **words))
    if "json" in response["Content-Type"]:
        return str(response.json())
    return str(response.content.decode())


@pytest.mark.parametrize("view", UPLOADS)
@pytest.mark.parametrize(("name", "content", "english", "hindi"), REFUSED)
def test_a_file_that_cannot_be_shown_is_refused_in_the_editors_language(
    editor: Client, view: str, name: str, content: bytes, english: str, hindi: str
) -> None:
    said = upload(editor, view, name, content)
    editor.cookies["django_language"] = "hi"
    said_in_hindi = upload(editor, view, name, content)

    assert english in said
    assert hindi in said_in_hindi
    assert not Picture.objects.exists()
    assert not UploadedFile.objects.exists()


def test_nothing_huge_is_unpacked_to_find_out_that_it_is_huge(editor: Client) -> None:
    # The file holds no pixel: who looked for one would call it damaged.
    said = upload(editor, UPLOADS[0], "loom.png", claiming(9000, MOST_PIXELS // 9000 + 1))

    assert "too many pixels" in said
    assert "damaged" not in said


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_whole_picture_is_taken(editor: Client, kind: str) -> None:
    upload(editor, UPLOADS[0], f"loom.{kind.lower()}", drawn(kind))

    assert Picture.objects.get().alt_hi == "पीतल का लोटा"


@pytest.mark.parametrize("view", [UPLOADS[0], UPLOADS[2]])
@pytest.mark.parametrize("missing", ["alt_en", "alt_hi"])
def test_a_picture_is_described_in_both_languages(editor: Client, view: str, missing: str) -> None:
    said = upload(editor, view, "loom.jpg", drawn(), **{missing: ""})

    assert "mark the picture as decoration" in said
    assert not Picture.objects.exists()


def test_decoration_needs_no_words_and_is_read_out_by_nobody(editor: Client) -> None:
    words = {"alt_en": "", "alt_hi": "", "is_decorative": "on"}

    upload(editor, UPLOADS[0], "loom.jpg", drawn(), **words)

    picture = Picture.objects.get()
    assert pictures([picture.pk], Use.CARD)[picture.pk].alt == ""
    assert picture.default_alt_text == ""


def test_of_several_pictures_at_once_each_is_described_in_a_second_step(editor: Client) -> None:
    answer = editor.post(
        reverse("wagtailimages:add_multiple"), sent(UPLOADS[1], "loom.jpg", drawn())
    ).json()
    address = reverse("wagtailimages:edit_multiple", args=[answer["image_id"]])
    prefix = f"image-{answer['image_id']}-"

    def describe(**words: str) -> Any:
        known = {"title": "Loom", "tags": "", **(WORDS | words)}
        return editor.post(address, {f"{prefix}{name}": value for name, value in known.items()})

    refused = describe(alt_hi="").json()
    taken = describe().json()

    assert refused["success"] is False
    assert "mark the picture as decoration" in refused["form"]
    assert taken["success"] is True
    assert Picture.objects.get().alt_hi == "पीतल का लोटा"


@pytest.mark.parametrize("view", UPLOADS[1:])
def test_who_uploads_a_picture_again_is_asked_whether_it_is_needed(
    editor: Client, view: str
) -> None:
    first, same = drawn(), "seems to be a duplicate of"
    new = upload(editor, view, "loom.jpg", first)
    other = upload(editor, view, "other.jpg", drawn())

    again = upload(editor, view, "again.jpg", first)

    assert same not in new
    assert same not in other
    # The window for several says it in a text of its own; both show the one that is known.
    assert "duplicate" in again
    known = Path(Picture.objects.get(title="loom.jpg").file.name).stem
    assert f"/media/images/{known}." in again


def test_a_new_file_in_the_place_of_the_first_gets_its_renditions(editor: Client) -> None:
    upload(editor, UPLOADS[0], "loom.jpg", drawn())
    picture = Picture.objects.get()
    wide = drawn(size=(900, 300))
    address = reverse("wagtailimages:edit", args=[picture.pk])

    editor.post(address, sent(UPLOADS[0], "wide.jpg", wide))

    made = picture.renditions.filter(filter_spec__in=specs(Use.CARD))
    assert {each.filter_spec for each in made} == set(specs(Use.CARD))
    assert {each.width / each.height for each in made.filter(width=480)} == {3.0}


def test_what_is_cut_out_of_a_picture_is_cut_around_its_subject() -> None:
    file = ContentFile(halves((255, 0, 0), (0, 0, 255)), "halves.png")
    picture = Picture.objects.create(title="Halves", file=file)
    picture.focal_point_x, picture.focal_point_y = 700, 100
    picture.focal_point_width = picture.focal_point_height = 20
    picture.save()

    with picture.get_rendition(LETTER_SPEC).file.open() as cut, Image.open(cut) as shown:
        red, _, blue = shown.convert("RGB").getpixel((10, 70))

    assert blue > 200
    assert red < 50
