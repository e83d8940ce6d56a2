import { z } from 'zod'
import type { Models } from '../../../flows/help/danger/classifier.ts'
import { readChecked } from '../../base/content-files.ts'
import { checkWeights, storedWeights, toStored } from '../../base/stored-weights.ts'

const StoredModel = z
  .strictObject({ ...storedWeights, threshold: z.number(), doubt: z.number() })
  .superRefine(checkWeights('derive:danger'))
const StoredModels = z.strictObject({ danger: StoredModel, worry: StoredModel })

/** Reads the classifier. Throws a ContentError that says what is wrong with the file. */
export async function readModels(file: URL): Promise<Models> {
  return readChecked(file, StoredModels)
}

/** The text of such a file. */
export function writtenModels({ danger, worry }: Models): string {
  return `${JSON.stringify({ danger: toStored(danger), worry: toStored(worry) }, null, 2)}\n`
}
