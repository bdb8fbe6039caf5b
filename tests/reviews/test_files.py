"""Reviews of a file: read line by line, taken as a whole, and called what they are."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from reviews.blocks import ReviewsBlock
from reviews.enums import Source
from reviews.models import Location, Review, ReviewSummary
from reviews.rules.files import BadLine, Filed, read
from reviews.services import erasing, filing
from reviews.tasks import read_due
from tenancy.context import no_tenant, tenant_scope
from tenancy.models import AuditEntry, Property
from tests.isolation.bodies import forms_of
from tests.reviews.houses import connect, say, tied

TODAY = date(2026, 11, 24)
GOOD = (
    "data;nota;texto;autor;resposta;id;bairro\r\n"
    "23/11/2026;5;Suíte limpa;Ana;Obrigado!;1;Centro\r\n"
    '2026-10-01;3;"Fria;\nmas bonita";;;2;\r\n'
)


def parsed(text):
    return read(text.encode(), today=TODAY)


def test_columns_are_known_by_name_and_others_left_out():
    first, second = parsed(GOOD)

    assert first == Filed("id:1", date(2026, 11, 23), 5, "Suíte limpa", "Ana", "Obrigado!")
    assert second == Filed("id:2", date(2026, 10, 1), 3, "Fria;\nmas bonita", "", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_files_of_spreadsheets_are_read(encoding, delimiter):
    text = delimiter.join(["Nota", "Texto", "Data"]) + "\n"
    text += delimiter.join(["4", "Ótima suíte", "01/02/2026"])

    (only,) = read(text.encode(encoding), today=TODAY)

    assert (only.stars, only.text, only.day) == (4, "Ótima suíte", date(2026, 2, 1))


def test_a_line_that_is_there_twice_counts_once():
    line = "2026-10-01;3;Igual;Ana\n"
    assert len(parsed(f"data;nota;texto;autor\n{line}{line}")) == 1


@pytest.mark.parametrize(
    ("line", "column", "text"),
    [
        (1, "stars", "data;texto\n2026-10-01;x"),
        (1, "date", ""),
        (2, "date", "data;nota;texto\n2026-11-25;5;Amanhã"),
        (2, "date", "data;nota;texto\nontem;5;x"),
        (3, "stars", "data;nota;texto\n2026-10-01;5;x\n2026-10-01;6;x"),
        (2, "stars", "data;nota;texto\n2026-10-01;4,5;x"),
        (2, "text", "data;nota;texto\n2026-10-01;5; "),
        (2, "review", "data;nota;texto\n"),
        (2, "review", "data;nota;texto\n\n ; ;\n"),
        (2, "text", f"data;nota;texto\n2026-10-01;5;{'x' * 5001}"),
        (2, "text", "data;nota;texto\n2026-10-01;5;a\0b"),
        (2, "author", f"data;nota;texto;autor\n2026-10-01;5;x;{'y' * 81}"),
        (2, "", 'data;nota;texto\n2026-10-01;5;"x'),
    ],
)
def test_what_is_wrong_is_said_with_its_line(line, column, text):
    with pytest.raises(BadLine) as caught:
        parsed(text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_file_that_is_too_long_is_refused():
    lines = "".join(f"2026-10-01;5;Texto {number}\n" for number in range(5001))
    with pytest.raises(BadLine) as caught:
        parsed(f"data;nota;texto\n{lines}")
    assert caught.value.line == 5002


# --- taken ----------------------------------------------------------------------------------


@pytest.fixture
def house(lua_scope):
    return Property.objects.get(slug="lua")


def take(house, text=GOOD):
    return filing.take(house=house, filed=parsed(text), at=timezone.now())


def test_a_file_is_all_there_is_and_keeps_what_the_house_decided(house, clock):
    take(house)
    Review.objects.filter(key="id:1").update(is_hidden=True, tags="limpeza")

    again = take(house, "data;nota;texto;id\n2026-11-23;4;Suíte muito limpa;1\n2026-11-01;5;Nova;3")

    assert (again.new, again.kept, again.gone) == (1, 1, 1)
    row = Review.objects.get(key="id:1")
    assert (row.original, row.stars, row.is_hidden, row.tags) == (
        "Suíte muito limpa", 4, True, "limpeza",
    )  # fmt: skip
    location = Location.objects.get()
    assert (location.total, float(location.average)) == (2, 4.5)


def test_a_file_does_not_expire_and_nobody_asks_google_for_it(house, clock, google):
    take(house)
    clock.pass_(days=400)
    with no_tenant():
        read_due()

    assert erasing.expire(at=timezone.now()) == 0
    assert Review.objects.exclude(original="").count() == 2
    assert not google.calls


def show():
    home = Site.objects.get(hostname="lua.localhost").root_page.specific
    home.body = [("reviews", ReviewsBlock().normalize({"heading": "Quem veio", "text": ""}))]
    home.save_revision().publish()


def test_guests_are_told_that_the_house_sent_them(house, guest, clock):
    take(house)
    show()
    html = guest("lua.localhost").get("/").content.decode()

    assert "Suíte limpa" in html
    assert "Mostrando avaliações recentes com texto; média de 2 avaliações: 4,0." in html
    assert "avaliações enviadas pela própria casa" in html


def test_with_google_a_file_is_not_shown(house, guest, google, clock):
    take(house)
    place = google.add_location("10")
    say(place, "a")
    connect(google, "1")
    tied(google)
    with no_tenant():
        read_due()
    show()
    html = guest("lua.localhost").get("/").content.decode()

    assert "Texto a" in html
    assert "Suíte limpa" not in html


# --- in the admin ---------------------------------------------------------------------------


def send(client, house, data, *, after="", **given):
    """Send a file, by the form that a page shows."""
    file = SimpleUploadedFile("avaliacoes.csv", data, content_type="text/csv")
    given |= {"listed": forms_of(after.encode())["listed"][0]} if after else {}
    body = {"house": str(house.pk), "file": file, **given}
    return client.post(reverse("reviews_files"), body, follow=True).content.decode()


def test_a_manager_sends_a_file_and_sees_whose_word_it_is(house, staff, lua, clock):
    manager = staff(lua, "manager")

    assert "2 novas, 0 já conhecidas, 0 apagadas" in send(manager, house, GOOD.encode())

    listed = manager.get(reverse("reviews:index")).content.decode()
    assert str(Source.FILE.label) in listed
    assert AuditEntry.objects.filter(action="reviews.file.take").count() == 1


def test_a_file_with_a_mistake_changes_nothing(house, staff, lua, clock):
    take(house)
    said = send(staff(lua, "manager"), house, b"data;nota;texto\n2026-10-01;9;x")

    assert "Linha 2: falta “nota”, de 1 a 5." in said
    assert Review.objects.count() == 2


def test_a_file_without_a_review_is_none(house, staff, lua, clock):
    take(house)
    said = send(staff(lua, "manager"), house, b"data;nota;texto\n", may_delete="on")

    assert "Linha 2: não há nenhuma avaliação no arquivo." in said
    assert Review.objects.count() == 2


def test_what_a_file_lacks_goes_only_when_that_is_said(house, staff, lua, clock):
    take(house)
    Review.objects.filter(key="id:2").update(is_hidden=True, tags="frio")
    manager, only = staff(lua, "manager"), "".join(GOOD.splitlines(keepends=True)[:2]).encode()

    said = send(manager, house, only)

    assert "Seria apagado: 1 avaliação; ocultas pela casa: 1; com etiquetas: 1." in said
    assert Review.objects.count() == 2
    said = send(manager, house, only, after=said, may_delete="on")
    assert "1 já conhecidas, 1 apagadas" in said
    assert Review.objects.get().key == "id:1"


def test_a_yes_is_to_what_was_read_and_to_nothing_else(house, staff, lua, clock):
    take(house)
    manager, (head, one, *_others) = staff(lua, "manager"), GOOD.splitlines(keepends=True)
    other = "2026-10-03;4;Outra;Bia;;3;\r\n"

    said = send(manager, house, (head + one).encode(), may_delete="on")
    assert "Seria apagado: 1 avaliação." in said
    assert not forms_of(said.encode())["may_delete"]

    said = send(manager, house, (head + other).encode(), after=said, may_delete="on")
    assert "Seria apagado: 2 avaliações." in said
    assert Review.objects.count() == 2
    assert "1 novas, 0 já conhecidas, 2 apagadas" in send(
        manager, house, (head + other).encode(), after=said, may_delete="on"
    )


def test_a_file_is_dropped_with_all_that_it_said_once_that_is_confirmed(house, staff, lua, clock):
    take(house)
    Review.objects.filter(key="id:1").update(is_featured=True)
    manager = staff(lua, "manager")
    address = reverse("reviews_file_drop", args=[Location.objects.get().pk])

    assert address in manager.get(reverse("reviews_files")).content.decode()
    asked = manager.get(address).content.decode()
    assert "2 avaliações" in asked
    assert "em destaque: 1" in asked
    assert Review.objects.count() == 2
    manager.post(address)

    assert not Review.objects.exists()
    assert not Location.objects.exists()
    assert not ReviewSummary.objects.exists()


def test_what_somebody_asked_to_have_erased_does_not_come_back_with_the_same_file(
    house, staff, lua, clock
):
    take(house)
    erasing.erase_on_demand(Review.objects.get(key="id:1").pk)
    manager = staff(lua, "manager")
    address = reverse("reviews_file_drop", args=[Location.objects.get().pk])

    manager.post(address)
    assert address not in manager.get(reverse("reviews_files")).content.decode()
    take(house)

    assert Review.objects.get(key="id:1").original == ""
    assert Review.objects.showable().get().key == "id:2"


def test_editors_send_no_files(house, staff, lua, clock):
    editor = staff(lua, "editor")
    send(editor, house, GOOD.encode())
    assert not Review.objects.exists()

    take(house)
    editor.post(reverse("reviews_file_drop", args=[Location.objects.get().pk]))
    assert Review.objects.count() == 2


def test_another_company_s_house_is_none(house, staff, sol, clock):
    send(staff(sol, "manager"), house, GOOD.encode())
    with tenant_scope(sol):
        assert not Review.objects.exists()
