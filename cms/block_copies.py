"""Copying parts of a story to the end of another: Wagtail itself copies whole pages only."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail_localize.models import Translation

from cms.correspondents import districts_of
from cms.office import OfficePage
from cms.pages.stories import StoryIndexPage, StoryPage
from cms.saving import alone_with
from storefront.accounts.models import User

FIRST_WORDS = 12


def stories_of(user: User) -> Any:
    """Return the stories that somebody may add to, by title; a translation follows its original."""
    stories = StoryPage.objects.filter(alias_of=None).select_related("locale").defer("body")
    rights = StoryIndexPage.objects.first().permissions_for_user(user)
    if not rights.can_publish_subpage():
        stories = stories.filter(district__in=districts_of(user))
    followed = Translation.objects.filter(
        enabled=True, source__specific_content_type__model="storypage"
    )
    pairs = set(followed.values_list("source__object_id", "target_locale_id"))
    follow = [story.pk for story in stories if (story.translation_key, story.locale_id) in pairs]
    return stories.exclude(pk__in=follow).order_by("title", "pk")


class TargetField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django itself takes none
    """A story, by its title and language."""

    def label_from_instance(self, obj: StoryPage) -> str:
        """Return the title of the newest draft."""
        return f"{obj.get_admin_display_title()} ({obj.locale.get_display_name()})"


class CopyForm(forms.Form):
    """Which parts of a story are wanted in which other one."""

    blocks = forms.MultipleChoiceField(label=_("What to copy"), widget=forms.CheckboxSelectMultiple)
    to = TargetField(label=_("To the end of"), queryset=None)

    def __init__(self, *args: Any, story: StoryPage, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["blocks"].choices = [
            (block.id, f"{block.block.label}: {_first_words(block)}") for block in story.body
        ]
        self.fields["to"].queryset = stories_of(user).exclude(pk=story.pk)

    def clean_to(self) -> StoryPage:
        """Refuse a story that somebody has locked."""
        target: StoryPage = self.cleaned_data["to"]
        lock = target.get_lock()
        if lock is not None and lock.for_user(self.user):
            raise forms.ValidationError(gettext("This story is locked at the moment."))
        if not target.permissions_for_user(self.user).can_edit():
            raise forms.ValidationError(gettext("This story is not yours to change."))
        return target


def copy_blocks(story: StoryPage, wanted: Iterable[str], *, to: StoryPage, by: User) -> int:
    """Put blocks of a story's newest draft at the end of another's draft; return how many."""
    chosen = set(wanted)
    copies = [_anew(block) for block in story.body.raw_data if block["id"] in chosen]
    with alone_with(f"page {to.pk}"):
        newest = to.get_latest_revision_as_object()
        newest.body = json.dumps([*newest.body.raw_data, *copies])
        # A draft may lack what publishing asks for.
        newest.save_revision(user=by, log_action=True, clean=False)
    return len(copies)


def _anew(value: Any) -> Any:
    """Return what is kept of a block with numbers of its own: comments hang on them."""
    if isinstance(value, list):
        return [_anew(each) for each in value]
    if isinstance(value, dict):
        copy = {name: _anew(each) for name, each in value.items()}
        is_block = {"id", "type", "value"} <= value.keys()
        return copy | {"id": str(uuid4())} if is_block else copy
    return value


def _first_words(block: Any) -> str:
    words = " ".join(block.block.get_searchable_content(block.value))
    return Truncator(words).words(FIRST_WORDS) or gettext("without words")


class CopyBlocksView(OfficePage):
    """What the form is shown in: Wagtail's own frame."""

    page_title = _("Copy parts to another story")
    header_icon = "copy"
    template_name = "cms/admin/copy_blocks.html"


def copy_page_blocks(request: HttpRequest, page_id: int) -> HttpResponse:
    """Let an editor choose parts of a story and where they go."""
    page = get_object_or_404(StoryPage, pk=page_id)
    assert isinstance(request.user, User), "Wagtail lets nobody else in"
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    story = page.get_latest_revision_as_object()
    form = CopyForm(request.POST or None, story=story, user=request.user)
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["to"]
        number = copy_blocks(story, form.cleaned_data["blocks"], to=target, by=request.user)
        told = ngettext(
            "%(number)s part was copied. It stands at the end of this draft.",
            "%(number)s parts were copied. They stand at the end of this draft.",
            number,
        )
        messages.success(request, told % {"number": number})
        return redirect("wagtailadmin_pages:edit", target.pk)
    frame = CopyBlocksView()
    frame.request = request
    context: dict[str, Any] = frame.get_context_data(
        form=form,
        page_subtitle=story.title,
        back=reverse("wagtailadmin_pages:edit", args=[page_id]),
    )
    return render(request, frame.template_name, context)


class CopyBlocksItem(PageMenuItem):
    """Leads from a story to what can be copied of it."""

    label = _("Copy parts to another story")
    icon_name = "copy"
    url_name = "copy-blocks"

    def is_shown(self, user: User) -> bool:
        """Show it for stories, to who may edit them."""
        is_story = isinstance(self.page.specific_deferred, StoryPage)
        return is_story and bool(self.page.permissions_for_user(user).can_edit())
