import { back, home, inRows, skip, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, screen } from '../kit/screen.ts'
import { type Message, marked, type Translate } from '../kit/words.ts'
import { short } from '../reminders/screens.ts'
import type { ApplicationsContext as Context, ApplicationsEvent as Event } from './context.ts'
import { type Answer, answerText, lacksWork, questions, wishes } from './cv.ts'
import { knownAnswer } from './cv-states.ts'

export const cvScreens: Screens<Context, Event> = {
  cvLoading: waiting,
  cv,
  asking,
  cvLines: ({ t, context: { cv: answers } }) =>
    screen(
      t('cv.lines'),
      ...inRows(
        questions.map((question) =>
          button(answers[question] === undefined ? heading(t, question) : filled(t, question), {
            type: 'LINE' as const,
            question,
          }),
        ),
        2,
      ),
      [back(toBack), home()],
    ),
  cvWriting: waiting,
  cvWritten: ({ t, context: { cvText, cvLanguage } }) =>
    screen(
      [t('cv.written'), t('cv.body', { text: cvText ?? '' })],
      [button(t(`cv.page.${cvLanguage}`), { type: 'PRINT', language: cvLanguage })],
      [back(toBack), home()],
    ),
  cvPrinted: ({ t }) => screen([t('cv.printed'), t('cv.send')], [back(toBack), home()]),
  cvWiping: ({ t }) =>
    screen(t('cv.wiping'), [button(t('cv.wipe'), { type: 'CONFIRM' }, 'danger')], [back(toBack), home()]),
}

function cv({ t, context: { cv: answers } }: View<Context>) {
  const given = questions.flatMap((question) => {
    const answer = answers[question]
    return answer === undefined ? [] : [{ question, answer }]
  })
  if (given.length === 0) {
    return screen(
      [t('cv.title'), t('cv.intro'), t('cv.without')],
      [button(t('cv.begin'), { type: 'FILL' }, 'primary')],
      [back(toBack), home()],
    )
  }
  const isWhole = given.length === questions.length
  return screen(
    [
      t('cv.title'),
      t('cv.progress', { count: given.length, all: questions.length }),
      given.map(({ question, answer }) => lineOf(t, question, answer)),
      t('cv.own'),
      t('cv.without'),
    ],
    isWhole ? [] : [button(t('cv.goOn'), { type: 'FILL' as const }, 'primary')],
    [
      button(t('cv.page.kk'), { type: 'PRINT', language: 'kk' }),
      button(t('cv.page.ru'), { type: 'PRINT', language: 'ru' }),
    ],
    [
      button(t('cv.text.kk'), { type: 'WRITE', language: 'kk' }),
      button(t('cv.text.ru'), { type: 'WRITE', language: 'ru' }),
    ],
    [button(t('cv.edit'), { type: 'LINES' }), button(t('cv.wipe'), { type: 'WIPE' }, 'danger')],
    [back(toBack), home()],
  )
}

function asking({ t, context }: View<Context>) {
  const { question, single, problem, cv: answers } = context
  const answer = answers[question]
  const known = knownAnswer(context)
  // Of a wish that is known the label says all; it stands before the others.
  const wish = known !== undefined && 'wish' in known ? known.wish : undefined
  const isChosen = (one: string) => answer !== undefined && 'wish' in answer && answer.wish === one
  const offered = question === 'seeks' ? [...new Set([...(wish === undefined ? [] : [wish]), ...wishes])] : []
  return screen(
    [
      ...(problem === null ? [] : [t(`problem.${problem}`)]),
      [
        ...(single ? [] : [t('cv.step', { number: questions.indexOf(question) + 1, all: questions.length })]),
        t(`cv.ask.${question}`),
      ],
      t(lacksWork(answer) ? 'cv.workToo' : `cv.why.${question}`),
      ...(answer === undefined ? [] : [t('cv.now', { answer: shortAnswer(answer) })]),
    ],
    known === undefined || wish !== undefined
      ? []
      : [button(t('cv.take', { answer: answerText(known) }), { type: 'TAKE' as const })],
    ...inRows(
      offered.map((one) => button(marked(t(`cv.wish.${one}`), isChosen(one)), { type: 'WISH' as const, wish: one })),
      2,
    ),
    [
      skip({ type: 'SKIP' }),
      ...(answer === undefined ? [] : [button(t('cv.clear'), { type: 'CLEAR' as const }, 'danger')]),
    ],
    [back(toBack), home()],
  )
}

function heading(t: Translate, question: string): Message {
  return t(`cv.heading.${question}`)
}

function filled(t: Translate, question: string): Message {
  return t('cv.filled', { heading: heading(t, question) })
}

function lineOf(t: Translate, question: string, answer: Answer): Message {
  return t('cv.line', { heading: heading(t, question), answer: shortAnswer(answer) })
}

function shortAnswer(answer: Answer): Message {
  return 'text' in answer ? answerText({ text: short(answer.text, 60) }) : answerText(answer)
}
