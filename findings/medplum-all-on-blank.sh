#!/bin/sh
# @medplum/react-hooks 5.2.13, isQuestionEnabled: an item hangs on an answer, with enableBehavior "all".
# Expected: it is not enabled before that answer is given, as with "any": "all" says how conditions are joined, and a
# condition with "=" on a target without an answer is not met (FHIR R4, questionnaire-enable-operator).
# Seen: it is enabled while its targets are blank, and goes away once one is answered with something else.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_node.inc"
bundled_node @medplum/react-hooks@5.2.13 @medplum/core@5.2.13 react@18.3.1 react-dom@18.3.1 <<'JS'
globalThis.WebSocket ??= class {}; // Node has it since 22
const { isQuestionEnabled } = await import('@medplum/react-hooks');

const yes = (question) => ({ question, operator: '=', answerBoolean: true });
const item = { linkId: 'more', type: 'string', text: 'Tell more.', enableWhen: [yes('smokes'), yes('home')] };
const response = (...answers) => ({
  resourceType: 'QuestionnaireResponse',
  status: 'in-progress',
  item: answers.map(([linkId, valueBoolean]) => ({ linkId, answer: [{ valueBoolean }] }))
});
const SHEETS = {
  blank: response(),
  'no, no': response(['smokes', false], ['home', false]),
  'yes, yes': response(['smokes', true], ['home', true])
};
const seen = {};
for (const enableBehavior of ['all', 'any']) {
  seen[enableBehavior] = Object.values(SHEETS).map((sheet) => isQuestionEnabled({ ...item, enableBehavior }, sheet));
  console.log(`${enableBehavior}, with ${Object.keys(SHEETS).join('; ')}: ${seen[enableBehavior].join('; ')}`);
}
const sound = seen.any.join() === 'false,false,true' && !seen.all[1] && seen.all[2];
process.exit(!sound ? 2 : seen.all[0] ? 0 : 1);
JS
