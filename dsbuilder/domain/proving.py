"""Whether any answers show a field, with the answers that do or the comparisons that cannot all hold.

Each question that conditions compare is given its few samples and "nothing" (see `fields/samples.py`), so that a
comparison is a set of them, kept as the bits of an integer. A search then looks for a set of each question that is not
empty and satisfies all that showing a field asks for; it branches only where a condition says "or".
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from dsbuilder.domain.compared_questions import NOTHING, Question
from dsbuilder.domain.conditions import All, Comparison, Condition, Not, comparisons
from dsbuilder.domain.dossier import Answer, Answers
from dsbuilder.domain.fields.operands import Shape
from dsbuilder.domain.procedure import Field, FieldId, Revision
from dsbuilder.domain.scopes import Placed, Resolved, may_compare, resolved, scope_of

STEPS = 20_000  # of one search; beyond, nothing is known
ROW = "00000000000000000000000001"  # the row of the answers that show a field of a block


class Verdict(Enum):
    """What is known of something that may happen."""

    POSSIBLE = "possible"
    NEVER = "never"
    NOT_TODAY = "not_today"  # no answers do it today; what other days allow is not known
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Demand:
    """One comparison that must hold, or must not, so that `owner` shows."""

    owner: FieldId
    comparison: Comparison
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Conflict:
    """Demands on one question that no answer meets together; `unseen` when the question never shows."""

    source: FieldId
    demands: tuple[Demand, ...]
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search found: answers that do it, or the conflicts that stand in every way to it."""

    verdict: Verdict
    witness: Answers | None = None
    conflicts: tuple[Conflict, ...] = ()
    allowed: Mapping[FieldId, tuple[Any, ...]] = field(default_factory=dict)  # any of these do it too; None: no answer


def witness(revision: Revision, id: FieldId, today: date) -> Answers | None:
    """Answers that show a field, as few as are needed; None when there are none, or none was found."""
    return Prover(revision, today).can_show(id).witness


# -- what must hold ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Atom:
    source: FieldId
    bits: int
    demand: Demand


@dataclass(frozen=True, slots=True)
class _Both:
    nodes: tuple["_Node", ...]


@dataclass(frozen=True, slots=True)
class _Either:
    nodes: tuple["_Node", ...]


_Node = _Atom | _Both | _Either


