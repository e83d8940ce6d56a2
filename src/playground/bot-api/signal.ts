/** A list of listeners to one kind of event. `subscribe` answers the way to stop listening. */
export class Signal<T> {
  private readonly listeners = new Set<(event: T) => void>()

  subscribe(listener: (event: T) => void): () => void {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  emit(event: T): void {
    for (const listener of this.listeners) listener(event)
  }
}
