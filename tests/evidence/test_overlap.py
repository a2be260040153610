"""What pairs of rows have in common, against the plain product."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

import planddiff.evidence.overlap as module
from planddiff.evidence.overlap import overlap

quick = settings(max_examples=50, deadline=None)
tables = st.lists(st.lists(st.sampled_from([0, 0, 1, 2, 5]), min_size=4, max_size=4), min_size=1)


def matrix(rows):
    return sparse.csr_array(np.array(rows, dtype=float))


@given(tables, tables, st.data())
@quick
def test_totals_are_inner_products(left, right, data):
    chosen = st.tuples(st.integers(0, len(left) - 1), st.integers(0, len(right) - 1))
    pairs = data.draw(st.lists(chosen, max_size=8))
    first, second = (np.array([p[side] for p in pairs], dtype=np.int64) for side in (0, 1))
    one, other = matrix(left), matrix(right)
    found = overlap(one, first, other, second)
    expected = [float(np.dot(left[i], right[j])) for i, j in pairs]
    assert found.total(one.data, other.data).tolist() == expected
    both = [sum(a and b and 1 for a, b in zip(left[i], right[j], strict=True)) for i, j in pairs]
    assert found.total(np.ones(one.nnz), np.ones(other.nnz)).tolist() == both


def test_blocks_join_without_a_seam(monkeypatch):
    draw = np.random.default_rng(0)
    one, other = (matrix(draw.integers(0, 3, (6, 9))) for _ in range(2))
    first, second = draw.integers(0, 6, 50), draw.integers(0, 6, 50)
    whole = overlap(one, first, other, second)
    monkeypatch.setattr(module, "_CELLS_AT_ONCE", 20)
    in_blocks = overlap(one, first, other, second)
    for weight in (np.ones(one.nnz), one.data):
        assert (
            whole.total(weight, other.data).tolist() == in_blocks.total(weight, other.data).tolist()
        )
    assert sorted(whole.left) == sorted(in_blocks.left)


@pytest.mark.parametrize("width", [0, 3])
def test_no_pairs_have_nothing_in_common(width):
    none = np.zeros(0, dtype=np.int64)
    empty = sparse.csr_array((2, width))
    found = overlap(empty, none, empty, none)
    assert found.total(empty.data, empty.data).tolist() == []
