// What asks to be reminded in Russian, and courtesies: no part of what to remember.

import { anyLetter, anySign, gap, words } from '../found.ts'

/** Words of courtesy, no part of what to remember wherever they stand. */
const courtesy = 'пожал[уо]?[йи]?ст[ао]|пли+з+а?|плз|пж|пжлс?т?а?|ало|алло|эй|прив|короче|короч|кароч|кароче|кстати|спс'
/** Words of talk before the time, and names for the bot before the word for reminding. */
const talk =
  'привет(?:ик)?|го|еще|здравствуй(?:те)?|слушай|слуш|ну|так|а|и|хай|салам|давай|ок|окей|доброе +утро|добрый +(?:день|вечер)'
const named = 'бот|серик|бро|друг|братан|брат|потом|помоги'
const willing =
  '(?:ты +)?(?:можешь|можете|сможешь|можно|мог(?:ла)? +бы)(?: +(?:ты|мне))?|(?:я +)?хоч[уе]|мне +(?:нужно|надо)|не +забудь(?:те)?|было +бы +(?:круто|классно|хорошо),?|если +бы|чтобы?|ты'
const making =
  '(?:постав(?:ь|ьте|ить)|ставь(?:те)?|создай(?:те)?|сделай(?:те)?|добавь(?:те)?|установи(?:те)?|заведи(?:те)?|включи(?:те)?)'
const reminding = '(?:н[ао]помн?[ие](?:ть|те|л[аи]?)?|напоминай(?:те)?|напоминани[ея]|напоминалк[ауи])'
/**
 * "Remind me" and the like: no part of what to remember. An alarm that is set is the text where nothing else is. To be
 * run twice: what stands before such words or the time, or leads from them to the text, is seen then.
 */
export const russianLeadIn = words(
  [
    `(?:(?:${talk}|${named}|${willing}),? +){0,5}(?:${making} +)?(?:мне +)?${reminding}(?:-ка)?(?: +(?:мне|нам|еще))?(?:,? *(?:что(?:бы?)?(?= )|о +том,? +что|про(?= )|:))?`,
    `${making} +(?:мне +)?будильник(?=[^a-zа-я]{0,60}(?!(?:${courtesy})(?!${anyLetter}))[a-zа-я])|${making}(?: +мне)?(?= +будильник)`,
    'дай(?:те)? +знать|скажи(?:те)? +мне',
    courtesy,
    `(?<=^|^[ ,!.${gap}]{1,80})(?:${talk})(?:[ ,!.]{1,3}(?:${talk})){0,3}(?=[ ,!.]{0,3}${gap})`,
    `(?=[a-zа-я])(?<=^[ ,!.${gap}]{2,80})(?:что(?:бы?)?|чтоб|о +том,? +что|про)(?= +${anySign})`,
  ].join('|'),
)
