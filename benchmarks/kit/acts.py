"""What guests, editors and machines do at a tenant; each act does it once, or raises."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import Client

from benchmarks.kit.databases import forget_rows
from benchmarks.kit.load import CannotMeasure
from benchmarks.kit.sizes import sample
from sites.models import HomePage
from sites.pages import TextPage
from sites.provisioning import apply, reader
from sites.provisioning.platform import add_operator
from suites.models import SuiteType
from tenancy import schedule, tokens
from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.links import api_host, platform_host, staff_host
from tenancy.models import Property, Tenant, User

Act = Callable[[], object]

SLUG = "medida"
"""The tenant that is measured: provisioned when all others are there."""


def provision_tenant(slug: str) -> None:
    """Provision a company of two motels, one of them in three languages."""
    with tempfile.TemporaryDirectory() as folder:
        apply.provision(reader.read(sample("lua", slug, Path(folder), in_spanish=True)))


class Tenancy:
    """The tenant that is measured, in the database that is Django's just now."""

    def __init__(self) -> None:
        with tenant_scope(PLATFORM_ID):
            self.tenant = Tenant.objects.get(slug=SLUG)
        with tenant_scope(self.tenant):
            motel = Property.objects.get(slug=SLUG)
            self.home = HomePage.objects.get(pk=motel.site.root_page_id)
            self.text = TextPage.objects.descendant_of(self.home).get(slug="a-casa")
            self.suite = SuiteType.objects.filter(property=motel).get()
            self.token = tokens.issue(name="bench")
        self.guest = Client(HTTP_HOST=f"{SLUG}.localhost")
        self.owner = self._signed_in(self.tenant, f"owner@{SLUG}.test")
        self.manager = self._signed_in(self.tenant, f"manager@{SLUG}.test")
        person, _is_new = add_operator(email="operator@bench.test", name="Bench")
        self.operator = self._signed_in(PLATFORM_ID, person.email, platform_host())
        self.api = Client(HTTP_HOST=api_host())
        self._published = 0

    def acts(self) -> dict[str, Act]:
        """Return all acts by what they are called in the table."""
        home, text = self.home.pk, self.text.pk
        editor, owner = self._admin(self.manager), self._admin(self.owner)
        operator = self._admin(self.operator)
        return {
            "guest: home page": lambda: get(self.guest, "/"),
            "guest: home page, caches empty": self.first_guest,
            "guest: suite": lambda: get(self.guest, "/suites/loft/"),
            "guest: text": lambda: get(self.guest, "/a-casa/"),
            "guest: address that leads nowhere": lambda: get(self.guest, "/nada/", 404),
            "guest: sitemap": lambda: get(self.guest, "/sitemap.xml"),
            "editor: dashboard": editor(""),
            "editor: explorer, root": editor("pages/"),
            "editor: explorer, home page": editor(f"pages/{home}/"),
            "editor: form of the home page": editor(f"pages/{home}/edit/"),
            "editor: form of a text": editor(f"pages/{text}/edit/"),
            "editor: page chooser": editor("choose-page/"),
            "editor: page search": editor("pages/search/?q=suites"),
            "editor: image chooser": editor("images/chooser/"),
            "editor: images": editor("images/"),
            "editor: history": editor(f"pages/{text}/history/"),
            "editor: suites": editor("snippets/suites/suitetype/"),
            "editor: form of a suite": editor(f"snippets/suites/suitetype/edit/{self.suite.pk}/"),
            "owner: people": owner("people/"),
            "operator: companies": operator("operators/tenants/"),
            "operator: search of a company": operator(f"operators/tenants/?q={SLUG}"),
            "operator: domains": operator("operators/domains/"),
            "publish a page": self.publish,
            "search": self.search,
            "API": self.ask_api,
            "scheduled publishing, nothing due": schedule.publish_due,
        }

    def first_guest(self) -> None:
        forget_rows()
        get(self.guest, "/")

    def publish(self) -> None:
        self._published += 1
        with tenant_scope(self.tenant):
            page = TextPage.objects.get(pk=self.text.pk)
            page.title = f"A casa {self._published}"
            page.save_revision().publish()

    def search(self) -> None:
        with tenant_scope(self.tenant):
            list(TextPage.objects.live().search("casa"))

    def ask_api(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "X-Tenant": SLUG}
        if self.api.get("/api/v1/tenant", headers=headers).json()["slug"] != SLUG:
            raise CannotMeasure("The API answers for another tenant.")

    @staticmethod
    def _signed_in(tenant: Tenant | int, email: str, host: str = "") -> Client:
        client = Client(HTTP_HOST=host or staff_host(SLUG))
        with tenant_scope(tenant):
            client.force_login(User.objects.get(email=email))
        return client

    @staticmethod
    def _admin(client: Client) -> Callable[[str], Act]:
        return lambda path: lambda: get(client, f"/admin/{path}")


def get(client: Client, path: str, status: int = 200) -> Any:
    """Ask for a page; raise if the answer is another than it should be."""
    answer: Any = client.get(path)
    if answer.status_code != status:
        where = answer.headers.get("Location", "")
        raise CannotMeasure(f"{path} answers {answer.status_code} {where}")
    return answer.content if not answer.streaming else b"".join(answer.streaming_content)
