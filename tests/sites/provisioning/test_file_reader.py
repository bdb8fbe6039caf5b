"""A file is read whole, or refused with the line, field and reason of all that is wrong."""

from datetime import time

import pytest

from sites.provisioning.reader import FileRefused, Problem, problems_at, read
from suites.enums import DayClass, StayKind
from tests.sites.provisioning.examples import SMALLEST, accepted, changed, refused
from theme.enums import Theme

PRICE = '{ stay = "2h", price = 76 }'
STAY = '{ slug = "noite", kind = "window", starts_at = "22:00", ends_at = "12:00" }'
OWNER = 'role = "owner"'
THREE = 'languages = ["pt-br", "en", "es"]\ntheme = "night"'


def test_smallest_file_is_filled_with_defaults(tmp_path):
    company = accepted(tmp_path, SMALLEST)

    (motel,) = company.properties
    assert motel.hosts("example.com") == ("nova.example.com",)
    assert motel.languages == ("pt-br",)
    assert motel.timezone == "America/Sao_Paulo"
    assert motel.theme == Theme.NIGHT
    assert motel.home.suites.heading.into("es") == "Nuestras suites"
    assert motel.suites_page.title.pt == "Suítes"
    assert motel.stays[0].kind == StayKind.PERIOD
    assert motel.stays[1].starts_at == time(22)
    (price,) = motel.suite_types[0].prices
    assert (price.centavos, price.day_class, price.special_day) == (7600, DayClass.ANY, None)


def test_first_domain_is_primary_and_the_subdomain_stays_an_alias(tmp_path):
    domains = 'subdomain = "centro"\ndomains = ["www.nova.com.br", "nova.com.br"]\ntheme = "clear"'
    company = accepted(tmp_path, changed(("address =", f"{domains}\naddress =")))

    hosts = company.properties[0].hosts("example.com")
    assert hosts == ("www.nova.com.br", "nova.com.br", "centro.example.com")


def test_price_of_a_special_day_needs_no_days(tmp_path):
    special = '{ stay = "2h", special_day = "namorados", price = 90, includes = ["cafe"] }'
    company = accepted(tmp_path, changed((PRICE, f"{PRICE}, {special}")))

    price = company.properties[0].suite_types[0].prices[1]
    assert (price.day_class, price.special_day) == (DayClass.SPECIAL, "namorados")
    assert price.includes == ("cafe",)


def test_text_falls_back_to_portuguese(tmp_path):
    name = accepted(tmp_path, SMALLEST).features[0].name

    assert (name.into("pt-br"), name.into("en")) == ("Sauna", "Sauna")