class Prover:
    """Searches one form, on one day; what it proves of a field serves those after it.

    With `complete`, among the answers that could be deposited: none that is required is missing.
    """

    def __init__(self, revision: Revision, today: date, complete: bool = False) -> None:
        self.revision, self.today = revision, today
        self.scope = scope_of(revision)
        compared: dict[FieldId, dict[Comparison, Resolved]] = {}
        for comparison, meant in self._meant():
            compared.setdefault(meant.source.id, {})[comparison] = meant
        self.questions = {id: Question(self.scope[id], found, today, complete) for id, found in compared.items()}
        self.unseen: set[FieldId] = set()  # fields that never show
        self._bits: dict[Demand, int] = {}
        self._shown: dict[FieldId, _Node] = {}
        self._nodes: dict[tuple[FieldId, bool], _Node] = {}

    def _meant(self) -> Iterator[tuple[Comparison, Resolved]]:
        for placed in self.scope.values():
            for comparison in comparisons(placed.field.condition):
                found = resolved(comparison, placed, self.scope)
                if found is not None:
                    yield comparison, found

    # -- questions to it -------------------------------------------------------------------------------------------
    def can_show(self, id: FieldId) -> Outcome:
        """Whether any answers show a field; for what stands after it, what was found is kept."""
        outcome = self._searched([self.shown(id)], id)
        if outcome.verdict is Verdict.NEVER:
            self.unseen.add(id)
        return outcome

    def can_hold(self, id: FieldId) -> Outcome:
        """Whether the condition of a field can hold at all, whatever else hides its sources."""
        return self._searched([self.holds(id, True)], None)

    def can_fail(self, id: FieldId) -> Outcome:
        """Whether any answers that show what stands over a field make its condition false."""
        return self._searched([self.holds(id, False), *(self.shown(over.id) for over in self.over(id))], id)

    def can_fail_answered(self, id: FieldId) -> Outcome:
        """Whether the condition of a field can be false once all that it compares is answered."""
        found = (self.meaning(c, self.scope[id]) for c in comparisons(self.scope[id].field.condition))
        meant = [one for one in found if one is not None]
        if any(one.criterion.shape is Shape.NOTHING for one in meant):
            return Outcome(Verdict.UNKNOWN)  # who asks whether there is an answer means just that
        return self._searched([self.holds(id, False)], None, {one.source.id for one in meant})

    # -- nodes -----------------------------------------------------------------------------------------------------
    def shown(self, id: FieldId) -> _Node:
        """What must hold so that a field shows, but for what its sources need to show."""
        if id not in self._shown:
            self._shown[id] = _Both((*(self.shown(over.id) for over in self.over(id)), self.holds(id, True)))
        return self._shown[id]

    def hidden(self, id: FieldId) -> _Node:
        """What must hold so that a field does not show."""
        return _Either((*(self.hidden(over.id) for over in self.over(id)), self.holds(id, False)))

    def over(self, id: FieldId) -> list[Field]:
        """The title and the block that must show for a field to."""
        placed = self.scope[id]
        return [other for other in (placed.under, placed.block) if other is not None]

    def holds(self, id: FieldId, wanted: bool) -> _Node:
        """What must hold so that the condition of a field does, or does not."""
        if (id, wanted) not in self._nodes:
            condition = self.scope[id].field.condition
            self._nodes[id, wanted] = self._node(All() if condition is None else condition, self.scope[id], wanted)
        return self._nodes[id, wanted]

    def _node(self, condition: Condition, owner: Placed, wanted: bool) -> _Node:
        if isinstance(condition, Not):
            return self._node(condition.term, owner, not wanted)
        if not isinstance(condition, Comparison):
            terms = tuple(self._node(term, owner, wanted) for term in condition.terms)
            return (_Both if isinstance(condition, All) == wanted else _Either)(terms)
        meant = self.meaning(condition, owner)
        if meant is None:
            return _Either(()) if wanted else _Both(())
        demand = Demand(owner.id, condition, wanted)
        bits = self.questions[meant.source.id].bits(meant)
        self._bits[demand] = bits if wanted else self.questions[meant.source.id].all & ~bits
        return _Atom(meant.source.id, self._bits[demand], demand)

    def meaning(self, comparison: Comparison, owner: Placed) -> Resolved | None:
        """What a comparison means, as `resolved` says it, worked out once."""
        question = self.questions.get(comparison.source)
        meant = None if question is None else question.meant.get(comparison)
        return meant if meant is not None and may_compare(meant.source, owner) else None

    def bits(self, demand: Demand) -> int:
        """The answers that meet a demand."""
        return self._bits[demand]

    # -- searching -------------------------------------------------------------------------------------------------
    def _searched(self, goals: list[_Node], shows: FieldId | None, answered: Iterable[FieldId] = ()) -> Outcome:
        """`shows` is the field that the answers must show; None to leave aside whether sources show."""
        search = _Search(self, shows is not None, answered)
        try:
            found = search.solved(goals)
        except _TooLong:
            return Outcome(Verdict.UNKNOWN)
        if found is not None:
            allowed = {id: self.questions[id].values(bits) for id, bits in found.bits.items()}
            return Outcome(Verdict.POSSIBLE, self._answers(found, shows), allowed=allowed)
        conflicts = tuple(search.conflicts)
        return Outcome(self._refuted(conflicts), conflicts=conflicts)

    def _refuted(self, conflicts: tuple[Conflict, ...]) -> Verdict:
        if not all(self.questions[conflict.source].samples.complete for conflict in conflicts):
            return Verdict.UNKNOWN
        return Verdict.NOT_TODAY if any(map(self._depends_on_day, conflicts)) else Verdict.NEVER

    def _depends_on_day(self, conflict: Conflict) -> bool:
        """Whether another day may bring what moves with it to what does not, in one conflict."""
        question = self.questions[conflict.source]
        demanded = [question.meant[demand.comparison] for demand in conflict.demands]
        units = {meant.operand.unit for meant in demanded if meant.criterion.shape is Shape.SPAN}
        fixed = any(meant.criterion.shape not in (Shape.SPAN, Shape.NOTHING) for meant in demanded)
        moves, stays = bool(units) or question.samples.moving, fixed or question.samples.bounded
        return not conflict.unseen and (len(units) > 1 or (moves and stays))

    def _answers(self, found: "_State", shows: FieldId | None) -> Answers:
        answers: dict[str, Answer] = {}
        blocks = [self.scope[id].block for id in (*found.bits, *(() if shows is None else (shows,)))]
        answers.update({f"{block.id}:{ROW}": Answer(value=True) for block in blocks if block is not None})
        for id, bits in found.bits.items():
            question = self.questions[id]
            if not bits & NOTHING or question.always_compares:
                value = question.value(bits)
                if value is not None:
                    answers[self.path(id)] = Answer(value=value)
        return answers

    def path(self, id: FieldId) -> str:
        """Where a field stands in the answers that it gives."""
        return str(id) if self.scope[id].block is None else f"{id}:{ROW}"


class _TooLong(Exception):
    """The search took more steps than it may."""


@dataclass(slots=True)
class _State:
    bits: dict[FieldId, int]  # what each question may still be answered
    demands: dict[FieldId, tuple[Demand, ...]]  # what made it so
    required: set[FieldId]  # the sources that must show
    open: list[_Either]

    def copy(self) -> "_State":
        return _State(dict(self.bits), dict(self.demands), set(self.required), list(self.open))


