from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("pakn_portal", "0013_mail_links"),
    ]

    operations = [
        migrations.RemoveField(model_name="submission", name="mail_token_hash"),
    ]
