import { z } from 'zod'
import { Body } from '../../../flows/announcements/announcement.ts'
import { zone } from '../../../flows/common/regions.ts'
import { languages, value } from '../../../flows/kit/words.ts'
import { fact, line, section, Time } from '../export.ts'
import { startOf } from './rows.ts'

const Row = z.object({ body: Body, at: Time, people: z.int() })

/** What somebody has announced, the latest first. */
export const announcementsSection = section('Announcement', {
  title: { key: 'announcements:export.title' },
  row: Row,
  tell: ({ body, at, people }) => ({
    title: value(startOf(body)),
    order: -at,
    lines: [
      ...languages.flatMap((language) => body.texts[language] ?? []).map((text) => line(value(text))),
      ...(body.why === null ? [] : [line({ key: 'announcing:reading.urgent', values: { why: body.why } })]),
      fact({ key: 'announcements:export.at' }, { moment: at, zone, style: 'datetime' }),
      fact({ key: 'announcements:export.people' }, people),
    ],
  }),
})
