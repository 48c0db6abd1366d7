#!/bin/sh
# @aehrc/smart-forms-renderer 1.4.0: three items hang on "!=", on a boolean, an integer and a choice that nobody answered.
# Expected: all three alike, and asked: "!=" is met unless an answer is equal (FHIR R4, questionnaire-enable-operator).
# Seen: only the one on the boolean is asked. So a follow-up for "anything but never" is gone for whoever skips a choice,
# and stays for whoever skips a yes-or-no.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_node.inc"
bundled_node @aehrc/smart-forms-renderer@1.4.0 react@18.3.1 react-dom@18.3.1 <<'JS'
import { buildForm, isHiddenByEnableWhen, questionnaireStore } from '@aehrc/smart-forms-renderer';

const OFTEN = { system: 'http://example.org/often', code: 'often', display: 'Often' };
const NEVER = { ...OFTEN, code: 'never', display: 'Never' };
const TARGETS = [
  [{ linkId: 'boolean', type: 'boolean' }, { answerBoolean: false }, { valueBoolean: true }],
  [{ linkId: 'integer', type: 'integer' }, { answerInteger: 0 }, { valueInteger: 3 }],
  [
    { linkId: 'choice', type: 'choice', answerOption: [{ valueCoding: NEVER }, { valueCoding: OFTEN }] },
    { answerCoding: NEVER },
    { valueCoding: OFTEN }
  ]
];
const item = TARGETS.flatMap(([target, answer]) => [
  { ...target, text: 'How often?' },
  {
    linkId: `after-${target.linkId}`,
    type: 'string',
    text: 'Tell more.',
    enableWhen: [{ question: target.linkId, operator: '!=', ...answer }]
  }
]);
await buildForm({ questionnaire: { resourceType: 'Questionnaire', status: 'draft', item } });
const asked = () =>
  TARGETS.map(([{ linkId }]) => !isHiddenByEnableWhen({ ...questionnaireStore.getState(), linkId: `after-${linkId}` }));
const blank = asked();
for (const [{ linkId }, , other] of TARGETS) {
  questionnaireStore.getState().updateEnableWhenItem(linkId, [other], null);
}
const answered = asked();
const types = TARGETS.map(([{ linkId }]) => linkId).join(', ');
console.log(`asked (${types}): blank ${blank.join(', ')}; another answer ${answered.join(', ')}`);
process.exit(!answered.every(Boolean) ? 2 : blank.join() === 'true,false,false' ? 0 : 1);
JS
