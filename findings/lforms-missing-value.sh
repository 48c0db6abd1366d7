#!/bin/sh
# lforms 40.1.3 in jsdom: a saved response is loaded, in which a number and a day have no value, and the reason in its place
# (data-absent-reason: the person was asked, and would not say).
# Expected: the reason is still there in the response that is written next; it tells a refusal from a question that nobody
# asked (FHIR R4, Element: a primitive may have an extension and no value).
# Seen: the item is gone, as if it had never been asked. A number beside it stays.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_lforms.inc"
with_lforms <<'JS'
const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const declined = { extension: [{ url, valueCode: 'asked-declined' }] };
const FORM = [
  { linkId: 'nights', type: 'integer', text: 'Nights without sleep in the last week?' },
  { linkId: 'drinks', type: 'integer', text: 'Drinks on a day when you drink?' },
  { linkId: 'last', type: 'date', text: 'When was the last one?' }
];
const seen = await loaded(FORM, [
  { linkId: 'nights', answer: [{ valueInteger: 3 }] },
  { linkId: 'drinks', answer: [{ _valueInteger: declined }] },
  { linkId: 'last', answer: [{ _valueDate: declined }] }
]);
console.log(`written: ${JSON.stringify(seen)}`);
process.exit(seen.nights?.[0].valueInteger !== 3 ? 2 : !seen.drinks && !seen.last ? 0 : 1);
JS
