import { anySign, fold, matchesOf } from './found.ts'

/** Whether words beside a time only agree, ask or hesitate: nothing to remember. */
export function isSmallTalk(text: string): boolean {
  return matchesOf(anyWord, fold(text)).every(([word]) => talk.has(word))
}

const anyWord = new RegExp(`${anySign}+`, 'g')
const talk = new Set(
  [
    'жарайды болсын онда дурыс мейли жаксы отинем отинемин откинши керек еске сал салшы салыныз маган жок иа ок енди рахмет ракмет салем',
    'ну давай давайте ладно хорошо пожалуйста плиз лучше можно тогда наверно наверное да нет мне надо нужно напомни спасибо спс привет',
    'ok okay please pls maybe better then sure fine well yes no make it me remind let lets s thanks thank you hi hello',
  ].flatMap((words) => words.split(' ')),
)
