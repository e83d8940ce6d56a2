/**
 * The known name that was most likely meant: one or two slips of the hand away, in a short name only one, since HOME is
 * no mistyped HOST. A slip is a sign too many, missing, wrong, or changed with its neighbour.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  return known
    .map((meant) => ({ meant, slips: slipsBetween(name.toUpperCase(), meant), most: meant.length > 5 ? 2 : 1 }))
    .filter(({ slips, most }) => slips <= most)
    .sort((one, other) => one.slips - other.slips)[0]?.meant
}

/** Counted from the ends of both names towards their beginning. */
function slipsBetween(one: string, other: string): number {
  const counted = new Map<string, number>()
  const count = (here: number, there: number): number => {
    if (here === 0 || there === 0) return here + there
    const place = `${here}:${there}`
    const before = counted.get(place)
    if (before !== undefined) return before
    const isSame = one[here - 1] === other[there - 1]
    const isSwapped = here > 1 && there > 1 && one[here - 1] === other[there - 2] && one[here - 2] === other[there - 1]
    const slips = Math.min(
      count(here - 1, there) + 1,
      count(here, there - 1) + 1,
      count(here - 1, there - 1) + (isSame ? 0 : 1),
      isSwapped ? count(here - 2, there - 2) + 1 : Number.POSITIVE_INFINITY,
    )
    counted.set(place, slips)
    return slips
  }
  return count(one.length, other.length)
}
