#!/bin/sh
# lforms 40.1.3 in jsdom: a saved response is loaded, whose answer has the option's system and code, and another display,
# as from a program in another language or from a form whose wording was changed.
# Expected: the answer is that option; a display is for people, and is not compared (FHIR R4, Coding.display).
# Seen: the answer is gone from the form, without a word, and from the response that is written next.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_lforms.inc"
with_lforms <<'JS'
const option = (code, display) => ({ system: 'http://example.org/often', code, display });
const often = {
  linkId: 'often',
  type: 'choice',
  text: 'How often?',
  answerOption: [{ valueCoding: option('n', 'Never') }, { valueCoding: option('d', 'Daily') }]
};
const kept = async (display) =>
  (await loaded([often], [{ linkId: 'often', answer: [{ valueCoding: option('d', display) }] }])).often?.[0].valueCoding
    .code;
const [same, other] = [await kept('Daily'), await kept('Every day')];
console.log(`kept: with the form's display ${same}, with another one ${other}`);
process.exit(same !== 'd' ? 2 : other === undefined ? 0 : 1);
JS
