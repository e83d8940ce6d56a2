import { z } from 'zod'
import type { Model } from '../../../flows/help/danger/classifier.ts'
import { readChecked } from '../../base/content-files.ts'

/** The classifier as it is stored: its weights are bytes, in base 64. */
const Written = z.strictObject({
  bits: z.int().min(1).max(20),
  step: z.number().positive(),
  bias: z.number(),
  threshold: z.number(),
  weights: z.base64(),
})

/** Reads the classifier. Throws a ContentError that says what is wrong with the file. */
export async function readModel(file: URL): Promise<Model> {
  const schema = Written.transform(({ weights, ...model }, context): Model => {
    const bytes = Buffer.from(weights, 'base64')
    if (bytes.length !== 2 ** model.bits) {
      context.addIssue({ code: 'custom', path: ['weights'], message: 'are cut off: run npm run derive:danger' })
    }
    return { ...model, weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) }
  })
  return readChecked(file, schema)
}

/** The text of such a file. */
export function writtenModel({ weights, ...model }: Model): string {
  const bytes = Buffer.from(weights.buffer, weights.byteOffset, weights.length)
  return `${JSON.stringify({ ...model, weights: bytes.toString('base64') }, null, 2)}\n`
}
