"""Who may do what in the editors' office; the tables are in docs/chapters/roles.md."""
