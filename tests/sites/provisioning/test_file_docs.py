"""The documentation has every field of the format, and its example of a report is true."""

import re
from pathlib import Path

import pytest

from sites.provisioning import fields as values
from sites.provisioning import home_tables, page_tables, promotion_tables, schema
from sites.provisioning.reader import FileRefused, read
from sites.provisioning.schema import CompanyFile, Table, Text
from sites.provisioning.wording import fields, tables_in

PAGE = (Path(__file__).parents[3] / "docs" / "provisioning.md").read_text(encoding="utf-8")

HEADINGS = {
    "The file": CompanyFile,
    "`[company]`": schema.Company,
    "`[[people]]`": schema.Person,
    "`[[features]]`": schema.Feature,
    "`[[inclusions]]`": schema.Inclusion,
    "`[[properties]]`": schema.Property,
    "`[properties.appearance]`": schema.Appearance,
    "`[properties.discretion]`": schema.Discretion,
    "`[properties.contact]`": schema.Contact,
    "`[properties.address]`": schema.Address,
    "`[properties.home]`": home_tables.Home,
    "`[properties.home.hero]`": home_tables.Hero,
    "Sections": values.Section,
    "`[properties.home.comparison]`": home_tables.Comparison,
    "`[properties.home.amenities]`": home_tables.Amenities,
    "`[[properties.home.amenities.amenities]]`": home_tables.Amenity,
    "`[properties.home.coupon]`": home_tables.HomeCoupon,
    "`[properties.home.gallery]`": home_tables.Gallery,
    "`[properties.home.packages]`": home_tables.Packages,
    "`[[properties.home.packages.packages]]`": home_tables.Package,
    "`[properties.home.menu]`": home_tables.Menu,
    "`[[properties.home.menu.sections]]`": home_tables.MenuSection,
    "`[[properties.home.menu.sections.dishes]]`": home_tables.Dish,
    "`[properties.home.notice]`": home_tables.Notice,
    "`[properties.home.faq]`": home_tables.Questions,
    "`[properties.home.call_to_action]`": home_tables.CallToAction,
    "`[properties.home.directions]`": home_tables.Directions,
    "`[properties.suites_page]`": schema.SuitesPage,
    "`[properties.promotions_page]`": page_tables.PromotionsPage,
    "`[[properties.promotions]]`": promotion_tables.Promotion,
    "`[[properties.promotions.hours]]`": promotion_tables.PromotionHours,
    "`[[properties.promotions.coupons]]`": promotion_tables.Coupon,
    "`[properties.contact_page]`": page_tables.ContactPage,
    "`[properties.faq]`": page_tables.Faq,
    "`[[properties.faq.questions]]`": page_tables.Question,
    "`[[properties.texts]]`": page_tables.TextPage,
    "`[[properties.campaigns]]`": page_tables.Campaign,
    "`[properties.navigation]`": page_tables.Navigation,
    "`[[properties.navigation.footer]]`": page_tables.MenuGroup,
    "Menu links": page_tables.MenuLink,
    "`[[properties.redirects]]`": page_tables.Redirect,
    "`[properties.calendar]`": schema.Calendar,
    "`[[properties.stays]]`": schema.Stay,
    "`[[properties.special_days]]`": schema.SpecialDay,
    "`[[properties.suite_types]]`": schema.SuiteType,
    "`[[properties.suite_types.prices]]`": schema.Price,
    "Texts": Text,
    "Pictures": values.Picture,
}


def section(heading):
    """Return what is under a heading, up to the next one."""
    return PAGE.split(f"\n### {heading}\n", 1)[1].split("\n### ")[0]


def tables(table=CompanyFile):
    """Return every table of the format."""
    below = {found for each in fields(table).values() for found in tables_in(each)}
    return {table}.union(*map(tables, below))


def test_each_table_has_a_heading():
    documented = set(HEADINGS.values())

    assert {Text if issubclass(table, Text) else table for table in tables()} == documented
    assert re.findall(r"^### (.*)$", PAGE, re.MULTILINE) == list(HEADINGS)


@pytest.mark.parametrize(("heading", "table"), HEADINGS.items())
def test_each_field_is_documented_with_whether_it_must_be_given(heading, table: type[Table]):
    rows = re.findall(r"^\| `(\w+)`( \*)? \| .+ \|$", section(heading), re.MULTILINE)

    assert {name: bool(star) for name, star in rows} == {
        field.alias or name: field.is_required() for name, field in table.model_fields.items()
    }


@pytest.mark.parametrize(("heading", "table"), HEADINGS.items())
def test_limits_of_length_are_the_documented_ones(heading, table: type[Table]):
    rows = re.findall(r"^\| `(\w+)`.*?at most (\d+) characters", section(heading), re.MULTILINE)

    for name, limit in rows:
        field = next(f for n, f in table.model_fields.items() if name in {n, f.alias})
        assert re.findall(r"max_length=(\d+)", _constraints(field)) == [limit]


def _constraints(field):
    words = [table.model_fields["pt"] for table in tables_in(field.annotation)]
    return repr(words or field)


def test_links_lead_to_headings():
    headings = re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}

    assert set(re.findall(r"\]\(#([\w-]+)\)", PAGE)) <= anchors


def test_report_of_the_example_is_true(tmp_path):
    wrong = section_code("toml", after="leaves something to be desired")
    (tmp_path / "nova.toml").write_text(wrong, encoding="utf-8")

    with pytest.raises(FileRefused) as refused:
        read(tmp_path / "nova.toml")

    assert (
        str(refused.value) == section_code("text", after="leaves something to be desired").strip()
    )


def section_code(language, *, after):
    """Return the first block of code in a language after some words."""
    return PAGE.split(after, 1)[1].split(f"```{language}\n", 1)[1].split("```", 1)[0]
