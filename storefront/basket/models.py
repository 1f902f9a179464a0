"""A basket that can be found again by its token, and says when it changed."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine

from storefront.basket.rules import Touches
from storefront.core.references import token
from storefront.partner.strategy import ShopStrategy


class Basket(AbstractBasket):
    """What a buyer has picked. Guests hold its token; `version` grows with every change."""

    token = models.CharField(max_length=40, default=token, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta(AbstractBasket.Meta):
        abstract = False
        constraints = (
            # Not `unique` above: that makes a second index, for beginnings of texts.
            models.UniqueConstraint(fields=("token",), name="basket_token_is_its_own"),
            models.UniqueConstraint(
                fields=("owner",),
                condition=Q(status=AbstractBasket.OPEN),
                name="basket_one_open_a_person",
            ),
        )

    def stand_on(self, lines: "Sequence[Line]") -> None:
        """Let Oscar's offers work on these very lines, at the shop's prices, from the start."""
        self.reset_offer_applications()
        self.strategy = ShopStrategy()
        self._lines = lines
        for line in lines:
            line.basket = self
            line.clear_discount()


class Line(AbstractLine):
    """So many pieces of one product, and the stories its buyer came by; see `rules.Touches`."""

    first_story = models.UUIDField(null=True, editable=False)
    last_story = models.UUIDField(null=True, editable=False)

    @property
    def touches(self) -> Touches:
        """The stories it came by."""
        return Touches(self.first_story, self.last_story)

    @touches.setter
    def touches(self, touches: Touches) -> None:
        self.first_story, self.last_story = touches.first, touches.last

    class Meta(AbstractLine.Meta):
        abstract = False
        constraints = (
            models.CheckConstraint(condition=Q(quantity__gt=0), name="basket_line_has_pieces"),
            models.UniqueConstraint(
                fields=("basket", "stockrecord"), name="basket_one_line_a_stock_record"
            ),
        )


from oscar.apps.basket.models import (  # noqa: E402 -- Oscar's other models, after ours
    InvalidBasketLineError,
    LineAttribute,
)

__all__ = [
    "Basket",
    "InvalidBasketLineError",
    "Line",
    "LineAttribute",
]
