import { describe, expect, test } from 'vitest'
import { personChange } from '../../../flows/common/contract.ts'
import { anyFair } from '../../../flows/fairs/contract.ts'
import { professionFamilies } from '../../../flows/professions/contract.ts'
import {
  chooseFilter,
  countVacancies,
  defaultFilter,
  emptyFilter,
  exampleCard,
  keptLimit,
  listedVacancies,
  markVacancy,
  nameFilter,
  pageSize,
  readSearch,
  reportVacancy,
  savedVacancies,
  searchVacancies,
  type VacancyCard,
  vacancyCard,
} from '../../../flows/vacancies/contract.ts'
import { noNames } from '../../../flows/vacancies/filter-lines.ts'
import { vacancies } from '../../../flows/vacancies/index.ts'
import { exampleListing, type Listing } from '../../../flows/vacancies/listing.ts'
import { type Filter, mostNamed } from '../../../flows/vacancies/matching/filter.ts'
import { reply } from '../../../src/engine/reply.ts'
import { agreed } from '../../support/people.ts'
import { type RehearsalOptions, record, rehearse } from '../../support/rehearse.ts'

const cook = { id: 'cook', name: { kk: 'Аспазшы', ru: 'Повар', en: 'Cook' } }
const food = { id: 'food', name: { kk: 'Тамақ', ru: 'Еда', en: 'Food' } }
const almaty: Filter = { ...emptyFilter, regions: ['75', '19'] }

const listingOf = (id: string, more: Partial<Listing> = {}): Listing => {
  return { ...exampleListing, id, title: `Аспаз ${id}`, employer: 'Үлгі', outcome: 'shown', fits: [], ...more }
}
const cardOf = (id: string, more: Partial<VacancyCard> = {}): VacancyCard => {
  return { ...exampleCard, ...listingOf(id), law: [], ...more }
}

type World = {
  /** What a search finds, the best first. */
  found: Listing[]
  nearer: (filter: Filter) => Filter | undefined
  cards: Map<string, VacancyCard>
  saved: { listing: Listing; isOpen: boolean }[]
  /** What the person looks for always. */
  own: Filter
  isChosen: boolean
  families: (typeof food)[]
  isFairComing: boolean
  /** What a line is read as. */
  read: (text: string, filter: Filter) => Filter | null
  searched: { filter: Filter; page: number }[]
}

/** Somebody who looks for work in a world of so many vacancies. */
async function seeks(options: RehearsalOptions & { readonly world?: Partial<World> } = {}) {
  const ids = Array.from({ length: 12 }, (_, at) => `${at + 1}`)
  const world: World = {
    found: ids.map((id) => listingOf(id)),
    nearer: () => undefined,
    cards: new Map(ids.map((id) => [id, cardOf(id)])),
    saved: [],
    own: almaty,
    isChosen: true,
    families: [food],
    isFairComing: false,
    read: () => null,
    searched: [],
    ...options.world,
  }
  const pageOf = <T>(all: readonly T[], asked: number) => {
    const pages = Math.max(1, Math.ceil(all.length / pageSize))
    const page = Math.min(asked, pages - 1)
    return { items: all.slice(page * pageSize, (page + 1) * pageSize), total: all.length, page, pages }
  }
  const rehearsal = await rehearse(vacancies, {
    ...options,
    replies: [
      reply(searchVacancies, async ({ filter, page }) => {
        world.searched.push({ filter, page })
        const wider = world.nearer(filter)
        const nearer = wider === undefined ? [] : [{ step: 'pay' as const, filter: wider, total: 3 }]
        return { ...pageOf(wider === undefined ? world.found : [], page), nearer }
      }),
      reply(countVacancies, async () => ({ total: world.found.length })),
      reply(defaultFilter, async () => ({ filter: world.own, professions: [cook], isChosen: world.isChosen })),
      reply(vacancyCard, async ({ id, page = 0 }) => {
        const card = world.cards.get(id)
        if (card === undefined) return null
        return { ...card, text: { ...card.text, page: Math.min(page, Math.max(0, card.text.pages - 1)) } }
      }),
      reply(listedVacancies, async (asked) => world.found.filter(({ id }) => asked.ids.includes(id))),
      reply(savedVacancies, async ({ page }) => pageOf(world.saved, page)),
      reply(nameFilter, async ({ filter }) => {
        return { ...noNames, professions: filter.professions.map((id) => (id === 'cook' ? cook : { ...cook, id })) }
      }),
      reply(readSearch, async ({ text, filter }) => {
        const read = world.read(text, filter)
        return read === null ? null : { filter: read }
      }),
      reply(anyFair, async () => ({ isComing: world.isFairComing })),
      reply(professionFamilies, async () => world.families.map((one) => ({ ...one, about: one.name, count: 1 }))),
    ],
    records: [
      record(markVacancy, ({ id, mark, on }) => {
        const card = world.cards.get(id)
        if (card !== undefined) world.cards.set(id, { ...card, [mark]: on })
      }),
      record(chooseFilter, ({ filter }) => {
        world.own = filter
        world.isChosen = true
      }),
    ],
    others: ['alerts', 'applications', 'fairs'],
  })
  return {
    ...rehearsal,
    world,
    /** What was looked for last. */
    sought: () => world.searched.at(-1),
    opens: async (id: string) =>
      rehearsal.presses(rehearsal.labels().find((label) => label.endsWith(`Аспаз ${id}`)) ?? id),
    filter: () => vacancies.context.parse(rehearsal.frame().context).filter,
  }
}

