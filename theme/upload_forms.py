"""Forms for pictures: uploads are judged before Wagtail, or anybody, decodes them."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from theme import uploads


class PictureUploadField(WagtailImageField):
    """An upload that is a fit picture, cleaned before anything else looks at it."""

    def to_python(self, data: UploadedFile[Any] | None) -> Any:
        if data:
            uploads.clean_in_place(data)
        return super().to_python(data)


class PictureForm(BaseImageForm):
    """Every form for images: one by one, many at once, in a chooser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            self.fields["file"] = PictureUploadField(
                label=stock.label, required=stock.required, widget=stock.widget
            )
