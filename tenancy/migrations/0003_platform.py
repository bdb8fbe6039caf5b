"""The platform becomes tenant 0, and what Wagtail's own migrations made for nobody goes."""

from django.db import migrations

from tenancy.context import PLATFORM_ID

LOCALES = ("pt-br", "en", "es")


def create_platform(apps, schema_editor):
    apps.get_model("tenancy", "Tenant").objects.create(pk=PLATFORM_ID, slug="painel", name="Alcova")


def create_locales(apps, schema_editor):
    Locale = apps.get_model("wagtailcore", "Locale")
    for code in LOCALES:
        Locale.objects.get_or_create(language_code=code)


def delete_wagtail_samples(apps, schema_editor):
    """Delete the welcome page, the default site, the workflow and the groups of Wagtail."""
    for label in ("WorkflowPage", "WorkflowTask", "GroupApprovalTask", "Task", "Workflow", "Site"):
        apps.get_model("wagtailcore", label).objects.all().delete()
    Page = apps.get_model("wagtailcore", "Page")
    Page.objects.filter(depth__gt=1).delete()
    Page.objects.filter(depth=1).update(numchild=0)
    apps.get_model("auth", "Group").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0002_properties"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0002_initial_data"),
        ("wagtaildocs", "0002_initial_data"),
    ]

    operations = [
        migrations.RunPython(create_platform, migrations.RunPython.noop),
        migrations.RunPython(create_locales, migrations.RunPython.noop),
        migrations.RunPython(delete_wagtail_samples, migrations.RunPython.noop),
    ]
