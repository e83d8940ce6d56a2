import { ContentError } from '../../flows/kit/content-error.ts'
import type { Look, Radar } from '../../flows/kit/picture.ts'
import { hueOf } from './colours.ts'
import { wrap } from './letters.ts'
import {
  attributes,
  type Drawn,
  headingOf,
  lineHeight,
  margin,
  type Pen,
  rounded,
  svgOf,
  textOf,
  width,
} from './svg.ts'

const radius = 230
const centre = width / 2
const labelSize = 28
const legendSize = 30
/** Between the outermost ring and the words around it. */
const gap = 24
/** Told apart by colour and by stroke, since not everybody sees colours. */
const strokes = [
  { place: 5, dashes: 'none' },
  { place: 0, dashes: '22 12' },
  { place: 2, dashes: '4 12' },
  { place: 3, dashes: '30 10 4 10' },
] as const

/**
 * Profiles over the same axes as SVG text, 1000 pixels wide: the first one filled, the others as lines over it. Throws a
 * ContentError when there are too few axes to span anything.
 */
export function svgOfRadar(radar: Radar<string>, pen: Pen): string {
  if (radar.axes.length < 3) throw new ContentError(`The radar "${radar.title}" needs at least three axes: use bars`)
  const heading = headingOf(radar, pen.palette)
  const labels = radar.axes.map((axis, index) => labelOf(axis, angleOf(index, radar), radar, pen))
  const ends = radar.axes.map((_, index) => pointAt(angleOf(index, radar), radius))
  const above = Math.max(...ends.map(([, y]) => -y), ...labels.map(({ top }) => -top))
  const below = Math.max(...ends.map(([, y]) => y), ...labels.map(({ top, height }) => top + height))
  const middle = heading.height + above
  const legend = legendOf(radar, middle + below + margin, pen)
  const chart = [
    ...netOf(radar, pen),
    ...radar.profiles.map((profile, index) => profileOf(profile.values, index, radar, pen)),
    ...labels.map(({ svg }) => svg),
  ]
  const placed = `<g transform="translate(${centre} ${rounded(middle)})">${chart.join('')}</g>`
  const height = Math.ceil(middle + below + margin + legend.height) + margin
  return svgOf([heading.svg, placed, legend.svg], height, pen)
}

/** From the top, with the clock, in radians. */
function angleOf(index: number, { axes }: Radar<string>): number {
  return (2 * Math.PI * index) / axes.length
}

type Point = readonly [x: number, y: number]

/** From the middle of the chart. */
function pointAt(angle: number, distance: number): Point {
  return [distance * Math.sin(angle), -distance * Math.cos(angle)]
}

/** Words beside the end of an axis, away from the chart and from the words of the next axis. */
function labelOf(
  axis: string,
  angle: number,
  { axes }: Radar<string>,
  { palette }: Pen,
): Drawn & { readonly top: number } {
  const [x, y] = pointAt(angle, radius + gap)
  const anchor = Math.abs(x) < 1 ? 'middle' : x > 0 ? 'start' : 'end'
  const toNeighbour = Math.abs(pointAt((2 * Math.PI) / axes.length, radius + gap)[0])
  const room = anchor === 'middle' ? 2 * toNeighbour - gap : width / 2 - margin - Math.abs(x)
  const most = axes.length > 8 ? 2 : 3
  const lines = wrap(axis, { size: labelSize, width: room, most })
  const height = lines.length * lineHeight(labelSize)
  const top = y + (y / (radius + gap) - 1) * (height / 2)
  return { ...textOf(lines, x, top, { size: labelSize, colour: palette.text, anchor }), top }
}

function netOf(radar: Radar<string>, { palette }: Pen): string[] {
  const angles = radar.axes.map((_, index) => angleOf(index, radar))
  const look = `fill="none" stroke="${palette.line}" stroke-width="3"`
  const rings = [0.25, 0.5, 0.75, 1].map((part) => {
    return `<polygon points="${written(angles.map((angle) => pointAt(angle, part * radius)))}" ${look}/>`
  })
  const spokes = angles.map((angle) => `<polyline points="${written([[0, 0], pointAt(angle, radius)])}" ${look}/>`)
  return [...rings, ...spokes]
}

function profileOf(values: readonly number[], index: number, radar: Radar<string>, { look }: Pen): string {
  const { min, max, axes } = radar
  const points = axes.map((_, axis) => {
    const part = ((values[axis] ?? min) - min) / (max - min)
    return pointAt(angleOf(axis, radar), Math.min(1, Math.max(0, part)) * radius)
  })
  const { colour } = strokeOf(index, look)
  const fill = index === 0 ? `fill="${colour}" fill-opacity="0.18"` : 'fill="none"'
  const dots = points.map(([cx, cy]) => `<circle ${attributes({ cx, cy, r: 9 })} fill="${colour}"/>`)
  return `<polygon points="${written(points)}" ${fill} ${strokeLook(index, look)}/>${dots.join('')}`
}

function written(points: readonly Point[]): string {
  return points.map((point) => point.map(rounded).join(',')).join(' ')
}

function strokeLook(index: number, look: Look): string {
  const { colour, dashes } = strokeOf(index, look)
  return `stroke="${colour}" stroke-width="6" stroke-dasharray="${dashes}" stroke-linecap="round" stroke-linejoin="round"`
}

function strokeOf(index: number, look: Look) {
  const { place, dashes } = strokes[index % strokes.length] ?? strokes[0]
  return { colour: hueOf(place)[look], dashes }
}

function legendOf({ profiles }: Radar<string>, top: number, { look, palette }: Pen): Drawn {
  const left = margin + 130
  const room = { size: legendSize, width: width - margin - left, most: 2 }
  const parts: string[] = []
  let height = 0
  for (const [index, { label }] of profiles.entries()) {
    const middle = top + height + lineHeight(legendSize) / 2
    const ends = written([
      [margin + 6, middle],
      [margin + 100, middle],
    ])
    const words = textOf(wrap(label, room), left, top + height, { size: legendSize, colour: palette.text })
    parts.push(`<polyline points="${ends}" ${strokeLook(index, look)}/>`, words.svg)
    height += words.height + 12
  }
  return { svg: parts.join(''), height }
}