@pytest.mark.parametrize(
    ("changes", "line", "field", "reason"),
    [
        ([("format = 1", "format = 2")], 1, "format", "formato 1"),
        ([("format = 1", "format = true")], 1, "format", "número inteiro"),
        ([('name = "Grupo Nova"\n', "")], 3, "company.name", "obrigatório"),
        ([("Grupo Nova", "")], 5, "company.name", "vazio"),
        ([('"Grupo Nova"', "7")], 5, "company.name", "entre aspas"),
        ([("Grupo Nova", "x" * 101)], 5, "company.name", "no máximo 100"),
        ([("0001-81", "0001-80")], 7, "company.cnpj", "dígitos verificadores"),
        ([('slug = "nova"', 'slug = "api"')], 4, "company.slug", "reservado"),
        ([("cnpj", "legalname = 1\ncnpj")], 7, "company.legalname", "Seria “legal_name”?"),
        ([("cnpj", "z = 1\ncnpj")], 7, "company.z", "Existem: slug, name, legal_name, cnpj."),
        ([("legal_name", "name.pt")], 1, "", "já está escrito antes"),
        ([(OWNER, 'role = "boss"')], 12, "people[0].role", "owner, manager, editor"),
        ([(OWNER, 'role = "editor"')], 9, "people", "“owner”"),
        ([("[[people]]", "[people]")], 9, "people", "lista"),
        ([("ana@nova.test", "ana")], 11, "people[0].email", "e-mail"),
        ([('{ pt = "Sauna" }', '"Sauna"')], 16, "features[0].name", "campos: pt, en, es"),
        ([('{ pt = "Sauna" }', '{ en = "Sauna" }')], 16, "features[0].name.pt", "obrigatório"),
        ([("[[features]]", '[[features]]\nicon = "x"')], 15, "features[0].icon", "sauna, shower"),
        ([('state = "PA"', 'state = "XX"')], 25, "properties[0].address.state", "PA, PB"),
        ([("minutes = 120", 'minutes = "2"')], 27, "properties[0].stays[0].minutes", "inteiro"),
        ([("minutes = 120", "minutes = 0")], 27, "properties[0].stays[0].minutes", "aceito é 1"),
        ([("minutes = 120", "minutes = 9999")], 27, "properties[0].stays[0].minutes", "é 1440"),
        ([('"window"', '"night"')], 28, "properties[0].stays[1].kind", "period, window"),
        ([("22:00", "22h")], 28, "properties[0].stays[1].starts_at", "“22:00”"),
        ([("06-12", "06-31")], 30, "properties[0].special_days[0].date", "não existe"),
        ([("= 76", "= 76.005")], 36, "properties[0].suite_types[0].prices[0].price", "casas"),
        ([(f"  {PRICE},\n", "")], 35, "properties[0].suite_types[0].prices", "pelo menos um"),
    ],
)
def test_wrong_value_is_reported_where_it_is(tmp_path, changes, line, field, reason):
    ((found_line, found_field, found_reason),) = refused(tmp_path, changed(*changes))

    # A syntax error is where the parser stopped, and has no field.
    assert (found_field, found_line) == (field, line if field else found_line)
    assert reason in found_reason


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ([(STAY, f"{STAY},\n{STAY.replace('22', '23')}")], "stays[2].slug", "“noite” já está"),
        ([('kind = "period", minutes = 120', 'kind = "period"')], "stays[0].minutes", "Falta"),
        ([(', starts_at = "22:00"', "")], "stays[1].starts_at", "Falta"),
        ([('starts_at = "22:00"', 'starts_at = "22:00", minutes = 1')], "stays[1].minutes", "só"),
        ([("minutes = 120", 'minutes = 1, ends_at = "12:00"')], "stays[0].ends_at", "só"),
        ([('stay = "2h"', 'stay = "2hs"')], "suite_types[0].prices[0].stay", "Seria “2h”?"),
        ([(PRICE, f"{PRICE}, {PRICE}")], "suite_types[0].prices[1]", "Já há um preço"),
        (
            [(PRICE, f'{PRICE}, {{ stay = "2h", days = "any", price = 80 }}')],
            "suite_types[0].prices[1]",
            "Já há um preço",
        ),
        (
            [("price = 76", 'price = 76, special_day = "natal"')],
            "suite_types[0].prices[0].special_day",
            "Existem: namorados.",
        ),
        (
            [("price = 76", 'price = 76, days = "special"')],
            "suite_types[0].prices[0].special_day",
            "Falta dizer",
        ),
        (
            [("price = 76", 'price = 76, days = "weekend", special_day = "namorados"')],
            "suite_types[0].prices[0].days",
            "só pode ser “special”",
        ),
        (
            [("price = 76", 'price = 76, includes = ["cafe", "kit"]')],
            "suite_types[0].prices[0].includes[1]",
            "“kit” não está declarado",
        ),
        (
            [("price = 76", 'price = 76, includes = ["cafe", "cafe"]')],
            "suite_types[0].prices[0].includes[1]",
            "já está",
        ),
        ([("prices =", 'features = ["sauma"]\nprices =')], "suite_types[0].features[0]", "“sauna”"),
        ([("prices =", 'suites = [1, 2, "1"]\nprices =')], "suite_types[0].suites[2]", "já está"),
        (
            [("]\n\n[[prop", ', { slug = "x", name = { pt = "X" }, date = "06-12" }]\n\n[[prop')],
            "special_days[1].date",
            "já está",
        ),
        ([("address", "languages = []\naddress")], "languages", "“pt-br”"),
        ([("address", 'languages = ["pt-br", "pt-br"]\naddress')], "languages[1]", "já está"),
        ([("address", 'domains = ["a.com.br", "A.com.br."]\naddress')], "domains[1]", "já está"),
        ([("address", 'domains = ["painel.localhost"]\naddress')], "domains[0]", "subdomain"),
        (
            [("address", 'appearance = { accent_light = "#ffc0cb" }\naddress')],
            "appearance.accent_light",
            "é 1,4:1; precisa de 4,5:1",
        ),
        (
            [("address", 'theme = "clear"\nappearance = { accent_dark = "#0e2b29" }\naddress')],
            "appearance.accent_dark",
            "precisa de 4,5:1",
        ),
    ],
)
def test_broken_promise_is_reported_where_it_is(tmp_path, changes, field, reason):
    problems = refused(tmp_path, changed(*changes))

    assert [found for _line, found, _reason in problems] == [f"properties[0].{field}"]
    assert reason in problems[0][2]


def test_each_language_of_the_site_needs_each_text(tmp_path):
    problems = refused(tmp_path, changed(("address =", f"{THREE}\naddress =")))

    assert [(line, field) for line, field, _reason in problems] == [
        (16, "features[0].name.en"),
        (16, "features[0].name.es"),
        (20, "inclusions[0].name.en"),
        (20, "inclusions[0].name.es"),
        (32, "properties[0].special_days[0].name.en"),
        (32, "properties[0].special_days[0].name.es"),
        (36, "properties[0].suite_types[0].name.en"),
        (36, "properties[0].suite_types[0].name.es"),
    ]


