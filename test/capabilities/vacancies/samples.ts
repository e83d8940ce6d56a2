import type { VacancyBody } from '../../../flows/vacancies/merge.ts'
import { type KeptVacancy, writeVacancies } from '../../../src/capabilities/vacancies/rows.ts'
import type { Store } from '../../../src/store/open.ts'
import { testTime } from '../../support/databases.ts'

const day = 86_400_000

/** An honest vacancy of a day shop, of which a change may be given. */
export function sample(change: Partial<VacancyBody> = {}): VacancyBody {
  return {
    title: 'Аспаз',
    employer: 'Үлгі асхана',
    bin: null,
    region: '75',
    town: 'almaty',
    pay: { min: 200_000, max: 250_000, currency: 'KZT', tax: 'net', period: 'month' },
    experience: 'none',
    education: null,
    employment: 'full',
    schedule: 'fiveTwo',
    weekHours: 40,
    dayHours: 8,
    night: false,
    rotation: false,
    format: 'onSite',
    housing: null,
    meals: true,
    contact: { phone: '+7 700 000 00 00', mail: null, telegram: null },
    description: 'Асханада тамақ пісіру.',
    professions: ['cook'],
    publishedAt: testTime - day,
    validThrough: testTime + 20 * day,
    language: 'kk',
    ...change,
  }
}

export function kept(id: string, change: Partial<VacancyBody> = {}, row: Partial<KeptVacancy> = {}): KeptVacancy {
  const body = sample(change)
  const times = { storedAt: testTime, changedAt: testTime, newsAt: testTime }
  return { id, identity: `identity ${id}`, state: 'open', body, edition: 0, ...times, ...row }
}

/** Writes them with a page each, as a source would. */
export async function put(store: Store, ...vacancies: readonly KeptVacancy[]): Promise<void> {
  const sightings = vacancies.map(({ id }) => {
    const place = { source: 'sample', sourceId: id, vacancyId: id, url: `https://example.com/${id}` }
    return { ...place, digest: '', seenAt: testTime }
  })
  await store.prisma.$transaction((transaction) =>
    writeVacancies(transaction, store.provider, { vacancies, sightings }),
  )
}

/** What asks for money first: held back until somebody has looked. */
export const scam: Partial<VacancyBody> = {
  title: 'Оператор',
  employer: null,
  description: 'Тіркеу үшін алдын ала төлем керек. Жарна 5000 ₸.',
  professions: [],
}
