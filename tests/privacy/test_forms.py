"""How people are asked for their CPF."""

import pytest
from django import forms

from privacy.forms import CpfField


class Form(forms.Form):
    cpf = CpfField()


class Optional(forms.Form):
    cpf = CpfField(required=False)


def test_the_digits_are_what_the_form_gives():
    form = Form({"cpf": " 529.982.247-25 "})
    assert form.is_valid()
    assert form.cleaned_data == {"cpf": "52998224725"}


@pytest.mark.parametrize("typed", ["529.982.247-24", "111.111.111-11", "abc", "\u0665" * 11])
def test_what_is_no_cpf_gets_a_sentence_that_does_not_repeat_it(typed):
    form = Form({"cpf": typed})
    assert form.errors == {"cpf": ["Confira o CPF: são 11 números."]}
    assert typed not in form.errors.as_text()


def test_nothing_is_refused_only_where_it_is_required():
    assert "cpf" in Form({"cpf": " "}).errors
    optional = Optional({"cpf": ""})
    assert optional.is_valid()
    assert optional.cleaned_data == {"cpf": ""}


def test_telephones_show_digits_and_browsers_remember_nothing():
    html = str(Form()["cpf"])
    assert 'type="text"' in html
    assert 'inputmode="numeric"' in html
    assert 'autocomplete="off"' in html
