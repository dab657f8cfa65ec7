"""What can be refused, and the sentence that the person reads."""

from dsbuilder.domain.texts import Text


class Refusal(Exception):
    """Base of every expected refusal: nothing was changed, and `text` says why and what to do."""

    def __init__(self, text: Text, path: str = "") -> None:
        super().__init__(text.en)
        self.text = text
        self.path = path


class Invalid(Refusal):
    """A value that cannot be accepted as typed."""


class Refused(Refusal):
    """An action that is not possible now, or not with these inputs; `path` names the input when there is one."""


class Forbidden(Refusal):
    """The actor may not do this."""


class NotFound(Refusal):
    """Nothing of that name is visible to the actor: what exists and what is hidden look the same."""

    def __init__(self, text: Text | None = None) -> None:
        super().__init__(
            text
            or Text(
                fr="Cette page n’existe pas ou ne vous est pas accessible.",
                en="This page does not exist or is not open to you.",
            )
        )
