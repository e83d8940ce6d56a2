import { bitsOf, signBit } from './bits.ts'
import { createNumbered } from './numbered.ts'

/** What few ask: works it must not be of, and regions it must not be in, as bits. */
export type Proviso = { readonly unless: readonly string[]; readonly elsewhere: number }

/** What of a vacancy provisos ask. */
export type Looked = { readonly works: readonly string[]; readonly region: number; readonly hints: number }

/** Provisos by number, each once. Number 0 asks for nothing. */
export function createProvisos() {
  const provisos = createNumbered<Proviso>(({ unless, elsewhere }) => `${elsewhere} ${JSON.stringify(unless)}`)

  function take(proviso: Proviso): number {
    return proviso.unless.length === 0 && proviso.elsewhere === 0 ? 0 : provisos.take(proviso)
  }

  /** Bits of which a vacancy must have one of its own, or it need not be asked whether it meets a proviso. */
  function hintsOf(number: number): number {
    const { unless = [], elsewhere = 0 } = provisos.get(number) ?? {}
    return bitsOf(unless) | (elsewhere === 0 ? 0 : signBit)
  }

  function isKept(number: number, { works, region }: Looked): boolean {
    const { unless = [], elsewhere = 0 } = provisos.get(number) ?? {}
    return (elsewhere & region) === 0 && !unless.some((work) => works.includes(work))
  }

  return { take, release: provisos.release, hintsOf, isKept }
}
export type Provisos = ReturnType<typeof createProvisos>

/** What of a vacancy with these works and this region provisos ask. */
export function lookedOf(works: readonly string[], region: number): Looked {
  return { works, region, hints: bitsOf(works) | signBit }
}
