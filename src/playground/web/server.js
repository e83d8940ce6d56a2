/** Posts JSON (or a form) to the playground; throws with the server's reason when refused. */
export async function post(path, body = {}) {
  const isForm = body instanceof FormData
  const response = await fetch(path, {
    method: 'POST',
    ...(isForm ? { body } : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error ?? response.statusText)
  return answer
}

export async function get(path) {
  const response = await fetch(path)
  if (!response.ok) throw new Error(response.statusText)
  return response.json()
}

/** Listens to the live events; the browser connects again by itself when the line breaks. */
export function listen(onEvent, onLine) {
  const source = new EventSource('/live')
  source.onopen = () => onLine(true)
  source.onerror = () => onLine(false)
  source.onmessage = ({ data }) => onEvent(JSON.parse(data))
}
