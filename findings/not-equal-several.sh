#!/bin/sh
# @helsenorge/refero 22.2.1, @medplum/react-hooks 5.2.13, @aehrc/smart-forms-renderer 1.4.0: an item hangs on "!=", on a
# question that takes several answers.
# Expected: it is met unless an answer is equal (FHIR R4, questionnaire-enable-operator). With "none" and "walks", "not
# none" isn't met.
# Seen, in all three: it is met as soon as one of the answers is another one, and so by any two answers. "=" is met by one
# that is equal, as it should be: the same two answers are both "none" and "not none". (lforms 40.1.3 goes by the wording.)
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_node.inc"
bundled_node @helsenorge/refero@22.2.1 @helsenorge/designsystem-react@13.5.0 @helsenorge/datepicker@13.5.0 \
  @helsenorge/file-upload@37.7.1 @helsenorge/autosuggest@37.7.1 @reduxjs/toolkit@2.11.0 classnames@2.5.1 dompurify@3.3.0 \
  react@18.3.1 react-dom@18.3.1 react-redux@9.2.0 redux@5.0.1 @medplum/react-hooks@5.2.13 @medplum/core@5.2.13 \
  @aehrc/smart-forms-renderer@1.4.0 <<'JS'
globalThis.Worker ??= class {}; // browsers have it
globalThis.WebSocket ??= class {}; // Node has it since 22
const { isEnableWhenEnabled } = await import('@helsenorge/refero');
const { isQuestionEnabled } = await import('@medplum/react-hooks');
const { buildForm, isHiddenByEnableWhen, questionnaireStore } = await import('@aehrc/smart-forms-renderer');

const helps = (code) => ({ system: 'http://example.org/helps', code, display: code });
const OPTIONS = ['none', 'walks'].map((code) => ({ valueCoding: helps(code) }));
const hanging = (operator) => ({
  linkId: operator,
  type: 'string',
  text: 'Tell more.',
  enableWhen: [{ question: 'helps', operator, answerCoding: helps('none') }]
});
const [equal, unequal] = ['=', '!='].map(hanging);
const choice = { linkId: 'helps', type: 'choice', repeats: true, text: 'What helps?', answerOption: OPTIONS };
const form = { resourceType: 'Questionnaire', status: 'draft', item: [choice, equal, unequal] };
const ENGINES = {
  refero: ({ item }, { enableWhen }) => isEnableWhenEnabled(enableWhen, 'any', [], item),
  medplum: (response, item) => isQuestionEnabled(item, response),
  'smart-forms': async (response, { linkId }) => {
    await buildForm({ questionnaire: form, questionnaireResponse: response });
    return !isHiddenByEnableWhen({ ...questionnaireStore.getState(), linkId });
  }
};
const verdicts = [];
for (const [name, asks] of Object.entries(ENGINES)) {
  const seen = [];
  for (const codes of [['none'], ['walks'], ['none', 'walks'], ['walks', 'none']]) {
    const item = [{ linkId: 'helps', answer: codes.map((code) => ({ valueCoding: helps(code) })) }];
    const response = { resourceType: 'QuestionnaireResponse', status: 'in-progress', item };
    seen.push(`${await asks(response, equal)},${await asks(response, unequal)}`);
    console.log(`${name}, ${codes.join(' and ')}: "= none", "!= none" are ${seen.at(-1)}`);
  }
  const [none, walks, ...both] = seen;
  const sound = none === 'true,false' && walks === 'false,true';
  verdicts.push(!sound ? 2 : both.every((each) => each === 'true,true') ? 0 : 1);
}
process.exit(Math.max(...verdicts));
JS
