"""What each kind of value may be, and in which form it is kept."""

import tomllib
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sites.provisioning import values
from sites.provisioning.values import CalendarDay, NotAccepted


@pytest.mark.parametrize(
    ("function", "written", "kept"),
    [
        (values.cnpj, "11.222.333/0001-81", "11222333000181"),
        (values.cnpj, "12.abc.345/01de-35", "12ABC34501DE35"),
        (values.phone, "(91) 98765-4321", "+5591987654321"),
        (values.phone, "+55 91 3223-4455", "+559132234455"),
        (values.phone, "5591987654321", "+5591987654321"),
        (values.phone, "55 3223-4455", "+555532234455"),
        (values.postcode, "66093020", "66093-020"),
        (values.domain, "WWW.Motel.com.br.", "www.motel.com.br"),
        (values.domain, "café.com.br", "xn--caf-dma.com.br"),
        (values.domain, "xn--caf-dma.com.br", "xn--caf-dma.com.br"),
        (values.email, "Ana@Motel.com.br", "ana@motel.com.br"),
        (values.instagram, "@motel.lua", "motel.lua"),
        (values.colour, "#C2185B", "#c2185b"),
        (values.yes_or_no, True, True),
        (values.https_address, "https://example.com/", "https://example.com/"),
        (values.suite_number, 101, "101"),
        (values.suite_number, True, True),
        (values.local_time, "22:00", time(22)),
        (values.local_time, time(21, 30), time(21, 30)),
        (values.calendar_day, "06-12", CalendarDay(6, 12)),
        (values.calendar_day, "02-29", CalendarDay(2, 29)),
        (values.calendar_day, "2026-06-12", CalendarDay(6, 12, 2026)),
        (values.calendar_day, date(2026, 6, 12), CalendarDay(6, 12, 2026)),
        (values.centavos, 76, 7600),
        (values.centavos, Decimal("76.5"), 7650),
        (values.centavos, "76,50", 7650),
        (values.centavos, "1100.00", 110000),
        (values.centavos, "1.100", 110000),
        (values.centavos, "1.234,56", 123456),
        (values.centavos, "R$ 89", 8900),
    ],
)
def test_value_is_kept_in_one_form(function, written, kept):
    assert function(written) == kept


@pytest.mark.parametrize(
    ("function", "written"),
    [
        (values.file_format, 2),
        (values.line, "a\nb"),
        (values.line, "a\x00"),
        (values.paragraphs, "a\x07\n\nb"),
        (values.slug, "Luxo"),
        (values.slug, "luxo_2"),
        (values.slug, "-luxo"),
        (values.slug, "xn--luxo"),
        (values.slug, "suíte"),
        (values.slug, ""),
        (values.free_slug, "painel"),
        (values.cnpj, "11.222.333/0001-82"),
        (values.cnpj, "00000000000000"),
        (values.cnpj, "1122233300018"),
        (values.cnpj, "1122233300018١"),
        (values.phone, "98765-4321"),
        (values.phone, "(20) 98765-4321"),
        (values.phone, "+1 202 555 0100"),
        (values.phone, "(٩١) 98765-4321"),
        (values.postcode, "6609-3020"),
        (values.domain, "https://motel.com.br"),
        (values.domain, "motel.com.br/pt"),
        (values.domain, "motel"),
        (values.domain, "motel_lua.com.br"),
        (values.domain, "-motel.com.br"),
        (values.domain, "192.168.0.1"),
        (values.domain, "*.motel.com.br"),
        (values.domain, "motel..com"),
        (values.domain, ""),
        (values.email, "ana"),
        (values.instagram, "https://instagram.com/lua"),
        (values.colour, "#fff"),
        (values.colour, "#c2185b;}"),
        (values.colour, "red"),
        (values.yes_or_no, "true"),
        (values.yes_or_no, 1),
        (values.https_address, "http://example.com/"),
        (values.https_address, "javascript:alert(1)"),
        (values.time_zone, "Belém"),
        (values.time_zone, "../etc/passwd"),
        (values.local_time, "24:00"),
        (values.local_time, "22h"),
        (values.local_time, time(22, 0, 1)),
        (values.local_time, 22),
        (values.calendar_day, "12-31-2026"),
        (values.calendar_day, "02-30"),
        (values.calendar_day, "2026-02-29"),
        (values.calendar_day, 612),
        (values.calendar_day, "9999-12-31"),
        (values.calendar_day, date(1999, 12, 31)),
        (values.calendar_day, "0000-01-01"),
        (values.centavos, 0),
        (values.centavos, -1),
        (values.centavos, True),
        (values.centavos, 76.5),
        (values.centavos, "12.0"),
        (values.centavos, "76,5"),
        (values.centavos, "1,234.5"),
        (values.centavos, "1,234.50"),
        (values.centavos, "US$ 76"),
        (values.centavos, "-3"),
        (values.centavos, ""),
        (values.centavos, Decimal("76.005")),
        (values.centavos, Decimal("nan")),
        (values.centavos, Decimal("inf")),
        (values.centavos, Decimal("1e999999999")),
        (values.centavos, Decimal("1e-999999999")),
    ],
)
def test_value_is_refused(function, written):
    with pytest.raises(NotAccepted, match=r"^[A-ZÉÍÓÚ“].*\.$"):
        function(written)


@given(st.integers(1, values.MAX_CENTAVOS))
def test_price_is_exact_however_it_is_written(centavos):
    text = f"{centavos // 100}.{centavos % 100:02}"
    document = tomllib.loads(f'number = {text}\ntext = "{text}"', parse_float=Decimal)

    assert values.centavos(document["number"]) == centavos
    assert values.centavos(document["text"]) == centavos


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=12, max_size=12))
def test_cnpj_with_its_check_digits_is_accepted_and_with_others_is_not(base):
    digits = values.check_digits(base)
    wrong = f"{(int(digits) + 1) % 100:02}"
    number = base + digits

    assert len(set(number)) == 1 or values.cnpj(number) == number
    with pytest.raises(NotAccepted):
        values.cnpj(base + wrong)