class _Search:
    def __init__(self, prover: Prover, cascading: bool, answered: Iterable[FieldId]) -> None:
        self.prover, self.cascading = prover, cascading
        self.answered = frozenset(answered)
        self.steps = 0
        self.conflicts: dict[Conflict, None] = {}

    def solved(self, goals: list[_Node]) -> _State | None:
        """A state in which every goal holds, None when there is none."""
        ways = [(_State({}, {}, set(), []), goals)]
        while ways:
            state, agenda = ways.pop()
            either = self._settled(state, agenda)
            if either == ():
                return state
            ways.extend((state.copy(), [node]) for node in reversed(either or ()))
        return None

    def _settled(self, state: _State, agenda: list[_Node]) -> tuple[_Node, ...] | None:
        """The ways to go on once nothing more follows: none are left when it is empty, None after a conflict."""
        while True:
            if not self._carried_out(state, agenda):
                return None
            kept: list[tuple[_Node, ...]] = []
            for either in state.open:
                ways = self._ways(state, either)
                if ways is None:
                    continue
                if not ways:
                    return None
                if len(ways) == 1:
                    agenda.append(ways[0])
                else:
                    kept.append(ways)
            state.open = list(map(_Either, kept))
            if not agenda:
                return self._taken(state, kept)

    def _taken(self, state: _State, kept: list[tuple[_Node, ...]]) -> tuple[_Node, ...]:
        if not kept:
            return ()
        place = min(range(len(kept)), key=lambda place: len(kept[place]))
        del state.open[place]
        return kept[place]

    def _carried_out(self, state: _State, agenda: list[_Node]) -> bool:
        while agenda:
            self.steps += 1
            if self.steps > STEPS:
                raise _TooLong
            node = agenda.pop()
            if isinstance(node, _Both):
                agenda.extend(reversed(node.nodes))
            elif isinstance(node, _Either):
                state.open.append(node)
            elif not self._restricted(state, node, agenda):
                return False
        return True

    def _restricted(self, state: _State, atom: _Atom, agenda: list[_Node]) -> bool:
        """Take a demand on one question in, with what follows from it; False when nothing can be answered any more."""
        source = atom.source
        before = self._bits(state, source)
        after = before & atom.bits
        if after == before:
            return True
        if not after:
            self._clash(state, atom)
            return False
        state.bits[source] = after
        state.demands[source] = (*state.demands.get(source, ()), atom.demand)
        if not self.cascading:
            return True
        if not after & NOTHING and source not in state.required:
            state.required.add(source)
            agenda.append(self.prover.shown(source))
        elif after == NOTHING and self.prover.questions[source].compares_when_shown:
            agenda.append(self.prover.hidden(source))
        return True

    def _bits(self, state: _State, source: FieldId) -> int:
        bits = state.bits.get(source)
        if bits is not None:
            return bits
        if self.cascading and source in self.prover.unseen:
            return NOTHING
        every = self.prover.questions[source].all
        return every & ~NOTHING if source in self.answered else every

    def _ways(self, state: _State, either: _Either) -> tuple[_Node, ...] | None:
        """The terms that may still hold, None when one does already."""
        ways = []
        for node in either.nodes:
            self.steps += 1
            known = self._known(state, node)
            if known:
                return None
            if known is None:
                ways.append(node)
        if not ways:
            for atom in _atoms(either):
                if not self._bits(state, atom.source) & atom.bits:
                    self._clash(state, atom)
        return tuple(ways)

    def _known(self, state: _State, node: _Node) -> bool | None:
        """Whether a node holds already, or can no longer; None when neither."""
        if isinstance(node, _Atom):
            bits = self._bits(state, node.source)
            return True if not bits & ~node.bits else None if bits & node.bits else False
        deciding = isinstance(node, _Either)
        found: bool | None = not deciding
        for term in node.nodes:
            known = self._known(state, term)
            if known is deciding:
                return known
            if known is None:
                found = None
        return found

    def _clash(self, state: _State, atom: _Atom) -> None:
        """Keep the fewest demands on the question of `atom` that already leave no answer."""
        source = atom.source
        unseen = self.cascading and source in self.prover.unseen
        demands = [*state.demands.get(source, ()), atom.demand]
        start = self._bits(_State({}, {}, set(), []), source)
        for demand in list(demands):
            rest = [other for other in demands if other is not demand]
            if not self._left(start, rest):
                demands = rest
        self.conflicts[Conflict(source, tuple(demands), unseen)] = None

    def _left(self, bits: int, demands: list[Demand]) -> int:
        for demand in demands:
            bits &= self.prover.bits(demand)
        return bits


def _atoms(node: _Node) -> Iterator[_Atom]:
    if isinstance(node, _Atom):
        yield node
    else:
        for term in node.nodes:
            yield from _atoms(term)
