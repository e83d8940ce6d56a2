import type { Flows } from '../../flows/kit/compile.ts'
import type { AnyNotice } from '../../flows/kit/notice.ts'
import { type Translate, translator } from '../../flows/kit/words.ts'

/** A kind of notice as its flow declares it, with the words of that flow. */
export type Kind = { readonly definition: AnyNotice; readonly t: Translate }

/** Every kind of notice by its full name, `<flow>.<key>`. */
export type Kinds = ReadonlyMap<string, Kind>

export function noticeKinds(flows: Pick<Flows, 'all'>): Kinds {
  return new Map(
    flows.all.flatMap(({ id, notices = [] }) =>
      notices.map((definition) => [definition.kind, { definition, t: translator(id) }] as const),
    ),
  )
}
