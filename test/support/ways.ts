/** Ways that many tests go, as the buttons they press. */

/** From the first screen home, as a grown-up who wants to work and says nothing else. */
export const meeting = [
  'onboarding:welcome.next',
  'common:age.18+',
  'onboarding:consent.self.agree',
  'common:plan.work',
  'common:skip',
] as const

/** From home to the first question. */
export const toSurvey = ['home:next.begin.button', 'survey:intro.begin'] as const
