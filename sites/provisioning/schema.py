"""What a provisioning file may say: one model per table, its fields in the file's own order.

Each table is checked by itself here; what one table promises another is in `crosschecks`.
`docs/provisioning.md` explains every field to those who write such files.
"""

from datetime import time
from typing import Annotated

from pydantic import AfterValidator, Field

from sites.provisioning import values
from sites.provisioning.fields import (
    NOT_EMPTY,
    AccessibilityFact,
    Centavos,
    Date,
    Day,
    DomainName,
    FreeSlug,
    Language,
    Line30,
    Line60,
    Line80,
    Line100,
    Line120,
    Line150,
    Line300,
    Paragraphs,
    Phone,
    Picture,
    SecureAddress,
    Slug,
    StaffRole,
    SuiteNumber,
    Table,
    Text,
    Time,
    WeekTime,
    YesOrNo,
)
from sites.provisioning.home_tables import Home
from sites.provisioning.look_tables import Appearance, Discretion
from sites.provisioning.page_tables import (
    Campaign,
    ContactPage,
    Faq,
    Navigation,
    PromotionsPage,
    Redirect,
    TextPage,
)
from sites.provisioning.promotion_tables import Promotion
from suites.enums import DayClass, DayKind, StayKind
from theme.enums import State, Theme


class Company(Table):
    """The tenant."""

    slug: FreeSlug
    name: Line100
    legal_name: Line150
    cnpj: Annotated[str, AfterValidator(values.cnpj)]


class Person(Table):
    """Somebody who works for the company, and the role in which."""

    name: Line150
    email: Annotated[str, Field(max_length=254), AfterValidator(values.email)]
    role: StaffRole


class Feature(Table):
    """Something that suite types have, from the company's vocabulary."""

    slug: Slug
    name: Text[Line60]
    icon: Annotated[str, AfterValidator(values.icon)] = ""


class Inclusion(Table):
    """Something that a price includes, from the company's vocabulary."""

    slug: Slug
    name: Text[Line80]


class Stay(Table):
    """What is sold: a period of minutes, or a window of local time that may pass midnight."""

    slug: Slug
    kind: StayKind
    minutes: int | None = Field(default=None, strict=True, ge=1, le=1440)
    starts_at: Time | None = None
    latest_entry_at: Time | None = None
    ends_at: Time | None = None
    tolerance: int = Field(default=0, strict=True, ge=0, le=1440)


class Calendar(Table):
    """When the house has weekend, and which holidays it keeps: those of its address's state."""

    weekend_from: WeekTime = values.WeekTime(4, time(18))
    weekend_until: WeekTime = values.WeekTime(6, time(18))
    holidays: YesOrNo = True
    optional_holidays: YesOrNo = False
    eves_from: Time | None = None


class SpecialDay(Table):
    """A day of the house's own: with prices of its own, a local holiday, or closed."""

    slug: Slug
    name: Text[Line80]
    date: Day
    kind: DayKind = DayKind.SPECIAL


class Price(Table):
    """What a stay costs, on which days, and what is in it. The file says `price`, in reais."""

    stay: Slug
    centavos: Centavos = Field(alias="price")
    days: DayClass | None = None
    special_day: Slug | None = None
    arrives_from: Time | None = None
    arrives_until: Time | None = None
    valid_from: Date | None = None
    includes: tuple[Slug, ...] = ()

    @property
    def identity(self) -> list[str]:
        """What tells this price from the suite type's others."""
        days = f"{self.day_class}:{self.special_day}" if self.special_day else str(self.day_class)
        arrival = f"arrives {self.arrives_from:%H:%M}" if self.arrives_from else ""
        begins = f"from {self.valid_from}" if self.valid_from else ""
        return [part for part in (self.stay, days, arrival, begins) if part]

    @property
    def day_class(self) -> DayClass:
        """The class of days, which need not be said for every day or for a special one."""
        return self.days or (DayClass.SPECIAL if self.special_day else DayClass.ANY)


class SuiteType(Table):
    """The kind of room that a guest chooses, its page, its rooms and its prices."""

    slug: Slug
    name: Text[Line80]
    summary: Text[Line300] | None = None
    story: Text[Paragraphs] | None = None
    capacity: int = Field(default=2, strict=True, ge=1, le=100)
    included_people: int = Field(default=2, strict=True, ge=1, le=100)
    extra_person: Centavos | None = None
    extra_hour: Centavos | None = None
    area_m2: int | None = Field(default=None, strict=True, ge=1, le=10_000)
    accessibility: tuple[AccessibilityFact, ...] = ()
    features: tuple[Slug, ...] = ()
    suites: tuple[SuiteNumber, ...] = ()
    prices: Annotated[tuple[Price, ...], NOT_EMPTY]
    pictures: tuple[Picture, ...] = ()
    video_url: SecureAddress | None = None
    tour_url: SecureAddress | None = None


class Contact(Table):
    """How guests reach the house."""

    phone: Phone | None = None
    whatsapp: Phone | None = None
    instagram: Annotated[Line30, AfterValidator(values.instagram)] | None = None


class Address(Table):
    """Where the house is."""

    street: Line120 | None = None
    district: Line80 | None = None
    city: Line80
    state: State
    postcode: Annotated[str, AfterValidator(values.postcode)] | None = None


SUITES = Text[Line80](pt="Suítes", en="Suites", es="Suites")


class SuitesPage(Table):
    """The page that lists the suite types."""

    title: Text[Line80] = SUITES
    intro: Text[Line300] | None = None


class Property(Table):
    """One property: its site, its looks, its home page and what it sells."""

    slug: FreeSlug
    name: Line100
    subdomain: FreeSlug | None = None
    domains: tuple[DomainName, ...] = ()
    languages: tuple[Language, ...] = ("pt-br",)
    timezone: Annotated[str, AfterValidator(values.time_zone)] = "America/Sao_Paulo"
    theme: Theme = Theme.NIGHT
    appearance: Appearance = Appearance()
    discretion: Discretion = Discretion()
    opening_hours: Text[Line120] | None = None
    contact: Contact = Contact()
    address: Address
    home: Home = Home()
    suites_page: SuitesPage = SuitesPage()
    promotions_page: PromotionsPage = PromotionsPage()
    promotions: tuple[Promotion, ...] = ()
    contact_page: ContactPage = ContactPage()
    faq: Faq | None = None
    texts: tuple[TextPage, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    navigation: Navigation | None = None
    redirects: tuple[Redirect, ...] = ()
    calendar: Calendar = Calendar()
    stays: Annotated[tuple[Stay, ...], NOT_EMPTY]
    special_days: tuple[SpecialDay, ...] = ()
    suite_types: Annotated[tuple[SuiteType, ...], NOT_EMPTY]

    def hosts(self, platform_domain: str) -> tuple[str, ...]:
        """Return the property's host names, the primary one first."""
        return (*self.domains, f"{self.subdomain or self.slug}.{platform_domain}")


class CompanyFile(Table):
    """The whole file."""

    format: Annotated[int, Field(strict=True), AfterValidator(values.file_format)]
    company: Company
    people: tuple[Person, ...]
    features: tuple[Feature, ...] = ()
    inclusions: tuple[Inclusion, ...] = ()
    properties: Annotated[tuple[Property, ...], NOT_EMPTY]
