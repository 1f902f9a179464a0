"""What is taken off a price: the offers and vouchers that staff keep in Oscar's dashboard."""
