import { z } from 'zod'
import type { Model, Models } from '../../../flows/help/danger/classifier.ts'
import { readChecked } from '../../base/content-files.ts'

/** A model as it is stored: its weights are bytes, in base 64. */
const StoredModel = z
  .strictObject({
    bits: z.int().min(1).max(20),
    step: z.number().positive(),
    bias: z.number(),
    threshold: z.number(),
    doubt: z.number(),
    weights: z.base64(),
  })
  .transform(({ weights, ...model }, context): Model => {
    const bytes = Buffer.from(weights, 'base64')
    if (bytes.length !== 2 ** model.bits) {
      context.addIssue({ code: 'custom', path: ['weights'], message: 'are cut off: run npm run derive:danger' })
    }
    return { ...model, weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) }
  })
const StoredModels = z.strictObject({ danger: StoredModel, worry: StoredModel })

/** Reads the classifier. Throws a ContentError that says what is wrong with the file. */
export async function readModels(file: URL): Promise<Models> {
  return readChecked(file, StoredModels)
}

/** The text of such a file. */
export function writtenModels({ danger, worry }: Models): string {
  return `${JSON.stringify({ danger: stored(danger), worry: stored(worry) }, null, 2)}\n`
}

function stored({ weights, ...model }: Model): z.input<typeof StoredModel> {
  const bytes = Buffer.from(weights.buffer, weights.byteOffset, weights.length)
  return { ...model, weights: bytes.toString('base64') }
}
