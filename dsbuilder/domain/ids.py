"""The ids that several files of the domain name, so that none has to import another for them."""

from typing import NewType

FieldId = NewType("FieldId", int)
