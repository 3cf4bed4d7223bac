from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_browser_channel"),
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
                    ("signed_in", "signed in"),
                ],
                max_length=30,
            ),
        ),
    ]
