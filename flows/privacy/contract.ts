import { z } from 'zod'
import { defineSend, defineTell } from '../kit/contract.ts'

/** Everything about the chat goes, its dialogue too; the next word begins anew. */
export const forgetPerson = defineTell('person.forget', { who: 'anyone', data: z.null() })

/** All that is kept about the person, as a page that they can read. */
export const exportPage = defineSend('person.page', { who: 'anyone', data: z.null() })

/** The same as a file for programs. */
export const exportPerson = defineSend('person.export', { who: 'anyone', data: z.null() })
