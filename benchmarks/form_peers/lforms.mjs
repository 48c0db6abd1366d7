// LForms in jsdom, as its README says to load it: zone, runtime, polyfills, main, and the R4 library. Then the form is
// converted and added to the page; it has begun once the first question's field is in the DOM.
//
// node lforms.mjs FILE LINKID, which is the first question's: writes "first question" and the milliseconds since the start of the process.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { JSDOM, VirtualConsole } from 'jsdom';

const [form, first] = process.argv.slice(2);
const dist = join(dirname(createRequire(import.meta.url).resolve('lforms/package.json')), 'dist', 'lforms');
const SCRIPTS = ['assets/lib/zone.min.js', 'runtime.js', 'polyfills.js', 'main.js', '../fhir/R4/lformsFHIR.min.js'];

const page = '<!DOCTYPE html><html><head></head><body><div id="form"></div></body></html>';
const options = { runScripts: 'outside-only', pretendToBeVisual: true, url: 'http://localhost/' };
const { window } = new JSDOM(page, { ...options, virtualConsole: new VirtualConsole() });
// What a browser has and jsdom lacks.
window.matchMedia ??= () => ({ matches: false, addListener() {}, removeListener() {}, addEventListener() {} });
window.ResizeObserver ??= class { observe() {} unobserve() {} disconnect() {} };
window.structuredClone ??= structuredClone;
for (const script of SCRIPTS) window.eval(readFileSync(join(dist, 'webcomponent', script), 'utf8'));

const { document, LForms } = window;
const questionnaire = window.JSON.parse(readFileSync(form, 'utf8'));
const definition = LForms.Util.convertFHIRQuestionnaireToLForms(questionnaire, 'R4');
LForms.Util.addFormToPage(definition, 'form').catch((fault) => {
  console.error(String(fault));
  process.exit(1);
});
const found = () => document.getElementById(`${first}/1/1`);
const began = performance.now();
(function look() {
  if (found()) {
    console.log(`first question ${performance.now()}`);
    process.exit(0);
  }
  if (performance.now() - began > 60_000) {
    console.error(`no question: ${document.body.textContent.slice(0, 300)}`);
    process.exit(1);
  }
  setTimeout(look, 5);
})();
