"""The one table that belongs to no chapter: signs of life."""

from django.db import models


class Heartbeat(models.Model):
    """When a background job last did its work; `every` is its time in seconds, if it has one."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    every = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"
