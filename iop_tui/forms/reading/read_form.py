"""The bytes of a FHIR R4 Questionnaire, read into a form."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from iop_tui.forms.model.form import Form, Item
from iop_tui.forms.reading.answer_options import FormParts
from iop_tui.forms.reading.condition_cycles import check_cycles
from iop_tui.forms.reading.condition_targets import check_targets
from iop_tui.forms.reading.form_header import Header, read_header
from iop_tui.forms.reading.item_expressions import Expressions
from iop_tui.forms.reading.item_list import Node, list_items
from iop_tui.forms.reading.item_tree import assembled
from iop_tui.forms.reading.json_text import parse_json
from iop_tui.forms.reading.links import links_of
from iop_tui.forms.reading.number_comparisons import check_comparisons
from iop_tui.forms.reading.read_item import Shared, read_item
from iop_tui.forms.reading.refusals import spread_refusals
from iop_tui.forms.reading.required_items import check_required
from iop_tui.forms.reading.resource import check_resource, check_version
from iop_tui.forms.reading.rules import Collector
from iop_tui.forms.reading.structure import check_structure
from iop_tui.forms.reading.unreachable_items import check_reachable
from iop_tui.forms.reading.value_sets import Contained
from iop_tui.forms.reading.weights import TWO_URLS, WeightUrls


def read_form(data: bytes, name: str, *, repair_systems: bool = False) -> Form:
    """The form in a file, with the fate of every item and a finding for whatever cannot be taken as it stands.

    `name` is the file's name. With `repair_systems` a coding in a condition or initial value means the option of the
    same code when one of both has no system. Raises FormRefused for a file that is no form which can be opened.
    """
    source = check_resource(parse_json(data, name), name)
    collector = Collector()
    nodes = list_items(source, name, collector)
    check_version(nodes, name)
    header = read_header(source, name, collector)
    shared = Shared(FormParts(Contained(source), WeightUrls()), repair_systems)
    items = _read_items(nodes, header, shared, collector)
    used = shared.parts.weights.used
    if len(used) > 1:
        collector.add(TWO_URLS, source.line, urls=", ".join(sorted(used)))
    return Form(
        title=header.title,
        items=assembled(nodes, items, collector.refused),
        findings=tuple(sorted(collector.findings)),
        sha256=hashlib.sha256(data).hexdigest(),
        url=header.url,
        version=header.version,
        name=header.name,
        language=header.language,
        status=header.status,
        publisher=header.publisher,
        copyright=header.copyright,
        description=header.description,
        source=name,
    )


def _read_items(nodes: Sequence[Node], header: Header, shared: Shared, collector: Collector) -> list[Item]:
    """The items without those below them, in the order of the file, as they are by themselves and to each other."""
    alone = [read_item(node.source, shared, collector.at(node.line, node.link_id)) for node in nodes]
    links = links_of(nodes, Expressions(nodes, alone, header.variables, collector).read())
    check_structure(links, collector)
    check_required(links, collector)
    check_targets(links, shared.repair_systems, collector)
    check_cycles(links, collector)
    spread_refusals(links, collector)
    check_reachable(links, collector)
    check_comparisons(links, collector)
    return links.items
