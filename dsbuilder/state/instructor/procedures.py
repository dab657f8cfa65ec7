"""The agent's procedures and what waits in each."""

from collections.abc import Sequence
from dataclasses import dataclass

from dsbuilder.actions import desk
from dsbuilder.actions.desk import DeskProcedure
from dsbuilder.domain.desk import Tab
from dsbuilder.domain.texts import Language, number
from dsbuilder.state.session import SessionState, handler


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """One procedure and its counts, as written."""

    key: str
    title: str
    href: str
    to_follow: str
    followed: str
    decided: str
    all: str
    waits: bool


def line(procedure: DeskProcedure, language: Language, prefix: str) -> ProcedureLine:
    """A procedure as a line of a list; `prefix` begins every address in the reader's language."""
    counts = {tab: number(count, language) for tab, count in procedure.counts.items()}
    return ProcedureLine(
        key=str(procedure.number),
        title=procedure.title,
        href=f"{prefix}/instruction/{procedure.number}",
        to_follow=counts[Tab.TO_FOLLOW],
        followed=counts[Tab.FOLLOWED],
        decided=counts[Tab.DECIDED],
        all=counts[Tab.ALL],
        waits=procedure.counts[Tab.TO_FOLLOW] > 0,
    )


class MyProceduresState(SessionState):
    """The first page of the desk."""

    lines: list[ProcedureLine] = []
    is_open: bool = False

    @handler
    async def open_desk(self) -> None:
        """Read the procedures again."""
        self.reset()
        self._show(await self._act_signed_in(desk.my_procedures))

    def _show(self, procedures: Sequence[DeskProcedure]) -> None:
        self.lines = [line(procedure, self._language, self._address("")) for procedure in procedures]
        self.is_open = True
