"""What the tables of pages, menus and redirects promise the others."""

from datetime import date

import pytest

from tests.sites.provisioning.examples import SMALLEST, accepted, refused

PROMOTION = '[[properties.promotions]]\nslug = "a"\ntitle = { pt = "A" }\npercent = 10\n'
GIVES_NOTHING = PROMOTION.replace("percent = 10\n", "")
COUPON = '[[properties.promotions.coupons]]\nslug = "c"\nname = "C"\n'
OTHER_COUPON = COUPON.replace('"c"', '"d"')
NAMESAKE = COUPON.replace('"c"', '"d10"')
TEXT = (
    '[[properties.texts]]\nslug = "casa"\ntitle = { pt = "A" }\n'
    'sections = [{ heading = { pt = "B" } }]\n'
)
REDIRECT = '[[properties.redirects]]\nfrom = "/velha"\n'


def problems(folder, tables: str) -> dict[str, str]:
    """Return field and reason of what is wrong with the smallest file and some tables more."""
    found = refused(folder, f"{SMALLEST}\n{tables}\n")
    return {field.removeprefix("properties[0]."): reason for _line, field, reason in found}


def test_pages_that_need_no_words_are_there_by_themselves(tmp_path):
    (motel,) = accepted(tmp_path, SMALLEST).properties

    assert motel.promotions_page.title.into("es") == "Promociones"
    assert motel.contact_page.title.into("en") == "Contact"
    assert (motel.faq, motel.navigation, motel.texts, motel.campaigns) == (None, None, (), ())


def test_days_and_paths_are_kept_in_one_form(tmp_path):
    days = 'first_day = 2026-06-01\nlast_day = "2026-06-30"\n'
    tables = f'{PROMOTION}{days}{REDIRECT.replace("/velha", "/velha/")}page = "suites"\n'

    (motel,) = accepted(tmp_path, f"{SMALLEST}\n{tables}").properties

    (promotion,) = motel.promotions
    assert (promotion.first_day, promotion.last_day) == (date(2026, 6, 1), date(2026, 6, 30))
    assert motel.redirects[0].old_path == "/velha"


@pytest.mark.parametrize(
    ("tables", "field"),
    [
        (f'{PROMOTION}suite_types = ["luxu"]', "promotions[0].suite_types[0]"),
        (f'{PROMOTION}stays = ["3h"]', "promotions[0].stays[0]"),
        (f'{PROMOTION}stays = ["2h", "2h"]', "promotions[0].stays[1]"),
        (f'{PROMOTION}first_day = "06-01"', "promotions[0].first_day"),
        (f"{PROMOTION}first_day = 2026-06-02\nlast_day = 2026-06-01", "promotions[0].last_day"),
        (PROMOTION * 2, "promotions[1].slug"),
        (GIVES_NOTHING, "promotions[0].percent"),
        (f"{PROMOTION}amount = 10", "promotions[0].amount"),
        (f"{GIVES_NOTHING}amount = 10\ncap = 5", "promotions[0].cap"),
        (f"{GIVES_NOTHING}percent = 101", "promotions[0].percent"),
        (f"{PROMOTION}lead_minutes = 60\nlead_minutes_max = 30", "promotions[0].lead_minutes_max"),
        (f'{PROMOTION}combines = "group"', "promotions[0].group"),
        (f'{PROMOTION}group = "a"', "promotions[0].group"),
        (f'{PROMOTION}hours = [{{ days = ["tue", "tue"] }}]', "promotions[0].hours[0].days[1]"),
        (f'{PROMOTION}hours = [{{ days = ["ter"] }}]', "promotions[0].hours[0].days[0]"),
        (f'{PROMOTION}hours = [{{ starts_at = "12:00" }}]', "promotions[0].hours[0].ends_at"),
        (
            f'{PROMOTION}hours = [{{ starts_at = "12:00", ends_at = "12:00" }}]',
            "promotions[0].hours[0].ends_at",
        ),
        (f'{PROMOTION}{COUPON}code = "ab"', "promotions[0].coupons[0].code"),
        (f'{PROMOTION}{COUPON}code = "olá 10"', "promotions[0].coupons[0].code"),
        (f'{PROMOTION}{COUPON}code = "ABC"\nissue = 3', "promotions[0].coupons[0].issue"),
        (f'{PROMOTION}{NAMESAKE}code = "D-10"', "promotions[0].coupons[0].slug"),
        (f'{PROMOTION}{COUPON}identifier = "cpf"', "promotions[0].coupons[0].limit_per_person"),
        (f"{PROMOTION}{COUPON}limit_per_person = 1", "promotions[0].coupons[0].identifier"),
        (f"{PROMOTION}{COUPON}{COUPON}", "promotions[0].coupons[1].slug"),
        (
            f'{PROMOTION}{COUPON}code = "AMOR-1"\n{OTHER_COUPON}code = "amor1"',
            "promotions[0].coupons[1].code",
        ),
        (TEXT.replace("casa", "contato"), "texts[0].slug"),
        (TEXT * 2, "texts[1].slug"),
        ('[properties.navigation]\nheader = [{ page = "casa" }]', "navigation.header[0].page"),
        ('[properties.navigation]\nheader = [{ page = "perguntas" }]', "navigation.header[0].page"),
        ("[properties.navigation]\nheader = [{}]", "navigation.header[0].page"),
        (
            '[properties.navigation]\nheader = [{ url = "https://a.test/" }]',
            "navigation.header[0].label",
        ),
        (f'{REDIRECT}page = "casa"', "redirects[0].page"),
        (f'{REDIRECT}page = "suites"\nurl = "https://a.test/"', "redirects[0].page"),
        (f'{REDIRECT}url = "javascript:alert(1)"', "redirects[0].url"),
        (f'{REDIRECT.replace("/velha", "velha")}page = "suites"', "redirects[0].from"),
        (f'{REDIRECT}page = "suites"\n' * 2, "redirects[1].from"),
        ("[properties.faq]\nquestions = []", "faq.questions"),
    ],
)
def test_a_file_is_refused_where_it_promises_too_much(tmp_path, tables, field):
    assert set(problems(tmp_path, tables)) == {field}


def test_a_link_may_lead_to_any_page_of_the_motel(tmp_path):
    pages = ("home", "suites", "promocoes", "contato", "casa")
    links = ", ".join(f'{{ page = "{slug}" }}' for slug in pages)

    accepted(tmp_path, f"{SMALLEST}\n{TEXT}[properties.navigation]\nheader = [{links}]\n")
