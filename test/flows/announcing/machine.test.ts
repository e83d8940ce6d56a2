import { describe, expect, test } from 'vitest'
import { everybody } from '../../../flows/announcements/announcement.ts'
import {
  announcerReach,
  countAudience,
  exampleGroup,
  exampleKept,
  findTargets,
  getAnnouncement,
  listAnnouncements,
  pauseAnnouncement,
  type Reach,
  resumeAnnouncement,
  sendAnnouncement,
  stopAnnouncement,
} from '../../../flows/announcements/contract.ts'
import { announcing } from '../../../flows/announcing/index.ts'
import { putNotice } from '../../../flows/kit/notice.ts'
import { value } from '../../../flows/kit/words.ts'
import { reply } from '../../../src/engine/reply.ts'
import { invited } from '../../support/people.ts'
import { rehearse } from '../../support/rehearse.ts'

const groups = [exampleGroup, { ...exampleGroup, id: 'other', name: 'Other' }]
const some = { count: 3, isMore: false, languages: { kk: 2, ru: 1, en: 0 } }

/** A mentor with two groups, unless said otherwise. */
function play({ reach = {}, kept = exampleKept, count = some.count, input = undefined as unknown } = {}) {
  const known: Reach = { groups, mayAll: false, last: null, ...reach }
  return rehearse(announcing, {
    person: invited(known.mayAll ? 'coordinator' : 'mentor'),
    input,
    replies: [
      reply(announcerReach, async () => known),
      reply(countAudience, async () => ({ ...some, count })),
      reply(listAnnouncements, async () => ({ items: [], page: 0, pages: 1, total: 0 })),
      reply(getAnnouncement, async () => kept),
      reply(findTargets, async ({ text }) => (text === 'x' ? [] : [{ id: 'cook', label: value('Cook') }])),
    ],
  })
}

async function written(options: Parameters<typeof play>[0] = {}) {
  const on = await play(options)
  await on.presses('listing.add')
  await on.writes('Сәлем')
  return on
}

/** As far as the preview: no file, no button, for whom it is proposed. */
async function previewed(options: Parameters<typeof play>[0] = {}) {
  const on = await written(options)
  await on.presses('next')
  await on.presses('common:skip')
  await on.presses('acting.none')
  await on.presses('next')
  return on
}

