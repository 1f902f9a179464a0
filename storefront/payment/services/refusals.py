"""What paying an order is refused for."""

from storefront.core.refusals import Refusal


class NotPayable(Refusal):
    """The order is paid, cancelled or too old to be paid."""

    code = "not-payable"
