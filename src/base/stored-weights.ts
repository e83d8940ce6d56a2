import { z } from 'zod'
import type { Weights } from '../../flows/common/classifier.ts'

/** What a classifier has learned as it is stored: its weights are bytes, in base 64. */
export const storedWeights = {
  bits: z.int().min(1).max(20),
  step: z.number().positive(),
  bias: z.number(),
  weights: z.base64().transform((text) => {
    const bytes = Buffer.from(text, 'base64')
    return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  }),
}

/** Reports weights that are not as many as there are places; `derive` is the command that writes them anew. */
export function checkWeights(derive: string) {
  return ({ bits, weights }: Pick<Weights, 'bits' | 'weights'>, context: z.RefinementCtx) => {
    if (weights.length === 2 ** bits) return
    context.addIssue({ code: 'custom', path: ['weights'], message: `are cut off: run npm run ${derive}` })
  }
}

/** What was learned, and whatever stands beside it, as it is stored. */
export function toStored<Model extends Weights>({ weights, ...model }: Model) {
  const bytes = Buffer.from(weights.buffer, weights.byteOffset, weights.length)
  return { ...model, weights: bytes.toString('base64') }
}
