"""The one table that belongs to no chapter: signs of life."""

from django.db import models


class Heartbeat(models.Model):
    """When a background process last said that it works."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"
