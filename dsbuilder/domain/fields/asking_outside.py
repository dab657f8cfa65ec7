"""What a field type answers about outside registers; by default it asks none."""

from collections.abc import Mapping
from typing import Any

from dsbuilder.domain.fields.lookups import Ask, Told
from dsbuilder.domain.ids import FieldId
from dsbuilder.domain.texts import Language


class AsksOutside:
    """The part of a field type that concerns registers."""

    def ask(self, value: Any, options: Any) -> Ask | None:
        """What an outside register is asked about `value`; None when there is nothing to ask."""
        return None

    def ask_for_choices(self, options: Any, text: str) -> Ask | None:
        """What an outside register is asked to choose from; None when `search` knows."""
        return None

    def told(self, value: Any, options: Any, language: Language, *, to_agent: bool = False) -> Told | None:
        """What a page says of that look-up; None when nothing is looked up."""
        return None

    def host(self, options: Any) -> str:
        """The host that an administrator chose for the register, empty when the type knows where its register is."""
        return ""

    def tried(self, options: Any) -> tuple[str, ...]:
        """What of the options must have been tried with success before they are published; empty when nothing."""
        return ()

    def example_to_try(self, options: Any) -> str:
        """What is asked in that try."""
        return ""

    def fills(self, options: Any) -> Mapping[FieldId, str]:
        """The questions that are filled with what a register says, and the name of the fact that fills each."""
        return {}

    def with_ids(self, options: Any, ids: Mapping[FieldId, FieldId]) -> Any:
        """The options of a copy, where the questions that they name have other ids."""
        return options
