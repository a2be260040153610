"""Text that knows where it came from."""

import numpy as np

from planddiff.normalize.traced import Edit, Traced, joined


def test_edits_keep_the_way_back():
    traced = Traced.of("互联网 制造").edited([Edit(3, 4, "+")])
    assert traced.text == "互联网+制造"
    assert traced.source_span(3, 4) == (3, 4)
    assert traced.edited([Edit(0, 3, "")]).source_span(0, 1) == (3, 4)


def test_an_edit_may_be_longer_than_what_it_replaces():
    traced = Traced.of("①推进").edited([Edit(0, 1, "(1)")])
    assert traced.source_span(0, 3) == (0, 1)
    assert traced.source_span(3, 5) == (1, 3)


def test_an_empty_span_lies_where_it_would_begin():
    traced = Traced.of("推进")
    assert traced.source_span(1, 1) == (1, 1)
    assert traced.source_span(2, 2) == (2, 2)


def test_joined_texts_and_positions():
    first, second = Traced.of("甲乙"), Traced("丙", np.array([7]), np.array([8]))
    whole = joined([first, second])
    assert whole.text == "甲乙丙"
    assert whole.position(5) == 2
    assert whole.source_end == 8
    assert joined([]).text == ""
