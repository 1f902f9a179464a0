"""What follows when Wagtail publishes a story, takes it back, or first meets a writer."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished
from wagtail.users.models import UserProfile

from cms.pages.stories import StoryPage
from cms.sold_in_stories import forget_products, remember_products


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
