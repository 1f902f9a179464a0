"""Oscar's seam: order numbers nobody can guess."""

from oscar.apps.order import utils as oscar

from storefront.core.references import order_number


class OrderNumberGenerator(oscar.OrderNumberGenerator):
    """Random numbers; Oscar's are 100000 + the basket's id."""

    def order_number(self, basket=None):
        return order_number()
