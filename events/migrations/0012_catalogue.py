"""What a store sells, for the lines of the composer to be chosen from."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0011_rare_words"),
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
            name="CatalogueItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unique_id", models.CharField(max_length=128)),
                (
                    "kind",
                    models.CharField(
                        choices=[("variants", "Variant"), ("bundle_price_options", "Bundle")], max_length=24
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("sku", models.CharField(blank=True, max_length=100)),
                ("price", models.CharField(blank=True, max_length=24)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("is_active", models.BooleanField(default=True)),
                ("words", models.CharField(max_length=600)),
                ("read_at", models.DateTimeField()),
                (
                    "read_by",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="events.store"
                    ),
                ),
            ],
            options={
                "ordering": ("name", "unique_id"),
                "indexes": [models.Index(fields=["store", "kind", "name"], name="item_name")],
                "constraints": [
                    models.UniqueConstraint(models.F("store"), models.F("unique_id"), name="one_item_of_an_id")
                ],
            },
        ),
    ]
