"""Codes that are made for one person each, taken out of use, written to files and read again."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privacy import cpf, vault
from promotions import services
from promotions.codefiles.reading import CodeFile, read_file
from promotions.enums import CouponKind
from promotions.models import CodeBatch, Coupon, CouponCode
from promotions.rules.codes import MOST_HITS, expected_hits, is_well_formed, symbols_for
from promotions.rules.eligibility import Reason
from promotions.services import Refused, Request, batches, codefiles
from promotions.services.batches import Wish
from tenancy.models import AuditEntry, User
from tests.factories.coupons import NOON, PERSONS, ask_for, make_code, make_coupon, make_rule

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("America/Sao_Paulo")
EPOCH = datetime(2000, 1, 2, tzinfo=UTC)


@pytest.fixture
def coupon(motel) -> Coupon:
    made = make_coupon(make_rule(), "SOLTO")
    Coupon.objects.update(kind=CouponKind.BATCH, code="", prefix="NATAL")
    CouponCode.objects.all().delete()
    made.refresh_from_db()
    return made


@pytest.fixture
def manager(motel) -> User:
    return User.objects.get(email="manager@lua.test")


def reasons(answer) -> list[Reason]:
    return [each.reason for each in answer.findings] if isinstance(answer, Refused) else []


@pytest.mark.parametrize(("alive", "symbols"), [(1, 10), (10**6, 10), (10**7, 11), (10**9, 12)])
def test_codes_are_as_long_as_guessing_asks(alive, symbols):
    assert symbols_for(alive) == symbols
    assert expected_hits(alive, symbols) <= MOST_HITS


def test_a_batch_is_made_bit_by_bit_and_once(coupon, monkeypatch):
    monkeypatch.setattr(batches, "CHUNK", 3)
    end = NOON + timedelta(days=9)
    batch = batches.issue(coupon=coupon, wish=Wish(8, "Rádio", "radio", end))

    batches.issue_missing(batch.pk)  # the message came twice

    codes = CouponCode.objects.filter(batch_id=batch.pk)
    assert codes.count() == 8
    assert all(is_well_formed(each.code) and each.code.startswith("NATAL") for each in codes)
    assert {(each.tags, each.ends_at) for each in codes} == {("radio", end)}
    entry = AuditEntry.objects.get(object=f"promotions.codebatch:{batch.pk}")
    assert (entry.action, entry.data) == ("promotions.codes.issue", {"count": 8})


def test_a_large_batch_is_a_worker_s(coupon, manager, django_capture_on_commit_callbacks):
    wish = Wish(batches.AT_ONCE + 1, "Rádio")
    with django_capture_on_commit_callbacks(execute=True) as queued:
        batch = batches.order(coupon=coupon, wish=wish, actor=manager)
        assert CouponCode.objects.filter(batch_id=batch.pk).count() == 0

    assert len(queued) == 1
    assert CouponCode.objects.filter(batch_id=batch.pk).count() == wish.count


def test_a_personal_code_is_one_person_s_and_keeps_only_their_subject(motel, coupon, manager):
    code = batches.issue_personal(
        coupon=coupon, holder=PERSONS[0], wish=Wish(1, "Aniversário"), actor=manager
    )

    assert code.subject_id == vault.find_subject(PERSONS[0])
    assert reasons(services.validate(ask_for(motel, code.code, holder=PERSONS[1]))) == [
        Reason.HELD_BY_OTHER
    ]
    assert reasons(services.validate(ask_for(motel, code.code, holder=PERSONS[0]))) == []
    kept = repr(
        [vars(each) for each in (*AuditEntry.objects.all(), *CodeBatch.objects.all(), code)]
    )
    assert cpf.normalise(PERSONS[0]) not in kept


def test_what_is_disabled_is_refused_and_no_more_is_made(motel, coupon, manager):
    batch = batches.issue(coupon=coupon, wish=Wish(2, "Rádio"))
    one, other = CouponCode.objects.filter(batch_id=batch.pk)

    batches.disable_code(one, at=NOON, actor=manager)
    assert batches.disable(batch, at=NOON, actor=manager) == 1
    CodeBatch.objects.update(count=9)
    batches.issue_missing(batch.pk)

    asked = [ask_for(motel, each.code, is_stranger=False) for each in (one, other)]
    assert [reasons(services.validate(each)) for each in asked] == [[Reason.DISABLED]] * 2
    assert CouponCode.objects.filter(batch_id=batch.pk).count() == 2
    assert AuditEntry.objects.filter(action="promotions.code.disable").count() == 1


# --- files


def exported(coupon, manager, batch=None) -> bytes:
    return "".join(codefiles.export(coupon=coupon, batch=batch, zone=ZONE, actor=manager)).encode()


def brought(coupon, manager, content: bytes) -> int:
    return codefiles.bring(coupon=coupon, found=read_file(content, ZONE), actor=manager)


MOMENTS = st.integers(0, 2 * 10**15).map(lambda micro: EPOCH + timedelta(microseconds=micro))
INSTANTS = st.none() | MOMENTS
BEGINNINGS = st.sampled_from(["", "'", "=1+", "+", "-", "@SUM(A1)", "\t", "\r", "\n", " =", "＝"])
WORDS = st.builds(
    str.__add__,
    BEGINNINGS,
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
).filter(lambda text: not cpf.is_in(text))
CODES = st.text("ABCDEFGHJKMNPQRSTUVWXYZ23456789", min_size=8, max_size=40).filter(
    lambda text: not cpf.is_in(text)
)
ROWS = st.lists(
    st.builds(
        dict,
        code=CODES,
        label=st.sampled_from(["", "Rádio", "=1+1", "' x"]) | WORDS,
        tags=WORDS,
        ends_at=INSTANTS,
        created_at=MOMENTS,
        revealed_at=INSTANTS,
        disabled_at=INSTANTS,
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row["code"],
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rows=ROWS)
def test_what_is_exported_comes_back_and_is_exported_the_same(coupon, manager, rows):
    CouponCode.objects.all().delete()
    CodeBatch.objects.filter(coupon_id=coupon.pk).delete()
    for row in rows:
        fields = dict(row)
        label = fields.pop("label")
        batch = label and CodeBatch.objects.get_or_create(coupon_id=coupon.pk, label=label)[0]
        CouponCode.objects.create(
            coupon_id=coupon.pk, batch_id=batch.pk if batch else None, **fields
        )
    first = exported(coupon, manager)
    CouponCode.objects.all().delete()
    CodeBatch.objects.filter(coupon_id=coupon.pk).delete()

    assert brought(coupon, manager, first) == len(rows)

    assert exported(coupon, manager) == first


def test_personal_codes_are_in_no_file(coupon, manager):
    batch = batches.issue(coupon=coupon, wish=Wish(2, "Rádio"))
    code = batches.issue_personal(
        coupon=coupon, holder=PERSONS[0], wish=Wish(1, "Ana"), actor=manager
    )

    whole, part = exported(coupon, manager), exported(coupon, manager, batch)

    assert str(code.subject_id) not in whole.decode()
    assert whole == part
    assert whole.count(b"\r\n") == 3
    assert AuditEntry.objects.filter(action="promotions.codes.export").count() == 2


def test_a_file_is_taken_whole_or_not_at_all(coupon, manager):
    make_code(coupon, "JAEXISTE1")
    content = b"codigo;lote\nNOVO-0001;Cartoes\nja-existe-1;Cartoes\nNOVO-0002;Cartoes\n"

    with pytest.raises(codefiles.Refused) as refused:
        brought(coupon, manager, content)

    assert [(each.line, each.column) for each in refused.value.wrong] == [(3, "codigo")]
    assert CouponCode.objects.count() == 1
    assert not CodeBatch.objects.filter(label="Cartoes").exists()


def test_what_another_makes_meanwhile_is_refused_as_well(coupon, manager, monkeypatch):
    content = b"codigo\nNOVO-0001\nNOVO-0002\n"
    found = read_file(content, ZONE)
    real, calls = codefiles._taken, []

    def too_early(file: CodeFile):
        calls.append(file)
        if len(calls) == 1:
            make_code(coupon, "NOVO0002")
            return []
        return real(file)

    monkeypatch.setattr(codefiles, "_taken", too_early)
    with pytest.raises(codefiles.Refused) as refused:
        codefiles.bring(coupon=coupon, found=found, actor=manager)

    assert [each.line for each in refused.value.wrong] == [3]
    assert [each.code for each in CouponCode.objects.all()] == ["NOVO0002"]


def test_codes_that_were_brought_can_be_used(motel, coupon, manager):
    brought(coupon, manager, b"codigo,lote\ncartao-0001,Cartoes\n")

    assert not isinstance(services.redeem(ask_for(motel, "Cartao 0001"), Request("k")), Refused)
