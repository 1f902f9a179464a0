"""Find what is wrong with the themes before a buyer does."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from storefront.config.environment import ROOT
from storefront.config.theme_checks.problems import problems, sizes
from storefront.config.themes import MANIFEST, lineage, skins

THEMES = ROOT / "themes"


class Command(BaseCommand):
    """Say each problem on a line of its own, or what every theme weighs."""

    help = "Check every theme and skin: keys, parents, contrast, files that are named, budgets."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Check them all."""
        found = list(problems(THEMES))
        if found:
            raise CommandError("\n".join(["Something is wrong with the themes:", *found]))
        worn = {folder.name for folder in skins(THEMES)}
        for path in sorted(THEMES.glob(f"*/{MANIFEST}")):
            name = path.parent.name
            if name not in worn:
                weighs = ", ".join(f"{k} {n:,}" for k, n in sizes(lineage(THEMES, name)).items())
                self.stdout.write(f"{name}: {weighs}")
        self.stdout.write(f"Each of them can wear {', '.join(sorted(worn))}.")
