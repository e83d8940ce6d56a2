/**
 * Reads an event once for all that ask in the same way: guards and actions of one step ask two or three times, and to
 * understand a line takes longer than all the rest of the step. An answer is kept as long as its event.
 */
export function oncePerEvent<Event extends object, Given, Answer>(
  read: (event: Event, given: Given) => Answer,
): (event: Event, given: Given) => Answer {
  const known = new WeakMap<Event, Map<string, { readonly answer: Answer }>>()
  return (event, given) => {
    const answers = known.get(event) ?? new Map<string, { readonly answer: Answer }>()
    known.set(event, answers)
    const key = JSON.stringify(given)
    const kept = answers.get(key) ?? { answer: read(event, given) }
    answers.set(key, kept)
    return kept.answer
  }
}
