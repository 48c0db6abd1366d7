#!/bin/sh
# @medplum/core 5.2.13, FHIRPath: an answer is looked for on all levels of a response, with descendants() or repeat(item), or
# is compared with a day relative to today, as conditions of published forms do.
# Expected: the answer is found wherever it stands (FHIRPath 2.0, 5.2.3 and 5.8.2); a date minus a quantity of time is a
# date (6.7), and today is after it.
# Seen: descendants(), repeat() and children() are empty, and today() - 30 days is a decimal that is no number, all without an
# error. What depends on them is never asked. Written level by level, and with a day as a literal, it is.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_node.inc"
with_node @medplum/core@5.2.13 <<'JS'
globalThis.WebSocket ??= class {}; // Node has it since 22
const { evalFhirPathTyped, toTypedValue } = await import('@medplum/core');

const last = { linkId: 'last', answer: [{ valueDate: new Date().toISOString().slice(0, 10) }] };
const response = toTypedValue({
  resourceType: 'QuestionnaireResponse',
  status: 'in-progress',
  item: [{ linkId: 'drinks', item: [last] }]
});
const value = (path) => evalFhirPathTyped(path, [response], { '%resource': response })[0]?.value;
const path = (items, day) => `%resource.${items}.where(linkId = 'last').answer.value.where($this > ${day}).exists()`;
const [LEVELS, LITERAL] = ['item.item', '@2024-01-01'];
const sound = value(path(LEVELS, LITERAL));
console.log(`${LEVELS}, later than ${LITERAL}: ${sound}`);
const seen = [];
for (const [items, day] of [
  ['descendants()', LITERAL],
  ['repeat(item)', LITERAL],
  ['children().children()', LITERAL],
  [LEVELS, 'today() - 30 days']
]) {
  seen.push(value(path(items, day)));
  console.log(`${items}, later than ${day}: ${seen.at(-1)}`);
}
console.log(`today() - 30 days: ${value('today() - 30 days')}`);
process.exit(sound !== true ? 2 : seen.every((each) => each === false) ? 0 : 1);
JS
