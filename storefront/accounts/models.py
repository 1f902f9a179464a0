"""One person, one login."""

from oscar.apps.customer.abstract_models import AbstractUser


class User(AbstractUser):
    """A buyer, editor, seller or staff member, known by e-mail address."""

    class Meta(AbstractUser.Meta):
        abstract = False
        swappable = "AUTH_USER_MODEL"