const young = (ageBand: '12-13' | '14-15' | '16-17' | '18+') => ({ ...agreed('kk'), ageBand })

describe('a list', () => {
  test('stands at once for what the person looks for always, and is read page by page', async () => {
    const seeker = await seeks()
    expect(seeker.state()).toBe('listing')
    expect(seeker.sought()).toEqual({ filter: almaty, page: 0 })
    expect(seeker.text()).toContain('1. Аспаз 1')
    await seeker.presses('listing.after')
    await seeker.presses('listing.after')
    expect(seeker.text()).toContain('12. Аспаз 12')
    expect(seeker.labels()).not.toContain(seeker.label('listing.after'))
    await seeker.presses('listing.before')
    expect(seeker.text()).toContain('6. Аспаз 6')
  })

  test('is the last page there is, when pages have gone meanwhile', async () => {
    const seeker = await seeks()
    await seeker.presses('listing.after')
    seeker.world.found = seeker.world.found.slice(0, 3)
    await seeker.presses('listing.after')
    expect(seeker.text()).toContain('1. Аспаз 1')
    expect(seeker.keys()).toContain('vacancies:listing.total')
  })

  test('leads to the fairs while one is coming, and back to the page it was left at', async () => {
    const seeker = await seeks()
    expect(seeker.labels()).not.toContain(seeker.label('listing.fairs'))
    seeker.world.isFairComing = true
    await seeker.presses('listing.after')
    await seeker.presses('listing.fairs')
    expect(seeker.text()).toContain('fairs')
    await seeker.presses('common:back')
    expect(seeker.state()).toBe('listing')
    expect(seeker.text()).toContain('6. Аспаз 6')
  })

  test('asks once where to look, and remembers it', async () => {
    const seeker = await seeks({ world: { isChosen: false, own: emptyFilter } })
    expect(seeker.state()).toBe('asking')
    await seeker.presses('regions:75')
    expect(seeker.told(personChange)).toEqual([{ region: '75' }])
    expect(seeker.sought()?.filter.regions).toEqual(['75', '19'])
    expect(seeker.told(chooseFilter)).toEqual([])
  })

  test('of anywhere is kept as chosen, so that it is not asked for again', async () => {
    const seeker = await seeks({ world: { isChosen: false, own: emptyFilter } })
    await seeker.presses('asking.anywhere')
    expect(seeker.told(chooseFilter)).toMatchObject([{ filter: { regions: [] } }])
  })

  test('does not ask where to look once more on the way back to one’s own', async () => {
    const read = (_: string, filter: Filter) => ({ ...filter, professions: ['cook'] })
    const seeker = await seeks({ world: { isChosen: false, own: emptyFilter, read } })
    await seeker.presses('regions:75')
    await seeker.writes('аспаз')
    await seeker.presses('listing.mine')
    expect(seeker.state()).toBe('listing')
  })

  test('takes a line for what to look for, once, and leads back to one’s own', async () => {
    const seeker = await seeks({ world: { read: (_, filter) => ({ ...filter, professions: ['cook'] }) } })
    await seeker.presses('listing.after')
    await seeker.writes('аспаз')
    expect(seeker.sought()).toEqual({ filter: { ...almaty, professions: ['cook'] }, page: 0 })
    expect(seeker.told(chooseFilter)).toEqual([])
    await seeker.presses('listing.mine')
    expect(seeker.sought()).toEqual({ filter: almaty, page: 0 })
    expect(seeker.labels()).not.toContain(seeker.label('listing.mine'))
  })

  test.each(['…', '!!!', '   ?'.trim()])('says how to write where nothing is understood: %j', async (line) => {
    const seeker = await seeks()
    await seeker.writes(line)
    if (line === '?') expect(seeker.opened()).toMatchObject({ flow: 'search' })
    else expect([seeker.state(), seeker.said()]).toEqual(['listing', 'vacancies:listing.unread'])
  })

  test('gives a question, and a word of sadness, to the search', async () => {
    const asks = await seeks()
    await asks.writes('жұмысқа 16да тұруға бола ма')
    expect(asks.opened()).toMatchObject({ flow: 'search', input: { text: 'жұмысқа 16да тұруға бола ма' } })
    const sad = await seeks({ isWorry: () => true })
    await sad.writes('маған ауыр')
    expect(sad.opened()).toMatchObject({ flow: 'search', input: { worry: true } })
  })

  test('that is empty offers what is nearest, and to be told of what comes', async () => {
    const dear = { ...almaty, leastPay: 400_000 }
    const seeker = await seeks({
      input: { filter: dear },
      world: { nearer: (filter) => (filter.leastPay === null ? undefined : { ...filter, leastPay: null }) },
    })
    expect(seeker.keys()).toEqual(expect.arrayContaining(['vacancies:listing.none', 'vacancies:listing.nearest']))
    // Without it, it would read as if there were no work at all.
    expect(seeker.keys()).toContain('vacancies:filter.pay')
    await seeker.presses('listing.tell')
    expect(seeker.opened()).toMatchObject({ flow: 'alerts', input: { filter: dear } })
    await seeker.presses('common:back')
    await seeker.presses('nearer.pay')
    expect(seeker.sought()?.filter).toEqual(almaty)
    expect(seeker.text()).toContain('1. Аспаз 1')
  })

  test('that is empty, with nothing near, says so and still offers to tell', async () => {
    const seeker = await seeks({ world: { found: [] } })
    expect(seeker.keys()).toContain('vacancies:listing.nothing')
    expect(seeker.labels()).toContain(seeker.label('listing.tell'))
  })

  test('made elsewhere is paged by itself, and leads back to where it came from', async () => {
    const seeker = await seeks({ input: { ids: ['1', '2', '3', '4', '5', '7', 'gone'], title: 'Жәрмеңке' } })
    expect(seeker.text()).toContain('Жәрмеңке')
    await seeker.presses('listing.after')
    await seeker.opens('7')
    expect(seeker.state()).toBe('card')
    await seeker.presses('common:back')
    expect(seeker.state()).toBe('given')
    expect(seeker.labels()).not.toContain(seeker.label('listing.tell'))
  })

  test('made elsewhere of which all are closed says so', async () => {
    const seeker = await seeks({ input: { ids: ['gone'], title: 'Жәрмеңке' } })
    expect(seeker.keys()).toContain('vacancies:given.none')
  })
})

