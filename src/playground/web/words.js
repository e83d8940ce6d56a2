import { get } from './server.js'

export const languages = [
  ['kk', 'Қазақша'],
  ['ru', 'Русский'],
  ['en', 'English'],
]

/** The words of the page in one language; `t(key, values)` fills `{{placeholders}}`. */
export async function loadWords(language) {
  const words = await get(`/words/${language}`)
  return (key, values = {}) => (words[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name] ?? ''))
}

export const rememberedLanguage = () => {
  const remembered = localStorage.getItem('language')
  return languages.some(([code]) => code === remembered) ? remembered : 'kk'
}

export const rememberLanguage = (language) => localStorage.setItem('language', language)
