from datetime import UTC, datetime

import pytest

from suites.previews import special_moments
from tenancy.context import tenant_scope
from tenancy.models import Property


@pytest.mark.django_db
def test_special_nights_of_the_motel_are_offered_for_previews(lua):
    with tenant_scope(lua):
        motel = Property.objects.get(slug="lua")
        found = special_moments(motel, datetime(2026, 11, 27, tzinfo=UTC))

    assert [(moment.label, moment.text) for moment in found] == [
        ("Dia dos Namorados, 23:50", "2027-06-12T23:50")
    ]
