import { get } from './server.js'

export const languages = [
  ['kk', 'Қазақша'],
  ['ru', 'Русский'],
  ['en', 'English'],
]

/** The words of the page by language: the `t(key, values)` of each fills `{{placeholders}}`. */
export async function loadWords() {
  const load = async ([code]) => [code, translator(await get(`/words/${code}`))]
  return new Map(await Promise.all(languages.map(load)))
}

function translator(words) {
  return (key, values = {}) => (words[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name] ?? ''))
}

export const rememberedLanguage = () => {
  const remembered = localStorage.getItem('language')
  return languages.some(([code]) => code === remembered) ? remembered : 'kk'
}

export const rememberLanguage = (language) => localStorage.setItem('language', language)
