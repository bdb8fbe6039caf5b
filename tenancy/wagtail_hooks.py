"""Registration only."""

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from tenancy.operators import OperatorsGroup
from tenancy.viewsets import CompanyViewSetGroup

modeladmin_register(OperatorsGroup)


@hooks.register("register_admin_viewset")
def register_company_viewsets() -> CompanyViewSetGroup:
    return CompanyViewSetGroup()
