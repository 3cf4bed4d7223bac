"""When a note was changed after it was written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0007_key_use_is_derived")]

    operations = [
        migrations.AddField(model_name="note", name="edited_at", field=models.DateTimeField(null=True)),
    ]
