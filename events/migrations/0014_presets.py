"""Compositions to start from, saved under a name."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0013_pixels_proven"),
    ]

    operations = [
        migrations.AlterField(
            model_name="auditentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("store_added", "added a store"),
                    ("store_changed", "changed a store"),
                    ("store_archived", "archived a store"),
                    ("store_restored", "brought a store back"),
                    ("catalogue_read", "read a store's products in"),
                    ("catalogue_removed", "removed a store's products"),
                    ("pixels_proven", "proved which pixels of a store get an event"),
                    ("preset_saved", "saved a preset"),
                    ("preset_changed", "renamed a preset"),
                    ("preset_removed", "removed a preset"),
                    ("key_added", "added a storefront key"),
                    ("key_activated", "made a storefront key the active one"),
                    ("key_removed", "removed a storefront key"),
                    ("key_handed_over", "was handed a storefront key to send with"),
                    ("master_key_rotated", "rotated the master key"),
                    ("person_invited", "invited somebody"),
                    ("person_joined", "accepted an invitation"),
                    ("person_added", "added a person"),
                    ("person_changed", "changed a person"),
                    ("person_deactivated", "deactivated a person"),
                    ("person_reactivated", "reactivated a person"),
                    ("password_link_made", "made a link for a new password"),
                    ("password_changed", "set a new password"),
                    ("invitation_withdrawn", "withdrew an invitation"),
                    ("buyer_shown", "looked at a buyer's values in clear"),
                    ("exported", "exported deliveries, buyers masked"),
                    ("exported_clear", "exported deliveries with buyers' values in clear"),
                    ("retention_changed", "changed how long deliveries are kept"),
                    ("pruned", "removed deliveries that were kept long enough"),
                    ("buyer_erased", "erased a buyer"),
                    ("signed_in", "signed in"),
                ],
                max_length=30,
            ),
        ),
        migrations.CreateModel(
            name="Preset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("envelope", models.BinaryField()),
                ("created_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="presets", to="events.store"
                    ),
                ),
            ],
            options={
                "ordering": ("name", "id"),
                "constraints": [
                    models.UniqueConstraint(models.F("store"), models.F("name"), name="one_preset_of_a_name")
                ],
            },
        ),
    ]
