import { withdrawal } from '../../../flows/common/contract.ts'
import { exportPerson, forgetPerson } from '../../../flows/privacy/contract.ts'
import { forget } from '../../store/capability.ts'
import { exportChat } from '../../store/chats.ts'
import { deleteForGood, deleteWhatWasSaid } from '../../store/deletions.ts'
import { document } from '../../telegram/ports.ts'
import { defineCapability } from '../capability.ts'

/** All that is kept of a person: as a file, and gone. */
export const privacy = defineCapability({
  name: 'privacy',
  facts: [
    forget(forgetPerson, (transaction, entries, tools) =>
      deleteForGood(
        transaction,
        entries.map(({ chatId }) => chatId),
        tools,
      ),
    ),
    // The dialogue and the person as the turn has left them stay.
    forget(withdrawal, (transaction, entries, tools) =>
      deleteWhatWasSaid(
        transaction,
        entries.map(({ chatId, data }) => ({ chatId, ...data })),
        tools,
      ),
    ),
  ],
  documents: (_, { core }) => [
    document(exportPerson, async (_data, { chatId }) => {
      const bytes = new TextEncoder().encode(JSON.stringify(await exportChat(core, chatId), null, 2))
      return { name: 'serik.json', bytes, caption: { key: 'privacy:exported.caption' } }
    }),
  ],
})
