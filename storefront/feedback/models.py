"""
Pictures beside a review, and questions with their answers.

A review itself is Oscar's ProductReview: one a person and product, with stars, words and whether
staff approved it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from oscar.apps.catalogue.reviews.models import ProductReview

from storefront.accounts.models import User
from storefront.accounts.queries import language_of
from storefront.catalogue.models import Product
from storefront.feedback.rules import LONGEST_ANSWER, LONGEST_QUESTION
from storefront.media.models import Picture

__all__ = ["ProductReview", "Question", "ReviewPhoto"]


class ReviewPhoto(models.Model):
    """One picture that a buyer took; shown when the review is approved."""

    review = models.ForeignKey(ProductReview, models.CASCADE, related_name="photos")
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="review_photos")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("review", "picture"), name="feedback_a_picture_once_a_review"
            ),
        )

    def __str__(self) -> str:
        return f"{self.review_id} {self.picture_id}"


class Question(models.Model):
    """What somebody asks before they buy, and what the seller says; shown once it is answered."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="questions")
    asker = models.ForeignKey(User, models.SET_NULL, null=True, related_name="questions")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="en")
    text = models.CharField(max_length=LONGEST_QUESTION)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    is_hidden = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="feedback_an_answer_has_its_time",
            ),
        )
        indexes = (
            models.Index(
                fields=("product", "-id"),
                condition=Q(is_hidden=False) & ~Q(answer=""),
                name="feedback_answered_of_product",
            ),
            models.Index(fields=("asker", "asked_at"), name="feedback_asked_by"),
        )

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def letters_in(self) -> str:
        """Return in which language whoever asked is written to."""
        return language_of(self.asker, otherwise=self.language)
