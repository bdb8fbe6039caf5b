"""The tables of a provisioning file that become pages besides home and suites, and their links."""

from typing import Annotated

from pydantic import Field

from sites.provisioning.fields import (
    NOT_EMPTY,
    Line40,
    Line60,
    Line80,
    Line150,
    Line300,
    LocalPath,
    Paragraphs,
    Picture,
    Section,
    Slug,
    Table,
    Text,
    WebAddress,
    YesOrNo,
)

PROMOTIONS = Text[Line80](pt="Promoções", en="Promotions", es="Promociones")
CONTACT = Text[Line80](pt="Contato", en="Contact", es="Contacto")
QUESTIONS = Text[Line80](
    pt="Perguntas frequentes", en="Frequently asked questions", es="Preguntas frecuentes"
)


class PromotionsPage(Table):
    """The page that lists the promotions in force."""

    title: Text[Line80] = PROMOTIONS
    intro: Text[Line300] | None = None


class ContactPage(Table):
    """The page with address and telephones."""

    title: Text[Line80] = CONTACT
    intro: Text[Line300] | None = None
    directions: Section | None = None


class Question(Table):
    """A question and its answer."""

    question: Text[Line150]
    answer: Text[Paragraphs]


class Faq(Table):
    """The page of questions."""

    title: Text[Line80] = QUESTIONS
    intro: Text[Line300] | None = None
    questions: Annotated[tuple[Question, ...], NOT_EMPTY]


class TextPage(Table):
    """A page of running text."""

    slug: Slug
    title: Text[Line80]
    summary: Text[Line300] | None = None
    picture: Picture | None = None
    sections: Annotated[tuple[Section, ...], NOT_EMPTY]
    in_menu: YesOrNo = False


class Campaign(Table):
    """Where an advertisement leads. `button` leads to the suites."""

    slug: Slug
    title: Text[Line80]
    summary: Text[Line300] | None = None
    picture: Picture
    eyebrow: Text[Line60] | None = None
    button: Text[Line40] | None = None
    sections: tuple[Section, ...] = ()
    in_search: YesOrNo = False
    menu: YesOrNo = False


class MenuLink(Table):
    """A link to one of the site's pages, by its slug, or to an address elsewhere."""

    page: Slug | None = None
    url: WebAddress | None = None
    label: Text[Line40] | None = None


class MenuGroup(Table):
    """Links under a heading, in the footer."""

    label: Text[Line40]
    links: Annotated[tuple[MenuLink, ...], NOT_EMPTY]


class Navigation(Table):
    """The site's menus."""

    header: tuple[MenuLink, ...] = ()
    footer: tuple[MenuGroup, ...] = ()


class Redirect(Table):
    """An old address, and where it leads: to a page, by its slug, or to another address."""

    old_path: LocalPath = Field(alias="from")
    page: Slug | None = None
    url: WebAddress | None = None
    permanent: YesOrNo = True
