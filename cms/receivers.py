"""What follows when Wagtail publishes a page, takes it back, or first meets a writer."""

from typing import Any

from django.conf import settings
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished
from wagtail.users.models import UserProfile

from cms.navigation import Navigation, menus
from cms.pages.stories import StoryPage
from cms.sold_in_stories import forget_products, remember_products
from storefront.core.kept import forget


@receiver(page_published, sender=StoryPage)
def story_published(instance: StoryPage, **kwargs: Any) -> None:
    """Note what the story sells."""
    remember_products(instance)


@receiver(page_unpublished, sender=StoryPage)
def story_taken_back(instance: StoryPage, **kwargs: Any) -> None:
    """Forget what the story sold."""
    forget_products(instance)


@receiver(pre_save, sender=UserProfile)
def writer_met(instance: UserProfile, **kwargs: Any) -> None:
    """Write to a writer, and show the back office, in the language of all their letters."""
    if instance.pk is None and not instance.preferred_language:
        instance.preferred_language = instance.user.language


@receiver([page_published, page_unpublished])
def page_changed(instance: Page, **kwargs: Any) -> None:
    """Look anew where the menu's links lead, if the page is one of them."""
    if menus(settings.LANGUAGE_CODE).depends_on(instance):
        forget(menus)


@receiver(post_save, sender=Navigation)
def links_changed(**kwargs: Any) -> None:
    """Show the links as they are now."""
    forget(menus)
