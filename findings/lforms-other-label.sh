#!/bin/sh
# lforms 40.1.3 in jsdom: a saved response is loaded, whose answer has the option's system and code, and another display,
# as from a program in another language or from a form whose wording was changed.
# Expected: the answer is that option; a display is for people, and is not compared (FHIR R4, Coding.display).
# Seen: the answer is gone from the form, without a word, and from the response that is written next.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_node.inc"
with_node lforms@40.1.3 jsdom@26.1.0 <<'JS'
import { readFileSync } from 'node:fs';
import { JSDOM, VirtualConsole } from 'jsdom';

const dist = new URL('node_modules/lforms/dist/lforms/', import.meta.url);
const { window } = new JSDOM('<!DOCTYPE html><div id="form"></div>', {
  runScripts: 'outside-only', pretendToBeVisual: true, url: 'http://localhost/', virtualConsole: new VirtualConsole()
});
window.matchMedia ??= () => ({ matches: false, addListener() {}, removeListener() {} });
for (const script of ['assets/lib/zone.min.js', 'runtime.js', 'polyfills.js', 'main.js', '../fhir/R4/lformsFHIR.min.js']) {
  window.eval(readFileSync(new URL(`webcomponent/${script}`, dist), 'utf8'));
}
const { LForms } = window;
const option = (code, display) => ({ system: 'http://example.org/often', code, display });
const form = {
  resourceType: 'Questionnaire',
  status: 'draft',
  item: [
    {
      linkId: 'often',
      type: 'choice',
      text: 'How often?',
      answerOption: [{ valueCoding: option('n', 'Never') }, { valueCoding: option('d', 'Daily') }]
    }
  ]
};
async function loaded(display) {
  const response = {
    resourceType: 'QuestionnaireResponse',
    status: 'in-progress',
    item: [{ linkId: 'often', answer: [{ valueCoding: option('d', display) }] }]
  };
  const definition = LForms.Util.convertFHIRQuestionnaireToLForms(form, 'R4');
  const merged = LForms.Util.mergeFHIRDataIntoLForms('QuestionnaireResponse', response, definition, 'R4');
  await LForms.Util.addFormToPage(merged, 'form');
  await new Promise((done) => setTimeout(done, 500));
  const written = LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4', window.document.getElementById('form'));
  return written.item?.[0]?.answer?.[0]?.valueCoding?.code;
}
const [same, other] = [await loaded('Daily'), await loaded('Every day')];
console.log(`kept: with the form's display ${same}, with another one ${other}`);
process.exit(same !== 'd' ? 2 : other === undefined ? 0 : 1);
JS
