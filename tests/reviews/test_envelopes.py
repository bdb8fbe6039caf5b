"""One text that holds what a guest wrote and what Google made of it is taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.google.envelopes import Told, opened

OWN, GOOGLES = "Suíte limpa.\n\nVoltamos.", "Clean suite.\n\nWe will be back."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("", Told(""), id="nothing"),
        pytest.param(OWN, Told(OWN), id="no envelope"),
        pytest.param(
            f"(Translated by Google) {GOOGLES}\n\n(Original)\n{OWN}",
            Told(OWN, GOOGLES),
            id="translation first",
        ),
        pytest.param(
            f"{OWN}\n\n(Translated by Google)\n{GOOGLES}", Told(OWN, GOOGLES), id="original first"
        ),
        pytest.param(
            f"(Traduzido pelo Google) {GOOGLES}\n\n(Texto original)\n{OWN}",
            Told(OWN, GOOGLES),
            id="in Portuguese",
        ),
        pytest.param(
            f"{OWN}\n\n(Traduzido pelo Google)\n{GOOGLES}",
            Told(OWN, GOOGLES),
            id="the other way round",
        ),
        pytest.param(
            f"(Translated by Google) {GOOGLES}\n\n(Original)\n{OWN} (Original) e mais",
            Told(f"{OWN} (Original) e mais", GOOGLES),
            id="cut at the first mark, nothing behind it is lost",
        ),
        pytest.param(
            "Li (Translated by Google) num anúncio",
            Told("Li (Translated by Google) num anúncio"),
            id="a mark within a line is the guest's own",
        ),
        pytest.param(
            "A casa é (Original) demais",
            Told("A casa é (Original) demais"),
            id="no envelope either",
        ),
        pytest.param(
            f"(Translated by Google) {GOOGLES}",
            Told(f"(Translated by Google) {GOOGLES}"),
            id="a translation alone: nothing would be left",
        ),
        pytest.param(
            "(Translated by Google) Good\n\n(Original)\n ",
            Told("(Translated by Google) Good\n\n(Original)\n "),
            id="an empty original: nothing would be left",
        ),
    ],
)
def test_shapes(text: str, told: Told) -> None:
    assert opened(text) == told


words = st.text(min_size=1, max_size=80).filter(lambda text: text.strip() and "(" not in text)


@given(original=words, translation=words)
def test_both_shapes_give_back_what_was_put_in(original: str, translation: str) -> None:
    told = Told(original.strip(), translation.strip())
    before = f"(Translated by Google) {translation}\n\n(Original)\n{original}"
    after = f"{original}\n\n(Translated by Google)\n{translation}"

    assert opened(before) == told
    assert opened(after) == told


pieces = st.lists(
    st.sampled_from(["(Translated by Google)", "(Original)", "\n", " ", "bom", "(Texto original)"])
)


@given(pieces.map("".join))
def test_no_text_loses_its_words(text: str) -> None:
    told = opened(text)
    assert (told.original + told.translation).count("bom") == text.count("bom")
    assert bool(told.original.strip()) == bool(text.strip())