describe('by age', () => {
  test('twelve and thirteen are shown what they can do now, and no list', async () => {
    const child = await seeks({ person: young('12-13') })
    expect([child.state(), child.world.searched]).toEqual(['young', []])
    await child.presses('young.survey')
    expect(child.opened()).toMatchObject({ flow: 'survey' })
  })

  test('whoever has not said their age is asked for it first, whatever opened it', async () => {
    const { ageBand: _, ...unknown } = agreed('kk')
    const somebody = await seeks({ person: unknown, input: { id: '1' } })
    expect(somebody.state()).toBe('young')
    await somebody.presses('young.age')
    expect(somebody.opened()).toMatchObject({ flow: 'settings', input: { topic: 'age' } })
  })

  test.each(['14-15', '16-17'] as const)(
    '%s read on the card what to heed, and where it is written on a page of its own',
    async (band) => {
      const law = [
        { head: { key: 'vacancies:law.common.conditions' }, lines: [{ key: 'vacancies:law.consent' }] },
        { head: { key: 'vacancies:law.common.sources' }, lines: [{ key: 'vacancies:law.common.noAdvice' }] },
      ]
      const card = cardOf('1', { outcome: 'condition', law })
      const teen = await seeks({ person: young(band), input: { id: '1' }, world: { cards: new Map([['1', card]]) } })
      expect(teen.text()).toContain(teen.label('law.consent'))
      expect(teen.text()).not.toContain(teen.label('law.common.noAdvice'))
      await teen.presses('card.law')
      expect(teen.text()).toContain(teen.label('law.common.noAdvice'))
      await teen.presses('common:back')
      expect(teen.state()).toBe('card')
    },
  )

  test('what the law bars is said, and cannot be applied for', async () => {
    const card = cardOf('1', { outcome: 'barred' })
    const teen = await seeks({ person: young('16-17'), input: { id: '1' }, world: { cards: new Map([['1', card]]) } })
    expect(teen.keys()).toContain('vacancies:listing.barred')
    expect(teen.labels()).not.toContain(teen.label('card.applied'))
  })

  test('of age there is no page of law where nothing is to be heeded', async () => {
    const grown = await seeks({ input: { id: '1' } })
    expect(grown.labels()).not.toContain(grown.label('card.law'))
  })
})

