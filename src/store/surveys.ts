import type { Asks, FactWriters } from './core.ts'

export const facts: FactWriters = {}
export const asks: Asks = () => ({})
