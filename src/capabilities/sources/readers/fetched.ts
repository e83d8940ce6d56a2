/** What came of asking the net for something. All but `ok` carry words for an operator. */
export type Fetched =
  | {
      readonly type: 'ok'
      /** Where it came from in the end. */
      readonly url: string
      /** 304 where it was asked for news only and there is none. */
      readonly status: number
      readonly headers: Readonly<Record<string, string | undefined>>
      readonly body: Buffer
      text(): string
    }
  | Failed

/** Why nothing came. */
export type Failed =
  /** The host keeps programs away: 401, 403, a page with a riddle. `text` is the beginning of what it said. */
  | { readonly type: 'blocked'; readonly status: number; readonly why: string; readonly text: string }
  /** The host asks for patience; nothing is sent to it before `until`, epoch ms. */
  | { readonly type: 'limited'; readonly until: number; readonly why: string }
  /** It did not work; `status` is null where there was no answer. */
  | { readonly type: 'broken'; readonly status: number | null; readonly why: string; readonly text: string }
  /** We do not ask: robots.txt, and without `by` a private address or a loop. */
  | { readonly type: 'refused'; readonly why: string; readonly by?: 'robots' }

/** What a page says that wants to see a human being first. */
const riddle =
  /captcha|cf-challenge|challenge-platform|ddos-guard|just a moment\.\.\.|are you (?:a )?(?:human|robot)|qrator|servicepipe/i

/** Whether a page of HTML asks for proof that no program reads it. Long pages are not: they have texts of their own. */
export function isRiddle(text: string): boolean {
  return isHtml(text) && riddle.test(text.slice(0, mostRead))
}

const mostRead = 200_000

export function isHtml(text: string): boolean {
  return /^[\s\uFEFF]{0,999}<(?:!doctype\s+html|html|head|body|script|!--)/i.test(text.slice(0, 2_000))
}
