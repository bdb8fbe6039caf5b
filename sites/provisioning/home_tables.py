"""The tables of a provisioning file that become the home page, and its blocks."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from sites.provisioning import values
from sites.provisioning.fields import (
    NOT_EMPTY,
    Centavos,
    Line40,
    Line60,
    Line80,
    Line150,
    Line200,
    Line300,
    Paragraphs,
    Picture,
    Section,
    Slug,
    Table,
    Text,
)
from sites.provisioning.page_tables import Question

OUR_SUITES = Text[Line80](pt="Nossas suítes", en="Our suites", es="Nuestras suites")
FIND_US = Text[Line80](pt="Onde estamos", en="Where to find us", es="Dónde estamos")


class Hero(Section):
    """How the home page opens. `button` leads to the suites."""

    picture: Picture
    eyebrow: Text[Line60] | None = None
    button: Text[Line40] | None = None


class Comparison(Section):
    """Some of the house's suite types side by side."""

    suite_types: Annotated[tuple[Slug, ...], BeforeValidator(values.two_to_four)]


class Amenity(Table):
    """One thing that the whole house offers."""

    icon: Annotated[str, AfterValidator(values.icon)]
    name: Text[Line60]
    text: Text[Line150] | None = None


class Amenities(Section):
    """What the whole house offers, whatever the suite."""

    amenities: Annotated[tuple[Amenity, ...], NOT_EMPTY]


class HomeCoupon(Section):
    """A coupon whose code guests uncover."""

    coupon: Slug


class Gallery(Table):
    """Pictures on the home page."""

    heading: Text[Line80] | None = None
    pictures: Annotated[tuple[Picture, ...], NOT_EMPTY]


class Package(Table):
    """What is prepared before the guests come."""

    name: Text[Line60]
    text: Text[Line300] | None = None
    price: Centavos | None = None
    picture: Picture | None = None


class Packages(Section):
    """Decorations and other packages."""

    packages: Annotated[tuple[Package, ...], NOT_EMPTY]


class Dish(Table):
    """A dish or a drink."""

    name: Text[Line80]
    text: Text[Line200] | None = None
    price: Centavos | None = None


class MenuSection(Table):
    """Dishes of one kind."""

    name: Text[Line60]
    dishes: Annotated[tuple[Dish, ...], NOT_EMPTY]


class Menu(Section):
    """The kitchen's and the bar's list."""

    sections: Annotated[tuple[MenuSection, ...], NOT_EMPTY]


class Notice(Table):
    """Something that guests should know, set apart from the rest."""

    heading: Text[Line80] | None = None
    text: Text[Paragraphs]


class Questions(Table):
    """A few questions with their answers; the others have a page of their own."""

    heading: Text[Line80]
    questions: Annotated[tuple[Question, ...], NOT_EMPTY]


class CallToAction(Section):
    """The home page's last word. `button` leads to the suites."""

    button: Text[Line40]


class Directions(Section):
    """How to get there: a map, the way step by step, and how to come in."""

    map: Picture | None = None
    steps: tuple[Text[Line150], ...] = ()
    entrance: Text[Line300] | None = None


class Home(Table):
    """The home page, its parts in the order in which guests see them."""

    description: Text[Line300] | None = None
    hero: Hero | None = None
    price_now: Section | None = None
    welcome: Section | None = None
    suites: Section = Section(heading=OUR_SUITES)
    comparison: Comparison | None = None
    amenities: Amenities | None = None
    promotions: Section | None = None
    coupon: HomeCoupon | None = None
    gallery: Gallery | None = None
    packages: Packages | None = None
    menu: Menu | None = None
    guest_photos: Section | None = None
    guest_form: Section | None = None
    reviews: Section | None = None
    notice: Notice | None = None
    faq: Questions | None = None
    call_to_action: CallToAction | None = None
    directions: Directions | None = None
    contact: Section = Section(heading=FIND_US)
