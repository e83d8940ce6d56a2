import { badRequest } from './errors.ts'
import { isObject, type WireObject } from './wire.ts'

/** A file that came with a multipart call. */
export type Upload = {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * Arguments of one call, whichever way they came (query, JSON, form): each reader takes the native JSON value or its
 * text form, answers undefined when absent, and throws 400 when the shape is wrong.
 */
export class Parameters {
  readonly fields: WireObject
  readonly uploads: Map<string, Upload>

  constructor(fields: WireObject, uploads: Map<string, Upload> = new Map()) {
    this.fields = fields
    this.uploads = uploads
  }

  text(name: string): string | undefined {
    const value = this.fields[name]
    if (value === undefined || value === null) return undefined
    if (typeof value === 'string') return value
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    throw badRequest(`field "${name}" must be of type String`)
  }

  integer(name: string): number | undefined {
    const value = this.fields[name]
    if (value === undefined || value === null || value === '') return undefined
    const number = Number(value)
    if (!Number.isSafeInteger(number)) throw badRequest(`field "${name}" must be a valid Number`)
    return number
  }

  flag(name: string): boolean {
    const value = this.fields[name]
    return value === true || (typeof value === 'string' && /^(true|yes|1)$/i.test(value)) || value === 1
  }

  list(name: string): unknown[] | undefined {
    const value = this.json(name)
    if (value === undefined) return undefined
    if (!Array.isArray(value)) throw badRequest(`can't parse "${name}": expected an Array`)
    return value
  }

  object(name: string): WireObject | undefined {
    const value = this.json(name)
    if (value === undefined) return undefined
    if (!isObject(value)) throw badRequest(`can't parse "${name}": expected an Object`)
    return value
  }

  private json(name: string): unknown {
    const value = this.fields[name]
    if (value === undefined || value === null || value === '') return undefined
    if (typeof value !== 'string') return value
    try {
      return JSON.parse(value)
    } catch {
      throw badRequest(`can't parse "${name}" JSON`)
    }
  }
}