describe('a card', () => {
  test('is kept, dropped, hidden and shown again, each once', async () => {
    const seeker = await seeks()
    await seeker.opens('2')
    await seeker.presses('card.save')
    expect(seeker.said()).toBe('vacancies:card.kept')
    await seeker.presses('card.unsave')
    await seeker.presses('card.hide')
    expect(seeker.state()).toBe('hidden')
    await seeker.presses('hidden.undo')
    expect([seeker.state(), seeker.said()]).toEqual(['card', 'vacancies:card.shownAgain'])
    expect(seeker.told(markVacancy)).toEqual([
      { id: '2', mark: 'saved', on: true },
      { id: '2', mark: 'saved', on: false },
      { id: '2', mark: 'hidden', on: true },
      { id: '2', mark: 'hidden', on: false },
    ])
  })

  test('for which there is no room is not kept, until another one is dropped', async () => {
    const full = cardOf('1', { saved: true, room: false })
    const seeker = await seeks({
      input: { id: '2' },
      world: {
        cards: new Map([
          ['1', full],
          ['2', cardOf('2', { room: false })],
        ]),
      },
    })
    await seeker.presses('card.save')
    expect([seeker.said(), seeker.told(markVacancy)]).toEqual(['vacancies:card.full', []])
    for (const language of ['kk', 'ru', 'en'] as const) {
      const reader = await seeks({ language })
      expect(reader.label('card.full')).toContain(`${keptLimit}`)
    }
  })

  test('has its text read page by page, and leads back to the facts', async () => {
    const long = cardOf('1', { text: { body: 'Мәтін', page: 0, pages: 3 } })
    const seeker = await seeks({ input: { id: '1' }, world: { cards: new Map([['1', long]]) } })
    await seeker.presses('card.textAfter')
    expect(seeker.text()).toContain('2/3')
    expect(seeker.keys()).not.toContain('vacancies:card.safe')
    await seeker.presses('card.textAfter')
    expect(seeker.labels()).not.toContain(seeker.label('card.textAfter'))
    await seeker.presses('card.textBefore')
    await seeker.presses('card.toFacts')
    expect(seeker.keys()).toContain('vacancies:card.safe')
  })

  test('whose text grew shorter meanwhile shows the last page there is', async () => {
    const seeker = await seeks({
      input: { id: '1' },
      world: { cards: new Map([['1', cardOf('1', { text: { body: 'Мәтін', page: 0, pages: 3 } })]]) },
    })
    await seeker.presses('card.textAfter')
    seeker.world.cards.set('1', cardOf('1', { text: { body: 'Мәтін', page: 0, pages: 1 } }))
    await seeker.presses('card.textAfter')
    expect([seeker.state(), seeker.labels().includes(seeker.label('card.textBefore'))]).toEqual(['card', false])
  })

  test('is reported with a reason, which hides it; a line is answered with how to', async () => {
    const seeker = await seeks()
    await seeker.opens('3')
    await seeker.presses('card.report')
    await seeker.writes('бұл жалған')
    expect([seeker.state(), seeker.said()]).toEqual(['reporting', 'vacancies:reporting.press'])
    await seeker.presses('reporting.scam')
    expect(seeker.told(reportVacancy)).toEqual([{ id: '3', reason: 'scam' }])
    expect(seeker.told(markVacancy)).toEqual([{ id: '3', mark: 'hidden', on: true }])
    expect(seeker.keys()).toContain('vacancies:reported.looked')
    await seeker.presses('toList')
    expect(seeker.state()).toBe('listing')
  })

  test('that is reported where nobody looks promises nobody who does', async () => {
    const seeker = await seeks({
      input: { id: '1', act: 'report' },
      world: { cards: new Map([['1', cardOf('1', { isLookedAt: false })]]) },
    })
    await seeker.presses('reporting.over')
    expect(seeker.keys()).toContain('vacancies:reported.counted')
    expect(seeker.keys()).not.toContain('vacancies:reported.scam')
  })

  test('gives its contact; one without it has no such button, and an old notice of it opens the card', async () => {
    const seeker = await seeks()
    await seeker.opens('1')
    await seeker.presses('card.contact')
    expect(seeker.text()).toContain('+7 700 000 00 00')
    const without = await seeks({
      input: { id: '1', act: 'contact' },
      world: { cards: new Map([['1', cardOf('1', { contact: null })]]) },
    })
    expect([without.state(), without.labels().includes(without.label('card.contact'))]).toEqual(['card', false])
  })

  test('leads to similar ones, and from there back to itself, step by step', async () => {
    const seeker = await seeks()
    await seeker.opens('1')
    await seeker.presses('card.similar')
    expect(seeker.sought()?.filter).toEqual({ ...almaty, professions: ['cook'] })
    await seeker.opens('4')
    await seeker.presses('card.similar')
    await seeker.presses('common:back')
    expect(seeker.text()).toContain('Аспаз 4')
    await seeker.presses('common:back')
    await seeker.presses('common:back')
    expect([seeker.state(), seeker.text().includes('Аспаз 1\n')]).toEqual(['card', true])
    await seeker.presses('common:back')
    expect(seeker.sought()).toEqual({ filter: almaty, page: 0 })
  })

  test('of no known profession has its title looked for', async () => {
    const card = cardOf('1', { professions: [], title: `Әмбебап ${'көмекші '.repeat(20)}` })
    const seeker = await seeks({ input: { id: '1', act: 'similar' }, world: { cards: new Map([['1', card]]) } })
    const [phrase = ''] = seeker.sought()?.filter.words ?? []
    expect([phrase.startsWith('Әмбебап'), phrase.length <= 60]).toEqual([true, true])
  })

  test.each([
    ['save', 'card', 'vacancies:card.kept'],
    ['hide', 'hidden', undefined],
    ['report', 'reporting', undefined],
    ['contact', 'contact', undefined],
  ] as const)('does what the button of a notice asks for: %s', async (act, state, said) => {
    const seeker = await seeks({ input: { id: '1', act } })
    expect([seeker.state(), seeker.said()]).toEqual([state, said])
    await seeker.presses('common:back')
  })

  test('that is gone says so, and leads to the list', async () => {
    const seeker = await seeks({ input: { id: 'gone', act: 'save' } })
    expect([seeker.state(), seeker.told(markVacancy)]).toEqual(['gone', []])
    await seeker.presses('toList')
    expect(seeker.state()).toBe('listing')
  })

  test('that was closed stands with a word of it, and cannot be applied for', async () => {
    const seeker = await seeks({
      input: { id: '1' },
      world: { cards: new Map([['1', cardOf('1', { isOpen: false })]]) },
    })
    expect(seeker.keys()).toContain('vacancies:card.over')
    expect(seeker.labels()).not.toContain(seeker.label('card.applied'))
  })

  test('is applied for, and reminded of, in its own words', async () => {
    const seeker = await seeks({ input: { id: '1' } })
    await seeker.presses('card.applied')
    expect(seeker.opened()).toMatchObject({
      ...{ flow: 'applications', input: { vacancy: { id: '1', title: 'Аспаз 1', employer: 'Үлгі' } } },
    })
    await seeker.presses('common:back')
    await seeker.presses('card.remind')
    expect(seeker.opened()).toMatchObject({ flow: 'reminders', input: { what: 'Аспаз 1 — Үлгі' } })
  })
})

