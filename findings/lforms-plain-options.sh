#!/bin/sh
# lforms 40.1.3 in jsdom: choices offer codings, texts, whole numbers or days (answerOption), and a saved response with one of
# the options of each is loaded.
# Expected: all four answers are that option; answerOption.value[x] may be any of these types (FHIR R4, Questionnaire).
# Seen: only the coding is kept. The three others are gone from the form, without a word, and from what is written next,
# so a scale from 0 to 3 without codes comes back blank.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_lforms.inc"
with_lforms <<'JS'
const OPTIONS = {
  valueCoding: ['a', 'b'].map((code) => ({ system: 'http://example.org/often', code, display: `Option ${code}` })),
  valueString: ['Never', 'Daily'],
  valueInteger: [0, 3],
  valueDate: ['2024-05-22', '2024-05-23']
};
const form = Object.entries(OPTIONS).map(([type, options]) => ({
  linkId: type,
  type: 'choice',
  text: 'How often?',
  answerOption: options.map((each) => ({ [type]: each }))
}));
const answers = Object.entries(OPTIONS).map(([type, [, chosen]]) => ({ linkId: type, answer: [{ [type]: chosen }] }));
const seen = Object.keys(await loaded(form, answers));
console.log(`answers: ${Object.keys(OPTIONS).join(', ')}; kept: ${seen.join(', ')}`);
process.exit(!seen.includes('valueCoding') ? 2 : seen.length === 1 ? 0 : 1);
JS
