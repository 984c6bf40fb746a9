"""Three ways to one record: against a model that remembers the words of each side by itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from landrelease.domain.said import (
    BY_HAND,
    Laid,
    Told,
    lay,
    open_claims,
    said_before,
    without_repeats,
)

FIELDS = ("name", "status", "geometry")
WORDS = st.sampled_from(["a", "b", "c", None])
ROWS = st.fixed_dictionaries(dict.fromkeys(FIELDS, WORDS))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("file"), ROWS),
        st.tuples(st.just("again"), st.none()),
        st.tuples(st.just("hand"), st.dictionaries(st.sampled_from(FIELDS), WORDS, min_size=1)),
        st.tuples(st.just("dismiss"), st.none()),
    ),
    max_size=8,
)


@dataclass
class Ledger:
    """Versions as a register keeps them, written by the rules that are tried."""

    versions: list[Told] = field(default_factory=list)

    @property
    def body(self):
        """The record as it stands."""
        return self.versions[-1].body

    def write(self, by, body):
        """One more version."""
        number = str(len(self.versions))
        before = self.versions[-1].entry_id if self.versions else None
        self.versions.append(Told(number, by, body, None, before))

    def take(self, row) -> bool:
        """Lay a row upon the record; whether something was written."""
        row = {name: value for name, value in row.items() if value is not None}
        if not self.versions:
            self.write("0", row)
            return True
        imports = {one.by for one in self.versions if one.by}
        said = said_before(self.versions, imports)
        laid = Laid(row) if said is None else lay(row, self.body, said, FIELDS, is_again=True)
        body = {**laid.body, **({"claims": laid.claims} if laid.claims else {})}
        if without_repeats(body, self.body) == self.body and not laid.agrees:
            return False
        self.write(str(len(self.versions)), body)
        return True

    def amend(self, **changes):
        """Record by hand."""
        body = {**self.body, **changes}
        self.write(None, {name: value for name, value in body.items() if value is not None})


@dataclass
class Model:
    """What each side said last, one field at a time."""

    file: dict
    stands: dict
    by_hand: set = field(default_factory=set)
    asked: dict = field(default_factory=dict)

    def take(self, row):
        """A file's words: news wins where no person spoke, and is asked about where one did."""
        for name, word in row.items():
            news, self.file[name] = word != self.file[name], word
            if word == self.stands[name]:
                self.by_hand.discard(name)
                self.asked.pop(name, None)
            elif not news:
                continue
            elif name in self.by_hand:
                self.asked[name] = word
            else:
                self.stands[name] = word
                self.asked.pop(name, None)

    def amend(self, changes):
        """A person's words."""
        for name, word in changes.items():
            if word != self.stands[name]:
                self.stands[name] = word
                (self.by_hand.discard if word == self.file[name] else self.by_hand.add)(name)


@given(ROWS, STEPS)
def test_no_history_lets_a_repeated_word_win(first, steps):
    """What stands and what is asked are those of the model; the same file again writes nothing."""
    ledger, model = Ledger(), Model(dict(first), dict(first))
    ledger.take(first)
    for what, said in steps:
        if what == "hand":
            ledger.amend(**said)
            model.amend(said)
        elif what == "dismiss":
            ledger.amend(claims=None)
            model.asked.clear()
        else:
            row = dict(model.file) if what == "again" else said
            ledger.take(row)
            model.take(row)
            assert not ledger.take(row)
        stands = {name: ledger.body.get(name) for name in FIELDS}
        assert stands == model.stands
        asked = {
            claim["field"]: claim["value"]
            for claim in open_claims(ledger.body)
            if claim["value"] != ledger.body.get(claim["field"])
        }
        assert asked == {k: v for k, v in model.asked.items() if v != model.stands[k]}
        assert all(claim["code"] == BY_HAND for claim in open_claims(ledger.body))


def test_nothing_is_known_of_what_no_file_said():
    """A record of persons alone has no base."""
    assert said_before([Told("1", None, {"name": "a"}, None)], {"x"}) is None


def test_a_file_of_the_same_date_is_the_base():
    """An earlier month that came last tells nothing of the later one."""
    told = [Told("1", "feb", {"n": 2}, "2024-02"), Told("2", "jan", {"n": 1}, "2024-01")]
    layer = {"jan", "feb"}
    assert said_before(told, layer, "2024-02").words == {"n": 2}
    assert said_before(told, layer, "2024-03").words == {"n": 2}
    assert said_before(told, layer, "2024-01").words == {"n": 1}
    assert said_before(told, layer).words == {"n": 1}
