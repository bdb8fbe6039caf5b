import pytest
from django.core.exceptions import ValidationError

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