describe('one that is held back', () => {
  const held = cardOf('1', {
    isHeld: true,
    signs: [{ kind: 'fee', words: 'жарна төлеңіз' }],
    text: { body: 'Арбау', page: 0, pages: 1 },
  })

  test('warns in the list and on the card, with the words that show it, and not with its own text', async () => {
    const seeker = await seeks({
      world: { found: [listingOf('1', { isHeld: true })], cards: new Map([['1', held]]) },
    })
    expect(seeker.keys()).toContain('vacancies:listing.held')
    await seeker.opens('1')
    expect(seeker.text()).toContain('жарна төлеңіз')
    expect(seeker.text()).not.toContain('Арбау')
    expect(seeker.labels()).not.toContain(seeker.label('card.applied'))
  })

  test('after reports says so, and its contact comes with a warning', async () => {
    const seeker = await seeks({ input: { id: '1' }, world: { cards: new Map([['1', { ...held, signs: [] }]]) } })
    expect(seeker.keys()).toContain('vacancies:card.heldByReports')
    await seeker.presses('card.contact')
    expect(seeker.keys()).toContain('vacancies:contact.held')
  })
})

describe('what was kept', () => {
  test('is listed page by page, what is over is marked, and a card leads back there', async () => {
    const saved = Array.from({ length: 7 }, (_, at) => ({ listing: listingOf(`${at + 1}`), isOpen: at > 0 }))
    const seeker = await seeks({ world: { saved } })
    await seeker.presses('listing.saved')
    expect(seeker.keys().filter((key) => key === 'vacancies:saved.over')).toHaveLength(1)
    await seeker.presses('listing.after')
    await seeker.opens('7')
    await seeker.presses('common:back')
    expect(seeker.state()).toBe('saved')
    await seeker.presses('common:back')
    expect(seeker.state()).toBe('listing')
  })

  test('that is nothing says how to keep one', async () => {
    const seeker = await seeks()
    await seeker.presses('listing.saved')
    expect(seeker.keys()).toContain('vacancies:saved.none')
  })
})

