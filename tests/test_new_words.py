from planddiff.new_words import find_new_words, is_term, runs
from planddiff.segment import tokens

# Constructed sentences: the same unknown word, with other neighbours each time.
VARIED = [
    "推进云栖码港建设。",
    "在云栖码港设立分中心。",
    "云栖码港入驻企业达到30家。",
    "支持云栖码港扩容,完善云栖码港服务。",
]


def cut(piece):
    """A segmenter that knows 云栖 and 码港, but not that they are one word."""
    found = []
    while piece:
        length = 2 if piece[:2] in ("云栖", "码港", "建设", "企业", "支持", "服务") else 1
        found.append(piece[:length])
        piece = piece[length:]
    return found


def test_a_word_whose_neighbours_vary_is_found():
    texts = [tokens(text, cut) for text in VARIED]
    assert find_new_words(texts, min_count=5) == {("云栖", "码港"): "云栖码港"}
    assert find_new_words(texts, min_count=6) == {}


def test_a_part_that_always_continues_the_same_way_is_no_word():
    texts = [["甲", "云栖", "码港", "园", "乙"], ["丙", "云栖", "码港", "园", "丁"]] * 3
    found = find_new_words(texts, min_count=6)
    assert ("云栖", "码港", "园") in found
    assert ("云栖", "码港") not in found
    assert ("码港", "园") not in found


def test_parts_that_also_go_other_ways_are_no_word():
    together = [["甲", "云栖", "码港", "乙"], ["丙", "云栖", "码港", "丁"]] * 3
    apart = [["云栖", other] for other in "一二三四五六七八九"] * 20
    assert ("云栖", "码港") in find_new_words(together, min_count=5)
    assert ("云栖", "码港") not in find_new_words(together + apart, min_count=5)


def test_the_dictionary_and_the_lexicon_are_not_new():
    texts = [["甲", "信息", "化", "乙"], ["丙", "信息", "化", "丁"]] * 3
    assert find_new_words(texts, min_count=2, min_cohesion=-1) != {}
    assert ("信息", "化") not in find_new_words(texts, min_count=2, min_cohesion=-1)


def test_runs_stop_at_figures_function_words_and_punctuation():
    text = ["建成", "4G", "网络", "3", "个", ",", "基站", "和", "第三届", "大会"]
    joined = ["".join(run) for run, _, _ in runs(text)]
    assert joined == ["建成", "建成4G", "建成4G网络", "4G", "4G网络", "网络", "个", "基站", "大会"]
    assert [is_term(token) for token in ("30家", "2016", "5G", "_", "的", "信息化")] == [
        False,
        False,
        True,
        False,
        False,
        True,
    ]


def test_the_order_of_texts_does_not_matter():
    texts = [tokens(text, cut) for text in VARIED * 2]
    assert find_new_words(texts, min_count=3) == find_new_words(texts[::-1], min_count=3)
    assert list(find_new_words(texts, min_count=3)) == list(
        find_new_words(texts[::-1], min_count=3)
    )


def test_no_text_has_no_new_word():
    assert find_new_words([]) == {}
    assert find_new_words([[]], min_count=1) == {}
