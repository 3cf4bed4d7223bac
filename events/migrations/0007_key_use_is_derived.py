"""When a key was last used, its newest delivery tells: an index finds that one, and no send writes to the key's row."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0006_log_work"),
    ]

    operations = [
        migrations.RemoveField(model_name="storefrontkey", name="last_outcome"),
        migrations.RemoveField(model_name="storefrontkey", name="last_used_at"),
        migrations.AlterField(
            model_name="delivery",
            name="storefront_key",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="events.storefrontkey",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["storefront_key", "-id"], name="delivery_key"),
        ),
    ]
