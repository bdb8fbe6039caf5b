"""Where the screens of codes are, in the admin."""

from django.urls import path

from promotions.issuing.drawings import QrView, SheetView
from promotions.issuing.files import BatchExportView, ExportView, ImportView
from promotions.issuing.views import (
    BatchView,
    CodesView,
    DisableBatchView,
    DisableCodeView,
    IssueView,
    PersonalView,
)

COUPON = "promotions/coupons/<uuid:coupon_id>/codes"
BATCH = "promotions/batches/<uuid:batch_id>"
CODE = "promotions/codes/<uuid:code_id>"

urlpatterns = [
    path(f"{COUPON}/", CodesView.as_view(), name="coupon_codes"),
    path(f"{COUPON}/issue/", IssueView.as_view(), name="coupon_codes_issue"),
    path(f"{COUPON}/personal/", PersonalView.as_view(), name="coupon_codes_personal"),
    path(f"{COUPON}/import/", ImportView.as_view(), name="coupon_codes_import"),
    path(f"{COUPON}/export.csv", ExportView.as_view(), name="coupon_codes_export"),
    path(f"{BATCH}/", BatchView.as_view(), name="coupon_codes_batch"),
    path(f"{BATCH}/disable/", DisableBatchView.as_view(), name="coupon_codes_batch_disable"),
    path(f"{BATCH}/export.csv", BatchExportView.as_view(), name="coupon_codes_batch_export"),
    path(f"{BATCH}/sheet/", SheetView.as_view(), name="coupon_codes_sheet"),
    path(f"{CODE}/disable/", DisableCodeView.as_view(), name="coupon_codes_code_disable"),
    path(f"{CODE}/qr.svg", QrView.as_view(), {"kind": "svg"}, name="coupon_codes_svg"),
    path(f"{CODE}/qr.png", QrView.as_view(), {"kind": "png"}, name="coupon_codes_png"),
]
