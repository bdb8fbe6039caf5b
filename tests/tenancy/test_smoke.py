import pytest

from tenancy.context import tenant_scope
from tenancy.models import Property


def test_a_tenant_sees_its_own_properties(lua, sol):
    with tenant_scope(lua):
        assert sorted(Property.objects.values_list("slug", flat=True)) == ["lua", "lua-centro"]
    with tenant_scope(sol):
        assert list(Property.objects.values_list("slug", flat=True)) == ["sol"]


@pytest.mark.parametrize("role", ["owner", "manager", "editor"])
def test_everybody_reaches_their_own_panel(lua, staff, role):
    response = staff(lua, role).get("/admin/")
    assert response.status_code == 200
    assert "Grupo Lua" in response.content.decode() or response.content
