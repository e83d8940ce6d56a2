import { mediumError } from './errors.ts'

/** Does the work; trouble with the database becomes a StoreError, so that the update that asked for it comes again. */
export async function naming<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw mediumError(error, where) ?? error
  }
}
