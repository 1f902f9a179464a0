"""The consent ledger: who agreed to be shown, how, in which language and for how long."""