def test_each_language_needs_as_many_paragraphs(tmp_path):
    story = 'languages = ["pt-br"]\nhome.notice.text = { pt = "a\\n\\nb", en = "a" }'
    text = changed(("address =", f"{story}\naddress ="))
    text = text.replace('["pt-br"]', '["pt-br", "en"]')
    text = text.replace('pt = "Sauna"', 'pt = "Sauna", en = "Sauna"')
    text = text.replace('pt = "Café da manhã"', 'pt = "Café da manhã", en = "Breakfast"')
    text = text.replace('pt = "Luxo"', 'pt = "Luxo", en = "Luxo"')
    text = text.replace('pt = "Dia dos Namorados"', 'pt = "Dia dos Namorados", en = "12 June"')

    ((line, field, reason),) = refused(tmp_path, text)
    assert (line, field) == (26, "properties[0].home.notice.text.en")
    assert "parágrafos" in reason


def test_people_and_hosts_are_not_written_twice(tmp_path):
    person = '[[people]]\nname = "Bia"\nemail = "ANA@nova.test"\nrole = "editor"\n\n[[features]]'
    second = SMALLEST[SMALLEST.index("[[properties]]") :].replace('"nova"', '"outra"', 1)
    second = second.replace("address", 'subdomain = "nova"\naddress', 1)
    text = changed(("[[features]]", person)) + second

    problems = refused(tmp_path, text)

    assert [field for _line, field, _reason in problems] == [
        "people[1].email",
        "properties[1].subdomain",
    ]


def test_every_problem_is_reported_at_once_in_the_order_of_the_file(tmp_path):
    text = changed(
        ('slug = "nova"', 'slug = "Nova"'),
        (OWNER, 'role = "editor"'),
        ("minutes = 120", "minutes = []"),
        ('stay = "2h"', 'stay = "3h"'),
        ("price = 76", 'price = "caro", color = 1'),
    )

    problems = refused(tmp_path, text)

    assert [(line, field) for line, field, _reason in problems] == [
        (4, "company.slug"),
        (9, "people"),
        (27, "properties[0].stays[0].minutes"),
        (36, "properties[0].suite_types[0].prices[0].color"),
        (36, "properties[0].suite_types[0].prices[0].price"),
        (36, "properties[0].suite_types[0].prices[0].stay"),
    ]


def test_reference_is_not_judged_when_a_declaration_cannot_be_read(tmp_path):
    problems = refused(tmp_path, changed(('slug = "2h"', "slug = 2")))

    assert [field for _line, field, _reason in problems] == ["properties[0].stays[0].slug"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('a = "x', 1, "aspas"),
        ('\na = """x\n\n', 3, "aspas"),
        ("a = 1\nb 2", 2, "sinal de igual"),
        ("a = [1, 2\nb = 3", 2, "colchete"),
        ("a = 1 b = 2", 1, "outra linha"),
        ("a = 1\na = 2", 2, "já está escrito"),
        ("a = abc", 1, "entre aspas"),
        ("a = 2026-02-30", 1, "não existe"),
        ("[a\n", 1, "colchete"),
        ("= 1", 1, "começar um campo"),
        ("a = " + "[" * 5000, 0, "dentro"),
        ("a = " + "9" * 5000, 0, "algarismos"),
        (".".join("a" * 3000) + " = 1", 1, "Não existe"),
        ("", 1, "obrigatório"),
    ],
)
def test_text_that_is_not_toml_is_refused(tmp_path, text, line, reason):
    problems = refused(tmp_path, text)

    assert problems[0][0] == line
    assert reason in problems[0][2]


def test_file_that_cannot_be_read_is_refused(tmp_path):
    (tmp_path / "latin.toml").write_bytes("a = 1\nb = 'é'".encode("latin-1"))

    with pytest.raises(FileRefused, match=r"^linha 2: .*UTF-8"):
        read(tmp_path / "latin.toml")
    with pytest.raises(FileRefused, match=r"^arquivo: Não foi possível ler"):
        read(tmp_path / "none.toml")
    with pytest.raises(FileRefused, match=r"^arquivo: Não foi possível ler"):
        read(tmp_path)


def test_byte_order_mark_is_no_error(tmp_path):
    path = tmp_path / "company.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALLEST.encode())

    assert read(path).company.slug == "nova"


def test_problem_reads_as_a_sentence():
    assert str(Problem(3, "company.slug", "Errado.")) == "linha 3: company.slug: Errado."
    assert str(Problem(3, "", "Errado.")) == "linha 3: Errado."


def test_problem_found_later_has_its_line(tmp_path):
    path = tmp_path / "company.toml"
    path.write_text(SMALLEST, encoding="utf-8")

    found = problems_at(path, [(("properties", 0, "subdomain"), "Ocupado.")])

    assert found == [Problem(22, "properties[0].subdomain", "Ocupado.")]