describe('choosing', () => {
  const editing = async (options: Parameters<typeof seeks>[0] = {}) => {
    const seeker = await seeks(options)
    await seeker.presses('listing.edit')
    return seeker
  }

  test('takes place, work, pay, terms and words, and keeps them all with one press', async () => {
    const seeker = await editing()
    await seeker.presses('editing.place')
    await seeker.presses('regions:71')
    await seeker.presses('placing.remote')
    await seeker.presses('choosing.done')
    await seeker.presses('editing.work')
    await seeker.presses('Аспазшы')
    await seeker.presses('working.families')
    await seeker.presses('Тамақ')
    await seeker.presses('choosing.done')
    await seeker.presses('choosing.done')
    await seeker.presses('editing.pay')
    await seeker.presses(seeker.labels().find((label) => /200.000/.test(label)) ?? '')
    await seeker.presses('paying.unknown')
    await seeker.presses('choosing.done')
    await seeker.presses('editing.terms')
    for (const name of ['schedule.fiveTwo', 'employment.part', 'format.onSite']) await seeker.presses(name)
    await seeker.presses('choosing.done')
    await seeker.presses('editing.words')
    await seeker.writes('асхана, дәмхана')
    await seeker.presses('choosing.done')
    await seeker.presses('editing.avoid')
    await seeker.writes('түнгі')
    await seeker.presses('choosing.done')
    await seeker.presses('editing.noExperience')
    await seeker.presses('editing.housing')
    expect(seeker.told(chooseFilter)).toEqual([])
    await seeker.presses('editing.show')
    const chosen: Filter = {
      ...almaty,
      ...{ regions: ['71', '75', '19'], remoteAnywhere: false, professions: ['cook'], families: ['food'] },
      ...{ leastPay: 200_000, payMayBeUnknown: false, schedules: ['fiveTwo'], employments: ['part'] },
      ...{ formats: ['onSite'], words: ['асхана', 'дәмхана'], avoid: ['түнгі'], noExperience: true, housing: true },
    }
    expect(seeker.told(chooseFilter)).toEqual([{ filter: chosen }])
    expect(seeker.sought()).toEqual({ filter: chosen, page: 0 })
  })

  test('is undone by the way back, and asks for nothing any more when it is cleared', async () => {
    const seeker = await editing()
    await seeker.presses('editing.housing')
    await seeker.presses('common:back')
    expect([seeker.sought()?.filter, seeker.told(chooseFilter)]).toEqual([almaty, []])
    await seeker.presses('listing.edit')
    await seeker.presses('editing.clear')
    await seeker.presses('editing.show')
    expect(seeker.told(chooseFilter)).toEqual([{ filter: emptyFilter }])
  })

  test('for somebody else gives the filter back, and keeps nothing', async () => {
    const seeker = await seeks({ input: { editing: almaty } })
    expect(seeker.state()).toBe('editing')
    await seeker.presses('editing.housing')
    expect(seeker.labels().some((label) => label.includes('12'))).toBe(true)
    await seeker.presses('editing.take')
    expect(seeker.told(chooseFilter)).toEqual([])
  })

  test('places can be pressed on and off, with neighbours, and anywhere', async () => {
    const seeker = await editing({ world: { own: emptyFilter } })
    await seeker.presses('editing.place')
    expect(seeker.labels()).not.toContain(seeker.label('placing.neighbours'))
    await seeker.presses('regions:75')
    await seeker.presses('placing.neighbours')
    expect(seeker.filter().regions).toEqual(['75', '19'])
    await seeker.presses('regions:75')
    expect(seeker.filter().regions).toEqual(['19'])
    await seeker.presses('placing.anywhere')
    expect(seeker.filter().regions).toEqual([])
  })

  test.each([
    ['editing.place', 'теңіз жағында', { regions: ['79'] }],
    ['editing.work', 'аспаз', { professions: ['cook'] }],
    ['editing.pay', '180 мың', { leastPay: 180_000 }],
  ] as const)('hears a line: %s takes %j, and nothing else of it', async (part, line, read) => {
    const all = { regions: ['79' as const], professions: ['cook'], leastPay: 180_000, words: ['артық'] }
    const seeker = await editing({ world: { read: (_, filter) => ({ ...filter, ...all }) } })
    await seeker.presses(part)
    await seeker.writes(line)
    expect(seeker.filter()).toEqual({ ...almaty, ...read })
  })

  test.each([
    ['editing.place', 'placing'],
    ['editing.pay', 'paying'],
  ])('says how to write where a line says nothing of it: %s', async (part, state) => {
    const seeker = await editing({ world: { read: (_, filter) => ({ ...filter, words: ['бірдеңе'] }) } })
    await seeker.presses(part)
    await seeker.writes('бірдеңе')
    expect([seeker.state(), seeker.said()]).toEqual([state, `vacancies:${state}.unread`])
    expect(seeker.filter()).toEqual(almaty)
  })

  test('hears all of it in one line where all of it is chosen, and says how to write where nothing was understood', async () => {
    const read = { towns: ['astana'], regions: ['71' as const], words: ['даяшы'], leastPay: 150_000 }
    const seeker = await editing({
      world: { read: (line, filter) => (line === '…' ? null : { ...filter, ...read }) },
    })
    await seeker.writes('даяшы, Астана, 150 мыңнан')
    expect([seeker.state(), seeker.filter()]).toEqual(['editing', { ...almaty, ...read }])
    expect(seeker.told(chooseFilter)).toEqual([])
    await seeker.writes('…')
    expect([seeker.state(), seeker.said()]).toEqual(['editing', 'vacancies:listing.unread'])
    await seeker.writes('16 жаста жұмыс істеуге бола ма?')
    expect(seeker.opened()).toMatchObject({ flow: 'search' })
  })

  test('looks for work by its word where no profession is known by it, and drops it with a press', async () => {
    const seeker = await editing({ world: { read: (_, filter) => ({ ...filter, words: ['даяшы'] }) } })
    await seeker.presses('editing.work')
    await seeker.presses('Аспазшы')
    await seeker.writes('даяшы')
    expect([seeker.state(), seeker.said()]).toEqual(['working', 'vacancies:working.worded'])
    expect(seeker.filter()).toEqual({ ...almaty, words: ['даяшы'] })
    await seeker.presses(seeker.labels().find((label) => label.includes('даяшы')) ?? '')
    expect(seeker.filter()).toEqual(almaty)
  })

  test('hears no line where only presses count', async () => {
    const seeker = await editing()
    await seeker.presses('editing.terms')
    await seeker.writes('кешке')
    expect([seeker.state(), seeker.said()]).toEqual(['terms', 'vacancies:choosing.press'])
  })

  test('refuses words that are none or too long, takes as many as there is room for, and drops one with a press', async () => {
    const seeker = await editing()
    await seeker.presses('editing.words')
    for (const line of ['…', ', ,', 'ұ'.repeat(61)]) {
      await seeker.writes(line)
      expect(seeker.said(), line).toBe('vacancies:wording.unread')
    }
    await seeker.writes(Array.from({ length: 30 }, (_, at) => `сөз ${at}`).join(', '))
    expect(seeker.filter().words).toHaveLength(mostNamed.words)
    await seeker.presses(seeker.labels().find((label) => label.includes('сөз 7')) ?? '')
    expect(seeker.filter().words).not.toContain('сөз 7')
  })

  test('takes no more families than there is room for', async () => {
    const families = Array.from({ length: mostNamed.families + 1 }, (_, at) => ({
      id: `f${at}`,
      name: { kk: `Сала ${at}`, ru: `${at}`, en: `${at}` },
    }))
    const own = { ...emptyFilter, families: families.slice(1).map(({ id }) => id) }
    const seeker = await editing({ world: { families, own } })
    await seeker.presses('editing.work')
    await seeker.presses('working.families')
    await seeker.presses('Сала 0')
    expect([seeker.said(), seeker.filter().families]).toEqual(['vacancies:choosing.full', own.families])
  })

  test.each(['editing.words', 'editing.avoid', 'editing.place', 'editing.pay'])(
    'a word of sadness is nothing to look for: %s',
    async (part) => {
      const seeker = await editing({
        isWorry: () => true,
        world: { read: (_, filter) => ({ ...filter, regions: ['71'], leastPay: 1_000 }) },
      })
      await seeker.presses(part)
      await seeker.writes('маған ауыр')
      expect(seeker.opened()).toMatchObject({ flow: 'search', input: { worry: true } })
      await seeker.presses('common:back')
      expect(seeker.filter()).toEqual(almaty)
    },
  )
})
