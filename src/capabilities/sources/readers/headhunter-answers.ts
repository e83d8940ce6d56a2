import { z } from 'zod'
import { type Failed, isHtml } from './fetched.ts'
import { type Trouble, troubleOf } from './source.ts'

const Errors = z.object({
  errors: z.array(
    z.object({ type: z.string().nullish(), value: z.string().nullish(), captcha_url: z.string().nullish() }),
  ),
})

/** HeadHunter's own reasons, each with what is to be done. */
export function explained(failed: Failed): Trouble {
  if (failed.type !== 'blocked' && failed.type !== 'broken') return troubleOf(failed)
  const errors = Errors.safeParse(parsed(failed.text)).data?.errors ?? []
  const said = new Set(errors.flatMap(({ type, value }) => [type, value]))
  const captcha = errors.find(({ captcha_url }) => captcha_url)
  if (captcha !== undefined || said.has('captcha_required'))
    return trouble(
      'captcha',
      `HeadHunter wants a captcha solved: ${captcha?.captcha_url?.slice(0, 500) ?? 'open its site from this network'}`,
    )
  if (said.has('bad_user_agent'))
    return trouble(
      'refused',
      'HeadHunter does not take our User-Agent: give a contact that it accepts, a mail address of the operator',
    )
  if (['bad_authorization', 'token_expired', 'token_revoked', 'oauth'].some((reason) => said.has(reason)))
    return trouble(
      'token',
      'HeadHunter does not take HH_TOKEN: it has expired, was revoked by a newer one, or is not an application’s',
    )
  if (failed.type === 'blocked' && isHtml(failed.text))
    return trouble(
      'blocked',
      `A guard before HeadHunter answers in its place (${failed.status}): this network is kept away, try later or from another`,
    )
  const reasons = [...said].filter(Boolean).join(', ')
  return troubleOf(failed, reasons === '' ? failed.why : `${failed.why}: ${reasons.slice(0, 200)}`)
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function trouble(kind: Trouble['trouble'], why: string): Trouble {
  return { type: 'trouble', trouble: kind, until: null, why }
}
