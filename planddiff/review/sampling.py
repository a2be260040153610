"""Which pairs coders are asked: a stratified random sample with known probabilities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planddiff.errors import InvalidInputError

STRATA = ("confidence", "status", "document")
_SURE = 0.95
_FLOOR = 0.005


def confidence_band(pairs: pd.DataFrame, threshold: float, band: float) -> pd.Series[str]:
    """Name of the band of confidence in which each pair stands.

    Parameters
    ----------
    pairs : DataFrame
        ``linked`` and ``confidence`` (missing for a pair that was never weighed).
    threshold, band : float
        Of the matcher.
    """
    value = pairs["confidence"]
    names = np.select(
        [
            pairs["linked"] & (value >= _SURE),
            pairs["linked"] & (value >= threshold + band),
            pairs["linked"],
            value.isna(),
            value >= threshold - band,
        ],
        ["sure", "clear", "bare", "never weighed", "near"],
        default="far",
    )
    return pd.Series(names, index=pairs.index, dtype=object)


def draw_sample(pairs: pd.DataFrame, n: int, strata: Sequence[str], seed: int) -> pd.DataFrame:
    """Draw pairs at random from every stratum, links and non-links half and half.

    Within each half the sample goes where it teaches most: in proportion to the size of the
    stratum and the spread that its mean confidence leads one to expect (Neyman 1934), and at
    least two pairs to each.

    Parameters
    ----------
    pairs : DataFrame
        Every pair of the run: ``document``, ``old_id``, ``new_id``, ``linked``, ``confidence``,
        and the columns ``band``, ``status`` that strata are made of.
    n : int
        Number of pairs.
    strata : sequence of {'confidence', 'status', 'document'}
    seed : int
        The same seed draws the same pairs, whatever the order of the rows.

    Returns
    -------
    DataFrame
        The drawn rows in random order with ``pair`` (P001 ...), ``stratum``, ``stratum_size``,
        ``stratum_drawn`` and ``inclusion`` (probability of being drawn).

    Raises
    ------
    InvalidInputError
        An unknown stratum, or `n` is too small to put a pair into every stratum.
    """
    unknown = [name for name in strata if name not in STRATA]
    if unknown:
        raise InvalidInputError(f"strata={list(strata)}: give some of {', '.join(STRATA)}")
    columns = [{"confidence": "band"}.get(name, name) for name in strata]
    ordered = pairs.sort_values(["document", "old_id", "new_id"], ignore_index=True)
    half = np.where(ordered["linked"], "link", "no link")
    labels = [" | ".join(map(str, row)) for row in ordered[columns].to_numpy().tolist()]
    ordered = ordered.assign(stratum=labels, half=half)
    sizes = ordered.groupby(["half", "stratum"]).agg(
        size=("linked", "size"), sure=("confidence", "mean")
    )
    if n < len(sizes):
        raise InvalidInputError(
            f"n={n} pairs cannot fill {len(sizes)} strata; ask for at least {2 * len(sizes)}, or "
            "name fewer strata"
        )
    take = _allocate(sizes, n)
    generator = np.random.default_rng(seed)
    drawn = []
    for (key, number), size in zip(take.items(), sizes["size"], strict=True):
        rows = ordered[(ordered["half"] == key[0]) & (ordered["stratum"] == key[1])]
        places = np.sort(generator.choice(len(rows), size=number, replace=False))
        drawn.append(
            rows.iloc[places].assign(
                stratum=f"{key[0]}: {key[1]}",
                stratum_size=size,
                stratum_drawn=number,
                inclusion=number / size,
            )
        )
    sample = pd.concat(drawn, ignore_index=True).drop(columns="half")
    sample = sample.iloc[generator.permutation(len(sample))].reset_index(drop=True)
    sample.insert(0, "pair", [f"P{place:03d}" for place in range(1, len(sample) + 1)])
    return sample


def _allocate(sizes: pd.DataFrame, n: int) -> dict[tuple[str, str], int]:
    """How many pairs of each stratum, in the order of `sizes`."""
    links = sizes.index.get_level_values("half") == "link"
    budget = {True: min(n // 2, int(sizes["size"][links].sum()))}
    budget[False] = min(n - budget[True], int(sizes["size"][~links].sum()))
    budget[True] = min(n - budget[False], int(sizes["size"][links].sum()))
    take: dict[tuple[str, str], int] = {}
    for is_link in (True, False):
        part = sizes[links == is_link]
        expected = part["sure"].fillna(_FLOOR).clip(_FLOOR, 1 - _FLOOR)
        weight = part["size"] * np.sqrt(expected * (1 - expected))
        counts = part["size"].clip(upper=2)
        counts = counts if counts.sum() <= budget[is_link] else counts.clip(upper=1)
        while counts.sum() < budget[is_link]:
            # The next pair goes where the ratio of weight to pairs drawn is greatest.
            open_strata = counts < part["size"]
            counts[(weight / counts).where(open_strata, -1.0).idxmax()] += 1
        take |= {(str(key[0]), str(key[1])): int(value) for key, value in counts.items()}
    return {(str(key[0]), str(key[1])): take[key[0], key[1]] for key in sizes.index}
