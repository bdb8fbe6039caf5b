"""What the tables of a provisioning file are made of: lines, texts, pictures, sections."""

from datetime import date, time
from pathlib import Path
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from sites.provisioning import pictures, values

Language = Literal["pt-br", "en", "es"]

ONE_LINE = AfterValidator(values.line)
NOT_EMPTY = BeforeValidator(values.not_empty)
"""For lists. A length would also count items that are wrong, and so report them twice."""

Line30 = Annotated[str, Field(min_length=1, max_length=30), ONE_LINE]
Line40 = Annotated[str, Field(min_length=1, max_length=40), ONE_LINE]
Line60 = Annotated[str, Field(min_length=1, max_length=60), ONE_LINE]
Line80 = Annotated[str, Field(min_length=1, max_length=80), ONE_LINE]
Line100 = Annotated[str, Field(min_length=1, max_length=100), ONE_LINE]
Line120 = Annotated[str, Field(min_length=1, max_length=120), ONE_LINE]
Line150 = Annotated[str, Field(min_length=1, max_length=150), ONE_LINE]
Line200 = Annotated[str, Field(min_length=1, max_length=200), ONE_LINE]
Line300 = Annotated[str, Field(min_length=1, max_length=300), ONE_LINE]
Paragraphs = Annotated[str, Field(min_length=1, max_length=5000), AfterValidator(values.paragraphs)]
"""Plain text; an empty line begins a new paragraph."""

Slug = Annotated[str, Field(max_length=40), AfterValidator(values.slug)]
FreeSlug = Annotated[str, Field(max_length=40), AfterValidator(values.free_slug)]
DomainName = Annotated[str, Field(max_length=253), AfterValidator(values.domain)]
Phone = Annotated[str, AfterValidator(values.phone)]
Day = Annotated[values.CalendarDay, PlainValidator(values.calendar_day)]
Date = Annotated[date, PlainValidator(values.full_date)]
WeekTime = Annotated[values.WeekTime, PlainValidator(values.week_time)]
Time = Annotated[time, PlainValidator(values.local_time)]
LocalPath = Annotated[str, Field(max_length=255), AfterValidator(values.local_path)]
WebAddress = Annotated[str, Field(max_length=255), AfterValidator(values.web_address)]
Centavos = Annotated[int, PlainValidator(values.centavos)]
SuiteNumber = Annotated[
    str, Field(min_length=1, max_length=10), ONE_LINE, BeforeValidator(values.suite_number)
]
PictureFile = Annotated[Path, PlainValidator(pictures.picture_file)]
Colour = Annotated[str, AfterValidator(values.colour)]
SecureAddress = Annotated[str, Field(max_length=200), AfterValidator(values.https_address)]
AccessibilityFact = Literal[
    "step_free", "wide_doors", "grab_bars", "roll_in_shower", "turning_space"
]
YesOrNo = Annotated[bool, PlainValidator(values.yes_or_no)]
StaffRole = Literal["owner", "manager", "editor"]

Words = TypeVar("Words", bound=str)


class Table(BaseModel):
    """A table of the file: only known keys, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(Table, Generic[Words]):
    """One text in the languages of the site."""

    pt: Words
    en: Words | None = None
    es: Words | None = None

    def into(self, language: str) -> str:
        """Return the text in a language, or in Portuguese where there is none in it."""
        return {"en": self.en, "es": self.es}.get(language) or self.pt


class Picture(Table):
    """A picture beside the file; `file` becomes its absolute path."""

    file: PictureFile
    alt: Text[Line120]


class Section(Table):
    """A part of a page: a heading, and words under it."""

    heading: Text[Line80]
    text: Text[Paragraphs] | None = None
