import { noticeFacts } from '../../delivery/notices/put.ts'
import { defineCapability } from '../capability.ts'

/** What turns say of notices; the dispatcher does the rest. */
export const notices = defineCapability({ name: 'notices', facts: noticeFacts })
