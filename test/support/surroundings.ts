import type { Surroundings } from '../../flows/kit/compile.ts'

/** Everything the flows may ask, tell and send; the store's own lists are checked against it in test/store. */
export const surroundings: Surroundings = {
  asks: new Set([
    'survey.open',
    'survey.history',
    'professions.match',
    'professions.families',
    'professions.family',
    'professions.card',
    'search.find',
    'consent.check',
    'reminder.list',
    'reminder.get',
  ]),
  tells: new Set([
    'survey.answer',
    'survey.finish',
    'survey.discard',
    'consent.use',
    'reminder.save',
    'reminder.state',
    'reminder.delete',
    'notice.withdraw',
    'person.change',
    'person.forget',
  ]),
  sends: new Set(['person.export']),
}
