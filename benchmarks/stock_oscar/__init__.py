"""Stock Oscar: the installed package with its own templates and no fork, for comparison."""
