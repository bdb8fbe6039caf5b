import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import Filter

from tenancy.context import NoTenant, tenant_scope
from tenancy.storage import tenant_prefix
from tenancy.storage_s3 import TenantS3Storage
from theme.models import SiteDocument, SiteImage

SECRET = b"SOLMARK"


@pytest.fixture
def theirs(sol):
    """Return the name of a file of B's, which exists, whoever asks."""
    with tenant_scope(sol):
        name = default_storage.save(f"{tenant_prefix()}documents/plan.pdf", ContentFile(SECRET))
    yield name
    with tenant_scope(sol):
        default_storage.delete(name)


@pytest.fixture
def climbing(lua, theirs):
    """Return a name that begins in A's folder, and ends in B's."""
    with tenant_scope(lua):
        return f"{tenant_prefix()}images/../../../{theirs}"


def test_a_new_files_name_begins_with_the_tenants_public_id(lua, sol):
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            name = default_storage.generate_filename("images/a.png")
        assert name == f"t/{tenant.public_id}/images/a.png"


def test_a_name_is_not_prefixed_twice(lua):
    with tenant_scope(lua):
        name = default_storage.generate_filename("a.png")
        assert default_storage.generate_filename(name) == name


def test_a_name_in_anothers_folder_becomes_one_in_the_tenants_own(lua, theirs):
    with tenant_scope(lua):
        assert default_storage.generate_filename(theirs) == f"t/{lua.public_id}/{theirs}"


def test_every_file_field_names_its_files_so(lua):
    with tenant_scope(lua):
        for model in (SiteImage, SiteDocument):
            field = model._meta.get_field("file")
            name = field.generate_filename(model(title="a"), "a.png")
            assert name.startswith(f"t/{lua.public_id}/")


def test_pictures_and_documents_are_those_models():
    assert get_image_model() is SiteImage
    assert get_document_model() is SiteDocument


def test_files_that_were_provisioned_are_in_their_tenants_folder(lua, sol):
    for tenant in (lua, sol):
        with tenant_scope(tenant):
            names = SiteImage.objects.values_list("file", flat=True)
            assert names
            assert all(name.startswith(f"t/{tenant.public_id}/") for name in names)


def test_a_tenant_opens_and_deletes_its_own(sol, theirs):
    with tenant_scope(sol):
        with default_storage.open(theirs) as file:
            assert file.read() == SECRET
        default_storage.delete(theirs)
        assert not default_storage.exists(theirs)


@pytest.mark.parametrize("verb", ["open", "delete"])
@pytest.mark.parametrize("name", ["theirs", "climbing"])
def test_anothers_file_is_neither_opened_nor_deleted(lua, sol, theirs, request, verb, name):
    with tenant_scope(lua), pytest.raises(SuspiciousFileOperation):
        getattr(default_storage, verb)(request.getfixturevalue(name))
    with tenant_scope(sol):
        assert default_storage.exists(theirs)


def test_nothing_is_saved_outside_the_tenants_folder(lua, theirs, climbing):
    for name in (theirs, climbing, "plan.pdf"):
        with tenant_scope(lua), pytest.raises(SuspiciousFileOperation):
            default_storage.save(name, ContentFile(b"lua"))


@pytest.mark.parametrize("verb", ["open", "delete", "generate_filename"])
def test_files_need_a_tenant(theirs, verb):
    with pytest.raises(NoTenant):
        getattr(default_storage, verb)(theirs)


def test_anothers_media_are_not_found_on_a_guests_host(guest, theirs, climbing):
    for name in (theirs, climbing):
        response = guest("lua.localhost").get(f"/media/{name}")
        assert response.status_code in {400, 404}


@pytest.mark.parametrize("path", ["/media/t/x/documents/a.pdf", "/documents/1/a.pdf"])
def test_on_the_platform_s_host_there_are_no_files(guest, db, path):
    assert guest("painel.localhost").get(path).status_code == 404


def test_climbing_does_not_lead_a_guest_from_renditions_to_originals(lua, guest):
    with tenant_scope(lua):
        name = default_storage.save(f"{tenant_prefix()}documents/a.pdf", ContentFile(b"lua"))
        climbing = name.replace("documents/", "images/../documents/")
        response = guest("lua.localhost").get(f"/media/{climbing}")
        assert response.status_code in {400, 404}
        default_storage.delete(name)


def test_a_name_that_was_never_kept_is_nothing_to_delete(lua):
    with tenant_scope(lua):
        default_storage.delete("a.width-480.webp")


def test_renditions_that_another_request_has_just_made_are_found(lua):
    """Two guests see a picture first, both make it, and one throws his own away."""
    with tenant_scope(lua):
        image = SiteImage.objects.first()
        filters = [Filter(spec=f"format-webp|width-{width}") for width in (61, 62)]
        first, second = (image.create_renditions(*filters) for _guest in range(2))
        assert [second[each].file.name for each in filters] == [
            first[each].file.name for each in filters
        ]


def test_object_storage_keeps_to_the_same_rules(lua, theirs, climbing):
    bucket = TenantS3Storage(bucket_name="b", access_key="k", secret_key="s")
    with tenant_scope(lua):
        assert bucket.generate_filename("a.png") == f"t/{lua.public_id}/a.png"
        for name in (theirs, climbing):
            with pytest.raises(SuspiciousFileOperation):
                bucket.open(name)
            with pytest.raises(SuspiciousFileOperation):
                bucket.delete(name)


def test_a_rendition_that_somebody_else_made_first_is_taken(lua):
    with tenant_scope(lua):
        image = SiteImage.objects.first()
        late = SiteImage.objects.prefetch_renditions("width-7", "width-8").get(pk=image.pk)
        image.get_renditions("width-7", "width-8")

        found = late.get_renditions("width-7", "width-8")

        made = image.renditions.filter(filter_spec__in=["width-7", "width-8"])
        assert {each.pk for each in found.values()} == {each.pk for each in made}
