import { z } from 'zod'
import { states } from '../../../flows/applications/contract.ts'
import { answerText, CvAnswers, questions } from '../../../flows/applications/cv.ts'
import { Paper } from '../../../flows/applications/papers.ts'
import { zone } from '../../../flows/common/regions.ts'
import { translator } from '../../../flows/kit/words.ts'
import { fact, line, type Section, section, Time } from '../export.ts'

const t = translator('applications')
const Application = z.object({
  body: z.object({ title: z.string(), employer: z.string().nullable(), place: z.string().nullable() }),
  state: z.enum(states),
  appliedAt: Time,
  nextAt: Time.nullable(),
})

export const applicationSections: readonly Section[] = [
  section('Application', {
    title: t('menu'),
    row: Application,
    tell: ({ body, state, appliedAt, nextAt }) => ({
      title: { key: 'common:value', values: { value: body.title } },
      order: -appliedAt,
      lines: [
        ...(body.employer === null ? [] : [line(t('employer', { employer: body.employer }))]),
        line(t('stateLine', { state: t(`state.${state}`) })),
        ...(nextAt === null
          ? []
          : [fact({ key: 'applications:export.next' }, { moment: nextAt, zone, style: 'datetime' })]),
        ...(body.place === null ? [] : [fact({ key: 'applications:export.place' }, body.place)]),
        fact({ key: 'applications:export.since' }, { moment: appliedAt, zone, style: 'date' }),
      ],
    }),
  }),
  section('Cv', {
    title: t('places.cv'),
    row: z.object({ answers: CvAnswers, updatedAt: Time }),
    tell: ({ answers, updatedAt }) => ({
      title: t('places.cv'),
      order: 0,
      lines: [
        ...questions.flatMap((question) => {
          const answer = answers[question]
          return answer === undefined ? [] : [fact(t(`cv.heading.${question}`), answerText(answer))]
        }),
        fact({ key: 'applications:export.updated' }, { moment: updatedAt, zone, style: 'date' }),
      ],
    }),
  }),
  section('ReadyPaper', {
    title: t('places.documents'),
    row: z.object({ paper: Paper, at: Time }),
    tell: ({ paper, at }) => ({
      title: t(`paper.${paper}.name`),
      order: at,
      lines: [fact({ key: 'applications:export.ready' }, { moment: at, zone, style: 'date' })],
    }),
  }),
]
