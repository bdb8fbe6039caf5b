"""Contrast, as WCAG 2.2 measures it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from theme.rules import TEXT_CONTRAST, contrast, ink_on, weakest_contrast

colours = st.from_regex(r"\A#[0-9a-f]{6}\Z")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
    ],
)
def test_contrast_is_that_of_the_standard(one, other, ratio):
    assert round(contrast(one, other), 2) == ratio


@given(colours, colours)
def test_contrast_has_no_direction(one, other):
    assert contrast(one, other) == contrast(other, one) >= 1


@given(colours)
def test_there_is_a_legible_ink_for_every_colour(colour):
    assert contrast(ink_on(colour), colour) >= TEXT_CONTRAST - 0.2


def test_the_weakest_of_several_grounds_counts():
    assert weakest_contrast("#000000", ("#ffffff", "#000000")) == 1
