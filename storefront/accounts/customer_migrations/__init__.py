"""Oscar's customer migrations, less the step that asks for Django's flat pages."""
