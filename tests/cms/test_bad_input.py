"""What is pasted, mistyped or sent broken: nothing of it reaches readers, nothing is lost."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.pages.stories import StoryPage
from storefront.catalogue.models import Product
from tests.cms.blocks.telling import read, tell, words_of
from tests.cms.story_forms import adding, editing, form
from tests.factories.catalogue import make_product
from tests.factories.pages import make_story

PUBLISH = {"action-publish": "publish"}
# What Word and web pages put beside the words.
PASTED = """
<p class="MsoNormal" style="color:red" onclick="steal()">Damp <b>sand</b> is
<span style="font-size:40pt">packed</span>.</p><script>steal()</script>
<p><a href="javascript:steal()">Read on</a>
<a href="https://example.org/" onmouseover="x()">there</a></p>
<img src="x" onerror="steal()"><iframe src="https://example.org"></iframe><style>p{display:none}</style>
<h1>Too large</h1><table><tr><td>A cell</td></tr></table><svg onload="steal()"><circle r="9"/></svg>
<o:p>Office</o:p><object data="x"></object><form action="/x">Send</form>
"""
ALLOWED = {"p", "b", "i", "a", "ol", "ul", "li", "br"}


def paragraph(value: str) -> dict[str, Any]:
    """Return a story of one paragraph, as the editor's browser sends it."""
    body = streamfield([("paragraph", value)])
    return {**_without_body(form()), **nested_form_data({"body": body})}


def told(**changes: Any) -> dict[str, Any]:
    """Return a whole story, as the editor's browser sends it."""
    return form(make_product(), **changes)


def _without_body(sent: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sent.items() if not name.startswith("body")}


def published(editor: Client, sent: dict[str, Any]) -> Tag:
    """Publish a story and return what readers see of its blocks."""
    answer = editor.post(adding(), sent | PUBLISH)
    assert answer.status_code == 302
    return read(slug=str(sent["slug"]))


def assert_is_plain(words: Tag) -> None:
    """Check that nothing in some words was meant for a machine."""
    inside = [each for found in words.select(".prose > *, p, ul, ol") for each in found.find_all()]
    assert {each.name for each in inside} <= ALLOWED
    told = {name for each in words.find_all() for name in each.attrs}
    assert not {name for name in told if name.startswith("on") or name == "style"}
    assert "javascript" not in str(words)


def test_pasted_scripts_styles_and_frames_are_left_behind(editor: Client) -> None:
    words = published(editor, paragraph(rich_text(PASTED, features=None)))

    assert_is_plain(words)
    assert "Damp sand is packed." in " ".join(words.get_text().split())
    assert [each["href"] for each in words.select("a[href]")] == ["https://example.org/"]
    assert words.select("script, style, iframe, img, svg, table, form, object, h1") == []


@pytest.mark.parametrize(
    "url",
    [
        "javascript:steal()",
        "JaVaScRiPt:steal()",
        "java\tscript:steal()",
        "\x01javascript:steal()",
        "data:text/html,<script>steal()</script>",
        "vbscript:steal()",
    ],
)
def test_a_browser_that_sends_what_no_editor_can_paste_is_not_believed(
    editor: Client, url: str
) -> None:
    forged = {
        "blocks": [
            {
                "key": "aaaaa",
                "text": "<script>steal()</script> link picture",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [{"offset": 0, "length": 8, "style": "STEAL"}],
                "entityRanges": [
                    {"offset": 25, "length": 4, "key": 0},
                    {"offset": 30, "length": 7, "key": 1},
                ],
                "data": {},
            },
            {
                "key": "bbbbb",
                "text": "A heading",
                "type": "header-one",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [],
                "data": {},
            },
        ],
        "entityMap": {
            "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}},
            "1": {
                "type": "IMAGE",
                "mutability": "IMMUTABLE",
                "data": {"src": url, "onerror": "steal()", "format": "fullwidth"},
            },
        },
    }

    words = published(editor, paragraph(json.dumps(forged)))

    assert_is_plain(words)
    assert words.select("script, img, h1") == []
    assert "<script>steal()</script>" in words_of(words)
    assert words.select("a[href]") == []


def test_a_title_is_words_and_nothing_else(editor: Client, client: Client) -> None:
    title = "</title><script>steal()</script>\"'><img src=x onerror=steal()>"

    editor.post(adding(), told(title=title) | PUBLISH)

    page = BeautifulSoup(client.get("/en/stories/a-lota-is-born/").content, "html.parser")
    assert page.h1.get_text(strip=True) == title
    assert "steal()" not in {each.get_text(strip=True) for each in page.select("script")}
    for_programs = page.find("script", type="application/ld+json")
    assert "</title>" not in str(for_programs.string)
    assert page.select("[onerror]") == []


