from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from pipelines.plans.identity import Identities, source_id_of

PLAN = "990019-gyokaku1"


def test_an_item_is_its_normalised_title() -> None:
    digest = hashlib.sha256("ICTの活用".encode()).hexdigest()[:8]
    for title in ("ICTの活用", "ＩＣＴ の 活用（※５）"):
        assert Identities(PLAN).item_id(title) == f"{PLAN}-{digest}"


def test_equal_titles_are_numbered_in_reading_order() -> None:
    identities = Identities(PLAN)
    found = [identities.item_id("窓口の改善") for _ in range(3)]
    assert found == [found[0], f"{found[0]}-2", f"{found[0]}-3"]


def test_a_node_is_its_path_and_no_item() -> None:
    identities = Identities(PLAN)
    node = identities.node_id(("基本方針", "窓口の改善"))
    assert node.startswith(f"{PLAN}-n")
    others = [("窓口の改善",), ("窓口の改善", "基本方針"), ("基本方針窓口の改善",)]
    assert len({node, *(Identities(PLAN).node_id(path) for path in others)}) == 4
    assert Identities(PLAN).node_id(("基本 方針", "窓口の改善※1")) == node


@given(st.lists(st.sampled_from(["窓口の改善", "ＩＣＴ", "ICT", "財政", ""]), max_size=12))
def test_ids_are_never_given_twice(titles: list[str]) -> None:
    identities = Identities(PLAN)
    found = [identities.item_id(title) for title in titles]
    found += [identities.node_id((title,)) for title in titles]
    assert len(set(found)) == len(found)


@given(st.permutations(["窓口の改善", "財政の健全化", "施設の再編", "職員の育成"]))
def test_the_order_of_other_items_moves_no_id(titles: list[str]) -> None:
    identities = Identities(PLAN)
    found = {title: identities.item_id(title) for title in titles}
    assert found == {title: Identities(PLAN).item_id(title) for title in titles}


def test_the_source_is_the_plans_document() -> None:
    assert source_id_of(PLAN) == f"{PLAN}-document"
