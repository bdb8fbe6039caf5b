"""`manage.py bucket`: make the bucket of private files what it must be."""

from typing import Any

from django.core.files.storage import storages
from django.core.management import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Put the bucket's rules: private, TLS only, what was not taken in deleted, CORS."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        # boto3 is for those who have a bucket
        from tenancy import bucket_rules  # noqa: PLC0415
        from tenancy.storage_s3 import TenantS3Storage  # noqa: PLC0415

        storage = storages["default"]
        if not isinstance(storage, TenantS3Storage):
            raise CommandError("Files are on the disk: there is no S3_BUCKET.")
        for title, result in bucket_rules.apply(storage, is_dry=options["dry_run"]):
            self.stdout.write(f"{result}: {title}")
