import { zone } from '../common/regions.ts'
import { back, home, pager, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import type { Message, Translate } from '../kit/words.ts'
import type { SourcesContext as Context, SourcesEvent as Event } from './context.ts'
import { kinds, type SourceHealth } from './contract.ts'

const pageSize = 6

export const screens: Screens<Context, Event> = { looking: waiting, listing, reading }

function listing({ t, context: { sources, page } }: View<Context>) {
  const pages = Math.ceil(sources.length / pageSize)
  const at = Math.min(page, Math.max(pages - 1, 0))
  const shown = sources.slice(at * pageSize, (at + 1) * pageSize)
  return screen(
    [
      sources.length === 0 ? t('listing.none') : t('listing.title', { count: sources.length }),
      ...shown.map((source) => [
        t(`line.${source.standing}`, { name: source.name }),
        ...(source.standing === 'off' ? [] : [goodLine(t, source)]),
      ]),
    ],
    ...shown.map(({ name }) => [button(t('listing.open', { name }), { type: 'OPEN' as const, name })]),
    pager(at, pages, t('listing.before'), t('listing.after')),
    sources.length === 0 ? [] : [button(t('look'), { type: 'LOOK' })],
    [back(go.leave), home()],
  )
}

function reading({ t, context: { sources, name, now } }: View<Context>) {
  const source = sources.find((one) => one.name === name)
  if (source === undefined) return screen(t('listing.none'), [back(toBack), home()])
  const { standing } = source
  return screen(
    [
      [t(`line.${standing}`, { name: source.name }), ...kindLine(t, source)],
      troubleLines(t, source),
      standing === 'off' ? [t('off')] : [goodLine(t, source), nextLine(t, source, now)],
      countLines(t, source),
    ],
    mayBeTried(standing) ? [button(t('try'), { type: 'TRY' }, 'primary')] : [],
    [button(t('look'), { type: 'LOOK' })],
    [back(toBack), home()],
  )
}

function mayBeTried(standing: SourceHealth['standing']): boolean {
  return standing === 'well' || standing === 'failing'
}

function kindLine(t: Translate, source: SourceHealth): Message[] {
  const kind = kinds.find((one) => one === source.kind)
  return kind === undefined ? [] : [t(`kind.${kind}`)]
}

function goodLine(t: Translate, { goodAt }: SourceHealth): Message {
  return goodAt === null ? t('good.never') : t('good.at', { time: { moment: goodAt, zone, style: 'datetime' } })
}

function nextLine(t: Translate, { nextAt }: SourceHealth, now: number): Message {
  const isSoon = nextAt === null || nextAt <= now
  return isSoon ? t('next.soon') : t('next.at', { time: { moment: nextAt, zone, style: 'datetime' } })
}

/** What is the matter in plain words, what nothing is lost by, and where whoever runs the program reads more. */
function troubleLines(t: Translate, { trouble }: SourceHealth): Message[] {
  if (trouble === null) return []
  const { kind, failures } = trouble
  return [t(`trouble.${kind}`), t('failures', { count: failures }), t('failing.kept'), t('exact')]
}

/** What happened; where nothing did, a trouble says enough. */
function countLines(t: Translate, { counts, trouble }: SourceHealth): Message[] {
  if (counts === null) return []
  const { stored, changed, merged, unchanged, gone, refused } = counts
  const lines = { stored, changed: changed + merged, unchanged, gone, refused }
  const told = Object.entries(lines).filter(([, count]) => count > 0)
  if (told.length === 0) return trouble === null ? [t('counts.title'), t('counts.none')] : []
  return [t('counts.title'), ...told.map(([name, count]) => t(`counts.${name}`, { count }))]
}
