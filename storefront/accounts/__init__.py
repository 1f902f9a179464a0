"""Who people are: one user with an e-mail address, and the roles of the shop."""
