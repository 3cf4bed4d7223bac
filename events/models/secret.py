"""The console's own random secrets, kept wrapped by the master key."""

from __future__ import annotations

from django.db import models


class ConsoleSecret(models.Model):
    """A random secret (index key, fingerprint key, canary) as an envelope under the primary master key.

    Keyed hashes hang on the secret and not on the master key: rotating the master key rewraps it and no hash changes.
    """

    name = models.CharField(max_length=30, primary_key=True)
    envelope = models.BinaryField()

    def __str__(self) -> str:
        return self.name
