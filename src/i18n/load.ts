import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { ContentError } from '../../flows/kit/content-error.ts'
import type { Language } from '../../flows/kit/words.ts'
import { languages } from '../../flows/kit/words.ts'
import { readSource } from '../base/content-source.ts'

/** What a locale file holds: words, or groups of them. */
export type LocaleTree = { readonly [key: string]: string | LocaleTree }

/** Every namespace of every language: `locales.kk.home` is `locales/kk/home.json`. */
export type Locales = Readonly<Record<Language, Readonly<Record<string, LocaleTree>>>>

/** Reads all locale files under `root` (a folder URL). Throws a ContentError naming the file that cannot be used. */
export async function loadLocales(root: URL): Promise<Locales> {
  const folder = root.href.endsWith('/') ? root : new URL(`${root.href}/`)
  const entries = await Promise.all(
    languages.map(async (language) => [language, await loadLanguage(new URL(`${language}/`, folder))] as const),
  )
  // Object.fromEntries forgets that there is one entry for each language.
  return Object.fromEntries(entries) as Locales
}

/** Those of the project whose folder is given, with a trailing slash. */
export function ownLocales(files: URL): Promise<Locales> {
  return loadLocales(new URL('locales/', files))
}

async function loadLanguage(folder: URL): Promise<Record<string, LocaleTree>> {
  const files = (await namesIn(folder)).filter((file) => file.endsWith('.json')).sort()
  const trees = await Promise.all(
    files.map(async (file) => [file.slice(0, -'.json'.length), await loadFile(new URL(file, folder))] as const),
  )
  return Object.fromEntries(trees)
}

async function namesIn(folder: URL): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    throw new ContentError(`The folder ${fileURLToPath(folder)} cannot be read: put the words of the language there`, {
      cause,
    })
  }
}

async function loadFile(file: URL): Promise<LocaleTree> {
  const path = fileURLToPath(file)
  const { data } = await readSource(path)
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as LocaleTree // checked in check.ts
  throw new ContentError(`${path} holds no words: write an object, {"key": "words"}`)
}
