import { withdrawal } from '../../../flows/common/contract.ts'
import { exportPage, exportPerson, forgetPerson } from '../../../flows/privacy/contract.ts'
import { forget } from '../../store/capability.ts'
import { exportChat } from '../../store/chats.ts'
import { deleteForGood, deleteWhatWasSaid } from '../../store/deletions.ts'
import { document } from '../../telegram/ports.ts'
import { defineCapability } from '../capability.ts'
import { aboutSection, placeSection } from './about.ts'
import { pageOf } from './page.ts'

/** All that is kept of a person: as a page to read, as a file for programs, and gone. */
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
  documents: (_, { core, words, log, flows, sections }) => [
    document(exportPage, async (_data, world) => {
      const told = [aboutSection(flows), ...sections(), placeSection(flows)]
      const bytes = await pageOf(await exportChat(core, world.chatId), told, { ...core, words, log }, world)
      return { name: 'serik.html', bytes, caption: { key: 'privacy:exported.page' } }
    }),
    document(exportPerson, async (_data, { chatId }) => {
      const bytes = new TextEncoder().encode(JSON.stringify(await exportChat(core, chatId), null, 2))
      return { name: 'serik.json', bytes, caption: { key: 'privacy:exported.data' } }
    }),
  ],
})
