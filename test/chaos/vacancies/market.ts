/** What people look for. */
export type Looking = {
  readonly id: string
  readonly rhythm: 'once' | 'daily'
  readonly profession?: Profession
  /** Whole ₸ a month; those that name no pay do not fit then. */
  readonly leastPay?: number
}
export type Looker = { readonly chatId: number; readonly looksFor: readonly Looking[] }

/** Titles whose professions the catalogue knows, by the ids it has for them. */
export const titles = { cook: 'Повар', welder: 'Сварщик' } as const
type Profession = keyof typeof titles

/** A vacancy as the employer knows it. Its number makes the name of the employer, and is seen wherever it is told. */
export type Offer = {
  readonly number: number
  readonly profession: Profession
  readonly places: readonly ('board' | 'feed')[]
  readonly publishedAt: number
  pay: number
  state: 'open' | 'closed'
  /** Grows with more pay, and when it is opened again. */
  edition: number
  /** When there was last something new of it. */
  changedAt: number
}

export type News = 'new' | 'morePay' | 'again'
export type Telling = { readonly chatId: number; readonly offer: number; readonly news: News }

const first = 200_000
const [few, much] = [20_000, 150_000]

/**
 * Employers who publish, pay more, close and open again, and what everybody must have been told of it. It knows nothing
 * of the bot: what it expects is counted from what the employers did.
 */
export function createMarket(lookers: readonly Looker[], random: () => number) {
  const offers: Offer[] = []
  const told = new Map<string, { readonly edition: number; readonly pay: number }>()
  let tellings: (Telling & { isSent: boolean })[] = []

  function publish(count: number, at: number): void {
    for (let n = 0; n < count; n++) {
      const number = offers.length + 1
      offers.push({
        number,
        profession: random() < 0.5 ? 'cook' : 'welder',
        places: number % 4 === 0 ? ['board', 'feed'] : number % 4 === 1 ? ['feed'] : ['board'],
        ...{ publishedAt: at, pay: first, state: 'open', edition: 0, changedAt: at },
      })
    }
  }

  /** One that stands in a single place: of two, each would be read at its own time. */
  function some(state: Offer['state'], fits: (offer: Offer) => boolean = () => true): Offer | undefined {
    const fitting = offers.filter((offer) => offer.state === state && offer.places.length === 1 && fits(offer))
    return fitting[Math.floor(random() * fitting.length)]
  }

  /** A feed cannot say that a vacancy is over; what is closed stands on the board. */
  const isOnBoard = ({ places }: Offer) => places.includes('board')

  function change(offer: Offer | undefined, at: number, what: Partial<Offer>): void {
    if (offer !== undefined) Object.assign(offer, what, { changedAt: at })
  }

  function tell(rhythm: Looking['rhythm']): void {
    for (const { chatId, looksFor } of lookers) {
      const due = looksFor.filter((one) => one.rhythm === rhythm)
      for (const offer of offers) {
        if (offer.state === 'closed' || !due.some((looking) => isFor(offer, looking))) continue
        const { number, edition, pay } = offer
        const key = `${chatId} ${number}`
        const news = newsOf(offer, told.get(key))
        if (news === undefined) continue
        told.set(key, { edition, pay })
        tellings.push({ chatId, offer: number, news, isSent: false })
      }
    }
  }

  return {
    offers: offers as readonly Offer[],
    publish,
    payMore(at: number) {
      const offer = some('open', ({ changedAt }) => changedAt < at)
      if (offer === undefined) return
      const pay = offer.pay + (random() < 0.5 ? few : much)
      change(offer, at, { pay, edition: offer.edition + 1 })
    },
    close: (at: number) =>
      change(
        some('open', (offer) => isOnBoard(offer) && offer.changedAt < at),
        at,
        { state: 'closed' },
      ),
    /** Closes one that was published at `since`, before anybody could be told: nobody is told of it any more. */
    closeUnsent(since: number, at: number) {
      const offer = some('open', (one) => isOnBoard(one) && one.publishedAt === since)
      change(offer, at, { state: 'closed' })
      const isTaken = (one: (typeof tellings)[number]) => one.offer === offer?.number && !one.isSent
      for (const { chatId, offer: number } of tellings.filter(isTaken)) told.delete(`${chatId} ${number}`)
      tellings = tellings.filter((one) => !isTaken(one))
    },
    openAgain(at: number) {
      const offer = some('closed', ({ changedAt }) => changedAt < at)
      if (offer !== undefined) change(offer, at, { state: 'open', edition: offer.edition + 1 })
    },
    /** What was read is told to whoever hears at once, or at the hour of digests. */
    tell,
    /** Nothing keeps messages from their people. */
    sent() {
      for (const one of tellings) one.isSent = true
    },
    tellings: (): readonly Telling[] => tellings,
  }
}
export type Market = ReturnType<typeof createMarket>

function isFor({ profession, pay }: Offer, looking: Looking): boolean {
  return (looking.profession ?? profession) === profession && pay >= (looking.leastPay ?? 0)
}

function newsOf(
  { edition, pay }: Offer,
  before: { readonly edition: number; readonly pay: number } | undefined,
): News | undefined {
  if (before === undefined) return 'new'
  if (before.edition >= edition) return undefined
  return pay > before.pay ? 'morePay' : 'again'
}