TEXTS = [
    pytest.param("مرادآباد کا لوٹا", id="right to left"),
    pytest.param("👩🏽‍🎨 The lota 🏺", id="emoji"),
    pytest.param("\u202eevil\u202c lota", id="turned round"),
    pytest.param("The\u200b lo\u200dta\ufeff", id="zero width"),
    pytest.param("L" * 255, id="as long as it may be"),
    pytest.param("लोटा कैसे ढलता है", id="Hindi"),
]


@pytest.mark.parametrize("title", TEXTS)
def test_any_script_may_stand_in_a_title_and_gives_an_address(
    editor: Client, client: Client, title: str
) -> None:
    answer = editor.post(adding(), told(title=title, slug="") | PUBLISH)

    assert answer.status_code == 302
    story = StoryPage.objects.get()
    assert story.slug.isascii()
    page = client.get(story.address)
    assert page.status_code == 200
    assert BeautifulSoup(page.content, "html.parser").h1.get_text(strip=True) == title.strip()


@pytest.mark.parametrize("field", ["title", "lead"])
@pytest.mark.parametrize("empty", ["\u200b\u200d", "\ufeff", "  \u2060 "])
def test_words_that_nobody_can_see_are_no_words(editor: Client, field: str, empty: str) -> None:
    answer = editor.post(adding(), told(**{"slug": "unseen", field: empty}) | PUBLISH)

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not StoryPage.objects.exists()


def test_a_title_that_is_too_long_is_shown_again_with_what_is_wrong(editor: Client) -> None:
    answer = editor.post(adding(), told(title="L" * 256) | PUBLISH)

    assert "title" in answer.context["form"].errors
    assert "L" * 256 in answer.content.decode()
    assert not StoryPage.objects.exists()


def test_a_product_that_is_gone_keeps_the_story_from_being_published_and_says_where(
    editor: Client,
) -> None:
    gone, lota = make_product(), make_product()
    sent = form(lota, gone)
    Product.objects.get(pk=gone.pk).delete()

    draft = editor.post(adding(), sent)
    refused = editor.post(editing(StoryPage.objects.get()), sent | PUBLISH)

    assert draft.status_code == 302
    assert refused.status_code == 200
    [problem] = refused.context["form"].errors.as_data()["body"]
    # The third block, its list of products, the second of them.
    [inside] = (
        problem.block_errors[2].as_json_data()["blockErrors"]["products"]["blockErrors"].keys()
    )
    assert int(inside) == 1
    assert not StoryPage.objects.get().live


BODIES = [
    pytest.param([{"type": "hologram", "value": "x", "id": "1"}], id="a block nobody knows"),
    pytest.param([{"type": "products", "value": "x", "id": "1"}], id="a block of another shape"),
    pytest.param([{"type": "paragraph", "value": None, "id": "1"}], id="a block of nothing"),
    pytest.param([], id="no block"),
]


@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_an_older_version_left_behind_can_be_read_and_mended(
    editor: Client, client: Client, body: list[Any]
) -> None:
    story = make_story()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cms_storypage SET body = %s", [json.dumps(body)])
    draft = story.latest_revision
    draft.content["body"] = json.dumps(body)
    draft.save()

    shown = client.get(story.address)
    opened = editor.get(editing(story))
    mended = editor.post(editing(story), told(slug=story.slug) | PUBLISH)

    assert (shown.status_code, opened.status_code, mended.status_code) == (200, 200, 302)
    assert "Damp sand." in client.get(story.address).content.decode()


def test_a_very_long_story_can_be_saved(editor: Client) -> None:
    chapters = [("chapter", f"Chapter {number}") for number in range(400)]
    sent = {**_without_body(form()), **nested_form_data({"body": streamfield(chapters)})}

    answer = editor.post(adding(), sent | PUBLISH)

    assert answer.status_code == 302
    assert len(StoryPage.objects.get().body) == 400


def test_words_for_a_machine_are_words_in_every_block() -> None:
    nasty = '<script>steal()</script>" onload="steal()'
    tell(
        ("chapter", nasty),
        ("quote", {"text": nasty, "attribution": nasty}),
        ("term", {"term": nasty[:80], "explanation": nasty}),
    )

    shown = read()

    assert shown.select("script, [onload]") == []
    assert nasty in words_of(shown)
