"""Oscar's product pages of the dashboard, with what buyers choose by: colour, material, GI name."""
