import { readdir, readFile } from 'node:fs/promises'
import type { Language } from '../../flows/kit/words.ts'
import { languages } from '../../flows/kit/words.ts'

/** What a locale file holds: words, or groups of them. */
export type LocaleTree = { readonly [key: string]: string | LocaleTree }

/** Every namespace of every language: `locales.kk.home` is `locales/kk/home.json`. */
export type Locales = Readonly<Record<Language, Readonly<Record<string, LocaleTree>>>>

/** Reads all locale files under `root` (a folder URL). Throws naming the file that is no JSON. */
export async function loadLocales(root: URL): Promise<Locales> {
  const folder = root.href.endsWith('/') ? root : new URL(`${root.href}/`)
  const entries = await Promise.all(
    languages.map(async (language) => [language, await loadLanguage(new URL(`${language}/`, folder))] as const),
  )
  // Object.fromEntries forgets that there is one entry for each language.
  return Object.fromEntries(entries) as Locales
}

async function loadLanguage(folder: URL): Promise<Record<string, LocaleTree>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
  const trees = await Promise.all(
    files.map(async (file) => [file.slice(0, -'.json'.length), await loadFile(new URL(file, folder))] as const),
  )
  return Object.fromEntries(trees)
}

async function loadFile(file: URL): Promise<LocaleTree> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new Error(`${file.pathname} cannot be read as JSON: correct the file`, { cause })
  }
}
