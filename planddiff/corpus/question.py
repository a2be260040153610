"""What is asked to have spread: a theme, an item, words, or a text; and which items hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from planddiff.corpus.commonness import Commonness
from planddiff.corpus.corpus import Corpus
from planddiff.corpus.similar import confidence_of
from planddiff.corpus.wording import Keys, wording_of
from planddiff.errors import InvalidInputError
from planddiff.evidence.bigrams import Floats, row_sums, with_data
from planddiff.fields.theme_lexicon import ThemeLexicon
from planddiff.fields.themes import tag_item
from planddiff.matching import PARTS
from planddiff.normalize import canonicalize
from planddiff.plan import Plan
from planddiff.readers import document_from_text

KINDS = ("theme", "item", "words", "text")
TELLING_PARTS = (*PARTS, "framing")
"""Parts that tell of adoption: tasks, requirements, safeguards, and the lead-ins of sections, since
what is taken up is often named in the lead-in of a section before any task is. Not the review."""
_LONGEST_WORDS = 30
_LEAST_STRETCHES = 5
_NEARLY_WHOLE = 0.8


@dataclass(frozen=True)
class Question:
    """What is asked for, and how it is understood.

    Attributes
    ----------
    asked : str
        As it was asked.
    kind : {'theme', 'item', 'words', 'text'}
        ``theme``: items tagged with it. ``words``: items whose text holds them. ``item`` and
        ``text``: items that share telling wording with the items or the text.
    lexicon : ThemeLexicon or None
        A lexicon of one's own, by which items are tagged anew.
    item_ids : tuple of str
        The items asked for.
    seeds : tuple of str
        Their texts, or the text asked for.
    """

    asked: str
    kind: str
    lexicon: ThemeLexicon | None
    item_ids: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()

    @property
    def by_wording(self) -> bool:
        """Whether items are found by the wording they share."""
        return self.kind in ("item", "text")

    def keys(self) -> Keys:
        """The stretches of the seeds."""
        return wording_of(self.seeds).keys

    def picks(self, plan: Plan, keys: Keys) -> pd.DataFrame:
        """Items of a plan that the question may mean, of the parts that tell of adoption.

        A heading that stands alone on its line is no item: for a theme or words, the first item
        below it tells of it.
        """
        items = plan.items[plan.items["part"].isin(TELLING_PARTS)]
        if self.kind == "theme":
            mask = [self.asked in themes for themes in self._themes(items)]
        elif self.kind == "words":
            mask = [
                self.asked in text or self.asked in body
                for text, body in zip(items["text"], items["body"], strict=True)
            ]
        else:
            shared = row_sums(wording_of(items["core"].tolist(), keys).held)
            mask = ((shared >= _LEAST_STRETCHES) | items["item_id"].isin(self.item_ids)).tolist()
        held = np.array(mask, dtype=bool)
        if not self.by_wording:
            held |= np.array(self.on_subject(_headlines(items), basis="object"), dtype=bool)
        return items[held]

    def _themes(self, items: pd.DataFrame) -> Iterator[Sequence[str]]:
        if self.lexicon is None:
            yield from items["themes"]
            return
        for text, section in zip(items["text"], items["section"], strict=True):
            yield tag_item(text, section, self.lexicon)

    def on_subject(self, texts: Sequence[str], *, basis: str = "mention") -> list[bool]:
        """Whether each text speaks of the theme, or holds the words, that were asked for.

        Of items and texts it is the wording itself that is asked for: always true.
        """
        if self.kind == "theme":
            tags = (tag_item(text, "", self.lexicon, basis=basis) for text in texts)
            return [self.asked in themes for themes in tags]
        return [self.kind != "words" or self.asked in text for text in texts]

    def confidences(self, items: pd.DataFrame, commonness: Commonness) -> Floats:
        """Greatest confidence of each item that it reuses the wording of a seed; 1 for the seeds.

        A stretch weighs as in the year in which it was rarest: what spread to all of the issuers
        was once few issuers' own, and late adopters adopt it too. An item that holds a seed nearly
        whole has it, however common its wording is.
        """
        weights = commonness.at_best()
        held = wording_of(items["core"].tolist(), commonness.keys).held
        seeds = wording_of(self.seeds, commonness.keys).held
        shared = (with_data(held, weights[held.indices]) @ seeds.T).toarray()
        means = [(each @ weights) / np.maximum(np.diff(each.indptr), 1) for each in (held, seeds)]
        confidences = confidence_of(shared, (means[0][:, None] + means[1]) / 2).max(axis=1)
        whole = wording_of(self.seeds).held.sum(axis=1)
        share = ((held @ seeds.T).toarray() / np.maximum(whole, 1)).max(axis=1)
        found: Floats = np.maximum(confidences, np.where(share >= _NEARLY_WHOLE, share, 0.0))
        found[items["item_id"].isin(self.item_ids).to_numpy()] = 1.0
        return found


def _headlines(items: pd.DataFrame) -> list[str]:
    """Canonical text of the headings of which each item is the first, and which are no item."""
    seen: set[str] = set()
    found, before = [], ""
    for path, title in zip(items["path"], items["title"], strict=True):
        headings = [each for each in path.split(" > ") if each and each not in seen]
        seen.update(headings)
        alone = [each for each in headings if not (before and each.endswith(before))]
        found.append(_canonical("\n".join(alone)) if alone else "")
        before = title
    return found


def _canonical(text: str) -> str:
    return canonicalize(document_from_text(text, "<question>")).text.strip()


def understand(corpus: Corpus, asked: str | Sequence[str], kind: str, themes: Any) -> Question:
    """Say what a question means.

    Parameters
    ----------
    corpus : Corpus
    asked : str or sequence of str
        With ``kind="auto"`` tried in this order: the name of a theme, an ``item_id`` (or several),
        words (up to a line), a text.
    kind : {'auto', 'theme', 'item', 'words', 'text'}
    themes
        Anything that ``ThemeLexicon.from_any`` takes; None for the themes the plans have.

    Raises
    ------
    InvalidInputError
        Nothing is asked, `kind` is none of these words, there is no such theme or item.
    """
    if kind not in ("auto", *KINDS):
        raise InvalidInputError(f"kind={kind!r}: give one of auto, {', '.join(KINDS)}")
    lexicon = None if themes is None else ThemeLexicon.from_any(themes)
    names = [asked] if isinstance(asked, str) else list(asked)
    if not names or not all(isinstance(each, str) and each.strip() for each in names):
        raise InvalidInputError(
            f"asked for {asked!r}: give a theme, an item_id or several, words, or a text"
        )
    shown = names[0] if len(names) == 1 else f"{names[0]} + {len(names) - 1}"
    known = (lexicon or ThemeLexicon.default()).themes
    if kind == "theme" and names[0] not in known:
        raise InvalidInputError(f"no theme {names[0]!r}; known are {', '.join(known)}")
    if len(names) == 1 and kind in ("auto", "theme") and names[0] in known:
        return Question(shown, "theme", lexicon)
    found = _items(corpus, names) if kind in ("auto", "item") else []
    if kind == "item" or found or len(names) > 1:
        if missing := sorted(set(names) - {name for name, _ in found}):
            raise InvalidInputError(
                f"no items {missing[:5]} in this corpus; an item_id is in the items of a plan: "
                "corpus.plan(document_id).items"
            )
        ids, texts = zip(*found, strict=True)
        return Question(shown, "item", None, tuple(ids), tuple(texts))
    text = _canonical(names[0])
    if kind == "words" or (kind == "auto" and len(text) <= _LONGEST_WORDS):
        return Question(text, "words", None)
    return Question(text, "text", None, (), (text,))


def _items(corpus: Corpus, names: Sequence[str]) -> list[tuple[str, str]]:
    """The items of these names with their texts; only the documents they begin with are read."""
    wanted = set(names)
    documents = corpus.documents["document_id"]
    begins = [any(name.startswith(f"{each}-") for name in wanted) for each in documents]
    found: dict[str, str] = {}
    for plan in corpus.plans(documents[begins].tolist()):
        items = plan.items[plan.items["item_id"].isin(wanted)]
        found |= dict(zip(items["item_id"], items["core"], strict=True))
    return sorted(found.items())
