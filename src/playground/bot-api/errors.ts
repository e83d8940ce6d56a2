/** Extra facts Telegram adds to a refusal. */
export type ErrorParameters = {
  readonly retry_after?: number
  readonly migrate_to_chat_id?: number
}

/** A refusal as Telegram words it; becomes `{ ok: false, error_code, description, parameters? }`. */
export class ApiError extends Error {
  readonly code: number
  readonly parameters: ErrorParameters | undefined

  constructor(code: number, description: string, parameters?: ErrorParameters) {
    super(description)
    this.name = 'ApiError'
    this.code = code
    this.parameters = parameters
  }
}

export function badRequest(reason: string, parameters?: ErrorParameters): ApiError {
  return new ApiError(400, `Bad Request: ${reason}`, parameters)
}

export function forbidden(reason: string): ApiError {
  return new ApiError(403, `Forbidden: ${reason}`)
}

export function conflict(reason: string): ApiError {
  return new ApiError(409, `Conflict: ${reason}`)
}

export function tooManyRequests(seconds: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
}
