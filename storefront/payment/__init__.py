"""Oscar's payment, with attempts, provider events, money rows and refunds."""
