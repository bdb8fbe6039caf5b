"""Bringing the installation to what a file says."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from sites.provisioning.apply import HostsTaken
from sites.provisioning.ledger import Change, Verb
from sites.provisioning.reader import read
from suites.models import StayPrice, SuiteType
from tenancy.context import PLATFORM_ID, tenant_scope
from tenancy.enums import Role
from tenancy.models import AuditEntry, Domain, Membership, Property, Tenant, User
from theme.models import SiteImage, SiteSettings


def test_a_new_company_is_served_at_once(mar, guest, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as published:
        mar.provision()
    with tenant_scope(mar.tenant):
        for publish in published:
            publish()

    response = guest("mar.localhost").get("/")

    assert response.status_code == 200
    assert "Boa noite" in response.content.decode()
    assert guest("mar.localhost").get("/en/").status_code == 200
    assert guest("mar.localhost").get("/es/").status_code == 404


def test_a_second_run_changes_nothing(mar):
    mar.provision()

    report = mar.provision()

    assert (report.changes, report.not_in_file) == ([], [])


def test_a_dry_run_reports_the_same_and_writes_nothing(mar, media_files):
    dry = mar.provision(dry_run=True)

    with tenant_scope(PLATFORM_ID):
        assert not Tenant.objects.filter(slug="mar").exists()
    assert media_files() == set()
    wet = mar.provision()
    assert [c.verb for c in dry.changes] == [c.verb for c in wet.changes]


def test_a_run_that_fails_in_the_middle_leaves_nothing(mar, media_files, tmp_path):
    file = read(mar.path)
    first, *_rest = file.properties
    broken = first.model_copy(update={"slug": "mar-2", "subdomain": "mar-2"})
    gone = tmp_path / "gone.png"
    hero = first.home.hero.model_copy(
        update={"picture": first.home.hero.picture.model_copy(update={"file": gone})}
    )
    broken = broken.model_copy(update={"home": first.home.model_copy(update={"hero": hero})})
    file = file.model_copy(update={"properties": (first, broken)})

    from sites.provisioning.apply import provision

    with pytest.raises(FileNotFoundError):
        provision(file)

    with tenant_scope(PLATFORM_ID):
        assert not Tenant.objects.filter(slug="mar").exists()
    assert media_files() == set()


def test_what_the_file_changes_is_applied(mar):
    mar.provision()
    mar.edit('price = "76.00"', 'price = "80.00"')

    report = mar.provision()

    key = "properties[mar].suite_types[loft].prices[2h, any]"
    assert report.changes == [Change(Verb.CHANGED, key, ("centavos",))]
    with tenant_scope(mar.tenant):
        assert StayPrice.objects.get(stay__slug="2h", suite_type__slug="loft").centavos == 8000


def test_what_people_changed_is_kept_until_the_file_changes(mar):
    mar.provision()
    with tenant_scope(mar.tenant):
        suite_type = SuiteType.objects.get(slug="loft")
        suite_type.capacity = 4
        suite_type.save()

    kept = mar.provision()
    mar.edit('features = ["hidro"]', 'features = ["hidro"]\ncapacity = 3')
    applied = mar.provision()

    key = "properties[mar].suite_types[loft]"
    assert kept.changes == [Change(Verb.KEPT, key, ("capacity",))]
    assert applied.changes == [Change(Verb.CHANGED, key, ("capacity",))]


def test_what_editors_wrote_is_kept(mar, guest):
    mar.provision()
    with tenant_scope(mar.tenant):
        home = Page.objects.get(slug="mar", depth=2).specific
        home.title = "Escrito por gente"
        home.save_revision().publish()

    report = mar.provision()

    assert report.changes == []
    assert "Escrito por gente" in guest("mar.localhost").get("/").content.decode()


def test_what_people_deleted_stays_deleted(mar):
    mar.provision()
    with tenant_scope(mar.tenant):
        SiteImage.objects.all().delete()
        Page.objects.filter(slug="loft").first().delete()

    mar.provision()

    with tenant_scope(mar.tenant):
        assert not SiteImage.objects.exists()


def test_price_that_people_ended_stays_as_it_was(mar):
    mar.provision()
    with tenant_scope(mar.tenant):
        ended = StayPrice.objects.filter(stay__slug="2h", suite_type__slug="loft")
        ended.update(ends_on=date(2026, 11, 27), centavos=7700)

    report = mar.provision()

    key = "properties[mar].suite_types[loft].prices[2h, any]"
    assert Change(Verb.KEPT, key) in report.changes
    with tenant_scope(mar.tenant):
        assert ended.get().centavos == 7700


def test_what_left_the_file_is_told_and_left_alone(mar):
    mar.provision()
    mar.edit('suites = ["101", "102"]', 'suites = ["101"]')

    report = mar.provision()

    assert report.not_in_file == ["properties[mar].suite_types[loft].suites[102]"]
    with tenant_scope(mar.tenant):
        assert SuiteType.objects.get(slug="loft").suites.count() == 2


def test_a_new_primary_domain_redirects_the_old_one(mar, guest):
    mar.provision()
    mar.edit('subdomain = "mar"', 'subdomain = "mar"\ndomains = ["www.mar.example"]')
    mar.edit("domains = []\n", "")

    mar.provision()

    response = guest("mar.localhost").get("/suites/?a=1")
    assert response.status_code == 301
    assert response["Location"] == "http://www.mar.example/suites/?a=1"
    with tenant_scope(mar.tenant):
        assert Site.objects.get(property__slug="mar").hostname == "www.mar.example"


def test_a_host_of_another_company_is_refused_at_its_line(mar, lua, capsys):
    mar.edit('subdomain = "mar"', 'subdomain = "lua"')

    with pytest.raises(HostsTaken) as refused:
        mar.provision()
    with pytest.raises(CommandError):
        call_command("provision", str(mar.path))

    assert [conflict.host for conflict in refused.value.conflicts] == ["lua.localhost"]
    error = capsys.readouterr().err
    line = mar.path.read_text().splitlines().index('subdomain = "lua"') + 1
    assert f"linha {line}: properties[0].subdomain" in error


def test_people_get_their_roles_and_nothing_else(mar):
    mar.provision()

    with tenant_scope(mar.tenant):
        roles = set(Membership.objects.values_list("user__email", "role"))
        owner = User.objects.get(email="owner@mar.test")
        assert [group.name for group in owner.groups.all()] == ["Proprietários"]
    assert roles == {
        ("owner@mar.test", Role.OWNER),
        ("manager@mar.test", Role.MANAGER),
        ("editor@mar.test", Role.EDITOR),
    }


def test_one_person_may_work_for_two_companies(mar, lua):
    mar.edit("owner@mar.test", "owner@lua.test")

    mar.provision()

    with tenant_scope(mar.tenant):
        there = User.objects.get(email="owner@lua.test")
        assert [group.name for group in there.groups.all()] == ["Proprietários"]
    with tenant_scope(lua):
        here = User.objects.get(email="owner@lua.test")
        assert here.groups.count() == 1
    assert here == there


def test_settings_domains_and_property_are_as_in_the_file(mar):
    mar.provision()

    with tenant_scope(mar.tenant):
        motel = Property.objects.get(slug="mar")
        look = SiteSettings.objects.get(site=motel.site)
        hosts = sorted(Domain.objects.values_list("host", flat=True))
    assert (motel.languages, look.city, look.phone) == (["pt-br", "en"], "Belém", "+559132234455")
    assert hosts == ["mar-centro.localhost", "mar.localhost", "mar.painel.localhost"]


def test_looks_and_discretion_are_as_in_the_file(mar):
    mar.edit(
        'theme = "night"',
        'theme = "night"\nappearance = { scheme = "dark", face = "figtree", '
        'accent_dark = "#FFB0E0", '
        'logo = { file = "lua.png", alt = { pt = "Uma lua", en = "A moon" } } }\n'
        'discretion = { neutral_title = "Agenda", neutral_icon = true }',
    )
    mar.provision()
    again = mar.provision()

    with tenant_scope(mar.tenant):
        look = SiteSettings.objects.get(site__property__slug="mar")
        assert (look.logo.description, look.logo.description_en) == ("Uma lua", "A moon")
    assert (look.scheme, look.face, look.accent_dark) == ("dark", "figtree", "#ffb0e0")
    assert (look.is_title_neutral, look.neutral_title, look.is_icon_neutral) == (
        True,
        "Agenda",
        True,
    )
    assert again.changes == []


def test_the_platform_s_log_says_what_happened(mar):
    mar.provision()

    with tenant_scope(PLATFORM_ID):
        entry = AuditEntry.objects.filter(action="sites.tenant.provision").first()
    assert entry.data["slug"] == "mar"


def test_the_command_lists_every_problem_and_changes_nothing(mar, capsys):
    mar.edit("minutes = 120", 'minutes = "muitos"')
    mar.edit('state = "PA"', 'state = "XX"')

    with pytest.raises(CommandError, match="Nada foi alterado"):
        call_command("provision", str(mar.path))

    assert capsys.readouterr().err.count("mar.toml, linha") == 4
    with tenant_scope(PLATFORM_ID):
        assert not Tenant.objects.filter(slug="mar").exists()


def test_the_demo_s_password_is_for_the_demo_alone(mar):
    with pytest.raises(CommandError, match="--demo"):
        call_command("provision", str(mar.path), "--demo")
