// Loaded before the bot in its process: lets the parent step the wall clock by telling so many milliseconds.
// The steady clock (performance.now) goes on as it is, as on a machine whose time is set.
const Real = Date
let step = Number(process.env.CHAOS_CLOCK_STEP ?? 0)

// A proxy and no subclass: Date has forms with one value, with several, and without `new`.
globalThis.Date = new Proxy(Real, {
  construct: (target, given: unknown[], made) =>
    Reflect.construct(target, given.length === 0 ? [Real.now() + step] : given, made === Date ? target : made),
  apply: () => new Real(Real.now() + step).toString(),
  get: (target, name) => (name === 'now' ? () => Real.now() + step : Reflect.get(target, name)),
})

process.on('message', (milliseconds: unknown) => {
  if (typeof milliseconds === 'number') step = milliseconds
})
// Listening to the parent must not keep the process from ending.
process.channel?.unref()

export {}
