import { createDangerCheck, type DangerCheck } from '../../../flows/help/danger/check.ts'
import { RuleFile } from '../../../flows/help/danger/rule-file.ts'
import { languages } from '../../../flows/kit/words.ts'
import { readChecked } from '../../base/content-files.ts'
import { readModels } from './models.ts'

/**
 * The check for words of despair or danger, made of the rules of all languages: people mix them. Throws a ContentError
 * naming the file, and line and field of each rule that cannot be used. `files` is the folder of the project.
 */
export async function readDangerCheck(files: URL): Promise<DangerCheck> {
  const [rules, models] = await Promise.all([
    readRules(files),
    readModels(new URL('flows/help/danger/weights.json', files)),
  ])
  return createDangerCheck(rules, models)
}

/** The rules of each language. */
export async function readRules(files: URL): Promise<RuleFile[]> {
  const folder = new URL('flows/help/danger/rules/', files)
  return Promise.all(
    languages.map(async (language) => ({
      language,
      ...(await readChecked(new URL(`${language}.yaml`, folder), RuleFile)),
    })),
  )
}
