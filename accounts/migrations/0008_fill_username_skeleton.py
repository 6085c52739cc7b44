from django.db import migrations

from accounts.lookalikes import skeleton


def fill(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    users = []
    for user in User.objects.only("username").iterator(1000):
        user.username_skeleton = skeleton(user.username)[:255]
        users.append(user)
    User.objects.bulk_update(users, ["username_skeleton"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_username_skeleton")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
