"""The pages of reviews and questions."""

from storefront.feedback.views.asking import ask, my_questions
from storefront.feedback.views.reading import reviews
from storefront.feedback.views.staff import questions_page
from storefront.feedback.views.writing import my_reviews, write

__all__ = ["ask", "my_questions", "my_reviews", "questions_page", "reviews", "write"]