describe('an announcement on its way', () => {
  test('somebody without a group has nobody to tell', async () => {
    const on = await play({ reach: { groups: [] } })
    await on.presses('listing.add')
    expect(on.state()).toBe('nobody')
  })

  test('says what is wrong with a text, and keeps the way', async () => {
    const on = await play()
    await on.presses('listing.add')
    await on.writes('ұ'.repeat(701))
    expect(on.keys()).toContain('announcing:problem.long')
    await on.writes('…')
    expect(on.keys()).toContain('announcing:problem.empty')
    await on.writes('Сәлем')
    expect(on.state()).toBe('wording')
  })

  test('is for all groups of a mentor at first, and for none of another', async () => {
    const on = await previewed()
    await on.presses('previewing.send')
    await on.presses('confirming.yes')
    const [sent] = on.told(sendAnnouncement)
    expect(sent).toMatchObject({
      audience: { ...everybody, groups: ['group', 'other'] },
      body: { texts: { kk: 'Сәлем' }, sender: 'mentor', missing: 'note' },
      expected: 3,
    })
  })

  test('a mentor who takes away all groups is asked for one', async () => {
    const on = await written()
    await on.presses('next')
    await on.presses('common:skip')
    await on.presses('acting.none')
    await on.presses('part.groups')
    for (const { name } of groups) await on.presses(`${name} · Example`)
    await on.presses('done')
    await on.presses('next')
    expect(on.said()).toBe('announcing:groupsFirst')
    expect(on.state()).toBe('aiming')
  })

  test('a coordinator begins with everybody', async () => {
    const on = await previewed({ reach: { mayAll: true } })
    await on.presses('previewing.send')
    await on.presses('confirming.yes')
    expect(on.told(sendAnnouncement)[0]).toMatchObject({ audience: everybody, body: { sender: 'coordinator' } })
  })

  test('leads nobody to an address that is not https', async () => {
    const on = await written()
    await on.presses('next')
    await on.presses('common:skip')
    await on.presses('acting.link')
    for (const bad of ['http://example.org', 'javascript:alert(1)', 'tg://resolve', 'https://', 'example.org']) {
      await on.writes(bad)
      expect(on.keys()).toContain('announcing:problem.link')
    }
    await on.writes('https://example.org/a?b=c')
    expect(on.state()).toBe('aiming')
  })

  test('finds what a button leads to, or says that there is none', async () => {
    const on = await written()
    await on.presses('next')
    await on.presses('common:skip')
    await on.presses('acting.profession')
    await on.writes('x')
    expect(on.keys()).toContain('announcing:problem.noTarget')
    await on.writes('cook')
    await on.presses('Cook')
    await on.presses('next')
    expect(on.text()).toContain(on.label('announcements:act.profession'))
  })

  test('is looked at as the readers of a language will see it', async () => {
    const on = await previewed()
    await on.presses('Русский')
    expect(on.text()).toContain('От наставника')
    expect(on.text()).toContain('написано на другом языке')
    await on.presses('change.words')
    await on.presses('wording.way.leave')
    await on.presses('next')
    expect(on.keys()).toContain('announcing:previewing.leftOut')
    await on.presses('previewing.test')
    expect(on.said()).toBe('announcing:leftOut')
  })

  test('is tried by a notice to oneself', async () => {
    const on = await previewed()
    await on.presses('previewing.test')
    const [put] = on.told(putNotice)
    expect(put).toMatchObject({ kind: 'announcements.trial', values: { text: 'Сәлем', reads: 'kk' } })
    expect(put?.chatId).toBeUndefined()
  })

  test('goes at a time that is still to come, which is looked at again as it is sent', async () => {
    const on = await previewed()
    await on.presses('change.when')
    await on.writes('кеше 10:00')
    expect(on.state()).toBe('timing')
    await on.writes('ертең сағат 10:00')
    expect(on.state()).toBe('previewing')
    await on.presses('previewing.plan')
    on.until(Date.UTC(2026, 0, 20))
    await on.presses('confirming.yes')
    expect(on.keys()).toContain('announcing:problem.past')
    expect(on.told(sendAnnouncement)).toEqual([])
  })

  test('asks why it is urgent, and says so', async () => {
    const on = await previewed()
    await on.presses('change.urgent')
    await on.writes('Су кетті')
    await on.presses('previewing.send')
    expect(on.keys()).toContain('announcing:confirming.urgent')
    await on.presses('confirming.yes')
    expect(on.told(sendAnnouncement)[0]?.body.why).toBe('Су кетті')
  })

  test('is not sent to nobody', async () => {
    const on = await previewed({ count: 0 })
    await on.presses('previewing.send')
    expect(on.said()).toBe('announcing:nobodyThere')
  })
})

describe('an announcement that is kept', () => {
  test('is paused, resumed and stopped, and each is seen at once', async () => {
    const on = await play({ kept: { ...exampleKept, state: 'going' }, input: { id: 'example' } })
    await on.presses('reading.pause')
    await on.presses('reading.resume')
    await on.presses('stopping.label')
    await on.presses('stopping.yes')
    for (const tell of [pauseAnnouncement, resumeAnnouncement, stopAnnouncement]) {
      expect(on.told(tell)).toEqual([{ id: 'example' }])
    }
    expect(on.keys()).toContain('announcing:state.stopped')
  })

  test('that is planned is changed under its own id', async () => {
    const kept = { ...exampleKept, state: 'scheduled' as const, at: Date.UTC(2026, 0, 25) }
    const on = await play({ kept, input: { id: 'example' } })
    await on.presses('edit')
    await on.presses('previewing.plan')
    await on.presses('confirming.yes')
    expect(on.told(sendAnnouncement)[0]).toMatchObject({ id: 'example', at: kept.at })
  })

  test('of somebody else is not to be changed', async () => {
    const kept = { ...exampleKept, state: 'scheduled' as const, isMine: false }
    const on = await play({ kept, reach: { mayAll: true }, input: { id: 'example' } })
    expect(on.labels()).not.toContain(on.label('edit'))
  })
})
