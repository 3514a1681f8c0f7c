"""Relations to the head when the head changes: nobody who had a role loses it, and nothing is invented.

The relation of X to the head is kept as a word for X: CHILD says that X is the head's child. Where the two relations
known do not say what the third is, it is OTHER; what was not known stays so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from coordinator.domain.person import Relation

_R = Relation
_INVERSE: Mapping[Relation, Relation] = {
    _R.SPOUSE: _R.SPOUSE, _R.PARTNER: _R.PARTNER, _R.CHILD: _R.PARENT, _R.PARENT: _R.CHILD,
    _R.GRANDPARENT: _R.GRANDCHILD, _R.GRANDCHILD: _R.GRANDPARENT, _R.SIBLING: _R.SIBLING,
}  # fmt: skip
_COUPLE = {_R.CHILD: _R.CHILD, _R.GRANDCHILD: _R.GRANDCHILD}
_THROUGH: Mapping[Relation, Mapping[Relation, Relation]] = {
    _R.SPOUSE: _COUPLE,
    _R.PARTNER: _COUPLE,
    _R.CHILD: {_R.CHILD: _R.GRANDCHILD, _R.SIBLING: _R.CHILD},
    _R.PARENT: {_R.SPOUSE: _R.PARENT, _R.PARTNER: _R.PARENT, _R.CHILD: _R.SIBLING, _R.PARENT: _R.GRANDPARENT},
    _R.SIBLING: {_R.SIBLING: _R.SIBLING, _R.PARENT: _R.PARENT, _R.GRANDPARENT: _R.GRANDPARENT},
    _R.GRANDPARENT: {_R.SPOUSE: _R.GRANDPARENT, _R.PARTNER: _R.GRANDPARENT},
    _R.GRANDCHILD: {_R.SIBLING: _R.GRANDCHILD},
}
"""What the head before is to the new one -> what a member is to the head before -> what they are to the new one."""


def inverse(relation: Relation) -> Relation:
    """What the head is to somebody who is this to the head."""
    if relation is Relation.UNKNOWN:
        return relation
    return _INVERSE.get(relation, Relation.OTHER)


def through(middle: Relation, relation: Relation) -> Relation:
    """What X is to the head, where X is `relation` to somebody who is `middle` to the head."""
    if relation is Relation.UNKNOWN:
        return relation
    return _THROUGH.get(middle, {}).get(relation, Relation.OTHER)


def relations_to(head_id: str, before: Mapping[str, Relation]) -> dict[str, Relation]:
    """The relations of these people to a new head who is one of them; `before`: to the head until now (HEAD)."""
    middle = before[head_id]
    if middle is Relation.HEAD:
        return dict(before)
    found = {}
    for one, relation in before.items():
        if one == head_id:
            found[one] = Relation.HEAD
        elif relation is Relation.HEAD:
            found[one] = inverse(middle)
        elif _own_child(middle, relation, before.values()):
            found[one] = Relation.CHILD
        else:
            found[one] = through(inverse(middle), relation)
    return found


def _own_child(middle: Relation, relation: Relation, everybody: Iterable[Relation]) -> bool:
    """A grandchild of the head before, where the new head is the only child there: it is theirs."""
    only = sum(1 for one in everybody if one is Relation.CHILD) == 1
    return middle is Relation.CHILD and relation is Relation.GRANDCHILD and only


def rejoined(
    parts: Iterable[tuple[str | None, Mapping[str, Relation]]],
    head_id: str,
    before: Mapping[str, Relation],
    changed: Collection[str],
) -> dict[str, Relation]:
    """The relations to `head_id` where parts of a family, each (its head, relations to that head), are one again.

    `before`: the relations before they parted, to the head of then (HEAD); who is `changed` since is what they are
    now to the head of their part.
    """
    heads_before = {one for one, relation in before.items() if relation is Relation.HEAD}
    known = relations_to(head_id, before) if head_id in before and len(heads_before) == 1 else {}
    found: dict[str, Relation] = {}
    for head, relations in parts:
        if head == head_id:
            found |= relations
            continue
        middle = known.get(head or "", Relation.OTHER)
        for one, relation in relations.items():
            if one in known and one not in changed:
                found[one] = known[one]
            else:
                found[one] = middle if one == head else through(middle, relation)
    return {one: _one_head(one == head_id, relation) for one, relation in found.items()}


def _one_head(is_head: bool, relation: Relation) -> Relation:
    if is_head:
        return Relation.HEAD
    return Relation.OTHER if relation is Relation.HEAD else relation
