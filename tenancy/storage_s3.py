"""Object storage for tenants' files; apart, because it imports boto3."""

from storages.backends.s3 import S3Storage

from tenancy.storage import TenantFiles


class TenantS3Storage(TenantFiles, S3Storage):
    """Files in a private bucket, reached by signed URLs."""
