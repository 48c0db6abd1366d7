#!/bin/sh
# @medplum/react-hooks 5.2.13 (useQuestionnaireForm): a saved response is loaded into a form with a hidden item
# (questionnaire-hidden), which holds a score that another program computed.
# Expected: a hidden item isn't shown to the person; its answer is a part of the response (FHIR R4, questionnaire-hidden).
# Seen: it counts as not enabled, and its answer is gone from the response that the form gives back, before anything was
# typed. The answers around it stay, also one that was asked because of that score.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_node.inc"
bundled_node @medplum/react-hooks@5.2.13 @medplum/core@5.2.13 react@18.3.1 react-dom@18.3.1 <<'JS'
globalThis.WebSocket ??= class {}; // Node has it since 22
const { createElement } = await import('react');
const { renderToString } = await import('react-dom/server');
const { ClientStorage, MedplumClient, MemoryStorage } = await import('@medplum/core');
const { MedplumProvider, useQuestionnaireForm } = await import('@medplum/react-hooks');

const hidden = [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden', valueBoolean: true }];
const questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  item: [
    { linkId: 'low', type: 'integer', text: 'How many days did you feel low?' },
    { linkId: 'score', type: 'integer', text: 'Score', extension: hidden },
    {
      linkId: 'more',
      type: 'string',
      text: 'What helps?',
      enableWhen: [{ question: 'score', operator: '>', answerInteger: 3 }]
    }
  ]
};
const said = [
  { linkId: 'low', answer: [{ valueInteger: 9 }] },
  { linkId: 'score', answer: [{ valueInteger: 4 }] },
  { linkId: 'more', answer: [{ valueString: 'Walks' }] }
];
const defaultValue = { resourceType: 'QuestionnaireResponse', status: 'in-progress', item: said };
let kept;
function Form() {
  const { questionnaireResponse } = useQuestionnaireForm({ questionnaire, defaultValue });
  kept = questionnaireResponse.item.filter(({ answer }) => answer?.length).map(({ linkId }) => linkId);
  return null;
}
const fetch = async () => {
  throw new Error('offline');
};
const medplum = new MedplumClient({ fetch, storage: new ClientStorage(new MemoryStorage()) });
renderToString(createElement(MedplumProvider, { medplum }, createElement(Form)));
console.log(`answers: ${said.map(({ linkId }) => linkId).join(', ')}; kept: ${kept?.join(', ')}`);
process.exit(!kept?.includes('low') ? 2 : kept.includes('score') ? 1 : 0);
JS
