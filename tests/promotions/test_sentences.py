"""What is said of promotions' rules."""

import pytest
from django.utils.translation import override

from promotions.enums import Effect, Holidays
from promotions.rules.effects import Benefit
from promotions.rules.eligibility import Reason
from promotions.sentences import benefit_text, days_text, hours_text, refusal
from tests.promotions.rules.places import MON_TO_THU, opening, rule

LUNCH = opening("12:00-18:00", MON_TO_THU, holidays=Holidays.EXCEPT_BOTH)


@pytest.fixture(autouse=True)
def portuguese():
    with override("pt-br"):
        yield


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (range(7), "todos os dias"),
        (range(4), "de segunda-feira a quinta-feira"),
        ([4, 5, 6], "de sexta-feira a domingo"),
        ([6, 0, 1], "de domingo a terça-feira"),
        ([5, 6], "sábado e domingo"),
        ([6, 0], "domingo e segunda-feira"),
        ([0, 2, 4], "segunda-feira, quarta-feira e sexta-feira"),
        ([1], "terça-feira"),
    ],
)
def test_days_are_said_in_their_order(days, text):
    assert days_text(frozenset(days)) == text


def test_hours_say_days_clock_and_holidays():
    assert hours_text([LUNCH, opening(days=[5])]) == (
        "de segunda-feira a quinta-feira, das 12:00 às 18:00, menos em feriados e vésperas; sábado"
    )


@pytest.mark.parametrize(
    ("benefit", "text"),
    [
        (Benefit(Effect.PERCENT, percent=20), "20% de desconto"),
        (Benefit(Effect.PERCENT, percent=20, cap_centavos=5_000), "20% de desconto, até R$\xa050"),
        (Benefit(Effect.AMOUNT, amount_centavos=3_050), "R$\xa030,50 de desconto"),
        (Benefit(Effect.SET_PRICE, price_centavos=9_900), "por R$\xa099"),
        (Benefit(Effect.EXTRA_HOURS, hours=1), "1 hora a mais sem pagar"),
        (Benefit(Effect.EXTRA_HOURS, hours=2), "2 horas a mais sem pagar"),
        (Benefit(Effect.COURTESY, courtesy="Um espumante"), "Um espumante"),
    ],
)
def test_benefits_are_said(benefit, text):
    assert benefit_text(benefit) == text


def test_a_refusal_says_what_would_do():
    given = rule(LUNCH, min_centavos=9_000)

    assert refusal(Reason.OUTSIDE_HOUR_WINDOW, given).startswith("Vale de segunda-feira a")
    assert refusal(Reason.MIN_SPEND, given) == "Vale a partir de R$\xa090."


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence(reason):
    assert refusal(reason).endswith(".")
