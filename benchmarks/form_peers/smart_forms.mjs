// One answer after another in the stores of smart-forms-renderer, as its own fields and its BaseRenderer give them:
// updateEnableWhenItem, then a copy of the response with the answer in it, updateResponse, updateExpressions. Then the
// next question is looked for: the first one after the answer that is visible and not yet done, else the first before it.
//
// node smart_forms.js FILE: FILE has {form, people: [[{linkId, value, next}]]}. Each line on standard input is the
// number of a person; the line written for it has the milliseconds of each answer, those until the conditions alone were
// known, and the linkIds of the next questions.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import {
  buildForm,
  isHiddenByEnableWhen,
  mapQItemsIndex,
  questionnaireResponseStore,
  questionnaireStore,
  updateQrItemsInGroup
} from '@aehrc/smart-forms-renderer';

const { form, people } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const questions = [];
const groupsOf = {};
const at = {};
const indexOf = new Map();
(function list(item, groups) {
  indexOf.set(item, mapQItemsIndex(item));
  for (const each of item.item) {
    groupsOf[each.linkId] = groups;
    if (each.type === 'group') list(each, [...groups, each]);
    else at[each.linkId] = questions.push(each) - 1;
  }
})(form, []);

function visible(linkId) {
  const { enableWhenIsActivated, enableWhenItems, enableWhenExpressions } = questionnaireStore.getState();
  const state = { enableWhenIsActivated, enableWhenItems, enableWhenExpressions };
  return ![...groupsOf[linkId], { linkId }].some((each) => isHiddenByEnableWhen({ ...state, linkId: each.linkId }));
}

function next(linkId, done) {
  const here = at[linkId];
  const open = (each) => !done.has(each.linkId) && visible(each.linkId);
  return (questions.slice(here + 1).find(open) ?? questions.slice(0, here).find(open))?.linkId ?? null;
}

async function answer(linkId, value) {
  const item = questions[at[linkId]];
  const given = { linkId, text: item.text, answer: [value] };
  questionnaireStore.getState().updateEnableWhenItem(linkId, given.answer, null);
  // As BaseRenderer does: a copy of the whole response, into which each group hands up what changed.
  const response = structuredClone(questionnaireResponseStore.getState().updatableResponse);
  place(response, form, groupsOf[linkId], given);
  questionnaireResponseStore.getState().updateResponse(response, false);
  await questionnaireStore.getState().updateExpressions(response, false);
}

function place(holder, item, groups, given) {
  const [group, ...rest] = groups;
  if (!group) return updateQrItemsInGroup(given, null, holder, indexOf.get(item));
  const there = holder.item?.find((each) => each.linkId === group.linkId);
  const inner = there ?? { linkId: group.linkId, text: group.text, item: [] };
  place(inner, group, rest, given);
  holder.item ??= [];
  updateQrItemsInGroup(inner, null, holder, indexOf.get(item));
}

async function person(steps) {
  await buildForm({ questionnaire: form });
  const done = new Set();
  const times = [];
  const conditions = [];
  const nexts = [];
  for (const { linkId, value } of steps) {
    const copy = structuredClone(value);
    const before = performance.now();
    done.add(linkId);
    await answer(linkId, copy);
    const found = next(linkId, done);
    times.push(performance.now() - before);
    nexts.push(found);
  }
  // Again, without the response: the conditions alone.
  await buildForm({ questionnaire: form });
  done.clear();
  for (const { linkId, value } of steps) {
    const copy = [structuredClone(value)];
    const before = performance.now();
    done.add(linkId);
    questionnaireStore.getState().updateEnableWhenItem(linkId, copy, null);
    next(linkId, done);
    conditions.push(performance.now() - before);
  }
  return { times, conditions, nexts };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await person(people[Number(line)]))}\n`);
}
process.exit(0);
