"""A delivery's foreign keys are found by the indexes that lists use: each one more costs every send a page."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0009_tally_indexes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="deliveries",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="resend_of",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="resends",
                to="events.delivery",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="store",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="events.store",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("resend_of__isnull", False)), fields=["resend_of"], name="delivery_resend"
            ),
        ),
    ]
