#!/bin/sh
# lforms 40.1.3 in jsdom: a saved response is loaded whose date has a month or only a year, as when somebody is asked when
# they last drank.
# Expected: it stays as it was said: a date may have any precision (FHIR R4, date: "2018, 1973-06, or 1905-08-23").
# Seen: the response that is written next has the first day of that month or year, which nobody said. With it, days since
# the last use, and conditions on them, are computed.
# Exits 0 while this is so, 1 when it changed, 2 when it could not be tried.
. "$(dirname "$0")/with_lforms.inc"
with_lforms <<'JS'
const DATES = { day: '2024-05-23', month: '2024-05', year: '2024' };
const form = Object.keys(DATES).map((linkId) => ({ linkId, type: 'date', text: 'When was your last drink?' }));
const said = Object.entries(DATES).map(([linkId, valueDate]) => ({ linkId, answer: [{ valueDate }] }));
const seen = Object.values(await loaded(form, said)).map(([{ valueDate }]) => valueDate);
console.log(`said: ${Object.values(DATES).join(', ')}; written: ${seen.join(', ')}`);
process.exit(seen[0] !== DATES.day ? 2 : seen.join() === '2024-05-23,2024-05-01,2024-01-01' ? 0 : 1);
JS
