import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Site

from tenancy.context import tenant_scope
from theme.models import SiteSettings

VALID = {
    "theme": "night",
    "phone": "+559132234455",
    "whatsapp": "+5591987654321",
    "instagram": "motellua",
    "city": "Belém",
    "state": "PA",
    "postcode": "66093-020",
}


def test_settings_accept_a_complete_motel():
    SiteSettings(**VALID).clean_fields(exclude=["site"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("theme", "neon"),
        ("phone", "(91) 3223-4455"),
        ("whatsapp", "5591987654321"),
        ("instagram", "@motellua"),
        ("city", ""),
        ("state", "XX"),
        ("postcode", "66093020"),
    ],
)
def test_settings_refuse_what_a_page_could_not_show(field, value):
    settings = SiteSettings(**{**VALID, field: value})

    with pytest.raises(ValidationError) as refused:
        settings.clean_fields(exclude=["site"])

    assert list(refused.value.message_dict) == [field]


def test_address_leaves_out_what_is_unknown():
    assert SiteSettings(city="Belém", state="PA").address == "Belém - PA"
    assert SiteSettings(street="Rua A, 1", district="Marco", city="Belém", state="PA").address == (
        "Rua A, 1, Marco, Belém - PA"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["lua.localhost", "lua-centro.localhost"])
def test_the_way_out_does_not_lead_to_a_motel_of_one_s_own(lua, host):
    with tenant_scope(lua):
        settings = SiteSettings.for_site(Site.objects.get(hostname="lua.localhost"))
        settings.exit_url = f"https://{host}/"

        with pytest.raises(ValidationError) as refused:
            settings.clean()

    assert set(refused.value.message_dict) == {"exit_url"}
