// What asks to be reminded in English, and courtesies: no part of what to remember.

import { gap, words } from '../found.ts'
import { timerWord } from './words.ts'

/** Said before what is meant. */
const talk =
  '(?:he+y+|hi+|hello|yo|ok|okay|so|oh|um+|uh|hmm+|well|lol|omg|btw|bot|serik|bro|and|also|actually|pls+|plz+|please)'
const asking =
  '(?:(?:can|could|would|will) +(?:you|u)(?: +(?:pls|plz|please))?|i +(?:want|need|would +like) +(?:you|u) +to|pls+|plz+|please|just),? +'
const reminding =
  '(?:(?:set|make|create|add|put|give)(?: +(?:me|an?|new|the))* +reminder|(?:(?:can|could|may) +i +(?:get|have)|i +(?:need|want))(?: +an?)? +reminder|new +reminder:?|(?:remind|rmd|rmnd) *me|remember +me(?= +to )|i +(?:want|wanna|need)(?: +to)? +be +reminded|ping +me|(?:tell|notify|alert) +me(?=[^a-z]+(?:to|that) )|let +me +know(?=[^a-z]+(?:to|that) )|reminder:?)'
const topic = `(?:to|that|about|abt|for|of|2(?= +[a-z])(?! +[a-z]+s(?![a-z]))|4(?= *${gap}))`
const unforgotten = "(?:(?:do +not|don'?t) +(?:let +me +)?(?:for|4)get(?: +(?:to|about))?|remember +to)"
const setting = '(?:set|put|start|make)(?: +(?:me|an?|the|my))*'

/** "Remind me to" and the like: no part of what to remember, also when the time stands inside it. */
export const englishLeadIn = words(
  [
    `(?:(?=[a-zа-я])(?<=^[ ,]{0,9})(?:(?:${talk}|good +(?:morning|afternoon|evening))[ ,!.]+)+)?(?:${asking}){0,5}${reminding}(?:,? +(?:pls|plz|please))?[ ,${gap}]*${topic}?`,
    `(?=[a-zа-я])(?<=^[ ,]{0,9})(?:${talk}[ ,!.]+)+(?=${gap})`,
    `(?=[a-zа-я])(?<=^[ ,${gap}]{0,30})(?:pls+|plz+|please)(?:[ ,]+(?:pls+|plz+|please))*(?=[ ,]+[a-z])|(?:pls+|plz+|please|thx)(?=[ .!]*$)|(?<=[,.!] {0,2})(?:thanks|ty)(?=[ .!]*$)|(?<!(?:say|send|write|text|a|with|my|of) {1,2})thank +(?:you|u)(?=[ .!]*$)`,
    `(?=[a-zа-я])(?<=^[ ,${gap}]{0,30}(?:(?:pls+|plz|please) {1,2}){0,3})${unforgotten}(?= +[a-z])|(?<=^)note +to +self:?`,
    `${setting} +(?:alarm|${timerWord})(?:[ ,${gap}]*(?:to|for))(?= +[a-z])|${setting}(?= +(?:alarm|${timerWord}))|(?<=${gap} {0,2})${timerWord}(?= +[a-z])|(?<=^)${timerWord}(?= *${gap}[ ,${gap}]*[a-z])`,
    `remind(?<=^[ ,]{0,9}remind)(?= *(?:${gap}|pls|please|that|to|about|$))(?: +(?:pls|please))?(?: +(?:that|to|about))?|remind(?=[ .!]*$)`,
  ].join('|'),
)
