"""What belongs to no chapter: signs of life, and how much was refused."""

from django.db import models


class Heartbeat(models.Model):
    """When a background job last did its work; `every` is its time in seconds, if it has one."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    every = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"


class Refused(models.Model):
    """How many requests a door refused on a day, by reason; nothing else is kept of them."""

    day = models.DateField()
    door = models.CharField(max_length=10)
    reason = models.CharField(max_length=40)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("day", "door", "reason"), name="core_refused_of_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.door} {self.reason} {self.count}"
