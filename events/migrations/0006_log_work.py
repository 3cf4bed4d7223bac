"""What work on the log needs: error groups, hourly tallies, marks, saved searches, runs, retention, chores."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0005_search_fragments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chore",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField()),
                ("done_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("query", models.CharField(blank=True, max_length=3000)),
                ("is_shared", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("name", "id"),
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("word",),
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="erased_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="person",
            name="log_columns",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("store_added", "added a store"),
                    ("store_changed", "changed a store"),
                    ("store_archived", "archived a store"),
                    ("store_restored", "brought a store back"),
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
            name="ErrorGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=32)),
                ("outcome", models.CharField(max_length=16)),
                ("status_code", models.PositiveSmallIntegerField(null=True)),
                ("sentence", models.CharField(blank=True, max_length=200)),
                ("first_seen_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("acknowledged", "Acknowledged"),
                            ("resolved", "Resolved"),
                            ("ignored", "Ignored"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("muted_until", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="error_groups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="error_groups", to="events.store"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="group",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="deliveries",
                to="events.errorgroup",
            ),
        ),
        migrations.CreateModel(
            name="GroupChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("acknowledged", "Acknowledged"),
                            ("resolved", "Resolved"),
                            ("ignored", "Ignored"),
                        ],
                        max_length=12,
                    ),
                ),
                ("muted_until", models.DateTimeField(null=True)),
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
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="events.errorgroup"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="HourTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hour", models.DateTimeField()),
                ("outcome", models.CharField(max_length=16)),
                ("count", models.PositiveIntegerField()),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tallies",
                        to="events.errorgroup",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="events.store"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("at", models.DateTimeField()),
                ("envelope", models.BinaryField()),
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
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="events.delivery"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="pin",
                        serialize=False,
                        to="events.delivery",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Retention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("days", models.PositiveIntegerField()),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "store",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="retention",
                        to="events.store",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=80)),
                ("started_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="runs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="run",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="deliveries",
                to="events.run",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("group__isnull", False)), fields=["group", "-id"], name="delivery_group"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(condition=models.Q(("run__isnull", False)), fields=["run", "-id"], name="delivery_run"),
        ),
        migrations.AddField(
            model_name="savedsearch",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="saved_searches", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="tag",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="tag",
            name="delivery",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tags", to="events.delivery"
            ),
        ),
        migrations.AddConstraint(
            model_name="errorgroup",
            constraint=models.UniqueConstraint(models.F("store"), models.F("digest"), name="one_group_per_digest"),
        ),
        migrations.AddIndex(
            model_name="hourtally",
            index=models.Index(fields=["hour"], name="tally_hour"),
        ),
        migrations.AddIndex(
            model_name="hourtally",
            index=models.Index(fields=["store", "hour"], name="tally_store"),
        ),
        migrations.AddIndex(
            model_name="hourtally",
            index=models.Index(
                condition=models.Q(("group__isnull", False)), fields=["group", "hour"], name="tally_group"
            ),
        ),
        migrations.AddConstraint(
            model_name="retention",
            constraint=models.UniqueConstraint(
                models.Value(1), condition=models.Q(("store__isnull", True)), name="one_retention_for_the_rest"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(models.F("by"), models.F("name"), name="one_search_of_a_name"),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(fields=["word", "-delivery"], name="tag_word"),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.UniqueConstraint(models.F("delivery"), models.F("word"), name="one_tag_of_a_word"),
        ),
    ]
