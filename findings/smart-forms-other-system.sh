#!/bin/sh
# @aehrc/smart-forms-renderer 1.4.0: an item is asked when a target was answered with a code of a certain system.
# Expected: a code of another system does not meet that condition; a code means something in its system only (FHIR R4,
# Coding), and "=" is equality of the values.
# Seen: the codes are compared, and the systems are not, so the item is asked for a code of any system.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_node.inc"
bundled_node @aehrc/smart-forms-renderer@1.4.0 react@18.3.1 react-dom@18.3.1 <<'JS'
import { buildForm, isHiddenByEnableWhen, questionnaireStore } from '@aehrc/smart-forms-renderer';

const coding = (system, code) => ({ system: `http://example.org/${system}`, code, display: `${code}, ${system}` });
const OPTIONS = [coding('drinks', 'a'), coding('dishes', 'a'), coding('drinks', 'b')];
const form = {
  resourceType: 'Questionnaire',
  status: 'draft',
  item: [
    { linkId: 'what', type: 'choice', text: 'What?', answerOption: OPTIONS.map((each) => ({ valueCoding: each })) },
    {
      linkId: 'more',
      type: 'string',
      text: 'More about the drink?',
      enableWhen: [{ question: 'what', operator: '=', answerCoding: OPTIONS[0] }]
    }
  ]
};
await buildForm({ questionnaire: form });
const asked = OPTIONS.map((valueCoding) => {
  questionnaireStore.getState().updateEnableWhenItem('what', [{ valueCoding }], null);
  return !isHiddenByEnableWhen({ ...questionnaireStore.getState(), linkId: 'more' });
});
console.log(`asked: for that code ${asked[0]}, for it in another system ${asked[1]}, for another code ${asked[2]}`);
process.exit(!asked[0] || asked[2] ? 2 : asked[1] ? 0 : 1);
JS
