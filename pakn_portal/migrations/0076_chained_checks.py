from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pakn_portal", "0075_letters_of_all_acts")]

    operations = [
        migrations.AddField(
            model_name="registercheck",
            name="number",
            field=models.PositiveBigIntegerField(null=True, unique=True),
        ),
        migrations.AddField(
            model_name="registercheck",
            name="previous",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="registerhead",
            name="check_seal",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
