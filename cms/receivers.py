"""When Wagtail publishes a story or takes it back, the table of sold products follows."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

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
