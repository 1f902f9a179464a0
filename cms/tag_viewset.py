"""The moderators' list of tags, where two of them become one."""

from typing import Any

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from cms.tag_merging import merge_tags
from cms.tags import Tag, tags_by_name


class MergeForm(forms.Form):
    """Which tag stays."""

    into = forms.ModelChoiceField(Tag.objects.none(), label=_("Tag that stays"))

    def __init__(self, *args: Any, tag: Tag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = tags_by_name().exclude(pk=tag.pk)


class MergeView(PermissionRequiredMixin, WagtailAdminTemplateMixin, FormView[MergeForm]):
    """Merges a tag into another."""

    permission_required = "cms.delete_tag"
    form_class = MergeForm
    page_title = _("Merge tags")
    header_icon = "tag"
    template_name = "cms/admin/merge_tag.html"

    @cached_property
    def tag(self) -> Tag:
        """Return the tag that goes."""
        return get_object_or_404(Tag, pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the tags in Wagtail's header."""
        way = [{"url": reverse("tags:index"), "label": _("Tags")}, {"url": "", "label": self.tag}]
        return [*super().get_breadcrumbs_items(), *way]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer all other tags."""
        return super().get_form_kwargs() | {"tag": self.tag}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the tag that goes."""
        return super().get_context_data(**kwargs) | {"tag": self.tag, "page_subtitle": self.tag}

    def form_valid(self, form: MergeForm) -> HttpResponse:
        """Merge, and go back to the list."""
        into = form.cleaned_data["into"]
        name = self.tag.name
        merge_tags(self.tag, into=into)
        told = gettext("“%(tag)s” is now “%(into)s”.") % {"tag": name, "into": into.name}
        messages.success(self.request, told)
        return redirect("tags:index")


class TagsView(generic.IndexView):
    """All tags, with how many stories have each, in any language."""

    def get_base_queryset(self) -> QuerySet[Tag]:
        """Count the stories along."""
        tags: QuerySet[Tag] = super().get_base_queryset().annotate(number=Count("stories"))
        return tags


class TagViewSet(ModelViewSet):
    """The tags that stories can have."""

    model = Tag
    name = url_prefix = "tags"
    icon = "tag"
    menu_label = _("Tags")
    menu_order = 93
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = TagsView
    form_fields = ("name_en", "name_hi", "text_en", "text_hi")
    search_fields = ("name_en", "name_hi")
    ordering = ("name_en",)
    list_display = (
        "name_en",
        "name_hi",
        Column("number", label=_("Stories"), sort_key="number"),
        TitleColumn(
            "merge",
            label=_("Mend"),
            accessor=lambda _tag: _("Merge"),
            get_url=lambda tag: reverse("tags:merge", args=[tag.pk]),
        ),
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add where a tag is merged."""
        merge = path("merge/<int:pk>/", MergeView.as_view(), name="merge")
        return [*super().get_urlpatterns(), merge]
